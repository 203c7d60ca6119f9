# For scripts of the tests to read in, which then stand in an empty folder of their own: each
# verdict is counted, and report says the counts.
# shellcheck shell=sh

# verdict NAME: standard input says what is wrong, and nothing when all is well. A pipe's end is a
# process of its own, so the counts go to a file.
verdict() {
    cat >found
    if [ -s found ]; then
        echo "FAIL $1"
        sed 's/^/    /' found | head -n 20
        echo failed >>outcomes
    else
        echo passed >>outcomes
    fi
}

# says STATUS MESSAGE ARGUMENTS…: the tool ends with that status and that first line of standard
# error, and nothing on standard output.
says() {
    wanted=$1 message=$2
    shift 2
    "$RELCOORD" "$@" >out 2>err </dev/null
    status=$?
    {
        [ "$status" -eq "$wanted" ] || echo "status $status, not $wanted"
        [ "$(head -n 1 err)" = "$message" ] || head -n 3 err
        [ ! -s out ] || echo "something on standard output"
    } | verdict "$*"
}

# report NAME: fails when a verdict did.
report() {
    passed=$(grep -c passed outcomes) failed=$(grep -c failed outcomes)
    echo "$1: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
