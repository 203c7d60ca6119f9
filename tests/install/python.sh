#!/bin/sh
# Installs the Python package as its users do: from the tree, and from a source archive, each into
# an empty environment, with no librelcoord installed, out of a copy of the checkout that holds
# nothing built.
. tests/install/expect.sh
tree=${BUILD:?}/tree
matrix="import relcoord; print(relcoord.read_csv('tests/examples/clerkship/survey.csv').matrix())"
unset PYTHONPATH
PYTHONDONTWRITEBYTECODE=1 RELCOORD_BUILD=sources CFLAGS="${CFLAGS:--O1}"
export PYTHONDONTWRITEBYTECODE RELCOORD_BUILD CFLAGS

copy_checkout() {
    mkdir "$tree"
    if [ -e .git ]; then
        git ls-files -co --exclude-standard
    else
        find . -name .build -prune -o -type f -print
    fi | while read -r file; do [ ! -f "$file" ] || echo "$file"; done |
        tar -cf - -T - | tar -xf - -C "$tree"
}

# prints_the_matrix ENVIRONMENT: what the tool prints, too.
prints_the_matrix() {
    "$1/bin/python" -c "$matrix" >"$BUILD/printed" && diff "$BUILD/expected" "$BUILD/printed"
}

expect "a copy of the checkout" copy_checkout
"${RELCOORD:?}" matrix --lang en tests/examples/clerkship/survey.csv >"$BUILD/expected"
for venv in from-tree from-archive; do
    expect "an empty environment $venv" python3 -m venv "$BUILD/$venv"
done

expect "pip install of the tree" "$BUILD/from-tree/bin/pip" install -q "$tree/bindings/python"
expect "it prints the matrix" prints_the_matrix "$BUILD/from-tree"
expect "its stub and its types are there" "$BUILD/from-tree/bin/python" -c "
import pathlib, relcoord
folder = pathlib.Path(relcoord.__file__).parent
assert 'def matrix' in (folder / '__init__.pyi').read_text() and (folder / 'py.typed').exists()"
(cd "$tree" && find . -name .build -prune -o -newer "$BUILD/expected" -type f -print) >"$BUILD/left"
expect "nothing is left beside the sources" test ! -s "$BUILD/left"

# An archive stands alone: the tree is not there any more when it is installed.
make_archive() {
    "$BUILD/from-tree/bin/pip" install -q cffi 'setuptools>=70.1' &&
        env -C "$tree/bindings/python" "$BUILD/from-tree/bin/python" -c \
            "from setuptools import build_meta; build_meta.build_sdist('$BUILD')" &&
        rm -r "$tree"
}
expect "a source archive" make_archive
expect "pip install of the archive" \
    "$BUILD/from-archive/bin/pip" install -q "$BUILD"/relcoord-*.tar.gz
expect "it prints the matrix, too" prints_the_matrix "$BUILD/from-archive"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
