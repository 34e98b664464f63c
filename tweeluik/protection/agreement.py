"""Whether the source still says what was published, and what an edition is rendered from when it was."""

from __future__ import annotations

from collections.abc import Mapping

from tweeluik.problems import Place, Problem, PublishedWouldChange
from tweeluik.record.cell import Codes, Content, Rounded, Shown
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.record.register import CURE, FOLDER, Register, file_of
from tweeluik.selection.tables import Table
from tweeluik.source.records import Edition


def frozen_record(register: Register, edition: Edition) -> Release | None:
    """The record that an edition is rendered from, when its present version has been published.

    Raises:
        PublishedWouldChange: a later version than the source's has been published.
    """
    versions = register.get(edition.id, ())
    if versions and versions[-1].version > edition.version:
        what, cure = "a later version of this edition has been published", "restore the corrections of the edition"
        raise PublishedWouldChange(Problem(edition.place, "corrections", what, cure))
    return versions[-1] if versions and versions[-1].version == edition.version else None


def check_all_there(register: Register, editions: tuple[Edition, ...]) -> None:
    """Refuse a source without an edition that has been published.

    Raises:
        PublishedWouldChange: an edition is gone.
    """
    gone = sorted(set(register) - {edition.id for edition in editions})
    if gone:
        what, cure = "a published edition has no file in editions/ any more", "restore the file of the edition"
        raise PublishedWouldChange(tuple(Problem(Place(f"{FOLDER}/{each}"), "", what, cure) for each in gone))


def contents_of(record: Release, tables: tuple[Table, ...]) -> tuple[Mapping[Codes, Content], ...]:
    """The published contents of an edition's tables, after a check that they are still true of the source.

    Raises:
        PublishedWouldChange: a table, a category or a number is not what was published.
    """
    place = Place(file_of(record.edition, record.version))
    if [(each.id, each.counts, tuple(each.cells)) for each in record.tables] != [
        (each.spec.id, each.spec.counts, tuple(each.cells)) for each in tables
    ]:
        raise PublishedWouldChange(Problem(place, "tables", "the tables or their categories are different now", CURE))
    wrong = [
        Problem(place, f"tables[{released.id}]", "a number that was published is not true of the source any more", CURE)
        for released, table in zip(record.tables, tables, strict=True)
        if not _is_true(record, released, table)
    ]
    if wrong:
        raise PublishedWouldChange(tuple(wrong))
    return tuple(each.cells for each in record.tables)


def _is_true(record: Release, released: ReleasedTable, table: Table) -> bool:
    base = record.rounding_base or 1
    for codes, content in released.cells.items():
        match content:
            case Shown(value) if value != table.value(codes):
                return False
            case Rounded(value) if value % base or abs(value - table.value(codes)) >= base:
                return False
            case _:
                pass
    return True


def check_unchanged(release: Release, record: Release) -> None:
    """Refuse a source that would publish another text, date, name or status than the record.

    Raises:
        PublishedWouldChange: with the names of the fields that differ.
    """
    changed = sorted(name for name in Release.__dataclass_fields__ if getattr(release, name) != getattr(record, name))
    if changed:
        place = Place(file_of(record.edition, record.version))
        raise PublishedWouldChange(
            tuple(Problem(place, name, "not what was published any more", CURE) for name in changed)
        )


def superseded(register: Register, edition: Edition) -> tuple[Release, ...]:
    """The published versions before the source's."""
    return tuple(each for each in register.get(edition.id, ()) if each.version < edition.version)
