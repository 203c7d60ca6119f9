#!/bin/sh
# Proves that tests/abi/check.sh catches what it is for: each case breaks a copy of the sources,
# builds the library from it, and expects the check to fail for the right reason.
passed=0 failed=0
unset MAKEFLAGS MFLAGS MAKELEVEL
copy=${BUILD:?}/copy
mkdir "$copy"
# So that a broken layout reaches the check, and not only the compiler.
echo '#define _Static_assert(...)' >"$copy/no-assertions.h"

# Takes the sources anew, so that each case breaks them in one way; what is the same is not rebuilt.
restore() {
    for file in ./Makefile include/*.h lib/*.map lib/*/*.[ch] lib/*/*/*.[ch] lib/words/*.po \
        lib/words/compile.awk man/*.3 tests/abi/*; do
        [ -f "$file" ] || continue
        mkdir -p "$copy/${file%/*}"
        cmp -s "$file" "$copy/$file" || cp "$file" "$copy/$file"
    done
}

# prove CASE VERDICT REASON: builds the copy; the check's verdict and what it says must be these.
prove() {
    if ! (cd "$copy" && "$MAKE" -j2 CFLAGS='-O0 -g -w' CPPFLAGS='-include ./no-assertions.h' \
        .build/lib/librelcoord.so."$("$MAKE" -s version)") >"$BUILD/build" 2>&1; then
        tail -n 20 "$BUILD/build"
        echo "FAILED: $1: the library does not build"
        failed=$((failed + 1))
        return
    fi
    mkdir "$BUILD/scratch"
    if (cd "$copy" && BUILD=$BUILD/scratch sh tests/abi/check.sh .build/lib/librelcoord.so) \
        >"$BUILD/said" 2>&1; then
        verdict=passes
    else
        verdict=fails
    fi
    rm -r "$BUILD/scratch"
    if [ $verdict = "$2" ] && grep -q -e "$3" "$BUILD/said"; then
        passed=$((passed + 1))
    else
        sed 's/^/    /' "$BUILD/said"
        echo "FAILED: $1: the check $verdict, but should say: $3"
        failed=$((failed + 1))
    fi
    restore
}

restore
prove "nothing broken" passes "^[0-9]* passed, 0 failed"

sed -i 's/^struct relcoord_options {/& int private;/' "$copy/lib/base/options.h"
prove "a private struct changed" passes "^[0-9]* passed, 0 failed"

sed -i '/relcoord_nearest/d' "$copy/lib/relcoord.map" "$copy/tests/abi/symbols.txt"
prove "a function removed" fails "\[D\] 'function .*relcoord_nearest"

sed -i 's/char option\[64\]/char option[65]/' "$copy/include/relcoord.h"
prove "a struct grown" fails "type of 'char option\[64\]' changed"

sed -i 's/typedef int (\*relcoord_sink)/typedef long (*relcoord_sink)/' "$copy/include/relcoord.h"
prove "a callback changed" fails "return type changed"

added='int relcoord_stray(void) { return 0; }'
echo "__attribute__((visibility(\"default\"))) $added" >>"$copy/lib/base/error.c"
sed -i 's/^local:/    relcoord_stray;\n&/' "$copy/lib/relcoord.map"
prove "a function exported but not declared" fails \
    "relcoord_stray: exported by the library, but not declared in relcoord.h"

echo "$added" >>"$copy/lib/base/error.c"
sed -i 's/^const char \*relcoord_version(void);/&\nint relcoord_stray(void);/' \
    "$copy/include/relcoord.h"
prove "a function declared but not exported" fails \
    "relcoord_stray: declared in relcoord.h, but not in relcoord.map"

echo "$added" >>"$copy/lib/base/error.c"
sed -i 's/^const char \*relcoord_version(void);/&\nint relcoord_stray(void);/' \
    "$copy/include/relcoord.h"
sed -i 's/^local:/    relcoord_stray;\n&/' "$copy/lib/relcoord.map"
prove "a function added but not listed" fails \
    "relcoord_stray: exported by the library, but not in symbols.txt"

sed -i -e 's/^const char \*relcoord_version(void)$/void abort(void);\n&/' \
    -e 's/return VERSION_TEXT/abort(); &/' "$copy/lib/base/error.c"
prove "a call of abort" fails "^    abort$"

mkdir -p "$copy/man"
echo '.Fn relcoord_stray' >"$copy/man/stray.3"
prove "a page for a function that is not there" fails \
    "relcoord_stray: described in man/\*.3, but not declared in relcoord.h"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
