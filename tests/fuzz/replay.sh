#!/bin/sh
# Replays the corpus of each fuzz entry: replay.sh PROGRAM… , each named as its entry.
[ $# -gt 0 ] || { echo "no fuzz entries" >&2; exit 1; }
status=0
for program; do
    corpus=tests/fuzz/corpus/${program##*/}
    echo "-- $corpus"
    [ -d "$corpus" ] || { echo "$corpus: no corpus" >&2; exit 1; }
    "$program" "$corpus"/* || status=1
done
exit $status
