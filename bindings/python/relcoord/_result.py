"""Results: tables to go on working with, and every form that the library's presenters give."""
import os
from types import MappingProxyType

from . import _registry
from ._core import Context, call, each_text, encode_path, ffi, lib, make, text
from ._options import make_options, value_of
from ._table import render, tables_of
from .errors import UsageError


class Drawing(str):
    """A drawing as SVG, which notebooks show."""

    def _repr_svg_(self):
        return str(self)


WORKBOOK = "xlsx"  # which is no text, and of relcoord-formats, not of the core


class Result:
    """What an analysis found: tables by name, and notes, one sentence each, that a reader of the
    figures has to know. It is independent of its survey, never changes, and may be read by any
    number of threads."""

    def __init__(self, handle):
        self._handle = handle
        self.analysis = text(lib.relcoord_result_analysis(handle))
        self.tables = MappingProxyType(tables_of(handle))
        self.notes = each_text(lib.relcoord_result_note, handle)

    @property
    def options(self):
        """The options that the result was made with, set or not: all but those that change no
        figure."""
        options = _registry.options.get(self.analysis, {}).values()
        texts = {option: text(lib.relcoord_result_option(self._handle, option.name.encode()))
                 for option in options}
        return MappingProxyType({option.name: value_of(option, given)
                                 for option, given in texts.items() if not option.transient})

    def render(self, format="text", *, progress=None, **options):
        """The result in one of the library's formats, as a string. Options: those of "write"."""
        if format == WORKBOOK:
            raise UsageError("a workbook is no text: write() it")
        return render(self._handle, format, options, progress).decode()

    def write(self, path, format=None, *, progress=None, **options):
        """Writes the result to a path, or to an object with a write() that takes bytes. The format
        is that of the path's suffix unless it is named. The file is whole or absent, and the old
        one stays until then; it keeps its permissions; a link is followed, and a pipe written in
        place. The files that the result was made from are not written over. "xlsx" is a workbook
        with a sheet for each table."""
        if hasattr(path, "write"):
            format = format or format_of(getattr(path, "name", None))
            path.write(render(self._handle, format, options, progress))
            return
        context = Context(progress)
        write = make_options("write", options, context)
        call(lib.formats_write_file, self._handle, encode_path(path),
             format.encode() if format else ffi.NULL, write, context=context)

    def plot(self, **options):
        """A drawing of the result, by the library's format svg."""
        if "svg" not in _registry.formats:
            raise UsageError(
                f"relcoord {text(lib.relcoord_version())} draws no plots: it has no format 'svg'")
        return Drawing(self.render("svg", **options))

    def __repr__(self):
        return self.render("text").rstrip("\n")

    def _repr_html_(self):
        return self.render("html")

    def __reduce__(self):
        raise TypeError(
            "a relcoord.Result cannot be pickled; pickle the to_dict() of its tables, or write it")


def format_of(name):
    """The format that the suffix of a file object's name asks for."""
    if isinstance(name, (str, bytes)) and os.fsdecode(name).lower().endswith(f".{WORKBOOK}"):
        return WORKBOOK
    found = (lib.relcoord_format_of(os.fsencode(name)) if isinstance(name, (str, bytes))
             else ffi.NULL)
    if not found:
        raise UsageError(f"the name of the file, {name!r}, ends in no format: say format=")
    return text(found)


def describe():
    """Everything relcoord offers, as a result with the tables analyses, options, tables, columns,
    formats and views."""
    return Result(make("relcoord_result", lib.relcoord_describe))
