#!/bin/sh
# Files of SPSS and Stata in the tool: each gives byte for byte what the same data give as CSV, each
# fault has its message, and whatever is damaged ends in one. Takes the tool from $RELCOORD, works
# below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/foreign
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
cp "$root"/tests/foreign/*.sav "$root"/tests/foreign/*.zsav "$root"/tests/foreign/*.dta \
    "$root"/tests/foreign/*.csv .
LC_ALL=C
export LC_ALL

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

# ---- Without ReadStat ----

"$RELCOORD" matrix utf8.sav --weights ignore >out 2>err
if grep -qE 'built with ReadStat|need relcoord-formats' err; then
    lacking='relcoord: files of SPSS and Stata need a relcoord-formats that was built with'
    lacking="$lacking ReadStat: install libreadstat-dev and build it again, or save the data as CSV"
    if grep -q 'need relcoord-formats' err; then
        lacking='relcoord: files of SPSS and Stata, and workbooks, need relcoord-formats,'
        lacking="$lacking which cannot be loaded: install it, or use CSV"
    fi
    says 2 "$lacking" matrix utf8.sav
    says 2 "$lacking" matrix release15.dta
    says 2 "$lacking" codebook utf8.sav
    grep -q 'built with ReadStat' err ||
        find "${RELCOORD%/bin/*}/lib/" -name librelcoord-formats.so 2>/dev/null |
        verdict 'there is none to load'
    echo "foreign: there is no ReadStat; its files are not tested"
    report foreign
    exit
fi

# ---- The same as CSV ----

# same WHAT CSV FILE ARGUMENTS…: both give the same, which is something.
same() {
    what=$1 csv=$2 file=$3
    shift 3
    "$RELCOORD" "$@" "$csv" >wanted 2>err || cat err
    "$RELCOORD" "$@" "$file" >got 2>err || cat err
    { [ -s wanted ] || echo "nothing as CSV"; cmp wanted got 2>&1; } | verdict "$what: $*"
}
for file in utf8.sav packed.zsav plain.sav latin1.sav release10.dta release13.dta release15.dta; do
    format=json
    [ "$file" != utf8.sav ] || format=csv # a column that is ignored is in its notes
    same "$file" labels.csv "$file" data --format $format
    same "$file" labels.csv "$file" matrix --weights ignore --format $format
    same "$file" labels.csv "$file" summary --by unit,wave --format $format
    same "$file" labels.csv "$file" matrix --by workgroup --format $format --threads 4
done
names=målgruppe,respondent,faggruppe,enhed,bølge,hyppig,rettidig,korrekt,problemløsende
sed "1s/.*/$names,fælles_mål,fælles_viden,gensidig_respekt,vægt,day/" labels.csv >danish.csv
same 'names in Danish' danish.csv danish.sav matrix --weights ignore --format json
same 'names in Danish' danish.csv danish.sav data --format json
cp utf8.sav named.csv
same 'a name that lies' labels.csv named.csv data --format csv

# A codebook has the last word: 8 is "don't know", 4 the best, and 99, which it does not list,
# missing as the file says.
{
    echo 'variable,role,dimension,values'
    printf '%s\n' respondent,respondent,, 'workgroup,workgroup,,1|Doctors;2|Nurses;3|Open' \
        'target,target,,3|Open;1|Doctors;2|Nurses' 'unit,unit,,' 'weight,weight,,' 'day,group,,'
    for item in frequent timely accurate problem_solving shared_goals shared_knowledge \
        mutual_respect; do
        echo "$item,item,$item,1=1;2=2;3=3;4=5;5=4;8=dk"
    done
} >book.csv
sed 's/;8=dk/&;99=missing/' book.csv >book99.csv
for file in utf8.sav packed.zsav latin1.sav; do
    for analysis in 'matrix --weights ignore' 'summary --by unit,day' data; do
        # shellcheck disable=SC2086 # several words
        {
            "$RELCOORD" $analysis coded.csv --codebook book99.csv --format csv >wanted
            "$RELCOORD" $analysis "$file" --codebook book.csv --format csv >got
        } 2>err || cat err
        { [ -s wanted ] || echo "nothing as CSV"; cmp wanted got 2>&1; } |
            verdict "$file with a codebook: $analysis"
    done
done
"$RELCOORD" matrix utf8.sav --codebook book.csv --weights ignore --format csv | grep -c ',rc,' |
    grep -vx 9 | verdict 'each workgroup about each'

# A file and another are one survey, whose columns may stand elsewhere.
no_answer='is not an answer on the scale 1 to 5; a missing answer is an empty field'
says 1 "faulty.sav:3: timely: '7' $no_answer" matrix faulty.sav
says 1 "faulty.sav:3: timely: '7' $no_answer" matrix packed.zsav faulty.sav
says 1 "faulty.sav:3: timely: a value $no_answer" matrix packed.zsav faulty.sav --redact-values
"$RELCOORD" data packed.zsav faulty.sav --invalid missing --format csv --table respondents 2>&1 |
    grep -c '^10[12],' | grep -vx 2 | verdict 'two files are one survey'

# ---- A codebook from the file ----

"$RELCOORD" codebook utf8.sav -o draft.csv 2>err
diff "$root/tests/foreign/draft.book" draft.csv | verdict 'the codebook of utf8.sav'
"$RELCOORD" data labels.csv --format csv --table answers >wanted
"$RELCOORD" data utf8.sav --codebook draft.csv --format csv --table answers >got
{ [ -s wanted ] || echo nothing; sort wanted >one; sort got >two; cmp one two 2>&1; } |
    verdict 'read by its own codebook it is the same survey'
"$RELCOORD" codebook wide.sav --format csv -o wide.book 2>err
diff "$root/tests/foreign/wide.book" wide.book | verdict 'the codebook of wide.sav'
sed 's/^job,item,job,/job,workgroup,,/; s/=1|Doctors/|D/; s/=2|Nurses/|N/; s/=3|Porters/|P/' \
    wide.book >edited.csv
"$RELCOORD" matrix wide.sav --codebook edited.csv --format csv >got 2>err || cat err
grep -c '^[DN],[DN],rc,' got | grep -vx 4 | verdict 'wide data by the draft'
printf 'job;1;D\346kning\njob;2;Nurses of the ward\n' >labels.table
"$RELCOORD" codebook wide.sav --labels labels.table --separator tab --decimal comma 2>err |
    grep '^job,' >got
echo 'job,group,,,,,"1|Doctors;2|Nurses;3|Porters",Your own job,' | diff - got |
    verdict 'the labels of the file go before those of a table'
{
    "$RELCOORD" codebook release15.dta 2>/dev/null |
        grep -q '^frequent,item,rc,frequent,,,"1=1|Lav;2=2;' || echo no
} |
    verdict 'the codebook of a file of Stata'
"$RELCOORD" codebook utf8.sav --table decisions --format json >got 2>err
{ grep -q '"decisions"' got || cat got err; } | verdict 'decisions in any format'
said='relcoord: a codebook with the labels of a file is written as csv;'
says 2 "$said --table decisions takes any format" codebook utf8.sav --format text

# The decisions show what stands in columns that are left out: dates, and parts of a year.
cat >dates <<'END'
date,1582-10-15;1899-12-31;1970-01-01;2000-02-29;2100-03-01
sdate,1582-10-15;1899-12-31;1970-01-01;2000-02-29;2100-03-01
at,1582-10-15T00:00:01;1899-12-31T12:00:00;1970-01-01T00:00:00;2000-02-29T23:59:59;2100-03-01T06:07:08
month,1582-10-15;1899-12-31;1970-01-01;2000-02-29;2100-03-01
time,00:00:00;00:00:01;01:01:01;23:59:59;25:00:00
number,
day,1582-10-15;1899-12-31;1970-01-01;2000-02-29;2100-03-01
at,1582-10-15T00:00:01;1899-12-31T12:00:00;1970-01-01T00:00:00;2000-02-29T23:59:59;2100-03-01T06:07:08
week,1959-W52;1960-W1;1960-W52;1961-W1;2025-W1
month,1959-12;1960-01;1960-12;1961-01;2024-12
quarter,1959-Q4;1960-Q1;1960-Q4;1961-Q1;2024-Q4
half,1959-H2;1960-H1;1960-H2;1961-H1;2024-H2
year,1959;1960;1961;1962;2024
number,
END
for file in dates.sav dates.dta; do
    "$RELCOORD" codebook $file --table decisions --format csv 2>err | sed 1d |
        cut -d , -f 1,4 | grep -v '^,'
done | diff dates - | verdict 'dates are text'

for file in latin1.sav release10.dta; do
    "$RELCOORD" codebook $file >wanted 2>err
    "$RELCOORD" codebook $file --encoding windows-1252 2>err | cmp - wanted 2>&1 |
        verdict "$file in an encoding that is named"
done

# ---- Faults ----

says 1 'empty.sav: the file has no rows' matrix empty.sav
says 1 'one_label.sav: workgroup: two values have one label; a codebook can tell them apart' \
    matrix one_label.sav
different='relcoord: files from different programs cannot form one survey'
says 2 "$different: 'utf8.sav' and 'labels.csv'" matrix utf8.sav labels.csv
says 2 "$different: 'labels.csv' and 'release15.dta'" matrix labels.csv release15.dta
says 3 'nowhere.sav: no such file' matrix nowhere.sav
says 1 "wide.sav: the first file has no column 'id'" matrix utf8.sav wide.sav
cp labels.csv labels.sav
cp labels.csv LABELS.DTA
unlike='this does not look like'
says 1 "labels.sav: $unlike an SPSS file: is it misnamed or truncated?" matrix labels.sav
says 1 "LABELS.DTA: $unlike a Stata file: is it misnamed or truncated?" matrix LABELS.DTA
: >nothing.sav
says 1 "nothing.sav: $unlike an SPSS file: is it misnamed or truncated?" matrix nothing.sav
head -c 100 utf8.sav >cut.sav
says 1 'cut.sav: the file is damaged or truncated' matrix cut.sav
head -c 4000 plain.sav >cut.sav
says 1 'cut.sav: the file is damaged or truncated' matrix cut.sav
head -c 9000 release15.dta >cut.dta
says 1 'cut.dta: the file is damaged or truncated' codebook cut.dta
unnamed='a text is not in the encoding that the file names; --encoding can name another'
says 1 "latin1.sav: $unnamed" data latin1.sav --encoding utf-8
LC_ALL=da_DK.UTF-8 says 1 'cut.dta: filen er beskadiget eller skåret af' data cut.dta

# ---- Damage: an exit status that is a message's, and then nothing on standard output ----

# damaged FILE WHAT: reads it as it now is.
damaged() {
    for call in 'data --format csv' codebook; do
        # shellcheck disable=SC2086 # several words
        "$RELCOORD" $call "$1" >out 2>err </dev/null
        status=$?
        case $status in
        0) ;;
        [123])
            { [ ! -s out ] && [ -s err ]; } ||
                echo "$2: $call: something on standard output, or nothing said" ;;
        *) echo "$2: $call: status $status"; head -n 3 err ;;
        esac
    done
}
for file in utf8.sav packed.zsav plain.sav wide.sav release10.dta release15.dta; do
    size=$(wc -c <"$file")
    step=$((size * ${FAULT_STEP:-1} / 24))
    at=3
    while [ $at -lt "$size" ]; do
        head -c $at "$file" >cut."${file##*.}"
        damaged cut."${file##*.}" "$file cut at $at"
        {
            head -c $at "$file"
            printf '\377'
            tail -c +$((at + 2)) "$file"
        } >spoilt."${file##*.}"
        damaged spoilt."${file##*.}" "$file spoilt at $at"
        at=$((at + step))
    done
done | verdict 'damaged files'

report foreign
