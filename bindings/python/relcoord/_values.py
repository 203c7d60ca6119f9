"""Columns of Python values: found to be text or numbers, or refused with the place of the value at
fault."""
import decimal
import numbers
from array import array
from collections import namedtuple
from itertools import accumulate

UNREADABLE = (TypeError, ValueError, ArithmeticError)
# Packages are not imported to know their types:
MISSING_TYPES = {"NoneType", "NAType", "NaTType"}  # None, and pandas' two
FLAG_TYPES = {"bool", "bool_"}  # bool, and numpy's two


# What is wrong with a value: its place from 0, its row from 1, or None where no row has it, and in
# words.
Fault = namedtuple("Fault", "place row message")


class Column:
    """Buffers of a column as Arrow lays them out, without its name. What lies in buffers is kept by
    it."""

    def __init__(self, format, buffers, length, dictionary=None, fault=None):
        self.format, self.buffers, self.length = format, buffers, length
        self.dictionary, self.fault = dictionary, fault


def unreadable(length, fault):
    """A column that is an error if the library uses it, and none if it does not."""
    return Column(b"unreadable", [], length, fault=fault)


def is_missing(value):
    return type(value).__name__ in MISSING_TYPES or value != value  # NaN, of any type


def text_of(value):
    """A value as a field of a file would have it. TypeError when it is neither text nor a
    number."""
    if isinstance(value, str):
        return value
    if is_missing(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, decimal.Decimal)):
        raise TypeError(
            f"a value of the type {type(value).__name__} cannot be read; give text or numbers")
    try:
        whole = int(value)
    except OverflowError:
        return repr(float(value))
    return str(whole) if whole == value else repr(float(value))


def encode(value):
    return text_of(value).encode()


def find_fault(values):
    """The first value that cannot be read."""
    for place, (row, value) in enumerate(enumerate(values, 1)):
        try:
            encode(value)
        except UnicodeEncodeError:
            return Fault(place, row, "the text is not valid Unicode")
        except UNREADABLE as error:
            return Fault(place, row, str(error))
    return None


def column_of_text(texts):
    """Text in Arrow's layout; an empty text is missing, as in a file."""
    offsets = array("q", accumulate(map(len, texts), initial=0))
    return Column(b"U", [None, offsets, b"".join(texts)], len(texts))


def pack_flags(flags):
    """A bit for each, in what has room for a byte for each."""
    bits = bytearray(len(flags))
    for place, flag in enumerate(flags):
        bits[place >> 3] |= bool(flag) << (place & 7)
    return bits


def is_flag(value):
    return type(value).__name__ in FLAG_TYPES


def are_flags(values, kinds):
    """Whether the values are booleans, some of which may be missing."""
    try:
        return (any(kind.__name__ in FLAG_TYPES for kind in kinds)
                and all(is_flag(v) or is_missing(v) for v in values))
    except UNREADABLE:
        return False


def column_of_flags(values):
    valid = [is_flag(value) for value in values]
    return Column(b"b", [pack_flags(valid),
                         pack_flags([there and value for there, value in zip(valid, values)])],
                  len(values))


def column_of_values(values):
    """A list of values of any type."""
    kinds = set(map(type, values))
    if are_flags(values, kinds):
        return column_of_flags(values)
    try:
        if kinds == {int}:
            return Column(b"l", [None, array("q", values)], len(values))
        if kinds == {float}:
            return Column(b"g", [None, array("d", values)], len(values))
    except OverflowError:
        pass  # whole numbers of more than 64 bits are read as text, too
    try:
        return column_of_text([value.encode() for value in values] if kinds == {str}
                              else list(map(encode, values)))
    except UNREADABLE:
        return unreadable(len(values), find_fault(values))
