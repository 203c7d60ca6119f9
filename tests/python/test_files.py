"""Files of other programs: the same survey as the tool reads, and workbooks written."""
import zipfile

import pytest

import relcoord
from conftest import EXAMPLE, TREE, run_tool

FOREIGN = TREE / "tests/foreign"
FILES = ["utf8.sav", "packed.zsav", "latin1.sav", "release10.dta", "release15.dta"]


def scores_of(survey):
    return survey.scores().render("csv")


@pytest.mark.parametrize("name", FILES)
def test_the_same_as_the_tool(name):
    expected = run_tool("scores", FOREIGN / name, "--format", "csv").decode()
    assert scores_of(relcoord.read_file(FOREIGN / name)) == expected
    assert scores_of(relcoord.read_file(str(FOREIGN / name), sheet=None)) == expected


def test_csv_and_several():
    assert scores_of(relcoord.read_file(EXAMPLE)) == scores_of(relcoord.read_csv(EXAMPLE))
    both = relcoord.read_file([FOREIGN / "packed.zsav", FOREIGN / "faulty.sav"], invalid="missing")
    assert both.respondents > relcoord.read_file(FOREIGN / "packed.zsav").respondents
    assert "packed.zsav" in repr(both)


def test_a_codebook_has_the_last_word(tmp_path):
    lines = ["variable,role,dimension,values", "respondent,respondent,,",
             "workgroup,workgroup,,1|Doctors;2|Nurses;3|Open",
             "target,target,,3|Open;1|Doctors;2|Nurses", "weight,weight,,"]
    dimensions = ("frequent", "timely", "accurate", "problem_solving", "shared_goals",
                  "shared_knowledge", "mutual_respect")
    lines += [f"{name},item,{name},1=1;2=2;3=3;4=5;5=4;8=dk" for name in dimensions]
    path = tmp_path / "book.csv"
    path.write_text("\n".join(lines) + "\n")
    expected = run_tool("scores", FOREIGN / "utf8.sav", "--codebook", path,
                        "--format", "csv").decode()
    cells = [line.split(",") for line in lines[1:]]
    frame = {name: [cell[i] for cell in cells] for i, name in enumerate(lines[0].split(","))}
    for codebook in (path, frame):  # of a frame nobody but the package knows
        assert scores_of(relcoord.read_file(FOREIGN / "utf8.sav", codebook=codebook)) == expected
    assert "Doctors" in relcoord.read_file(
        FOREIGN / "utf8.sav", codebook=frame).matrix(weights="ignore").render()


def test_workbooks(tmp_path):
    path = tmp_path / "book.xlsx"
    result = relcoord.read_csv(EXAMPLE).matrix()
    result.write(path)
    run_tool("matrix", EXAMPLE, "--format", "xlsx", "-o", tmp_path / "tool.xlsx")
    assert path.read_bytes() == (tmp_path / "tool.xlsx").read_bytes()
    with open(tmp_path / "object.xlsx", "wb") as file:
        result.write(file)
    assert (tmp_path / "object.xlsx").read_bytes() == path.read_bytes()
    result.write(tmp_path / "one.bin", format="xlsx", table="coverage", digits=0)
    with zipfile.ZipFile(tmp_path / "one.bin") as book:
        assert sum("sheets/" in name for name in book.namelist()) == 2
    with pytest.raises(relcoord.UsageError, match="no table 'none'"):
        result.write(path, table="none")
    with pytest.raises(relcoord.UsageError, match="a workbook is no text"):
        result.render("xlsx")


def test_a_sheet_by_its_name(tmp_path):
    relcoord.read_csv(EXAMPLE).data().write(tmp_path / "answers.xlsx")
    with pytest.raises(relcoord.UsageError, match="has no sheet 'none', but 'answers', "):
        relcoord.read_file(tmp_path / "answers.xlsx", sheet="none")
    with pytest.raises(relcoord.DataError) as caught:  # a table of figures is no survey
        relcoord.read_file(tmp_path / "answers.xlsx", sheet="notes")
    assert caught.value.file == str(tmp_path / "answers.xlsx")
    with pytest.raises(relcoord.UsageError, match="only a workbook has sheets"):
        relcoord.read_file(EXAMPLE, sheet="x")
    with pytest.raises(relcoord.UsageError, match="sheet is the name of a sheet, not a int"):
        relcoord.read_file(tmp_path / "answers.xlsx", sheet=1)


def test_faults(tmp_path):
    with pytest.raises(relcoord.DataError, match="'7' is not an answer") as caught:
        relcoord.read_file(FOREIGN / "faulty.sav")
    assert (caught.value.line, caught.value.column) == (3, "timely")
    (tmp_path / "cut.sav").write_bytes((FOREIGN / "utf8.sav").read_bytes()[:900])
    with pytest.raises(relcoord.DataError, match="damaged or truncated"):
        relcoord.read_file(tmp_path / "cut.sav")
    with pytest.raises(relcoord.MissingFileError):
        relcoord.read_file(tmp_path / "none.sav")
    with pytest.raises(relcoord.UsageError, match="files from different programs"):
        relcoord.read_file([FOREIGN / "utf8.sav", EXAMPLE])


def test_what_is_read_is_not_written_over(tmp_path):
    path = tmp_path / "survey.sav"
    path.write_bytes((FOREIGN / "utf8.sav").read_bytes())
    result = relcoord.read_file(path).scores()
    with pytest.raises(relcoord.UsageError):
        result.write(path, format="xlsx")
    assert path.read_bytes() == (FOREIGN / "utf8.sav").read_bytes()


def test_progress_ends_it():
    class Stop(Exception):
        pass

    def stop(share):
        raise Stop

    with pytest.raises(Stop):
        relcoord.read_file(FOREIGN / "utf8.sav", progress=stop)
