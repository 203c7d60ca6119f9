#!/bin/sh
# Runs one part of the tests: part.sh NAME COMMAND… . The command finds an empty folder of its own
# in $BUILD. Says how many tests it counted, by Check's summary or by lines "N passed, N failed" (a
# part that counts none is one test), how long it took, and how long it kept processors busy; the
# four numbers go to .build/counts/NAME.
name=$1
shift
log=.build/log/$name
BUILD=$PWD/.build/scratch/$name
export BUILD

rm -rf "$BUILD"
mkdir -p "$BUILD" "$(dirname "$log")" "$(dirname ".build/counts/$name")"
start=$(date +%s)
{
    "$@" 2>&1 </dev/null
    echo $? >"$log.status"
    times >"$log.times"
} | tee "$log"
status=$(cat "$log.status")
seconds=$(($(date +%s) - start))
# The second line is of what the command started: user and system as MINUTESmSECONDSs.
busy=$(awk -F '[ms ]+' 'NR == 2 { printf "%.0f", 60 * ($1 + $3) + $2 + $4 }' "$log.times")

awk -v status="$status" -v seconds="$seconds" -v busy="$busy" '
    /^([a-z]+: )?[0-9]+ passed, [0-9]+ failed/ {
        sub(/^[a-z]+: /, "")
        passed += $1
        failed += $3
    }
    /^[0-9]+%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+/ {
        faults = $5 + $7
        passed += $3 - faults
        failed += faults
    }
    END {
        if (status != 0 && failed == 0)
            failed = 1
        if (status == 0 && passed + failed == 0)
            passed = 1
        print passed + 0, failed + 0, seconds, busy
    }' "$log" >".build/counts/$name"
read -r passed failed _ <".build/counts/$name"

echo "== $name: $passed passed, $failed failed, $seconds s, processors busy $busy s"
[ "$failed" -eq 0 ]
