"""The register of public records: every version of every edition that was published, frozen in `content/published/`.

What stands there is known to the world. A source that no longer agrees with it is refused; only a correction, with a
new version, adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tweeluik.disk.tree import growing, is_cut_off
from tweeluik.problems import Place, Problem, PublishedWouldChange, SourceHasProblems
from tweeluik.record.canonical import NotARecord, parse, serialise
from tweeluik.record.model import Release

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
    if is_cut_off(root):
        what, cure = "a run was cut off while it wrote here", f"give the folder .{FOLDER}.old its name {FOLDER} back"
        problems.append(Problem(Place(FOLDER), "", what, cure))
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


# --- publishing -------------------------------------------------------------------------------------------------------


def freeze(release: Release, content: Path) -> str:
    """Add a version to the register; give its place below the content folder. An equal record may stand there already.

    Raises:
        PublishedWouldChange: another record of that version has been published, or the version before it has not.
        CannotWrite: the system refused; the register is what it was.
    """
    place = file_of(release.edition, release.version)
    with growing(content / FOLDER) as add:
        if _is_new(release, content):
            add({place.removeprefix(f"{FOLDER}/"): serialise(release)})
    return place


def _is_new(release: Release, content: Path) -> bool:
    place = file_of(release.edition, release.version)
    path = content / place
    if path.exists():
        if path.read_bytes() != serialise(release):
            raise PublishedWouldChange(Problem(Place(place), "", "this version has been published already", CURE))
        return False
    if release.version > 1 and not (content / file_of(release.edition, release.version - 1)).exists():
        what, cure = "the version before this one has not been published", "number the corrections from 2, one by one"
        raise PublishedWouldChange(Problem(Place(place), "", what, cure))
    return True
