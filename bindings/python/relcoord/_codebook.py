"""Codebooks and registers from frames: their cells become the text that a file would have, and the
library reads that. A name stands in errors in place of a file's."""
import csv
import datetime
import io
from itertools import count, islice

from ._arrow import open_stream
from ._core import Context, ffi, lib, make
from ._frame import name_columns, refuse_column, refuse_frame, take
from ._values import UNREADABLE, is_flag, text_of
from .errors import DataError, UsageError

NUMBERS = {b"c": "int8_t", b"C": "uint8_t", b"s": "int16_t", b"S": "uint16_t",
           b"i": "int32_t", b"I": "uint32_t", b"l": "int64_t", b"L": "uint64_t",
           b"f": "float", b"g": "double"}
OFFSETS = {b"u": "int32_t", b"U": "int64_t"}
SHORT_VIEW = 12  # bytes of text that a view holds itself


# ---- Cells of an Arrow stream, after the Arrow columnar format

def is_valid(array, at):
    bits = ffi.cast("uint8_t *", array.buffers[0]) if array.n_buffers else ffi.NULL
    return not bits or bits[at >> 3] >> (at & 7) & 1


def read_view(array, at):
    size, _, buffer, offset = words = ffi.cast("int32_t (*)[4]", array.buffers[1])[at]
    if size <= SHORT_VIEW:
        return ffi.buffer(ffi.addressof(words, 1), size)[:].decode()
    text = ffi.cast("char *", ffi.addressof(array.buffers, 2)[buffer])
    return ffi.buffer(ffi.addressof(text, offset), size)[:].decode()


def read_text(array, at, offset):
    start, end = ffi.cast(f"{offset} (*)[2]",
                          ffi.addressof(ffi.cast(f"{offset} *", array.buffers[1]), at))[0]
    return ffi.buffer(ffi.cast("char *", array.buffers[2]), end)[start:].decode()


def read_cell(schema, array, at):
    """A cell as text, a number or None."""
    format = ffi.string(schema.format)
    if format == b"n" or not is_valid(array, at):
        return None
    if format in NUMBERS:
        number = ffi.cast(f"{NUMBERS[format]} *", array.buffers[1])[at]
        return (read_item(schema.dictionary, array.dictionary, number) if schema.dictionary
                else number)
    if format == b"b":
        return bool(ffi.cast("uint8_t *", array.buffers[1])[at >> 3] >> (at & 7) & 1)
    if format in OFFSETS:
        return read_text(array, at, OFFSETS[format])
    if format == b"vu":
        return read_view(array, at)
    raise TypeError(f"Arrow's type '{format.decode()}' cannot be read; give text or numbers")


def read_item(schema, array, number):
    return read_cell(schema, array, next(islice(count(array.offset), number, None)))


def read_column(file, name, schema, array, batch):
    places = islice(count(array.offset), batch.offset, None)
    try:
        return [read_cell(schema, array, at) for at in islice(places, batch.length)]
    except TypeError as error:
        raise DataError(str(error), column=name, file=file) from None


def read_stream(file, capsule):
    """The columns of a stream, each a list of cells, with their names."""
    stream = open_stream(capsule)
    schema = take(stream, stream.get_schema, "ArrowSchema")
    fields = [schema.children[place] for place in range(schema.n_children)]
    named = [(ffi.string(field.name).decode(), []) for field in fields]
    while (batch := take(stream, stream.get_next, "ArrowArray")).release:
        for place, (name, cells) in enumerate(named):
            cells.extend(read_column(file, name, fields[place], batch.children[place], batch))
    return named


# ---- Cells as a file

def list_cells(values):
    """The cells of a column of any package, as values of Python."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        refuse_column(values)
    for name in ("to_pylist", "tolist"):
        if hasattr(values, name):
            return getattr(values, name)()
    return list(values)


def list_columns(file, frame):
    named = name_columns(frame)
    if named is not None:
        return [(str(name), list_cells(values)) for name, values in named]
    if hasattr(frame, "__arrow_c_stream__"):
        return read_stream(file, frame.__arrow_c_stream__())
    return refuse_frame(frame)


def field_of_codebook(value):
    return text_of(value)


def field_of_register(value):
    """Whether someone is in a group may be said by booleans, and dates are what a file would
    have."""
    if is_flag(value):
        return "1" if value else "0"
    return (value.isoformat() if isinstance(value, datetime.date) and value == value
            else text_of(value))


def write_csv(file, named, field_of):
    """The columns as the bytes of a CSV file."""
    if len({len(cells) for _, cells in named}) > 1:
        raise UsageError(f"the columns of the {file} differ in length")

    def write_field(name, row, value):
        try:
            return field_of(value)
        except UNREADABLE as error:
            raise DataError(str(error), row=row, column=name, file=file) from None

    fields = [[write_field(name, *numbered) for numbered in enumerate(cells, 1)]
              for name, cells in named]
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(name for name, _ in named)
    writer.writerows(zip(*fields))
    return text.getvalue().encode()


def read_frame(file, frame, field_of, kind, read, options):
    source = Context(source=io.BytesIO(write_csv(file, list_columns(file, frame), field_of)).read)
    return make(kind, read, lib.give_bytes, source.handle, file.encode(), options, context=source)


def read_codebook(frame):
    """The codebook that a frame is. It is plain CSV, whatever options say of the data."""
    return read_frame("codebook", frame, field_of_codebook, "relcoord_codebook",
                      lib.relcoord_codebook_read_source, ffi.NULL)


def read_register(frame, options):
    """The register that a frame is, by the codebook of the options, which say nothing of files."""
    return read_frame("register", frame, field_of_register, "relcoord_register",
                      lib.relcoord_register_read_source, options)
