#!/bin/sh
# What people are shown of codes: words of the language, in text and on pages, of every analysis on
# the examples. Takes the tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/shown
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
command -v python3 >/dev/null || {
    echo "python3 is missing: run 'make setup', which installs it" >&2
    exit 1
}

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"
ln -s "$root/tests/examples" "$root/tests/golden" .

# shows ANALYSIS FILE…: with at least one code to look at in all.
shows() {
    echo "$1" >>analyses
    python3 "$root/tests/cli/shown.py" "$root" "$@" >said 2>&1
    sed -n 's/^\([0-9]*\) codes$/\1/p' said >>codes
    grep -vx '[0-9]* codes' said | verdict "$*"
}
# Each on the first example, but for those that want other data.
for analysis in $("$RELCOORD" analyses --format csv --table analyses | sed '1d; s/,.*//'); do
    case $analysis in
    quality | response | regression | coupling) ;; # quality names columns as they are
    compare) shows compare examples/clerkship/survey.csv --of targets ;;
    *) shows "$analysis" examples/clerkship/survey.csv ;;
    esac
done
partnership='examples/partnership/survey.csv --codebook examples/partnership/codebook.csv'
enplan='examples/enplan/survey.csv --codebook examples/enplan/codebook.csv'
# shellcheck disable=SC2086 # several words
{
    shows coupling $partnership --wave 2025
    shows compare $partnership
    shows quality $partnership
    shows response $enplan --register examples/enplan/register.csv
    shows distribution $enplan
    shows crosstab $enplan
}
shows regression golden/outcomes/input.csv --codebook golden/outcomes/codebook.csv
shows matrix golden/danish/input.csv

awk '{ sum += $1 } END { if (sum < 300) print sum " codes" }' codes | verdict 'there are codes'

report shown
