#!/bin/sh
# The catalogues of words: that they are well formed, that everything that is said has an entry, and
# that no entry is left which nothing says. Takes the tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$BUILD/catalogue
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"
for program in msgfmt python3; do
    command -v $program >/dev/null || {
        echo "$program is missing: run 'make setup', which installs it" >&2
        exit 1
    }
done
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

"$RELCOORD" analyses --format json >registry.json
compare() { python3 "$root/tests/cli/catalogue.py" "$1" <registry.json 2>&1; }
form() { msgfmt --check --output-file=/dev/null "$1" 2>&1; }

for language in "$root"/lib/words/*.po; do
    form "$language" | verdict "${language##*/} is well formed"
done
compare "$root" | verdict 'what is said, and what the catalogue says'

# ---- What is wrong is found ----

mkdir -p tree/bindings && cp -R "$root/lib" tree/ &&
    cp -R "$root/bindings/cli" "$root/bindings/formats" tree/bindings/ || exit 3
words=tree/lib/words/da.po

# finds NAME WANTED FILE: with standard input behind the file, the comparison says what is wanted,
# and that alone.
finds() {
    cp "$3" kept
    cat >>"$3"
    compare tree >found.now
    cp kept "$3"
    [ "$(cat found.now)" = "$2" ] || { echo "not \"$2\" but:"; cat found.now; }
}
finds_it() { finds "$@" | verdict "$1"; }

finds_it 'a sentence without an entry' \
    'lib/engine/cases.c: no entry for "nobody has translated %s yet"' \
    tree/lib/engine/cases.c <<'END'
static int refuse(relcoord_error *err) { return fail(err, RELCOORD_EDATA, "nobody has "
    "translated %s yet", "this"); }
END
finds_it 'a word of the tool without an entry' 'bindings/cli/main.c: no entry for "untold"' \
    tree/bindings/cli/main.c <<'END'
static const char *say(void) { return spoken("untold"); }
END
finds_it 'a code without an entry' 'lib/analyses/matrix/matrix.c: no words for the code untold
lib/analyses/matrix/matrix.c: no words for untold' tree/lib/analyses/matrix/matrix.c <<'END'
static void note(relcoord_table *table) { table_add_note(table, "untold"); }
END
finds_it 'an estimator without an entry' 'lib/engine/cases.c: no words for mean_untold' \
    tree/lib/engine/cases.c <<'END'
static const char estimator[] = "mean_untold";
END
finds_it 'a text that nothing says' 'nothing says "said by nobody any more"' $words <<'END'

msgid "said by nobody any more"
msgstr "ingen siger det mere"
END
finds_it 'a code that nothing sets' 'nothing says code: "unset"' $words <<'END'

msgctxt "code"
msgid "unset"
msgstr "ikke sat"
END
finds_it 'a value of a column that there is not' 'nothing says value of nowhere: "rc"' \
    $words <<'END'

msgctxt "value of nowhere"
msgid "rc"
msgstr "rk"
END
finds_it 'English for a code that Danish does not have' 'en.po alone has heading: "cells"' \
    tree/lib/words/en.po <<'END'

msgctxt "heading"
msgid "cells"
msgstr "fields"
END

# refuses NAME: msgfmt does not take the catalogue with standard input behind it.
refuses() {
    { cat "$root/lib/words/da.po"; cat; } >wrong.po
    { ! form wrong.po >/dev/null || echo "it is taken"; } | verdict "$1"
}
refuses 'a placeholder of another type' <<'END'

#, c-format
msgid "three of %s and %d"
msgstr "tre af %d og %s"
END
refuses 'a plural with one form' <<'END'

#, c-format
msgid "%zu thing"
msgid_plural "%zu things"
msgstr[0] "%zu ting"
END

report catalogue
