"""Frames as Arrow streams. What offers Arrow itself is taken as it is; of pandas' and of
dictionaries' columns the buffers are lent, so that only what has no such form is converted."""
from collections.abc import Mapping
from contextlib import contextmanager

from ._arrow import open_capsule, open_stream
from ._core import ffi, lib
from ._values import Column, Fault, column_of_values, unreadable
from .errors import DataError, UsageError

# Arrow's formats of numbers, by numpy's names of them.
NUMBERS = {"i1": b"c", "i2": b"s", "i4": b"i", "i8": b"l",
           "u1": b"C", "u2": b"S", "u4": b"I", "u8": b"L", "f4": b"f", "f8": b"g"}
KINDS = {**dict.fromkeys("bhilq", "i"), **dict.fromkeys("BHILQ", "u"), **dict.fromkeys("fd", "f")}


# ---- Columns

class Lent:
    """A column that another package exports, and owns."""

    fault = None

    def __init__(self, schema, array, owner):
        self.schema, self.array, self.owner = schema, array, owner
        self.length = array.length


def lend_array(values):
    capsules = values.__arrow_c_array__()
    return Lent(open_capsule(capsules[0], "ArrowSchema", b"arrow_schema"),
                open_capsule(capsules[1], "ArrowArray", b"arrow_array"), capsules)


def release(pointer):
    if pointer.release:
        pointer.release(pointer)


def take(stream, function, kind):
    out = ffi.gc(ffi.new(f"struct {kind} *"), release)
    if function(stream, out):
        reason = stream.get_last_error(stream)
        raise DataError("the Arrow stream failed: "
                        f"{ffi.string(reason).decode() if reason else 'it gave no reason'}")
    return out


def lend_stream(values):
    """None when it comes in several pieces."""
    capsule = values.__arrow_c_stream__()
    stream = open_stream(capsule)
    schema = take(stream, stream.get_schema, "ArrowSchema")
    array = take(stream, stream.get_next, "ArrowArray")
    more = take(stream, stream.get_next, "ArrowArray") if array.release else None
    return Lent(schema, array, capsule) if more and not more.release else None


def column_of_numpy(values):
    """An array of numpy. Numbers in one piece are lent; booleans become bits, as they are in Arrow;
    what is neither is looked at value by value."""
    if hasattr(values, "mask") or values.dtype.kind in "OUS":
        return column_of_values(values.tolist())
    if values.dtype.kind == "b" and values.ndim == 1:
        return Column(b"b", [None, pack_bits(values)], len(values))
    if values.dtype.kind not in "iuf" or values.ndim != 1:
        return column_of_values(list(values))
    if values.dtype.str[1:] not in NUMBERS:  # halves and long doubles
        values = values.astype("f8")
    if not values.dtype.isnative or not values.flags.c_contiguous:
        values = values.astype(values.dtype.newbyteorder("="), order="C")
    return Column(NUMBERS[values.dtype.str[1:]], [None, values], len(values))


def column_of_memory(values):
    """Anything with a buffer of numbers, such as array.array."""
    view = memoryview(values)
    name = f"{KINDS.get(view.format, '')}{view.itemsize}"
    if view.ndim != 1 or not view.c_contiguous or name not in NUMBERS:
        return column_of_values(view.tolist())
    return Column(NUMBERS[name], [None, view], len(view))


def pack_bits(flags):
    import numpy

    return numpy.packbits(flags, bitorder="little")


def column_of_masked(values):
    """A nullable array of pandas."""
    column = column_of_numpy(values.to_numpy(dtype=values.dtype.numpy_dtype, na_value=0))
    missing = values.isna()
    if missing.any():
        column.buffers[0] = pack_bits(~missing)
    return column


def column_of_categories(values):
    """A categorical: its codes are lent. Missing values have the code -1."""
    column = column_of_numpy(values.codes)
    column.dictionary = column_of(values.categories)
    # Of booleans Arrow has no indices, and the library neither.
    if getattr(column.dictionary, "format", None) == b"b":
        return column_of_values(values.tolist())
    column.buffers[0] = pack_bits(values.codes >= 0)
    fault = column.dictionary.fault
    if fault:
        places = (row for row, code in enumerate(values.codes.tolist(), 1) if code == fault.place)
        return unreadable(len(values), Fault(None, next(places, None), fault.message))
    return column


def column_of_extension(values):
    """An array of pandas' own. Those that Arrow would give another meaning to go value by value."""
    dtype = values.dtype
    if hasattr(values, "codes") and hasattr(values, "categories"):
        return column_of_categories(values)
    if hasattr(dtype, "numpy_dtype") and hasattr(values, "_mask") and dtype.kind in "biuf":
        return column_of_masked(values)
    if hasattr(values, "__arrow_array__") and (hasattr(dtype, "pyarrow_dtype")
                                               or dtype.name in ("str", "string")):
        return column_of_arrow(values.__arrow_array__())
    if hasattr(dtype, "numpy_dtype") and not hasattr(values, "_mask"):
        return column_of_numpy(values.to_numpy())
    return column_of_values(list(values))


def column_of_arrow(values):
    """A column of pyarrow, polars or another package that exports Arrow, in one piece."""
    for join in ("combine_chunks", "rechunk"):
        values = getattr(values, join)() if hasattr(values, join) else values
    if hasattr(values, "__arrow_c_array__"):
        return lend_array(values)
    return lend_stream(values) or column_of_values(list(values))


def refuse_frame(frame):
    raise UsageError("a frame is a pandas, polars or pyarrow table, a DuckDB relation, anything "
                     "with __arrow_c_stream__, or a dictionary of sequences, not a "
                     f"{type(frame).__name__}")


def is_of(package, thing):
    """Whether something is of a package, which need not be there to be asked."""
    return any(kind.__module__.partition(".")[0] == package for kind in type(thing).__mro__)


def column_of(values):
    if is_of("pandas", values):
        return column_of_extension(getattr(values, "array", values))
    if is_of("numpy", values):
        return column_of_numpy(values)
    if hasattr(values, "__arrow_c_array__") or hasattr(values, "__arrow_c_stream__"):
        return column_of_arrow(values)
    if isinstance(values, (str, bytes, bytearray, Mapping)):
        refuse_column(values)
    try:
        return column_of_memory(values)
    except (TypeError, NotImplementedError):
        return column_of_values(list(values) if hasattr(values, "__iter__")
                                else refuse_column(values))


def refuse_column(values):
    raise UsageError(f"a column is a sequence of values, not a {type(values).__name__}")


# ---- Batches

class Batch:
    """Columns as an Arrow stream of one batch, which lives as long as this."""

    def __init__(self, named):
        self.columns = [(str(name), column_of(values)) for name, values in named]
        self.faults = {name: column.fault for name, column in self.columns if column.fault}
        self.kept = []
        self.check_lengths()
        length = self.columns[0][1].length if self.columns else 0
        children = [self.lay_out(name, column) for name, column in self.columns]
        schema, array = self.lay_out("", Column(b"+s", [None], length))
        self.array = array
        schema.n_children = array.n_children = len(children)
        schema.children = self.keep("struct ArrowSchema *[]", [child[0] for child in children])
        array.children = self.keep("struct ArrowArray *[]", [child[1] for child in children])
        self.stream = self.keep("struct ArrowArrayStream *")
        lib.open_batch(self.stream, schema, array)
        if not self.stream.release:
            raise MemoryError

    def check_lengths(self):
        for name, column in self.columns:
            first, expected = self.columns[0]
            if column.length != expected.length:
                raise UsageError(
                    f"the column '{name}' has {column.length} values, '{first}' {expected.length}")

    def keep(self, kind, value=None):
        self.kept.append(ffi.new(kind, value))
        return self.kept[-1]

    def lay_out(self, name, column):
        """The schema and the array of a column."""
        schema, array = self.keep("struct ArrowSchema *"), self.keep("struct ArrowArray *")
        if isinstance(column, Lent):
            schema[0], array[0] = column.schema[0], column.array[0]
        else:
            self.fill(schema, array, column)
        schema.name = self.keep("char[]", name.encode("utf-8", "replace"))
        schema.release = ffi.addressof(lib, "mark_schema_released")
        array.release = ffi.addressof(lib, "mark_array_released")
        return schema, array

    def fill(self, schema, array, column):
        schema.format = self.keep("char[]", column.format)
        array.length, array.null_count = column.length, -1  # -1: not counted
        array.n_buffers = len(column.buffers)
        array.buffers = self.keep("const void *[]",
                                  [self.lend(buffer) for buffer in column.buffers])
        if column.dictionary:
            schema.dictionary, array.dictionary = self.lay_out("", column.dictionary)

    def lend(self, buffer):
        if buffer is None:
            return ffi.NULL
        self.kept.append(ffi.from_buffer(buffer))
        return self.kept[-1]


def name_columns(frame):
    """The columns of a frame with their names, or None where it has to be asked for a stream."""
    if isinstance(frame, Mapping):
        return frame.items()
    if is_of("pandas", frame) and hasattr(frame, "columns"):
        return ((name, frame.iloc[:, place]) for place, name in enumerate(frame.columns))
    return None


@contextmanager
def open_frame(frame):
    """A frame as an Arrow stream. The error about a column that could not be laid out is raised
    when, and only when, the library comes to use it."""
    named = name_columns(frame)
    if named is not None:
        batch = Batch(named)
        stream, faults = batch.stream, batch.faults
    elif hasattr(frame, "__arrow_c_stream__"):
        capsule = frame.__arrow_c_stream__()
        stream, faults = open_stream(capsule), {}
    else:
        refuse_frame(frame)
    try:
        yield stream
    except DataError as error:
        fault = faults.get(error.column)
        if fault is None:
            raise
        raise DataError(fault.message, row=fault.row, column=error.column) from None
