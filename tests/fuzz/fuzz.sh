#!/bin/sh
# Runs fuzzers: fuzz.sh SECONDS PROGRAM… , each named as its entry. They start from the corpus in
# the repository and the one that the tables of faults make; what they find stays in .build/fuzz,
# and an input that fails is named at the end.
seconds=$1
shift
[ $# -gt 0 ] || { echo "no fuzz entries" >&2; exit 1; }
sh tests/faults/corpus.sh .build/fuzz/faults 8192 || exit 1
status=0
for program; do
    entry=${program##*/}
    found=.build/fuzz/found/$entry
    mkdir -p "$found" .build/fuzz/failed
    set -- "tests/fuzz/corpus/$entry"
    [ ! -d ".build/fuzz/faults/$entry" ] || set -- "$@" ".build/fuzz/faults/$entry"
    echo "-- $entry, $seconds s"
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix=".build/fuzz/failed/$entry-" "$found" "$@" || status=1
done
exit $status
