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
    sed -n 's/^codebook,builtin,choice,none,none|\([a-z|-]*\),.*/\1/p' | tr '|' '\n' >names
[ "$(wc -l <names)" -eq 8 ] || wc -l names | verdict 'eight codebooks come along'

# A column for each row of the codebook, and two people who answer 1 to the first item.
data_for() {
    sed 1d "$1" | cut -d , -f 1 | paste -sd , -
    columns=$(sed 1d "$1" | wc -l)
    first=$(sed 1d "$1" |
        awk -F , '$2 == "item" { split($7, values, /[=|]/); print values[1]; exit }')
    for respondent in 1 2; do
        printf '%s,nurses,%s' "$respondent" "$first"
        awk -v n="$columns" 'BEGIN { while (n-- > 3) printf ","; print "" }'
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
        "$RELCOORD" codebook --builtin "$name" -o book.csv 2>&1
        cmp book.csv "$name.csv" 2>&1
        data_for book.csv >data.csv
        "$RELCOORD" quality data.csv --codebook book.csv --format csv --table problems 2>&1 | sed 1d
    } | verdict "codebook --builtin $name"
done <names

says 2 'relcoord: a built-in codebook needs no files' \
    codebook --builtin trust "$root/tests/examples/clerkship/survey.csv"
says 2 "relcoord: 'codebook' needs a file of answers, or - for standard input" \
    codebook --builtin none
report builtins
