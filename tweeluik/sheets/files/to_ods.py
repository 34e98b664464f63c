"""A written book -> `.ods`. Every cell is text, so that no program makes a date of `1-2` or a number of `1.10`."""

from __future__ import annotations

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

_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PREFIX = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {"office": "office", "table": "table", "text": "text", "style": "style", "fo": "xsl-fo-compatible",
          "number": "datastyle"}  # fmt: skip
_NAMESPACES = " ".join(f'xmlns:{name}="{_PREFIX}:{kind}:1.0"' for name, kind in _NAMES.items())
_FORMULAS = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
_CENTIMETRES = 0.2
"""Of one sign."""


def render_ods(book: WrittenBook) -> bytes:
    """The file."""
    book = fitted(book)
    parts = {"content.xml": _content(book), "styles.xml": _PAPER, "settings.xml": _settings(book)}
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _MEDIA_TYPE), *((name, "text/xml") for name in parts))
    )
    return packed({
        "mimetype": _MEDIA_TYPE,
        **parts,
        "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="{_PREFIX}:manifest:1.0" '
                                 f'manifest:version="1.3">{files}</manifest:manifest>',
    })  # fmt: skip


_EDGE = '<style:header-footer-properties fo:min-height="0.8cm"/>'
_PAPER = (
    f'{_HEAD}<office:document-styles {_NAMESPACES} office:version="1.3"><office:automatic-styles>'
    '<style:page-layout style:name="papier"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" '
    f'style:print-orientation="landscape" fo:margin="1cm" style:scale-to="{SCALE}%"/>'
    f"<style:header-style>{_EDGE}</style:header-style><style:footer-style>{_EDGE}</style:footer-style>"
    "</style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Default" style:page-layout-name="papier">'
    f"<style:header><text:p>{MARK}: <text:sheet-name>?</text:sheet-name></text:p></style:header>"
    "<style:footer><text:p><text:page-number>1</text:page-number> / <text:page-count>1</text:page-count></text:p>"
    "</style:footer></style:master-page></office:master-styles></office:document-styles>"
)
"""On paper: A4 on its side, marked and numbered."""


def _settings(book: WrittenBook) -> str:
    """What stays in sight in each sheet: the headings, and the first columns."""
    sheets = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet_name(each.name))}>"
        + "".join(
            f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
            for name, kind, value in _kept(each.kept)
        )
        + "</config:config-item-map-entry>"
        for each in book.sheets
    )
    return (
        f'{_HEAD}<office:document-settings xmlns:office="{_PREFIX}:office:1.0" xmlns:config="{_PREFIX}:config:1.0" '
        'xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
        f"{sheets}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


_FROZEN = 2
"""How a split is called that does not move."""


def _kept(columns: int) -> tuple[tuple[str, str, int], ...]:
    return (
        ("HorizontalSplitMode", "short", _FROZEN if columns else 0),
        ("VerticalSplitMode", "short", _FROZEN),
        ("HorizontalSplitPosition", "int", columns),
        ("VerticalSplitPosition", "int", 1),
        ("ActiveSplitRange", "short", 3 if columns else 2),
        ("PositionRight", "int", columns),
        ("PositionBottom", "int", 1),
    )


def _content(book: WrittenBook) -> str:
    sheets = [_sheet(each, book) for each in book.sheets]
    widths = {column.width for each in book.sheets for column in each.columns} | {40}
    if book.lists:
        columns = tuple(Column(name, 40) for name in book.lists)
        sheets.append(_sheet(WrittenSheet(LISTS, columns, book.list_rows), WrittenBook(()), style="verborgen"))
    return (
        f'{_HEAD}<office:document-content {_NAMESPACES} {_FORMULAS} office:version="1.3">{_styles(sorted(widths))}'
        f"<office:body><office:spreadsheet>{_validations(book)}{''.join(sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _styles(widths: list[int]) -> str:
    columns = "".join(
        f'<style:style style:name="b{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * _CENTIMETRES:.1f}cm"/></style:style>'
        for width in widths
    )
    tables = "".join(
        f'<style:style style:name="{name}" style:family="table" style:master-page-name="Default">'
        f'<style:table-properties table:display="{shown}"/>'
        "</style:style>"
        for name, shown in (("zichtbaar", "true"), ("verborgen", "false"))
    )
    headings = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="tekst">'
        f'<style:table-cell-properties fo:background-color="#{colour.lower()}"/>'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        for name, colour in (("kop", HEADING_COLOUR), ("gevraagd", ASKED_COLOUR))
    )
    return (
        '<office:automatic-styles><number:text-style style:name="tekst"><number:text-content/></number:text-style>'
        f"{tables}{columns}"
        '<style:style style:name="vak" style:family="table-cell" style:data-style-name="tekst">'
        '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
        f"{headings}</office:automatic-styles>"
    )


def _validations(book: WrittenBook) -> str:
    lists = list(book.lists)
    found = []
    for name in lists:
        for is_open in (False, True):
            column, last = letter(lists.index(name) + 1), len(book.lists[name]) + 1
            condition = f"of:cell-content-is-in-list([${LISTS}.${column}$2:.${column}${last}])"
            message = '<table:error-message table:display="false"/>' if is_open else (
                '<table:error-message table:title="Kies uit de lijst" table:message-type="stop" table:display="true">'
                "<text:p>Kies een woord uit de lijst.</text:p></table:error-message>")  # fmt: skip
            found.append(
                f'<table:content-validation table:name="{_validation(lists.index(name), is_open=is_open)}" '
                f'table:condition="{condition}" table:allow-empty-cell="true" table:display-list="unsorted" '
                f'table:base-cell-address="{LISTS}.A1">{message}</table:content-validation>'
            )
    return f"<table:content-validations>{''.join(found)}</table:content-validations>" if found else ""


def _validation(at: int, *, is_open: bool) -> str:
    return f"{'open' if is_open else 'vast'}{at}"


def _sheet(sheet: WrittenSheet, book: WrittenBook, style: str = "zichtbaar") -> str:
    columns = [
        f'<table:table-column table:style-name="b{each.width}" table:default-cell-style-name="vak"/>'
        for each in sheet.columns
    ]
    kept, others = "".join(columns[: sheet.kept]), "".join(columns[sheet.kept :])
    kept = f"<table:table-header-columns>{kept}</table:table-header-columns>" if kept else ""
    head = "".join(
        _cell(each.heading, f'table:style-name="{"gevraagd" if each.is_asked else "kop"}"') for each in sheet.columns
    )
    rows = "".join(f"<table:table-row>{_cells(sheet, row, book)}</table:table-row>" for row in sheet.rows)
    empty = _cells(sheet, ("",) * len(sheet.columns), book)
    spare = (
        f'<table:table-row table:number-rows-repeated="{EMPTY_ROWS}">{empty}</table:table-row>' if book.lists else ""
    )
    return (
        f'<table:table table:name={quoteattr(sheet_name(sheet.name))} table:style-name="{style}">{kept}{others}'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>{rows}{spare}"
        "</table:table>"
    )


def _cells(sheet: WrittenSheet, row: tuple[str, ...], book: WrittenBook) -> str:
    return "".join(_cell(text, _chosen(column, text, book)) for column, text in zip(sheet.columns, row, strict=False))


def _chosen(column: Column, text: str, book: WrittenBook) -> str:
    """The attributes of a cell."""
    if column.choices is None or not book.choices(column):
        return 'table:style-name="vak"'
    name = _validation(list(book.lists).index(column.choices), is_open=not book.is_closed(column, text))
    return f'table:style-name="vak" table:content-validation-name="{name}"'


def _cell(text: str, attributes: str) -> str:
    if not text:
        return f"<table:table-cell {attributes}/>"
    paragraphs = "".join(f"<text:p>{_spaced(each)}</text:p>" for each in writable(text).split("\n"))
    return f'<table:table-cell {attributes} office:value-type="string">{paragraphs}</table:table-cell>'


def _spaced(text: str) -> str:
    """Spaces behind each other would become one."""
    return escape(text).replace("  ", ' <text:s text:c="1"/>')
