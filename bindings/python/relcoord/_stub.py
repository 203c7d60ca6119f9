"""The stub: what type checkers know of the package, made when it is built from the signatures that
the registry gives."""
import inspect
import textwrap

from . import errors
from ._registry import analyses
from ._survey import Survey, codebook, list_functions, read_csv, read_file

HEAD = '''\
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol, Union

class SupportsRead(Protocol):
    def read(self, size: int, /) -> str | bytes: ...

class SupportsWrite(Protocol):
    def write(self, content: bytes, /) -> object: ...

Path = Union[str, bytes, os.PathLike[str]]
__version__: str

class Column:
    name: str
    type: Literal["string", "integer", "number"]
    kind: Literal["key", "count", "estimate", "interval", "label", "note"]
    def __init__(self, name: str, type: str, kind: str) -> None: ...

class Table:
    name: str
    columns: tuple[Column, ...]
    def __init__(self, handle: object, pointer: object) -> None: ...
    def __len__(self) -> int: ...
    def __getitem__(self, name: str) -> list[Any]: ...
    def to_dict(self) -> dict[str, list[Any]]: ...
    def to_pandas(self) -> Any: ...
    def to_polars(self) -> Any: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

class Drawing(str): ...

class Result:
    analysis: str
    tables: Mapping[str, Table]
    notes: tuple[str, ...]
    @property
    def options(self) -> Mapping[str, Any]: ...
    def __init__(self, handle: object) -> None: ...
    def render(self, format: str = "text", *,
               progress: Callable[[float | None], object] | None = None, **options: Any) -> str: ...
    def write(self, path: Path | SupportsWrite, format: str | None = None, *,
              progress: Callable[[float | None], object] | None = None, **options: Any) -> None: ...
    def plot(self, **options: Any) -> Drawing: ...

def describe() -> Result: ...
'''

PROPERTIES = '''\
@property
def rows(self) -> int: ...
@property
def respondents(self) -> int: ...
@property
def ties(self) -> int: ...
@property
def notes(self) -> tuple[str, ...]: ...
'''

ERROR = '''\
class RelcoordError(Exception):
    code: str
    message: str
    line: int | None
    row: int | None
    column: str | None
    option: str | None
    file: str | None
    def __init__(self, message: str, *, line: int | None = None, row: int | None = None,
                 column: str | None = None, option: str | None = None,
                 file: str | None = None) -> None: ...
'''


def write_function(function):
    """A function with its docstring, as the stub has it."""
    parameters = inspect.signature(function)
    quoted = [parameter.replace(annotation=Words(parameter.annotation))
              if parameter.annotation is not inspect.Parameter.empty else parameter
              for parameter in parameters.parameters.values()]
    signature = inspect.Signature(quoted, return_annotation=Words(parameters.return_annotation))
    doc = textwrap.indent(f'"""{inspect.getdoc(function)}\n"""', "    ") if function.__doc__ else ""
    return f"def {function.__name__}{signature}:\n{doc or '    ...'}\n"


class Words(str):
    """An annotation that is written as it reads."""

    __repr__ = str.__str__


def write_errors():
    kinds = [*errors.by_code.values(), errors.MissingFileError]
    bases = ((kind.__name__, ", ".join(base.__name__ for base in kind.__bases__)) for kind in kinds)
    return "\n".join([ERROR, *(f"class {name}({base}): ..." for name, base in bases)])


def write_survey():
    constructor = write_function(Survey.__init__)
    run = ("def run(self, analysis: str, *, "
           "progress: Callable[[float | None], object] | None = None, **options: Any) "
           "-> Result: ...\n")
    methods = [PROPERTIES, constructor, run,
               *(write_function(getattr(Survey, name)) for name in analyses)]
    return textwrap.indent("\n".join(["class Survey:", *methods]), "    ").lstrip()


def make_stub():
    functions = map(write_function, (read_csv, read_file, codebook, *list_functions().values()))
    return "\n".join([HEAD, write_errors(), "", write_survey(), *functions])
