#!/bin/sh
# Runs fuzzers: fuzz.sh SECONDS PROGRAM… , each named as its entry. They start from the corpus in the
# repository; what they find stays in .build/fuzz, and an input that fails is named at the end.
seconds=$1
shift
[ $# -gt 0 ] || { echo "no fuzz entries" >&2; exit 1; }
status=0
for program; do
    entry=${program##*/}
    found=.build/fuzz/found/$entry
    mkdir -p "$found" .build/fuzz/failed
    echo "-- $entry, $seconds s"
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix=".build/fuzz/failed/$entry-" "$found" "tests/fuzz/corpus/$entry" || status=1
done
exit $status
