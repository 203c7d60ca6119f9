"""The registry: what the library offers, asked of it once. Everything that the package says or does about
single analyses, options and formats comes from here."""
from collections import namedtuple

from ._core import lib, make
from ._result import Result

Option = namedtuple("Option", "purpose name type default allowed minimum maximum help")
Analysis = namedtuple("Analysis", "name summary options tables")
Table = namedtuple("Table", "name help columns")
Column = namedtuple("Column", "name type kind help")


def describe():
    """Everything relcoord offers, as a result with the tables analyses, options, tables, columns and formats."""
    return Result(make("relcoord_result", lib.relcoord_describe))


def rows_of(table):
    """The rows of a table, each a dictionary."""
    columns = table.to_dict()
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def read_options(rows):
    options = {}
    for row in rows:
        allowed = tuple(row["allowed"].split("|")) if row["allowed"] else ()
        option = Option(row["purpose"], row["option"], row["type"], row["default"], allowed, row["minimum"],
                        row["maximum"], row["help"])
        options.setdefault(option.purpose, {})[option.name] = option
    return options


def read_tables(result, analysis):
    columns = {}
    for row in rows_of(result.tables["columns"]):
        if row["analysis"] == analysis:
            column = Column(row["column"], row["type"], row["kind"], row["help"])
            columns.setdefault(row["table"], []).append(column)
    return [Table(row["table"], row["help"], columns[row["table"]])
            for row in rows_of(result.tables["tables"]) if row["analysis"] == analysis]


def read_analyses(result):
    return {
        row["name"]: Analysis(row["name"], row["summary"], options.get(row["name"], {}), read_tables(result, row["name"]))
        for row in rows_of(result.tables["analyses"])
    }


_registry = describe()
options = read_options(rows_of(_registry.tables["options"]))
analyses = read_analyses(_registry)
formats = {row["format"]: row["help"] for row in rows_of(_registry.tables["formats"])}
