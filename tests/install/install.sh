#!/bin/sh
# Installs relcoord as a packager and as a user would, uses it from C and C++ through pkg-config
# alone, and uninstalls it again.
. tests/install/expect.sh
unset MAKEFLAGS MFLAGS MAKELEVEL
prefix=${BUILD:?}/prefix
stage=$BUILD/stage
survey=tests/examples/clerkship/survey.csv
version=$("$MAKE" -s version)

lacks() { ! grep -n "$@"; }

# ---- Staged, as for a package

expect "make install DESTDIR" "$MAKE" install DESTDIR="$stage" prefix=/usr libdir=/usr/lib/here
(
    cd "$stage" || exit
    find . ! -type d ! -path './usr/share/man/*' | sort
) >"$BUILD/installed"
cat >"$BUILD/expected" <<END
./usr/bin/relcoord
./usr/include/relcoord-formats.h
./usr/include/relcoord.h
./usr/lib/here/librelcoord-formats.so
./usr/lib/here/librelcoord-formats.so.0
./usr/lib/here/librelcoord-formats.so.$version
./usr/lib/here/librelcoord.a
./usr/lib/here/librelcoord.so
./usr/lib/here/librelcoord.so.0
./usr/lib/here/librelcoord.so.$version
./usr/lib/here/pkgconfig/relcoord-formats.pc
./usr/lib/here/pkgconfig/relcoord.pc
END
expect "what is installed" diff -u "$BUILD/expected" "$BUILD/installed"
for page in man/*.[1-9]; do
    built=$page
    [ ! -e ".build/$page" ] || built=.build/$page
    expect "the page $page" cmp "$built" "$stage/usr/share/man/man${page##*.}/${page#man/}"
done
expect "a page for each function of relcoord-formats" grep -qx '.so man3/relcoord-formats.3' \
    "$stage/usr/share/man/man3/relcoord_formats_read.3"
expect "a page for each function" grep -qx '.so man3/relcoord_survey.3' \
    "$stage/usr/share/man/man3/relcoord_survey_read.3"
expect "the prefix in relcoord.pc" grep -x 'prefix=/usr' "$stage/usr/lib/here/pkgconfig/relcoord.pc"
# shellcheck disable=SC2016 # pkg-config's own variable
expect "libdir in relcoord.pc" grep -Fx 'libdir=${prefix}/lib/here' \
    "$stage/usr/lib/here/pkgconfig/relcoord.pc"
expect "no folder of the build in relcoord.pc" lacks -F "$PWD" \
    "$stage/usr/lib/here/pkgconfig/relcoord.pc"
readelf -d "$stage/usr/bin/relcoord" >"$BUILD/dynamic"
expect "no run path in the tool" lacks -E 'RPATH|RUNPATH' "$BUILD/dynamic"
expect "make uninstall DESTDIR" "$MAKE" uninstall DESTDIR="$stage" prefix=/usr libdir=/usr/lib/here
find "$stage" ! -type d >"$BUILD/left"
expect "uninstall leaves nothing" lacks . "$BUILD/left"

# ---- In a prefix, for use

PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
export PKG_CONFIG_PATH LD_LIBRARY_PATH
expect "make install prefix" "$MAKE" install DESTDIR= prefix="$prefix"
expect "the installed tool" "$prefix/bin/relcoord" --version
expect "the installed tool reads what relcoord-formats does" \
    "$prefix/bin/relcoord" data tests/foreign/utf8.sav
expect "relcoord-formats goes without relcoord.h of another version" \
    [ "$(pkg-config --print-requires relcoord-formats)" = "relcoord = $version" ]
expect "the version in relcoord.pc" [ "$(pkg-config --modversion relcoord)" = "$version" ]

# Builds against the installed library: build OUTPUT SOURCE COMPILER AND FLAGS.
build() {
    # Compiler and flags are words, which eval makes of them and of what pkg-config quotes.
    eval "$3 -Wall -Wextra -Werror -g '$2' $(pkg-config --cflags --libs relcoord) -o '$1'"
}
expect "embed.c builds" build "$BUILD/embed" tests/install/embed.c "$CC -std=c11 -pthread"
expect "embed.c in eight threads" "$BUILD/embed" $survey

# The program in the first comment of relcoord.h is whole, and runs as it stands there.
sed -n '/^ \* The whole of a small program/,/^ \* Rules that hold/s/^ \*     //p' \
    include/relcoord.h >"$BUILD/first.c"
expect "the program in relcoord.h" build "$BUILD/first" "$BUILD/first.c" "$CC -std=c11 -pedantic"
cp "$survey" "$BUILD/survey.csv"
first() { (cd "$BUILD" && ./first 2>&1); }
expect "it runs" first
expect "it writes a page" grep -q "</table>" "$BUILD/matrix.html"
rm "$BUILD/survey.csv"
says_what_is_wrong() { first | grep -qx 'survey.csv, line 0: no such file'; }
expect "it says what is wrong" says_what_is_wrong

# Linked statically, by what pkg-config says of that alone, and with names that the library has
# inside, too.
nm -g --defined-only "$prefix/lib/librelcoord.a" | sed -n 's/.* T //p' | sort >"$BUILD/static"
expect "the names in librelcoord.a" diff -u tests/abi/symbols.txt "$BUILD/static"
nm -g --defined-only "$prefix/lib/librelcoord.a" | awk 'NF == 3 && $2 != "T"' >"$BUILD/others"
expect "no other names in librelcoord.a" lacks . "$BUILD/others"
{
    cat tests/install/embed.c
    echo 'int fail(void); int fail(void) { return 1; }'
    echo 'int text_add(void); int text_add(void) { return 2; }'
} >"$BUILD/static.c"
build_static() {
    eval "$CC -std=c11 -pthread -static -Wall -Wextra -g '$2' \
        $(pkg-config --static --cflags --libs relcoord) -o '$1'"
}
expect "a static program builds" build_static "$BUILD/embed-static" "$BUILD/static.c"
expect "a static program" env LD_LIBRARY_PATH= "$BUILD/embed-static" $survey
readelf -d "$BUILD/embed-static" >"$BUILD/dynamic" 2>&1
expect "a static program needs no library" lacks NEEDED "$BUILD/dynamic"

echo '#include <relcoord-formats.h>
int main(int count, char **words)
{
    const char *path = words[count - 1];
    relcoord_survey *survey;
    int status = relcoord_formats_read(&path, 1, 0, 0, 0, &survey, 0);
    if (!status)
        relcoord_survey_free(survey);
    return status;
}' >"$BUILD/foreign.c"
expect "relcoord-formats.pc is enough to build" sh -c "$CC -Wall -Wextra -Werror \
    '$BUILD/foreign.c' \$(pkg-config --cflags --libs relcoord-formats) -o '$BUILD/foreign'"
expect "and to read a file" "$BUILD/foreign" tests/foreign/utf8.sav
mv "$prefix/lib/librelcoord-formats.so.0" "$prefix/lib/aside"
names_what_lacks() {
    "$prefix/bin/relcoord" data tests/foreign/utf8.sav 2>&1 | grep -q 'need relcoord-formats'
}
expect "without relcoord-formats the tool says so" names_what_lacks
expect "and reads CSV" "$prefix/bin/relcoord" data $survey
mv "$prefix/lib/aside" "$prefix/lib/librelcoord-formats.so.0"

echo '#include <relcoord.h>
int main() { return relcoord_version()[0] == 0 || relcoord_status_name(RELCOORD_OK)[0] == 0; }' \
    >"$BUILD/use.cpp"
for standard in c++11 c++20; do
    # shellcheck disable=SC2086 # "ccache g++" is two words
    expect "relcoord.h in $standard" $CXX -std=$standard -Wall -Wextra -Wpedantic -Werror \
        -fsyntax-only -x c++ "$prefix/include/relcoord.h"
    # shellcheck disable=SC2086 # as above
    expect "relcoord-formats.h in $standard" $CXX -std=$standard -Wall -Wextra -Wpedantic -Werror \
        -fsyntax-only -x c++ "$prefix/include/relcoord-formats.h"
    expect "$standard builds" build "$BUILD/use" "$BUILD/use.cpp" "$CXX -std=$standard"
    expect "$standard runs" "$BUILD/use"
done

expect "make uninstall prefix" "$MAKE" uninstall DESTDIR= prefix="$prefix"
find "$prefix" ! -type d >"$BUILD/left"
expect "uninstall leaves nothing" lacks . "$BUILD/left"

# ---- Under ThreadSanitizer, where it runs: not on a kernel that spreads addresses too widely

echo 'int main(void) { return 0; }' >"$BUILD/empty.c"
if $CC -fsanitize=thread "$BUILD/empty.c" -o "$BUILD/empty" 2>/dev/null &&
    "$BUILD/empty" 2>/dev/null; then
    expect "make install, ThreadSanitizer" "$MAKE" install FLAVOUR=tsan DESTDIR= prefix="$prefix"
    expect "embed.c builds, ThreadSanitizer" build "$BUILD/embed-tsan" tests/install/embed.c \
        "$CC -std=c11 -pthread -fsanitize=thread"
    expect "embed.c, ThreadSanitizer" "$BUILD/embed-tsan" $survey
else
    echo "skipped: ThreadSanitizer does not run here"
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
