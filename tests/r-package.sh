#!/bin/sh
# Checks the package for R as its distributors do: r-package.sh TARBALL. An error or a warning
# fails; notes do not.
tarball=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "${BUILD:?is a scratch folder}" || exit 3
unset MAKEFLAGS MFLAGS MAKELEVEL
LC_ALL=C.UTF-8 MAKEFLAGS=-j2 _R_CHECK_FORCE_SUGGESTS_=false \
    R CMD check --no-manual "$tarball" >said 2>&1
grep -E '^(\* checking.*(WARNING|ERROR|NOTE)|Status)' said
if grep -q '^Status: .*\(ERROR\|WARNING\)' said || ! grep -q '^Status: ' said; then
    cat said
    exit 1
fi
