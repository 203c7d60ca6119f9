"""What the tests of the Python package share. It is tested as installed, against the tool that was
built with it: RELCOORD is its path, BUILD a scratch folder."""
import contextlib
import csv
import io
import os
import re
import subprocess
from pathlib import Path

import pytest

import relcoord

TREE = Path(__file__).resolve().parents[2]
EXAMPLE = TREE / "tests/examples/clerkship/survey.csv"
TOOL = Path(os.environ["RELCOORD"])


def run_tool(*arguments):
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


BLOCKS = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def run_page(page):
    """Runs the blocks of Python of a page: each prints what stands in the block of text behind it.
    Gives how many there are."""
    space, blocks = {}, BLOCKS.findall(page.read_text(encoding="utf-8"))
    for code, said in blocks:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(code, page.name, "exec"), space)
        assert ([line.rstrip() for line in output.getvalue().rstrip().splitlines()]
                == said.splitlines()), code
    assert all(said for _, said in blocks)
    return len(blocks)


def read_columns(path):
    """A CSV file as a dictionary of lists of text."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return dict(zip(header, map(list, zip(*rows))))


@pytest.fixture(scope="session")
def example_columns():
    """The example survey, its answers as integers."""
    columns = read_columns(EXAMPLE)
    labels = ("respondent", "workgroup", "target")
    return {name: values if name in labels else [int(value) for value in values]
            for name, values in columns.items()}


@pytest.fixture(scope="session")
def example_matrix():
    return run_tool("matrix", EXAMPLE, "--format", "csv").decode()


@pytest.fixture
def survey():
    return relcoord.read_csv(EXAMPLE)


def pytest_terminal_summary(terminalreporter):
    """The line that the other parts of the tests end with, too."""
    counts = {key: len(terminalreporter.stats.get(key, ()))
              for key in ("passed", "failed", "error")}
    terminalreporter.write_line("")
    terminalreporter.write_line(
        f"{counts['passed']} passed, {counts['failed'] + counts['error']} failed")
