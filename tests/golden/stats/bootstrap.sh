#!/bin/sh
# R on our replicates must still write the committed bootstrap.h: bootstrap.sh PROGRAM, which writes
# the weights.
here=$(cd "$(dirname "$0")" && pwd)
"$1" | Rscript "$here/bootstrap.R" "$here/bootstrap.h"
