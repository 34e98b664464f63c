"""What the register and the source say of each other: which version an edition is, and where the two differ.

What was published stays until a correction with a new version takes its place. A source that says otherwise by now is
told of, and fails nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tweeluik.problems import Problem, SourceHasProblems
from tweeluik.record.cell import Content, Rounded, Shown
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.record.register import Register
from tweeluik.selection.rules import is_named, publishes_numbers, select
from tweeluik.selection.tables import Table, notes_of, tabulate
from tweeluik.source.records import Edition, Source

NOTHING_OUT = (
    "restore the folder `published` from a copy; if this edition was never published, leave its corrections out"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the source says something else than the published version of an edition does, in general words."""

    edition: str
    version: int
    what: tuple[str, ...]

    def __str__(self) -> str:
        cure = "it stays as it was published, until a correction"
        return f"{self.edition}, version {self.version}: the source now differs in {', '.join(self.what)}; {cure}"


# --- which version an edition is --------------------------------------------------------------------------------------


def numbered(source: Source, register: Register) -> Source:
    """The source with the version of every edition, as the register has it go on.

    Raises:
        SourceHasProblems: a correction skips a version.
    """
    editions = tuple(replace(each, number=_number(each, register.get(each.id, ()))) for each in source.editions)
    problems = tuple(
        _skips(each, len(versions)) for each in editions if each.version > _next(versions := register.get(each.id, ()))
    )
    if problems:
        raise SourceHasProblems(problems)
    return replace(source, editions=editions)


def _number(edition: Edition, versions: tuple[Release, ...]) -> int:
    """A final edition is the version after its provisional ones, or that of its latest correction.

    A concept is the next version as soon as its data reach another day than what was published, or it was corrected.
    """
    if edition.status == "concept":
        goes_on = not versions or edition.as_of != versions[-1].as_of or edition.has_correction(_next(versions))
        return _next(versions) if goes_on else len(versions)
    provisional = sum(each.status == "provisional" for each in versions)
    return max((each.version for each in edition.corrections), default=1 + provisional)


def _next(versions: tuple[Release, ...]) -> int:
    return len(versions) + 1


def _skips(edition: Edition, last: int) -> Problem:
    what = "the version before this one has not been published"
    hint = f"the next version of this edition is {last + 1}" if last else NOTHING_OUT
    return Problem(edition.place, "corrections", what, hint)


def is_candidate(edition: Edition, register: Register) -> bool:
    """Whether an edition, with its version, is final and not yet published."""
    return edition.status == "final" and edition.version == _next(register.get(edition.id, ()))


def is_concept(edition: Edition, register: Register) -> bool:
    """Whether an edition is still being made: a concept that says more than what was published, which was not final."""
    versions = register.get(edition.id, ())
    is_next = edition.status == "concept" and edition.version == _next(versions)
    return is_next and not any(each.status == "final" for each in versions)


_PUBLISHED_AS = {"concept": "provisional", "final": "final"}

# --- where the two differ ---------------------------------------------------------------------------------------------


def differences(source: Source, register: Register) -> Iterator[Difference]:
    """Per published edition what its source says otherwise by now; nothing of an edition whose file is gone."""
    for edition in source.editions:
        versions = register.get(edition.id, ())
        if versions and not is_candidate(edition, register) and not is_concept(edition, register):
            found = tuple(_differs(source, edition, versions[-1]))
            if found:
                yield Difference(edition.id, versions[-1].version, found)


def _differs(source: Source, edition: Edition, record: Release) -> Iterator[str]:
    if edition.version < record.version:
        yield f"its corrections (version {record.version} was published)"
    told = {
        "the title": (edition.title, record.title),
        "the status": (_PUBLISHED_AS[edition.status], record.status),
        "the population": (edition.population, record.population),
        "the period": (edition.period.start, edition.period.until, record.period_from, record.period_until),
    }
    yield from (what for what, values in told.items() if values[: len(values) // 2] != values[len(values) // 2 :])
    yield from _other_days(edition, record)
    if publishes_numbers(edition):
        yield from _other_numbers(source, edition, record)


def _other_days(edition: Edition, record: Release) -> Iterator[str]:
    if (edition.due, edition.sent) != (record.due, record.sent):
        yield "the dates of sending"
    if edition.late != record.late:
        yield "why it was late"
    corrections = [(each.version, each.date, each.note, each.withdraws) for each in edition.corrections]
    if corrections != [(each.version, each.date, each.note, each.withdraws) for each in record.corrections]:
        yield "the text of its corrections"


def _other_numbers(source: Source, edition: Edition, record: Release) -> Iterator[str]:
    selection = select(source, edition)
    tables = {each.spec.id: each for each in tabulate(source, selection)}
    if [*tables] != [each.id for each in record.tables]:
        yield "its tables"
    for released in record.tables:
        if released.id in tables:
            yield from _other_table(record, released, tables[released.id])
    named = {each.name for each in selection.partners if is_named(each, edition)}
    more, less = len(named - set(record.named)), len(set(record.named) - named)
    if more or less:
        yield f"names ({less} that stand there would not, {more} would that do not)"


def _other_table(record: Release, released: ReleasedTable, table: Table) -> Iterator[str]:
    if released.groups != tuple(each.groups for each in table.dimensions) or released.counts != table.spec.counts:
        yield f"the categories of table {released.id}"
        return
    if (released.note, released.notes) != (table.spec.note, notes_of(table)):
        yield f"the notes of table {released.id}"
    wrong = sum(not _is_true(record, content, table.value(codes)) for codes, content in released.cells.items())
    if wrong:
        yield f"{wrong} number{'s' if wrong > 1 else ''} of table {released.id}"


def _is_true(record: Release, content: Content, value: int) -> bool:
    match content:
        case Shown(shown):
            return shown == value
        case Rounded(rounded):
            return abs(rounded - value) < (record.rounding_base or 1)
        case _:
            return True
