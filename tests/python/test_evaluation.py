"""The page evaluation.md runs as it is written: what each block of Python prints stands in the
block of text behind it."""
from conftest import TREE, run_page, run_tool

PAGE = TREE / "bindings/python/evaluation.md"


def test_the_page_runs(monkeypatch):
    monkeypatch.chdir(TREE)
    assert run_page(PAGE) == 11


def test_the_page_shows_what_the_tool_does():
    page, folder = PAGE.read_text(encoding="utf-8"), TREE / "tests/examples/enplan"
    files = [folder / "survey.csv", "--codebook", folder / "codebook.csv", "--register",
             folder / "register.csv", "--lang", "da"]
    for arguments in (["response"],
                      ["distribution", "--variables", "sparring,feedback", "--table", "boxes"],
                      ["crosstab", "--rows", "role", "--columns", "relevant"],
                      ["response", "--rake", "area,role", "--table", "raking"]):
        assert run_tool(arguments[0], *files, *arguments[1:]).decode().rstrip() in page, arguments
