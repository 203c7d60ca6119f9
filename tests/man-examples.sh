#!/bin/sh
# Runs the examples of the manual and of README that show what they print, and holds the manual
# against what the tool says it takes and gives; every command without its output is
# tests/documented's. A .Bd -literal block in an EXAMPLES section has a comment before it that says
# what it is:
#     example: sh [STATUS]   commands, run in a copy of tests/examples/clerkship, with that of
#                            tests/examples/enplan in it
#     example: c [ARGUMENT…] a program, run there too
#     output                 what the example before it prints, errors included
#     output, joined         the same in one line, here broken at blanks
#     formula                nothing to run
# The tool is $RELCOORD, its library beside it in ../lib; $BUILD is an empty folder to work in.
tool=${RELCOORD:?}
scratch=${BUILD:?}/examples
root=$PWD

# verdict NAME: standard input says what is wrong, and nothing when all is well. A pipe's end is a
# process of its own, so the counts go to a file.
verdict() {
    cat >"$scratch/found"
    if [ -s "$scratch/found" ]; then
        echo "FAILED: $1"
        sed 's/^/    /' "$scratch/found"
        echo failed >>"$scratch/outcomes"
    else
        echo "ok: $1"
        echo passed >>"$scratch/outcomes"
    fi
}
count() { grep -c "$1" "$scratch/outcomes"; }

rm -rf "$scratch"
mkdir -p "$scratch/bin" || exit 1
cp -R tests/examples/clerkship "$scratch/data" &&
    cp -R tests/examples/enplan "$scratch/data/enplan" || exit 1
ln -s "$tool" "$scratch/bin/relcoord"
case $tool in
*/bin/relcoord) library=${tool%/bin/relcoord}/lib ;;
*) echo "RELCOORD is not …/bin/relcoord: $tool" >&2; exit 1 ;;
esac
for built in "$tool" "$library/librelcoord.so"; do
    [ -e "$built" ] || { echo "build first: no $built" >&2; exit 1; }
done

# A library with sanitizers wants a program with them.
sanitize=
grep -q __ubsan_handle "$library/librelcoord.so" && sanitize=-fsanitize=undefined
grep -q __asan_init "$library/librelcoord.so" && sanitize=-fsanitize=address,undefined

# ---- Examples

# Writes the blocks of a page as NUMBER.KIND, the words behind the kind as NUMBER.with.
split_page() {
    awk -v to="$2" '
        /^\.Sh / { examples = $2 == "EXAMPLES" }
        /^\.\\" (example:|output|formula)/ && examples {
            mark = $0
            sub(/^\.\\" (example: )?/, "", mark)
            next
        }
        /^\.Bd -literal/ && examples {
            inside = 1
            kind = mark == "" ? "unmarked" : mark
            sub(/[ ,].*/, "", kind)
            if (kind != "output") {
                number++
                with = mark
                sub(/^[^ ]* ?/, "", with)
                print with > (to "/" number ".with")
                close(to "/" number ".with")
            } else if (mark ~ /joined/) {
                print "" > (to "/" number ".joined")
            }
            file = to "/" number "." kind
            printf "" > file
            mark = ""
            next
        }
        /^\.Ed/ && inside { inside = 0; close(file) }
        inside {
            gsub(/\\\(aq/, "\047")
            gsub(/\\&/, "")
            gsub(/\\e/, "\\")
            print > file
        }' "$1"
}

run_shell() { (cd "$scratch/data" && PATH="$scratch/bin:$PATH" sh -e "$1.sh" 2>&1); }

run_program() {
    # shellcheck disable=SC2086 # "ccache cc" is two words, and so may be the arguments
    ${CC:-cc} -std=c11 -Wall -Wextra -Werror $sanitize -I"$root/include" \
        -I"$root/bindings/formats" -o "$1.program" "$1.c" -L"$library" \
        -Wl,--as-needed -lrelcoord-formats -lrelcoord -Wl,-rpath,"$library" 2>&1 || return
    # shellcheck disable=SC2046
    (cd "$scratch/data" && "$1.program" $(cat "$1.with") 2>&1)
}

# run_example PAGE BASE: the example whose files begin with BASE.
run_example() {
    name="$1, example ${2##*/}"
    wanted=0
    if [ -e "$2.sh" ]; then
        wanted=$(cat "$2.with")
        run_shell "$2" >"$2.printed"
    elif [ -e "$2.c" ]; then
        run_program "$2" >"$2.printed"
    elif [ -e "$2.formula" ]; then
        return
    else
        echo "a .Bd -literal without a comment that says what it is" | verdict "$name"
        return
    fi
    status=$?
    if [ -e "$2.joined" ]; then
        tr '\n' ' ' <"$2.output" | sed 's/ $//' >"$2.whole"
        echo >>"$2.whole"
        mv "$2.whole" "$2.output"
    fi
    {
        [ "$status" -eq "${wanted:-0}" ] || { echo "status $status:"; cat "$2.printed"; }
        if [ -e "$2.output" ]; then
            diff "$2.output" "$2.printed"
        elif [ "$status" -eq 0 ]; then
            sed 's/^/not in the manual: /' "$2.printed"
        fi
    } | verdict "$name"
}

for page in man/*.[1-9]; do
    folder=$scratch/${page##*/}
    mkdir "$folder"
    split_page "$page" "$folder"
    number=1
    while [ -e "$folder/$number.with" ]; do
        run_example "$page" "$folder/$number"
        number=$((number + 1))
    done
done
[ "$(count .)" -ge 10 ] || echo "$(count .) only" | verdict "the manual has examples"

# ---- README: "$ COMMAND" and the beginning of what it prints

readme_commands() { sed -n 's/^    \$ //p' README; }
readme_output() {
    awk -v command="    \$ $1" '
        $0 == command { inside = 1; next }
        inside && ($0 ~ /^[^ ]/ || $0 ~ /^    \$ /) { exit }
        inside { sub(/^    /, ""); line[++count] = $0; if ($0 != "") last = count }
        END { for (i = 1; i <= last; i++) print line[i] }' README
}
readme_commands >"$scratch/commands"
[ -s "$scratch/commands" ] || echo "no command in it" | verdict README
while read -r command; do
    readme_output "$command" >"$scratch/shown"
    lines=$(wc -l <"$scratch/shown")
    echo "$command" | sed "s,^\.build/bin/relcoord,'$tool'," >"$scratch/command"
    sh "$scratch/command" </dev/null 2>&1 | head -n "$lines" >"$scratch/printed"
    {
        [ "$lines" -gt 0 ] || echo "README shows nothing of what it prints"
        diff "$scratch/shown" "$scratch/printed"
    } | verdict "README: $command"
done <"$scratch/commands"

# ---- What the tool says of itself is in the manual

methods=man/relcoord-methods.7 manual=${tool%/bin/relcoord}/man/relcoord.1
[ -e "$manual" ] || { echo "build first: no $manual" >&2; exit 1; }
registry() { "$tool" analyses --format csv --table "$1" | sed 1d; }

registry options | cut -d , -f 1,2 | tr _ - | while IFS=, read -r purpose option; do
    grep -Eq "^\.It.* Fl -$option( |\$)" "$manual" $methods || echo "--$option of $purpose"
done | verdict "every option is in relcoord.1 or relcoord-methods.7"

registry tables | cut -d , -f 1,2 | while IFS=, read -r analysis table; do
    grep -q "^\.Ss Table $table\$" $methods || echo "$analysis: $table, in relcoord-methods.7"
    grep -Eq "^\.Ic (.* )?$table( |\$)" "$manual" || echo "$analysis: $table, in relcoord.1"
done | verdict "every table is in relcoord.1 and relcoord-methods.7"

# The columns that relcoord-methods.7 lists, as TABLE,COLUMN.
awk '
    /^\.S[hs] / { table = $2 == "Table" ? $3 : "" }
    table != "" && /^\.It Va / { for (i = 3; i <= NF; i++) if ($i != ",") print table "," $i }' \
    $methods | LC_ALL=C sort >"$scratch/columns.manual"
registry columns | cut -d , -f 2,3 | LC_ALL=C sort >"$scratch/columns.tool"
diff "$scratch/columns.tool" "$scratch/columns.manual" |
    sed -n 's/^</not in relcoord-methods.7:/p; s/^>/in relcoord-methods.7 only:/p' |
    verdict "the columns are those in relcoord-methods.7"

# What a section of relcoord-methods.7 lists as .It Sy NAME.
listed() {
    awk -v section="$1" '
        /^\.Sh / { on = index($0, section) }
        on && /^\.It Sy / { print $3 }' $methods | LC_ALL=C sort
}
# The codes that the catalogue has words for, which are those that are set: tests/cli/catalogue.sh.
# Those of a drafted codebook are in relcoord-codebook.5.
entries() {
    awk -v context="msgctxt \"$1\"" -F '"' '
        on { print $2 }
        { on = $0 == context }' lib/words/da.po | LC_ALL=C sort
}
awk '/^\.It Li [a-z_]+$/ { print $3 }' man/relcoord-codebook.5 >"$scratch/draft"
for list in "code NOTE CODES" "estimator ESTIMATORS"; do
    entries "${list%% *}" >"$scratch/entries"
    {
        [ -s "$scratch/entries" ] || echo "none found in lib/words/da.po"
        { listed "${list#* }"; grep -xFf "$scratch/draft" "$scratch/entries"; } |
            LC_ALL=C sort -u | diff "$scratch/entries" - |
            sed -n 's/^</not in relcoord-methods.7:/p; s/^>/not in lib\/words\/da.po:/p'
    } | verdict "each ${list%% *} is in relcoord-methods.7"
done

# ---- Pages among themselves

for page in man/*.3; do
    awk '/^\.Sh / { on = $2 == "NAME" } on && /^\.Nm relcoord_/ { print $2 }' "$page"
done | LC_ALL=C sort | uniq -d | verdict "no function is in two NAME sections"
grep -hoE '^\.Xr relcoord[a-z_-]* [0-9]' man/* | sort -u | while read -r _ page section; do
    [ -e "man/$page.$section" ] || echo "$page($section)"
done | verdict "the pages that are named are there"

passed=$(count passed) failed=$(count failed)
echo "$passed $failed" >>"$BUILD/counts"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
