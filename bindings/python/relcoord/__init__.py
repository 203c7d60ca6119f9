"""relcoord scores Gittell's relational-coordination survey.

    survey = relcoord.read_csv("answers.csv")    # or relcoord.read_file("answers.sav"),
                                                 # or relcoord.Survey(frame)
    result = survey.matrix(by="unit")            # print(result)
    result.tables["cells"].to_pandas()

What the figures are and where their formulas are from: relcoord-methods(7)."""
from ._core import lib, text
from ._result import Drawing, Result, describe
from ._survey import Survey, codebook, list_functions, read_csv, read_file
from ._table import Column, Table
from .errors import (
    CancelledError,
    DataError,
    FileError,
    InternalError,
    MissingFileError,
    OptionError,
    OutOfMemoryError,
    RelcoordError,
    UsageError,
)

__version__ = text(lib.relcoord_version())
__all__ = [
    "CancelledError", "Column", "DataError", "Drawing", "FileError", "InternalError",
    "MissingFileError", "OptionError", "OutOfMemoryError", "RelcoordError", "Result", "Survey",
    "Table", "UsageError", "codebook", "describe", "read_csv", "read_file",
]

_functions = list_functions()
globals().update(_functions)
__all__.extend(_functions)
