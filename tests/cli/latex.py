"""Reads tables for LaTeX: latex.py FILE.tex. Says where braces or environments do not close, where
a row has not as many cells as its table has columns, and what LaTeX would read as something
else."""
import re
import sys
from pathlib import Path

SPEC = re.compile(r"\\begin\{(tabular|longtable)\}\{([lr]+)\}")


def without_escapes(line):
    return re.sub(r"\\[\\{}$&#_%]", "", line)


def cells_of(row):
    row = re.sub(r"\\[&]", "", row)
    spans = sum(int(n) - 1 for n in re.findall(r"\\multicolumn\{(\d+)\}", row))
    return row.count("&") + 1 + spans


def main():
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    open_ones, columns, tables = [], 0, 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("%"):
            continue
        bare = without_escapes(line)
        if bare.count("{") != bare.count("}") and not re.match(
            r"\{\\(centering|footnotesize)|\\par\}",
                                                             bare) and bare != "\\end{longtable}}":
            print(f"{number}: braces: {line}")
        if re.search(r"[%#~^<>|\"]", re.sub(r"\\multicolumn\{\d+\}", "", bare).replace("$^", "$")):
            print(f"{number}: not escaped: {line}")
        if bare.count("$") % 2:
            print(f"{number}: dollars: {line}")
        spec = SPEC.search(line)
        if spec:
            columns, tables = len(spec[2]), tables + 1
        elif line.endswith(r" \\") and columns and cells_of(line) != columns:
            print(f"{number}: {cells_of(line)} cells of {columns}: {line}")
        for what, name in re.findall(r"\\(begin|end)\{(\w+)\}", line):
            if what == "begin":
                open_ones.append(name)
            elif not open_ones or open_ones.pop() != name:
                print(f"{number}: nothing to end: {line}")
    if open_ones:
        print("not ended:", open_ones)
    if not tables:
        print("no table")


main()
