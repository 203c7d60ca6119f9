#!/bin/sh
# Runs test scripts, each in its own language and as many at a time as there are processors, and
# prints what they said, one after the other. Each works in a folder of its own below $BUILD.
said=${BUILD:?}/each
mkdir -p "$said" || exit 3
for script; do
    [ -e "$script" ] || { echo "no such test: $script" >&2; exit 1; }
    printf '%s\0' "$script"
done >"$said.scripts"
# shellcheck disable=SC2016 # the inner shell's own
xargs -0 -P "$(nproc)" -I SCRIPT sh -c '
    script=$1 said=$2/$(basename "$1")
    interpreter=$(sed -n "1s/^#! *//p" "$script")
    echo "-- $script" >"$said"
    ${interpreter:-/bin/sh} "$script" >>"$said" 2>&1 || {
        echo "FAILED: $script" >>"$said"
        touch "$2.failed"
    }' \
    sh SCRIPT "$said" <"$said.scripts"
cat "$said"/*
[ ! -e "$said.failed" ]
