#!/bin/sh
# Prints relcoord.h as declarations alone: no preprocessor lines, nothing that is for C++ only.
awk '
    /^#ifdef __cplusplus/ { cplusplus = 1 }
    !cplusplus && !/^#/   { print }
    /^#endif/             { cplusplus = 0 }' "${1:-include/relcoord.h}"
