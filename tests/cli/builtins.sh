#!/bin/sh
# The codebooks that relcoord brings along, as the tool prints them: each choice of --builtin, in
# each format, and read back with data that it describes. Takes the tool from $RELCOORD, works below
# $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/builtins
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

"$RELCOORD" analyses --format csv --table options |
    sed -n 's/^codebook,builtin,list,,none|\([a-z|-]*\),.*/\1/p' | tr '|' '\n' >names
[ "$(wc -l <names)" -eq 11 ] || wc -l names | verdict 'eleven codebooks come along'

# Two people of the form of a book, who answer 1 to the first item.
data_for() {
    cat "$2"
    for respondent in 1 2; do
        awk -F , -v respondent="$respondent" '
            NR == FNR { split($7, values, /[=|]/); of[$1] = $2; least[$1] = values[1]; next }
            { for (i = 1; i <= NF; i++) {
                  cell = of[$i] == "respondent" ? respondent : of[$i] == "workgroup" ? "nurses" : \
                         of[$i] == "target" ? "residents" : ""
                  if (of[$i] == "item" && !given++)
                      cell = least[$i]
                  printf "%s%s", cell, i < NF ? "," : "\n"
              } }' "$1" "$2"
    done
}

while read -r name; do
    {
        for format in text csv json html markdown; do
            "$RELCOORD" codebook --builtin "$name" --format "$format" >"$name.$format" \
                2>err </dev/null || echo "$format: status $?"
            [ -s "$name.$format" ] || echo "$format: nothing"
            cat err
        done
        "$RELCOORD" codebook --builtin "$name" -o book.csv --form form.csv 2>&1
        cmp book.csv "$name.csv" 2>&1
        data_for book.csv form.csv >data.csv
        for lang in en da; do
            "$RELCOORD" codebook --builtin "$name" --format text --lang "$lang" |
                tr -s ' \n' ' ' >said
            grep -qE "$name: .*(not a published, validated|ikke et publiceret, valideret)" said ||
                echo "does not say what it is in $lang"
        done
        "$RELCOORD" quality data.csv --codebook book.csv --format csv --table problems \
            2>/dev/null | sed 1d
    } | verdict "codebook --builtin $name"
done <names

says 2 'relcoord: a built-in codebook needs no files' \
    codebook --builtin trust "$root/tests/examples/clerkship/survey.csv"
says 2 "relcoord: 'codebook' needs a file of answers, or - for standard input" \
    codebook --builtin none
says 2 "relcoord: option 'targets' is for a built-in codebook: name one with 'builtin'" \
    codebook --targets A "$root/tests/examples/clerkship/survey.csv"
says 2 "relcoord: option 'targets' names 'A' twice" codebook --builtin rc --targets 'A;B;A'
says 2 "relcoord: option 'levels' names 'group' twice" \
    codebook --builtin coupling-short --levels 'group;gruppe'
says 2 "relcoord: option 'targets' has an entry without a name" \
    codebook --builtin rc --targets 'A;;B'
says 2 "relcoord: 'A' in option 'targets' has more than two labels" \
    codebook --builtin rc --targets 'A|a|b|c'
no_name="has one of the characters = \\ { }, which no name may have"
says 2 "relcoord: 'A{' in option 'targets' $no_name" \
    codebook --builtin rc --targets 'A{'
columns="the columns that a built-in codebook describes"
says 2 "relcoord: '--form' writes $columns: name one with --builtin" \
    codebook --form form.csv "$root/tests/examples/clerkship/survey.csv"
says 2 "relcoord: 'book.csv' is named for the codebook and for its form" \
    codebook --builtin rc -o book.csv --form book.csv

python3 "$root/tests/cli/composed.py" "$RELCOORD" 2>&1 |
    verdict 'composed codebooks, filled in at random, leave no table empty'
report builtins
