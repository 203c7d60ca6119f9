#!/bin/sh
# Runs the golden cases: relcoord's tables against what R's packages make of the same survey.
#
#     RELCOORD=path/to/relcoord BUILD=scratch/folder tests/golden/run.sh [--committed] [CASE...]
#
# A case is a folder with make.R, which writes input and expected tables, and `runs`, a run a line:
# expected table, how it is compared (see compare.c), arguments of the tool, @FILE for another input
# than input.csv, %FILE for one beside it. Cases whose tables are committed need no R with
# --committed; without it their make.R is run too and must write what is committed. The others write
# everything at test time.
set -u
here=$(cd "$(dirname "$0")" && pwd)
committed_only=false
if [ "${1:-}" = --committed ]; then
    committed_only=true
    shift
fi
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
mkdir -p "$BUILD/golden" || exit 3
RELCOORD=$(cd "$(dirname "$RELCOORD")" && pwd)/$(basename "$RELCOORD")
BUILD=$(cd "$BUILD" && pwd)
scratch=$BUILD/golden
kept=$here/../../.build/golden
mkdir -p "$kept" || exit 3
kept=$(cd "$kept" && pwd)
if [ ! -x "$RELCOORD" ]; then
    echo "golden: $RELCOORD is not there; make it first" >&2
    exit 3
fi
"${CC:-cc}" -std=c11 -O1 -Wall -Wextra -o "$scratch/compare" "$here/compare.c" -lm || exit 3

passed=0
failed=0
count() { # STATUS
    if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}
fail() { # CASE WHAT
    echo "FAIL $1: $2"
    count 1
}

is_committed() { # CASE
    for table in "$here/$1"/*.csv; do
        [ -e "$table" ] && return 0
    done
    return 1
}

# The files that make.R writes must be the committed ones: inputs to the byte, expected values,
# which other builds of R may round otherwise in the last place, to the tolerance.
check_remade() { # CASE
    for table in "$here/$1"/*.csv; do
        name=$(basename "$table")
        how=all
        if grep -q "^$name *iterated" "$here/$1/runs"; then how=iterated; fi
        if grep -q "^$name " "$here/$1/runs"; then
            "$scratch/compare" $how "$1/$name, remade by R" "$table" "$scratch/$1/$name"
            count $?
        elif cmp -s "$table" "$scratch/$1/$name"; then
            echo "ok   $1/$name: make.R writes the same bytes"
            count 0
        else
            fail "$1/$name" "make.R writes another file than the one committed"
        fi
    done
}

# What R made stays in .build/golden, for the next flavour: it does not depend on ours. It is made
# anew when a script, or data that it may read, is newer.
is_made() { # CASE
    [ -e "$kept/$1/made" ] || return
    newer=$(find "$here"/*.R "$here/$1" "$here/../examples" -newer "$kept/$1/made" -print \
        2>/dev/null | head -n 1)
    [ -z "$newer" ]
}

make_cases() { # CASE...
    wanted=
    for case; do
        is_made "$case" && continue
        rm -rf "${kept:?}/$case"
        mkdir -p "$kept/$case"
        wanted="$wanted $case"
    done
    [ -n "$wanted" ] || return 0
    # shellcheck disable=SC2086 # several cases
    (cd "$here" && Rscript make.R "$kept" $wanted) || exit 3
}

take_case() { # CASE
    rm -rf "${scratch:?}/$1"
    mkdir -p "$scratch/$1"
    $committed_only && return 0
    if [ ! -e "$kept/$1/made" ]; then
        fail "$1" "make.R: $(tail -n 1 "$kept/$1.log")"
        return 1
    fi
    cp "$kept/$1"/* "$scratch/$1"
    if is_committed "$1"; then check_remade "$1"; fi
}

run_tool() { # CASE FOLDER EXPECTED HOW ANALYSIS ARGUMENT...
    case=$1 folder=$2 expected=$3 how=$4 analysis=$5
    shift 5
    input=$folder/input.csv
    if [ -e "$here/$case/input" ]; then input=$here/$case/$(cat "$here/$case/input"); fi
    for argument; do # takes @FILE out of the arguments, and says where %FILE is
        shift
        case $argument in
            @*) input=$folder/${argument#@} ;;
            %*) set -- "$@" "$folder/${argument#%}" ;;
            *) set -- "$@" "$argument" ;;
        esac
    done
    actual=$scratch/$case/actual-$expected
    "$RELCOORD" "$analysis" "$input" "$@" --format csv >"$actual" 2>"$scratch/$case/errors"
    status=$?
    if [ $status -ne 0 ]; then
        fail "$case/$expected" \
            "relcoord $analysis $* ended with $status: $(head -n 1 "$scratch/$case/errors")"
        return
    fi
    "$scratch/compare" "$how" "$case/$expected" "$folder/$expected" "$actual"
    count $?
}

run_case() { # CASE
    take_case "$1" || return
    folder=$scratch/$1
    if is_committed "$1"; then folder=$here/$1; fi
    while read -r expected how arguments; do
        case $expected in '' | '#'*) continue ;; esac
        # shellcheck disable=SC2086 # arguments are words
        run_tool "$1" "$folder" "$expected" "$how" $arguments </dev/null
    done <"$here/$1/runs"
}

# The example surveys are what their scripts write.
check_example() {
    if (cd "$here/../examples/clerkship" && Rscript make.R "$scratch/survey.csv") \
        >"$scratch/survey.log" 2>&1 &&
        cmp -s "$here/../examples/clerkship/survey.csv" "$scratch/survey.csv"; then
        echo "ok   examples/clerkship/survey.csv: make.R writes the same bytes"
        count 0
    else
        fail examples/clerkship/survey.csv \
            "make.R does not write it: $(tail -n 1 "$scratch/survey.log")"
    fi
}

check_enplan() {
    rm -rf "$scratch/enplan"
    mkdir "$scratch/enplan"
    (cd "$here/../examples/enplan" && Rscript make.R "$scratch/enplan") >"$scratch/enplan.log" 2>&1
    for file in survey register codebook; do
        if cmp -s "$here/../examples/enplan/$file.csv" "$scratch/enplan/$file.csv"; then
            echo "ok   examples/enplan/$file.csv: make.R writes the same bytes"
            count 0
        else
            fail "examples/enplan/$file.csv" \
                "make.R does not write it: $(tail -n 1 "$scratch/enplan.log")"
        fi
    done
}

# The comparer finds what it is there to find: a value off by 2e-10, a value where none is expected,
# none where one is, another word, a row missing, two rows in another order.
check_comparer() {
    table=$here/hand/cells.csv
    for edit in '/^nurses,doctors,rc/s/,3[.]5,/,3.5000000007,/' '2s/,,/,1,/' \
        '/^nurses,doctors,rc/s/,0[.]5,/,,/' 's/moderate/weak/' '5d' '3{h;d;};4G'; do
        sed "$edit" "$table" >"$scratch/edited.csv"
        if cmp -s "$table" "$scratch/edited.csv"; then
            fail comparer "'$edit' changes nothing"
        elif "$scratch/compare" all comparer "$table" "$scratch/edited.csv" >/dev/null; then
            fail comparer "'$edit' goes unseen"
        else
            echo "ok   comparer: sees '$edit'"
            count 0
        fi
    done
}

# No analysis is without a run.
check_analyses() {
    for analysis in $("$RELCOORD" analyses --format csv --table analyses | sed '1d; s/,.*//'); do
        if cat "$here"/*/runs | grep -Eq "^[^#]+ [a-z-]+ +$analysis( |\$)"; then
            echo "ok   $analysis has golden runs"
            count 0
        else
            fail "$analysis" "no golden run in tests/golden/*/runs"
        fi
    done
}

if [ $# -eq 0 ]; then
    check_comparer
    check_analyses
    $committed_only || check_example
    $committed_only || check_enplan
    for runs in "$here"/*/runs; do
        set -- "$@" "$(basename "$(dirname "$runs")")"
    done
fi
for name; do
    shift
    if [ ! -e "$here/$name/runs" ]; then
        fail "$name" "there is no such case"
    elif is_committed "$name" || ! $committed_only; then
        set -- "$@" "$name"
    fi
done
$committed_only || make_cases "$@"
for name; do
    run_case "$name"
done
echo "golden: $passed passed, $failed failed"
echo "$passed $failed" >>"$BUILD/counts"
[ "$failed" -eq 0 ]
