"""A chart as a picture of its own, to take along: message, drawing and source in one SVG that needs nothing else.

Beside it stands the same as PNG, for programs that take no SVG: made from the SVG, so that nothing else can be in it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tweeluik.paper.typesetting import NotTypeset, rasterise
from tweeluik.public.charts import Chart, chart
from tweeluik.public.grid import Grid, grids
from tweeluik.public.message import plain
from tweeluik.public.rendering import Renderer
from tweeluik.public.templates import Templates
from tweeluik.public.texts import which_version
from tweeluik.record.model import Publication, Release
from tweeluik.words.wording import LICENCES

TEMPLATE = "chart.svg"

MEDIA_TYPE, PNG_TYPE = "image/svg+xml", "image/png"

TITLE_WIDTH, TEXT_WIDTH = 66, 92
"""Characters on a line."""

TITLE_LINE, TEXT_LINE, KEY_LINE, ROOM = 23, 18, 20, 22
"""Heights in pixels."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at a height."""

    y: int
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing in both forms."""

    svg: bytes
    png: bytes


Pictures = Mapping[tuple[str, int, str], Picture]
"""Per edition, version and table."""


def render_pictures(
    publication: Publication, versions: Iterable[Release], templates: Templates, renderer: Renderer
) -> Pictures:
    """The pictures of all tables that have a chart.

    Raises:
        SourceHasProblems: the template is wrong.
    """
    found = {
        (release.edition, release.version, grid.table.id): svg
        for release in versions
        for grid in grids(release)
        if (svg := render_picture(publication, grid, renderer)) is not None
    }
    pngs = draw([*found.values()], templates, TEMPLATE, renderer)
    return {key: Picture(svg, png) for (key, svg), png in zip(found.items(), pngs, strict=True)}


_SIZE = re.compile(r' width="(\d+)" height="(\d+)"')
_FONT = re.compile(r"font-family: (?:&#?\w+;|[^;&])+;")
"""The whole list: quotes in it are references, which end in `;` as the list does."""


def draw(drawings: Sequence[bytes], templates: Templates, template: str, renderer: Renderer) -> tuple[bytes, ...]:
    """Drawings as PNG, in the font that the theme has for PDF: no other is at hand.

    Raises:
        SourceHasProblems: the template that they were made with says no size, or makes no drawing.
    """
    font = f"font-family: '{renderer.theme.fonts['pdf']}';"
    texts = [_FONT.sub(font, each.decode()) for each in drawings]
    sizes = [_SIZE.search(each) for each in texts]
    try:
        return rasterise([(text, int(size[1]), int(size[2])) for text, size in zip(texts, sizes, strict=True) if size])
    except NotTypeset:
        raise templates.wrong(template, 0, "no drawing in SVG comes of it") from None


def render_picture(publication: Publication, grid: Grid, renderer: Renderer) -> bytes | None:
    """The picture of a table; None when it has no chart.

    Raises:
        SourceHasProblems: the template is wrong.
    """
    drawing = chart(grid)
    if drawing is None:
        return None
    lines, keys = _head(drawing, grid)
    top = max((y for y, _ in keys), default=lines[-1].y) + ROOM
    source = _lines("bron", _source(publication, grid), TEXT_WIDTH, top + drawing.height + ROOM, TEXT_LINE)
    height = source[-1].y + ROOM
    told = {"drawing": drawing, "lines": (*lines, *source), "keys": keys, "top": top, "height": height}
    return renderer.file(TEMPLATE, **told)


def _head(drawing: Chart, grid: Grid) -> tuple[tuple[Line, ...], tuple[tuple[int, str], ...]]:
    title = _lines("boodschap", plain(drawing.title), TITLE_WIDTH, 36, TITLE_LINE)
    band = f" ({grid.words.text('chart.band')})" if drawing.has_bands else ""
    below = _lines("ondertitel", f"{drawing.subtitle}{band}", TEXT_WIDTH, title[-1].y + TEXT_LINE + 2, TEXT_LINE)
    start = below[-1].y + KEY_LINE + 4
    return (*title, *below), tuple((start + at * KEY_LINE, name) for at, name in enumerate(drawing.series))


def _lines(style: str, text: str, width: int, start: int, step: int) -> tuple[Line, ...]:
    # A number and its range stay on one line: the space between them is no place to break.
    parts = textwrap.wrap(text.replace(" (", "\N{NO-BREAK SPACE}("), width) or [""]
    return tuple(Line(start + at * step, style, part) for at, part in enumerate(parts))


def _source(publication: Publication, grid: Grid) -> str:
    release = grid.release
    return grid.words.text(
        "chart.source",
        publisher=release.colophon.publisher,
        title=release.title,
        version=which_version(publication, release),
        licence=f"{release.colophon.licence}, {LICENCES[release.colophon.licence]}",
    )
