"""Drafts of codebooks, by the data alone or with what a survey system exports: as the tool drafts
them."""
import json

import pandas as pd
import pyarrow as pa
import pytest

import relcoord
from conftest import EXAMPLE, run_tool

STRUCTURE = """questionName;variableName;questionType;subType;questionText;choiceValue;choiceText
q;v;Closed;Single;How much?;2;Agree
q;v;Closed;Single;How much?;1;Disagree
"""


@pytest.fixture
def files(tmp_path):
    for name, text in {"data.csv": "v,w\n1,2\n2,1\n", "s.csv": STRUCTURE,
                       "l.csv": "w;1;Yes, of course\nw;2;No\n"}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_draft(files):
    draft = relcoord.codebook(files / "data.csv", structure=files / "s.csv",
                              labels=str(files / "l.csv"))
    table = draft.tables["codebook"].to_dict()
    assert table["values"] == ["2=4|Agree;1=2|Disagree", "1|Yes, of course;2|No"]
    assert table["label_en"][0] == "How much?"
    assert draft.options["structure"].endswith("s.csv")
    assert "the texts are assumed to be English" in draft.notes
    draft.write(files / "book.csv")
    assert relcoord.read_csv(files / "data.csv", codebook=files / "book.csv").rows == 2


def test_draft_of_data_alone(files):
    assert relcoord.codebook([files / "data.csv"]).tables["codebook"].to_dict()["variable"] == [
        "v", "w"]


def test_draft_of_a_file_object_and_of_frames(example_columns):
    draft = relcoord.codebook(EXAMPLE).render("csv")
    with open(EXAMPLE, "rb") as file:
        assert relcoord.codebook(file).render("csv") == draft
    for frame in (example_columns, pd.DataFrame(example_columns), pa.table(example_columns)):
        assert relcoord.codebook(frame).render("csv") == draft
        assert (relcoord.codebook(frame).tables["decisions"].to_dict()
                == relcoord.codebook(EXAMPLE).tables["decisions"].to_dict())
    with pytest.raises(relcoord.UsageError, match="frame"):
        relcoord.codebook(7)
    with pytest.raises(relcoord.DataError, match="no column looks"):
        relcoord.codebook({"foo": ["a b", "c d"]})


def test_faults(files):
    (files / "l.csv").write_text("w;1;Yes\nw;2;Yes\n")
    with pytest.raises(relcoord.DataError) as caught:
        relcoord.codebook(files / "data.csv", labels=files / "l.csv")
    assert (caught.value.line, caught.value.column) == (2, "label")
    with pytest.raises(relcoord.OptionError):
        relcoord.codebook(files / "data.csv", register=files / "l.csv")


def test_codebooks_that_come_along(tmp_path):
    options = json.loads(run_tool("analyses", "--format", "json"))["tables"]["options"]
    columns = [column["name"] for column in options["columns"]]
    builtin = next(row for row in map(lambda row: dict(zip(columns, row)), options["rows"])
                   if row["option"] == "builtin")
    names = builtin["allowed"].split("|")[1:]
    assert len(names) == 11
    for name in names:
        relcoord.codebook(builtin=name).write(tmp_path / "book.csv")
        assert (tmp_path / "book.csv").read_bytes() == run_tool("codebook", "--builtin", name), name
