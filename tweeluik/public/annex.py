"""The annex: an edition as a tagged PDF (PDF/UA-1, PDF/A-2a), with the same words and numbers as its page."""

from __future__ import annotations

import re

from tweeluik.paper.letters import key, shown
from tweeluik.paper.tags import mark_row_heads
from tweeluik.paper.theme import Theme
from tweeluik.paper.typesetting import NotTypeset, typeset_text
from tweeluik.public.annex_content import Annex, page_of
from tweeluik.public.charts import Chart, Group, chart, describe
from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid, Row
from tweeluik.public.key_figures import KeyFigure
from tweeluik.public.message import plain
from tweeluik.public.templates import Templates
from tweeluik.public.texts import overlap, told_notes
from tweeluik.words.phrases import Words

TEMPLATE = "annex.typ"

TOOL = re.compile(rb"Typst \d+\.\d+\.\d+")
"""The trail of the tool in the metadata. It is replaced by as many bytes, so that no offset in the file changes."""


HEADS = ("main_points", "who", "not_counted", "no_tables", "reading", "about", "named", "named_text")
"""Keys of the fixed texts that the template sets."""

ROOM, LABEL_HEIGHT, BAR_HEIGHT = 560, 18, 11
"""Heights on paper in points, at most: of one figure, of a label with the room around it, of a bar."""


def render_annex(annex: Annex, templates: Templates, theme: Theme) -> bytes:
    """The PDF of an edition.

    Raises:
        SourceHasProblems: the template is missing or wrong, or leaves out what the standards ask.
    """
    try:
        data = {**_data(annex, theme), "named": _named(annex, templates)}
        made = typeset_text(templates.text(TEMPLATE), data)
    except NotTypeset as failure:
        raise templates.wrong(TEMPLATE, failure.line, "this template cannot be typeset") from None
    return mark_row_heads(TOOL.sub(lambda found: b"Tweeluik".ljust(len(found[0])), made))


def _data(annex: Annex, theme: Theme) -> dict[str, object]:
    return {
        "colours": dict(theme.on_paper),
        "font": theme.fonts["pdf"],
        "logo": theme.logo,
        "title": annex.title,
        "publication": annex.publication,
        "publisher": annex.publisher,
        "licence": annex.licence,
        "mark": annex.mark,
        "date": [annex.day.year, annex.day.month, annex.day.day],
        "meta": list(annex.meta),
        "corrections": list(annex.corrections),
        "figures": [_key_figure(each) for each in annex.figures],
        "points": [plain(point) for point in annex.points],
        "who": annex.who,
        "left_out": list(annex.left_out),
        "too_few": annex.too_few,
        "reading": annex.reading,
        "about": list(annex.about),
        "tables": [_table(grid) for grid in annex.tables],
        "say": {key: annex.words.text(f"annex.{key}") for key in HEADS},
        "page_of": list(page_of(annex.words)),
    }


def _named(annex: Annex, templates: Templates) -> list[dict[str, str | None]]:
    """Every name, and the picture of one whose letters the fonts inside typst have not (`paper/letters.py`)."""
    return [{"text": shown(each), "name": each, "picture": templates.texts.get(key(each))} for each in annex.named]


def _key_figure(each: KeyFigure) -> dict[str, object]:
    return {**_figure(each.figure), "caption": each.caption, "before": plain(each.before or ())}


def _table(grid: Grid) -> dict[str, object]:
    drawing = chart(grid)
    return {
        "title": grid.table.title,
        "unit": grid.caption.removeprefix(grid.table.title).strip(),
        "overlap": overlap(grid),
        "corner": grid.corner,
        "headings": list(grid.headings),
        "heading_marks": list(grid.heading_marks),
        "notes": list(told_notes(grid)),
        "rows": [{**_head(row), "figures": [_figure(seen) for seen in row.figures]} for row in grid.rows],
        "chart": None if drawing is None else _chart(grid.words, drawing),
    }


def _head(row: Row) -> dict[str, object]:
    return {"label": row.label, "mark": row.mark, "total": row.is_total}


def _figure(seen: Figure) -> dict[str, object]:
    return {"value": seen.value, "text": seen.text, "range": seen.range}


def _chart(words: Words, drawing: Chart) -> dict[str, object]:
    return {
        "title": plain(drawing.title),
        "subtitle": drawing.subtitle,
        "series": list(drawing.series),
        "band": words.text("chart.band") if drawing.has_bands else "",
        "longest": drawing.longest,
        "parts": [
            _part(words, drawing, start, per)
            for per in [_per_page(drawing)]
            for start in range(0, len(drawing.groups), per)
        ],
    }


def _per_page(drawing: Chart) -> int:
    """Groups that surely fit a page together: what stands in one figure cannot break."""
    return max(1, ROOM // (LABEL_HEIGHT + BAR_HEIGHT * max(1, len(drawing.series))))


def _part(words: Words, drawing: Chart, start: int, per: int) -> dict[str, object]:
    groups = drawing.groups[start : start + per]
    return {"description": describe(words, drawing.series, groups), "groups": [_group(each) for each in groups]}


def _group(group: Group) -> dict[str, object]:
    bars = ({**_figure(bar.figure), "series": bar.series, "sure": bar.sure, "band": bar.band} for bar in group.bars)
    return {"label": group.label, "bars": list(bars)}
