# What the tests of installing share; to be read in by ".": they count what passed and what failed.
# shellcheck shell=sh
passed=0 failed=0

# expect NAME COMMAND…: shows the end of what the command said, only when it fails.
expect() {
    name=$1
    shift
    if "$@" >"$BUILD/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        tail -n 100 "$BUILD/said" | sed 's/^/    /'
    fi
}
