#!/bin/sh
# Under valgrind: the unit tests when their program is named, else the tests of the tool.
options='--quiet --leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=99'

if [ $# -gt 0 ]; then
    # One process a suite: memory that a forked test leaves behind would be its own affair.
    # shellcheck disable=SC2086 # several options
    CK_FORK=no exec sh tests/suites.sh valgrind $options "$@"
fi

# The tool stays a command without arguments of its own, so it gets a script around it. What valgrind
# has to say goes to files, for the tests look at the tool's standard error.
mkdir "$BUILD/said"
cat >"$BUILD/relcoord" <<END
#!/bin/sh
exec valgrind $options --log-file='$BUILD/said/%p' '$RELCOORD' "\$@"
END
chmod +x "$BUILD/relcoord"
FAULT_STEP=16 RELCOORD=$BUILD/relcoord sh tests/each.sh tests/cli/*.sh
status=$?
for said in "$BUILD/said"/*; do
    [ ! -s "$said" ] || { cat "$said" >&2; status=1; }
done
exit $status
