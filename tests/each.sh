#!/bin/sh
# Runs test scripts one after the other, each in its own language, and says which failed.
status=0
for script; do
    [ -e "$script" ] || { echo "no such test: $script" >&2; exit 1; }
    interpreter=$(sed -n '1s/^#! *//p' "$script")
    echo "-- $script"
    # shellcheck disable=SC2086 # "/usr/bin/env bash" is two words
    ${interpreter:-/bin/sh} "$script" || { echo "FAILED: $script" >&2; status=1; }
done
exit $status
