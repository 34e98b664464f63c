"""`diff`: what readers would see change, or saw change between two published versions."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.command import Command, add_day, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.editions import find_edition
from tweeluik.cli.making import make, of_proposal, witnesses
from tweeluik.problems import NotApproved, Place, Problem, WrongUsage
from tweeluik.words.said import Said, said

if TYPE_CHECKING:
    from tweeluik.record.model import Release
    from tweeluik.review.changes import Changes


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Diff(Command):
    """`version` is the published one to compare with, None for the latest; `day` that of the publication to be."""

    edition: str
    version: int | None = None
    identity: tuple[Path, ...] = ()
    provisional: bool = False
    day: date | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION", help="the edition")
        told = "a published version to compare with (default: the latest)"
        parser.add_argument("version", nargs="?", type=_version, default=None, metavar="VERSION", help=told)
        parser.add_argument("--provisional", action="store_true", help="of a concept, as `publish --provisional`")
        add_day(parser)
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Everything that it tells may be read by whoever may read the new version."""
        from tweeluik.record.register import read_published

        versions = read_published(self.content).register.get(self.edition, ())
        before = self._before(versions)
        changes = self._proposed(before, console)
        if changes is None:
            changes = self._published(before, versions)
        return Told(tuple(_lines(changes)), asdict(changes))

    def _before(self, versions: tuple[Release, ...]) -> Release | None:
        if self.version is None:
            return versions[-1] if versions else None
        return find_edition({str(each.version): each for each in versions}, str(self.version))

    def _proposed(self, before: Release | None, console: Console) -> Changes | None:
        """From the version before to the one that is next; None when there is nothing to publish."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.review.changes import find_changes, find_files

        making = of_proposal(self.edition, day=self.day, provisional=self.provisional)
        try:
            hear = witnesses(self.content, self.site)
            proposal, _ = make(
                making, self.content, self.templates, keyring=Keyring(self.identity), console=console, hear=hear
            )
        except NotApproved:
            return None
        files = find_files(proposal.making.as_published(), proposal.made.files)
        return replace(find_changes(before, proposal.release), files=tuple(files))

    def _published(self, before: Release | None, versions: tuple[Release, ...]) -> Changes:
        from tweeluik.review.changes import find_changes

        last = versions[-1]
        if before is None or before.version == last.version:
            hint = "name an earlier version, or make a correction first"
            what = "this is the latest version, and nothing comes after it yet"
            raise WrongUsage(Problem(Place(f"editions/{self.edition}.yaml"), "", what, hint))
        return find_changes(before, last)


def _version(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError("a version is a number from 1 on")
    return int(text)


def _lines(changes: Changes) -> Iterator[Said]:
    """What stands on the pages is told as it stands there."""
    since = said("there was none yet")
    if changes.before is not None:
        since = said("since version {number}", number=changes.before)
    what = "{edition}, version {number} ({since})"
    yield said(what, edition=changes.edition, number=changes.after, since=since)
    if changes.are_none:
        yield said("readers see nothing change")
    what = "{place}: {before} → {after}"
    for fact in changes.facts:
        yield said(what, place=fact.fact, before=fact.before, after=fact.after)
    for table in changes.tables:
        yield said("table {table} ({title}): {what}", table=table.table, title=table.title, what=_became(table.what))
    for cell in changes.cells:
        yield said(what, place=f"{cell.table}, {cell.label}", before=cell.before, after=cell.after)
    if changes.names_new or changes.names_gone:
        yield said("names: {new} more, {gone} fewer", new=changes.names_new, gone=changes.names_gone)
    for file in changes.files:
        yield said("{path}: {what}", path=file.path, what=_became(file.what))


_BECAME = {
    "nieuw": "new",
    "vervalt": "gone",
    "anders": "other than it was",
    "andere indeling": "other categories",
    "andere woorden": "other words",
}
"""What the report says of a table or file, which is in Dutch."""


def _became(what: str) -> Said:
    return said(_BECAME[what])
