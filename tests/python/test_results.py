"""Results: tables into other packages, presenters, files."""
import io
import json
import os
import resource
import signal
import stat
import threading
from xml.etree import ElementTree

import pandas as pd
import pyarrow as pa
import pytest

import relcoord
from conftest import EXAMPLE, run_tool


def same(one, other):
    """The same value to the last bit, or none in both."""
    if one is None or other is None:
        return one is other
    return type(one) is type(other) and one == other


@pytest.fixture
def tables(survey):
    """All tables, with values that are there and that are not of every type."""
    found = [*survey.matrix().tables.values(), *survey.summary().tables.values(),
             *relcoord.describe().tables.values()]
    cells = {(column.type, value is None) for table in found for column in table.columns
             for value in table[column.name]}
    assert {("number", True), ("number", False), ("integer", False), ("string", True),
            ("string", False)} <= cells
    return found


def test_a_table_in_every_form(tables):
    for table in tables:
        columns = table.to_dict()
        assert {len(values) for values in columns.values()} <= {len(table)}
        forms = {
            "polars": table.to_polars().to_dict(as_series=False),
            "pyarrow": pa.table(table).to_pydict(),
            "pandas": {name: [None if pd.isna(value) else value for value in values.tolist()]
                       for name, values in table.to_pandas().items()},
        }
        for form, others in forms.items():
            assert list(others) == list(columns), form
            for name, values in columns.items():
                assert all(map(same, values, others[name])), (form, table.name, name)


def test_types_do_not_depend_on_the_values(tables):
    for table in tables:
        dtypes = table.to_pandas().dtypes
        for column in table.columns:
            assert str(dtypes[column.name]) == {"string": "string", "integer": "Int64",
                                                "number": "float64"}[column.type]


def test_values_are_those_of_json(survey):
    written = json.loads(survey.matrix().render("json"))["tables"]
    for name, table in survey.matrix().tables.items():
        rows = list(map(list, zip(*table.to_dict().values())))
        assert rows == written[name]["rows"]


def test_a_result_outlives_its_survey_and_a_table_its_result():
    table = relcoord.read_csv(EXAMPLE).matrix().tables["cells"]
    assert table["workgroup"][0] == "nurses"
    stream = relcoord.read_csv(EXAMPLE).matrix().tables["cells"].__arrow_c_stream__()
    assert "arrow_array_stream" in repr(stream)


def test_a_table_is_looked_up(survey):
    tables = survey.matrix().tables
    with pytest.raises(KeyError):
        tables["cellz"]
    with pytest.raises(KeyError):
        tables["cells"]["meen"]
    with pytest.raises(TypeError):
        tables["cells"] = None
    column = tables["cells"].columns[0]
    assert repr(column) == "Column('workgroup', 'string', 'key')"


def test_presenters_are_the_tools(survey):
    for format in ("text", "csv", "json", "html", "markdown"):
        assert survey.matrix().render(format).encode() == run_tool(
            "matrix", EXAMPLE, "--format", format, "--lang", "en")
    assert repr(survey.matrix()) == survey.matrix().render("text").rstrip("\n")
    assert "<table" in survey.matrix()._repr_html_()
    danish = survey.matrix().render("text", lang="da", width=100)
    assert danish.encode() == run_tool("matrix", EXAMPLE, "--lang", "da", "--width", "100")
    assert repr(survey.matrix().tables["coverage"]) != repr(survey.matrix())
    assert "<table" in survey.matrix().tables["coverage"]._repr_html_()


def test_a_network_is_a_graph(survey, tmp_path):
    survey.network().write(tmp_path / "net.graphml")
    graph = ElementTree.parse(tmp_path / "net.graphml").getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert [node[0].text for node in graph.iter(space + "node")] == ["nurses", "students"]
    assert len(list(graph.iter(space + "edge"))) == 2
    with pytest.raises(relcoord.UsageError, match="no network"):
        survey.matrix().render("graphml")


def test_notes(survey):
    notes = survey.matrix().notes
    assert notes and list(notes) == json.loads(survey.matrix().render("json"))["notes"]
    assert survey.matrix().analysis == "matrix"


# ---- Writing

@pytest.mark.parametrize("suffix, format", [
    ("txt", "text"), ("text", "text"), ("csv", "csv"), ("CSV", "csv"), ("json", "json"),
    ("html", "html"), ("htm", "html"), ("md", "markdown"), ("markdown", "markdown"),
])
def test_the_suffix_names_the_format(survey, tmp_path, suffix, format):
    for path in (tmp_path / f"a.{suffix}", str(tmp_path / f"b.{suffix}"),
                 os.fsencode(tmp_path / f"c.{suffix}")):
        survey.matrix().write(path)
        with open(path, "rb") as file:
            assert file.read().decode() == survey.matrix().render(format)


def test_a_format_that_is_none(survey, tmp_path):
    for path in ("a.docx", "a", "csv"):
        with pytest.raises(relcoord.UsageError, match="format"):
            survey.matrix().write(tmp_path / path)
    with pytest.raises(relcoord.UsageError, match="json"):
        survey.matrix().write(tmp_path / "a.csv", "jsn")
    with pytest.raises(relcoord.OptionError, match="cells"):
        survey.matrix().write(tmp_path / "a.csv", table="cels")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def largest_file():
    """Has files of more than some bytes fail, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_is_whole_or_as_it_was(survey, tmp_path, largest_file):
    path = tmp_path / "a.csv"
    path.write_text("before")
    matrix = survey.matrix()
    largest_file(1000)
    with pytest.raises(relcoord.FileError, match="a.csv: cannot be written: too large"):
        matrix.write(path)
    assert path.read_text() == "before" and list(tmp_path.iterdir()) == [path]
    largest_file(resource.RLIM_INFINITY)
    matrix.write(path)
    assert path.read_text() == matrix.render("csv")


def test_a_file_keeps_its_mode(survey, tmp_path):
    path = tmp_path / "a.csv"
    umask = os.umask(0o022)
    try:
        survey.matrix().write(path)
    finally:
        os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o600)
    survey.matrix().write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(survey, tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "target.csv")
    for _ in range(2):
        survey.matrix().write(tmp_path / "link.csv")
        assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "target.csv").is_file()
    with pytest.raises(OSError):
        survey.matrix().write(tmp_path / "no folder" / "a.csv")
    with pytest.raises(relcoord.UsageError, match="NUL"):
        survey.matrix().write("a\0.csv")
    survey.matrix().write("/dev/null", "csv")


def test_a_pipe_is_written_in_place(survey, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text()))
    reader.start()
    survey.matrix().write(tmp_path / "pipe", "csv")
    reader.join()
    assert read == [survey.matrix().render("csv")] and (tmp_path / "pipe").is_fifo()


def test_what_is_read_is_not_written_over(tmp_path):
    path, book, people = tmp_path / "survey.csv", tmp_path / "book.csv", tmp_path / "people.csv"
    path.write_bytes(EXAMPLE.read_bytes())
    book.write_text("variable,role,dimension\nrespondent,respondent,\nworkgroup,workgroup,\n"
                    "target,target,\nfrequent,item,frequent\n")
    rows = [line.split(",")[:2] for line in path.read_text().splitlines()]
    people.write_text("".join(f"{','.join(row)}\n" for row in dict.fromkeys(map(tuple, rows))))
    (tmp_path / "link.csv").symlink_to(path)
    os.link(path, tmp_path / "hard.csv")
    result = relcoord.read_csv(path, codebook=book, register=people).matrix()
    for name in (path, book, people, tmp_path / "link.csv", tmp_path / "hard.csv"):
        before = name.read_bytes()
        with pytest.raises(relcoord.UsageError, match="were read, and is not written over"):
            result.write(name)
        assert name.read_bytes() == before
    with pytest.raises(relcoord.UsageError, match="were read"):
        relcoord.codebook(path).write(path)
    assert path.read_bytes() == EXAMPLE.read_bytes()


def test_writing_can_be_stopped(survey, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("before")
    shares = []
    survey.data().write(path, progress=shares.append)
    assert shares and shares[-1] == 1 and set(shares) <= {None, 0, 1}
    path.write_text("before")

    def stop(share):
        raise KeyboardInterrupt

    for write in (lambda: survey.data().write(path, progress=stop),
                  lambda: survey.data().render(progress=stop)):
        with pytest.raises(KeyboardInterrupt):
            write()
    assert path.read_text() == "before" and list(tmp_path.iterdir()) == [path]


def test_an_interrupt_ends_waiting_for_a_reader(survey, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        survey.matrix().write(tmp_path / "pipe", "csv")
    timer.join()


def test_objects_to_write_to(survey):
    file = io.BytesIO()
    survey.matrix().write(file, "csv")
    assert file.getvalue().decode() == survey.matrix().render("csv")
    with pytest.raises(relcoord.UsageError, match="format"):
        survey.matrix().write(file)


def test_a_plot_is_drawn_where_the_library_can(survey):
    from relcoord._registry import formats

    if "svg" in formats:
        drawing = survey.matrix().plot()
        assert drawing.startswith("<svg") and drawing._repr_svg_() == drawing
    else:
        with pytest.raises(relcoord.RelcoordError, match="svg"):
            survey.matrix().plot()


# ---- What a survey and a result say of themselves

def test_a_survey_says_how_large_it_is(tmp_path, survey):
    assert (survey.rows, survey.ties) == (len(EXAMPLE.read_text().splitlines()) - 1, survey.rows)
    assert survey.respondents == len(
        {line.split(",")[0] for line in EXAMPLE.read_text().splitlines()[1:]})
    assert (f"{survey.rows} rows, {survey.respondents} respondents, {survey.ties} ties"
            in repr(survey))
    path = tmp_path / "survey.csv"
    path.write_text(EXAMPLE.read_text().replace(",", ";"))
    noted = relcoord.read_csv(path)
    assert noted.notes and all(note in repr(noted) for note in noted.notes)
    assert set(noted.notes) <= set(noted.matrix().notes)


def test_a_result_gives_back_its_options(survey):
    asked = {"by": ["workgroup"], "confidence": 0.9, "weights": "ignore"}
    options = survey.matrix(**asked, threads=2).options
    assert {name: options[name] for name in asked} == {**asked, "by": ("workgroup",)}
    written = json.loads(survey.matrix(**asked).render("json"))["options"]
    assert set(options) == set(written) and "threads" not in options
    assert {name: value or None for name, value in written.items()} == {
        name: list(value) if isinstance(value, tuple) else value or None
        for name, value in options.items()}
    assert survey.matrix(**options).render("json") == survey.matrix(**asked).render("json")
    with pytest.raises(TypeError):
        options["by"] = None
    assert dict(relcoord.describe().options) == {}


def test_lists_hold_any_name():
    from relcoord._options import make_options, split_list
    from relcoord._core import lib, text

    for names in (("a,b",), ("a\\", "b"), ("\\,", ",", "x y"), ("æ,", "\\\\")):
        options = make_options("matrix", {"by": names})
        assert split_list(text(lib.relcoord_options_get(options, b"by"))) == names
    assert split_list(" a , b,, ") == ("a", "b") and split_list("") == ()


def test_an_analysis_reads_as_it_wants(tmp_path):
    path = tmp_path / "bad.csv"
    header, first, *rest = EXAMPLE.read_text().splitlines(keepends=True)
    path.write_text(header + first + first + "".join(rest).replace(",5\n", ",6\n", 1))
    with pytest.raises(relcoord.DataError):
        relcoord.read_csv(path)
    expected = run_tool("quality", path, "--format", "csv", "--table", "problems").decode()
    frame = pd.read_csv(path)
    result = relcoord.quality(path)
    assert (result.render("csv", table="problems") == expected
            and len(result.tables["problems"]) == 2)
    with open(path) as file:
        assert (relcoord.quality(file).tables["problems"].to_dict()
                == result.tables["problems"].to_dict())
    for source in ([path], frame, frame.to_dict("list")):
        assert (relcoord.quality(source).tables["problems"]["problem"]
                == result.tables["problems"]["problem"])
    with pytest.raises(relcoord.DataError):
        relcoord.quality(path, duplicates="stop")
    with pytest.raises(relcoord.OptionError, match="separater"):
        relcoord.quality(path, separater="comma")
    survey = relcoord.read_csv(EXAMPLE)
    with pytest.raises(relcoord.UsageError, match="survey already"):
        relcoord.quality(survey)
    assert any("stop" in note for note in survey.quality().notes), survey.quality().notes
