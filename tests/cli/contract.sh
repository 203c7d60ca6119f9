#!/bin/sh
# The tool's contract: what it prints where, its exit statuses, and that a file is whole or absent.
# Takes the tool from $RELCOORD and works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
survey=$root/tests/examples/clerkship/survey.csv
work=$BUILD/cli
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
passed=0
failed=0

# ok WHAT STATUS: counts a check by the status of the command before it.
ok() {
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
        sed 's/^/    out: /' out 2>/dev/null | head -n 5
        sed 's/^/    err: /' err 2>/dev/null | head -n 5
    fi
}

# run ARGUMENTS…: standard output to ./out, standard error to ./err, the status to $status.
run() {
    "$RELCOORD" "$@" >out 2>err </dev/null
    status=$?
}

# expect WHAT STATUS MESSAGE ARGUMENTS…: fails with that status, MESSAGE in the first line of
# standard error, and nothing on standard output.
expect() {
    what=$1 wanted=$2 message=$3
    shift 3
    run "$@"
    [ "$status" -eq "$wanted" ] && [ ! -s out ] && [ "$(head -n 1 err)" = "$message" ]
    ok "$what (status $status)" $?
}

header=respondent,workgroup,target,frequent,timely,accurate,problem_solving
header=$header,shared_goals,shared_knowledge,mutual_respect
survey_of() { # FILE ROW…
    file=$1
    shift
    { echo "$header"; [ $# -eq 0 ] || printf '%s\n' "$@"; } >"$file"
}

# ---- What succeeds ----

run --version
[ "$status" -eq 0 ] && grep -Eqx 'relcoord [0-9]+\.[0-9]+\.[0-9]+' out
ok '--version' $?
run --help
[ "$status" -eq 0 ] && grep -q '  matrix' out && grep -q '  summary' out && [ ! -s err ]
ok '--help lists the analyses' $?
awk 'length > 80 { exit 1 }' out
ok '--help keeps to 80 columns' $?
# Each analysis that can be made from this survey; the others say why not, and print nothing.
made=0
for analysis in $("$RELCOORD" analyses --format csv --table analyses | sed '1d; s/,.*//'); do
    run "$analysis" --help
    [ "$status" -eq 0 ] && grep -q -- '--redact-values' out && awk 'length > 80 { exit 1 }' out
    ok "$analysis --help" $?
    run "$analysis" "$survey"
    if [ "$status" -eq 2 ]; then
        [ ! -s out ] && [ -s err ]
        ok "$analysis needs other data" $?
        continue
    fi
    [ "$status" -eq 0 ] && [ -s out ] && [ ! -s err ]
    ok "$analysis prints" $?
    made=$((made + 1))
    for format in text csv json html markdown latex; do
        run "$analysis" "$survey" --format "$format" --source answers
        mv out direct
        "$RELCOORD" "$analysis" - --format="$format" --source answers --threads 4 \
            <"$survey" >out 2>err
        cmp -s direct out
        ok "$analysis --format $format from standard input, on four threads" $?
        "$RELCOORD" "$analysis" "$survey" --format "$format" --source answers -o file 2>err &&
            cmp -s direct file
        ok "$analysis --format $format -o" $?
    done
done
[ "$made" -ge 10 ]
ok "ten analyses and more: $made" $?
# quality reads what others stop at, unless it is told not to.
survey_of faulty.csv 1,A,A,1,2,3,4,5,5,9 1,A,A,1,2,3,4,5,5,5
run quality faulty.csv --format csv --table problems
[ "$status" -eq 0 ] && [ "$(cat out)" = 'line,column,value,problem,row,file,note
2,mutual_respect,9,invalid,1,1,
3,,A,duplicate,2,1,' ]
ok 'quality lists problems' $?
run quality --help
tr -s ' \n' ' ' <out | grep -q '(default missing) .*(default first)'
ok 'quality --help says how it reads' $?
run data faulty.csv --duplicates last --invalid missing --format csv
tail -n 1 out | grep -qx '1,A,A,,,1,2,3,4,5,5,5,'
ok 'data --duplicates last' $?
columns=workgroup,target,dimension,n,raters,left_out,dont_know,mean,sd,se,ci_low,ci_high,band
[ "$("$RELCOORD" matrix "$survey" --format csv | head -n 1)" = "$columns,estimator,note" ]
ok 'the columns of cells' $?
columns=dimension,part,weighting,n,raters,left_out,mean,sd,se,ci_low,ci_high,band
[ "$("$RELCOORD" summary "$survey" --format csv | head -n 1)" = "$columns,estimator,note" ]
ok 'the columns of indices' $?
run matrix "$survey" --format csv --table coverage
head -n 1 out | grep -q '^workgroup,target,invited,'
ok '--table' $?
"$RELCOORD" matrix "$survey" --tables workgroups,cells --format json >out 2>err
[ "$(grep -o '^"[a-z]*":{"columns' out | tr '\n' ' ')" = \
    '"cells":{"columns "workgroups":{"columns ' ]
ok '--tables' $?
run matrix "$survey" --tables workgroups,coverage --title 'Our table' --lang en
[ "$status" -eq 0 ] && [ "$(head -n 1 out)" = 'Our table' ] && ! grep -q 'dimension' out
ok '--tables and --title in text' $?
run matrix "$survey" --by workgroup --title '<Our> table' --date 2026-03-01 --format html \
    --lang da
subtitle='Efter faggruppe · 95 % konfidensintervaller · survey.csv · 1. marts 2026'
grep -q '<h1>&lt;Our&gt; table</h1>' out && grep -q "^<p class=\"subtitle\">$subtitle</p>" out
ok 'the title and what is below it' $?
run reliability "$survey" --style apa --lang da
grep -Eq '^relationel +forbindelser +,949 ' out && grep -Eq ' M +SD ' out
ok '--style apa: no zero, three decimals, symbols' $?
run summary "$survey" --style apa --format csv
mv out styled
run summary "$survey" --format csv
cmp -s styled out
ok 'and files for programs stay as they are' $?
run reliability "$survey" --coefficients alpha,omega --format csv
[ "$(sed '1d; s/^[^,]*,[^,]*,//; s/,.*//' out | sort -u | tr '\n' ' ')" = \
    'alpha omega_between omega_u omega_u_std omega_within ' ]
ok '--coefficients: one by name, others by what they begin with' $?
run agreement "$survey" --coefficients icc1 --format csv
[ "$(sed '1d; s/^[^,]*,[^,]*,//; s/,.*//' out | sort -u)" = icc1 ]
ok '--coefficients of agreement' $?
expect 'a coefficient that is none' 2 \
    "relcoord: no coefficient is called 'omega_x'; did you mean 'omega_u'?" \
    reliability "$survey" --coefficients omega_x
expect 'a wrong name among tables' 2 \
    "relcoord: 'matrix' has no table 'coverages'; did you mean 'coverage'?" \
    matrix "$survey" --tables cells,coverages
expect 'two tables of csv' 2 "relcoord: csv holds one table: name one, or write json or xlsx" \
    matrix "$survey" --tables cells,coverage --format csv
(
    head -n 301 "$survey" >one.csv
    { head -n 1 "$survey"; tail -n +302 "$survey"; } >two.csv
    "$RELCOORD" matrix one.csv two.csv --format json >both &&
        "$RELCOORD" matrix "$survey" --format json >whole && cmp -s both whole
)
ok 'several files are one survey' $?
awk -F, -v OFS=, '
    NR == 1 { print $0, "unit", "wave" }
    NR > 1 { print $0, NR % 3 ? "North" : "Sør", NR <= 400 ? 1 : 2 }' "$survey" |
    awk -F, -v OFS=, 'NR == 1 { print } NR > 1 { $1 = $1 "-" $11 "-" $12; print }' >waves.csv
run matrix waves.csv --by unit,wave --format csv
mv out comma
run matrix waves.csv --by unit --by wave --format csv
cmp -s comma out && head -n 1 out | grep -q '^unit,wave,workgroup,'
ok '--by by comma or repetition' $?
run matrix waves.csv --wave 2 --by unit --format csv
[ "$status" -eq 0 ] && [ -s out ]
ok '--wave' $?
{ printf '\377\376' && tr , '\t' <"$survey" | sed 's/$/\r/' | iconv -f UTF-8 -t UTF-16LE; } \
    >utf16.txt
tr , ';' <"$survey" >semicolon.csv
for file in utf16.txt semicolon.csv; do
    "$RELCOORD" matrix "$survey" --format csv >direct &&
        run matrix "$file" --format csv && cmp -s direct out
    ok "$file says the same" $?
    "$RELCOORD" matrix - --format csv <"$file" >out 2>err && cmp -s direct out
    ok "$file from standard input" $?
done
run matrix utf16.txt
grep -q '^Note: read as UTF-16LE$' out && grep -q '^Note: separated by tabs$' out
ok 'notes on how a file was read' $?
run matrix -- "$survey"
[ "$status" -eq 0 ]
ok '-- ends the options' $?
run analyses --format json
[ "$status" -eq 0 ] && cmp -s out "$root/tests/abi/analyses.json"
ok 'the registry is that of tests/abi/analyses.json (after a meant change: make snapshot)' $?

{
    echo "$header"
    awk 'BEGIN { for (i = 1; i <= 400; i++) print "r" i ",g" i ",t" i ",1,2,3,4,5,4,3" }'
} >scattered.csv
run matrix scattered.csv
[ "$status" -eq 0 ] && ! tail -n +2 out | grep -q '·' && [ "$(grep -c '^g400 ' out)" -ge 2 ]
ok 'a matrix of 160,000 cells with 400 in it is listed' $?

run codebook "$survey"
columns=variable,role,scale,dimension,target,level,values,label_en,label_da
said='relcoord: a draft with 10 guesses to check: see them with --table decisions --format text'
[ "$status" -eq 0 ] && [ "$(head -n 1 out)" = "$columns" ] && grep -qx "$said" err
ok 'codebook drafts one as csv' $?
mv out drafted.csv
"$RELCOORD" matrix "$survey" --table cells --format csv >direct
run matrix "$survey" --codebook drafted.csv --table cells --format csv
[ "$status" -eq 0 ] && cmp -s direct out
ok 'figures by the draft are those without' $?
run codebook "$survey" --table decisions
[ "$status" -eq 0 ] && [ ! -s err ] && [ "$(head -n 1 out)" = variable,guess,reason,seen,note ]
ok 'codebook --table decisions' $?
run codebook "$survey" --format text --lang da
[ "$status" -eq 0 ] && [ ! -s err ] && grep -q 'har det bedste svar den højeste score?' out
ok 'codebook in Danish' $?
run codebook --help
[ "$status" -eq 0 ] && grep -q 'relcoord codebook FILE' out && awk 'length > 80 { exit 1 }' out
ok 'codebook --help' $?

# ---- Faults of the call: 2 (more are in tests/faults) ----

expect 'a file and no analysis' 2 "relcoord: name an analysis first: relcoord matrix $survey" \
    "$survey"
expect 'nothing' 2 'relcoord: name an analysis and a file: relcoord matrix survey.csv'
expect 'an option without its value' 2 "relcoord: option '--confidence' needs a value" \
    matrix "$survey" --confidence
expect 'a table that no draft has' 2 \
    "relcoord: 'codebook' has no table 'decision'; did you mean 'decisions'?" \
    codebook "$survey" --table decision
expect 'a codebook for a draft' 2 "relcoord: 'codebook' has no option '--codebook'" \
    codebook "$survey" --codebook x
expect 'a draft of nothing' 2 \
    "relcoord: 'codebook' needs a file of answers, or - for standard input" codebook
expect 'an option of analyses' 2 "relcoord: 'codebook' has no option '--by'" \
    codebook "$survey" --by unit

# ---- Faults of the data: 1 (more are in tests/faults) ----

survey_of scale.csv N1,nurses,nurses,1,2,3,4,5,1,2 '' N2,nurses,nurses,1,2,7,4,5,1,2
off_scale="'7' is not an answer on the scale 1 to 5; a missing answer is an empty field"
expect 'an answer off the scale, below a blank line' 1 "scale.csv:4: accurate: $off_scale" \
    matrix scale.csv
printf '\r\r%s\rN1;l\346ger;l\346ger;1;2;\201;4;5;1;2\r' "$header" | tr , ';' >danish.csv
another='--encoding can name another encoding'
expect 'a byte that is no character' 1 \
    "danish.csv:4: accurate: a character that is not valid Windows-1252; $another" \
    matrix danish.csv
expect 'an encoding that is wrong' 1 \
    "danish.csv:4: workgroup: 'l…' is not valid UTF-8; $another" \
    matrix danish.csv --encoding=utf-8
: >empty.csv
survey_of short.csv N1,nurses,nurses,1,2,3
expect 'a draft of a short row' 1 'short.csv:2: the row has 6 fields, the header 10' \
    codebook short.csv
expect 'an empty file' 1 'empty.csv: the file is empty' matrix empty.csv
run matrix - <scale.csv
"$RELCOORD" matrix - <scale.csv >out 2>err
[ $? -eq 1 ] && grep -q '^(standard input):4: accurate: ' err
ok 'standard input by its name' $?

# ---- Faults of the environment: 3; files whole or absent ----

"$RELCOORD" matrix "$survey" >/dev/full 2>err
[ $? -eq 3 ]
ok 'a full standard output' $?
echo before >kept
expect 'a fault leaves the file' 1 'empty.csv: the file is empty' matrix empty.csv -o kept
[ "$(cat kept)" = before ] && [ "$(find . -name 'kept*' | wc -l)" -eq 1 ]
ok 'and nothing beside it' $?
run matrix "$survey" -o kept
[ "$status" -eq 0 ] && [ -s kept ] && [ "$(head -c 6 kept)" != before ]
ok 'success replaces the file' $?
# The end of the name tells the format, --format beats it, and a name without an end gets the text.
for pair in text:page.txt text:page csv:page.csv csv:page.CSV json:page.json html:page.htm \
    markdown:page.v2.md latex:page.tex; do
    "$RELCOORD" summary "$survey" --format "${pair%%:*}" >wanted
    run summary "$survey" -o "${pair#*:}"
    [ "$status" -eq 0 ] && cmp -s wanted "${pair#*:}"
    ok "-o ${pair#*:}" $?
done
run summary "$survey" --format text -o page.csv
[ "$status" -eq 0 ] && head -c 8 page.csv | grep -q '^relcoord'
ok '--format beats the name' $?
mkdir -p folder.d
run summary "$survey" -o folder.d/page
[ "$status" -eq 0 ] && [ -s folder.d/page ]
ok "a folder's name tells no format" $?
unknown="'page.docx' names no format by its end, as .html, .xlsx or .csv do"
expect 'an end that names no format' 2 "relcoord: $unknown: name one with --format" \
    summary "$survey" -o page.docx
run summary "$survey" --format text -o page.docx
[ "$status" -eq 0 ] && [ -s page.docx ]
ok 'and is no matter where one is named' $?
{ "$RELCOORD" matrix "$survey" --format csv 2>err; echo $? >code; } | :
grep -qx -e 0 -e 3 code
ok 'a closed pipe is no crash' $?
mkfifo pipe
"$RELCOORD" matrix pipe >out 2>err &
tool=$!
sleep 60 >pipe &
sleeper=$!
# Again while it runs: on a busy machine it may not have come to listen yet.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    kill -INT "$tool"
    sleep 1
    if grep -q '^State:[^A-Z]*Z' "/proc/$tool/status" 2>/dev/null || [ ! -e "/proc/$tool" ]; then
        break
    fi
done
wait "$tool"
interrupted=$?
kill "$sleeper" 2>/dev/null
# A shell that runs jobs in the background may have them ignore the interrupt.
[ "$interrupted" -eq 130 ]
ok "an interrupt while reading ends with 130 (status $interrupted)" $?

echo "cli: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
