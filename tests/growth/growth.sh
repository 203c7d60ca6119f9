#!/bin/sh
# Counts instructions at three sizes, each twice the one before, for every analysis, reader and
# writer, and holds them to at most 2.6 times as many for twice the size: what grows faster stands
# in tests/growth/bounds with its reason.
#
#     RELCOORD=path/to/relcoord BUILD=scratch/folder tests/growth/growth.sh path/to/growth
set -eu
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
program=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$BUILD"
unset LANG LC_MESSAGES
MOST=2.6

# Work of a name is counted into $BUILD/NAME.dump. Inlined functions and lines are of no interest.
cat >"$BUILD/count" <<'END'
work=$1
mkdir -p "$BUILD/$work"
exec valgrind -q --tool=callgrind --instr-atstart=no --combine-dumps=yes --dump-line=no \
    --dump-instr=no --read-inline-info=no --callgrind-out-file="$BUILD/$work.dump" \
    "$program" "$BUILD/$work" "$work"
END
export program BUILD
# The longest first.
printf '%s\n' workgroups cells targets readers units respondents items values |
    xargs -P "$(nproc)" -I WORK sh "$BUILD/count" WORK

for dump in "$BUILD"/*.dump; do
    awk '
        sub(/^desc: Trigger: Client Request: /, "") { name = $0 }
        /^totals: / && name != "" { print name "|" $2; name = "" }' "$dump"
done >"$BUILD/counts"

# A workbook is written by the tool: all that it does is counted, less what it does of a survey of
# one row.
count_tool() { # NAME ROWS
    awk -v rows="$2" 'BEGIN {
        print "respondent,workgroup,target,frequent,timely,accurate,problem_solving," \
            "shared_goals,shared_knowledge,mutual_respect"
        for (i = 0; i < rows; i++)
            print "r" i ",w" i % 5 ",t" i % 3 ",1,2,3,4,5,4,3"
    }' >"$BUILD/tool.csv"
    valgrind -q --tool=callgrind --read-inline-info=no --callgrind-out-file="$BUILD/tool.out" \
        "$RELCOORD" scores "$BUILD/tool.csv" --format xlsx -o "$BUILD/tool.xlsx"
    echo "write xlsx|respondents|$1|$(sed -n 's/^totals: //p' "$BUILD/tool.out")"
}
if "$RELCOORD" analyses --format xlsx -o "$BUILD/tool.xlsx" 2>/dev/null; then
    for step in 0 1 2; do
        count_tool $step $((200 << step))
    done >>"$BUILD/counts"
else
    echo "this tool writes no workbooks: they are not counted"
fi

awk -v MOST=$MOST -f "$here/verdict.awk" "$here/bounds" "$BUILD/counts"
