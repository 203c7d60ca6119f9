#!/bin/sh
# Holds a library against what is promised: check.sh LIBRARY. Five lists of functions must be one
# (the header's, relcoord.map's, the library's own, symbols.txt, the manual's), the ABI must be the
# one in baseline.abi, and the library may need and call nothing that its users do not expect. Says
# all that it finds.
library=$1
here=tests/abi
scratch=${BUILD:?}

# A check: its name; standard input says what is wrong, and nothing when all is well. A pipe's end
# is a process of its own, so the counts go to a file.
check() {
    sed 's/^/    /' >"$scratch/found"
    if [ -s "$scratch/found" ]; then
        echo "FAILED: $1"
        cat "$scratch/found"
        echo failed >>"$scratch/counts"
    else
        echo passed >>"$scratch/counts"
    fi
}

# Two lists: what only one of them has.
compare() {
    comm -23 "$scratch/$1" "$scratch/$3" | sed "s|\$|: $2, but not $4|"
    comm -13 "$scratch/$1" "$scratch/$3" | sed "s|\$|: $4, but not $2|"
}

LC_ALL=C
export LC_ALL
sh $here/declared.sh >"$scratch/plain.h"

# ---- The lists of functions

# A declaration ends in ';', and a function's name is followed by '(' where a typedef's is by ')'.
tr '\n' ' ' <"$scratch/plain.h" | sed 's,/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/, ,g' | tr ';' '\n' |
    grep -v '^ *typedef' | grep -o 'relcoord_[a-z0-9_]* *(' | tr -d ' (' | sort >"$scratch/header"
sed -n 's/^ *\(relcoord_[a-z0-9_]*\);.*/\1/p' lib/relcoord.map | sort >"$scratch/map"
nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
    sort >"$scratch/library"
sort $here/symbols.txt >"$scratch/listed"

[ -s "$scratch/header" ] || echo "none" | check "relcoord.h declares functions"
compare header "declared in relcoord.h" map "in relcoord.map" | check "relcoord.h and relcoord.map"
compare header "declared in relcoord.h" library "exported by the library" |
    check "relcoord.h and the library"
compare library "exported by the library" listed "in symbols.txt" | check "symbols.txt"

if ls man/*.3 >/dev/null 2>&1; then
    sed -n 's/^\.\(Nm\|Fn\|Fo\) "\{0,1\}\(relcoord_[a-z0-9_]*\).*/\2/p' man/*.3 | sort -u |
        grep -v '^relcoord_formats_' >"$scratch/manual"
    compare header "declared in relcoord.h" manual "described in man/*.3" | check "the manual"
fi

# ---- The same of relcoord-formats, where it is built

formats=${library%librelcoord.so*}librelcoord-formats.so
if [ -e "$formats" ]; then
    sed 's,/\*.*,,; s,^ \*.*,,' bindings/formats/relcoord-formats.h |
        grep -o 'relcoord_formats_[a-z0-9_]*(' | tr -d '(' | sort >"$scratch/formats.header"
    sed -n 's/^ *\(relcoord_[a-z0-9_]*\);.*/\1/p' bindings/formats/relcoord-formats.map |
        sort >"$scratch/formats.map"
    nm -D --defined-only "$formats" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
        sort >"$scratch/formats.library"
    sed -n 's/^\.Nm \(relcoord_formats_[a-z0-9_]*\).*/\1/p' man/relcoord-formats.3 |
        sort -u >"$scratch/formats.manual"
    [ -s "$scratch/formats.header" ] || echo "none" | check "relcoord-formats.h declares functions"
    for other in map library manual; do
        compare formats.header "declared in relcoord-formats.h" formats.$other "in the $other" |
            check "relcoord-formats.h and the $other"
    done
fi

# ---- The ABI

if readelf -S "$library" | grep -q '\.debug_info'; then
    machine=$(sed -n "s/.* architecture='\([^']*\)'.*/\1/p" $here/baseline.abi | head -n 1)
    sh $here/baseline.sh "$library" >"$scratch/now.abi"
    if grep -q " architecture='$machine'" "$scratch/now.abi"; then
        if abidiff --no-added-syms --headers-dir1 include --headers-dir2 include \
            $here/baseline.abi "$library" >"$scratch/abidiff" 2>&1; then
            : >"$scratch/abidiff"
        else
            echo "abidiff ended with status $?" >>"$scratch/abidiff"
        fi
        check "baseline.abi" <"$scratch/abidiff"
    else
        echo "skipped: baseline.abi is of $machine"
    fi
else
    echo "it was built without -g" | check "baseline.abi"
fi

# ---- What the library needs, and calls

readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
    grep -Ev '^(libcsv|libgsl(cblas)?|libm|libc|libpthread|libgcc_s|ld-linux[-a-z0-9_]*)\.so\.' |
    check "libraries needed beyond libcsv, GSL and the C library"
readelf -d "$library" | grep -E 'RPATH|RUNPATH|TEXTREL' | check "dynamic entries"
calls='abort|_?exit|__assert_fail|v?f?printf|puts|perror|s?rand(om)?|strto[df]|ato[fi]|setlocale'
nm -D --undefined-only "$library" | awk '{ sub(/@.*/, "", $2); print $2 }' |
    grep -Ex "$calls|(_|sig)?longjmp|(secure_)?getenv|signal" |
    check "functions that a library must not call"

# ---- The header as plain declarations

# shellcheck disable=SC2086 # "ccache cc" is two words
${CC:-cc} -std=c11 -fsyntax-only -Wall -Wextra -Werror -x c -include stdint.h -include stddef.h \
    "$scratch/plain.h" 2>&1 | check "relcoord.h as plain C"
for python in python3 /usr/bin/python3 none; do
    "$python" -c 'import cffi' 2>/dev/null && break
done
if [ "$python" != none ]; then
    "$python" -c 'import cffi, sys; cffi.FFI().cdef(open(sys.argv[1]).read())' \
        "$scratch/plain.h" 2>&1 | check "relcoord.h for cffi"
else
    echo "skipped: cffi is missing ('make setup' installs it)"
fi

failed=$(grep -c failed "$scratch/counts")
echo "$(grep -c passed "$scratch/counts") passed, $failed failed"
[ "$failed" -eq 0 ]
