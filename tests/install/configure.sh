#!/bin/sh
# A build by ./configure, in a copy of the sources whose path has a blank in it: what configure
# finds holds, the command line beats it, the tests pass, and what is installed runs. In a git
# checkout the tarball of `make dist` holds what the commit does and is built and installed the same
# way.
. tests/install/expect.sh
unset MAKEFLAGS MFLAGS MAKELEVEL
copy="${BUILD:?}/a copy"
prefix=$BUILD/prefix

pc_has() { "$MAKE" .build/relcoord.pc "$@" && grep -qx "$wanted" .build/relcoord.pc; }

# Everything from ./configure to an installed tool, in the current folder.
configured() { # NAME GOAL: the tests to run
    expect "$1: ./configure" ./configure --prefix="$prefix" CFLAGS='-O1 -g'
    expect "$1: its flags hold" grep -x 'CFLAGS = -O1 -g' .build/config.mk
    wanted="prefix=$prefix"
    expect "$1: its prefix holds" pc_has
    wanted="prefix=/elsewhere"
    expect "$1: the command line beats it" pc_has prefix=/elsewhere
    expect "$1: make" "$MAKE" -j2
    expect "$1: make $2" "$MAKE" -j2 "$2"
    expect "$1: make install" "$MAKE" install
    expect "$1: the installed tool" \
        env LD_LIBRARY_PATH="$prefix/lib" "$prefix/bin/relcoord" --version
    expect "$1: make clean" "$MAKE" clean
    expect "$1: clean keeps what configure found" [ "$(ls .build)" = config.mk ]
    expect "$1: make distclean" "$MAKE" distclean
    expect "$1: distclean leaves nothing" [ ! -e .build ]
}

mkdir "$copy"
tar -cf - --exclude=./.build --exclude=./.git --exclude=./configure . | tar -xf - -C "$copy"
cd "$copy" || exit 1
expect "make configure" "$MAKE" configure
configured "a copy" check-quick

# Without what the tool can do without: it says so, and how to get it. The command line beats that,
# too. Not optimized, which takes longer than all the rest; and with every eighth fault, for the
# others are not of the files that it is without.
expect "make configure, again" "$MAKE" configure
expect "./configure --without-readstat" ./configure --without-readstat CFLAGS=-O0
expect "make without ReadStat" "$MAKE" -j2
lacks() { "$@" 2>&1 | grep -q "$wanted"; }
wanted=' was built with '
expect "without ReadStat" lacks .build/bin/relcoord matrix tests/foreign/utf8.sav
expect "the tool's tests without" env FAULT_STEP=8 "$MAKE" check-cli
expect "make with" "$MAKE" -j2 READSTAT_LIBS=-lreadstat
expect "with ReadStat again" .build/bin/relcoord data tests/foreign/utf8.sav
expect "a tool that loads nothing" "$MAKE" -j2 FORMATS=inside READSTAT_LIBS=-lreadstat
rm .build/lib/librelcoord-formats*
expect "it reads files of SPSS" .build/bin/relcoord data tests/foreign/utf8.sav
expect "make clean" "$MAKE" clean
expect "./configure --without-expat" ./configure --without-expat CFLAGS=-O0
expect "make without expat" "$MAKE" -j2
wanted='need relcoord-formats'
expect "without relcoord-formats" lacks .build/bin/relcoord matrix tests/foreign/utf8.sav
expect "without workbooks" lacks .build/bin/relcoord matrix tests/examples/clerkship/survey.csv \
    --format xlsx -o book.xlsx
expect "the tool's tests without relcoord-formats" env FAULT_STEP=8 "$MAKE" check-cli
expect "make distclean, without" "$MAKE" distclean
cd - >/dev/null || exit 1

if [ -e .git ] && git rev-parse -q --verify HEAD >/dev/null; then
    git clone -q . "$BUILD/clone" 2>/dev/null
    cd "$BUILD/clone" || exit 1
    expect "make dist" "$MAKE" dist
    name=relcoord-$("$MAKE" -s version)
    tar -xzf ".build/$name.tar.gz" -C "$BUILD"
    cd "$BUILD/$name" || exit 1
    expect "the tarball has ./configure" [ -x configure ]
    # The tests that passed in the copy would say no more here: these are the same files.
    expect "the tarball is what the commit is" diff -r -x .git -x .build "$BUILD/clone" .
    configured "the tarball" check-house
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
