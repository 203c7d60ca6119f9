"""Looks for codes of a codebook that people are shown where it has a label: labels.py CODEBOOK
ANALYSIS FILE [OPTION…] writes every table of the analysis with $RELCOORD in every format that
people read, in both languages, and says which cells read as the name of a variable, or as a value,
that the codebook calls something else. Prints how many labels it saw last."""
import csv
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from catalogue import read_catalogue  # noqa: E402  beside this file
from shown import Cells  # noqa: E402
from workbook import read_book  # noqa: E402

DANISH = read_catalogue(Path(__file__).parents[2] / "lib" / "words" / "da.po")
LANGUAGES = {"en": 1, "da": 2}  # and where a value has the label of each, behind its code
MARKS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ¹²³⁴⁵⁶⁷⁸⁹"


def labels_of(path, language):
    """What each code is called, where all that have the code call it something else."""
    called = {}
    with open(path, encoding="utf-8-sig") as file:
        text = file.read()
    for row in csv.DictReader(text.splitlines(), delimiter=";" if ";" in text[:80] else ","):
        label = row.get(f"label_{language}") or row.get("label_en") or ""
        called.setdefault(row["variable"], set()).add(label)
        for value in (row.get("values") or "").split(";"):
            code, *labels = re.split(r"[=|]", value)
            if len(labels) > 1:
                called.setdefault(code.strip(), set()).add(
                    labels[min(LANGUAGES[language], len(labels)) - 1].strip())
        called.setdefault(row.get("scale") or "", set()).add("")  # a scale has no label
    own = {label for labels in called.values() for label in labels}
    return {code: labels for code, labels in called.items()
            if "" not in labels and code not in own and code and not code.isdigit()}


def cells_of(text, form):
    if form == "html":
        return [cell for table in Cells(text).tables for row in table for cell in row]
    text = re.sub(r"\\shortstack\[r\]{(.*?)}", lambda lines: lines[1].replace("\\\\", " "), text)
    apart = {"text": r"  +|\n", "markdown": r" ?\| ?|\n", "latex": r" ?& ?|\\\\|\n"}[form]
    return [cell.replace("\\_", "_") for cell in re.split(apart, text)]


def write(form, language, *words):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"result.{form}"
        done = subprocess.run([os.environ["RELCOORD"], *words, "--lang", language, "--format", form,
                               "--tables", "all", "-o", path], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(words)}: {done.stderr}")
        if form != "xlsx":
            return cells_of(path.read_text(encoding="utf-8"), form)
        return [cell for sheet in read_book(path).values() for cell in sheet.values()
                if isinstance(cell, str)]


def main():
    book, *call = sys.argv[1:]
    headings = {word for context, entry in DANISH.items() if context[0].startswith("heading")
                for word in (context[1], entry)}
    seen = set()
    for language in LANGUAGES:
        labels = {code: called for code, called in labels_of(book, language).items()
                  if code not in headings}
        every = {label for called in labels.values() for label in called}
        for form in ("text", "html", "markdown", "latex", "xlsx"):
            cells = {cell.strip().rstrip(MARKS + " ") for cell in
                     write(form, language, *call, "--codebook", book, *(
                         ["--width", "1000"] if form == "text" else []))}
            for code in sorted(cells & labels.keys()):
                print(f"{form}, {language}: {code}, which is {' or '.join(labels[code])}")
            seen |= cells & every
    print(f"{len(seen)} labels")


if __name__ == "__main__":
    main()
