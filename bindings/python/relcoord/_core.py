"""Calls of the library: errors become exceptions, handles are freed, and callbacks reach Python."""
import os
from itertools import count, takewhile

from ._binding import ffi, lib
from .errors import UsageError, kind_of

FREE = {
    "relcoord_survey": lib.relcoord_survey_free,
    "relcoord_result": lib.relcoord_result_free,
    "relcoord_options": lib.relcoord_options_free,
    "relcoord_codebook": lib.relcoord_codebook_free,
    "relcoord_register": lib.relcoord_register_free,
}


class Context:
    """What callbacks work with during one call, and what Python raised in them."""

    def __init__(self, progress=None, source=None, sink=None):
        self.progress, self.source, self.sink = progress, source, sink
        self.raised = None
        self.handle = ffi.new_handle(self)


def keep_exception(_kind, exception, traceback):
    """An exception cannot pass through the library: it is kept, the call fails, and it is raised
    then."""
    user = traceback.tb_frame.f_locals.get("user") if traceback else None
    if user:
        ffi.from_handle(user).raised = exception


# A pending Ctrl-C becomes a KeyboardInterrupt as soon as one of these runs in the main thread,
# which is why every call that may take long reports its progress here, whether or not someone asked
# for it.
@ffi.def_extern(error=1, onerror=keep_exception)
def report_progress(user, share):
    progress = ffi.from_handle(user).progress
    if progress is not None:
        progress(None if share < 0 else share)
    return 0


@ffi.def_extern(error=-1, onerror=keep_exception)
def give_bytes(user, buffer, capacity):
    given = ffi.from_handle(user).source(capacity)
    ffi.memmove(buffer, given, len(given))
    return len(given)


@ffi.def_extern(error=1, onerror=keep_exception)
def take_bytes(user, bytes, size):
    ffi.from_handle(user).sink(ffi.buffer(bytes, size)[:])
    return 0


def text(pointer):
    """A borrowed string, or None."""
    return ffi.string(pointer).decode("utf-8", "replace") if pointer else None


def each_text(function, handle):
    """What a function gives by index, up to None."""
    texts = (text(function(handle, index)) for index in count())
    return tuple(takewhile(lambda text: text is not None, texts))


def encode_path(path):
    if not isinstance(path, (str, bytes, os.PathLike)):
        raise UsageError("a file is given by its path, or as an object to read from or write to, "
                         f"not as a {type(path).__name__}")
    name = os.fsencode(path)
    if b"\0" in name:
        raise UsageError("no path has a NUL in it")
    return name


def make_exception(error):
    file = text(error.file) or None
    return kind_of(text(lib.relcoord_status_name(error.status)), file)(
        text(error.message),
        line=error.line or None,
        row=error.row or None,
        column=text(error.column) or None,
        option=text(error.option) or None,
        file=file,
    )


def call(function, *arguments, context=None):
    error = ffi.new("relcoord_error *")
    status = function(*arguments, error)
    if context is not None and context.raised is not None:
        raise context.raised
    if status != lib.RELCOORD_OK:
        raise make_exception(error)


def make(kind, function, *arguments, context=None):
    """A handle that the function makes, freed with the last reference to it."""
    out = ffi.new(f"{kind} **")
    try:
        call(function, *arguments, out, context=context)
    finally:
        handle = ffi.gc(out[0], FREE[kind]) if out[0] else None
    return handle
