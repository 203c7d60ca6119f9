"""What can go wrong, by the library's own kinds of error."""
import errno
import os


class RelcoordError(Exception):
    """An error of relcoord. What it knows of the place stands in its attributes; None where that
    does not apply."""

    #: The name of the library's status.
    code = "RELCOORD_EINTERNAL"

    def __init__(self, message, *, line=None, row=None, column=None, option=None, file=None):
        super().__init__(message)
        self.message, self.line, self.row = message, line, row
        self.column, self.option, self.file = column, option, file

    def __str__(self):
        """file:line: column: message, or where rows are counted instead: row 7: column: message."""
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        if self.line is None and self.row is not None:
            place = f"{place}: row {self.row}" if place else f"row {self.row}"
        return ": ".join(part for part in (place, self.column, self.message) if part)

    def __reduce__(self):
        return _make_again, (type(self), self.message, {**self.__dict__})


def _make_again(kind, message, attributes):
    error = kind(message)
    error.__dict__.update(attributes)
    return error


class DataError(RelcoordError, ValueError):
    """The data are at fault: line, row and column say where."""

    code = "RELCOORD_EDATA"


class UsageError(RelcoordError, ValueError):
    """The call is at fault: an unknown analysis, several waves unnamed."""

    code = "RELCOORD_EUSAGE"


class OptionError(RelcoordError, ValueError):
    """An option is unknown, of the wrong type or out of range."""

    code = "RELCOORD_EOPTION"


class FileError(RelcoordError, OSError):
    """A file or a stream could not be opened, read or written."""

    code = "RELCOORD_EIO"


class MissingFileError(FileError, FileNotFoundError):
    """A file is not there. The library says only that it cannot be opened: whether it is there is
    looked up after it failed."""

    def __init__(self, message, **place):
        super().__init__(message, **place)
        self.errno, self.filename = errno.ENOENT, self.file


class OutOfMemoryError(RelcoordError, MemoryError):
    """Memory ran out."""

    code = "RELCOORD_ENOMEM"


class CancelledError(RelcoordError):
    """The work was cancelled."""

    code = "RELCOORD_ECANCELLED"


class InternalError(RelcoordError):
    """A defect in relcoord itself."""

    code = "RELCOORD_EINTERNAL"


by_code = {
    kind.code: kind
    for kind in (DataError, UsageError, OptionError, FileError, OutOfMemoryError, CancelledError,
                 InternalError)
}

SHORTENED = 252  # bytes of a file's name from which the library may have cut it


def kind_of(code, file):
    """The exception for a status, in the work on a file or None."""
    known = (file is not None and file != "-" and "\ufffd" not in file
             and len(file.encode()) < SHORTENED)
    if code == FileError.code and known and not os.path.lexists(file):
        return MissingFileError
    return by_code.get(code, RelcoordError)
