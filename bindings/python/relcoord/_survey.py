"""Surveys: read from files or frames, then asked. The analyses are not listed here: see
add_analyses."""
import inspect
import os

from ._arrow import open_stream
from ._codebook import read_codebook, read_register
from ._core import Context, call, each_text, encode_path, ffi, lib, make
from ._frame import open_frame
from ._options import describe_analysis, describe_options, make_options, parameters_of
from ._registry import analyses, options as all_options
from ._result import Result
from .errors import UsageError


# What a codebook and a register may be besides paths is the package's own to know.
FRAMES = {"codebook": "what each column is, and what its values mean: the path of a codebook, or a "
                      "frame with its columns",
          "register": "everyone who was invited, for response rates: the path of a register, or a "
                      "frame with its columns"}
READING = {**all_options["read"],
           **{name: all_options["read"][name]._replace(type="frame", help=help)
              for name, help in FRAMES.items()}}


def is_path(value):
    return isinstance(value, (str, bytes, os.PathLike))


def make_reading(options, context):
    """Options of reading; a codebook and a register may be frames."""
    frames = {name: options[name] for name in FRAMES
              if options.get(name) is not None and not is_path(options[name])}
    read = make_options("read", {**options, **dict.fromkeys(frames)}, context)
    codebook = read_codebook(frames["codebook"]) if "codebook" in frames else None
    if codebook:
        call(lib.relcoord_options_set_codebook, read, codebook)
    if "register" in frames:  # by the same codebook, but a file's dialect is none of the frame's
        own = make_options("read", {name: options.get(name)
                                    for name in ("codebook", "redact_values")
                                    if name not in frames})
        if codebook:
            call(lib.relcoord_options_set_codebook, own, codebook)
        call(lib.relcoord_options_set_register, read, read_register(frames["register"], own))
    return read


class Survey:
    """Validated answers, recoded once, made from a frame: a pandas, polars or pyarrow table, a
    DuckDB relation, anything with __arrow_c_stream__, or a dictionary of sequences. Its columns are
    named as a file's would be. Every analysis is a method. A survey never changes, and any number
    of threads may use it at once."""

    __slots__ = ("_handle", "_origin", "__weakref__")

    def __init__(self, frame, *, progress=None, **options):
        context = Context(progress)
        read = make_reading(options, context)
        with open_frame(frame) as stream:
            self._handle = make("relcoord_survey", lib.relcoord_survey_from_arrow, stream, read,
                                context=context)
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
        return Result(make("relcoord_result", lib.relcoord_run, self._handle, analysis.encode(),
                           chosen, context=context))

    @property
    def rows(self):
        """How many rows the data have."""
        return lib.relcoord_survey_rows(self._handle)

    @property
    def respondents(self):
        """How many people answered, each counted once."""
        return lib.relcoord_survey_respondents(self._handle)

    @property
    def ties(self):
        """How many times a respondent rated a workgroup, in one wave or another."""
        return lib.relcoord_survey_ties(self._handle)

    @property
    def notes(self):
        """What was noted in reading, one sentence each, which every result repeats."""
        return each_text(lib.relcoord_survey_note, self._handle)

    def __repr__(self):
        counts = f"{self.rows} rows, {self.respondents} respondents, {self.ties} ties"
        return "\n    ".join([f"<relcoord.Survey of {self._origin}: {counts}>", *self.notes])

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        # To read its file or its frame again elsewhere might give other answers, and to keep the
        # frame at hand for that would hold all answers twice.
        raise TypeError(
            "a relcoord.Survey cannot be pickled; pickle what it was made from, and make it again")


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


def name_of_file(file):
    """What errors call a file object."""
    name = getattr(file, "name", None)
    return name if isinstance(name, str) else f"({type(file).__name__})"


def read_csv(path, *, progress=None, **options):
    """Reads a survey from a CSV file, from several that are one survey, or from a file object."""
    if hasattr(path, "read"):
        context = Context(progress, source=Source(path))
        name = name_of_file(path)
        arguments = (lib.relcoord_survey_read_source, lib.give_bytes, context.handle,
                     os.fsencode(name))
    else:
        context = Context(progress)
        paths = path if isinstance(path, (list, tuple)) else [path]
        name = ", ".join(map(os.fsdecode, map(encode_path, paths)))
        keep = [ffi.new("char[]", encode_path(path)) for path in paths]
        arguments = lib.relcoord_survey_read_files, ffi.new("const char *[]", keep), len(keep)
    read = make_reading(options, context)
    return Survey._of(make("relcoord_survey", *arguments, read, context=context), name)


def read_file(path, *, sheet=None, progress=None, **options):
    """Reads a survey from a file of SPSS (.sav, .zsav) or Stata (.dta), from a workbook (.xlsx,
    .ods) or from CSV, or from several of one kind that are one survey: what they are is told by
    their contents. sheet names the sheet of a workbook, else the first is read. Without a codebook,
    the columns of workgroups, targets, units, waves, roles and levels have the labels that a file
    of SPSS or Stata has of their values; with one, all values are those of the file."""
    if sheet is not None and not isinstance(sheet, str):
        raise UsageError(f"sheet is the name of a sheet, not a {type(sheet).__name__}")
    context = Context(progress)
    paths = path if isinstance(path, (list, tuple)) else [path]
    name = ", ".join(map(os.fsdecode, map(encode_path, paths)))
    keep = [ffi.new("char[]", encode_path(path)) for path in paths]
    read = make_reading(options, context)
    coded = options.get("codebook") is not None
    return Survey._of(make("relcoord_survey", lib.formats_read, ffi.new("const char *[]", keep),
                           len(keep), ffi.NULL if sheet is None else sheet.encode(), coded, read,
                           context=context), name)


def codebook(path=(), *, progress=None, **options):
    """Drafts a codebook from a CSV file, from several that are one survey, from a file object or a
    frame: a result whose first table is the codebook, every row a guess, and whose table decisions
    says what each rests on and what is left to decide.
    codebook("answers.csv").write("codebook.csv") writes it. codebook(builtin="coupling-short") is a
    built-in one, and takes no path."""
    if hasattr(path, "read"):
        context = Context(progress, source=Source(path))
        chosen = make_options("codebook", options, context)
        return Result(make("relcoord_result", lib.relcoord_codebook_draft_source, lib.give_bytes,
                           context.handle, os.fsencode(name_of_file(path)), chosen,
                           context=context))
    context = Context(progress)
    chosen = make_options("codebook", options, context)
    if not isinstance(path, (str, bytes, os.PathLike, list, tuple)):
        with open_frame(path) as stream:
            return Result(make("relcoord_result", lib.relcoord_codebook_draft_arrow, stream, chosen,
                               context=context))
    paths = path if isinstance(path, (list, tuple)) else [path]
    keep = [ffi.new("char[]", encode_path(path)) for path in paths]
    return Result(make("relcoord_result", lib.relcoord_codebook_draft,
                       ffi.new("const char *[]", keep), len(keep), chosen, context=context))


def read(source, **options):
    """A survey from whatever one is made from."""
    if isinstance(source, Survey):
        raise UsageError(
            "this is a survey already, read as it was asked to: call its method of that name")
    is_file = hasattr(source, "read") or isinstance(source, (str, bytes, os.PathLike, list, tuple))
    if hasattr(source, "read"):
        return read_csv(source, **options)
    return read_file(source, **options) if is_file else Survey(source, **options)


# ---- From the registry

def sign(function, leading, options, returns, own=None):
    """Gives a function the signature that the registry says it has; own are keywords that are not
    the library's."""
    first = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD,
                               annotation=kind or inspect.Parameter.empty)
             for name, kind in leading]
    words = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
             for name, kind in (own or {}).items()]
    function.__signature__ = inspect.Signature([*first, *words, *parameters_of(options)],
                                               return_annotation=returns)


def make_method(analysis):
    def method(self, *, progress=None, **options):
        return self.run(analysis.name, progress=progress, **options)

    method.__name__ = analysis.name
    method.__qualname__ = f"Survey.{analysis.name}"
    method.__doc__ = describe_analysis(analysis)
    sign(method, [("self", None)], analysis.options, "Result")
    return method


def make_function(analysis):
    """A function that reads the data as the analysis wants them, and runs it."""
    reading = {name: option._replace(default=analysis.read_options.get(name, option.default))
               for name, option in READING.items()}

    def function(source, *, progress=None, **options):
        given = {name: options.pop(name) for name in reading if name in options}
        survey = read(source, progress=progress, **{**analysis.read_options, **given})
        return survey.run(analysis.name, progress=progress, **options)

    settings = " ".join(f'{name}="{value}"' for name, value in analysis.read_options.items())
    function.__name__ = function.__qualname__ = analysis.name
    function.__module__ = __package__
    function.__doc__ = (
        f"Reads a file, several, a file object or a frame with {settings} unless told otherwise, "
        f"and\nruns the analysis of that name.\n\n{describe_analysis(analysis, reading)}")
    sign(function, [("source", "Path | Sequence[Path] | SupportsRead | object")],
         {**reading, **analysis.options}, "Result")
    return function


def add_analyses():
    for analysis in analyses.values():
        setattr(Survey, analysis.name, make_method(analysis))


def list_functions():
    """The functions of the package for analyses that want their data read in a way of their own."""
    return {analysis.name: make_function(analysis)
            for analysis in analyses.values() if analysis.read_options}


def document_reading():
    sign(Survey.__init__, [("self", None), ("frame", "object")], READING, "None")
    sign(read_csv, [("path", "Path | Sequence[Path] | SupportsRead")], READING, "Survey")
    sign(read_file, [("path", "Path | Sequence[Path]")], READING, "Survey", {"sheet": "str | None"})
    sign(codebook, [("path", "Path | Sequence[Path]")], all_options["codebook"], "Result")
    codebook.__doc__ = f"{codebook.__doc__}\n\n{describe_options(all_options['codebook'])}"
    Survey.__doc__ = f"{inspect.cleandoc(Survey.__doc__)}\n\n{describe_options(READING)}"
    for function in (read_csv, read_file):
        function.__doc__ = f"{inspect.cleandoc(function.__doc__)}\n\n{describe_options(READING)}"


add_analyses()
document_reading()
