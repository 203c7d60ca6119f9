"""Registers: a frame is as good as a file, and what is wrong with one is said by row and column."""
import datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import relcoord
from conftest import EXAMPLE, run_tool

CASE = EXAMPLE.parents[2] / "golden/response"
CODEBOOK, REGISTER, INPUT = CASE / "codebook.csv", CASE / "register.csv", CASE / "input.csv"
TEXTS = pd.read_csv(REGISTER, dtype=str, keep_default_na=False)
TYPED = pd.read_csv(REGISTER)  # whole numbers, and NaN for no role
AREAS = ["adults", "youth", "island"]


def response_of(register, source=INPUT, **options):
    return relcoord.read_csv(source, codebook=CODEBOOK, register=register,
                             **options).response(rake="area")


def csv_of(result):
    return [result.render("csv", table=name) for name in result.tables]


@pytest.fixture(scope="module")
def expected():
    tables = ["rates", "fallout", "raking", "weights"]
    return [run_tool("response", INPUT, "--codebook", CODEBOOK, "--register", REGISTER,
                     "--rake", "area", "--format", "csv", "--table", table).decode()
            for table in tables]


@pytest.mark.parametrize("make", [
    lambda: REGISTER, lambda: str(REGISTER), lambda: TEXTS, lambda: TYPED,
    lambda: TYPED.astype({area: bool for area in AREAS}), lambda: TYPED.convert_dtypes(),
    lambda: TEXTS.astype({"site": "category"}), lambda: TEXTS.to_dict("list"),
    lambda: {**TYPED.to_dict("list"), **{area: (TYPED[area] == 1).to_numpy() for area in AREAS}},
    lambda: pl.from_pandas(TEXTS),
    lambda: pl.from_pandas(TYPED).with_columns(pl.col(AREAS).cast(pl.Boolean)),
    lambda: pa.table(TEXTS), lambda: pa.table(TYPED.astype({area: bool for area in AREAS})),
    lambda: duckdb.from_df(TEXTS), lambda: TEXTS.iloc[::-1],
    lambda: TEXTS.assign(since=datetime.date(2024, 2, 29), till=pd.Timestamp(2024, 3, 1)),
    lambda: TYPED.astype({"id": float}),
])
def test_a_register_may_be_a_frame(make, expected):
    assert csv_of(response_of(make())) == expected


def test_data_and_codebook_may_be_frames_besides(expected):
    data, codebook = pd.read_csv(INPUT, dtype=str), pd.read_csv(CODEBOOK, dtype=str)
    survey = relcoord.Survey(data, codebook=codebook, register=TEXTS)
    assert csv_of(survey.response(rake="area")) == expected
    assert csv_of(relcoord.read_csv(INPUT, codebook=codebook,
                                    register=TEXTS).response(rake="area")) == expected


def test_the_dialect_is_the_datas(tmp_path, expected):
    """What is said of the data's file says nothing of a frame."""
    path = tmp_path / "input.csv"
    path.write_text(INPUT.read_text().replace(",", ";"), encoding="utf-16")
    assert csv_of(response_of(TEXTS, path, separator="semicolon", encoding="utf-16le",
                              decimal="comma")) == expected


def test_what_is_wrong_with_a_register():
    for wrong in (3, object(), [1]):
        with pytest.raises(relcoord.UsageError, match="a frame is"):
            response_of(wrong)
    with pytest.raises(relcoord.UsageError, match="the columns of the register differ in length"):
        response_of({"id": [1, 2], "site": ["North"]})
    with pytest.raises(relcoord.DataError,
                       match="^register: row 2: site: a value of the type bytes") as caught:
        response_of({"id": [1, 2], "site": ["North", b"South"]})
    assert (caught.value.file, caught.value.row, caught.value.column) == ("register", 2, "site")
    with pytest.raises(relcoord.DataError, match="^register:3: id: ") as caught:
        response_of(TEXTS.iloc[[0, 0]])
    assert (caught.value.file, caught.value.line, caught.value.column) == ("register", 3, "id")
    with pytest.raises(relcoord.DataError, match=r"respondent '1\d+' is not in the register"):
        response_of(TEXTS[:20])
    with pytest.raises(relcoord.DataError, match="is not in the register") as caught:
        response_of(TEXTS[:20], redact_values=True)
    assert not any(character.isdigit() for character in caught.value.message)


def test_a_survey_keeps_its_register():
    frame = TEXTS.copy()
    survey = relcoord.read_csv(INPUT, codebook=CODEBOOK, register=frame)
    frame.iloc[:, :] = ""
    del frame
    assert survey.response().tables["rates"]["invited"][0] == 240
