#!/bin/sh
# Every command that help, README, the manual and messages show, run as it is written. Takes the
# tool from $RELCOORD, works below $BUILD.
for needed in python3 mandoc; do
    command -v "$needed" >/dev/null || {
        echo "$needed is missing: run 'make setup', which installs it" >&2
        exit 1
    }
done
exec python3 "$(dirname "$0")/../documented/documented.py" run
