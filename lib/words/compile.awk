# Compiles the catalogues of words, one file of gettext's format for each language, into C:
#     LC_ALL=C awk -f compile.awk en.po da.po >catalogue.c
# The entries come sorted by context and msgid, as catalogue.c's reader looks them up. A msgid is
# English itself, but in the contexts of codes: there its English stands in en.po, or is the code
# with blanks for underscores. Of a plural each form is an entry.

function fail(what) {
    print FILENAME ":" FNR ": " what >"/dev/stderr"
    failed = 1
    exit 1
}

# What stands between the quotation marks of a line, still escaped.
function quoted(line) {
    if (!match(line, /".*"$/))
        fail("a line without a text")
    return substr(line, RSTART + 1, RLENGTH - 2)
}

function unescaped(words,    at, plain) {
    while ((at = index(words, "\\"))) {
        plain = plain substr(words, 1, at - 1) escape[substr(words, at + 1, 1)]
        words = substr(words, at + 2)
    }
    return plain words
}

function add_entry(id, words) {
    if (words == "")
        return
    key = unescaped(context) "\001" unescaped(id)
    if (!(key in id_of)) {
        keys[++key_count] = key
        context_of[key] = context
        id_of[key] = id
    } else if ((language, key) in words_of) {
        fail("twice: " id)
    }
    words_of[language, key] = words
    is_format[key] = is_format[key] || format
}

function end_entry() {
    if (field != "" && text["msgid"] != "") {
        context = text["msgctxt"]
        add_entry(text["msgid"], "msgid_plural" in text ? text["msgstr[0]"] : text["msgstr"])
        if ("msgid_plural" in text)
            add_entry(text["msgid_plural"], text["msgstr[1]"])
    }
    split("", text)
    field = ""
    format = 0
}

# By bytes, as strcmp() does. The keys are heaped up, largest first.
function sift(root, count,    child, key) {
    key = keys[root]
    while ((child = 2 * root) <= count) {
        if (child < count && keys[child] "" < keys[child + 1] "")
            child++
        if (key "" >= keys[child] "")
            break
        keys[root] = keys[child]
        root = child
    }
    keys[root] = key
}

function sort_keys(    i, key) {
    for (i = int(key_count / 2); i >= 1; i--)
        sift(i, key_count)
    for (i = key_count; i > 1; i--) {
        key = keys[1]
        keys[1] = keys[i]
        keys[i] = key
        sift(1, i - 1)
    }
}

# Where words stand among all; the same words stand there once.
function place(words) {
    if (!(words in place_of)) {
        size = length(unescaped(words)) + 1
        place_of[words] = end + 0
        end += size
        strings[++string_count] = words
        sizes[string_count] = size
    }
    return place_of[words]
}

function english(key) {
    if (("en", key) in words_of)
        return words_of["en", key]
    code = id_of[key]
    if (context_of[key] ~ /^(code|estimator|heading|key|short|table|value|word)( |$)/)
        gsub(/_/, " ", code)
    return code
}

BEGIN {
    escape["n"] = "\n"
    escape["t"] = "\t"
    escape["\""] = "\""
    escape["\\"] = "\\"
    place("")
}

FNR == 1 {
    end_entry()
    language = FILENAME
    sub(/\.po$/, "", language)
    sub(/.*\//, "", language)
    languages[++language_count] = language
}
/^#,.*c-format/ { format = 1; next }
/^#,.*fuzzy/ { fail("a fuzzy entry") }
/^#/ { next }
/^[ \t\r]*$/ { end_entry(); next }
/^"/ { text[field] = text[field] quoted($0); next }
{
    field = $1
    text[field] = quoted($0)
}

END {
    if (failed)
        exit 1
    end_entry()
    sort_keys()
    for (i = 1; i <= key_count; i++) {
        key = keys[i]
        line = "    {" place(context_of[key]) ", " place(id_of[key]) ", " is_format[key] + 0 ", {"
        for (l = 1; l <= language_count; l++) {
            words = languages[l] == "en" ? english(key) : words_of[languages[l], key]
            line = line "[LANGUAGE_" languages[l] "] = " place(words) \
                (l < language_count ? ", " : "}},")
        }
        entries[i] = line
    }
    print "/* Made by compile.awk from the catalogues of words. */"
    print "#include \"words/catalogue.h\"\n"
    print "static const struct {"
    for (i = 1; i <= string_count; i++)
        print "    char words" i "[" sizes[i] "];"
    print "} words = {"
    for (i = 1; i <= string_count; i++)
        print "    \"" strings[i] "\","
    print "};\n"
    print "const char *const catalogue_words = words.words1;\n"
    print "const catalogue_entry catalogue[] = {"
    for (i = 1; i <= key_count; i++)
        print entries[i]
    print "};\n"
    print "const size_t catalogue_size = " key_count ";"
}
