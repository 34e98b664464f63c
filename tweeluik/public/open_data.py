"""Tables and series as open data: CSV (RFC 4180), and for a table its description in CSVW."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from tweeluik.cell import TOTAL
from tweeluik.public.grid import TOTAL_LABEL, figure
from tweeluik.public.series import Series
from tweeluik.public.wording import CELL_STATUSES, COUNTED, DIMENSIONS
from tweeluik.record import Publication, Release, ReleasedTable


def render_csv(table: ReleasedTable) -> bytes:
    """One row per cell: code and label per dimension, then value (empty when it is not shown) and status."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_columns(table))
    writer.writerows(_rows(table))
    return text.getvalue().encode()


def _columns(table: ReleasedTable) -> tuple[str, ...]:
    sides = (name for each in table.dimensions for name in (each.name, f"{each.name}_label"))
    return (*sides, "value", "status")


def _rows(table: ReleasedTable) -> Iterator[tuple[str | int, ...]]:
    labels = [{TOTAL: TOTAL_LABEL, **{one.code: one.label for one in each.categories}} for each in table.dimensions]
    for codes, content in table.cells.items():
        sides = (text for side, code in enumerate(codes) for text in (code, labels[side][code]))
        seen = figure(content)
        yield (*sides, "" if seen.value is None else seen.value, seen.status)


def render_csv_metadata(publication: Publication, release: Release, table: ReleasedTable) -> bytes:
    """What every column of the CSV means, by the W3C's "CSV on the Web"."""
    return to_json({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": f"{table.id}.csv",
        "dc:title": f"{release.title}: {table.title}",
        "dc:publisher": publication.publisher,
        "dc:license": publication.licence,
        "dc:language": "nl",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": list(_described(table)),
            "primaryKey": [each.name for each in table.dimensions],
        },
    })  # fmt: skip


def _described(table: ReleasedTable) -> Iterator[dict[str, Any]]:
    for dimension in table.dimensions:
        words = DIMENSIONS[dimension.name].one
        sums = "tellen op tot het totaal" if dimension.partition else "overlappen en tellen niet op tot het totaal"
        yield {
            "name": dimension.name,
            "titles": dimension.name,
            "datatype": "string",
            "required": True,
            "dc:description": f"{words}, als code; {TOTAL} is het totaal. De groepen {sums}.",
        }
        label = f"{dimension.name}_label"
        yield {"name": label, "titles": label, "datatype": "string", "required": True, "dc:description": words}
    yield {
        "name": "value",
        "titles": "value",
        "datatype": {"base": "integer", "minimum": 0},
        "null": "",
        "dc:description": f"Aantal {COUNTED[table.counts].other}. Leeg als het niet getoond wordt.",
    }
    yield {
        "name": "status",
        "titles": "status",
        "datatype": {"base": "string", "format": "|".join(CELL_STATUSES)},
        "required": True,
        "dc:description": "; ".join(f"{code}: {words}" for code, words in CELL_STATUSES.items()),
    }


def render_series(series: Iterable[Series]) -> bytes:
    """Every series in one CSV: a row per table, category and edition that has it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("table", "counts", "dimension", "code", "label", "edition", "value", "status"))
    for each in series:
        for row in each.rows:
            category = (each.id, each.counts, each.dimension, row.code, row.label)
            for release, seen in zip(each.releases, row.figures, strict=True):
                if seen is not None:
                    value = "" if seen.value is None else seen.value
                    writer.writerow((*category, release.edition, value, seen.status))
    return text.getvalue().encode()


def to_json(value: object) -> bytes:
    """JSON as a file: UTF-8, indented, ending in a line feed."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
