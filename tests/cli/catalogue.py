"""Holds the catalogues of words against what is said: catalogue.py TREE, with the registry
(`relcoord analyses --format json`) on standard input. Says what is said and has no entry, and which
entries nothing says.

Texts are what descriptors say and the string literals of the sources that read as sentences,
wherever they stand; codes are looked for where they are set."""
import json
import re
import sys
from pathlib import Path



def unescape(words):
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), words)


def read_catalogue(path):
    """Its entries, as {(context, id): words}; each form of a plural is one."""
    entries, entry, field = {}, {}, None
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        found = re.match(r'(?:(msg\w+(?:\[\d\])?) )?"(.*)"$', line)
        if found:
            field = found[1] or field
            entry[field] = entry.get(field, "") + unescape(found[2])
        elif entry and not line.startswith("#~"):
            context = entry.get("msgctxt", "")
            if entry["msgid"]:
                entries[context, entry["msgid"]] = entry.get("msgstr", entry.get("msgstr[0]"))
            if "msgid_plural" in entry:
                entries[context, entry["msgid_plural"]] = entry["msgstr[1]"]
            entry = {}
    return entries


def read_tokens(path):
    """The tokens of a C source: literals side by side are one, a comment is none."""
    source = re.sub(r"\\\n", " ", path.read_text(encoding="utf-8"))
    source = re.sub(r"^[ \t]*#[ \t]*include.*$", "", source, flags=re.MULTILINE)
    tokens = []
    for found in re.finditer(r'/\*.*?\*/|//[^\n]*|"((?:[^"\\]|\\.)*)"'
                             r"|\'(?:[^\'\\]|\\.)*\'|\w+|[^\s\w]", source, re.DOTALL):
        if found[0].startswith(("/*", "//")):
            continue
        if found[1] is None:
            tokens.append(found[0])
        elif tokens and isinstance(tokens[-1], tuple):
            tokens[-1] = (tokens[-1][0] + unescape(found[1]),)
        else:
            tokens.append((unescape(found[1]),))
    return tokens


# ---- What the sources say ----

# Literals with a blank that no person is told: markup, lists of codes, settings.
NOT_A_SENTENCE = re.compile(r"[<>{}]|^\w+(, \w+)+$|^\w+=\S+( \w+=\S+)*$")
SENTENCE = re.compile(r"[A-Za-z]{2}[,:;]? ['(]?(%\S+ )*[a-z]{2}")
# Files whose literals are data: labels in both languages, and words that are looked for in what
# others wrote.
DATA = re.compile(r"/(builtin_\w+\.[ch]|(form_texts|statuses|formats/codebook|html_style)\.c)$")
# What a program is told through Arrow, and a context's beginning.
UNTRANSLATED = {"memory ran out", "heading of ", "value of ", "short value of ", "key first"}

# Words of analyses that are no codes of theirs: names that data may have.
NO_CODES = {"brobygger", "kommunikator", "koordinator", "kooperation", "exchange_zone", "decisions"}

CONVERSION = re.compile(r"%[-.*0-9$]*(?:ll|l|z)?[a-z]")


def matcher(words):
    """What stands where a format has its conversions may be anything; None where little else
    stands."""
    pieces = CONVERSION.split(words)
    if len(pieces) < 2 or len("".join(pieces)) < 4:
        return None
    return re.compile(".*".join(map(re.escape, pieces)), re.DOTALL)


class Sources:
    def __init__(self, tree):
        self.literals = {}
        self.tokens = {}
        for path in sorted([*tree.glob("lib/**/*.[ch]"), *tree.glob("bindings/[!pr]*/**/*.[ch]")]):
            name = str(path.relative_to(tree))
            self.tokens[name] = drop_assertions(read_tokens(path))
            for token in self.tokens[name]:
                if isinstance(token, tuple):
                    self.literals.setdefault(token[0], name)
        self.formats = [found for found in map(matcher, self.literals) if found]

    def sentences(self):
        """Those that read as sentences, each with its file."""
        for literal, name in self.literals.items():
            if (SENTENCE.search(literal) and not NOT_A_SENTENCE.search(literal)
                    and not DATA.search(name)):
                yield literal, name

    def words_of_calls(self):
        """Literals that are said whatever they look like: a sentence of the tool may be one
        word."""
        for name, tokens in self.tokens.items():
            for i, token in enumerate(tokens):
                if token == "spoken" and i + 2 < len(tokens) and isinstance(tokens[i + 2], tuple):
                    yield tokens[i + 2][0], name
                if (isinstance(token, tuple) and tokens[i - 3] == "{"
                        and re.fullmatch("E[A-Z0-9]+", str(tokens[i - 2]))):
                    yield token[0], name

    def makes(self, words):
        """Whether the sources have these words, or a format or pieces that they are made from."""
        if words in self.literals or any(found.fullmatch(words) for found in self.formats):
            return True
        pieces = [piece for piece in CONVERSION.split(words) if len(piece) > 3]
        whole = matcher(words)
        return bool(whole) and (
            any(whole.fullmatch(literal) for literal in self.literals)
            or bool(pieces) and all(
                any(literal.endswith(piece) for literal in self.literals)
                or any(found.fullmatch(piece) for found in self.formats) for piece in pieces))


def drop_assertions(tokens):
    kept, inside = [], False
    for token in tokens:
        inside = token in ("static_assert", "_Static_assert") or inside and token != ";"
        if not inside:
            kept.append(token)
    return kept


# ---- Against the catalogue ----

def rows_of(registry, table):
    table = registry["tables"][table]
    names = [column["name"] for column in table["columns"]]
    return [dict(zip(names, row)) for row in table["rows"]]


def texts_of(registry):
    """What descriptors say."""
    said = {row["summary"] for row in rows_of(registry, "analyses")}
    for table in ("options", "tables", "columns", "formats"):
        said |= {row["help"] for row in rows_of(registry, table)}
    said |= {row["title"] for row in rows_of(registry, "views") if row["title"] != row["table"]}
    return said - {"", None}


def lacking_texts(entries, texts, sources):
    ids = {id for context, id in entries}
    formats = [found for context, id in entries for found in [matcher(id)] if found]
    said = ([(text, "a descriptor") for text in texts]
            + list(sources.sentences()) + list(sources.words_of_calls()))
    for words, where in said:
        some = matcher(words) or re.compile(re.escape(words))
        piece = words != words.strip(" :,;") and any(some.search(id) for id in ids)
        if not (words in ids or words in UNTRANSLATED or piece
                or any(found.fullmatch(words) for found in formats)
                or any(some.fullmatch(id) for id in ids)):
            yield f"{where}: no entry for \"{words}\""


def codes_of_notes(sources):
    """The codes that analyses and drafts set: in a call that adds a note, or in what a field `note`
    becomes."""
    for name, tokens in sources.tokens.items():
        if not re.match("lib/(analyses|engine|drafting)/", name):
            continue
        for i, token in enumerate(tokens):
            setting = (tokens[i:i + 2] == ["note", "="]
                       or re.fullmatch(r"\w*add_(named_)?note", str(token)))
            if not setting or token == "result_add_note":
                continue
            for after in tokens[i + 1:tokens.index(";", i)]:
                if isinstance(after, tuple) and re.fullmatch("[a-z][a-z_0-9]*", after[0]):
                    yield after[0], name
                    if "named" in token:
                        break  # what it is about follows


def names_of(registry):
    """What the registry calls things, which stays as it is in every language: but values of columns
    are not there."""
    names = set()
    for table in registry["tables"].values():
        names |= {column["name"] for column in table["columns"]}
        names |= {word for row in table["rows"] for text in row if isinstance(text, str)
                  for word in re.split("[|,;= ]", text)}
    return names


def lacking_codes(entries, registry, sources):
    for row in rows_of(registry, "tables"):
        if ("table", row["table"]) not in entries:
            yield f"{row['analysis']}: no word for the table {row['table']}"
    for row in rows_of(registry, "columns"):
        column = row["column"]
        if (("heading", column) not in entries
                and ("heading of " + row["table"], column) not in entries):
            yield f"{row['analysis']}: no heading for the column {column}"
    for code, name in codes_of_notes(sources):
        if ("code", code) not in entries:
            yield f"{name}: no words for the code {code}"
    known = {id for context, id in entries} | names_of(registry) | NO_CODES
    for name, tokens in sources.tokens.items():
        if (re.match("lib/(analyses|engine)/|lib/drafting/draft(_result)?[.]c", name)
                and not DATA.search(name)):
            for token in tokens:
                if (isinstance(token, tuple) and re.fullmatch("[a-z][a-z0-9_]{2,}", token[0])
                        and token[0] not in known):
                    yield f"{name}: no words for {token[0]}"


def stale_entries(entries, texts, registry, sources):
    columns = {row["column"] for row in rows_of(registry, "columns")} | {
        column for table in registry["tables"].values()
        for column in (c["name"] for c in table["columns"])}
    columns |= {literal for literal in sources.literals if re.fullmatch("[a-z_]+", literal)}
    ids = {id for context, id in entries}
    for context, id in entries:
        if context == "" or context == "part":
            said = id in texts or sources.makes(id)
        elif context == "word":
            said = True  # the compiler knows
        elif context == "table":
            said = id in sources.literals
        elif context == "heading" or context.startswith("heading of "):
            said = id in columns
        elif "value of " in context:
            said = context.split("value of ")[1] in columns and id in sources.literals
        elif context in ("code", "estimator", "key"):
            said = id in sources.literals
        else:  # a part of the sentence that the context is
            said = context in ids
        if not said:
            yield f"nothing says {context and context + ': '}\"{id}\""


def main():
    tree = Path(sys.argv[1])
    registry = json.load(sys.stdin)
    sources = Sources(tree)
    danish = read_catalogue(tree / "lib" / "words" / "da.po")
    english = read_catalogue(tree / "lib" / "words" / "en.po")
    texts = texts_of(registry)
    wrong = [*lacking_texts(danish, texts, sources), *lacking_codes(danish, registry, sources),
             *stale_entries(danish, texts, registry, sources)]
    for context, id in english:
        if (context, id) not in danish:
            wrong.append(f"en.po alone has {context}: \"{id}\"")
        elif english[context, id] == id.replace("_", " ") and not context.startswith("short"):
            wrong.append(f"en.po says of {context}: \"{id}\" what goes without saying")
    print("\n".join(sorted(set(wrong))), end="\n" if wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
