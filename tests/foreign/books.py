"""Writes workbooks to read: good ones, which all hold the rows of a CSV file, and hostile ones.

    books.py good SURVEY.csv FOLDER    each format and each way of writing a cell
    books.py hostile FOLDER            a line "FILE<tab>MESSAGE" of each on standard output

Made with zip and XML alone, for programs would not write what the hostile ones hold."""
import csv
import io
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODS = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
       ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
       ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
       ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
       "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
       "</office:document-content>")


def is_number(text):
    try:
        return text == repr(float(text)) or text == str(int(text))
    except ValueError:
        return False


def name_of(row, column):
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def zipped(path, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, method)


def xlsx(sheets, strings=None, styles=None, folder="xl", absolute=False, book="", namespace=MAIN):
    """The parts of a workbook; sheets are pairs of attributes and of what stands in sheetData."""
    def relation(number, kind, target):
        target = f"/{folder}/{target}" if absolute else target
        return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'

    relations = [relation(i, "worksheet", f"worksheets/s{i}.xml") for i in range(len(sheets))]
    parts = {"_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="x" '
                            f'Type="{OFFICE}/officeDocument" Target="{folder}/book.xml"/>'
                            "</Relationships>"}
    for number, (_, data) in enumerate(sheets):
        parts[f"{folder}/worksheets/s{number}.xml"] = (
            f'<worksheet xmlns="{namespace}"><sheetData>{data}</sheetData></worksheet>')
    if strings is not None:
        relations.append(relation("s", "sharedStrings", "words.xml"))
        parts[f"{folder}/words.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    if styles is not None:
        relations.append(relation("t", "styles", "looks.xml"))
        parts[f"{folder}/looks.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    listed = "".join(f'<sheet {about} sheetId="{i + 1}" r:id="rId{i}"/>'
                     for i, (about, _) in enumerate(sheets))
    parts[f"{folder}/book.xml"] = (
        f'<workbook xmlns="{namespace}" xmlns:r="{OFFICE}">{book}<sheets>{listed}</sheets>'
        "</workbook>")
    parts[f"{folder}/_rels/book.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{"".join(relations)}</Relationships>')
    return parts


def rows_of(rows, cell):
    return "".join(
        f'<row r="{r + 1}">{"".join(cell(r, c, text) for c, text in enumerate(row) if text)}</row>'
        for r, row in enumerate(rows))


def inline(r, c, text):
    if is_number(text):
        return f'<c r="{name_of(r, c)}"><v>{text}</v></c>'
    return (f'<c r="{name_of(r, c)}" t="inlineStr"><is>'
            f'<r><t xml:space="preserve">{escape(text)}</t></r><rPh><t>no</t></rPh></is></c>')


def as_text(r, c, text):
    return f'<c r="{name_of(r, c)}" t="str"><f>"x"</f><v>{escape(text)}</v></c>'


def as_float(r, c, text):
    return (f'<c r="{name_of(r, c)}"><v>{float(text):.17E}</v></c>' if is_number(text)
            else as_text(r, c, text))


def ods(sheets):
    return {"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.format("".join(
                f"<table:table table:name={quoteattr(name)}>{data}</table:table>"
                for name, data in sheets))}


def ods_cell(text):
    if not text:
        return "<table:table-cell/>"
    if is_number(text):
        return (f'<table:table-cell office:value-type="float" office:value="{text}"'
                ' calcext:value-type="float"><text:p>shown</text:p></table:table-cell>')
    words = escape(text).replace("\n", "</text:p><text:p>")
    return ('<table:table-cell office:value-type="string">'
            "<office:annotation><text:p>a note</text:p></office:annotation>"
            f"<text:p>{words}</text:p></table:table-cell>")


def ods_rows(rows):
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"
                   for row in rows)


def write_good(survey, folder):
    rows = list(csv.reader(open(survey, encoding="utf-8")))
    words = sorted({text for row in rows for text in row if text and not is_number(text)})

    def shared(r, c, text):
        return (f'<c r="{name_of(r, c)}" t="s"><v>{words.index(text)}</v></c>' if text in words
                else inline(r, c, text))

    strings = "".join(f"<si><r><t>{escape(word[:1])}</t></r>"
                      f"<r><t xml:space='preserve'>{escape(word[1:])}</t></r></si>"
                      for word in words)
    data = rows_of(rows, inline)
    empty = "<row r='1'/><row r='2'><c r='C2' s='0'/></row>"
    moved = empty + "".join(
        f'<row r="{2 * r + 5}">'
        f'{"".join(inline(2 * r + 4, c + 2, text) for c, text in enumerate(row) if text)}'
        "</row><row/>"
        for r, row in enumerate(rows))
    good = {
        "inline.xlsx": xlsx([('name="Answers"', data)]),
        "shared.xlsx": xlsx([('name="Answers"', rows_of(rows, shared))], strings, absolute=True),
        "text.xlsx": xlsx([('name="Answers"', rows_of(rows, as_text))], folder="deep/er"),
        "float.xlsx": xlsx([('name="Answers"', rows_of(rows, as_float))], namespace=STRICT),
        "moved.xlsx": xlsx([('name="Hidden" state="hidden"', ""), ('name="Answers"', moved),
                            ('name="Other"', "")]),
        "second.xlsx": xlsx([('name="First"', "<row><c><v>1</v></c></row>"),
                             ('name="Answers &amp; more"', data)]),
        "prefixed.xlsx": {
            name: part.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
            for name, part in xlsx([('name="Answers"', data)]).items()},
        "plain.ods": ods([("Answers", ods_rows(rows))]),
        "second.ods": ods([
            ("First", ods_rows([["x"]])),
            ("Answers & more", "<table:table-header-rows>" + ods_rows(rows[:1])
             + "</table:table-header-rows><table:table-row table:number-rows-repeated='1000'>"
               "<table:table-cell table:number-columns-repeated='1024'/></table:table-row>"
             + ods_rows(rows[1:])
             + "<table:table-row table:number-rows-repeated='1000000'><table:table-cell/>"
               "</table:table-row>")]),
    }
    for name, parts in good.items():
        zipped(folder / name, parts,
               zipfile.ZIP_STORED if name == "text.xlsx" else zipfile.ZIP_DEFLATED)
    long = good["inline.xlsx"]["xl/worksheets/s0.xml"].encode("utf-16")
    zipped(folder / "utf16.xlsx", {**good["inline.xlsx"], "xl/worksheets/s0.xml": long})

    # What stands in cells that are no plain text or number: the decisions about a codebook show it.
    dates = ('<numFmts><numFmt numFmtId="164" formatCode="[Red]DD/MM/YYYY;@"/>'
             '<numFmt numFmtId="165" formatCode="0.00&quot;days&quot;"/>'
             '<numFmt numFmtId="166" formatCode="[h]:mm:ss"/>'
             '<numFmt numFmtId="167" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
             '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
             '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>'
             '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="18"/>'
             "</cellXfs>")
    cells = [("first", 1, "1"), ("leap", 1, "60"), ("later", 1, "61"), ("today", 2, "45657"),
             ("number", 3, "45657"), ("long", 4, "1.5"), ("both", 5, "45657.99998842593"),
             ("clock", 6, "0.25"), ("frequent", 0, "1")]
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name, _, _ in cells)
    body = "".join(f'<c s="{style}"><v>{value}</v></c>' for _, style, value in cells)
    other = ('<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-02-29</v></c>'
             "<c><v>0.1</v></c><c><v>1E3</v></c>"
             '<c t="inlineStr"><is><t>a_x000A_b_x005F_x0041_</t></is></c>'
             "<c><v>-0.30000000000000004</v></c>"
             '<c t="inlineStr"><is><t> </t></is></c><c><v>2</v></c>')
    sheet = f"<row>{head}</row><row>{body}</row><row>{other}</row>"
    zipped(folder / "kinds.xlsx", xlsx([('name="K"', sheet)], styles=dates))
    zipped(folder / "kinds1904.xlsx",
           xlsx([('name="K"', sheet)], styles=dates, book='<workbookPr date1904="1"/>'))
    zipped(folder / "kinds.ods", ods([("K", ods_rows([
        ["date", "time", "yes", "no", "wrong", "string", "lines", "blanks", "frequent"]]) + (
        "<table:table-row>"
        '<table:table-cell office:value-type="date" office:date-value="2024-02-29"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT06H07M08S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="false"/>'
        '<table:table-cell office:value-type="float" office:value="0" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>"
        '<table:table-cell office:value-type="string" office:string-value="s">'
        "<text:p>shown</text:p></table:table-cell>"
        "<table:table-cell office:value-type='string'>"
        "<text:p>one</text:p><text:p>two</text:p></table:table-cell>"
        "<table:table-cell office:value-type='string'>"
        "<text:p>a<text:s text:c='2'/>b<text:tab/><text:span>c</text:span></text:p>"
        "</table:table-cell>"
        "<table:table-cell office:value-type='float' office:value='3'/></table:table-row>"))]))


def write_hostile(folder):
    """Each with the beginning of its message, behind the file's name."""
    names = ["respondent", "workgroup", "target", "frequent", "timely", "accurate",
             "problem_solving", "shared_goals", "shared_knowledge", "mutual_respect"]
    head = (f"<row>{''.join(f'<c t=$inlineStr$><is><t>{name}</t></is></c>' for name in names)}"
            "</row>").replace("$", '"')
    good = xlsx([('name="S"', head + "<row><c><v>1</v></c></row>")])
    part = "xl/worksheets/s0.xml"
    books = {}

    def add(name, parts, message):
        zipped(folder / name, parts)
        books[name] = message

    def sheet(name, data, message, **more):
        add(name, xlsx([('name="S"', data)], **more), message)

    def without(*names):
        return {name: text for name, text in good.items() if name not in names}

    add("no_sheet_part.xlsx", without(part), f": part '{part}' of the workbook is missing")
    add("no_book.xlsx", without("xl/book.xml"), ": part 'xl/book.xml' of the workbook is missing")
    add("no_relations.xlsx", without("xl/_rels/book.xml.rels"),
        ": part 'xl/_rels/book.xml.rels' of the workbook is missing")
    add("no_package.xlsx", without("_rels/.rels"),
        ": this is an archive, but no workbook (.xlsx, .ods)")
    add("other.xlsx", {"a.txt": "x"}, ": this is an archive, but no workbook (.xlsx, .ods)")
    add("document.xlsx", {"_rels/.rels": f'<Relationships xmlns="{PACKAGE}"/>'},
        ": this is an archive, but no workbook (.xlsx, .ods)")
    add("no_sheets.xlsx", {**good, "xl/book.xml": f'<workbook xmlns="{MAIN}"/>'},
        ": the workbook has no sheet with cells")
    add("not_xml.xlsx", {**good, part: "<worksheet><sheetData>"},
        f": part '{part}' of the workbook is not well-formed XML")
    add("empty_part.xlsx", {**good, part: ""}, ": the file is damaged or truncated")
    add("binary.xlsx", {**good, part: bytes(range(256)) * 9},
        f": part '{part}' of the workbook is not well-formed XML")
    laughs = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>"
    add("laughs.xlsx", {**good, part: f"{laughs}<w>&j;</w>"},
        f": part '{part}' of the workbook is not well-formed XML")
    add("external.xlsx", {**good,
                          part: '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'},
        f": part '{part}' of the workbook is not well-formed XML")
    add("deep.xlsx", {**good, part: "<a>" * 300000},
        f": part '{part}' of the workbook is not well-formed XML")
    add("long_tag.xlsx", {**good, part: '<a b="' + "x" * (1 << 24)},
        f": part '{part}' of the workbook is not well-formed XML")
    sheet("nothing.xlsx", "", ": the sheet 'S' is empty")
    sheet("blank.xlsx", '<row><c t="inlineStr"><is><t> </t></is></c></row>',
          ": the sheet 'S' is empty")
    sheet("heading_only.xlsx", head, ": the file has no rows")
    sheet("no_heading.xlsx", head + '<row><c r="K2"><v>1</v></c></row>',
          ":2: S!K2: a value in a column without a heading")
    sheet("formula.xlsx", head + "<row><c><f>1+1</f></c></row>",
          ":2: S!A2: a formula without its value")
    sheet("not_a_number.xlsx", head + "<row><c><v>x</v></c></row>", ":2: S!A2: 'x' is no number")
    sheet("infinite.xlsx", head + "<row><c><v>1e999</v></c></row>",
          ":2: S!A2: '1e999' is no number")
    sheet("no_text.xlsx", head + '<row><c t="s"><v>7</v></c></row>',
          ":2: S!A2: the cell refers to a text that is not there")
    sheet("negative_text.xlsx", head + '<row><c t="s"><v>-1</v></c></row>',
          ":2: S!A2: the cell refers to a text", strings="<si/>")
    sheet("backwards.xlsx",
          head + '<row r="9"><c><v>1</v></c></row><row r="5"><c><v>1</v></c></row>',
          ":5: S!A5: the cell is out of order")
    sheet("twice.xlsx", head + '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
          ":2: S!A2: the cell is out of order")
    sheet("no_place.xlsx", head + '<row><c r="7"><v>1</v></c></row>',
          ":2: S!A2: a cell without a place")
    sheet("far_right.xlsx", head + '<row><c r="ZZZ2"><v>1</v></c></row>',
          ":2: S!ZZZ2: the sheet is larger than a sheet can be")
    sheet("far_down.xlsx", head + '<row r="1048577"><c><v>1</v></c></row>',
          ":1048577: S!A1048577: the sheet is larger")
    sheet("row_zero.xlsx", '<row r="0"><c><v>1</v></c></row>', ": S!A0: a row without a number")
    sheet("row_huge.xlsx", f'<row r="{2 ** 70}"><c><v>1</v></c></row>',
          ": S!A0: a row without a number")
    sheet("long_text.xlsx", head + f'<row><c t="str"><v>{"x" * (1 << 21)}</v></c></row>',
          ":2: S!A2: a text is longer")
    repeat = ('<table:table-row{}><table:table-cell office:value-type="float" office:value="1"{}/>'
              "</table:table-row>")
    rows = ' table:number-rows-repeated="2000000000"'
    columns = ' table:number-columns-repeated="2000000000"'
    add("many_rows.ods", ods([("S", ods_rows([names]) + repeat.format(rows, ""))]), ":")
    add("many_columns.ods", ods([("S", repeat.format("", columns))]),
        ":1: S!XFE1: the sheet is larger")
    add("many_cells.ods", ods([
        ("S", repeat.format("", ' table:number-columns-repeated="16384"')
         + repeat.format(' table:number-rows-repeated="1048575"',
                         ' table:number-columns-repeated="16384"'))]), ":")
    add("no_value.ods", ods([
        ("S", ods_rows([names])
         + '<table:table-row><table:table-cell table:formula="of:=1"/></table:table-row>')]),
        ":2: S!A2: a formula without its value")
    add("no_tables.ods", ods([]), ": the workbook has no sheet with cells")
    add("locked.ods", {"content.xml": b"\x9d\x01\xfe" * 99},
        ": part 'content.xml' of the workbook is not well-formed XML")

    # Bytes of the archive itself.
    whole = io.BytesIO()
    zipped(whole, good)
    whole = whole.getvalue()
    central = whole.rindex(b"PK\1\2")
    entry = central
    end = whole.rindex(b"PK\5\6")

    def patch(name, at, data, message):
        (folder / name).write_bytes(whole[:at] + data + whole[at + len(data):])
        books[name] = message

    damaged = ": the file is damaged or truncated"
    patch("cut.xlsx", len(whole) - 1, b"", damaged)
    (folder / "cut.xlsx").write_bytes(whole[:-1])
    (folder / "no_directory.xlsx").write_bytes(whole[:central] + whole[end:])
    books["no_directory.xlsx"] = ":"
    patch("far_directory.xlsx", end + 16, b"\xff\xff\xff\xff", damaged)
    patch("large_directory.xlsx", end + 12, b"\xff\xff\xff\x7f", damaged)
    patch("far_part.xlsx", entry + 42, b"\xff\xff\xff\x7f", damaged)
    patch("not_a_part.xlsx", entry + 42, b"\1\0\0\0", damaged)
    patch("wrong_sum.xlsx", entry + 16, b"\0\0\0\0", damaged)
    patch("too_small.xlsx", entry + 24, b"\1\0\0\0", damaged)
    patch("too_large.xlsx", entry + 24, b"\xff\xff\0\0", damaged)
    patch("bomb.xlsx", entry + 24, b"\xff\xff\xff\xff", ": the workbook unpacks to more than 2 GiB")
    patch("password.xlsx", entry + 8, b"\1\0", ": the workbook has a password")
    patch("method.xlsx", entry + 10, b"\x63\0", ": the workbook is packed by a method")
    patch("stored.xlsx", entry + 10, b"\0\0",
          ": part 'xl/_rels/book.xml.rels' of the workbook is not well-formed XML")
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    books["old.xls"] = ": a workbook of the old kind (.xls), or one with a password"
    (folder / "text.xlsx").write_text("respondent,workgroup\n1,a\n")
    books["text.xlsx"] = ": this does not look like a workbook"
    for name, message in books.items():
        print(name, message, sep="\t")


def main():
    what, *paths = sys.argv[1:]
    if what == "good":
        write_good(paths[0], pathlib.Path(paths[1]))
    else:
        write_hostile(pathlib.Path(paths[0]))


main()
