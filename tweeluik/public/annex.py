"""The annex: an edition as a tagged PDF (PDF/UA-1, PDF/A-2a), with the same words and numbers as its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tweeluik.paper.tags import mark_row_heads
from tweeluik.paper.typesetting import NotTypeset, typeset_text
from tweeluik.public.charts import Chart, chart
from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid, grids
from tweeluik.public.key_figures import KeyFigure, key_figures
from tweeluik.public.message import plain
from tweeluik.public.points import main_points
from tweeluik.public.templates import Templates
from tweeluik.public.texts import (
    TOO_FEW,
    UNPUBLISHED,
    about_figures,
    as_of,
    citation,
    how_to_read,
    left_out,
    overlap,
    when,
    who_counts,
)
from tweeluik.record.model import Publication, Release
from tweeluik.words.dutch import day
from tweeluik.words.wording import STATUSES

TEMPLATE = "annex.typ"

TOOL = re.compile(rb"Typst \d+\.\d+\.\d+")
"""The trail of the tool in the metadata. It is replaced by as many bytes, so that no offset in the file changes."""


def render_annex(publication: Publication, release: Release, earlier: Release | None, templates: Templates) -> bytes:
    """The PDF of an edition.

    Raises:
        SourceHasProblems: the template is missing or wrong, or leaves out what the standards ask.
    """
    try:
        made = typeset_text(templates.text(TEMPLATE), _data(publication, release, earlier))
    except NotTypeset as failure:
        raise templates.wrong(TEMPLATE, failure.line, "this template cannot be typeset") from None
    return mark_row_heads(TOOL.sub(lambda found: b"Tweeluik".ljust(len(found[0])), made))


def document_date(release: Release) -> date:
    """The date inside the document: of the latest correction, of sending, or the date by which it is due."""
    latest = max((each.date for each in release.corrections), default=release.sent)
    return latest or release.due or release.period_until


def _data(publication: Publication, release: Release, earlier: Release | None) -> dict[str, object]:
    dated = document_date(release)
    return {
        "title": release.title,
        "publication": release.colophon.title,
        "mark": _mark(publication, release),
        "date": [dated.year, dated.month, dated.day],
        "meta": list(_meta(publication, release)),
        "corrections": [f"Versie {each.version}, {day(each.date)}: {each.note}" for each in release.corrections],
        "figures": [_key_figure(each) for each in key_figures(release, earlier)],
        "points": [plain(point) for point in main_points(release, earlier)],
        "who": who_counts(release),
        "left_out": [f"{each};" for each in left_out(release)[:-1]] + [f"{left_out(release)[-1]}."],
        "too_few": None if release.tables else TOO_FEW,
        "reading": how_to_read(release),
        "about": list(_about(publication, release)),
        "tables": [_table(grid) for grid in grids(release)],
        "named": list(release.named),
    }


def _mark(publication: Publication, release: Release) -> str | None:
    """What stands at the head of every page as long as the numbers are not final."""
    if release.edition in publication.unpublished and release in publication.releases:
        return UNPUBLISHED
    return None if release.as_of is None else f"Voorlopig, {as_of(release)}"


def _meta(publication: Publication, release: Release) -> Iterator[tuple[str, str]]:
    yield "Status", f"{STATUSES[publication.status(release)]}, versie {release.version}"
    yield "Periode", when(release)
    if release.sent:
        yield "Naar de Tweede Kamer", day(release.sent)
    if release.due:
        yield "Uiterste datum" if release.sent else "Uiterlijk naar de Tweede Kamer", day(release.due)
    if release.parliament:
        number = f", nr. {release.parliament.number}" if release.parliament.number else ""
        document = f" ({release.parliament.document})" if release.parliament.document else ""
        kind = "Kamerstuk" if release.parliament.number else "Kamerstukdossier"
        yield kind, f"{release.parliament.dossier}{number}{document}"


def _about(publication: Publication, release: Release) -> Iterator[tuple[str, str]]:
    yield from about_figures(release)
    yield "Zo verwijst u naar deze editie", citation(publication, release)
    yield "Vragen", f"{release.colophon.contact_name}, {release.colophon.contact_email}"
    entry = publication.entry(release)
    if entry is not None:
        yield "Publicatie", f"nummer {entry.number} in het logboek van publicaties"
        yield "Controlegetal van deze editie (SHA-256)", entry.record
        yield "Controlegetal van het logboek hiervoor (SHA-256)", entry.before


def _key_figure(each: KeyFigure) -> dict[str, object]:
    return {**_figure(each.figure), "caption": each.caption, "before": plain(each.before or ())}


def _table(grid: Grid) -> dict[str, object]:
    drawing = chart(grid)
    return {
        "title": grid.table.title,
        "unit": f"(aantal {grid.unit}{grid.rounding})",
        "overlap": overlap(grid),
        "corner": grid.corner,
        "headings": list(grid.headings),
        "rows": [
            {"label": row.label, "total": row.is_total, "figures": [_figure(seen) for seen in row.figures]}
            for row in grid.rows
        ],
        "chart": None if drawing is None else _chart(drawing),
    }


def _figure(seen: Figure) -> dict[str, object]:
    return {"value": seen.value, "text": seen.text}


def _chart(drawing: Chart) -> dict[str, object]:
    return {
        "title": plain(drawing.title),
        "subtitle": drawing.subtitle,
        "description": drawing.description,
        "series": list(drawing.series),
        "groups": [
            {
                "label": group.label,
                "bars": [{**_figure(bar.figure), "series": bar.series, "width": bar.width} for bar in group.bars],
            }
            for group in drawing.groups
        ],
    }
