#!/bin/sh
# `make setup`, with stand-ins for Debian's tools: what it installs, and that the goals after it run
# once, after it, with the variables of the command line.
passed=0 failed=0
unset MAKEFLAGS MFLAGS MAKELEVEL
fake=${BUILD:?}/bin
: "${MAKE:=make}"
mkdir "$fake"

# A package is there when a file is; apt-get makes it so.
cat >"$fake/dpkg-query" <<'END'
#!/bin/sh
for last; do :; done
[ -e "$FAKE/have/$last" ] && printf installed
END
cat >"$fake/apt-get" <<'END'
#!/bin/sh
echo "apt-get $*" >>"$FAKE/calls"
for word; do
    case $word in
    install) installing=yes ;;
    -*) ;;
    *) [ -z "$installing" ] || touch "$FAKE/have/$word" ;;
    esac
done
END
cat >"$fake/id" <<'END'
#!/bin/sh
echo "${FAKE_USER:-0}"
END
cat >"$fake/sudo" <<'END'
#!/bin/sh
echo sudo >>"$FAKE/calls"
exec "$@"
END
chmod +x "$fake"/*
FAKE=$BUILD
export FAKE

# run PACKAGES GOAL…: with all of PACKAGES missing; what is said goes to said, calls to calls.
run() {
    rm -rf "$BUILD/have" "$BUILD/calls"
    mkdir "$BUILD/have"
    : >"$BUILD/calls"
    packages=$1
    shift
    PATH="$fake:$PATH" "$MAKE" PACKAGES="$packages" "$@" >"$BUILD/said" 2>&1
}
expect() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n    expected: %s\n    got:      %s\n' "$1" "$3" "$2"
    fi
}
said() { cat "$BUILD/said"; }
installed() { sed -n 's/.*--no-install-recommends //p' "$BUILD/calls"; }
version=$("$MAKE" -s version)

run "one two" setup
expect "installs what is missing" "$(installed)" "one two"
expect "after an update" "$(sed -n '1s/.* //p' "$BUILD/calls")" update
expect "as root without sudo" "$(grep -c sudo "$BUILD/calls")" 0

FAKE_USER=1000 run "one" setup
expect "sudo for others" "$(grep -c sudo "$BUILD/calls")" 2

run "" setup
expect "nothing missing: says so" "$(said)" "setup: nothing is missing"
expect "nothing missing: does nothing" "$(wc -c <"$BUILD/calls")" 0

for jobs in "" -j4; do
    # shellcheck disable=SC2086 # no word at all, or one
    run "one two" $jobs setup version help
    expect "setup once $jobs" "$(installed)" "one two"
    expect "a goal after setup, once $jobs" "$(said | grep -cx "$version")" 1
    expect "another goal, once $jobs" "$(said | grep -c '^  check-quick ')" 1
    expect "setup comes first $jobs" "$(said | sed -n '1s/:.*//p')" setup
done

run "one" version setup VERSION=7.8.9
expect "the order of goals does not matter, variables go on" "$(said | grep -cx 7.8.9)" 1

printf '#!/bin/sh\nexit 100\n' >"$fake/apt-get"
run "one" setup version
expect "a failing apt-get is the end" "$?" 2
expect "no goal after a failure" "$(said | grep -cx "$version")" 0

# A machine without a compiler.
run "" all CC=no-such-compiler OUT="$BUILD/out"
expect "a missing tool names make setup" "$(said | sed -n 1p)" \
    "no-such-compiler is missing: run 'make setup', which installs it"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
