"""Every number that a site shows of an edition, read back from its files as readers would, with where it stands.

The files for programs are read here.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree as ET

from bench.recounting.counting import Codes, Truth
from bench.recounting.drawings import read_drawings, read_page, read_years
from bench.recounting.papers import read_pdf, read_word
from bench.recounting.seen import Files, NotUnderstood, Seen, parse, rows_of


def read_everything(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """All of an edition, but its sentences."""
    readers: tuple[Callable[[Files, int, Truth], Iterator[Seen]], ...] = (
        _csv, _series, read_page, read_drawings, read_years, _ods, read_word, read_pdf,
    )  # fmt: skip
    for reader in readers:
        yield from reader(files, year, truth)


def _csv(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    for table, sides in truth.sides.items():
        for row in csv.DictReader(io.StringIO(files[f"edities/{year}/{table}.csv"].decode())):
            yield _of_row("csv", table, tuple(row[side] for side in sides), row)


def _of_row(where: str, table: str, codes: Codes, row: Mapping[str, str]) -> Seen:
    value, high = (int(row[key]) if row[key] else None for key in ("value", "high"))
    return Seen(where, table, codes, value, int(row["low"]), high)


def _series(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    data = files.get("door-de-jaren/reeksen.csv", b"")
    for row in csv.DictReader(io.StringIO(data.decode())):
        if row["edition"] == str(year):
            rest = ("_T",) * (len(truth.sides[row["table"]]) - 1)
            yield _of_row("series", row["table"], (row["code"], *rest), row)


def _ods(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    with zipfile.ZipFile(io.BytesIO(files[f"edities/{year}/tabellen.ods"])) as archive:
        content = ET.fromstring(archive.read("content.xml"))
    name, office = (f"{{urn:oasis:names:tc:opendocument:xmlns:{each}:1.0}}" for each in ("table", "office"))
    for sheet in content.iter(f"{name}table"):
        table = sheet.get(f"{name}name", "")
        if table not in truth.sides:
            continue
        rows = [list(row) for row in sheet.iter(f"{name}table-row")]
        addresses = list(rows_of(truth, table))
        for (_, cells), row in zip(addresses, rows[-len(addresses) :], strict=True):
            texts = ["".join(cell.itertext()) for cell in row[1:]]
            values = [cell.get(f"{office}value") for cell in row[1:]]
            step = len(texts) // len(cells)
            for at, codes in enumerate(cells):
                said = texts[at * step] if step == 1 else _with_range(*texts[at * step : at * step + 2])
                seen = parse("ods", table, codes, said)
                if values[at * step] != (None if seen.value is None else str(seen.value)):
                    raise NotUnderstood(f"ods, {table}, {codes}: another number behind the text")
                yield seen


def _with_range(text: str, beside: str) -> str:
    return text if beside == text else f"{text} ({beside})"
