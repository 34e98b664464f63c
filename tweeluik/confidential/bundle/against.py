"""The numbers of an opened bundle against the public site: whether both come from one source.

The bundle says every number twice, in its tables and in the openings of the hinge; the site shows some of them, and
binds all by the root in `release.json` (`record/hinge.py`). One number that was changed in any of these places is told
by its cell, without its value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict

from tweeluik.confidential.bundle.data_files import HINGE, NUMBERS
from tweeluik.disk.durable import reason
from tweeluik.problems import OpeningFailed, Place, Problem
from tweeluik.record.canonical import NotARecord
from tweeluik.record.canonical import parse as parse_record
from tweeluik.record.hinge import NotOpenings, Openings, find_disagreements
from tweeluik.record.hinge import parse as parse_openings
from tweeluik.record.model import Release

RECORD = "release.json"
LIMIT = 64 << 20
"""Bytes of a public record; a larger one was not written by us."""


class _Table(TypedDict):
    id: str
    dimensions: list[str]
    cells: list[dict[str, str | int]]


def refuse_other_numbers(members: Mapping[str, bytes], site: Path) -> None:
    """Compare with the record of this version below `site` (the folder of the site, or one `release.json`).

    Raises:
        OpeningFailed: they differ, with every cell where they do; or there is no record of this version.
    """
    try:
        openings = parse_openings(members.get(HINGE, b""))
    except NotOpenings:
        raise OpeningFailed(
            _problem("the bundle holds no openings of a hinge", "ask the sender for a new copy")
        ) from None
    release = _find_record(site, openings)
    found = (*_find_inside(openings, members.get(NUMBERS, b"")), *find_disagreements(openings, release))
    if found:
        hint = "the bundle and the site are not of one source: ask the sender"
        raise OpeningFailed(tuple(_problem(each, hint) for each in found))


def _find_record(site: Path, openings: Openings) -> Release:
    """The record of the version that was sealed: a version lies below its edition, and the latest in it."""
    below = site / "edities" / openings.edition
    files = (site,) if site.is_file() else (below / RECORD, below / f"versie-{openings.version}" / RECORD)
    found = [_read(each) for each in files if each.is_file()]
    same = [each for each in found if (each.edition, each.version) == (openings.edition, openings.version)]
    if not same:
        what = "the public record is of another edition or version" if found else "there is no public record there"
        raise OpeningFailed(_problem(what, "name the folder of the site, or the release.json of this edition"))
    return same[0]


def _read(file: Path) -> Release:
    try:
        with file.open("rb") as stream:
            return parse_record(stream.read(LIMIT))
    except OSError as error:
        raise OpeningFailed(
            _problem(f"the public record cannot be read: {reason(error)}", "check the folder")
        ) from None
    except NotARecord:
        raise OpeningFailed(
            _problem("the public record is none", "name a release.json as the site publishes it")
        ) from None


def _find_inside(openings: Openings, numbers: bytes) -> Iterator[str]:
    """Where the tables of the bundle say another number than the openings."""
    listed = _listed(numbers)
    for cell in openings.cells:
        if listed.get((cell.table, cell.codes)) != cell.value:
            where = f"table {cell.table}, cell {', '.join(cell.codes)}"
            yield f"{where}: the tables and the openings in the bundle say different numbers"


def _listed(numbers: bytes) -> dict[tuple[str, tuple[str | int, ...]], str | int]:
    try:
        tables: list[_Table] = json.loads(numbers)["tables"]
        return {
            (table["id"], tuple(cell[each] for each in table["dimensions"])): cell["value"]
            for table in tables
            for cell in table["cells"]
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _problem(what: str, hint: str) -> Problem:
    return Problem(Place("hinge"), "", what, hint)
