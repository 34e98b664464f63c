"""The files of an edition that a reader can take along."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from typing import Any

from tweeluik.paper.theme import Theme
from tweeluik.paper.word import MEDIA_TYPE as WORD
from tweeluik.public.annex import render_annex
from tweeluik.public.annex_content import annex_content
from tweeluik.public.grid import grids
from tweeluik.public.open_data import render_csv, render_csv_metadata
from tweeluik.public.picture import MEDIA_TYPE as PICTURE
from tweeluik.public.picture import PNG_TYPE, Pictures
from tweeluik.public.spreadsheet import MEDIA_TYPE, render_spreadsheet
from tweeluik.public.templates import Templates
from tweeluik.public.word_annex import render_word_annex
from tweeluik.public.words import words
from tweeluik.record.canonical import serialise
from tweeluik.record.model import Publication, Release
from tweeluik.words.dutch import size


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside an edition's page. `kind` is its type in a link; `table` is the id of the table that it holds.

    `length` in bytes; `digest`, the SHA-256 in hexadecimal; `data`, None of a file that an earlier request made.
    """

    name: str
    title: str
    kind: str
    media_type: str
    length: int
    digest: str
    table: str | None = None
    data: bytes | None = None

    @property
    def size(self) -> str:
        """How big it is, in words."""
        return size(self.length)


def _download(  # noqa: PLR0917 - the parts of one value, in their order
    name: str, title: str, kind: str, media_type: str, data: bytes, table: str | None = None
) -> Download:
    return Download(name, title, kind, media_type, len(data), sha256(data).hexdigest(), table, data)


Taken = Mapping[tuple[str, int], tuple[Download, ...]]
"""The downloads per edition and version."""


def serialise_taken(taken: Taken) -> str:
    """What is told of the downloads, for who renders the next pages about the same records; not the files."""
    return json.dumps(
        [[*version, [astuple(replace(each, data=None)) for each in files]] for version, files in taken.items()]
    )


def parse_taken(text: str) -> Taken:
    """What `serialise_taken` was given, without the files."""
    raw: list[tuple[str, int, list[list[Any]]]] = json.loads(text)
    return {(edition, version): tuple(Download(*each) for each in files) for edition, version, files in raw}


def downloads(
    publication: Publication, release: Release, templates: Templates, theme: Theme, pictures: Pictures
) -> tuple[Download, ...]:
    """Every file of an edition, tables first. One that is not public, or was taken back, has its record only."""
    said = words(release)
    record = _download(
        "release.json",
        said.text("file.record"),
        "json",
        "application/json",
        _record(publication, release),
    )
    if release.notice is not None or release.withdrawal is not None:
        return (record,)
    annex = annex_content(publication, release, publication.compared(release))
    return (
        *_per_table(publication, release, pictures),
        _download("annex.pdf", said.text("file.pdf"), "pdf", "application/pdf", render_annex(annex, templates, theme)),
        _download("annex.docx", said.text("file.docx"), "docx", WORD, render_word_annex(annex, templates, theme)),
        *_spreadsheet(publication, release),
        record,
    )


def _record(publication: Publication, release: Release) -> bytes:
    """The record as it was published; in a preview with the status that it has there."""
    return serialise(publication.shown(release))


def _spreadsheet(publication: Publication, release: Release) -> Iterator[Download]:
    if release.tables:
        yield _download(
            "tabellen.ods", words(release).text("file.ods"), "ods", MEDIA_TYPE, render_spreadsheet(publication, release)
        )


def _per_table(publication: Publication, release: Release, pictures: Pictures) -> Iterator[Download]:
    for grid in grids(release):
        table = grid.table
        yield _download(
            f"{table.id}.csv", table.title, "csv", "text/csv", render_csv(publication, release, table), table.id
        )
        yield _download(
            f"{table.id}.csv-metadata.json",
            words(release).text("file.columns", title=table.title),
            "csvw",
            "application/csvm+json",
            render_csv_metadata(release, table),
            table.id,
        )
        picture = pictures.get((release.edition, release.version, table.id))
        if picture is not None:
            title = words(release).text("file.picture", title=table.title)
            yield _download(f"{table.id}.png", title, "png", PNG_TYPE, picture.png, table.id)
            yield _download(f"{table.id}.svg", title, "svg", PICTURE, picture.svg, table.id)
