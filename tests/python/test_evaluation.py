"""The page evaluation.md runs as it is written: what each block of Python prints stands in the block of text behind it."""
import contextlib
import io
import re

from conftest import TREE, run_tool

PAGE = TREE / "bindings/python/evaluation.md"
BLOCKS = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def test_the_page_runs(monkeypatch):
    monkeypatch.chdir(TREE)
    space, blocks = {}, BLOCKS.findall(PAGE.read_text(encoding="utf-8"))
    for code, said in blocks:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(code, PAGE.name, "exec"), space)
        assert [line.rstrip() for line in output.getvalue().rstrip().splitlines()] == said.splitlines(), code
    assert len(blocks) == 9 and all(said for _, said in blocks)


def test_the_page_shows_what_the_tool_does():
    page, folder = PAGE.read_text(encoding="utf-8"), TREE / "tests/examples/enplan"
    files = [folder / "survey.csv", "--codebook", folder / "codebook.csv", "--register", folder / "register.csv", "--lang", "da"]
    for arguments in (["response"], ["distribution", "--variables", "sparring,feedback", "--table", "boxes"],
                      ["crosstab", "--rows", "role", "--columns", "relevant"], ["response", "--rake", "area,role", "--table", "raking"]):
        assert run_tool(arguments[0], *files, *arguments[1:]).decode().rstrip() in page, arguments
