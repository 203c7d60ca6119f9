#!/bin/sh
# Replays the corpus of each fuzz entry: replay.sh PROGRAM… , each named as its entry. Beside the
# corpus in the repository there is what the tables of faults make, below $BUILD.
: "${BUILD:?is a scratch folder}"
[ $# -gt 0 ] || { echo "no fuzz entries" >&2; exit 1; }
sh tests/faults/corpus.sh "$BUILD/corpus" 131072 || exit 1
status=0
for program; do
    corpus=tests/fuzz/corpus/${program##*/}
    echo "-- $corpus"
    [ -d "$corpus" ] || { echo "$corpus: no corpus" >&2; exit 1; }
    set -- "$corpus"/*
    [ ! -d "$BUILD/corpus/${program##*/}" ] || set -- "$@" "$BUILD/corpus/${program##*/}"/*
    "$program" "$@" || status=1
done
exit $status
