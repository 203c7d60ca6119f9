"""Options: Python's values into the library's, and the signatures and docstrings that the registry
gives. What a value must be is the library's to judge."""
import inspect
import keyword
import numbers
import os
import re
import textwrap
from types import MappingProxyType

from ._core import call, lib, make
from .errors import OptionError

TYPES = {
    "flag": "bool",
    "integer": "int",
    "number": "float",
    "text": "str | int | None",
    "path": "str | os.PathLike[str] | None",
    "frame": "str | os.PathLike[str] | object | None",  # or a path
    "list": "str | Sequence[str] | None",
}
PROGRESS = inspect.Parameter("progress", inspect.Parameter.KEYWORD_ONLY, default=None,
                             annotation="Callable[[float | None], object] | None")


# ---- Names and values

def name_of(option):
    """The option's name as Python can write it: that of a word that Python keeps for itself has a _
    behind it."""
    return f"{option.name}_" if keyword.iskeyword(option.name) else option.name


def name_in_library(name):
    return name[:-1] if name.endswith("_") and keyword.iskeyword(name[:-1]) else name


def refuse(name, message):
    raise OptionError(f"option '{name}' {message}", option=name)


def as_text(name, value):
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, numbers.Integral):
        return str(int(value)).encode()
    if isinstance(value, os.PathLike):
        value = os.fsencode(value)
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    if not isinstance(value, bytes):
        refuse(name, f"takes no {type(value).__name__}")
    if b"\0" in value:
        refuse(name, "takes no text with a NUL in it")
    return value


def set_list(options, name, values):
    """Each value is one name, with whatever is in it; text alone may hold several, separated by
    commas."""
    texts = [as_text(name, value) for value in values]
    call(lib.relcoord_options_set, options, name.encode(), b"")
    for value in texts:
        call(lib.relcoord_options_add, options, name.encode(), value)


def set_option(options, name, value):
    # False is not 0 and True is not 1: a flag given for a number is to be refused, as text is.
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral):
        call(lib.relcoord_options_set_number, options, name.encode(), float(value))
    elif isinstance(value, (list, tuple, set, frozenset)):
        set_list(options, name, value)
    else:
        call(lib.relcoord_options_set, options, name.encode(), as_text(name, value))


def make_options(purpose, values, context=None):
    """Options of a purpose; None leaves an option at its default."""
    options = make("relcoord_options", lib.relcoord_options_new, purpose.encode())
    if context is not None:
        lib.relcoord_options_set_progress(options, lib.report_progress, context.handle)
    for name, value in values.items():
        if value is not None:
            set_option(options, name_in_library(name), value)
    return options


# ---- Signatures and docstrings

def split_list(text):
    """The names of a list as the library writes it, a backslash before a comma or backslash in a
    name."""
    names = (re.sub(r"\\(.)", r"\1", name.strip(" "))
             for name in re.findall(r"(?:\\.|[^\\,])+", text))
    return tuple(filter(None, names))


READERS = {"flag": "true".__eq__, "integer": int, "number": float, "list": split_list}


def value_of(option, text):
    """The value of an option, of which the library has the text, as Python has it; None for
    none."""
    return READERS.get(option.type, str)(text) if text else None


def default_of(option):
    return value_of(option, option.default)


def type_of(option):
    if option.type == "choice":
        return f"Literal[{', '.join(map(repr, option.allowed))}]"
    if option.type == "integer" and option.allowed:
        return f"int | Literal[{', '.join(map(repr, option.allowed))}]"
    return TYPES[option.type]


def parameters_of(options):
    """The keyword parameters of a function that takes these options, and progress."""
    keywords = [inspect.Parameter(name_of(option), inspect.Parameter.KEYWORD_ONLY,
                                  default=default_of(option),
                                  annotation=f"{type_of(option)} | None".replace(
                                      " | None | None", " | None"))
                for option in options.values()]
    return [*keywords, PROGRESS]


def describe_option(option):
    takes = ", ".join(option.allowed)
    if option.minimum is not None and option.maximum is not None:
        takes = ", or ".join([f"{option.minimum:g} to {option.maximum:g}", *option.allowed])
    words = f"{option.help} ({takes})" if takes else option.help
    return textwrap.fill(f"{name_of(option)}: {words}", 96, initial_indent="    ",
                         subsequent_indent="        ")


def describe_options(options):
    return "\n".join([
        "Options:",
        *map(describe_option, options.values()),
        "    progress: called with the share done, 0 to 1, or None while the whole is unknown; "
        "what it\n        raises ends the work",
    ])


def describe_analysis(analysis, reading=MappingProxyType({})):
    tables = [f"    {table.name}: {table.help}" for table in analysis.tables]
    needs = [f"It needs {analysis.needs}."] if analysis.needs else []
    return "\n".join([f"{analysis.summary[:1].upper()}{analysis.summary[1:]}.", *needs, "",
                      "Tables:", *tables, "", describe_options({**reading, **analysis.options})])
