# For scripts of the tests to read in, which then stand in an empty folder of their own: each verdict is counted, and
# report says the counts.
# shellcheck shell=sh

# verdict NAME: standard input says what is wrong, and nothing when all is well. A pipe's end is a process of
# its own, so the counts go to a file.
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

# report NAME: fails when a verdict did.
report() {
    passed=$(grep -c passed outcomes) failed=$(grep -c failed outcomes)
    echo "$1: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
