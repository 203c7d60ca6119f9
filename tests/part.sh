#!/bin/sh
# Runs one part of the tests: part.sh NAME COMMAND… . The command finds an empty folder of its own in
# $BUILD. Says how many tests it counted, by Check's summary or by lines "N passed, N failed" (a part
# that counts none is one test), and how long it took; the counts go to .build/counts/NAME.
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
} | tee "$log"
status=$(cat "$log.status")
seconds=$(($(date +%s) - start))

awk -v status="$status" '
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
        print passed + 0, failed + 0
    }' "$log" >".build/counts/$name"
read -r passed failed <".build/counts/$name"

echo "== $name: $passed passed, $failed failed, $seconds s"
[ "$failed" -eq 0 ]
