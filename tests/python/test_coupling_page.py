"""The page coupling.md runs as it is written, shows what the tool does, and says whose
operationalisation it is."""
from conftest import TREE, run_page, run_tool

PAGE = TREE / "bindings/python/coupling.md"


def test_the_page_runs(monkeypatch):
    monkeypatch.chdir(TREE)
    assert run_page(PAGE) == 7


def test_the_page_shows_what_the_tool_does():
    page, folder = PAGE.read_text(encoding="utf-8"), TREE / "tests/examples/partnership"
    for arguments in (["--by", "wave", "--table", "indices"],
                      ["--wave", "2025", "--table", "breadth", "--lang", "da"],
                      ["--wave", "2025", "--ci", "bootstrap", "--table", "indices", "--lang", "da"],
                      ["--wave", "2025", "--table", "precondition", "--lang", "da"],
                      ["--wave", "2025", "--table", "context"]):
        said = run_tool("coupling", folder / "survey.csv", "--codebook", folder / "codebook.csv",
                        *arguments).decode()
        assert "\n".join(line.rstrip() for line in said.rstrip().splitlines()) in page, arguments
    assert ("relcoord's own operationalisation, not a published" in page
            and "relcoords egen operationalisering, ikke et" in page)
