"""What readers would see change from one version of an edition to the next: numbers, statuses, names, facts, files.

Made of public records and public files alone, so that everybody who may see the new version may see this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from tweeluik.record.cell import Content, Rounded, Shown
from tweeluik.record.labels import label_of
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.words import dutch
from tweeluik.words.reviewing import REVIEW
from tweeluik.words.wording import NOT_SHOWN, STATUSES

ABSENT = "—"
"""For what one of the two does not have."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact about the edition, in words; `ABSENT` where it is not told."""

    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """A number that is otherwise, with what stood there and what would stand there."""

    table: str
    title: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table that is new, gone, or divided in another way: then its numbers stand beside no others."""

    table: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the site, by its path."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Changes:
    """From version `before` (None: there was none) to `after` of an edition.

    `names_new` and `names_gone` are how many; who is gone from a list is nobody's business.
    """

    edition: str
    before: int | None
    after: int
    facts: tuple[FactChange, ...]
    tables: tuple[TableChange, ...]
    cells: tuple[CellChange, ...]
    names_new: int
    names_gone: int
    files: tuple[FileChange, ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether readers see the same."""
        return not (self.facts or self.tables or self.cells or self.names_new or self.names_gone or self.files)


def find_changes(before: Release | None, after: Release) -> Changes:
    """What is otherwise in `after`, without the files."""
    then = {} if before is None else {each.id: each for each in before.tables}
    now = {each.id: each for each in after.tables}
    same = [each for each in now if each in then and _is_divided_alike(then[each], now[each])]
    old_names = set[str]() if before is None else set(before.named)
    return Changes(
        edition=after.edition,
        before=None if before is None else before.version,
        after=after.version,
        facts=tuple(_facts(before, after)),
        tables=tuple(_tables(then, now)),
        cells=tuple(chain.from_iterable(_cells(then[each], now[each]) for each in same)),
        names_new=len(set(after.named) - old_names),
        names_gone=len(old_names - set(after.named)),
    )


def find_files(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[FileChange]:
    """Every file of the site that is new, otherwise or gone, but for the list of all files."""
    for path in sorted({*before, *after} - {"manifest.txt"}):
        if path not in before:
            yield FileChange(path, "nieuw")
        elif path not in after:
            yield FileChange(path, "vervalt")
        elif before[path] != after[path]:
            yield FileChange(path, "anders")


# --- facts ------------------------------------------------------------------------------------------------------------


def _facts(before: Release | None, after: Release) -> Iterator[FactChange]:
    then = {} if before is None else dict(_told(before))
    for fact, words in _told(after):
        if then.get(fact, ABSENT) != words:
            yield FactChange(fact, then.get(fact, ABSENT), words)


def _told(release: Release) -> Iterator[tuple[str, str]]:
    yield "Titel", release.title
    yield "Status", STATUSES[release.status]
    yield "Periode", dutch.period(release.period_from, release.period_until)
    yield "Stand per", ABSENT if release.as_of is None else dutch.day(release.as_of)
    yield REVIEW.text("calendar.due"), ABSENT if release.due is None else dutch.day(release.due)
    yield REVIEW.text("calendar.sent"), ABSENT if release.sent is None else dutch.day(release.sent)
    yield REVIEW.text("calendar.late"), release.late or ABSENT
    yield "Vindplaats", _place(release)
    yield "Alleen ter inzage", "nee" if release.notice is None else "ja"
    if release.tables:
        yield "Bescherming", "afronden" if release.protection == "rounding" else "onderdrukken"
        yield "Drempel", dutch.number(release.threshold)
    yield "Correcties", "; ".join(each.note for each in release.corrections) or ABSENT
    yield "Ingetrokken", "nee" if release.withdrawal is None else f"ja: {release.withdrawal.note}"


def _place(release: Release) -> str:
    place = release.parliament
    if place is None:
        return ABSENT
    number = "" if place.number is None else f", nr. {place.number}"
    return f"Kamerstuk {place.dossier}{number}"


# --- tables and numbers -----------------------------------------------------------------------------------------------


def _is_divided_alike(before: ReleasedTable, after: ReleasedTable) -> bool:
    codes = [[each.code for each in side.categories] for side in before.dimensions]
    return codes == [[each.code for each in side.categories] for side in after.dimensions]


def _tables(then: Mapping[str, ReleasedTable], now: Mapping[str, ReleasedTable]) -> Iterator[TableChange]:
    for each in now.values():
        if each.id not in then:
            yield TableChange(each.id, each.title, "nieuw")
        elif not _is_divided_alike(then[each.id], each):
            yield TableChange(each.id, each.title, "andere indeling")
        elif _words_of(then[each.id]) != _words_of(each):
            yield TableChange(each.id, each.title, "andere woorden")
    yield from (TableChange(each.id, each.title, "vervalt") for each in then.values() if each.id not in now)


def _words_of(table: ReleasedTable) -> tuple[object, ...]:
    return table.title, table.counts, table.dimensions, table.note, table.notes


def _cells(before: ReleasedTable, after: ReleasedTable) -> Iterator[CellChange]:
    for codes, content in after.cells.items():
        if before.cells[codes] != content:
            told = words_of(before.cells[codes]), words_of(content)
            yield CellChange(after.id, after.title, label_of(after, codes), *told)


def words_of(content: Content) -> str:
    """What stands in a cell, for people."""
    match content:
        case Shown(value):
            return dutch.number(value)
        case Rounded(value):
            return f"ongeveer {dutch.number(value)}"
        case _:
            return NOT_SHOWN
