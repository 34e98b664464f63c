"""A bar chart as Word draws it (DrawingML). Its numbers stand in the chart itself: there is no workbook behind it."""

from __future__ import annotations

from collections.abc import Iterable

from tweeluik.paper.word_blocks import BarChart, Colours
from tweeluik.paper.word_xml import DRAWING, HEAD
from tweeluik.words.xml import escape

BAR, ROOM = 400, 500
"""Height of a bar with its label, and of all else, in twentieths of a point."""


def height(chart: BarChart) -> int:
    """How high it is, in twentieths of a point."""
    return ROOM + BAR * len(chart.bars)


def chart_part(chart: BarChart, colours: Colours) -> str:
    """`word/charts/chart….xml`: what every bar surely has, and behind it, lighter, what it may have."""
    labels = [bar.label for bar in chart.bars]
    series = [_series(0, chart.keys[0], labels, (bar.low for bar in chart.bars), (colours.accent, colours.accent))]
    if chart.has_bands:
        series.append(
            _series(1, chart.keys[1], labels, (bar.more for bar in chart.bars), (colours.soft, colours.accent))
        )
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main"><c:lang val="nl-NL"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>{"".join(series)}'
        '<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{_axes(chart.most, colours.ink)}</c:plotArea>{_LEGEND if chart.has_bands else ''}"
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(colours.ink)}</c:chartSpace>"
    )


def _series(at: int, name: str, labels: list[str], values: Iterable[int], colours: tuple[str, str]) -> str:
    fill, edge = colours
    said = "".join(f'<c:pt idx="{place}"><c:v>{escape(label)}</c:v></c:pt>' for place, label in enumerate(labels))
    drawn = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values))
    total = f'<c:ptCount val="{len(labels)}"/>'
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:v>{escape(name)}</c:v></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{edge}"/></a:solidFill></a:ln></c:spPr>'
        f'<c:invertIfNegative val="0"/><c:cat><c:strLit>{total}{said}</c:strLit></c:cat>'
        f"<c:val><c:numLit><c:formatCode>General</c:formatCode>{total}{drawn}</c:numLit></c:val></c:ser>"
    )


def _axes(most: int, ink: str) -> str:
    line = f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:ln></c:spPr>'
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/>{_NO_MARKS}<c:tickLblPos val="low"/>{line}<c:crossAx val="2"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="r"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="{most}"/><c:min val="0"/>'
        '</c:scaling><c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'{_NO_MARKS}<c:tickLblPos val="none"/><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )


_NO_MARKS = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
_LEGEND = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>'


def _text(ink: str) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="{ink}"/>'
        '</a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="nl-NL"/></a:p></c:txPr>'
    )
