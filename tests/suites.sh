#!/bin/sh
# suites.sh COMMAND… PROGRAM: runs each suite of the test program, but those named in $LEFT_OUT, in
# a process of its own, as many at a time as there are processors, and prints what they said, and
# how long each kept one busy, one after the other.
for program; do :; done
said=$BUILD/suites
mkdir -p "$said"
# shellcheck disable=SC2016,SC2086 # the inner shell's own; LEFT_OUT is words
sed 's/SUITE(\(.*\))/\1/' "$(dirname "$program")/../suites.h" |
    grep -vxF "$(printf '%s\n' ${LEFT_OUT:-none})" |
    xargs -P "$(nproc)" -I NAME sh -c 'name=$1; said=$2; shift 2
        "$@" "$name" >"$said/$name" 2>&1 || {
            echo "$name failed" >>"$said/$name"
            touch "$said.failed"
        }
        times >"$said.$name"
        sed -n "2s/^/$name, user and system: /p" "$said.$name" >>"$said/$name"' sh NAME "$said" "$@"
cat "$said"/*
[ ! -e "$said.failed" ]
