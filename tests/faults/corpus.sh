#!/bin/sh
# Makes seeds of the fuzzers from the tables of cases: corpus.sh FOLDER, which gets a folder for
# each entry that reads text: matrix, codebook, wide, form. Files of more than LONGEST bytes are
# left out where the second word says so.
set -u
here=$(dirname "$0")
folder=$1
longest=${2:-}
rm -rf "$folder"
mkdir -p "$folder/cases" "$folder/matrix" "$folder/codebook" "$folder/wide" "$folder/form" || exit 3
sh "$here/write.sh" "$folder/cases" "$here"/*.txt || exit 1
[ -z "$longest" ] || find "$folder/cases" -name '*.csv' -size "+${longest}c" -exec rm {} +

# The first byte says how the rest arrives; 0: in pieces of each size that a wide seed tries.
for case in "$folder"/cases/*/; do
    name=$(basename "$case")
    for text in data other; do
        [ ! -e "$case$text.csv" ] || [ -e "${case}book.csv" ] ||
            { printf '\007' && cat "$case$text.csv"; } >"$folder/matrix/$name-$text"
    done
    [ ! -e "${case}book.csv" ] ||
        { printf '\005' && cat "${case}book.csv"; } >"$folder/codebook/$name"
    ! grep -q -e '--structure' -e '--labels' "${case}arguments" || {
        printf '\005'
        ! grep -q -e '--structure book' "${case}arguments" || cat "${case}book.csv"
        ! grep -q -e '--labels other' "${case}arguments" ||
            { printf '\n---\n' && cat "${case}other.csv"; }
    } >"$folder/form/$name"
    [ -s "$folder/form/$name" ] || rm -f "$folder/form/$name"
    [ ! -e "${case}data.csv" ] || {
        printf '\000\000'
        [ ! -e "${case}book.csv" ] || { cat "${case}book.csv" && printf '\n---\n'; }
        cat "${case}data.csv"
    } >"$folder/wide/$name"
done
rm -rf "$folder/cases"
