"""The registry: what the library offers, asked of it once. Everything that the package says or does
about single analyses, options and formats comes from here."""
from collections import namedtuple

from ._core import lib, make
from ._table import tables_of

Option = namedtuple("Option", "purpose name type default allowed minimum maximum transient help")
# read_options: how data are read for it unless the user says otherwise; needs: what they must have
# besides answers
Analysis = namedtuple("Analysis", "name summary options tables read_options needs")
Table = namedtuple("Table", "name help columns views")
Column = namedtuple("Column", "name type kind help")
View = namedtuple("View", "title view filter rows columns values")


def rows_of(table):
    """The rows of a table, each a dictionary."""
    columns = table.to_dict()
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def read_options(rows):
    options = {}
    for row in rows:
        allowed = tuple(row["allowed"].split("|")) if row["allowed"] else ()
        option = Option(row["purpose"], row["option"], row["type"], row["default"], allowed,
                        row["minimum"], row["maximum"], bool(row["transient"]), row["help"])
        options.setdefault(option.purpose, {})[option.name] = option
    return options


def read_parts(tables, name, analysis, make):
    """What another table lists of an analysis' tables, by these."""
    parts = {}
    for row in rows_of(tables[name]):
        if row["analysis"] == analysis:
            parts.setdefault(row["table"], []).append(make(row))
    return parts


def make_column(row):
    return Column(row["column"], row["type"], row["kind"], row["help"])


def make_view(row):
    return View(*(row[name] for name in View._fields))


def read_tables(tables, analysis):
    columns = read_parts(tables, "columns", analysis, make_column)
    views = read_parts(tables, "views", analysis, make_view)
    return [Table(row["table"], row["help"], columns[row["table"]], views[row["table"]])
            for row in rows_of(tables["tables"]) if row["analysis"] == analysis]


def read_settings(words):
    """name=value, separated by blanks."""
    return dict(word.split("=", 1) for word in (words or "").split())


def read_analyses(tables):
    return {
        row["name"]: Analysis(row["name"], row["summary"], options.get(row["name"], {}),
                              read_tables(tables, row["name"]), read_settings(row["read_options"]),
                              row["needs"])
        for row in rows_of(tables["analyses"])
    }


_described = tables_of(make("relcoord_result", lib.relcoord_describe))
options = read_options(rows_of(_described["options"]))
analyses = read_analyses(_described)
formats = {row["format"]: row["help"] for row in rows_of(_described["formats"])}
