#!/bin/sh
# The tool's languages and pages: which language it speaks, that nothing it prints is left in
# English when that is Danish, and that its pages are well formed. Takes the tool from $RELCOORD,
# works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
survey=$root/tests/examples/clerkship/survey.csv
work=$BUILD/words
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

# ---- Which language ----

# spoken WANTED LC_ALL LC_MESSAGES LANG OPTIONS…: - is a variable that is not set.
spoken() (
    wanted=$1 name="LC_ALL=$2 LC_MESSAGES=$3 LANG=$4" all=$2 messages=$3 lang=$4
    shift 4
    unset LC_ALL LC_MESSAGES LANG
    [ "$all" = - ] || export LC_ALL="$all"
    [ "$messages" = - ] || export LC_MESSAGES="$messages"
    [ "$lang" = - ] || export LANG="$lang"
    line=$("$RELCOORD" summary "$survey" --table silo "$@" 2>&1 | sed -n 3p)
    case $line in
    'Silo (rc): within minus between') heard=en ;;
    'Silo (relationel koordinering): inden for minus mellem faggrupper') heard=da ;;
    *) heard=$line ;;
    esac
    { [ "$heard" = "$wanted" ] || echo "$heard"; } | verdict "$name $* speaks $wanted"
)
spoken en - - -
spoken da da_DK.UTF-8 - -
spoken da da - -
spoken da - da_DK -
spoken da - - da_DK.ISO-8859-1
spoken da - - da.UTF-8
spoken en C.UTF-8 da_DK.UTF-8 da_DK.UTF-8
spoken en - en_US.UTF-8 da_DK.UTF-8
spoken da '' '' da_DK.UTF-8
spoken da da_DK.UTF-8 en_US en_US
spoken en dav_KE - -
spoken en de_DE.UTF-8 - da_DK.UTF-8
spoken da C.UTF-8 - - --lang da
spoken en da_DK.UTF-8 - - --lang en
spoken da C.UTF-8 - - --lang=da --lang da

for format in csv json; do
    for analysis in $("$RELCOORD" analyses --format csv --table analyses | sed '1d; s/,.*//'); do
        # Some need other data.
        LC_ALL=C.UTF-8 "$RELCOORD" "$analysis" "$survey" --format $format >english 2>refused ||
            continue
        LC_ALL=da_DK.UTF-8 "$RELCOORD" "$analysis" "$survey" --format $format --lang da >danish
        cmp english danish 2>&1 | verdict "$analysis as $format is the same in Danish"
    done
done
"$RELCOORD" matrix "$survey" --lang dk 2>&1 |
    sed "1s/.* takes one of en, da, not 'dk'\$//;2d" | grep . | verdict 'a language that is none'

# ---- What reading notes ----

{
    printf '%s;' respondent workgroup target frequent timely accurate problem_solving shared_goals \
        shared_knowledge mutual_respect weight
    printf 'rest\nS\370ren;a;a;4;4;9;3;4;4;5;1,5;x\n'
    printf 'S\370ren;a;a;4;4;4;3;4;4;5;1,5;x\nB;b;a;4;4;4;3;4;4;5;2;x\n'
} >noted.csv
for lang in en da; do
    "$RELCOORD" matrix noted.csv --invalid missing --duplicates first --table coverage \
        --width 1000 --lang $lang 2>&1 | sed -n 's/^Note: //p' | sort >notes.$lang
done
{
    [ "$(wc -l <notes.en)" -ge 8 ] || cat notes.en
    [ "$(wc -l <notes.en)" -eq "$(wc -l <notes.da)" ] || cat notes.da
    comm -12 notes.en notes.da
} | verdict 'every note of reading is in Danish'

# ---- Pages ----

cat >hostile.csv <<'END'
respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect,unit,"</style><script>alert(1)</script>"
1,"<script>alert('1')</script>","a|b `c` & ""d""
e",4,4,5,3,4,4,5,"</title><b id=""x"">",x
2,"<script>alert('1')</script>","<script>alert('1')</script>",4,3,5,3,4,,5,"</title><b id=""x"">",x
3,"]]> --><!--","a|b `c` & ""d""
e",,,,,,,,"'",x
END
cp "$survey" survey.csv # a name without blanks, for the words of a call
command -v tidy >/dev/null || {
    echo "tidy is missing: run 'make setup', which installs it" >&2
    exit 1
}
for lang in en da; do
    for call in 'matrix survey.csv' 'quality survey.csv' 'factor survey.csv' \
        'summary survey.csv --min-share 1' 'matrix hostile.csv --by unit' \
        'summary hostile.csv --by unit' analyses; do
        # shellcheck disable=SC2086 # several words
        "$RELCOORD" $call --format html --lang $lang -o page.html
        tidy -quiet -errors -utf8 page.html 2>&1 | verdict "$call in $lang is well formed HTML"
        grep -E '<(script|b )|<!--' page.html | verdict "$call in $lang: labels stay text"
        # shellcheck disable=SC2086
        "$RELCOORD" $call --format markdown --lang $lang -o page.md
        # Every row of a table has as many cells as its header: those marks that no backslash is
        # before.
        sed 's/\\\\//g; s/\\|//g' page.md | awk '
            /^\|/ {
                cells = gsub(/\|/, "|")
                if (inside && cells != wanted)
                    print FILENAME NR ": " $0
                wanted = cells
                inside = 1
                next
            }
            { inside = 0 }' | verdict "$call in $lang: tables of Markdown are whole"
    done
done

report words
