"""The register of an inspection as its clerk keeps it: a spreadsheet with a line for all that happened to a copy.

It says what happened to which copy on which day, and how many people read it. Who they were stands on the signed paper
register alone: a column more than these four is refused. A blank one lies in every copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.sheets.dates import day as day_of
from tweeluik.sheets.files.model import Cell, Row, Sheet
from tweeluik.sheets.files.reading import read_book
from tweeluik.sheets.misfits import DoesNotFit

NAME = "05-inzageregister.csv"
HEADS = ("datum", "exemplaar", "gebeurtenis", "lezers")
SEPARATOR = ";"
"""What Excel with Dutch settings puts between cells."""

ARCHIVE = "archief"
_COPY = re.compile(r"(?:exemplaar\s*)?0*([1-9]\d?)(?:\s*van\s*\d+)?", re.IGNORECASE)


class Event(Enum):
    """What may happen to a copy, and how clerks write that."""

    RECEIVED = ("ontvangen", "overhandigd")
    READ = ("inzage", "ingezien", "gelezen")
    RETURNED = ("terug", "teruggegeven", "teruggegaan")
    ARCHIVED = ("naar het archief", "naar archief", "archief", "overgedragen")
    DESTROYED = ("vernietigd",)


EVENTS = {word: event for event in Event for word in event.value}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: on a day something happened to a copy (0: the archive's).

    `readers`: how many there were at a reading, 1 where the register leaves it out; 0 of everything else.
    """

    place: Place
    day: date
    copy: int
    event: Event
    readers: int


def blank(copy: int) -> bytes:
    """A register to keep for a copy, which a Dutch spreadsheet opens: its heads, and the line of its first event."""
    name, event = (str(copy), Event.RECEIVED) if copy else (ARCHIVE, Event.ARCHIVED)
    first = ("", name, event.value[0], "")
    return "".join(f"{SEPARATOR.join(row)}\r\n" for row in (HEADS, first)).encode("utf-8-sig")


def read_registers(files: Sequence[Path]) -> tuple[Entry, ...]:
    """All lines of all files, by day; those of one day in the order in which they stand there.

    Raises:
        WrongUsage: a file is not there, or of a kind that cannot be read.
        SourceHasProblems: with every line that cannot be read.
    """
    found = [each for file in files for each in _read(file)]
    problems = tuple(each for each in found if isinstance(each, Problem))
    if problems:
        raise SourceHasProblems(problems)
    return tuple(sorted((each for each in found if isinstance(each, Entry)), key=lambda each: each.day))


def _read(file: Path) -> Iterator[Entry | Problem]:
    sheets = [each for each in read_book(file).sheets if each.rows and not each.is_hidden]
    if len(sheets) != 1:
        hint = "keep the register in one sheet"
        yield Problem(Place(file.name), "", f"expected one sheet with lines, found {len(sheets)}", hint)
        return
    yield from _read_sheet(sheets[0], file.name)


def _read_sheet(sheet: Sheet, name: str) -> Iterator[Entry | Problem]:
    head, *rows = sheet.rows
    columns = {column: cell.text.strip().casefold() for column, cell in head.cells.items() if cell.text.strip()}
    if sorted(columns.values()) != sorted(HEADS):
        hint = f"expected {', '.join(HEADS)}; names of readers stand on the paper register alone"
        yield Problem(Place(name, head.number, 1), "", "these are not the heads of a register", hint)
        return
    for row in rows:
        cells = {columns.get(column, ""): cell for column, cell in row.cells.items() if not cell.is_empty}
        unseen = row.is_hidden or not sheet.hidden_columns.isdisjoint(row.cells)
        if unseen or any(each.is_struck or each.trouble for each in cells.values()):
            hint = "let all of it be seen, without lines through it or formulas that failed, or take it away"
            yield Problem(Place(name, row.number, 1), "", "a line that is not all seen", hint)
        else:
            yield from _read_row(row, {head: cell for head, cell in cells.items() if cell.text.strip()}, name)


def _read_row(row: Row, cells: dict[str, Cell], name: str) -> Iterator[Entry | Problem]:
    place = Place(name, row.number, 1)
    if "" in cells:
        yield Problem(place, "", "there is something in a column without a head", "take it away")
        return
    day, copy, event, readers = (_day(cells), _copy(cells), _event(cells), _readers(cells))
    wrong = [each for each in (day, copy, event, readers) if isinstance(each, _Wrong)]
    yield from (Problem(place, each.head, each.what, each.hint) for each in wrong)
    if isinstance(day, date) and isinstance(copy, int) and isinstance(event, Event) and isinstance(readers, int):
        if event is Event.READ or "lezers" not in cells:
            yield Entry(place, day, copy, event, readers if event is Event.READ else 0)
        else:
            yield Problem(place, "lezers", "readers of something that is no reading", "leave this cell empty")


@dataclass(frozen=True, slots=True)
class _Wrong:
    what: str
    hint: str
    head: str


def _day(cells: dict[str, Cell]) -> date | _Wrong:
    wrong = _Wrong("no date that can be read", "write it as 14-1-2025", "datum")
    if "datum" not in cells:
        return wrong
    try:
        return day_of(cells["datum"])
    except DoesNotFit:
        return wrong


def _copy(cells: dict[str, Cell]) -> int | _Wrong:
    text = cells["exemplaar"].text.strip() if "exemplaar" in cells else ""
    if text.casefold() in (ARCHIVE, "archiefexemplaar", "0"):
        return 0
    found = _COPY.fullmatch(text)
    return int(found[1]) if found else _Wrong("no copy", f"write its number, or {ARCHIVE}", "exemplaar")


def _event(cells: dict[str, Cell]) -> Event | _Wrong:
    text = " ".join(cells["gebeurtenis"].text.casefold().split()) if "gebeurtenis" in cells else ""
    hint = f"expected {', '.join(each.value[0] for each in Event)}"
    return EVENTS.get(text) or _Wrong("not something that happens to a copy", hint, "gebeurtenis")


def _readers(cells: dict[str, Cell]) -> int | _Wrong:
    text = cells["lezers"].text.strip() if "lezers" in cells else "1"
    if not re.fullmatch(r"[1-9]\d{0,2}", text):
        return _Wrong("not a number of readers", "write how many read it together, such as 2; no names", "lezers")
    return int(text)
