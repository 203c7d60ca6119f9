"""Looks for codes of relcoord's own that people are shown as they are: shown.py TREE ANALYSIS FILE
[OPTION…] runs the analysis with $RELCOORD in every format and language, and says which values of
which columns read as codes."""
import csv
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from catalogue import read_catalogue  # noqa: E402  beside this file

# Columns of identifiers that a legend explains.
EXPLAINED = {"note", "estimator"}
CODE = re.compile(r"[a-z]+[0-9]*(_[a-z0-9]+)+")


def run(*words):
    done = subprocess.run([os.environ["RELCOORD"], *words], capture_output=True, text=True,
                          encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


class Cells(HTMLParser):
    """The header and the rows of the tables of a page, as lists of texts."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.inside, self.unseen = [], False, 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.inside = True
        elif tag == "span" and ("class", "unseen") in attributes:
            self.unseen += 1

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.inside = False
        elif tag == "span":
            self.unseen = max(0, self.unseen - 1)

    def handle_data(self, data):
        if self.inside and not self.unseen:
            self.tables[-1][-1][-1] += data


def names_of_data(tree, words):
    """What the files of the call say, which stays as it is: cells, headings, and what codebooks
    list."""
    names = set()
    for word in words:
        path = Path(word)
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for row in csv.reader(io.StringIO(text),
                                  delimiter=";" if ";" in text.splitlines()[0] else ","):
                names |= {part.strip() for cell in row
                          for part in [cell, *re.split(r"[;=|]", cell)]}
    return names


def main():
    tree, analysis, *call = sys.argv[1:]
    entries = {language: read_catalogue(Path(tree) / "lib" / "words" / f"{language}.po")
               for language in ("en", "da")}
    codes = {id for context, id in entries["da"] if "value of " in context}
    data = (names_of_data(tree, call)
            - {id for context, id in entries["da"] if context == "value of dimension"})
    result = json.loads(run(analysis, *call, "--format", "json"))
    wrong, seen = [], 0
    for name, table in result["tables"].items():
        columns = [column["name"] for column in table["columns"]]
        values = {column: {row[i] for row in table["rows"] if isinstance(row[i], str)} - data - {""}
                  for i, column in enumerate(columns) if column not in EXPLAINED}
        for language in ("en", "da"):
            raw = {}  # a code, and the columns that have it, where its words are others
            explained = {value for row in table["rows"]
                         for value, column in zip(row, columns) if column in EXPLAINED}
            for column, own in values.items():
                for value in own:
                    english = entries["en"].get((f"value of {column}", value),
                                                value.replace("_", " "))
                    words = (entries["da"].get((f"value of {column}", value)) if language == "da"
                             else english)
                    if CODE.fullmatch(value) or value in codes and words not in (None, value):
                        raw.setdefault(value, set()).add(column)
            for value in explained & raw.keys():
                del raw[value]
            seen += len(raw)
            for page in Cells(run(analysis, *call, "--table", name, "--format", "html",
                                  "--lang", language)).tables:
                shown = {cell.strip() for row in page for cell in row}
                for value in shown & raw.keys():
                    wrong.append(f"{analysis} {name}: {'/'.join(sorted(raw[value]))} {value} "
                                 f"in html, {language}")
            text = run(analysis, *call, "--table", name, "--width", "1000", "--lang", language)
            for value in raw:
                if (CODE.fullmatch(value) and value not in columns
                        and re.search(rf"(?<![\w-]){value}(?![\w-])", text)):
                    wrong.append(f"{analysis} {name}: {'/'.join(sorted(raw[value]))} {value} "
                                 f"in text, {language}")
    print("\n".join(wrong), end="\n" if wrong else "")
    print(f"{seen} codes")


if __name__ == "__main__":
    main()
