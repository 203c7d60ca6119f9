"""Errors are exceptions that say where; nothing is half done."""
import copy
import errno
import io
import pickle

import pytest

import relcoord
from conftest import EXAMPLE

HEADER = ("respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,"
          "shared_knowledge,mutual_respect\n")


def test_a_fault_in_a_file_has_its_place(tmp_path):
    path = tmp_path / "blå.csv"
    path.write_text(f"{HEADER}1,a,a,1,2,3,4,5,5,5\n2,a,a,1,2,9,4,5,5,5\n")
    with pytest.raises(relcoord.DataError) as caught:
        relcoord.read_csv(path)
    error = caught.value
    assert (error.line, error.row, error.column, error.file, error.code) == (
        3, 2, "accurate", str(path), "RELCOORD_EDATA")
    assert str(error) == f"{path}:3: accurate: {error.message}"
    assert error.option in (None, "invalid")
    assert isinstance(error, ValueError)
    assert relcoord.read_csv(path, invalid="missing").matrix().notes


@pytest.mark.parametrize("options, option, words", [
    ({"confidence": 2}, "confidence", "0.5"),
    ({"confidence": "high"}, "confidence", "high"),
    ({"confidence": float("nan")}, "confidence", "nan"),
    ({"confidence": True}, "confidence", "true"),
    ({"confidence": 10**400}, "confidence", "takes"),
    ({"confidnce": 0.9}, "confidnce", "confidence"),
    ({"threads": 1.5}, "threads", "1.5"),
    ({"weights": "drop"}, "weights", "ignore"),
    ({"wave": b"\0"}, "wave", "NUL"),
    ({"wave": 1.5}, "wave", "1.5"),
    ({"wave": {}}, "wave", "dict"),
    ({"by": ["workgroup,target"]}, "by", "'workgroup,target' is not a column"),
    ({"by": [r"a\b"]}, "by", r"'a\\b' is not a column"),
    ({"by": r"a\b"}, "by", "backslash"),
    ({"by": [""]}, "by", "empty"),
    ({"by": [None]}, "by", "NoneType"),
], ids=str)
def test_a_wrong_option_is_named(survey, options, option, words):
    with pytest.raises(relcoord.OptionError, match=words) as caught:
        survey.matrix(**options)
    assert (caught.value.option, caught.value.code) == (option, "RELCOORD_EOPTION")


def test_right_options_of_every_type(survey):
    import numpy as np

    plain = survey.matrix(confidence=0.9).render("csv")
    for value in ("0.9", np.float64(0.9)):
        assert survey.matrix(confidence=value).render("csv") == plain
    assert survey.matrix(confidence=None).render("csv") == survey.matrix().render("csv") != plain
    grouped = survey.matrix(by="workgroup").render("csv")
    for by in (["workgroup"], ("workgroup",), {"workgroup"}):
        assert survey.matrix(by=by).render("csv") == grouped
    for threads in (2, np.int16(2), "2", 2.0):
        assert survey.matrix(threads=threads).render("csv") == survey.matrix().render("csv")


def test_kinds_of_error(survey, tmp_path):
    with pytest.raises(relcoord.UsageError, match="matrix"):
        survey.run("matrx")
    with pytest.raises(relcoord.FileError) as caught:
        relcoord.read_csv(tmp_path / "none.csv")
    assert (isinstance(caught.value, FileNotFoundError)
            and caught.value.file == str(tmp_path / "none.csv"))
    assert (type(caught.value), caught.value.errno) == (relcoord.MissingFileError, errno.ENOENT)
    assert caught.value.filename == caught.value.file
    with pytest.raises(relcoord.MissingFileError):
        relcoord.read_csv(EXAMPLE, codebook=tmp_path / "none.csv")
    with pytest.raises(relcoord.FileError) as caught:
        relcoord.read_csv(tmp_path)
    assert (type(caught.value) is relcoord.FileError
            and not isinstance(caught.value, FileNotFoundError))
    for path in (None, 3, [], ["a\0b"], {}):
        with pytest.raises(relcoord.UsageError):
            relcoord.read_csv(path)
    with pytest.raises(TypeError):
        survey.matrix("unit")
    with pytest.raises(relcoord.OptionError, match="separator"):
        relcoord.read_csv(EXAMPLE, seperator=",")


def test_an_error_can_be_pickled_and_copied(survey):
    with pytest.raises(relcoord.DataError) as caught:
        relcoord.read_csv(io.StringIO(f"{HEADER}1,a,a,1,2,3,4,5,5,6\n"))
    for twin in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
        assert (type(twin), str(twin), twin.column, twin.line) == (
            relcoord.DataError, str(caught.value), "mutual_respect", 2)


def test_a_survey_is_not_pickled_in_silence(survey):
    for thing in (survey, survey.matrix(), survey.matrix().tables["cells"]):
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(thing)
    assert copy.copy(survey) is survey and copy.deepcopy(survey) is survey


# ---- Files and file objects

def test_several_files_are_one_survey(tmp_path, example_matrix):
    header, *rows = EXAMPLE.read_text().splitlines(keepends=True)
    paths = [tmp_path / "one.csv", str(tmp_path / "two.csv"), bytes(tmp_path / "three.csv")]
    for path, part in zip(paths, (rows[:10], rows[10:300], rows[300:])):
        with open(path, "w") as file:
            file.writelines([header, *part])
    assert relcoord.read_csv(paths).matrix().render("csv") == example_matrix
    assert "two.csv" in repr(relcoord.read_csv(tuple(paths)))


class Dribble:
    """Hands out a few bytes at a time, or too many."""

    def __init__(self, content, size):
        self.content, self.size = content, size

    def read(self, capacity):
        given, self.content = self.content[:self.size], self.content[self.size:]
        return given


@pytest.mark.parametrize("make", [
    lambda: open(EXAMPLE, "rb"), lambda: open(EXAMPLE), lambda: io.BytesIO(EXAMPLE.read_bytes()),
    lambda: io.StringIO(EXAMPLE.read_text()), lambda: Dribble(EXAMPLE.read_bytes(), 7),
    lambda: Dribble(EXAMPLE.read_bytes(), 10**7),
    lambda: Dribble(bytearray(EXAMPLE.read_bytes()), 999),
])
def test_file_objects(make, example_matrix):
    assert relcoord.read_csv(make()).matrix().render("csv") == example_matrix


def test_text_of_other_letters_is_read_whole():
    rows = "".join(f"{number},æ€𝄞,æ€𝄞,1,2,3,4,5,5,5\n" for number in range(20000))
    cells = relcoord.read_csv(io.StringIO(HEADER + rows)).matrix().tables["cells"]
    assert set(cells["workgroup"]) == {"æ€𝄞"} and cells["n"][0] == 20000


def test_what_a_file_object_raises_is_raised():
    class Broken:
        name = "broken.csv"

        def read(self, capacity):
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        relcoord.read_csv(Broken())

    class Wrong(Broken):
        def read(self, capacity):
            return 7

    with pytest.raises(TypeError):
        relcoord.read_csv(Wrong())


def test_a_fault_in_a_file_object_has_its_name():
    file = io.BytesIO(f"{HEADER}1,a,a,1,2,3,4,5,5,6\n".encode())
    file.name = "answers.csv"
    with pytest.raises(relcoord.DataError, match="^answers.csv:2: mutual_respect: "):
        relcoord.read_csv(file)


def test_redacted_errors_repeat_no_answer():
    content = f"{HEADER}1,a,a,1,2,secret,4,5,5,5\n"
    with pytest.raises(relcoord.DataError, match="secret"):
        relcoord.read_csv(io.StringIO(content))
    with pytest.raises(relcoord.DataError) as caught:
        relcoord.read_csv(io.StringIO(content), redact_values=True)
    assert "secret" not in str(caught.value)
