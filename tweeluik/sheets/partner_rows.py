"""A row about an organisation -> what it says, cell by cell; an empty cell says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar

from tweeluik.sheets import dates, histories, values
from tweeluik.sheets.dates import Period
from tweeluik.sheets.files.model import Cell
from tweeluik.sheets.headings import YEAR
from tweeluik.sheets.lines import Line
from tweeluik.sheets.matching import Identity, Matcher
from tweeluik.sheets.misfits import DoesNotFit, Misfit
from tweeluik.sheets.terms import Words
from tweeluik.source.records import NONE, Former, Naming, Partner
from tweeluik.words.folding import letters
from tweeluik.words.said import said

T = TypeVar("T")

CORRECTION: Literal["verbetering"] = "verbetering"
"""In place of a day: it was always so, and the source was wrong."""

Since = date | Literal["verbetering"]


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What a row says. None, or nothing: it says nothing about it; `NONE`: that there is none."""

    name: str | None = None
    aliases: tuple[str, ...] = ()
    registration: str | None = None
    rsin: str | None = None
    kind: str | None = None
    region: str | None = None
    umbrella: str | None = None
    traceable_to_persons: bool | None = None
    endorsed: tuple[Period, ...] = ()
    years: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    since: Since | None = None
    ended: date | None = None
    successors: tuple[str, ...] = ()
    named_in: tuple[Naming, ...] = ()
    before: tuple[Former, ...] = ()


class RowReader:
    """Reads the cells of one row, and gathers why some do not fit."""

    def __init__(self, line: Line) -> None:
        self.misfits: list[Misfit] = []
        self._cells = line.cells

    def read(self, key: str, read: Callable[[Cell], T], absent: T) -> T:
        """The value of a cell; `absent` when it is empty or does not fit."""
        cell = self._cells.get(key)
        if cell is None or cell.trouble is not None:
            return absent
        try:
            return read(cell)
        except DoesNotFit as failure:
            self.misfits.append(Misfit(failure.what, cell.column, failure.question))
            return absent

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a column with something in it."""
        return tuple(sorted(int(key.removeprefix(YEAR)) for key in self._cells if key.startswith(YEAR)))


def read_identity(line: Line) -> tuple[Identity, list[Misfit]]:
    """Who a row is about, as far as its cells can be read."""
    row = RowReader(line)
    numbers = (row.read("registration", values.registration, None), row.read("rsin", values.rsin, None))
    since = row.read("since", read_since, None)
    identity = Identity(
        row.read("id", lambda cell: cell.text, None),
        row.read("name", values.name, None),
        frozenset(each for each in numbers if each is not None),
        is_renamed=since is not None,
    )
    if not {"id", "name", "registration", "rsin"} & line.cells.keys():
        row.misfits.append(Misfit(said("there is no name")))
    return identity, row.misfits


def read_since(cell: Cell) -> Since:
    """The first day of how it is now, or that it was always so."""
    if letters(cell.text) in (CORRECTION, "correctie", "fout", "fouthersteld"):
        return CORRECTION
    return dates.day(cell)


def read_partner(
    line: Line, words: Words, matcher: Matcher, present: Partner | None, *, american: bool
) -> tuple[Given, list[Misfit]]:
    """What a row says about an organisation that is known (`present`) or new, and why cells of it do not fit."""
    row = RowReader(line)
    used = row.years or tuple(each.year for each in (present.collaborations if present else ()))
    kind, region = (present.kind, present.region) if present else (None, None)
    given = Given(
        name=row.read("name", values.name, None),
        aliases=row.read("aliases", values.aliases, ()),
        registration=row.read("registration", values.registration, None),
        rsin=row.read("rsin", values.rsin, None),
        kind=row.read("kind", lambda cell: words.code("kind", cell, years=used, present=kind), None),
        region=row.read("region", lambda cell: words.code("region", cell, years=used, present=region), None),
        umbrella=row.read("umbrella", lambda cell: _umbrella(cell, matcher), None),
        traceable_to_persons=row.read("traceable_to_persons", words.truth, None),
        endorsed=row.read("endorsed", lambda cell: dates.periods(cell, may_be_american=american), ()),
        years={year: found for year in row.years if (found := _measures(row, words, year)) is not None},
        since=row.read("since", read_since, None),
        ended=row.read("ended", lambda cell: dates.day(cell, may_be_american=american), None),
        successors=row.read("successor", lambda cell: _successors(cell, matcher), ()),
        named_in=row.read("named_in", histories.namings, ()),
        before=row.read("before", histories.formers, ()),
    )
    return given, row.misfits


def _measures(row: RowReader, words: Words, year: int) -> tuple[str, ...] | None:
    def read(cell: Cell) -> tuple[str, ...] | None:
        return words.measures(cell, year)

    return row.read(f"{YEAR}{year}", read, None)


def _umbrella(cell: Cell, matcher: Matcher) -> str:
    return NONE if values.is_not_told(cell) else matcher.named(cell.text)


def _successors(cell: Cell, matcher: Matcher) -> tuple[str, ...]:
    return tuple(sorted(map(matcher.named, values.parted(cell.text))))


def find_shared_numbers(identities: Iterable[Identity]) -> set[str]:
    """Numbers that stand with more than one name in a file: a number that was made up, or copied down."""
    found = defaultdict[str, set[str]](set)
    for identity in identities:
        for number in identity.numbers:
            found[number].add(letters(identity.name or ""))
    return {number for number, written in found.items() if len(written) > 1}
