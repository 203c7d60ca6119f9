#!/bin/sh
# The tool on each case of tests/faults: status, the exact message, nothing on standard output, no
# file made and none touched; and with --redact-values no message repeats what a row of the data
# holds. FAULT_STEP=8 takes every eighth case, for a tool that is slow, as under valgrind.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/faults
rm -rf "$work"
mkdir -p "$work" || exit 3
sh "$root/tests/faults/write.sh" "$work" "$root"/tests/faults/*.txt || exit 1
LC_ALL=C
export LC_ALL
passed=0
failed=0

# complain WHAT: the case has failed; its first complaints tell how.
complain() {
    echo "FAIL $(basename "$PWD") ($(cat name)): $1"
    sed 's/^/    out: /' out | cut -c1-300 | head -n 3
    sed 's/^/    err: /' err | cut -c1-300 | head -n 3
    fault=1
}

# run ARGUMENTS…: the case's own and these, to ./out and ./err, the status to $status.
run() {
    # shellcheck disable=SC2046 # the table's arguments are split at blanks
    "$RELCOORD" $(cat arguments) "$@" >out 2>err <"$(cat input)"
    status=$?
}

# Whether standard error has the lines that it should, and no more.
lines_as_wanted() {
    if [ "$wanted" -eq 2 ]; then
        [ "$(wc -l <err)" -eq 2 ] && sed -n 2p err | grep -q "^relcoord: see 'relcoord .*--help'\$"
    else
        [ "$(wc -l <err)" -eq 1 ]
    fi
}

expect_fault() {
    [ ! -s out ] || complain "something on standard output"
    [ "$status" -eq "$wanted" ] || complain "status $status, not $wanted"
    lines_as_wanted || complain "other lines on standard error"
}

expect_answer() {
    { [ "$status" -eq 0 ] && [ ! -s err ]; } || complain "status $status, not 0 and silent"
    while IFS= read -r part; do
        grep -aqF -- "$part" out || complain "not shown: $part"
    done <shows
    { run -o made && cmp -s plain made; } || complain "another answer to a file"
    { [ ! -s out ] && [ ! -s err ]; } || complain "words beside the file"
}

# The words in quotation marks of the message that are fields of the rows of the data.
quoted_fields() {
    read -r message <plain-err
    case $message in
    book.csv:*) return ;;
    other.csv:*) of=other.csv ;;
    *) of=data.csv ;;
    esac
    sed 1d $of | tr ',;\t' '[\n*]' | tr -d '"' | grep -a . | sort -u >fields
    sed 1q plain-err | grep -ao "'[^']*'" | tr -d "'" | sort -u | grep -aFx -f fields
}

expect_no_secret() {
    run --redact-values
    { [ "$status" -eq "$wanted" ] && lines_as_wanted && [ ! -s out ]; } ||
        complain "redacted: status $status, not $wanted"
    { quoted_fields; cat secret; } >hidden
    while IFS= read -r word; do
        grep -aqF -- "'$word'" err && complain "redacted: '$word' is told"
        grep -Fx -- "$word" secret >/dev/null && grep -aqF -- "$word" err &&
            complain "redacted: $word is told"
    done <hidden
    return 0
}

# Where the output goes is the case's own affair when it names a file.
expect_no_file() {
    grep -q -e ' -o' arguments && return
    run -o made
    { [ ! -e made ] && cmp -s err plain-err; } ||
        complain "a file is made, or the message is another"
    echo before >kept
    run -o kept
    { [ "$(cat kept)" = before ] &&
        [ "$(find . -name 'kept*' -o -name 'made*' | wc -l)" -eq 1 ]; } ||
        complain "a file is touched"
}

count=0
for case in "$work"/*/; do
    count=$((count + 1))
    [ $((count % ${FAULT_STEP:-1})) -eq 0 ] || continue
    cd "$case" || exit 3
    fault=0
    wanted=$(cat exit)
    run
    cp out plain
    cp err plain-err
    if [ "$wanted" -eq 0 ]; then
        expect_answer
    else
        expect_fault
        [ "$(head -n 1 err)" = "$(cat says)" ] || complain "not the message: $(cat says)"
        { [ ! -e data.csv ] && [ ! -s secret ]; } || expect_no_secret
        expect_no_file
    fi
    if [ $fault -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done

echo "faults: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
