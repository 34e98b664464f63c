"""The text of a document for Word: its blocks in their order, on pages that stand or lie."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from tweeluik.paper.word_blocks import (
    TABLE_STYLE,
    TABLE_TEXT,
    TEXT,
    BarChart,
    Block,
    Document,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from tweeluik.paper.word_chart import height
from tweeluik.paper.word_xml import DRAWING, HEAD, WORD, paragraph, run
from tweeluik.words.xml import quoted

FIRST_CHART = 6
"""The number of its relation: those of the styles, the settings, the bullets and the two feet come before."""
FOOT, LYING_FOOT = 4, 5

SHORT, LONG, MARGIN = 11906, 16838, 1134
"""An A4 and its margins, in twentieths of a point."""
EMU = 635
"""English Metric Units in a twentieth of a point."""

_TOTAL_ROW = '<w:cnfStyle w:val="010000000000" w:lastRow="1"/>'
_HEAD_ROW = '<w:cnfStyle w:val="100000000000" w:firstRow="1"/>'
_FIRST_CELL = '<w:cnfStyle w:val="001000000000" w:firstColumn="1"/>'


def body(document: Document) -> str:
    """`word/document.xml`."""
    numbers = count(1)
    *others, last = document.sections
    parts = "".join(_section(each, numbers) + paragraph("", TEXT, _page(each)) for each in others)
    return (
        f'{HEAD}<w:document {WORD} xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" '
        f'xmlns:c="{DRAWING}/chart"><w:body>{parts}{_section(last, numbers)}{_page(last)}</w:body></w:document>'
    )


def _section(section: Section, numbers: Iterator[int]) -> str:
    return "".join(_block(each, _width(section), numbers) for each in section.blocks)


def _width(section: Section) -> int:
    return (LONG if section.lies else SHORT) - 2 * MARGIN


def _page(section: Section) -> str:
    """What ends a section: the shape of its pages, and their foot."""
    wide, high, lies = (LONG, SHORT, ' w:orient="landscape"') if section.lies else (SHORT, LONG, "")
    foot = LYING_FOOT if section.lies else FOOT
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId{foot}"/><w:pgSz w:w="{wide}" w:h="{high}"{lies}/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _block(block: Block, width: int, numbers: Iterator[int]) -> str:
    match block:
        case Paragraph():
            return paragraph(_runs(block.text), block.style, "<w:keepNext/>" if block.keeps else "")
        case Table():
            return _table(block, width)
        case BarChart():
            return _drawing(block, width, next(numbers))


def _runs(text: Text) -> str:
    return "".join(run(each.text, each.style) for each in text)


# --- tables -----------------------------------------------------------------------------------------------------------


def _table(table: Table, width: int) -> str:
    columns = _columns(len(table.heads) - 1, width)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in columns)
    heads = _cells([(each, "left" if not at else "right") for at, each in enumerate(table.heads)], columns)
    properties = (
        f'<w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04E0" w:firstRow="1" w:lastRow="1" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={quoted(table.title)}/>'
        f"<w:tblDescription w:val={quoted(table.text)}/>"
    )
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr>{_HEAD_ROW}<w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
        f"{''.join(_row(each, columns) for each in table.rows)}</w:tbl>{paragraph('', TABLE_TEXT)}"
    )


def _columns(others: int, width: int) -> tuple[int, ...]:
    """The first is for names; the others share the rest evenly."""
    first = width - others * 2000 if others <= MOST_ROOMY else round(width * 0.28)
    return first, *[(width - first) // others] * others


MOST_ROOMY = 2
"""Columns of numbers that have all the room they like."""


def _row(row: Row, columns: tuple[int, ...]) -> str:
    told = _TOTAL_ROW if row.is_total else ""
    cells = _cells([(row.head, "left"), *((each, "right") for each in row.cells)], columns)
    return f"<w:tr><w:trPr>{told}<w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cells(texts: list[tuple[Text, str]], columns: tuple[int, ...]) -> str:
    return "".join(
        _cell(*each, width, is_first=not at) for at, (each, width) in enumerate(zip(texts, columns, strict=True))
    )


def _cell(text: Text, side: str, width: int, *, is_first: bool) -> str:
    told = paragraph(_runs(text), TABLE_TEXT, f'<w:jc w:val="{side}"/>')
    return f'<w:tc><w:tcPr>{_FIRST_CELL if is_first else ""}<w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{told}</w:tc>'


# --- charts -----------------------------------------------------------------------------------------------------------


def _drawing(chart: BarChart, width: int, number: int) -> str:
    size = f'cx="{width * EMU}" cy="{height(chart) * EMU}"'
    return paragraph(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Chart {number}" title={quoted(chart.title)} descr={quoted(chart.text)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{DRAWING}/chart">'
        f'<c:chart r:id="rId{FIRST_CHART + number - 1}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
        TEXT,
    )
