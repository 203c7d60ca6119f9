#!/bin/sh
# check-circles.sh OBJECTS: fails on files of lib/ that need each other, over whatever way round,
# and on folders that do. A file is a .c with the .h of its name. It needs what it includes, and
# what defines a symbol that its object, in OBJECTS/lib, leaves open.
LC_ALL=C
export LC_ALL
objects=$1 passed=0 failed=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# Objects whose source is gone may still lie about.
find lib -name '*.c' | sed "s,^,$objects/,; s,\.c\$,.o," >"$scratch/objects"
xargs nm -A -g <"$scratch/objects" >"$scratch/symbols" || exit 1
[ -s "$scratch/symbols" ] || { echo "no symbols in $objects" >&2; exit 1; }

{
    # OBJECT:VALUE KIND NAME, or OBJECT: U NAME
    sed -nE "s,^$objects/(.*)\.o:.* ([A-Za-z]) ([^ ]*)\$,\1 \2 \3,p" "$scratch/symbols" | awk '
        $2 == "U" { user[++count] = $1; used[count] = $3; next }
        { home[$3] = $1 }
        END {
            for (i = 1; i <= count; i++)
                if (used[i] in home)
                    print user[i], home[used[i]]
        }'
    find lib -name '*.[ch]' -exec grep -HE '^#include "[^"]+/[^"]+\.h"' {} + |
        sed -E 's,^(.*)\.[ch]:#include "(.*)\.h".*,\1 lib/\2,'
} | awk '$1 != $2' | sort -u >"$scratch/files"
sed -E 's,/[^/ ]* , ,; s,/[^/]*$,,' "$scratch/files" | awk '$1 != $2' | sort -u >"$scratch/folders"

# Prints each loop on a line, as tsort names its members.
loops() {
    tsort "$1" 2>&1 >/dev/null | sed 's/^tsort: //' | awk '
        /input contains a loop/ { if (loop) print loop; loop = ""; next }
        { loop = loop (loop ? " -> " : "") $0 }
        END { if (loop) print loop }'
}
for what in files folders; do
    found=$(loops "$scratch/$what")
    if [ -z "$found" ] && [ -s "$scratch/$what" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: no circle of $what"
        echo "${found:-nothing was found to look at}" | sed 's/^/    /'
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
