"""Tables of a result, and what the library's presenters write of it."""
from itertools import count, takewhile

from ._arrow import make_stream_capsule
from ._core import Context, call, ffi, lib, text
from ._options import make_options


def render(handle, format, options, progress=None):
    """What a presenter writes, as bytes."""
    pieces = []
    context = Context(progress, sink=pieces.append)
    write = make_options("write", options, context)
    call(lib.formats_write, handle, format.encode(), write, lib.take_bytes, context.handle,
         context=context)
    return b"".join(pieces)


class Column:
    """A column's name, type (string, integer, number) and kind (key, count, estimate, interval,
    label, note)."""

    __slots__ = ("name", "type", "kind")

    def __init__(self, name, type, kind):
        self.name, self.type, self.kind = name, type, kind

    def __repr__(self):
        return f"Column({self.name!r}, {self.type!r}, {self.kind!r})"


class Table:
    """A table of a result: rows under typed, named columns. len() counts its rows."""

    def __init__(self, handle, pointer):
        self._handle, self._pointer = handle, pointer
        self.name = text(lib.relcoord_table_name(pointer))
        self.columns = tuple(map(self._column_at, range(lib.relcoord_table_columns(pointer))))

    def _column_at(self, index):
        return Column(
            text(lib.relcoord_table_column_name(self._pointer, index)),
            TYPE_NAMES[lib.relcoord_table_column_type(self._pointer, index)],
            KIND_NAMES[lib.relcoord_table_column_kind(self._pointer, index)],
        )

    def __len__(self):
        return lib.relcoord_table_rows(self._pointer)

    def __getitem__(self, name):
        """The values of a column as a list, None where there is none."""
        for column in self.columns:
            if column.name == name:
                return self._values_of(column)
        raise KeyError(name)

    def _values_of(self, column):
        read, element, convert = READERS[column.type]
        values, valid = ffi.new(f"{element} **"), ffi.new("uint8_t **")
        call(read, self._pointer, column.name.encode(), values, valid)
        rows = len(self)
        pairs = zip(ffi.unpack(values[0], rows), ffi.unpack(valid[0], rows)) if rows else ()
        return [convert(value) if there else None for value, there in pairs]

    def to_dict(self):
        """The columns by name, each a list with None where there is no value."""
        return {column.name: self._values_of(column) for column in self.columns}

    def to_pandas(self):
        """A pandas.DataFrame: numbers as float64 with NaN, integers as Int64, words as strings."""
        import pandas

        dtypes = {"string": "string", "integer": "Int64", "number": "float64"}
        return pandas.DataFrame({
            column.name: pandas.Series(self._values_of(column), dtype=dtypes[column.type])
            for column in self.columns
        })

    def to_polars(self):
        """A polars.DataFrame, by way of Arrow."""
        import polars

        return polars.DataFrame(self)

    def __arrow_c_stream__(self, requested_schema=None):
        """The table as an Arrow stream with a copy of its own; what is requested is not converted
        to."""
        return make_stream_capsule(self._pointer)

    def __repr__(self):
        return render(self._handle, "text", {"table": self.name}).decode().rstrip("\n")

    def _repr_html_(self):
        return render(self._handle, "html", {"table": self.name}).decode()

    def __reduce__(self):
        raise TypeError(
            "a relcoord.Table cannot be pickled; pickle its to_dict(), to_pandas() or to_polars()")


def read_words(value):
    return ffi.string(value).decode()


READERS = {
    "string": (lib.relcoord_table_strings, "const char *const", read_words),
    "integer": (lib.relcoord_table_integers, "const int64_t", int),
    "number": (lib.relcoord_table_doubles, "const double", float),
}


def name_values(enumeration):
    """The values of an enumeration of relcoord.h by their names in small letters, without
    RELCOORD_."""
    members = ffi.typeof(enumeration).elements
    return {value: name.partition("_")[2].lower() for value, name in members.items()}


TYPE_NAMES = name_values("relcoord_type")
KIND_NAMES = name_values("relcoord_kind")


def tables_of(handle):
    """The tables of a result by name, in its order."""
    pointers = (lib.relcoord_result_table_at(handle, index) for index in count())
    return {table.name: table
            for table in (Table(handle, pointer) for pointer in takewhile(bool, pointers))}
