"""Frames of every kind give what the file gives; what they cannot hold is refused by column and
row."""
import array
import datetime
import decimal
import fractions

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import relcoord
from conftest import EXAMPLE, run_tool

IDS = ["respondent", "workgroup", "target"]


def matrix_of(frame, **options):
    return relcoord.Survey(frame, **options).matrix().render("csv")


# ---- Frames

FRAMES = {
    "pandas": lambda c: pd.DataFrame(c),
    "pandas, objects": lambda c: pd.DataFrame(c).astype(object),
    "pandas, categorical": lambda c: pd.DataFrame(c).astype({name: "category" for name in c}),
    "pandas, unused categories": lambda c: pd.DataFrame(c).assign(
        target=lambda f: f["target"].astype(
            pd.CategoricalDtype(["z", "nobody", *sorted(set(c["target"]))]))),
    "pandas, nullable": lambda c: pd.DataFrame(c).convert_dtypes(),
    "pandas, of Arrow": lambda c: pd.DataFrame(c).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, Arrow in pieces": lambda c: pd.concat(
        [part.convert_dtypes(dtype_backend="pyarrow")
         for part in (pd.DataFrame(c)[:99], pd.DataFrame(c)[99:])]),
    "pandas, rows together": lambda c: pd.concat(
        [pd.DataFrame(c)[IDS], pd.DataFrame(np.array([c[n] for n in c if n not in IDS]).T.copy(),
                                            columns=list(c)[3:])], axis=1),
    "pandas, reversed twice": lambda c: pd.DataFrame(c)[::-1][::-1],
    "pandas, floats": lambda c: pd.DataFrame(c).astype(
        {name: "float64" for name in c if name not in IDS}),
    "pandas, halves": lambda c: pd.DataFrame(c).astype(
        {name: "float16" for name in c if name not in IDS}),
    "pandas, other endian": lambda c: pd.DataFrame(
        {n: np.array(v, dtype=">i4") if n not in IDS else v for n, v in c.items()}),
    "pandas, sparse": lambda c: pd.DataFrame(c).assign(
        timely=lambda f: pd.arrays.SparseArray(f["timely"])),
    "polars": lambda c: pl.DataFrame(c),
    "polars, categorical": lambda c: pl.DataFrame(c).with_columns(pl.col(IDS).cast(pl.Categorical)),
    "polars, enum": lambda c: pl.DataFrame(c).with_columns(
        pl.col("target").cast(pl.Enum(["none", *sorted(set(c["target"]))]))),
    "polars, in pieces": lambda c: pl.concat([pl.DataFrame(c)[:50], pl.DataFrame(c)[50:]],
                                             rechunk=False),
    "pyarrow": lambda c: pa.table(c),
    "pyarrow batch": lambda c: pa.RecordBatch.from_pydict(c),
    "pyarrow dictionary": lambda c: pa.table(
        {n: pa.array(v).dictionary_encode() for n, v in c.items()}),
    "pyarrow in pieces": lambda c: pa.concat_tables(
        [pa.table(c).slice(0, 31), pa.table(c).slice(31)]),
    "pyarrow reader": lambda c: pa.table(c).to_reader(max_chunksize=100),
    "DuckDB": lambda c: duckdb.sql(f"select * from read_csv('{EXAMPLE}')"),
    "lists": dict,
    "tuples": lambda c: {n: tuple(v) for n, v in c.items()},
    "generators": lambda c: {n: (x for x in v) for n, v in c.items()},
    "numpy": lambda c: {n: np.array(v) for n, v in c.items()},
    "numpy, small": lambda c: {n: np.array(v, dtype="i1") if n not in IDS else np.array(v)
                               for n, v in c.items()},
    "numpy, every other": lambda c: {n: np.repeat(np.array(v), 2)[::2] for n, v in c.items()},
    "array.array": lambda c: {n: array.array("b", v) if n not in IDS else v for n, v in c.items()},
    "memoryview": lambda c: {n: memoryview(array.array("d", v)) if n not in IDS else v
                             for n, v in c.items()},
    "of pandas' Series": lambda c: {n: pd.Series(v) for n, v in c.items()},
    "of pandas' Categoricals": lambda c: {n: pd.Categorical(v) for n, v in c.items()},
    "of polars' Series": lambda c: pl.DataFrame(c).to_dict(),
    "of polars' Series in pieces": lambda c: pl.concat([pl.DataFrame(c)[:50], pl.DataFrame(c)[50:]],
                                                       rechunk=False).to_dict(),
    "of pyarrow's arrays": lambda c: {n: pa.array(v) for n, v in c.items()},
    "of pyarrow's pieces": lambda c: {n: pa.chunked_array([v[:9], v[9:]]) for n, v in c.items()},
    "of all kinds": lambda c: {
        n: kind(v)
        for (n, v), kind in zip(c.items(), [list, pd.Series, pa.array, pl.Series] * 3)},
}


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_a_frame_gives_what_its_file_gives(make, example_columns, example_matrix):
    assert matrix_of(make(example_columns)) == example_matrix


def test_columns_of_a_frame_are_lent(example_columns):
    """Numbers and codes in one piece reach the library at the address where the frame has them."""
    from relcoord._core import ffi
    from relcoord._frame import Batch, name_columns

    frame = pd.DataFrame(example_columns).astype({"target": "category", "timely": "Int64"})
    batch = Batch(name_columns(frame))
    children = {name: child
                for (name, _), child in zip(batch.columns,
                                            batch.array.children[0:len(batch.columns)])}
    expected = {
        "accurate": frame["accurate"].to_numpy(),
        "target": frame["target"].array.codes,
        "timely": frame["timely"].array.to_numpy(dtype="int64"),
    }
    for name, values in expected.items():
        assert (int(ffi.cast("uintptr_t", children[name].buffers[1]))
                == values.__array_interface__["data"][0])


# ---- Values

def tie(**changed):
    """Two respondents about one target."""
    items = ["frequent", "timely", "accurate", "problem_solving", "shared_goals",
             "shared_knowledge", "mutual_respect"]
    return {"respondent": [1, 2], "workgroup": ["a", "a"], "target": ["a", "a"],
            **{name: [4, 5] for name in items}, **changed}


MISSING = {
    "None": lambda: [4, None],
    "NaN": lambda: [4, float("nan")],
    "only NaN of floats": lambda: [4.0, float("nan")],
    "numpy's NaN": lambda: np.array([4, np.nan]),
    "float32": lambda: np.array([4, np.nan], dtype="f4"),
    "numpy's objects": lambda: np.array([4, None], dtype=object),
    "numpy's NaT": lambda: [4, np.datetime64("NaT")],
    "numpy's mask": lambda: np.ma.array([4, 5], mask=[False, True]),
    "NaT": lambda: [4, pd.NaT],
    "NA": lambda: [4, pd.NA],
    "Int64": lambda: pd.array([4, None], dtype="Int64"),
    "Int8": lambda: pd.Series([4, None], dtype="Int8"),
    "Float64": lambda: pd.array([4, None], dtype="Float64"),
    "string": lambda: pd.array(["4", None], dtype="string"),
    "empty text": lambda: ["4", ""],
    "Decimal": lambda: [decimal.Decimal(4), decimal.Decimal("nan")],
    "mixed text": lambda: [4, ""],
    "categorical": lambda: pd.Categorical([4, None], categories=[1, 4, 5]),
    "categorical text": lambda: pd.Categorical(["4", None]),
    "polars": lambda: pl.Series([4, None]),
    "pyarrow": lambda: pa.array([4, None]),
}


@pytest.mark.parametrize("make", MISSING.values(), ids=MISSING)
def test_every_way_to_be_missing(make):
    assert matrix_of(tie(timely=make())) == matrix_of(tie(timely=["4", ""])) != matrix_of(tie())


def test_a_column_of_nothing():
    nothing = matrix_of(tie(timely=["", ""]))
    for values in ([None, None], [pd.NaT, pd.NA], np.array([np.nan, np.nan]), pa.nulls(2),
                   pd.Categorical([None, None])):
        assert matrix_of(tie(timely=values)) == nothing


NUMBERS = {
    "float": [4.0, 5.0], "fraction": [fractions.Fraction(4), 5],
    "decimal": [decimal.Decimal("4.0"), 5], "numpy scalars": [np.int8(4), np.float32(5)],
    "text": ["4", 5], "uint64": np.array([4, 5], dtype="u8"),
    "longdouble": np.array([4, 5], dtype=np.longdouble),
}


@pytest.mark.parametrize("values", NUMBERS.values(), ids=NUMBERS)
def test_every_way_to_be_a_number(values):
    assert matrix_of(tie(timely=values)) == matrix_of(tie())


REFUSED = {
    "bool": (lambda: [4, True], 2, "bool"),
    "date": (lambda: [4, datetime.date(2024, 2, 29)], 2, "date"),
    "datetime64": (lambda: np.array(["NaT", "2024-02-29"], dtype="M8[ns]"), 2, "datetime64"),
    "Timestamp": (lambda: pd.Series(pd.to_datetime([None, "2024-02-29"])), 2, "Timestamp"),
    "with a zone": (lambda: pd.Series(pd.to_datetime(["2024-02-29"] * 2, utc=True)),
                    1, "Timestamp"),
    "period": (lambda: pd.Series(pd.period_range("2024", periods=2, freq="Y")), 1, "Period"),
    "timedelta": (lambda: pd.Series(pd.to_timedelta([1, 2])), 1, "Timedelta"),
    "interval": (lambda: pd.Series(pd.interval_range(0, 2)), 1, "Interval"),
    "bytes": (lambda: [4, b"5"], 2, "bytes"),
    "complex": (lambda: [4, 5j], 2, "complex"),
    "list": (lambda: [[4], [5]], 1, "list"),
    "two dimensions": (lambda: np.array([[4], [5]]), 1, "ndarray"),
    "category": (lambda: pd.Categorical([None, b"5"], categories=[b"5"]), 2, "bytes"),
    "half a character": (lambda: ["4", "\ud800"], 2, "Unicode"),
}


@pytest.mark.parametrize("make, row, word", REFUSED.values(), ids=REFUSED)
def test_what_is_no_answer_is_refused_by_column_and_row(make, row, word):
    with pytest.raises(relcoord.DataError) as caught:
        relcoord.Survey(tie(timely=make()))
    assert (caught.value.column, caught.value.row) == ("timely", row)
    assert word in caught.value.message
    matrix_of(tie(other=make()))  # a column that is not used is not looked at


# Whether the first of two people is in a group, and the second is not or nobody knows.
BOOLEANS = {
    "bools": lambda: [True, False],
    "bools of numpy": lambda: np.array([True, False]),
    "every other bool": lambda: np.array([True, True, False, False])[::2],
    "scalars of numpy": lambda: [np.True_, np.False_],
    "bools as objects": lambda: np.array([True, False], dtype=object),
    "bools of pandas": lambda: pd.Series([True, False]),
    "nullable bools": lambda: pd.array([True, False], dtype="boolean"),
    "bools of Arrow in pandas": lambda: pd.Series([True, False], dtype="bool[pyarrow]"),
    "categorical bools": lambda: pd.Categorical([True, False]),
    "a view of bools": lambda: memoryview(np.array([True, False])),
}
MISSING_BOOLEANS = {
    "None": lambda: [True, None],
    "NaN": lambda: [True, float("nan")],
    "NA": lambda: [True, pd.NA],
    "nullable": lambda: pd.array([True, None], dtype="boolean"),
    "of Arrow in pandas": lambda: pd.Series([True, None], dtype="bool[pyarrow]"),
    "categorical": lambda: pd.Categorical([True, None]),
    "polars": lambda: pl.Series([True, None]),
    "pyarrow": lambda: pa.array([True, None]),
}
MEMBERSHIP = "variable,role,dimension,label_en\nnight,group,shift,Night\nday,group,shift,Day\n"


@pytest.fixture
def membership(tmp_path):
    path = tmp_path / "membership.csv"
    known = "".join(f"{name},{role},{item},\n" for name, role, item in
                    [(name, name, "") for name in IDS]
                    + [(name, "item", name) for name in list(tie())[3:]])
    path.write_text(MEMBERSHIP + known)
    return path


@pytest.mark.parametrize("make", BOOLEANS.values(), ids=BOOLEANS)
def test_booleans_say_who_is_in_a_group(make, membership):
    def by_shift(night, day):
        return relcoord.Survey(tie(night=night, day=day),
                               codebook=membership).matrix(by="shift").render("csv")

    expected = by_shift([1, 0], [1, 1])
    assert by_shift(make(), [True, True]) == expected != by_shift([0, 1], [1, 1])
    for frame in (pd.DataFrame, pl.DataFrame, pa.table):
        columns = tie(night=[True, False], day=[True, True])
        assert relcoord.Survey(frame(columns),
                               codebook=membership).matrix(by="shift").render("csv") == expected


@pytest.mark.parametrize("make", MISSING_BOOLEANS.values(), ids=MISSING_BOOLEANS)
def test_missing_booleans_are_as_in_a_file(make, membership):
    def by_shift(night):
        return relcoord.Survey(tie(night=night, day=[1, 1]),
                               codebook=membership).matrix(by="shift").render("csv")

    assert by_shift(make()) == by_shift(["1", ""])


def test_many_booleans_keep_their_places(membership):
    flags = [place % 3 == 0 or place % 7 == 1 for place in range(1000)]
    columns = {name: list(range(1000)) if name == "respondent" else [values[0]] * 1000
               for name, values in tie().items()}
    numbers, words = ({**columns, "night": night, "day": [1] * 1000}
                      for night in ([int(flag) for flag in flags], flags))
    results = [relcoord.Survey(frame, codebook=membership).matrix(by="shift").render("csv")
               for frame in (numbers, words)]
    assert results[0] == results[1]


@pytest.mark.parametrize("frame", [
    pa.table(tie(timely=[True, False])), pl.DataFrame(tie(timely=[True, False])),
    pa.table(tie(timely=[datetime.date(2024, 2, 29)] * 2)), pl.DataFrame(tie(timely=[[4], [5]])),
    {**tie(), "timely": pa.array([True, False])},
    *({**tie(), "timely": make()} for make in BOOLEANS.values()),
    pl.DataFrame({**tie(), "timely": pl.Series([object(), object()], dtype=pl.Object)}),
], ids=["bools of pyarrow", "of polars", "dates", "lists", "an array of bools", *BOOLEANS,
        "objects of polars"])
def test_arrows_other_types_are_refused_by_column(frame):
    with pytest.raises(relcoord.DataError) as caught:
        relcoord.Survey(frame)
    assert caught.value.column == "timely"
    assert "Arrow type" in caught.value.message


def test_an_answer_off_the_scale_has_its_row():
    for frame in (tie(timely=[4, 7]), pd.DataFrame(tie(timely=[4, 7])),
                  pl.DataFrame(tie(timely=[4, 7])), tie(timely=pd.Categorical([4, 7]))):
        with pytest.raises(relcoord.DataError, match="'7'") as caught:
            relcoord.Survey(frame)
        assert (caught.value.column, caught.value.row, caught.value.line) == ("timely", 2, None)


def test_ids_keep_all_their_digits():
    ids = [2**53, 2**53 + 1]
    for values in (ids, np.array(ids), pd.array(ids, dtype="Int64"), pa.array(ids),
                   [2**80, 2**80 + 1]):
        survey = relcoord.Survey(tie(respondent=values))
        assert survey.matrix().tables["cells"]["n"][0] == 2


def test_what_is_no_frame():
    for frame in (None, 3, "answers.csv", [1, 2], [tie()], np.zeros((2, 2)), pl.LazyFrame(tie())):
        with pytest.raises(relcoord.UsageError, match="frame"):
            relcoord.Survey(frame)
    for column in (5, "text", b"bytes", {}):
        with pytest.raises(relcoord.UsageError, match="sequence"):
            relcoord.Survey(tie(timely=column))
    with pytest.raises(relcoord.UsageError, match="'timely' has 1 values, 'respondent' 2"):
        relcoord.Survey(tie(timely=[4]))
    for empty in ({}, pd.DataFrame(), pl.DataFrame(), {name: [] for name in tie()}):
        with pytest.raises(relcoord.DataError):
            relcoord.Survey(empty)


# ---- Codebooks

CODEBOOK = """variable,role,scale,dimension,target,level,values
person,respondent,,,,,
group,workgroup,,,,,
about,target,,,,,
q1,item,rc,frequent,,,1=5;2=4;3=3;4=2;5=1;8=dk
"""


# The same as a frame of every kind; q1's values are long enough for text that Arrow keeps apart.
CELLS = {name: list(cells)
         for name, *cells in zip(*(line.split(",") for line in CODEBOOK.splitlines()))}
BOOKS = {
    "lists": lambda: CELLS,
    "None": lambda: {name: [cell or None for cell in cells] for name, cells in CELLS.items()},
    "numpy": lambda: {name: np.array(cells) for name, cells in CELLS.items()},
    "a column of NaN": lambda: {**CELLS, "level": [float("nan")] * 4},
    "pandas": lambda: pd.DataFrame(CELLS),
    "pandas, categorical": lambda: pd.DataFrame(CELLS).astype("category"),
    "pandas, of Arrow": lambda: pd.DataFrame(CELLS).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, NA": lambda: pd.DataFrame(CELLS).replace("", pd.NA),
    "polars": lambda: pl.DataFrame(CELLS),
    "polars, categorical": lambda: pl.DataFrame(CELLS).with_columns(
        pl.col("role").cast(pl.Categorical)),
    "polars, nulls": lambda: pl.DataFrame(CELLS).with_columns(level=None),
    "polars, a slice": lambda: pl.DataFrame({n: ["x", *c] for n, c in CELLS.items()}).slice(1),
    "polars, in pieces": lambda: pl.concat([pl.DataFrame(CELLS)[:2], pl.DataFrame(CELLS)[2:]],
                                           rechunk=False),
    "pyarrow": lambda: pa.table(CELLS),
    "pyarrow, large text": lambda: pa.table({n: pa.array(c, pa.large_string())
                                             for n, c in CELLS.items()}),
    "pyarrow, dictionary": lambda: pa.table({n: pa.array(["x", *c]).dictionary_encode()[1:]
                                             for n, c in CELLS.items()}),
    "pyarrow, a slice": lambda: pa.table({n: ["x", *c] for n, c in CELLS.items()}).slice(1),
    "of pyarrow's arrays": lambda: {name: pa.array(cells) for name, cells in CELLS.items()},
    "DuckDB": lambda: duckdb.sql(
        f"values {','.join(str(row) for row in zip(*CELLS.values()))}").project(
            ", ".join(f"col{place} as {name}" for place, name in enumerate(CELLS))),
}


def test_a_codebook_of_numbers(tmp_path):
    """A level is a number in many a frame; the library reads it as the text that a file has."""
    levels = {**CELLS, "level": [1, 2, 3, 4]}
    path = tmp_path / "levels.csv"
    pd.DataFrame(levels).to_csv(path, index=False)
    answers = {"person": [1], "group": ["a"], "about": ["b"], "q1": [1]}
    outcomes = []
    for book in (path, levels, pd.DataFrame(levels), pl.DataFrame(levels), pa.table(levels),
                 {**levels, "level": [1.0, 2.0, 3.0, 4.0]}):
        try:
            outcomes.append(matrix_of(answers, codebook=book))
        except relcoord.DataError as error:
            outcomes.append((error.message, error.line, error.column))
    assert all(outcome == outcomes[0] for outcome in outcomes), outcomes


def test_what_is_no_codebook():
    answers = {"person": [1], "group": ["a"], "about": ["b"], "q1": [1]}
    for book in (3, [1], CODEBOOK.splitlines(), object()):
        with pytest.raises(relcoord.UsageError, match="frame"):
            relcoord.Survey(answers, codebook=book)
    with pytest.raises(relcoord.UsageError, match="differ in length"):
        relcoord.Survey(answers, codebook={**CELLS, "role": ["respondent"]})
    with pytest.raises(relcoord.DataError, match="^codebook: row 2: level: .*date") as caught:
        relcoord.Survey(answers, codebook={
            **CELLS, "level": [None, datetime.date(2024, 2, 29), None, None]})
    assert (caught.value.row, caught.value.column) == (2, "level")
    with pytest.raises(relcoord.DataError, match="codebook: level: Arrow's type"):
        relcoord.Survey(answers, codebook=pa.table({**CELLS, "level": [[1]] * 4}))
    with pytest.raises(relcoord.DataError, match="^codebook:3: ") as caught:
        relcoord.Survey(answers, codebook={
            **CELLS, "role": ["respondent", "wrong", "target", "item"]})
    assert (caught.value.file, caught.value.line) == ("codebook", 3)


def test_a_codebook_reads_frames_as_it_reads_files(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text(CODEBOOK)
    answers = {"person": [1, 2, 3], "group": ["a", "a", "b"], "about": ["b", "b", "a"],
               "q1": [1, 8, 5], "extra": [True] * 3}
    survey = tmp_path / "survey.csv"
    pd.DataFrame(answers).to_csv(survey, index=False)
    expected = run_tool("matrix", survey, "--codebook", path, "--format", "csv").decode()
    assert relcoord.read_csv(survey, codebook=path).matrix().render("csv") == expected
    for frame in (answers, pd.DataFrame(answers), pl.DataFrame(answers), pa.table(answers)):
        for book in (path, str(path)):
            assert matrix_of(frame, codebook=book) == expected
    for make in BOOKS.values():
        assert relcoord.read_csv(survey, codebook=make()).matrix().render("csv") == expected
        assert matrix_of(answers, codebook=make()) == expected
    with pytest.raises(relcoord.FileError) as caught:
        relcoord.Survey(answers, codebook=tmp_path / "none.csv")
    assert caught.value.file == str(tmp_path / "none.csv")
