#!/bin/sh
# Writes the cases of the tables as files: write.sh FOLDER TABLE… . Each case becomes
# FOLDER/TABLE-NUMBER with its files, and beside them name, arguments, input, exit, says, shows and
# secret. The format is in README.
set -u
folder=$1
shift
rated=respondent,workgroup,target
items=frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect

begin_case() { # NAME
    number=$((number + 1))
    at=$folder/$table-$(printf %03d "$number")
    rm -rf "$at"
    mkdir -p "$at" || exit 3
    printf '%s\n' "$1" >"$at/name"
    echo /dev/null >"$at/input"
    : >"$at/says"
    : >"$at/shows"
    : >"$at/secret"
}

# The arguments of a case that does not say: the usual ones.
end_case() {
    [ -e "$at/exit" ] || { echo "$table: '$(cat "$at/name")' has no exit" >&2; exit 1; }
    [ -e "$at/arguments" ] && return
    [ -e "$at/book.csv" ] && echo 'matrix data.csv --codebook book.csv' >"$at/arguments" && return
    echo 'matrix data.csv' >"$at/arguments"
}

# repeat COUNT TEXT: with each's number for %d. (gsub would be slow in some awks.)
repeat() {
    awk -v count="$1" -v text="$2" 'BEGIN {
        ORS = ""
        parts = split(text, part, "%d")
        for (i = 1; i <= count; i++)
            print part[1] (parts > 1 ? i part[2] : "")
    }'
}

for path; do
    table=$(basename "$path" .txt)
    number=0
    sed "s/@long/$rated,$items/g; s/@items/$items/g; s/@answers/1,2,3,4,5,4,3/g" "$path" \
        >"$folder.table"
    while read -r keyword text; do
        case $keyword in
        '' | '#'*) ;;
        case)
            [ "$number" -eq 0 ] || end_case
            begin_case "$text"
            ;;
        run) printf '%s\n' "$text" >"$at/arguments" ;;
        book | data | other)
            file=$at/$keyword.csv
            printf '%b' "$text\\n" >>"$file"
            ;;
        times) repeat "${text%% *}" "${text#* }" >>"$file" ;;
        exit | input) printf '%s\n' "$text" >"$at/$keyword" ;;
        says | shows | secret) printf '%s\n' "$text" >>"$at/$keyword" ;;
        *) echo "$path: no such word: $keyword" >&2 && exit 1 ;;
        esac
    done <"$folder.table"
    end_case
    rm "$folder.table"
done
