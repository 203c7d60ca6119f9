"""Composed codebooks, filled in at random: composed.py RELCOORD, in an empty folder. Says which
tables stay empty: of coupling none may, of the other analyses none without saying why. No two
columns of a book may have one label."""
import csv
import json
import random
import subprocess
import sys

RELCOORD = sys.argv[1]
LEVELS = "individual;group;organisation;management"
COMPOSITIONS = [
    ("rc,coupling-short,context,outcome", "Jobcenter;Socialafdeling", LEVELS),
    ("outcome,context,coupling-full,rc", "job|Job centre|Jobcenter;soc|Social services|"
     "Socialafdeling;edu|Education|Uddannelse", "gruppe;ledelse"),
    ("rc,coupling-short,rc-context,collaboration-form,outcome,trust,social-capital,"
     "collective-wisdom,implementation", "A b;C d;E f;G h", "individ;team|Team|Team"),
]
PEOPLE = 120


def run(*arguments):
    done = subprocess.run([RELCOORD, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{' '.join(arguments)}: {done.returncode}, {done.stderr.strip()}")
        return None
    return done.stdout


def values_of(cell):
    return [entry.split("|")[0].split("=")[0] for entry in cell.split(";") if entry]


def rows_of_column(book, column):
    """The row of a book that describes a column of the form: an exact one before a pattern."""
    exact = [row for row in book if row["variable"] == column]
    return exact or [row for row in book if row["variable"].endswith("_{target}")
                     and column.startswith(row["variable"][:-len("{target}")])]


def fill_in(book, columns, draw):
    """People in workgroups and units, who leave out one answer in twenty."""
    for number in range(PEOPLE):
        cells = []
        for column in columns:
            row = rows_of_column(book, column)[0]
            given = values_of(row["values"])
            cells.append(f"p{number}" if row["role"] == "respondent"
                         else f"unit {draw.randrange(4)}" if row["role"] == "unit"
                         else "" if row["role"] in ("item", "outcome") and draw.random() < .05
                         else draw.choice(given))
        yield cells


def check_labels(book, name):
    for language in ("label_en", "label_da"):
        seen = {}
        for row in book:
            label = row[language]
            if label and seen.setdefault(label, row["variable"]) != row["variable"]:
                print(f"{name}: {row['variable']} and {seen[label]} are both '{label}'")


def check_tables(analysis, arguments, name, lang, none_empty):
    """Rows by the tables of JSON; a reason by a page that leaves nothing out."""
    written = run(analysis, *arguments, "--format", "json")
    if written is None:
        return
    empty = [table for table, content in json.loads(written)["tables"].items()
             if not content["rows"]]
    for table in empty:
        page = run(analysis, *arguments, "--table", table, "--lang", lang)
        reason = "ingen rækker: " if lang == "da" else "no rows: "
        if none_empty or (page is not None and reason not in " ".join(page.split())):
            print(f"{name}: {analysis}, table {table} is empty ({lang})")


def check(number, builtins, targets, levels):
    draw = random.Random(f"{number}")
    book_file, form_file, data_file = (f"{kind}{number}.csv" for kind in ("book", "form", "data"))
    run("codebook", "--builtin", builtins, "--targets", targets, "--levels", levels,
        "-o", book_file, "--form", form_file)
    with open(book_file, encoding="utf-8", newline="") as file:
        book = list(csv.DictReader(file))
    with open(form_file, encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    check_labels(book, builtins)
    with open(data_file, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *fill_in(book, columns, draw)])
    described = json.loads(run("analyses", "--format", "json"))["tables"]["analyses"]["rows"]
    for analysis in [row[0] for row in described]:
        if analysis in ("compare", "response"):  # need two waves, and who was invited
            continue
        more = {"crosstab": ["--rows", "role", "--columns", "unit"],
                "regression": ["--outcome", "robust_results"]}.get(analysis, [])
        for lang in ("en", "da"):
            check_tables(analysis, [data_file, "--codebook", book_file, *more], builtins, lang,
                         analysis == "coupling")


for place, composition in enumerate(COMPOSITIONS):
    check(place, *composition)
