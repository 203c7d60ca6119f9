#!/bin/sh
# The figures that a published midterm evaluation printed, from tests/examples/enplan through the
# tool: per cents rounded half up, "about" as such, "over half" and "under" as bounds. Takes the
# tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$root/tests/examples/enplan
work=$BUILD/enplan
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

made() { # NAME ANALYSIS ARGUMENT...: its table as NAME.csv
    name=$1
    shift
    "$RELCOORD" "$@" "$data/survey.csv" --codebook "$data/codebook.csv" --format csv \
        >"$name.csv" 2>errors || cat errors
}
{
    made rates response --register "$data/register.csv"
    made answers distribution
    made boxes distribution --table boxes
    made areas distribution --variables area
    made roles distribution --by role --table boxes
    made crossed crosstab --rows motivated --columns role
} | verdict 'the tables are made'

# column TABLE NAME: which column that is.
column() { sed -n 1p "$1.csv" | tr , '\n' | grep -nx "$2" | cut -d : -f 1; }

# figure NAME TABLE KEYS COLUMN TEST: the value where the leading columns are KEYS; whole is it
# rounded half up.
figure() {
    awk -F , -v keys="$3," -v at="$(column "$2" "$4")" -v name="$4" '
        index($0, keys) == 1 { rows++; value = $at }
        END {
            if (rows != 1) { print rows + 0 " rows"; exit }
            whole = int(value + 0.5)
            if (!('"$5"')) print name " is " value
        }' "$2.csv" | verdict "$1"
}

figure 'invited'                     rates   '(total),(total)'  invited  'value == 155'
figure 'leaders among them'          rates   'role,Leader'      invited  'value == 33'
figure 'employees among them'        rates   'role,Employee'    invited  'value == 122'
figure 'answered'                    rates   '(total),(total)'  answered 'value == 126'
figure 'the response rate'           rates   '(total),(total)'  percent  'whole == 81'
figure 'that of adults'              rates   'area,Adults'      percent  'whole == 83'
figure 'that of youth'               rates   'area,Youth'       percent  'whole == 68'
figure 'that of families'            rates   'area,Families'    percent  'whole == 66'
figure 'adults among participants'   areas   'area,Adults'      rounded  'value == 53'
figure 'they are those who answered' areas   'area,Adults'      base     'value == 126'
figure 'relevant to their work'      boxes   'relevant,top2'    percent  'whole == 90'
figure 'very motivated'              answers 'motivated,Agree very much' rounded 'value == 55'
figure 'mostly motivated'            answers 'motivated,Mostly agree'    rounded 'value == 34'
figure 'the same crossed with roles' crossed 'Agree very much,(total)' column_percent 'whole == 55'
figure 'leaders without sparring'    boxes   'sparring,bottom2' percent  'whole == 38'
figure 'as leaders alone have it'    roles   'Leader,sparring,bottom2'   percent 'whole == 38'
figure 'leaders without feedback'    boxes   'feedback,bottom2' percent  'whole == 26'
figure 'leaders who discuss it'      boxes   'discuss,top2'     percent  'value > 50'
figure 'employees who have support'  boxes   'support,top2'     percent  'value > 50'
figure 'only employees were asked'   roles   'Leader,support,top2'       base 'value == 0'
figure 'enough time'                 boxes   'time,top2'        percent  'value < 40'

# A figure that is another is seen, and not counted.
figure 'a wrong one' rates 'area,Adults' percent 'whole == 82' >seen
sed '$d' outcomes >counted && mv counted outcomes
{ grep -q '^FAIL a wrong one' seen || echo 'it is not'; } | verdict 'a wrong figure is seen'

report enplan
