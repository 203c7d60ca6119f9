#!/bin/sh
# Time and memory of reading a large survey, as a ratio to libcsv with empty callbacks, and of the
# matrix; of the same answers about six workgroups in long and in wide form, by codebooks; of
# variance components as respondents and workgroups grow; and of reliability, its bootstrap and
# agreement beside R's psych, boot and multilevel.
#
#     RELCOORD=path/to/relcoord BUILD=scratch/folder tests/bench/bench.sh
#
# ROWS (10000000) of the large survey, RESPONDENTS (500000) of the forms, GROUPS_OF_FIVE (100000) of
# agreement, RUNS (5), SHUFFLE=yes for rows in no order, ONLY=ratios for what stands beside R alone.
# The library is taken from beside the tool, its objects from OBJECTS.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}" "${ROWS:=10000000}" \
    "${RESPONDENTS:=500000}" "${GROUPS_OF_FIVE:=100000}" "${RUNS:=5}" "${ONLY:=}"
RELCOORD=$(cd "$(dirname "$RELCOORD")" && pwd)/$(basename "$RELCOORD")
mkdir -p "$BUILD"
BUILD=$(cd "$BUILD" && pwd)
lib=$(cd "$(dirname "$RELCOORD")/../lib" && pwd)
survey=$BUILD/survey.csv
wide=$BUILD/wide.csv
trap 'rm -f "$survey" "$wide"' EXIT

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
compile analysis -L"$lib" -lrelcoord -Wl,-rpath,"$lib"

compare_with_r() {
    echo
    if ! command -v Rscript >/dev/null; then
        echo "there is no R to compare with"
        return
    fi
    BUILD=$BUILD Rscript "$here/ratios.R" "$ROWS" "$GROUPS_OF_FIVE"
}
if [ "$ONLY" = ratios ]; then
    compare_with_r
    exit
fi
# shellcheck disable=SC2086 # many objects
compile components -I"$here/../../lib" \
    ${OBJECTS:-"$lib"/../obj/lib/*/*.o "$lib"/../obj/lib/*/*/*.o} \
    -lcsv -lgsl -lgslcblas -lm -lpthread

"$BUILD/generate" "$ROWS" ${SHUFFLE:+--shuffle} >"$survey" # also leaves it in the page cache
echo "$ROWS rows, $(wc -c <"$survey") bytes${SHUFFLE:+, shuffled}; $RUNS runs"
echo
"$BUILD/run" "$RUNS" : "libcsv, empty" "$BUILD/libcsv_floor" "$survey" \
    : relcoord_survey_read "$BUILD/read" "$survey" \
    : "relcoord matrix" "$RELCOORD" matrix "$survey" --format csv

targets=6
values='1=1;2=2;3=3;4=4;5=5;8=dk;9=missing'
{
    echo variable,role,dimension,values
    printf '%s,%s,,\n' respondent respondent workgroup workgroup target target
    for item in frequent timely accurate problem_solving shared_goals shared_knowledge \
        mutual_respect; do
        echo "$item,item,$item,$values"
    done
} >"$BUILD/long-codebook.csv"
{
    echo variable,role,values
    printf '%s,%s,\n' respondent respondent workgroup workgroup
    echo "{dimension}_{target},item,$values"
} >"$BUILD/wide-codebook.csv"
"$BUILD/generate" $((RESPONDENTS * targets)) --targets $targets ${SHUFFLE:+--shuffle} >"$survey"
"$BUILD/generate" "$RESPONDENTS" --wide --targets $targets ${SHUFFLE:+--shuffle} >"$wide"
for form in "$survey" "$wide"; do
    name=$(basename "$form" .csv)
    [ "$name" = wide ] || name=long
    echo
    echo "$name: $RESPONDENTS respondents, $targets targets, $(wc -c <"$form") bytes"
    "$BUILD/run" "$RUNS" $((RESPONDENTS * targets * 7)) \
        : "libcsv, empty" "$BUILD/libcsv_floor" "$form" \
        : "read by codebook" "$BUILD/read" "$form" "$BUILD/$name-codebook.csv"
done

echo
echo "variance components, workgroups that rate each other; processor seconds"
"$BUILD/components"
compare_with_r
