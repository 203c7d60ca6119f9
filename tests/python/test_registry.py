"""The package shows all of the registry and nothing that is not in it, and works out no figure."""
import ast
import functools
import inspect
import json
import keyword
import subprocess
import sys
from pathlib import Path

import pandas
import pytest

import relcoord
from conftest import TREE, run_tool

PACKAGE = Path(relcoord.__file__).parent
SOURCES = sorted((TREE / "bindings/python/relcoord").glob("*.py"))


@pytest.fixture(scope="module")
def registry():
    """What the tool prints of the registry, row by row: a way to it that is not the package's
    own."""
    tables = json.loads(run_tool("analyses", "--format", "json"))["tables"]
    return {name: [dict(zip((c["name"] for c in table["columns"]), row)) for row in table["rows"]]
            for name, table in tables.items()}


def read_folder(path):
    """The survey of an example or a golden case, with what stands beside it."""
    beside = {name: path.with_name(f"{name}.csv") for name in ("codebook", "register")}
    return relcoord.read_csv(path, **{name: file for name, file in beside.items() if file.exists()})


@pytest.fixture(scope="module")
def survey_for():
    """The first committed survey that an analysis can be made from, of its last wave where there
    are several: most are made from answers about workgroups, some from who was invited, from
    outcomes, or from items that a codebook lists."""
    paths = [*sorted(TREE.glob("tests/examples/*/survey.csv")),
             *sorted(TREE.glob("tests/golden/*/input.csv"))]
    last_wave = TREE / "tests/examples/partnership/survey.csv"
    frame = pandas.read_csv(last_wave, dtype=str, keep_default_na=False)
    surveys = [*(read_folder(path) for path in paths if path != last_wave),
               relcoord.Survey(frame[frame.wave == frame.wave.max()],
                               codebook=last_wave.with_name("codebook.csv"))]

    @functools.cache
    def choose(analysis):
        for one in surveys:
            try:
                one.run(analysis)
            except (relcoord.UsageError, relcoord.OptionError):
                continue
            return one
        pytest.fail(f"no survey in tests/examples and tests/golden suits {analysis}")

    return choose


def keyword_of(option):
    return option + "_" if keyword.iskeyword(option) else option


def options_of(registry, purpose):
    return [keyword_of(row["option"]) for row in registry["options"] if row["purpose"] == purpose]


def keywords_of(function):
    return [name for name, parameter in inspect.signature(function).parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY]


def test_every_analysis_is_a_method(registry):
    own = {"run"}
    properties = {name for name, value in vars(relcoord.Survey).items()
                  if isinstance(value, property)}
    assert not properties & {row["name"] for row in registry["analyses"]}
    methods = {name for name, value in vars(relcoord.Survey).items()
               if inspect.isfunction(value) and name[0] != "_"}
    assert methods - own == {row["name"] for row in registry["analyses"]}
    assert not own & {row["name"] for row in registry["analyses"]}


def test_every_option_is_a_keyword_with_its_default(registry):
    functions = {row["name"]: getattr(relcoord.Survey, row["name"]) for row in registry["analyses"]}
    for purpose, function in {**functions, "read": relcoord.read_csv}.items():
        assert keywords_of(function) == [*options_of(registry, purpose), "progress"]
    assert keywords_of(relcoord.Survey.__init__) == keywords_of(relcoord.read_csv)
    for row in registry["options"]:
        if row["purpose"] in functions:
            default = inspect.signature(functions[row["purpose"]]).parameters[
                keyword_of(row["option"])].default
            expected = {"flag": row["default"] == "true", "choice": row["default"],
                        "text": row["default"] or None, "path": row["default"] or None,
                        "list": row["default"] or None}
            number = float(row["default"]) if row["type"] in ("integer", "number") else None
            assert default == expected.get(row["type"], number)
        assert row["option"] not in ("progress", "self", "frame", "path", "analysis", "format")


def test_an_analysis_that_reads_in_its_own_way_is_a_function(registry):
    wanted = {row["name"]: dict(word.split("=") for word in row["read_options"].split())
              for row in registry["analyses"] if row["read_options"]}
    assert wanted
    assert set(wanted) == set(relcoord.__all__) & {row["name"] for row in registry["analyses"]}
    for name, settings in wanted.items():
        function = getattr(relcoord, name)
        assert keywords_of(function) == [*options_of(registry, "read"), *options_of(registry, name),
                                         "progress"]
        assert len(set(keywords_of(function))) == len(keywords_of(function))
        for option, value in settings.items():
            assert inspect.signature(function).parameters[option].default == value
            assert f'{option}="{value}"' in inspect.getdoc(function)


def test_an_option_that_is_a_word_of_pythons(registry, survey_for):
    named = [row for row in registry["options"] if keyword.iskeyword(row["option"])]
    assert named
    for row in named:
        run = getattr(survey_for(row["purpose"]), row["purpose"])
        with pytest.raises(relcoord.OptionError) as caught:
            run(**{f"{row['option']}_": "none of these"})
        assert caught.value.option == row["option"]
        assert row["option"] in run().options


def test_views_are_read(registry):
    from relcoord._registry import analyses

    got = [{"analysis": analysis.name, "table": table.name, **view._asdict()}
           for analysis in analyses.values() for table in analysis.tables for view in table.views]
    assert got == [{name: row[name] for name in got[0]} for row in registry["views"]]


def test_every_default_is_what_leaving_it_out_is(registry, survey_for):
    for row in registry["analyses"]:
        method = getattr(survey_for(row["name"]), row["name"])
        defaults = {name: parameter.default
                    for name, parameter in inspect.signature(method).parameters.items()}
        assert method(**defaults).render("json") == method().render("json")


def test_docstrings_have_all_help(registry):
    for row in registry["analyses"]:
        doc = " ".join(inspect.getdoc(getattr(relcoord.Survey, row["name"])).split())
        assert row["summary"][1:] in doc
        assert not row["needs"] or f"It needs {row['needs']}." in doc
        for other in registry["options"]:
            if other["purpose"] == row["name"]:
                assert f"{keyword_of(other['option'])}: {other['help']}" in doc
        for table in registry["tables"]:
            if table["analysis"] == row["name"]:
                assert f"{table['table']}: {table['help']}" in doc


def test_every_table_and_column_is_there(registry, survey_for):
    for row in registry["analyses"]:
        tables = getattr(survey_for(row["name"]), row["name"])().tables
        names = [other["table"] for other in registry["tables"] if other["analysis"] == row["name"]]
        assert list(tables) == names
        for name in names:
            described = [(other["column"], other["type"], other["kind"])
                         for other in registry["columns"]
                         if (other["analysis"], other["table"]) == (row["name"], name)]
            assert [(column.name, column.type, column.kind)
                    for column in tables[name].columns] == described
            assert list(tables[name].to_dict()) == [column[0] for column in described]


def test_every_format_can_be_written(registry, survey):
    for row in registry["formats"]:
        result = survey.network() if row["needs"] == "network" else survey.matrix()
        assert result.render(row["format"])


def test_describe_is_the_registry(registry):
    described = relcoord.describe()
    assert set(described.tables) == set(registry)
    for name, rows in registry.items():
        assert len(described.tables[name]) == len(rows)


def test_every_status_has_its_exception():
    from relcoord import errors
    from relcoord._core import ffi

    names = set(ffi.typeof("relcoord_status").elements.values())
    assert set(errors.by_code) == names - {"RELCOORD_OK"}


def test_every_function_of_the_header_is_declared():
    import re

    from relcoord._core import lib

    header = (TREE / "include/relcoord.h").read_text()
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.DOTALL)
    functions = set(re.findall(r"\b(relcoord_\w+)\(", header))
    assert len(functions) > 20
    assert functions <= set(dir(lib))


# ---- The stub

def test_the_stub_is_that_of_the_registry():
    from relcoord._stub import make_stub

    assert (PACKAGE / "__init__.pyi").read_text(encoding="utf-8") == make_stub()
    assert (PACKAGE / "py.typed").exists()


# Not at run time, or not for typed code: the stub's own protocols, hooks of notebooks and of
# copying.
NOT_COMPARED = r"""
relcoord\.(Path|SupportsRead|SupportsWrite)
relcoord\._.*
relcoord\.errors
relcoord\..*\._repr_(html|svg)_
relcoord\..*\.__(reduce|copy|deepcopy|slots|weakref)__
"""


def test_the_stub_is_true(tmp_path):
    """Compared by mypy's stubtest with the package as it runs."""
    allowed, settings = tmp_path / "allowed", tmp_path / "mypy.ini"
    allowed.write_text(NOT_COMPARED)
    settings.write_text("[mypy]\nignore_missing_imports = true\n")
    command = [sys.executable, "-m", "mypy.stubtest", "relcoord", "--ignore-missing-stub",
               "--ignore-unused-allowlist", "--allowlist", allowed,
               "--mypy-config-file", settings]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stub_finds_mistakes(tmp_path):
    program = tmp_path / "program.py"
    program.write_text('''import relcoord
survey = relcoord.read_csv("answers.csv", invalid="missing")
print(survey.matrix(confidence=0.9, by=["unit"]).tables["cells"].to_dict())
survey.matrix(confidence="high")
survey.matrix(confidnce=0.9)
relcoord.read_csv("answers.csv", invalid="drop")
survey.matrixx()
''')
    done = subprocess.run([sys.executable, "-m", "mypy", "--no-error-summary",
                           "--cache-dir", tmp_path / "cache", program],
                          cwd=tmp_path, capture_output=True, text=True)
    at_fault = {line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line}
    assert at_fault == {"4", "5", "6", "7"}, done.stdout + done.stderr


# ---- No arithmetic

FIGURING = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
FIGURING_CALLS = {"sum", "round", "pow", "divmod", "abs", "fsum", "mean", "median", "std", "var",
                  "prod", "dot", "cumsum"}


def find_arithmetic(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, FIGURING):
            yield node.lineno
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", None))
            if name in FIGURING_CALLS:
                yield node.lineno
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None)]
            if {"math", "statistics", "operator"} & set(names):
                yield node.lineno


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_arithmetic(path):
    assert list(find_arithmetic(ast.parse(path.read_text()))) == []


def test_arithmetic_would_be_found():
    for line in ("a + b", "a -= 1", "sum(a)", "x.mean()", "import math",
                 "from statistics import mean"):
        assert list(find_arithmetic(ast.parse(line))) == [1]
    assert len(SOURCES) >= 8


def test_no_analysis_is_known_by_name(registry):
    """Neither an analysis, nor one of its tables or options, is named in the package's code."""
    words = ({row["name"] for row in registry["analyses"]}
             | {row["table"] for row in registry["tables"]})
    words |= ({row["option"] for row in registry["options"]}
              - {"table", "tables", "by", "source"})
    # The first two have calls of their own, which take the third.
    words -= {"codebook", "register", "redact_values"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in words - {"text", "summary", "categories", "columns"}, (
                    f"{path.name}:{node.lineno}")
