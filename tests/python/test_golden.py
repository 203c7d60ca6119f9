"""The golden cases give, through Python, the bytes that the tool gives, and every value to the last
bit."""
import csv
import io
from pathlib import Path

import pytest

import relcoord
from conftest import TREE, run_tool

GOLDEN = TREE / "tests/golden"


def list_runs():
    """Each run of a case whose tables are committed: case, input, analysis, the tool's
    arguments."""
    for runs in sorted(GOLDEN.glob("*/runs")):
        folder = runs.parent
        if not any(folder.glob("*.csv")):
            continue  # R makes its input when it is needed
        given = folder / "input"
        usual = folder / given.read_text().strip() if given.exists() else folder / "input.csv"
        for line in runs.read_text().splitlines():
            expected, _, rest = (line.split(maxsplit=2) + ["", "", ""])[:3]
            if not expected or expected.startswith("#"):
                continue
            analysis, *words = rest.split()
            other = [word[1:] for word in words if word.startswith("@")]
            arguments = [str(folder / word[1:]) if word.startswith("%") else word
                         for word in words if not word.startswith("@")]
            yield pytest.param(folder / other[0] if other else usual, analysis, arguments,
                               id=f"{folder.name}-{expected}")


RUNS = list(list_runs())


def read_arguments(arguments):
    """The options of the analysis, those of reading, and the table asked for, by the registry."""
    described = relcoord.describe().tables["options"]
    reading = {name for purpose, name in zip(described["purpose"], described["option"])
               if purpose == "read"}
    chosen, read, table = {}, {}, None
    words = iter(arguments)
    for word in words:
        name, _, value = word.lstrip("-").replace("-", "_", 1 + word.count("-")).partition("=")
        value = value or next(words)
        if name == "table":
            table = value
        else:
            (read if name in reading else chosen)[name] = value
    return chosen, read, table


def read_value(kind, field):
    if field == "" and kind != "string":
        return None
    return {"string": str, "integer": int, "number": float}[kind](field)


@pytest.mark.parametrize("path, analysis, arguments", RUNS)
def test_same_as_the_tool(path, analysis, arguments, tmp_path):
    expected = run_tool(analysis, path, *arguments, "--format", "csv")
    options, reading, name = read_arguments(arguments)
    result = relcoord.read_csv(path, **reading).run(analysis, **options)
    written = tmp_path / "written.csv"
    result.write(written, table=name)
    assert written.read_bytes() == expected

    table = result.tables[name] if name else next(iter(result.tables.values()))
    header, *rows = csv.reader(io.StringIO(expected.decode()))
    assert [column.name for column in table.columns] == header
    assert len(table) == len(rows) > 0
    for place, column in enumerate(table.columns):
        fields = [read_value(column.type, row[place]) for row in rows]
        assert [value if value is not None or column.type != "string" else ""
                for value in table[column.name]] == fields


def test_there_are_runs_of_every_analysis_that_has_cases():
    asked = {run.values[1] for run in RUNS}
    assert {"matrix", "summary"} <= asked
    assert len({run.values[0] for run in RUNS}) >= 10
