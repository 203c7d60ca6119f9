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
    calls='abort|_?exit|v?f?printf|v?sprintf|puts|fputs|putchar|perror|s?rand|random|strto[dfl]+|ato[filq]+'
    calls="$calls|setlocale|assert|malloc|calloc|realloc|free|strn?dup|(_|sig)?(set|long)jmp|(secure_)?getenv|signal"
    # shellcheck disable=SC2046 # no file of ours has a blank in its name
    code $(files '^lib/.*\.[ch]$') |
        sed -E '/^lib\/base\/memory\.c:/s/([^A-Za-z0-9_])(malloc|realloc|free) *\(/\1(/g' |
        grep -E "(^|[^A-Za-z0-9_.>])($calls) *\("
}

# ---- Who includes whom

# Each include as FILE NAME, a name in angles with them.
includes() {
    # shellcheck disable=SC2046 # as above
    code $(files '^(lib|bindings/cli|bindings/r/src)/.*\.[ch]$') |
        sed -n 's/^\([^:]*\):[0-9]*: *# *include *"\([^"]*\)".*/\1 \2/p
            s/^\([^:]*\):[0-9]*: *# *include *\(<[^>]*>\).*/\1 \2/p'
}

# The arrow: base <- stats, survey, tables <- analyses <- present <- bindings.
against_the_arrow() {
    includes | awk '
        BEGIN {
            may["base"] = " base "
            may["stats"] = " base stats "
            may["survey"] = " base survey "
            may["tables"] = " base tables "
            may["analyses"] = " base stats survey tables analyses "
            may["present"] = " base stats survey tables analyses present "
        }
        split($1, from, "/") && from[1] == "lib" {
            if (!(from[2] in may))
                print $1 ": no such room as " from[2]
            else if (split($2, to, "/") == 2 && to[1] in may && !index(may[from[2]], " " to[1] " "))
                print $1 ": includes " $2
            else if ($2 !~ /^</ && $2 != "relcoord.h" && !(to[1] in may))
                print $1 ": includes " $2 ", which is to be named from lib/"
        }'
}
bindings_beside_the_header() {
    includes | grep -E '^bindings/[^ ]* [^<]' | while read -r file name; do
        [ "$name" = relcoord.h ] || [ -e "${file%/*}/${name##*/}" ] || echo "$file: includes $name"
    done
}
gsl_elsewhere() { includes | grep -E ' <gsl/' | grep -v '^lib/stats/'; }
libcsv_elsewhere() { includes | grep ' <csv\.h>$' | grep -v '^lib/survey/csv'; }

# ---- How files look

too_long() {
    files '(^Makefile|\.(c|h|sh|py|R|ac))$' | while read -r file; do
        lines=$(wc -l <"$file")
        [ "$lines" -le 500 ] || echo "$file: $lines lines"
    done
}
stray_at_the_top() {
    sed 's,/.*,/,' "$scratch/files" | sort -u |
        grep -vEx 'Makefile|configure\.ac|README(\.md)?|COPYING|(include|lib|bindings|tests|man)/|\.git(ignore|attributes)|\.ci/'
}
in_texts() { tr '\n' '\0' <"$scratch/files" | xargs -0 grep -IEn "$@" /dev/null; }
# Data may end in blanks: that is what some of them are for.
trailing_blanks() { in_texts '[[:blank:]]$' | grep -vE '^tests/(fuzz/corpus/|[^:]*\.csv:)'; }

# Paths of a machine, and the hosts that packages come from.
machine_paths() { in_texts '(^|[^A-Za-z0-9_.}-])/(home|root|work)(/|$|[^A-Za-z0-9_])' | grep -v '^tests/check-house.sh:'; }
registry_hosts() {
    in_texts 'https?://[^ ]*(pypi|pythonhosted|npmjs|crates\.io|proxy\.golang|deb\.debian|maven)' |
        grep -v '^tests/check-house.sh:'
}
shell_scripts() { files '(\.sh|^\.ci/run|^bindings/r/(configure|cleanup|tools/gather))$' | xargs shellcheck -f gcc; }

rule "lib/ calls nothing that a library must not" forbidden_calls
rule "no include runs against base <- stats, survey, tables <- analyses <- present" against_the_arrow
rule "bindings include relcoord.h and nothing else of ours" bindings_beside_the_header
rule "GSL in lib/stats only" gsl_elsewhere
rule "libcsv in lib/survey/csv* only" libcsv_elsewhere
rule "no source is longer than 500 lines" too_long
rule "nothing else lies at the top" stray_at_the_top
rule "no trailing blanks" trailing_blanks
rule "no path of a machine" machine_paths
rule "no host of a registry" registry_hosts
rule "shellcheck" shell_scripts

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
