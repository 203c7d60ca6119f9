"""Reads a workbook back with nothing but zip and XML, and holds it cell by cell against the same
result as JSON, codes in words: workbook.py FILE.xlsx FILE.json [da]. Prints what is unlike. A cell
holds 16 digits of a number. Tables without rows have no sheet, and notes and intervals that no row
has no column."""
import json
import re
import sys
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from catalogue import read_catalogue  # noqa: E402  beside this file

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def place(reference):
    letters, row = re.fullmatch(r"([A-Z]+)([0-9]+)", reference).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(row) - 1, column - 1


def read_sheet(root):
    """Cells by place, text as str and numbers as float; empty ones are not there."""
    cells = {}
    for cell in root.iter(MAIN + "c"):
        text = "".join(part.text or "" for part in cell.iter(MAIN + "t"))
        number = cell.find(MAIN + "v")
        if cell.get("t") == "inlineStr":
            cells[place(cell.get("r"))] = text
        elif number is not None:
            cells[place(cell.get("r"))] = float(number.text)
    return cells


def read_book(path):
    book = {}
    with zipfile.ZipFile(path) as archive:
        root = xml.fromstring(archive.read("xl/workbook.xml"))
        targets = {r.get("Id"): r.get("Target")
                   for r in xml.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        styles = xml.fromstring(archive.read("xl/styles.xml"))
        fonts = [font.find(MAIN + "b") is not None for font in styles.find(MAIN + "fonts")]
        bold = [fonts[int(style.get("fontId"))] for style in styles.find(MAIN + "cellXfs")]
        for sheet in root.iter(MAIN + "sheet"):
            part = xml.fromstring(archive.read("xl/" + targets[sheet.get(RELATION)]))
            pane = part.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
            if pane is None or pane.get("state") != "frozen" or pane.get("ySplit") != "1":
                print(f"{sheet.get('name')}: the header is not frozen")
            if not all(bold[int(c.get("s", "0"))] == (place(c.get("r"))[0] == 0)
                       for c in part.iter(MAIN + "c")):
                print(f"{sheet.get('name')}: other cells than the header's are bold")
            book[sheet.get("name")] = read_sheet(part)
    return book


DIMENSIONS = {"factor", "index", "item", "other", "other_factor", "scale"}


def holds_dimensions(table, column):
    return (column in DIMENSIONS
            or column == "variable" and table in ("boxes", "categories", "means"))


def said_in(entries, danish_wanted, context, id):
    english, danish = entries
    if (context, id) not in danish:
        return None
    return danish[context, id] if danish_wanted else english.get((context, id),
                                                                 id.replace("_", " "))


def heading_of(entries, danish, table, column):
    own = column.removeprefix("by_")
    return (said_in(entries, danish, f"heading of {table}", own)
            or said_in(entries, danish, "heading", own) or column)


def in_words(entries, table, column, value):
    """A code of relcoord's own as people are shown it."""
    english, danish = entries
    for context in (f"value of {column}",
                    "value of dimension" if holds_dimensions(table, column) else None, "key"):
        if (context, value) in danish:
            return english.get((context, value), value.replace("_", " "))
    return value


def in_sentences(entries, value):
    """What the codes of a note, or an estimator, mean."""
    english, danish = entries
    if ("estimator", value) in danish:
        return english.get(("estimator", value), value.replace("_", " "))
    said = []
    for code in value.split(";"):
        code, colon, name = code.partition(":")
        if ("code", code) not in danish:
            return value
        said.append(english.get(("code", code), code.replace("_", " ")) + colon.replace(":", ": ")
                    + name)
    return "; ".join(said)


def unlike(value, cell):
    if value is None or isinstance(value, str):
        return cell != (value or None)
    return not isinstance(cell, float) or abs(cell - value) > 1e-15 * abs(value)


def is_for_people(table):
    return table["columns"][-1]["name"] == "note"


# Columns that a column `label` may be of.
LABELLED = ("variable", "item", "outcome", "grouping", "row_variable")


def labels_of(name, columns):
    """The columns of labels, which stand for what they label, by that."""
    of = {column.removesuffix("_label"): c for c, column in enumerate(columns)
          if column.endswith("_label")}
    if "label" in columns and name != "respondents":
        of[next(column for column in LABELLED if column in columns)] = columns.index("label")
    return of


def is_left_out(column, values):
    return ((column == "note" or column.endswith(("_low", "_high")))
            and values and not any(value is not None and value != "" for value in values))


def kept_columns(name, table):
    columns = [column["name"] for column in table["columns"]]
    labels = labels_of(name, columns).values() if is_for_people(table) else ()
    return [c for c, column in enumerate(columns) if c not in labels
            and not is_left_out(column, [row[c] for row in table["rows"]])]


def compare(name, cells, table, entries):
    columns = [column["name"] for column in table["columns"]]
    for_people = is_for_people(table)
    headings = [heading_of(entries, False, name, c) if for_people else c for c in columns]
    labels = labels_of(name, columns) if for_people else {}
    kept = kept_columns(name, table)
    for r, row in enumerate([headings, *table["rows"]]):
        for at, c in enumerate(kept):
            cell, value = cells.pop((r, at), None), row[c]
            if r > 0 and columns[c] in labels and row[labels[columns[c]]]:
                value = row[labels[columns[c]]]
            elif r > 0 and columns[c] in ("note", "estimator") and value:
                value = in_sentences(entries, value)
            elif r > 0 and for_people and isinstance(value, str):
                value = in_words(entries, name, columns[c], value)
            if unlike(value, cell):
                print(f"{name}: row {r + 1}, {columns[c]}: {cell!r}, not {value!r}")
    for extra in cells:
        print(f"{name}: a cell at {extra} too many")


def check_headings(cells, name, table, entries):
    """In Danish the cells are seen by other tests; here the headings."""
    columns = [table["columns"][c]["name"] for c in kept_columns(name, table)]
    for c, column in enumerate(columns):
        heading = heading_of(entries, True, name, column)
        if is_for_people(table) and cells.get((0, c)) != heading:
            print(f"{name}: {cells.get((0, c))!r} heads {column}, not {heading!r}")


def main():
    path, json_path, *language = sys.argv[1:]
    danish = language == ["da"]
    with open(json_path, encoding="utf-8") as file:
        wanted = json.load(file)
    words = Path(__file__).parents[2] / "lib" / "words"
    entries = [read_catalogue(words / f"{language}.po") for language in ("en", "da")]
    book = read_book(path)
    filled = {name: table for name, table in wanted["tables"].items() if table["rows"]}
    if not filled:
        filled = dict(list(wanted["tables"].items())[:1])
    titles = [said_in(entries, danish, "table", name) if is_for_people(table) else name
              for name, table in filled.items()]
    if list(book) != titles + ["noter" if danish else "notes"]:
        print("sheets:", list(book), "not", titles)
        return
    for title, (name, table) in zip(titles, filled.items()):
        if danish:
            check_headings(book[title], name, table, entries)
        else:
            compare(name, book[title], table, entries)
    if danish:
        return
    cells = book["notes"]
    said = [(cells[r, 0], cells.get((r, 1))) for r in range(1, 1 + max(r for r, _ in cells))]
    known = ([("relcoord", wanted["relcoord"]), ("analysis", wanted["analysis"])]
             + [("note", note) for note in wanted["notes"]])
    if said != known:
        print("notes:", said, "not", known)


main()
