#!/bin/sh
# Tables for LaTeX: their structure, hostile labels, and where there is a pdflatex, that it takes
# them. Takes the tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/latex
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
LC_ALL=C
export LC_ALL
command -v python3 >/dev/null ||
    { echo "python3 is missing: run 'make setup', which installs it" >&2; exit 1; }

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

cat >hostile.csv <<'END'
respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect,unit
1,\end{table},*[1ex],4,4,5,3,4,4,5,50 % & #1_a
2,\end{table},"~^<>|""$x$",4,3,5,3,4,,5,50 % & #1_a
3,[A],\end{table},,,,,,,,{b}
4,[A],*[1ex],4,3,5,3,4,,5,{b}
END
clerkship=$root/tests/examples/clerkship/survey.csv
folder=$root/tests/examples/partnership
partnership="$folder/survey.csv --codebook $folder/codebook.csv"
cat >calls <<END
matrix hostile.csv --by unit
data hostile.csv
summary $clerkship
reliability $clerkship --tables all
agreement $clerkship --tables all
matrix $partnership --by wave --lang da
compare $partnership --tables all --lang da
distribution $partnership --by wave
coupling $partnership --wave 2025 --lang da
END
while read -r call; do
    # shellcheck disable=SC2086 # several words
    "$RELCOORD" $call -o tables.tex 2>&1
    python3 "$root/tests/cli/latex.py" tables.tex 2>&1 | verdict "${call%% /*}"
    command -v pdflatex >/dev/null || continue
    printf '%s\n' '\documentclass{article}' '\usepackage[T1]{fontenc}' \
        '\usepackage[utf8]{inputenc}' '\usepackage{booktabs,longtable}' '\begin{document}' \
        '\input{tables.tex}' '\end{document}' >document.tex
    pdflatex -interaction=nonstopmode -halt-on-error document.tex >log 2>&1 || tail -n 20 log |
        verdict "pdflatex takes ${call%% /*}"
done <calls
"$RELCOORD" matrix "$clerkship" --format latex --digits 3 | grep -q '^students & 3[.]' ||
    echo 'no figures' | verdict 'digits'

report latex
