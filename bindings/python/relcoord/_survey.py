"""Surveys: read from files or frames, then asked. The analyses are not listed here: see add_analyses."""
import inspect
import os

from ._arrow import open_stream
from ._core import Context, ffi, lib, make
from ._frame import open_frame
from ._options import describe_analysis, describe_options, make_options, parameters_of
from ._registry import analyses, options as all_options
from ._result import Result
from .errors import UsageError


class Survey:
    """Validated answers, recoded once, made from a frame: a pandas, polars or pyarrow table, a DuckDB relation,
    anything with __arrow_c_stream__, or a dictionary of sequences. Its columns are named as a file's would be.
    Every analysis is a method. A survey never changes, and any number of threads may use it at once."""

    __slots__ = ("_handle", "_origin", "__weakref__")

    def __init__(self, frame, *, progress=None, **options):
        context = Context(progress)
        read = make_options("read", options, context)
        with open_frame(frame) as stream:
            self._handle = make("relcoord_survey", lib.relcoord_survey_from_arrow, stream, read, context=context)
        self._origin = f"a {type(frame).__name__}"

    @classmethod
    def _of(cls, handle, origin):
        self = cls.__new__(cls)
        self._handle, self._origin = handle, origin
        return self

    def run(self, analysis, *, progress=None, **options):
        """Runs the analysis of that name, as the method of that name does."""
        context = Context(progress)
        chosen = make_options(analysis, options, context)
        return Result(make("relcoord_result", lib.relcoord_run, self._handle, analysis.encode(), chosen,
                           context=context))

    def __repr__(self):
        return f"<relcoord.Survey of {self._origin}>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        # To read its file or its frame again elsewhere might give other answers, and to keep the frame at
        # hand for that would hold all answers twice.
        raise TypeError("a relcoord.Survey cannot be pickled; pickle what it was made from, and make it again")


def encode_path(path):
    if not isinstance(path, (str, bytes, os.PathLike)):
        raise UsageError(f"a file is given by its path, or as an object with read(), not as a {type(path).__name__}")
    name = os.fsencode(path)
    if b"\0" in name:
        raise UsageError("no path has a NUL in it")
    return name


class Source:
    """Bytes of a file object, of text as UTF-8, in pieces of what the library asks for at most."""

    def __init__(self, file):
        self.file, self.left = file, b""

    def __call__(self, capacity):
        given = self.left or self.file.read(capacity) or b""
        if isinstance(given, str):
            given = given.encode()
        self.left = given[capacity:]
        return given[:capacity]


def read_csv(path, *, progress=None, **options):
    """Reads a survey from a CSV file, from several that are one survey, or from a file object."""
    if hasattr(path, "read"):
        context = Context(progress, source=Source(path))
        name = getattr(path, "name", None)
        name = name if isinstance(name, str) else f"({type(path).__name__})"
        arguments = lib.relcoord_survey_read_source, lib.give_bytes, context.handle, os.fsencode(name)
    else:
        context = Context(progress)
        paths = path if isinstance(path, (list, tuple)) else [path]
        name = ", ".join(map(os.fsdecode, map(encode_path, paths)))
        keep = [ffi.new("char[]", encode_path(path)) for path in paths]
        arguments = lib.relcoord_survey_read_files, ffi.new("const char *[]", keep), len(keep)
    read = make_options("read", options, context)
    return Survey._of(make("relcoord_survey", *arguments, read, context=context), name)


# ---- From the registry

def sign(function, leading, options, returns):
    """Gives a function the signature that the registry says it has."""
    first = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=kind or inspect.Parameter.empty)
             for name, kind in leading]
    function.__signature__ = inspect.Signature([*first, *parameters_of(options)], return_annotation=returns)


def make_method(analysis):
    def method(self, *, progress=None, **options):
        return self.run(analysis.name, progress=progress, **options)

    method.__name__ = analysis.name
    method.__qualname__ = f"Survey.{analysis.name}"
    method.__doc__ = describe_analysis(analysis)
    sign(method, [("self", None)], analysis.options, "Result")
    return method


def add_analyses():
    for analysis in analyses.values():
        setattr(Survey, analysis.name, make_method(analysis))


def document_reading():
    read = all_options["read"]
    sign(Survey.__init__, [("self", None), ("frame", "object")], read, "None")
    sign(read_csv, [("path", "Path | Sequence[Path] | SupportsRead")], read, "Survey")
    Survey.__doc__ = f"{inspect.cleandoc(Survey.__doc__)}\n\n{describe_options(read)}"
    read_csv.__doc__ = f"{read_csv.__doc__}\n\n{describe_options(read)}"


add_analyses()
document_reading()
