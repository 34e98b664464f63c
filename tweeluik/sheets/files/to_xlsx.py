"""A written book -> `.xlsx`. Every cell is text, so that no program makes a date of `1-2` or a number of `1.10`."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from tweeluik.sheets.files.model import letter
from tweeluik.sheets.files.written import (
    EMPTY_ROWS,
    LISTS,
    Column,
    WrittenBook,
    WrittenSheet,
    packed,
    sheet_name,
    writable,
)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_TEXT, _HEADING = 1, 2
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3EAF2"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def render_xlsx(book: WrittenBook) -> bytes:
    """The file."""
    sheets = [_sheet(book, each) for each in book.sheets]
    names = [sheet_name(each.name) for each in book.sheets]
    if book.lists:
        columns = tuple(Column(name, 40) for name in book.lists)
        sheets.append(_sheet(WrittenBook(()), WrittenSheet(LISTS, columns, book.list_rows)))
        names.append(LISTS)
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


def _workbook(names: list[str]) -> str:
    state = {LISTS: 'state="hidden" '}
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" {state.get(name, "")}r:id="r{at}"/>'
        for at, name in enumerate(names, 1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _sheet(book: WrittenBook, sheet: WrittenSheet) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{each.width}" style="{_TEXT}" customWidth="1"/>'
        for at, each in enumerate(sheet.columns, 1)
    )
    headings = _row(1, tuple(each.heading for each in sheet.columns), _HEADING)
    rows = "".join(_row(at, row, _TEXT) for at, row in enumerate(sheet.rows, 2))
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{headings}{rows}</sheetData>{_validations(book, sheet)}</worksheet>"
    )


def _row(number: int, texts: tuple[str, ...], style: int) -> str:
    cells = "".join(
        f'<c r="{letter(at)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(writable(text))}</t></is></c>"
        for at, text in enumerate(texts, 1)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _validations(book: WrittenBook, sheet: WrittenSheet) -> str:
    found = list(_each_validation(book, sheet))
    return f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>' if found else ""


def _each_validation(book: WrittenBook, sheet: WrittenSheet) -> Iterator[str]:
    lists = list(book.lists)
    last = len(sheet.rows) + 1 + EMPTY_ROWS
    for at, column in enumerate(sheet.columns, 1):
        if column.choices is not None and book.lists[column.choices]:
            where, end = letter(lists.index(column.choices) + 1), len(book.lists[column.choices]) + 1
            refuses = 'showErrorMessage="1" errorTitle="Kies uit de lijst" error="Kies een woord uit de lijst." '
            yield (
                f'<dataValidation type="list" allowBlank="1" {"" if column.is_open else refuses}'
                f'sqref="{letter(at)}2:{letter(at)}{last}">'
                f"<formula1>{LISTS}!${where}$2:${where}${end}</formula1></dataValidation>"
            )
