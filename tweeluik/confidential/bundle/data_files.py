"""The machine-readable half of a dossier: CSV that a Dutch spreadsheet opens safely, and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from tweeluik.confidential.bundle.dossier import Dossier, ExactTable

FOLDER = "02-gegevens"
HINGE = f"{FOLDER}/scharnier.json"
"""The openings of the hinge in the public record (`record/hinge.py`)."""

NUMBERS = f"{FOLDER}/gegevens.json"

SEPARATOR = ";"
"""What Excel with Dutch settings puts between cells; with a comma it would show each row in one cell."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


def render_data(dossier: Dossier) -> dict[str, bytes]:
    """CSV of the list and every table (UTF-8 with a byte order mark, as Excel asks), and all of it as one JSON."""
    return {
        f"{FOLDER}/lijst.csv": _csv(LIST_HEAD, _list_rows(dossier)),
        **{f"{FOLDER}/tabel-{table.id}.csv": _csv(_table_head(table), _table_rows(table)) for table in dossier.tables},
        NUMBERS: _json(dossier),
    }


LIST_HEAD = ("naam", "andere namen", "soort", "regio", "koepel", "maatregelen")


def _list_rows(dossier: Dossier) -> Iterable[Sequence[object]]:
    for each in dossier.organisations:
        yield each.name, "; ".join(each.aliases), each.kind, each.region, each.umbrella, "; ".join(each.measures)


def _table_head(table: ExactTable) -> tuple[str, ...]:
    return (*(name for each in table.dimensions for name in (each, f"{each}_label")), "value")


def _table_rows(table: ExactTable) -> Iterable[Sequence[object]]:
    for codes, labels, value in table.cells:
        yield *(text for pair in zip(codes, labels, strict=True) for text in pair), value


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=SEPARATOR)
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _table(table: ExactTable) -> dict[str, object]:
    """All of a table but what is there for its pages alone."""
    values: dict[str, object] = asdict(table)
    values["cells"] = [
        {**dict(zip(table.dimensions, codes, strict=True)), "value": value} for codes, _, value in table.cells
    ]
    return {name: value for name, value in values.items() if name not in {"heads", "rows"}}


def _json(dossier: Dossier) -> bytes:
    values: dict[str, object] = asdict(dossier)
    del values["wording"]  # words on paper are no data
    values["tables"] = [_table(each) for each in dossier.tables]
    return (json.dumps(values, ensure_ascii=False, indent=1, default=str) + "\n").encode()
