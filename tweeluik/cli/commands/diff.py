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
from tweeluik.cli.making import make, of_proposal
from tweeluik.problems import NotApproved, Place, Problem, WrongUsage

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
            proposal, _ = make(making, self.content, self.templates, keyring=Keyring(self.identity), console=console)
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


def _lines(changes: Changes) -> Iterator[str]:
    """In the words of the readers whom it is about."""
    since = "er was nog geen" if changes.before is None else f"sinds versie {changes.before}"
    yield f"{changes.edition}, versie {changes.after} ({since})"
    if changes.are_none:
        yield "lezers zien niets veranderen"
    yield from (f"{each.fact}: {each.before} → {each.after}" for each in changes.facts)
    yield from (f"tabel {each.table} ({each.title}): {each.what}" for each in changes.tables)
    yield from (f"{each.table}, {each.label}: {each.before} → {each.after}" for each in changes.cells)
    if changes.names_new or changes.names_gone:
        yield f"namen: {changes.names_new} erbij, {changes.names_gone} eraf"
    yield from (f"{each.path}: {each.what}" for each in changes.files)
