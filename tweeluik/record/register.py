"""The register: every version of every edition that was published, frozen in `content/published/`, and their log.

    log.jsonl                       a line per publication, chained
    <edition>/release-<n>.json      the public record of a version
    <edition>/memory-<n>.json       confidential: the microdata behind it, or sealed as memory-<n>.json.age

What stands there is known to the world. It is read with the care of a source that others can reach: `publish` alone
writes it, in one step, and whatever else is there is refused by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

from tweeluik.disk.reading import NotPlain, read_plain
from tweeluik.disk.tree import changing, clear_left, is_cut_off, remove_file
from tweeluik.problems import Place, Problem, RegisterNotWhole, WrongUsage
from tweeluik.record.canonical import NotARecord, digest, parse
from tweeluik.record.log import BrokenLog, Log, parse_log
from tweeluik.record.model import Entry, Release
from tweeluik.words.line_ends import CHANGED, are_changed
from tweeluik.words.merged import WHAT as MERGED
from tweeluik.words.merged import merged_in

FOLDER = "published"
LOG = "log.jsonl"
NOTE = ".for-the-trail.jsonl"
"""Confidential: lines for the audit trail, written in the very step of which they tell, until it has them."""

RESTORE = "restore the files that `publish` wrote, from a copy"
ONE_OF_TWO = "keep the folder of one of the two as it was, and publish the other edition again"
"""Two branches that both published: neither edition was protected in the knowledge of the other."""

ADOPT = "this register is older than the log: run `publish` once, with any edition that was published, to adopt it"

_EDITION = re.compile(r"[a-z0-9][a-z0-9-]{0,200}")
_RECORD = re.compile(r"release-([1-9][0-9]{0,3})\.json")
_MEMORY = re.compile(r"memory-([1-9][0-9]{0,3})\.json(\.age)?")


class RegisterChanged(WrongUsage):
    """What was read of the register is not what stands there any more."""


Register = Mapping[str, tuple[Release, ...]]
"""Per edition id all published versions, the newest last."""


@dataclass(frozen=True)
class Published:
    """All that was published: versions, the log of it, and the bytes of every file, by path below the folder.

    A register from before the log has versions and an empty log.
    """

    register: Register = field(default_factory=dict)
    log: Log = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_older_than_the_log(self) -> bool:
        """Whether it is still to be adopted."""
        return bool(self.register) and not self.log

    @property
    def current(self) -> tuple[Release, ...]:
        """The latest version of every edition."""
        return tuple(versions[-1] for versions in self.register.values())

    @cached_property
    def entries(self) -> Mapping[tuple[str, int], Entry]:
        """The line of the log per edition and version."""
        return {(entry.edition, entry.version): entry for entry in self.log}

    def memory_of(self, edition: str, version: int) -> tuple[str, bytes] | None:
        """Name (below the content folder) and bytes of a version's confidential memory, sealed or not."""
        for name in (memory_file(edition, version), f"{memory_file(edition, version)}.age"):
            if name in self.files:
                return f"{FOLDER}/{name}", self.files[name]
        return None


def record_file(edition: str, version: int) -> str:
    """Where a version's record stands, below the register's folder."""
    return f"{edition}/release-{version}.json"


def memory_file(edition: str, version: int) -> str:
    """Where a version's memory stands, below the register's folder, when it is not sealed."""
    return f"{edition}/memory-{version}.json"


def file_of(edition: str, version: int) -> str:
    """Where a version's record stands, below the content folder."""
    return f"{FOLDER}/{record_file(edition, version)}"


# --- reading ----------------------------------------------------------------------------------------------------------


def read_published(content: Path) -> Published:
    """The register and its log, whole and in agreement with each other.

    Raises:
        RegisterNotWhole: a file or a line is missing, changed, out of order, or not one that `publish` writes.
    """
    problems: list[Problem] = []
    files = dict(_read_files(content / FOLDER, problems))
    if spoilt := tuple(_spoilt(files)):
        raise RegisterNotWhole(spoilt)
    log = _read_log(files, problems)
    register = {
        edition: tuple(_versions(edition, list(names), files, problems))
        for edition, names in groupby(sorted(name for name in files if "/" in name), key=_folder)
    }
    found = Published({edition: versions for edition, versions in register.items() if versions}, log, files)
    if not problems:
        problems += _disagreements(found)
    if problems:
        raise RegisterNotWhole(tuple(problems))
    return found


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _read_files(root: Path, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Every file by its path below the register's folder."""
    if not root.exists() and not root.is_symlink():
        if is_cut_off(root):
            what = "the register is not in its place: a publication was cut off"
            problems.append(Problem(Place(FOLDER), "", what, f"give the folder .{FOLDER}.old the name {FOLDER} again"))
        return
    for path in _entries(root, FOLDER, problems):
        if path.name == LOG:
            yield from _read_file(path, LOG, problems)
        elif not _EDITION.fullmatch(path.name):
            problems.append(_stranger(path.name))
        else:
            for file in _entries(path, f"{FOLDER}/{path.name}", problems):
                name = f"{path.name}/{file.name}"
                if _RECORD.fullmatch(file.name) or _MEMORY.fullmatch(file.name):
                    yield from _read_file(file, name, problems)
                else:
                    problems.append(_stranger(name))


def _entries(folder: Path, name: str, problems: list[Problem]) -> list[Path]:
    """What stands in a folder, but for what file managers and git leave there."""
    if folder.is_symlink() or not folder.is_dir():
        problems.append(Problem(Place(name), "", "not a folder", RESTORE))
        return []
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError:
        problems.append(Problem(Place(name), "", "the folder cannot be read", "look at who may read it"))
        return []


def _stranger(name: str) -> Problem:
    return Problem(Place(f"{FOLDER}/{name}"), "", "not a file that `publish` writes", "move it elsewhere")


def _read_file(path: Path, name: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    try:
        yield name, read_plain(path)
    except NotPlain as failure:
        problems.append(Problem(Place(f"{FOLDER}/{name}"), "", str(failure), RESTORE))


def _spoilt(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """What git did to a file explains all else that is wrong in it: the marks of a merge, other line ends."""
    for name, data in files.items():
        if are_changed(name, data):
            yield Problem(Place(f"{FOLDER}/{name}"), "", *CHANGED)
        elif (at := merged_in(data)) is not None:
            yield Problem(Place(f"{FOLDER}/{name}", at + 1, 1), "", MERGED, ONE_OF_TWO)


def _read_log(files: Mapping[str, bytes], problems: list[Problem]) -> Log:
    try:
        return parse_log(files.get(LOG, b""))
    except BrokenLog as broken:
        problems.append(Problem(Place(f"{FOLDER}/{LOG}", broken.number, 1), "", broken.what, RESTORE))
        return ()


def _versions(
    edition: str, names: Sequence[str], files: Mapping[str, bytes], problems: list[Problem]
) -> Iterator[Release]:
    found = [(int(match[1]), name) for name in names if (match := _RECORD.fullmatch(name.partition("/")[2]))]
    if [version for version, _ in sorted(found)] != list(range(1, len(found) + 1)) or not found:
        what = "the versions in the register are not 1, 2, 3 and so on"
        problems.append(Problem(Place(f"{FOLDER}/{edition}"), "", what, RESTORE))
        return
    for version, name in sorted(found):
        place = Place(f"{FOLDER}/{name}")
        try:
            release = parse(files[name])
        except NotARecord:
            problems.append(Problem(place, "", "not a public record", RESTORE))
            continue
        if (release.edition, release.version) != (edition, version) or release.status == "concept":
            problems.append(Problem(place, "", "the record is of another edition or version, or a concept", RESTORE))
        yield release


# --- writing ----------------------------------------------------------------------------------------------------------


def replace_register(content: Path, seen: Published, files: Mapping[str, bytes], note: bytes = b"") -> None:
    """Put `files` in the place of all that was `seen` in the register: in one step, whole or not at all.

    `note`: lines for the trail that tell of it.

    Raises:
        RegisterChanged: another run wrote it in the meantime.
        CannotWrite: the system refused; nothing has changed.
    """
    with changing(content / FOLDER) as replace:
        if read_published(content).files != seen.files:
            raise RegisterChanged(
                Problem(Place(FOLDER), "", "another run has changed the register meanwhile", "run this again")
            )
        left = dict(_left_by_others(content / FOLDER))
        if note:
            left[NOTE] = left.get(NOTE, b"") + note
        replace({**left, **files}, _is_private)


def read_note(content: Path) -> bytes:
    """The lines that the trail may not have yet, in their order."""
    try:
        return read_plain(content / FOLDER / NOTE)
    except NotPlain:
        return b""


def clear_note(content: Path, note: bytes) -> None:
    """Remove lines that the trail has; where others came meanwhile, all stay for who wrote those.

    Raises:
        CannotWrite: the system refused.
    """
    if note:
        remove_file(content / FOLDER, NOTE, note)


def clear_left_memories(content: Path) -> frozenset[str]:
    """Remove what a killed run left beside the register; the memories in it, by path below the register's folder.

    It is a copy of the register as it was, or as it was to be: with it stays what was to be forgotten, or to be sealed.

    Raises:
        CannotWrite: the system refused, and a memory may still be there.
    """
    return frozenset(filter(_is_memory, clear_left(content / FOLDER)))


def _is_private(name: str) -> bool:
    return name == NOTE or _is_memory(name)


def _is_memory(name: str) -> bool:
    return _MEMORY.fullmatch(name.partition("/")[2]) is not None


def _left_by_others(root: Path) -> Iterator[tuple[str, bytes]]:
    """What git and file managers keep beside the records, under names that begin with a point."""
    for path in sorted(root.rglob(".*")) if root.is_dir() else ():
        if not path.is_dir() or path.is_symlink():
            name = path.relative_to(root).as_posix()
            try:
                yield name, read_plain(path)
            except NotPlain as failure:
                raise RegisterNotWhole(Problem(Place(f"{FOLDER}/{name}"), "", str(failure), "remove it")) from None


# --- the log and the records say the same -----------------------------------------------------------------------------


def _disagreements(found: Published) -> Iterator[Problem]:
    """Lines without their record, records without their line, and records that are not what their line says."""
    if found.is_older_than_the_log and _is_all_older(found.register):
        return
    for entry in found.log:
        place = Place(f"{FOLDER}/{LOG}", entry.number, 1)
        versions = found.register.get(entry.edition, ())
        named = f"version {entry.version} of {entry.edition}"
        if len(versions) < entry.version:
            yield Problem(place, "", f"the record of this line is gone: {named}", RESTORE)
        elif not _is_recorded(entry, versions[entry.version - 1]):
            yield Problem(place, "", f"the record of this line was changed: {named}", RESTORE)
    for release in (release for versions in found.register.values() for release in versions):
        if (release.edition, release.version) not in found.entries:
            what = "no line of the log is about this record: a line is gone, or the record was not made by `publish`"
            yield Problem(Place(file_of(release.edition, release.version)), "", what, RESTORE)
    for name in found.files:
        match = _MEMORY.fullmatch(name.partition("/")[2])
        if match and (_folder(name), int(match[1])) not in found.entries:
            what = "the memory of a version that was not published"
            yield Problem(Place(f"{FOLDER}/{name}"), "", what, RESTORE)


def _is_recorded(entry: Entry, release: Release) -> bool:
    return (entry.record, entry.status) == (digest(release), release.status)


def _is_all_older(register: Register) -> bool:
    return all(release.imprint is None for versions in register.values() for release in versions)
