#!/bin/sh
# Holds the sources against the rules of the house: what a library must not call, who may include
# whom, how long a file is, what lies at the top. Works in a checkout and in an unpacked tarball.
LC_ALL=C
export LC_ALL
passed=0 failed=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# The files there are: those git knows or would add, or else all but what was built.
if [ -e .git ]; then
    git ls-files -co --exclude-standard
else
    find . -name .build -prune -o -type f -print | sed 's,^\./,,' |
        grep -vEx 'configure~?|config\.(log|status)|autom4te\.cache/.*'
fi | sort | while read -r file; do [ ! -f "$file" ] || echo "$file"; done >"$scratch/files"
[ -s "$scratch/files" ] || { echo "git lists no files" >&2; exit 1; }
files() { grep -E "$1" "$scratch/files"; }

# A rule; the command that follows says what breaks it.
rule() {
    name=$1
    shift
    found=$("$@")
    if [ -z "$found" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        echo "$found" | sed 's/^/    /'
    fi
}

# Prints C sources as FILE:LINE:CODE, without comments and without what stands in quotes.
code() {
    awk '
        FNR == 1 { comment = 0 }
        {
            out = ""
            include = /^[ \t]*#[ \t]*include/
            for (i = 1; i <= length($0); i++) {
                two = substr($0, i, 2)
                c = substr($0, i, 1)
                if (comment) {
                    if (two == "*/") { comment = 0; i++ }
                } else if (two == "/*") {
                    comment = 1
                    out = out " "
                    i++
                } else if (two == "//") {
                    break
                } else if ((c == "\"" || c == "\047") && !include) {
                    out = out c c
                    for (i++; i <= length($0) && substr($0, i, 1) != c; i++)
                        if (substr($0, i, 1) == "\\")
                            i++
                } else {
                    out = out c
                }
            }
            print FILENAME ":" FNR ":" out
        }' "$@" /dev/null
}

# ---- What lib/ calls

# The whole of memory goes through the hooks, which base/memory.c alone puts on the C library.
forbidden_calls() {
    calls='abort|_?exit|v?f?printf|v?sprintf|puts|fputs|putchar|perror|s?rand|random|strto[dfl]+'
    calls="$calls|ato[filq]+|setlocale|assert|malloc|calloc|realloc|free|strn?dup"
    calls="$calls|(_|sig)?(set|long)jmp|(secure_)?getenv|signal"
    # shellcheck disable=SC2046 # no file of ours has a blank in its name
    code $(files '^lib/.*\.[ch]$') |
        sed -E '/^lib\/base\/memory\.c:/s/([^A-Za-z0-9_])(malloc|realloc|free) *\(/\1(/g' |
        grep -E "(^|[^A-Za-z0-9_.>])($calls) *\("
}

# ---- Who includes whom

# Each include as FILE NAME, a name in angles with them.
includes() {
    # shellcheck disable=SC2046 # as above
    code $(files '^(lib|bindings/cli|bindings/formats|bindings/r/src)/.*\.[ch]$') |
        sed -n 's/^\([^:]*\):[0-9]*: *# *include *"\([^"]*\)".*/\1 \2/p
            s/^\([^:]*\):[0-9]*: *# *include *\(<[^>]*>\).*/\1 \2/p'
}

# The floors of lib/, from the ground up; two on one line do not know each other. A room's own rooms
# stand on the same floor. An arrow runs down.
floors='base
stats tables source
codebook words
survey
engine
analyses
disclosure
present
drafting
describe'
against_the_arrow() {
    includes | awk -v floors="$floors" '
        BEGIN {
            count = split(floors, line, "\n")
            for (i = 1; i <= count; i++) {
                rooms = split(line[i], room, " ")
                for (j = 1; j <= rooms; j++)
                    floor[room[j]] = i
            }
        }
        split($1, from, "/") && from[1] == "lib" {
            split($2, to, "/")
            if (!(from[2] in floor))
                print $1 ": no such room as " from[2]
            else if ($2 !~ /^</ && $2 != "relcoord.h" && !(to[1] in floor))
                print $1 ": includes " $2 ", which is to be named from lib/"
            else if (to[1] in floor && to[1] != from[2] && floor[to[1]] >= floor[from[2]])
                print $1 ": includes " $2
        }'
}
# Folders that include each other, over whatever way round.
circles_of_rooms() {
    includes | sed -nE 's,^lib/([^ ]*)/[^/ ]* ([^ <]*)/[^/ ]*$,\1 \2,p' | sort -u |
        tsort 2>&1 >/dev/null | sed 's/^tsort: -: //; s/^tsort: //'
}
no_analysis_knows_another() {
    includes | sed -nE 's,^lib/(analyses/[a-z_]*)/[^ ]* (analyses/[a-z_]*)/.*,\1 \2,p' |
        awk '$1 != $2'
}
# Beside the headers of the libraries, those who load relcoord-formats have how that is done.
bindings_beside_the_headers() {
    includes | grep -E '^bindings/[^ ]* [^<]' | while read -r file name; do
        case $file:$name in
        *:relcoord.h | bindings/[cr]*:load.h) ;;
        bindings/formats/*) [ -e "bindings/formats/$name" ] || echo "$file: includes $name" ;;
        *) [ -e "${file%/*}/${name##*/}" ] || echo "$file: includes $name" ;;
        esac
    done
}
gsl_elsewhere() { includes | grep -E ' <gsl/' | grep -v '^lib/stats/'; }
libcsv_elsewhere() { includes | grep ' <csv\.h>$' | grep -v '^lib/source/csv'; }

# ---- How files look

# In all that is written by hand, counted in characters. Data are left out: tables and cases are as
# wide as they are. So is output that a page shows, which has to be as it is printed, and a line
# without a blank, such as a long header of a table, for it can be broken nowhere.
too_wide() {
    written='\.([ch]|map|py|toml|R|Rmd|Rd|md|sh|awk|ac|po)$|(^|/)(Makefile|README|NAMESPACE)$'
    written="$written|^man/|^\.ci/|^bindings/r/(DESCRIPTION|configure|cleanup|tools/gather)$"
    written="$written|^tests/growth/bounds$"
    # shellcheck disable=SC2046 # as above
    awk '
        FNR == 1 { shown = 0 }
        FILENAME ~ /\.md$/ && /^```/ { shown = /^```text/ }
        FILENAME ~ /^man\// && /^\.(Bd -literal|Ed)/ { shown = /^\.Bd/ }
        !shown && NF > 1 { print FILENAME ":" FNR ":" $0 }' $(files "$written") |
        LC_ALL=C.UTF-8 sed -nE 's/^([^:]*:[0-9]*):.{101,}/\1/p'
}
too_full() {
    files '^(lib|bindings|tests/c)/' | sed 's,/[^/]*$,,' | sort | uniq -c |
        awk '$1 > 25 { print $2 ": " $1 " files" }'
}
# With the release of clang-format that the layout was made by: others lay out a little otherwise.
formatted_otherwise() {
    clang-format --version 2>/dev/null | grep -q ' version 14\.' || return 0
    # shellcheck disable=SC2046 # as above
    clang-format --dry-run $(files '\.[ch]$') 2>&1 |
        sed -nE 's/^([^:]*:[0-9]+):.*-Wclang-format.*/\1/p'
}
stray_at_the_top() {
    sed 's,/.*,/,' "$scratch/files" | sort -u |
        grep -vEx -e 'Makefile|configure\.ac|README(\.md)?|COPYING' \
            -e '(include|lib|bindings|tests|man|\.ci)/|\.git(ignore|attributes)|\.clang-format'
}
in_texts() { tr '\n' '\0' <"$scratch/files" | xargs -0 grep -IEn "$@" /dev/null; }
# Data may end in blanks: that is what some of them are for.
trailing_blanks() { in_texts '[[:blank:]]$' | grep -vE '^tests/(fuzz/corpus/|[^:]*\.csv:)'; }

# Paths of a machine, and the hosts that packages come from.
machine_paths() {
    in_texts '(^|[^A-Za-z0-9_.}-])/(home|root|work)(/|$|[^A-Za-z0-9_])' |
        grep -v '^tests/check-house.sh:'
}
registry_hosts() {
    in_texts 'https?://[^ ]*(pypi|pythonhosted|npmjs|crates\.io|proxy\.golang|deb\.debian|maven)' |
        grep -v '^tests/check-house.sh:'
}
shell_scripts() {
    files '(\.sh|^\.ci/run|^bindings/r/(configure|cleanup|tools/gather))$' |
        xargs shellcheck -f gcc
}

rule "lib/ calls nothing that a library must not" forbidden_calls
rule "no include runs up the house" against_the_arrow
rule "no circle of rooms" circles_of_rooms
rule "no analysis includes another" no_analysis_knows_another
rule "bindings include the public headers and nothing else of ours" bindings_beside_the_headers
rule "GSL in lib/stats only" gsl_elsewhere
rule "libcsv in lib/source/csv* only" libcsv_elsewhere
rule "no line is wider than 100 columns" too_wide
rule "no room has more than 25 files" too_full
rule "the layout is that of make format" formatted_otherwise
rule "nothing else lies at the top" stray_at_the_top
rule "no trailing blanks" trailing_blanks
rule "no path of a machine" machine_paths
rule "no host of a registry" registry_hosts
rule "shellcheck" shell_scripts

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
