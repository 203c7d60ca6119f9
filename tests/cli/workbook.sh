#!/bin/sh
# Workbooks of the tool: every cell is what JSON has, the same result gives the same bytes, and a
# file is whole or absent. Takes the tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/workbook
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
cp "$root/tests/examples/clerkship/survey.csv" .
LC_ALL=C
export LC_ALL

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

if "$RELCOORD" matrix survey.csv --format xlsx -o book.xlsx 2>&1 |
    grep -q 'need relcoord-formats'; then
    lacking='relcoord: files of SPSS and Stata, and workbooks, need relcoord-formats,'
    says 2 "$lacking which cannot be loaded: install it, or use CSV" \
        matrix survey.csv --format xlsx -o book.xlsx
    find . -name book.xlsx | verdict 'no file is made'
    find "${RELCOORD%/bin/*}/lib/" -name librelcoord-formats.so 2>/dev/null |
        verdict 'there is none to load'
    echo "workbook: there is no relcoord-formats; what it writes is not tested"
    report workbook
    exit
fi
command -v python3 >/dev/null || {
    echo "python3 is missing: run 'make setup', which installs it" >&2
    exit 1
}

# ---- What is in it ----

# Labels that are formulas, markup, long, or not of this world; answers that are missing, and a note
# about them.
cat >hostile.csv <<'END'
respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect,unit,extra
1,=1+1,"<b>&amp; ""q""",4,4,5,3,4,4,5,Sør,x
2,=1+1, æøå 🙂 ,4,3,5,3,4,,5,Sør,x
3,"line
end",=1+1,,,,,,,,-1.5,x
4,+A1,@x,4,3,5,3,4,,5,007,x
END
# Each analysis that can be made from the survey, and what is more than plain.
for analysis in $("$RELCOORD" analyses --format csv --table analyses | sed '1d; s/,.*//'); do
    "$RELCOORD" "$analysis" survey.csv --format csv >out 2>&1 && echo "$analysis survey.csv"
done >calls
{ [ "$(wc -l <calls)" -ge 10 ] || cat calls; } | verdict 'ten analyses and more'
cat >>calls <<'END'
summary survey.csv --by workgroup
matrix hostile.csv --by unit
data hostile.csv
summary hostile.csv
quality hostile.csv
codebook survey.csv
analyses
END
while read -r call; do
    # shellcheck disable=SC2086 # several words
    {
        "$RELCOORD" $call --format json >wanted.json
        "$RELCOORD" $call --format xlsx -o book.xlsx
    } 2>err || cat err
    python3 "$root/tests/cli/workbook.py" book.xlsx wanted.json 2>&1 | verdict "$call"
    # shellcheck disable=SC2086
    "$RELCOORD" $call --format xlsx -o again.xlsx 2>err
    cmp book.xlsx again.xlsx 2>&1 | verdict "$call: the same bytes"
    # shellcheck disable=SC2086
    "$RELCOORD" $call --lang da -o book.xlsx 2>err
    python3 "$root/tests/cli/workbook.py" book.xlsx wanted.json da 2>&1 | verdict "$call, in Danish"
done <calls
"$RELCOORD" matrix hostile.csv -o book.xlsx --lang da
python3 - 2>&1 <<'END' | verdict 'notes in Danish'
import zipfile
with zipfile.ZipFile("book.xlsx") as book:
    texts = [book.read(name).decode() for name in book.namelist() if "sheets/" in name]
    if not any("extra" in text and "kolonne" in text for text in texts):
        print("not in Danish")
END
"$RELCOORD" matrix survey.csv --table coverage --format xlsx -o book.xlsx
python3 -c '
import zipfile
print(sum("sheets/" in name for name in zipfile.ZipFile("book.xlsx").namelist()))' |
    grep -vx 2 | verdict '--table'
"$RELCOORD" matrix --help >help
{ grep -q '^    xlsx ' help || echo 'not in --help'; } | verdict 'help'

# ---- Whole or absent ----

says 2 'relcoord: a workbook is no text to print: name its file, as in -o result.xlsx' \
    matrix survey.csv --format xlsx
says 3 'nowhere/book.xlsx: cannot be written: no such file' \
    matrix survey.csv --format xlsx -o nowhere/book.xlsx
echo before >kept.xlsx
head -n 1 survey.csv >faulty.csv
says 1 'faulty.csv: no rows below the header' matrix faulty.csv --format xlsx -o kept.xlsx
grep -vx before kept.xlsx | verdict 'a fault leaves the file as it was'
awk 'BEGIN { while (i++ < 32768) printf "x" }' >long
{
    head -n 1 survey.csv
    printf '1,%s,B,1,2,3,4,5,4,3\n' "$(cat long)"
} >long.csv
says 2 'relcoord: a text is too long for a cell of a workbook: write csv' \
    data long.csv --format xlsx -o kept.xlsx
grep -vx before kept.xlsx | verdict 'a text too long leaves the file as it was'
find . -name 'kept.xlsx?*' -o -name 'book.xlsx?*' | verdict 'nothing is left behind'

report workbook
