#!/bin/sh
# suites.sh COMMAND… PROGRAM: runs each suite of the test program in a process of its own, as many at a time as
# there are processors, and prints what they said, one after the other.
for program; do :; done
said=$BUILD/suites
mkdir -p "$said"
# shellcheck disable=SC2016 # the inner shell's own
sed 's/SUITE(\(.*\))/\1/' "$(dirname "$program")/../suites.h" |
    xargs -P "$(nproc)" -I NAME sh -c 'name=$1; said=$2; shift 2
        "$@" "$name" >"$said/$name" 2>&1 || { echo "$name failed" >>"$said/$name"; touch "$said.failed"; }' sh NAME "$said" "$@"
cat "$said"/*
[ ! -e "$said.failed" ]
