"""The tables of an edition as an OpenDocument spreadsheet, with the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tweeluik.paper.package import package
from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid, grids
from tweeluik.public.texts import (
    about_figures,
    citation,
    how_to_read,
    overlap,
    told_notes,
    unpublished,
    when,
    who_counts,
)
from tweeluik.public.words import words
from tweeluik.record.model import Publication, Release
from tweeluik.words.xml import escape, quoted

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("meta", "meta"),
        ("fo", "xsl-fo-compatible"),
    )
)
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
STYLES = (
    '<office:automatic-styles>'
    '<style:style style:name="kop" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="breed" style:family="table-column">'
    '<style:table-column-properties style:column-width="9cm"/></style:style>'
    '<style:style style:name="smal" style:family="table-column">'
    '<style:table-column-properties style:column-width="4.5cm"/></style:style>'
    '</office:automatic-styles>'
)  # fmt: skip


def render_spreadsheet(publication: Publication, release: Release) -> bytes:
    """A sheet of explanation, then a sheet per table."""
    members = {
        "mimetype": MEDIA_TYPE,
        "content.xml": _content(publication, release),
        "styles.xml": _styles(),
        "meta.xml": _meta(release),
        "META-INF/manifest.xml": _manifest(),
    }
    return package(members)


def _manifest() -> str:
    files = (("/", MEDIA_TYPE), *((name, "text/xml") for name in ("content.xml", "styles.xml", "meta.xml")))
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files
    )
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        f'{HEADER}<manifest:manifest xmlns:manifest="{namespace}" manifest:version="1.3">{entries}</manifest:manifest>'
    )


def _styles() -> str:
    """The language of every cell, for who has them read aloud."""
    language = '<style:text-properties fo:language="nl" fo:country="NL"/>'
    return (
        f'{HEADER}<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>'
        f'<style:default-style style:family="table-cell">{language}</style:default-style>'
        "</office:styles></office:document-styles>"
    )


def _meta(release: Release) -> str:
    dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    said = (
        f"<dc:title>{escape(release.title)}</dc:title><dc:subject>{escape(release.colophon.title)}</dc:subject>"
        "<dc:language>nl</dc:language>"
    )
    return (
        f'{HEADER}<office:document-meta {NAMESPACES} {dublin} office:version="1.3">'
        f"<office:meta>{said}</office:meta></office:document-meta>"
    )


def _content(publication: Publication, release: Release) -> str:
    sheets = [_explanation(publication, release), *(_sheet(grid) for grid in grids(release))]
    return (
        f'{HEADER}<office:document-content {NAMESPACES} office:version="1.3">{STYLES}'
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )


def _explanation(publication: Publication, release: Release) -> str:
    said, status = words(release), publication.status(release)
    about = {"period": when(release), "status": said.text(f"status.{status}"), "version": str(release.version)}
    lines = (
        (_heading(release.title),),
        (_text(said.text("sheet.about", **about)),),
        *(((_text(unpublished(publication)),),) if publication.entry(release) is None else ()),
        (_text(who_counts(release)),),
        (_text(how_to_read(release, "beside")),),
        *((_heading(name), _text(said)) for name, said in about_figures(release)),
        (_text(citation(publication, release)),),
    )
    return _table(said.text("sheet.explanation"), 0, _rows(lines))


def _sheet(grid: Grid) -> str:
    titles = [(_heading(grid.caption),)]
    note = overlap(grid)
    if note is not None:
        titles.append((_text(note),))
    titles += [(_text(said),) for _, said in told_notes(grid)]
    header = _rows(
        [(_heading(grid.corner), *(_heading(text) for each in grid.headings for text in _heads(grid, each)))]
    )
    body = _rows(
        (_heading(row.label), *(cell for seen in row.figures for cell in _cells(grid, seen))) for row in grid.rows
    )
    rows = f"{_rows(titles)}<table:table-header-rows>{header}</table:table-header-rows>{body}"
    return _table(grid.table.id, len(grid.headings) * (1 if grid.is_exact else 2), rows)


def _heads(grid: Grid, heading: str) -> tuple[str, ...]:
    return (heading,) if grid.is_exact else (heading, grid.words.text("sheet.range", heading=heading))


def _cells(grid: Grid, seen: Figure) -> tuple[str, ...]:
    """A number to count with, and beside it what it can stand for: its range, or the same number when it is exact."""
    return (_figure(seen),) if grid.is_exact else (_figure(seen), _text(seen.range or seen.text))


def _table(name: str, columns: int, rows: str) -> str:
    narrow = (
        f'<table:table-column table:style-name="smal" table:number-columns-repeated="{columns}"/>' if columns else ""
    )
    return (
        f'<table:table table:name={quoted(name)}><table:table-column table:style-name="breed"/>{narrow}'
        f"{rows}</table:table>"
    )


def _rows(lines: Iterable[tuple[str, ...]]) -> str:
    return "".join(_each_row(lines))


def _each_row(lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for line in lines:
        yield f"<table:table-row>{''.join(line)}</table:table-row>"


def _heading(text: str) -> str:
    return (
        '<table:table-cell table:style-name="kop" office:value-type="string">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def _figure(seen: Figure) -> str:
    if seen.value is None:
        return _text(seen.text)
    return (
        f'<table:table-cell office:value-type="float" office:value="{seen.value}">'
        f"<text:p>{escape(seen.text)}</text:p></table:table-cell>"
    )
