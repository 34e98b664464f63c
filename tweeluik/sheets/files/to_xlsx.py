"""A written book -> `.xlsx`. Every cell is text, so that no program makes a date of `1-2` or a number of `1.10`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from xml.sax.saxutils import escape, quoteattr

from tweeluik.sheets.files.model import letter
from tweeluik.sheets.files.written import (
    ASKED_COLOUR,
    EMPTY_ROWS,
    HEADING_COLOUR,
    LISTS,
    MARK,
    SCALE,
    Column,
    WrittenBook,
    WrittenSheet,
    fitted,
    packed,
    sheet_name,
    writable,
)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_TEXT, _HEADING, _ASKED = 1, 2, 3
_LINE = 15
"""Height of a line, in points. Excel takes it for a first guess, and LibreOffice for the height."""

_HIGHEST = 409
"""Points that a row can have."""
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    f'<fill><patternFill patternType="solid"><fgColor rgb="FF{HEADING_COLOUR}"/></patternFill></fill>'
    f'<fill><patternFill patternType="solid"><fgColor rgb="FF{ASKED_COLOUR}"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def render_xlsx(book: WrittenBook) -> bytes:
    """The file."""
    book = fitted(book)
    sheets = [_sheet(book, each) for each in book.sheets]
    names = {sheet_name(each.name): each.kept for each in book.sheets}
    if book.lists:
        columns = tuple(Column(name, 40) for name in book.lists)
        sheets.append(_sheet(WrittenBook(()), WrittenSheet(LISTS, columns, book.list_rows)))
        names[LISTS] = 0
    members = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([(f"{_OFFICE}/officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relations([
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)),
            (f"{_OFFICE}/styles", "styles.xml"),
        ]),
        "xl/styles.xml": _HEAD + _STYLES,
    }  # fmt: skip
    return packed(members | {f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(sheets, 1)})


def _content_types(sheets: int) -> str:
    parts = {f"/xl/worksheets/sheet{at}.xml": f"{_KINDS}.worksheet+xml" for at in range(1, sheets + 1)}
    parts |= {"/xl/workbook.xml": f"{_KINDS}.sheet.main+xml", "/xl/styles.xml": f"{_KINDS}.styles+xml"}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _workbook(names: Mapping[str, int]) -> str:
    """The sheets by name, each with the number of columns that every page of it repeats."""
    state = {LISTS: 'state="hidden" '}
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" {state.get(name, "")}r:id="r{at}"/>'
        for at, name in enumerate(names, 1)
    )
    repeated = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{_repeated(name, kept)}</definedName>'
        for at, (name, kept) in enumerate(names.items())
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{repeated}</definedNames></workbook>"
    )


def _repeated(name: str, columns: int) -> str:
    """What every printed page repeats, as a formula; no name has the quote (`sheet_name`)."""
    sheet = escape(f"'{name}'")
    return f"{sheet}!$A:${letter(columns)},{sheet}!$1:$1" if columns else f"{sheet}!$1:$1"


_PAPER = (
    '<pageMargins left="0.4" right="0.4" top="0.7" bottom="0.6" header="0.3" footer="0.3"/>'
    f'<pageSetup paperSize="9" scale="{SCALE}" orientation="landscape"/>'
    f"<headerFooter><oddHeader>&amp;L{MARK}&amp;R&amp;A</oddHeader>"
    "<oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
)
"""On paper: A4 on its side, marked and numbered."""


def _sheet(book: WrittenBook, sheet: WrittenSheet) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{each.width}" style="{_TEXT}" customWidth="1"/>'
        for at, each in enumerate(sheet.columns, 1)
    )
    headings = "".join(
        _cell(1, at, each.heading, _ASKED if each.is_asked else _HEADING) for at, each in enumerate(sheet.columns, 1)
    )
    rows = "".join(_row(sheet, at, row) for at, row in enumerate(sheet.rows, 2))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{_pane(sheet)}</sheetView>'
        f"</sheetViews><cols>{columns}</cols>"
        f'<sheetData><row r="1">{headings}</row>{rows}</sheetData>{_validations(book, sheet)}{_PAPER}</worksheet>'
    )


def _pane(sheet: WrittenSheet) -> str:
    """What stays in sight: the headings, and the first columns."""
    split, pane = (f'xSplit="{sheet.kept}" ', "bottomRight") if sheet.kept else ("", "bottomLeft")
    first = f"{letter(sheet.kept + 1)}2"
    return (
        f'<pane {split}ySplit="1" topLeftCell="{first}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}" activeCell="{first}" sqref="{first}"/>'
    )


def _row(sheet: WrittenSheet, number: int, texts: tuple[str, ...]) -> str:
    lines = sheet.lines(texts)
    height = f' ht="{min(lines * _LINE, _HIGHEST)}"' if lines > 1 else ""
    cells = "".join(_cell(number, at, text, _TEXT) for at, text in enumerate(texts, 1))
    return f'<row r="{number}"{height}>{cells}</row>'


def _cell(row: int, column: int, text: str, style: int) -> str:
    if not text:
        return ""
    return (
        f'<c r="{letter(column)}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(writable(text))}</t></is></c>"
    )


def _validations(book: WrittenBook, sheet: WrittenSheet) -> str:
    found = list(_each_validation(book, sheet))
    return f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>' if found else ""


def _each_validation(book: WrittenBook, sheet: WrittenSheet) -> Iterator[str]:
    lists = list(book.lists)
    for at, column in enumerate(sheet.columns, 1):
        if column.choices is not None and (choices := book.choices(column)):
            where, end = letter(lists.index(column.choices) + 1), len(choices) + 1
            for is_closed, cells in _cells_that_choose(book, sheet, at).items():
                yield (
                    f'<dataValidation type="list" allowBlank="1" {_REFUSES if is_closed else ""}sqref="{cells}">'
                    f"<formula1>{LISTS}!${where}$2:${where}${end}</formula1></dataValidation>"
                )


_REFUSES = 'showErrorMessage="1" errorTitle="Kies uit de lijst" error="Kies een woord uit de lijst." '


def _cells_that_choose(book: WrittenBook, sheet: WrittenSheet, at: int) -> dict[bool, str]:
    """The ranges of a column in which nothing but the list can be typed (True), and those in which other texts can."""
    column = sheet.columns[at - 1]
    texts = [*("".join(row[at - 1 : at]) for row in sheet.rows), *[""] * EMPTY_ROWS]
    closed = [book.is_closed(column, each) for each in texts]
    ranges: dict[bool, list[str]] = {}
    for is_closed, rows in groupby(enumerate(closed, 2), key=itemgetter(1)):
        first, *others = (row for row, _ in rows)
        ranges.setdefault(is_closed, []).append(f"{letter(at)}{first}:{letter(at)}{others[-1] if others else first}")
    return {is_closed: " ".join(found) for is_closed, found in ranges.items()}
