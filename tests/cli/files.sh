#!/bin/sh
# What -o promises: the whole file or none, its mode kept, links followed, pipes written in place,
# nothing that is read written over, and nothing left behind, whatever ends the tool.
# Takes the tool from $RELCOORD and works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/files
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
# shellcheck source=/dev/null
. "$root/tests/verdict.sh"

cp "$root/tests/examples/clerkship/survey.csv" survey.csv
"$RELCOORD" matrix survey.csv --format csv >wanted.csv || exit 3
# Many ties, whose scores are more than a pipe holds and take a while to write as text.
awk 'BEGIN {
    print "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals," \
        "shared_knowledge,mutual_respect"
    for (i = 1; i <= 30000; i++)
        for (t = 0; t < 3; t++)
            printf "%d,%c,%c,%d,%d,3,4,5,4,3\n", i, 65 + i % 3, 65 + t, 1 + i % 5, 1 + (i + t) % 5
}' >many.csv

matrix() { "$RELCOORD" matrix survey.csv --format csv -o "$@" 2>&1; }
same() { cmp wanted.csv "$1" 2>&1; }
# Hidden files are those of a writer that did not clean up.
left_behind() { find . -name '.relcoord*'; }
# wants WORDS STATUS COMMAND…: runs it, and says how it ended otherwise.
wants() {
    words=$1 status=$2
    shift 2
    "$@" >out 2>err </dev/null
    ended=$?
    [ $ended -eq "$status" ] || echo "ended with $ended"
    head -n 1 err | grep -qF -- "$words" || { echo "said:"; head -n 2 err; }
}

# ---- What comes to stand there ----

{ (umask 027 && matrix new.csv && stat -c %a new.csv | grep -vx 640); same new.csv; } |
    verdict 'a new file has what the umask leaves'
{
    for mode in 600 640 666 700; do
        chmod $mode new.csv
        matrix new.csv
        stat -c %a new.csv | grep -vx $mode
    done
    same new.csv
} | verdict 'a present file keeps its mode'
{
    ln -s target.csv link.csv
    matrix link.csv # which dangles
    same target.csv
    echo old >target.csv
    matrix link.csv
    same target.csv
    [ -L link.csv ] || echo 'the link is gone'
} | verdict 'a link is followed and stays'
{
    mkfifo fifo
    cat fifo >got.csv &
    matrix fifo
    wait $!
    same got.csv
    [ -p fifo ] || echo 'the pipe is gone'
} | verdict 'a pipe is written in place'
{
    {
        echo before && "$RELCOORD" matrix survey.csv --format csv -o /dev/stdout && echo after
    } >got.csv
    sed -n '1p;$p' got.csv | tr '\n' ' ' | grep -vx 'before after '
    sed '1d;$d' got.csv | cmp - wanted.csv
} 2>&1 | verdict '/dev/stdout goes on where it stands'
{
    for length in 249 250 255; do
        name=$(printf "%0$((length - 4))d" 0).csv
        matrix "$name"
        same "$name"
        rm -f "$name"
    done
} | verdict 'names of up to 255 bytes'
{
    cp wanted.csv ./- 2>/dev/null
    rm ./-
    matrix - | cmp - wanted.csv
    [ ! -e ./- ] || echo 'a file called -'
} 2>&1 | verdict '- is standard output'

# ---- What is not written over ----

cat >book.csv <<'END'
variable,role,dimension
respondent,respondent,
workgroup,workgroup,
target,target,
frequent,item,frequent
END
cut -d, -f1,2 survey.csv | sort -u | sed -n '/^respondent/p;/^[0-9]/p' >people.csv
sed -i '/^respondent/d; 1i respondent,workgroup' people.csv
ln survey.csv hard.csv
ln -s survey.csv soft.csv
cp survey.csv before.csv
refused() {
    wants "' is one of the files that were read, and is not written over" 2 "$RELCOORD" "$@"
}
{
    refused matrix survey.csv -o survey.csv
    refused matrix survey.csv -o "$work/../files/survey.csv"
    refused matrix survey.csv -o hard.csv
    refused matrix survey.csv -o soft.csv
    "$RELCOORD" matrix soft.csv --format xlsx -o book.xlsx 2>&1 | grep -q 'need relcoord-formats' ||
        refused matrix soft.csv --format xlsx -o survey.csv
    refused codebook survey.csv -o survey.csv
    refused data survey.csv --codebook book.csv -o book.csv
    # shellcheck disable=SC2094 # that is what must not be done
    "$RELCOORD" matrix - -o survey.csv <survey.csv 2>err
    [ $? -eq 2 ] || echo 'standard input is not known'
    # shellcheck disable=SC2094
    "$RELCOORD" matrix survey.csv 2>err >>survey.csv
    [ $? -eq 2 ] || echo 'standard output is not known'
    cmp survey.csv before.csv
} 2>&1 | verdict 'what is read is not written over'

# ---- What fails ----

{
    echo old >old.csv
    # shellcheck disable=SC3045 # dash, busybox and bash know -f
    (ulimit -f 1 && matrix old.csv) | grep -vx 'old.csv: cannot be written: too large'
    grep -vx old old.csv
    left_behind
} | verdict 'a file that gets too large leaves the old one'
mkdir disk
if mount -t tmpfs -o size=16k none disk 2>/dev/null; then
    {
        echo old >disk/old.csv
        wants 'disk/old.csv: cannot be written: no space left on the device' 3 \
            "$RELCOORD" scores survey.csv -o disk/old.csv
        grep -vx old disk/old.csv
        find disk -mindepth 1 ! -name old.csv
        umount disk
    } | verdict 'a full disk leaves the old one'
fi

# signalled NAME STATUS SIGNAL: the tool, writing into a pipe that nobody empties, is signalled
# until it ends.
signalled() {
    exec 3<>fifo
    "$RELCOORD" scores many.csv -o fifo 2>err &
    tool=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
        sleep 1
        kill -"$2" $tool 2>/dev/null || break
        grep -q '^State:[^A-Z]*Z' "/proc/$tool/status" 2>/dev/null && break
    done
    wait $tool
    ended=$?
    exec 3>&-
    [ $ended -eq "$1" ] || echo "ended with $ended"
}
signalled 130 INT | verdict 'an interrupt while a pipe is written ends with 130'
signalled 143 TERM | verdict 'so does being ended, with 143'
signalled 129 HUP | verdict 'and a hangup, with 129'

# Without a umask a new file has a name of its own while it is written: it is seen, and then the
# tool signalled.
umask 0
{
    seen=no
    for signal in INT TERM HUP; do
        rm -f new.txt
        "$RELCOORD" scores many.csv -o new.txt 2>err &
        tool=$!
        while kill -0 $tool 2>/dev/null; do
            [ -z "$(left_behind)" ] || { seen=yes; kill -$signal $tool; break; }
        done
        wait $tool
        ended=$?
        case $ended in
        0) ;; # it was done before
        129 | 130 | 143) [ ! -e new.txt ] || echo "$signal: the file is there" ;;
        *) echo "$signal: ended with $ended" ;;
        esac
        left_behind
    done
    [ $seen = yes ] || echo 'no file was seen while it was written'
} | verdict 'signalled while it writes, it leaves nothing'
# Killed, it leaves the old file, or the whole new one if that stood there already.
{
    "$RELCOORD" scores many.csv -o whole.txt
    for wait in 0.05 0.1 0.2 0.4; do
        echo old >old.txt
        "$RELCOORD" scores many.csv -o old.txt 2>err &
        tool=$!
        sleep $wait
        kill -KILL $tool 2>/dev/null
        wait $tool
        [ "$(cat old.txt)" = old ] || cmp old.txt whole.txt
        left_behind
    done
} 2>/dev/null | verdict 'killed, it leaves a whole file and nothing else'

report files
