#!/bin/sh
# Describes the ABI of a library: every exported function and the public types it reaches, and
# nothing of the machine it was built on. abidiff knows a public type by its file, so the files stay
# in.
abidw --headers-dir include --drop-private-types --no-corpus-path --no-comp-dir-path --short-locs \
    --no-elf-needed --exported-interfaces-only "$1"
