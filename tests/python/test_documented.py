"""Every call that README, docstrings and pages show, run as it is written."""
import contextlib
import importlib.util
import io

import pandas
import pytest

import relcoord
from conftest import EXAMPLE, TREE

SPEC = importlib.util.spec_from_file_location("documented", TREE / "tests/documented/documented.py")
documented = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(documented)
FOUND = documented.found("python")


@pytest.mark.parametrize(("place", "code"), FOUND, ids=[place for place, _ in FOUND])
def test_call(place, code, tmp_path, monkeypatch):
    documented.make_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    known = {"relcoord": relcoord, "codebook": relcoord.codebook, "frame": pandas.read_csv(EXAMPLE),
             "builtin": relcoord.codebook(builtin="trust"),
             "response": relcoord.read_csv(EXAMPLE).matrix()}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(compile(code, place, "exec"), known)
    assert said.getvalue() or "print" not in code


def test_all_places():
    places = {place.split(":")[0] for place, _ in FOUND}
    assert places >= {"README", "bindings/python/evaluation.md", "bindings/python/coupling.md",
                      "bindings/python/relcoord/__init__.py", "bindings/python/relcoord/_survey.py"}
