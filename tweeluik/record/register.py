"""The register of public records: every version of every edition that was published, frozen in `content/published/`.

What stands there is known to the world. A source that no longer agrees with it is refused; only a correction, with a
new version, adds to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tweeluik.problems import Place, Problem, PublishedWouldChange, SourceHasProblems
from tweeluik.record.canonical import NotARecord, parse, serialise
from tweeluik.record.cell import Codes, Content, Rounded, Shown
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.selection.tables import Table
from tweeluik.source.records import Edition

FOLDER = "published"
CURE = "undo the change, or add a correction with the next version to the edition"

Register = Mapping[str, tuple[Release, ...]]
"""Per edition id all published versions, the newest last."""


def file_of(edition: str, version: int) -> str:
    """Where a version's record stands, below the content folder."""
    return f"{FOLDER}/{edition}/release-{version}.json"


# --- reading ----------------------------------------------------------------------------------------------------------


def read_register(content: Path) -> Register:
    """All published records.

    Raises:
        SourceHasProblems: a file in the register is not what `publish` wrote, or a version is missing.
    """
    problems: list[Problem] = []
    register: dict[str, tuple[Release, ...]] = {}
    root = content / FOLDER
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if not folder.name.startswith("."):
            register[folder.name] = tuple(_read_edition(content, folder, problems))
    if problems:
        raise SourceHasProblems(tuple(problems))
    return register


def _read_edition(content: Path, folder: Path, problems: list[Problem]) -> Iterator[Release]:
    files = sorted(each for each in folder.iterdir() if not each.name.startswith(".")) if folder.is_dir() else []
    versions = sorted(_version(each) for each in files)
    if versions != list(range(1, len(files) + 1)) or not files:
        what = "the versions in the register are not 1, 2, 3 and so on"
        problems.append(Problem(Place(f"{FOLDER}/{folder.name}"), "", what, "restore the files that `publish` wrote"))
        return
    for version in versions:
        place = Place(file_of(folder.name, version))
        try:
            release = parse((content / place.file).read_bytes())
        except (NotARecord, OSError):
            problems.append(Problem(place, "", "not a public record", "restore the file that `publish` wrote"))
            continue
        if (release.edition, release.version) != (folder.name, version):
            what = "the record is of another edition or version"
            problems.append(Problem(place, "", what, "restore the file that `publish` wrote"))
        yield release


def _version(file: Path) -> int:
    found = re.fullmatch(r"release-([1-9][0-9]{0,3})\.json", file.name)
    return int(found[1]) if found else 0


# --- agreeing ---------------------------------------------------------------------------------------------------------


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


# --- publishing -------------------------------------------------------------------------------------------------------


def freeze(release: Release, content: Path) -> str:
    """Add a version to the register; give its place below the content folder. An equal record may stand there already.

    Raises:
        PublishedWouldChange: another record of that version has been published, or the version before it has not.
    """
    place = file_of(release.edition, release.version)
    path = content / place
    if path.exists():
        if path.read_bytes() != serialise(release):
            raise PublishedWouldChange(Problem(Place(place), "", "this version has been published already", CURE))
        return place
    before = content / file_of(release.edition, release.version - 1)
    if release.version > 1 and not before.exists():
        what, cure = "the version before this one has not been published", "number the corrections from 2, one by one"
        raise PublishedWouldChange(Problem(Place(place), "", what, cure))
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.new")
    with scratch.open("wb") as file:
        file.write(serialise(release))
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
    return place


def superseded(register: Register, edition: Edition) -> tuple[Release, ...]:
    """The published versions before the source's."""
    return tuple(each for each in register.get(edition.id, ()) if each.version < edition.version)
