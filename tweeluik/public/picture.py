"""A chart as a picture of its own, to take along: message, drawing and source in one SVG that needs nothing else."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from tweeluik.public.charts import Chart, chart
from tweeluik.public.grid import Grid
from tweeluik.public.message import plain
from tweeluik.public.rendering import Renderer
from tweeluik.public.texts import which_version
from tweeluik.record.model import Publication
from tweeluik.words.wording import LICENCES

TEMPLATE = "chart.svg"

MEDIA_TYPE = "image/svg+xml"

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
