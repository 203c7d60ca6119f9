#!/bin/sh
# No code is shown where the codebook has a label: every table of every analysis, in all formats for
# people and both languages. Takes the tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/labels
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
command -v python3 >/dev/null || {
    echo "python3 is missing: run 'make setup', which installs it" >&2
    exit 1
}

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"
ln -s "$root/tests/examples" "$root/tests/golden" .

# labels FOLDER ANALYSIS FILE [OPTION…]: with the codebook of the folder.
labels() {
    folder=$1
    shift
    python3 "$root/tests/cli/labels.py" "$folder/codebook.csv" "$@" >said 2>&1
    sed -n 's/^\([0-9]*\) labels$/\1/p' said >>seen
    grep -vx '[0-9]* labels' said | verdict "$*"
}
partnership=examples/partnership enplan=examples/enplan outcomes=golden/outcomes
for analysis in $("$RELCOORD" analyses --format csv --table analyses | sed '1d; s/,.*//'); do
    case $analysis in
    data) ;; # gives the answers back as they are
    response | distribution | crosstab)
        labels $enplan "$analysis" $enplan/survey.csv --register $enplan/register.csv \
            --by unit ;;
    regression) labels $outcomes regression $outcomes/input.csv ;;
    quality | compare) labels $partnership "$analysis" $partnership/survey.csv ;;
    *) labels $partnership "$analysis" $partnership/survey.csv --wave 2025 ;;
    esac
done
for analysis in quality reliability agreement factor; do
    labels $enplan $analysis $enplan/survey.csv
done
awk '{ sum += $1 } END { if (sum < 300) print sum " labels" }' seen | verdict 'there are labels'
python3 "$root/tests/cli/labels.py" $enplan/codebook.csv distribution $enplan/survey.csv \
    --labels code >codes 2>&1
grep -q '^html, da: time, which is' codes || verdict 'codes would be found' <codes

report labels
