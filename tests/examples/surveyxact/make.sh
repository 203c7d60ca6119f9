#!/bin/sh
# An invented survey of 60 in a hospital, as SurveyXact exports one: make.sh FOLDER writes
# FOLDER/comma (Windows-1252), FOLDER/semicolon (ISO-8859-1) and FOLDER/tab (UTF-16LE with its mark,
# and an empty column at the end of the structure), each with dataset.csv, structure.csv and
# labels.csv. Nobody's answers are in it.
set -eu
folder=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder/comma" "$folder/semicolon" "$folder/tab"

# Rows of a table, fields apart by the byte 31, in a dialect: quoted where it must be, lines ended
# by CR LF.
write_rows() { # SEPARATOR TAIL
    LC_ALL=C awk -F '\037' -v separator="$1" -v tail="$2" '{
        line = ""
        for (i = 1; i <= NF; i++) {
            field = $i
            if (index(field, separator) || index(field, "\"")) {
                gsub(/"/, "\"\"", field)
                field = "\"" field "\""
            }
            line = line (i > 1 ? separator : "") field
        }
        printf "%s%s\r\n", line, tail
    }'
}

for table in dataset structure labels; do
    rows=$folder/$table.rows
    LC_ALL=C awk -v table=$table -f "$here/survey.awk" >"$rows"
    tail=
    [ $table != structure ] || tail=$(printf '\t')
    write_rows , '' <"$rows" | iconv -f UTF-8 -t WINDOWS-1252 >"$folder/comma/$table.csv"
    write_rows ';' '' <"$rows" | iconv -f UTF-8 -t ISO-8859-1 >"$folder/semicolon/$table.csv"
    {
        printf '\377\376'
        write_rows "$(printf '\t')" "$tail" <"$rows" | iconv -f UTF-8 -t UTF-16LE
    } >"$folder/tab/$table.csv"
    rm "$rows"
done
