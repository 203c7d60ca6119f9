"""Options: Python's values into the library's, and the signatures and docstrings that the registry gives.
What a value must be is the library's to judge."""
import inspect
import numbers
import os
import textwrap

from ._core import call, lib, make
from .errors import OptionError

TYPES = {
    "flag": "bool",
    "integer": "int",
    "number": "float",
    "text": "str | os.PathLike[str] | int | None",
    "list": "str | Sequence[str] | None",
}
PROGRESS = inspect.Parameter("progress", inspect.Parameter.KEYWORD_ONLY, default=None,
                             annotation="Callable[[float | None], object] | None")


# ---- Values

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


def as_list(name, values):
    items = [as_text(name, value) for value in values]
    for item in items:
        if b"," in item:
            refuse(name, f"takes no name with a comma in it, such as '{item.decode(errors='replace')}'")
    return b",".join(items)


def set_option(options, name, value):
    # False is not 0 and True is not 1: a flag given for a number is to be refused, as text is.
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral):
        call(lib.relcoord_options_set_number, options, name.encode(), float(value))
    elif isinstance(value, (list, tuple, set, frozenset)):
        call(lib.relcoord_options_set, options, name.encode(), as_list(name, value))
    else:
        call(lib.relcoord_options_set, options, name.encode(), as_text(name, value))


def make_options(purpose, values, context=None):
    """Options of a purpose; None leaves an option at its default."""
    options = make("relcoord_options", lib.relcoord_options_new, purpose.encode())
    if context is not None:
        lib.relcoord_options_set_progress(options, lib.report_progress, context.handle)
    for name, value in values.items():
        if value is not None:
            set_option(options, name, value)
    return options


# ---- Signatures and docstrings

def default_of(option):
    if option.type == "flag":
        return option.default == "true"
    if option.type == "integer":
        return int(option.default)
    if option.type == "number":
        return float(option.default)
    return option.default or None


def type_of(option):
    if option.type == "choice":
        return f"Literal[{', '.join(map(repr, option.allowed))}]"
    return TYPES[option.type]


def parameters_of(options):
    """The keyword parameters of a function that takes these options, and progress."""
    keywords = [inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=default_of(option),
                                  annotation=f"{type_of(option)} | None".replace(" | None | None", " | None"))
                for option in options.values()]
    return [*keywords, PROGRESS]


def describe_option(option):
    takes = ", ".join(option.allowed)
    if option.minimum is not None and option.maximum is not None:
        takes = f"{option.minimum:g} to {option.maximum:g}"
    words = f"{option.help} ({takes})" if takes else option.help
    return textwrap.fill(f"{option.name}: {words}", 96, initial_indent="    ", subsequent_indent="        ")


def describe_options(options):
    return "\n".join([
        "Options:",
        *map(describe_option, options.values()),
        "    progress: called with the share done, 0 to 1, or None while the whole is unknown; what it",
        "        raises ends the work",
    ])


def describe_analysis(analysis):
    tables = [f"    {table.name}: {table.help}" for table in analysis.tables]
    return "\n".join([f"{analysis.summary[:1].upper()}{analysis.summary[1:]}.", "", "Tables:", *tables, "",
                      describe_options(analysis.options)])
