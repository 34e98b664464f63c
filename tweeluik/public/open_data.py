"""Tables and series as open data: CSV (RFC 4180), and for a table its description in CSVW."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid
from tweeluik.public.series import Series
from tweeluik.public.texts import exact_beside, told_notes
from tweeluik.public.words import words_of
from tweeluik.record.cell import TOTAL
from tweeluik.record.labels import TOTAL_LABEL
from tweeluik.record.model import Publication, Release, ReleasedTable
from tweeluik.words.phrases import Words
from tweeluik.words.wording import CELL_STATUSES, COUNTED, LICENCES, STATUSES

Node = dict[str, Any]

_NUMBER = ("value", "status", "low", "high")
"""The columns of a number."""


def render_csv(publication: Publication, release: Release, table: ReleasedTable) -> bytes:
    """One row per cell: code and label per dimension, value (empty when it is not shown), status, and its interval.

    Every row says whether the edition is final, and up to which day its data reach.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_columns(table))
    edition = (publication.status(release), release.reaches.isoformat())
    writer.writerows((*row, *edition) for row in _rows(release, table))
    return text.getvalue().encode()


def _columns(table: ReleasedTable) -> tuple[str, ...]:
    sides = (name for each in table.dimensions for name in (each.name, f"{each.name}_label"))
    return (*sides, *_NUMBER, "edition_status", "as_of")


def _rows(release: Release, table: ReleasedTable) -> Iterator[tuple[str | int, ...]]:
    labels = [{TOTAL: TOTAL_LABEL, **{one.code: one.label for one in each.categories}} for each in table.dimensions]
    grid = Grid(release, table)
    for codes in table.cells:
        sides = (text for side, code in enumerate(codes) for text in (code, labels[side][code]))
        yield (*sides, *_cells_of(grid.at(codes)))


def _cells_of(seen: Figure) -> tuple[str | int, ...]:
    """Number, status and interval, with nothing where there is no number."""
    return "" if seen.value is None else seen.value, seen.status, seen.low, "" if seen.high is None else seen.high


def render_csv_metadata(release: Release, table: ReleasedTable) -> bytes:
    """What every column of the CSV means, by the W3C's "CSV on the Web"."""
    title = f"{release.title}: {table.title}"
    keys = [each.name for each in table.dimensions]
    grid, imprint, url = Grid(release, table), release.colophon, f"{table.id}.csv"
    notes = [_annotation(url, said) for _, said in told_notes(grid)]
    columns = list(_described(grid))
    return _metadata(imprint.publisher, imprint.licence, url, title, columns=columns, keys=keys, notes=notes)


def _annotation(url: str, said: str) -> Node:
    """A note on a table, as the W3C's examples have it (Open Annotation)."""
    body = {"@type": "oa:EmbeddedContent", "rdf:value": {"@value": said, "@language": "nl"}}
    return {"@type": "oa:Annotation", "oa:hasTarget": {"@id": url}, "oa:hasBody": body}


def _metadata(
    publisher: str, licence: str, url: str, title: str, *, columns: list[Node], keys: list[str], notes: list[Node]
) -> bytes:
    return to_json({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": url,
        "dc:title": title,
        "dc:publisher": publisher,
        "dc:license": {"@id": LICENCES[licence]},
        "dc:language": "nl",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        **({"notes": notes} if notes else {}),
        "tableSchema": {"columns": columns, "primaryKey": keys},
    })  # fmt: skip


def _described(grid: Grid) -> Iterator[Node]:
    said = grid.words
    for dimension in grid.table.dimensions:
        side = said.noun(dimension.name).one
        sums = said.text("column.sums" if dimension.partition else "column.no_sums")
        yield _text(dimension.name, said.text("column.code", side=side, sums=sums))
        yield _text(f"{dimension.name}_label", side)
    told = said.text("column.value", unit=f"{grid.unit}{grid.rounding}")
    beside = exact_beside(grid.release) if grid.table.counts == "partners" else ""
    yield from _number_and_status(said, f"{told} {beside}".rstrip())
    yield from _interval(said)
    yield from _edition(said)


def _text(name: str, description: str) -> Node:
    return {"name": name, "titles": name, "datatype": "string", "required": True, "dc:description": description}


def _number_and_status(said: Words, description: str) -> Iterator[Node]:
    yield {
        "name": "value",
        "titles": "value",
        "datatype": {"base": "integer", "minimum": 0},
        "null": "",
        "dc:description": description,
    }
    yield _one_of("status", {code: said.text(f"cell.{code}") for code in CELL_STATUSES})


def _one_of(name: str, meanings: Mapping[str, str]) -> Node:
    return {
        "name": name,
        "titles": name,
        "datatype": {"base": "string", "format": "|".join(meanings)},
        "required": True,
        "dc:description": "; ".join(f"{code}: {meaning}" for code, meaning in meanings.items()),
    }


def _interval(said: Words) -> Iterator[Node]:
    number = {"datatype": {"base": "integer", "minimum": 0}, "null": ""}
    yield {"name": "low", "titles": "low", **number, "required": True, "dc:description": said.text("column.low")}
    yield {"name": "high", "titles": "high", **number, "dc:description": said.text("column.high")}


def _edition(said: Words) -> Iterator[Node]:
    yield _one_of("edition_status", {code: said.text(f"status.{code}").lower() for code in STATUSES})
    yield {
        "name": "as_of",
        "titles": "as_of",
        "datatype": "date",
        "required": True,
        "dc:description": said.text("column.as_of"),
    }


def render_series(publication: Publication, series: Iterable[Series]) -> bytes:
    """Every series in one CSV: a row per table, category and edition that has it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("table", "counts", "dimension", "code", "label", "edition", *_NUMBER, "edition_status", "as_of"))
    for each in series:
        for row in each.rows:
            category = (each.id, each.counts, each.dimension, row.code, row.label)
            for release, seen in zip(each.releases, row.figures, strict=True):
                if seen is not None:
                    edition = (publication.status(release), release.reaches.isoformat())
                    writer.writerow((*category, release.edition, *_cells_of(seen), *edition))
    return text.getvalue().encode()


def render_series_metadata(publication: Publication) -> bytes:
    """What every column of the series means, by the W3C's "CSV on the Web"."""
    said = words_of(publication)
    columns = [
        _text("table", said.text("column.table")),
        _text("counts", "; ".join(f"{code}: {said.noun(code).other}" for code in COUNTED)),
        _text("dimension", said.text("column.dimension")),
        _text("code", said.text("column.group")),
        _text("label", said.text("column.label")),
        _text("edition", said.text("column.edition")),
    ]
    keys = [each["name"] for each in columns]
    columns += [
        *_number_and_status(said, said.text("column.value", unit=said.text("column.partners_or_conversations"))),
        *_interval(said),
        *_edition(said),
    ]
    title = said.text("column.series", title=publication.title)
    return _metadata(
        publication.publisher, publication.licence, "reeksen.csv", title, columns=columns, keys=keys, notes=[]
    )


def to_json(value: object) -> bytes:
    """JSON as a file: UTF-8, indented, ending in a line feed."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
