"""Tables and series as open data: CSV (RFC 4180), and for a table its description in CSVW."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from tweeluik.public.figure import Figure
from tweeluik.public.grid import TOTAL_LABEL, Grid
from tweeluik.public.series import Series
from tweeluik.record.cell import TOTAL
from tweeluik.record.model import Publication, Release, ReleasedTable
from tweeluik.words.wording import CELL_STATUSES, COUNTED, DIMENSIONS, LICENCES, STATUSES

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
    imprint, columns = release.colophon, list(_described(Grid(release, table)))
    return _metadata(imprint.publisher, imprint.licence, f"{table.id}.csv", title, columns=columns, keys=keys)


def _metadata(publisher: str, licence: str, url: str, title: str, *, columns: list[Node], keys: list[str]) -> bytes:
    return to_json({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": url,
        "dc:title": title,
        "dc:publisher": publisher,
        "dc:license": {"@id": LICENCES[licence][1]},
        "dc:language": "nl",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns, "primaryKey": keys},
    })  # fmt: skip


def _described(grid: Grid) -> Iterator[Node]:
    for dimension in grid.table.dimensions:
        words = DIMENSIONS[dimension.name].one
        sums = "tellen op tot het totaal" if dimension.partition else "overlappen en tellen niet op tot het totaal"
        yield _text(dimension.name, f"{words}, als code; {TOTAL} is het totaal. De groepen {sums}.")
        yield _text(f"{dimension.name}_label", words)
    yield from _number_and_status(f"{grid.unit}{grid.rounding}")
    yield from _interval()
    yield from _edition()


def _text(name: str, description: str) -> Node:
    return {"name": name, "titles": name, "datatype": "string", "required": True, "dc:description": description}


def _number_and_status(unit: str) -> Iterator[Node]:
    yield {
        "name": "value",
        "titles": "value",
        "datatype": {"base": "integer", "minimum": 0},
        "null": "",
        "dc:description": f"Aantal {unit}. Leeg als het niet getoond is.",
    }
    yield {
        "name": "status",
        "titles": "status",
        "datatype": {"base": "string", "format": "|".join(CELL_STATUSES)},
        "required": True,
        "dc:description": "; ".join(f"{code}: {words}" for code, words in CELL_STATUSES.items()),
    }


def _interval() -> Iterator[Node]:
    number = {"datatype": {"base": "integer", "minimum": 0}, "null": ""}
    least = "Het aantal is minstens zo groot: dat volgt uit alle tabellen van deze editie samen."
    most = "Het aantal is hoogstens zo groot. Leeg als dat niet te zeggen is."
    yield {"name": "low", "titles": "low", **number, "required": True, "dc:description": least}
    yield {"name": "high", "titles": "high", **number, "dc:description": most}


def _edition() -> Iterator[Node]:
    yield {
        "name": "edition_status",
        "titles": "edition_status",
        "datatype": {"base": "string", "format": "|".join(STATUSES)},
        "required": True,
        "dc:description": "; ".join(f"{code}: {word.lower()}" for code, word in STATUSES.items()),
    }
    yield {
        "name": "as_of",
        "titles": "as_of",
        "datatype": "date",
        "required": True,
        "dc:description": "Stand per: tot en met welke dag de gegevens gaan.",
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
    columns = [
        _text("table", "Kenmerk van de tabel, gelijk aan de naam van haar csv bij een editie."),
        _text("counts", "; ".join(f"{code}: {words.other}" for code, words in COUNTED.items())),
        _text("dimension", "Waar de groepen over gaan."),
        _text("code", f"De groep, als code; {TOTAL} is het totaal."),
        _text("label", "De groep. Heet een code in een editie anders, dan is dat een andere regel."),
        _text("edition", "De editie."),
    ]
    keys = [each["name"] for each in columns]
    columns += [*_number_and_status("partners of gesprekken"), *_interval(), *_edition()]
    title = f"{publication.title}: reeksen"
    return _metadata(publication.publisher, publication.licence, "reeksen.csv", title, columns=columns, keys=keys)


def to_json(value: object) -> bytes:
    """JSON as a file: UTF-8, indented, ending in a line feed."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
