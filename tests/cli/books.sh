#!/bin/sh
# Workbooks that are read: each gives byte for byte what the same data give as CSV, and each hostile
# one ends in its message. Takes the tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/books
rm -rf "$work"
mkdir -p "$work/hostile" && cd "$work" || exit 3
LC_ALL=C
export LC_ALL

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

command -v python3 >/dev/null || {
    echo "python3 is missing: run 'make setup', which installs it" >&2
    exit 1
}
cp "$root/tests/foreign/labels.csv" .
python3 "$root/tests/foreign/books.py" good labels.csv . || exit 1
python3 "$root/tests/foreign/books.py" hostile hostile >messages || exit 1
"$RELCOORD" data inline.xlsx >out 2>err
if grep -q 'need relcoord-formats' err; then
    lacking='relcoord: files of SPSS and Stata, and workbooks, need relcoord-formats,'
    says 2 "$lacking which cannot be loaded: install it, or use CSV" data inline.xlsx
    find "${RELCOORD%/bin/*}/lib/" -name librelcoord-formats.so 2>/dev/null |
        verdict 'there is none to load'
    echo "books: there is no relcoord-formats; workbooks are not read"
    report books
    exit
fi

# ---- The same as CSV ----

for call in 'data --format json' 'matrix --weights ignore --format json' \
    'summary --by unit,wave --format csv'; do
    # shellcheck disable=SC2086 # several words
    "$RELCOORD" $call labels.csv >wanted 2>err || cat err
    for file in *.xlsx *.ods; do
        sheet=
        case $file in
        kinds*) continue ;;
        second.*) sheet='--sheet=Answers & more' ;;
        esac
        # shellcheck disable=SC2086
        "$RELCOORD" $call "$file" ${sheet:+"$sheet"} >got 2>err || cat err
        { [ -s wanted ] || echo "nothing as CSV"; cmp wanted got 2>&1; } | verdict "$file: $call"
    done
done
"$RELCOORD" codebook labels.csv >wanted 2>err
tr -d '"' <wanted >plain
"$RELCOORD" codebook shared.xlsx 2>err | tr -d '"' | diff plain - |
    verdict 'the codebook of a workbook'
"$RELCOORD" data labels.csv --codebook wanted --format csv >one 2>err || cat err
"$RELCOORD" data shared.xlsx --codebook wanted --format csv 2>err | cmp one - 2>&1 |
    verdict 'a workbook by a codebook'
"$RELCOORD" data inline.xlsx --format csv --table respondents >one
"$RELCOORD" data inline.xlsx plain.ods --format csv --table respondents --duplicates first \
    2>err >two || cat err
{ [ -s one ] || echo nothing; cmp one two 2>&1; } | verdict 'two workbooks are one survey'

# ---- What a cell can be ----

# seen FILE: the columns that no codebook lists, and their values, as the decisions show them.
seen() {
    "$RELCOORD" codebook "$1" --table decisions --format csv 2>err |
        sed 's/,not_listed$//; /,no_column,\|^variable,\|,check_/d'
}
seen kinds.xlsx | diff - /dev/fd/3 3<<'END' | verdict 'kinds of cells'
first,,many_values,1900-01-01;1
leap,,many_values,60;#N/A
later,,many_values,1900-03-01;2024-02-29
today,,many_values,2024-12-31;0.1
number,,many_numbers,45657;1000
long,,free_text,"36:00:00;a
b_x0041_"
both,,many_values,2024-12-31T23:59:59;-0.30000000000000004
clock,,many_values,06:00:00
END
seen kinds1904.xlsx | grep -E '^(leap|later),' |
    diff - /dev/fd/3 3<<'END' | verdict 'days from 1904'
leap,,many_values,1904-03-01;#N/A
later,,many_values,1904-03-02;2024-02-29
END
seen kinds.ods | diff - /dev/fd/3 3<<'END' | verdict 'kinds of cells of OpenDocument'
date,,many_values,2024-02-29
time,,many_values,06:07:08
wrong,,many_values,#N/A
string,,many_values,s
lines,,free_text,"one
two"
blanks,,free_text,a  b	c
END
"$RELCOORD" codebook kinds.ods 2>err | grep -E '^(yes|no),' | tr '\n' ' ' |
    grep -vx 'yes,item,yes,,,,1=1,, no,item,no,,,,0=0,, ' | verdict 'yes and no are 1 and 0'

# ---- Faults ----

sed 's/^1,\(.*\),4$/&/' labels.csv | awk -F, -v OFS=, 'NR == 4 { $6 = 9 } { print }' >faulty.csv
python3 "$root/tests/foreign/books.py" good faulty.csv hostile
line=$("$RELCOORD" matrix faulty.csv --weights ignore 2>&1 | sed 's/^faulty.csv:4://')
for file in inline.xlsx plain.ods; do
    says 1 "hostile/$file:4:$line" matrix "hostile/$file" --weights ignore
done
says 1 "hostile/moved.xlsx:11:$line" matrix hostile/moved.xlsx --weights ignore
rm hostile/*.ods hostile/*.xlsx hostile/*.xls
python3 "$root/tests/foreign/books.py" hostile hostile >messages || exit 1
says 2 "relcoord: the workbook has no sheet 'answers', but 'First', 'Answers & more'" \
    matrix second.xlsx --sheet answers
says 2 "relcoord: the workbook has no sheet 'answers', but 'First', 'Answers & more'" \
    matrix second.ods --sheet answers
says 2 'relcoord: only a workbook has sheets to choose from' matrix labels.csv --sheet x
says 2 "relcoord: option '--sheet' needs a value" matrix labels.csv --sheet
different='relcoord: files from different programs cannot form one survey'
says 2 "$different: 'inline.xlsx' and 'labels.csv'" matrix inline.xlsx labels.csv
printf 'PK\3\4and no more' >named.csv
says 1 'named.csv: the file is damaged or truncated' matrix named.csv
formula='hostile/formula.xlsx:2: S!A2: en formel uden sin værdi'
LC_ALL=da_DK.UTF-8 says 1 "$formula: gem regnearket i det program, der beregner det" \
    data hostile/formula.xlsx

# Each hostile workbook ends in its message, and in no other way, within what a small machine has.
hostile() {
    tab=$(printf '\t')
    while IFS=$tab read -r file message; do
        for call in 'data --format csv' codebook; do
            # shellcheck disable=SC2086 # several words
            timeout 100 "$RELCOORD" $call "hostile/$file" >out 2>err </dev/null
            status=$?
            case $status in
            [123]) ;;
            *) echo "$file: $call: status $status"; head -n 3 err; continue ;;
            esac
            [ ! -s out ] || echo "$file: $call: something on standard output"
            case $(head -n 1 err) in
            "hostile/$file$message"*) ;;
            *) echo "$file: $call: $(head -n 1 err)"; echo "not $message" ;;
            esac
        done
    done <messages
}
hostile | verdict 'hostile workbooks'

# ---- Damage: an exit status that is a message's, and then nothing on standard output ----

for file in inline.xlsx shared.xlsx plain.ods; do
    size=$(wc -c <"$file")
    step=$((size * ${FAULT_STEP:-1} / 40 + 1))
    at=3
    while [ $at -lt "$size" ]; do
        for how in cut spoilt; do
            head -c $at "$file" >"damaged.${file##*.}"
            [ $how = cut ] || {
                printf '\377'
                tail -c +$((at + 2)) "$file"
            } >>"damaged.${file##*.}"
            "$RELCOORD" data --format csv "damaged.${file##*.}" >out 2>err </dev/null
            status=$?
            case $status in
            0) ;;
            [123])
                { [ ! -s out ] && [ -s err ]; } ||
                    echo "$file $how at $at: something on standard output, or nothing said" ;;
            *) echo "$file $how at $at: status $status"; head -n 3 err ;;
            esac
        done
        at=$((at + step))
    done
done | verdict 'damaged workbooks'

report books
