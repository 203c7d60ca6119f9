#!/bin/sh
# The tool's messages and help in Danish: that each case of tests/faults has a Danish message with
# the same place and values, and one help as a whole. Takes the tool from $RELCOORD, works below
# $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/danish
rm -rf "$work"
mkdir -p "$work/faults" && cd "$work" || exit 3

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

# ---- The cases of bad input ----

# The place that a message is about: "file:line: column:".
place() { sed -E 's/^\(standard ?input\)/-/; s/^([^ :]*:([0-9]+:)?)(( [^ ]+:)?) .*/\1\3/'; }

# What the message quotes; the apostrophe of a genitive is no quotation mark.
quoted() { sed "s/codebook's/codebook/g" english.line | grep -ao "'[^']*'"; }

compare() {
    head -n 1 english >english.line
    head -n 1 danish >danish.line
    cmp -s english.line danish.line && echo "the same in Danish"
    [ "$(place <english.line)" = "$(place <danish.line)" ] || echo "another place"
    [ "$(wc -l <english)" -eq "$(wc -l <danish)" ] || echo "more or fewer lines"
    [ "$english" -eq "$danish" ] || echo "status $danish, not $english"
    [ ! -s out ] || echo "something on standard output"
    quoted | while read -r value; do
        grep -aqF -- "$value" danish.line || echo "without $value"
    done
}

sh "$root/tests/faults/write.sh" "$work/faults" "$root"/tests/faults/*.txt || exit 1
count=0
seen=0
for case in "$work"/faults/*/; do
    cd "$case" || exit 3
    seen=$((seen + 1)) # FAULT_STEP: as in faults.sh
    { [ "$(cat exit)" -ne 0 ] && [ $((seen % ${FAULT_STEP:-1})) -eq 0 ]; } || continue
    # shellcheck disable=SC2046 # the table's arguments are split at blanks
    LC_ALL=C "$RELCOORD" $(cat arguments) >out 2>english <"$(cat input)"
    english=$?
    # shellcheck disable=SC2046
    LC_ALL=da_DK.UTF-8 "$RELCOORD" $(cat arguments) >out 2>danish <"$(cat input)"
    danish=$?
    wrong=$(compare)
    count=$((count + 1))
    cd "$work" || exit 3
    [ -z "$wrong" ] ||
        printf '%s: %s\n  %s\n' "$(basename "$case")" "$wrong" "$(cat "$case/danish.line")"
done >unlike
cd "$work" || exit 3
verdict 'each case of tests/faults in Danish' <unlike
{ [ "$count" -ge $((200 / ${FAULT_STEP:-1})) ] || echo "only $count cases"; } |
    verdict 'there are cases'

# ---- Which language ----

LC_ALL=C
export LC_ALL
# says WANTED ARGUMENTS…
says() {
    wanted=$1
    shift
    line=$("$RELCOORD" "$@" 2>&1 | sed -n 1p)
    { [ "$line" = "$wanted" ] || echo "$line"; } | verdict "$*"
}
says 'nowhere.csv: filen findes ikke' matrix nowhere.csv --lang da
says 'nowhere.csv: no such file' matrix nowhere.csv --lang=da --lang en
says "relcoord: 'matrix' har ingen indstilling '--xyzzy'" matrix --xyzzy --lang=da
says "relcoord: 'matrix' has no option '--xyzzy'" matrix --xyzzy -- --lang da
says "relcoord: analysen kommer først, før indstillingerne" --lang da
LC_ALL=da_DK says "relcoord: nævn en analyse og en fil: relcoord matrix survey.csv"
LC_ALL=da_DK says "relcoord: indstillingen 'lang' skal være en af en, da, ikke 'sv'" \
    matrix --lang sv

# ---- Help ----

# After a meant change: relcoord --help --lang da | sed '/^Analyser:$/,/^$/d' >tests/cli/help.da
"$RELCOORD" --help --lang da | sed '/^Analyser:$/,/^$/d' | diff "$root/tests/cli/help.da" - |
    verdict 'the help of the tool in Danish'
for page in '' codebook \
    $("$RELCOORD" analyses --format csv --table analyses | sed '1d; s/,.*//'); do
    # shellcheck disable=SC2086 # no word, or one
    {
        LC_ALL=da_DK.UTF-8 "$RELCOORD" $page --help >danish
        LC_ALL=en_US.UTF-8 "$RELCOORD" $page --help >english
        # What is left alone: names, values and calls.
        grep -vE -e '^$|^ *[a-z0-9.]+\)$|^ *LC_MESSAGES, LANG\)$|^relcoord-methods' \
            -e '^  (  )?(relcoord |[a-z_]+ *$|--[a-z-]+ [a-z0-9_|-]+$|respondent,|shared|N01)' \
            -e '^ *([a-z-]+\): )?([a-z-]+, )+[a-z-]+,?$|^ *[a-z]+-[a-z-]+, [a-z]+$' english |
            grep -xFf danish
        tr -d '\200-\277' <danish | awk 'length($0) > 80 { print "too long: " $0 }'
    } | verdict "no line of '$page --help' is left in English"
done

report danish
