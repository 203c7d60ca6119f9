#!/bin/sh
# The invented survey of tests/examples/surveyxact in the three dialects of the export: one
# codebook, which is the committed one, and by it the same tables to the byte. Takes the tool from
# $RELCOORD and works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
example=$(cd "$(dirname "$0")/../examples/surveyxact" && pwd)
work=$BUILD/surveyxact
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
sh "$example/make.sh" . || exit 3
passed=0
failed=0

ok() { # WHAT STATUS
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1)) && echo "FAIL $1"
    fi
}

draft() { # DIALECT ARGUMENTS…
    dialect=$1
    shift
    (cd "$dialect" &&
        "$RELCOORD" codebook dataset.csv --structure structure.csv --labels labels.csv "$@")
}

# Tables of every analysis that runs by the draft as it is.
tables='summary:indices matrix:cells response:rates response:fallout data:answers scores:ties'
tables="$tables reliability:coefficients"
if "$RELCOORD" analyses --table analyses --format csv | grep -q '^distribution,'; then
    tables="$tables distribution:categories"
fi

for dialect in comma semicolon tab; do
    draft "$dialect" -o codebook.csv 2>"$dialect/draft.err" &&
        cmp "$example/codebook.csv" "$dialect/codebook.csv"
    ok "$dialect: the codebook is the committed one" $?
    draft "$dialect" --table decisions --format csv >"$dialect/decisions.csv" &&
        cmp comma/decisions.csv "$dialect/decisions.csv"
    ok "$dialect: the decisions are those of the others" $?
    (cd "$dialect" && "$RELCOORD" response dataset.csv --codebook codebook.csv --format csv) \
        >"$dialect/rates.csv" && cmp "$example/rates.csv" "$dialect/rates.csv"
    ok "$dialect: the response rates are the committed ones" $?
    for table in $tables; do
        (cd "$dialect" && "$RELCOORD" "${table%:*}" dataset.csv --codebook codebook.csv \
            --table "${table#*:}" --format csv) \
            >"$dialect/$table" && [ -s "$dialect/$table" ] && cmp "comma/$table" "$dialect/$table"
        ok "$dialect: $table" $?
    done
    (cd "$dialect" && "$RELCOORD" quality dataset.csv --codebook codebook.csv --table problems \
        --format csv) >"$dialect/problems" && [ "$(wc -l <"$dialect/problems")" -eq 1 ]
    ok "$dialect: no problems" $?
done

# The rates, counted by other means: all but the new, and of those who have a status the completed
# and whoever answered.
awk -F, '
    NR > 1 {
        gsub(/"[^"]*"/, "x")
        new = $(NF - 4)
        done = $(NF - 1)
        any = 0
        for (i = 4; i <= NF - 9; i++)
            any += $i != ""
        invited += !new
        answered += done || (!new && any)
    }
    END { print "(total),(total)," invited "," answered }' comma/dataset.csv >counted
sed -n 2p comma/rates.csv | cut -d, -f1-4 | cmp counted -
ok 'the rates are those that awk counts' $?

# Either table alone says less, and is as good as it goes.
for table in structure labels; do
    (cd comma && "$RELCOORD" codebook dataset.csv --$table $table.csv \
        -o only-$table.csv) 2>/dev/null &&
        (cd comma && "$RELCOORD" response dataset.csv --codebook only-$table.csv --format csv \
            --table rates) >comma/only-$table.rates
    ok "with the $table alone" $?
    [ "$(sed -n 2p comma/only-$table.rates)" = "$(sed -n 2p "$example/rates.csv")" ]
    ok "with the $table alone: the same total" $?
done

# What is shown is in the language of the form.
(cd comma && "$RELCOORD" summary dataset.csv --codebook codebook.csv --by afdeling --format text \
    --lang da) | grep -q 'Nord, 1. sal'
ok 'labels in Danish' $?
draft tab --table decisions --format text --lang da 2>/dev/null |
    grep -q 'teksterne er regnet for danske'
ok 'notes in Danish' $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
