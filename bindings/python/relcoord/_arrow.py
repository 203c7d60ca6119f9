"""Arrow's capsules: C structs that packages hand to each other. After the Arrow PyCapsule
interface."""
import ctypes

from ._core import call, ffi, lib

_make_capsule = ctypes.pythonapi.PyCapsule_New
_make_capsule.restype = ctypes.py_object
_make_capsule.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
_open_capsule = ctypes.pythonapi.PyCapsule_GetPointer
_open_capsule.restype = ctypes.c_void_p
_open_capsule.argtypes = (ctypes.py_object, ctypes.c_char_p)

STREAM_NAME = b"arrow_array_stream"  # a capsule borrows its name


def open_capsule(capsule, kind, name):
    return ffi.cast(f"struct {kind} *", _open_capsule(capsule, name))


def open_stream(capsule):
    return open_capsule(capsule, "ArrowArrayStream", STREAM_NAME)


def make_stream_capsule(table):
    stream = lib.new_stream()
    if not stream:
        raise MemoryError
    try:
        call(lib.relcoord_table_to_arrow, table, stream)
        return _make_capsule(address_of(stream), STREAM_NAME, address_of(lib.stream_destructor()))
    except BaseException:
        lib.free_stream(stream)
        raise


def address_of(pointer):
    return int(ffi.cast("uintptr_t", pointer))
