#!/bin/sh
# Time and memory of reading a large survey, as a ratio to libcsv with empty callbacks, and of the matrix; of
# variance components as respondents and workgroups grow.
#
#     RELCOORD=path/to/relcoord BUILD=scratch/folder tests/bench/bench.sh
#
# ROWS (10000000), RUNS (5), SHUFFLE=yes for rows in no order. The library is taken from beside the tool.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}" "${ROWS:=10000000}" "${RUNS:=5}"
RELCOORD=$(cd "$(dirname "$RELCOORD")" && pwd)/$(basename "$RELCOORD")
mkdir -p "$BUILD"
BUILD=$(cd "$BUILD" && pwd)
lib=$(cd "$(dirname "$RELCOORD")/../lib" && pwd)
survey=$BUILD/survey.csv
trap 'rm -f "$survey"' EXIT

compile() { # PROGRAM FLAG...
    name=$1
    shift
    "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -I"$here/../../include" \
        -o "$BUILD/$name" "$here/$name.c" "$@"
}
compile generate
compile libcsv_floor -lcsv
compile read -L"$lib" -lrelcoord -Wl,-rpath,"$lib"
compile run
compile components -I"$here/../../lib" "$lib"/../obj/lib/*/*.o -lcsv -lgsl -lgslcblas -lm -lpthread

"$BUILD/generate" "$ROWS" ${SHUFFLE:+--shuffle} >"$survey" # also leaves it in the page cache
echo "$ROWS rows, $(wc -c <"$survey") bytes${SHUFFLE:+, shuffled}; $RUNS runs"
echo
"$BUILD/run" "$RUNS" : "libcsv, empty" "$BUILD/libcsv_floor" "$survey" \
    : relcoord_survey_read "$BUILD/read" "$survey" \
    : "relcoord matrix" "$RELCOORD" matrix "$survey" --format csv
echo
echo "variance components, workgroups that rate each other"
"$BUILD/components"
