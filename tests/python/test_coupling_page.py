"""The page coupling.md runs as it is written, shows what the tool does, and says whose operationalisation it is."""
import contextlib
import io

from conftest import TREE, run_tool
from test_evaluation import BLOCKS

PAGE = TREE / "bindings/python/coupling.md"


def test_the_page_runs(monkeypatch):
    monkeypatch.chdir(TREE)
    space, blocks = {}, BLOCKS.findall(PAGE.read_text(encoding="utf-8"))
    for code, said in blocks:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(code, PAGE.name, "exec"), space)
        assert [line.rstrip() for line in output.getvalue().rstrip().splitlines()] == said.splitlines(), code
    assert len(blocks) == 7 and all(said for _, said in blocks)


def test_the_page_shows_what_the_tool_does():
    page, folder = PAGE.read_text(encoding="utf-8"), TREE / "tests/examples/partnership"
    for arguments in (["--by", "wave", "--table", "indices"], ["--wave", "2025", "--table", "breadth", "--lang", "da"],
                      ["--wave", "2025", "--ci", "bootstrap", "--table", "indices", "--lang", "da"],
                      ["--wave", "2025", "--table", "precondition", "--lang", "da"], ["--wave", "2025", "--table", "context"]):
        said = run_tool("coupling", folder / "survey.csv", "--codebook", folder / "codebook.csv", *arguments).decode()
        assert "\n".join(line.rstrip() for line in said.rstrip().splitlines()) in page, arguments
    assert "relcoord's own operationalisation, not a published" in page and "relcoords egen operationalisering, ikke et" in page
