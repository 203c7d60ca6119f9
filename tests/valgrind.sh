#!/bin/sh
# Under valgrind: the unit tests when their program is named, else the tests of the tool. Sanitizers
# run all of them; what only valgrind sees is memory that is read before it is written, for which
# each way through the code need be gone once.
options='--quiet --leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=99'

repeating='invariance memory threads random resample resampled resampled_runs scale_resampling
agreement_tool'

if [ $# -gt 0 ]; then
    # One process a suite: memory that a forked test leaves behind would be its own affair. The
    # suites that are left out run, many times and on large surveys, what others run once.
    # shellcheck disable=SC2086 # several options
    CK_FORK=no exec env LEFT_OUT="$repeating" sh tests/suites.sh valgrind $options "$@"
fi

# The tool stays a command without arguments of its own, so it gets a script around it. What
# valgrind has to say goes to files, for the tests look at the tool's standard error.
mkdir "$BUILD/said"
cat >"$BUILD/relcoord" <<END
#!/bin/sh
exec valgrind $options --log-file='$BUILD/said/%p' '$RELCOORD' "\$@"
END
chmod +x "$BUILD/relcoord"
# Not those that look at the sources, that wait for signals, or that run again, in other words, what
# others run.
for script in tests/cli/*.sh; do
    case $script in
    */catalogue.sh | */danish.sh | */documented.sh | */files.sh | */shown.sh) ;;
    *) set -- "$@" "$script" ;;
    esac
done
FAULT_STEP=16 RELCOORD=$BUILD/relcoord sh tests/each.sh "$@"
status=$?
for said in "$BUILD/said"/*; do
    [ ! -s "$said" ] || { cat "$said" >&2; status=1; }
done
exit $status
