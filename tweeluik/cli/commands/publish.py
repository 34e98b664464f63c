"""`publish`: freeze a version of an edition that passed every check, and write its line in the log."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.approving import approved, event_of, keep, refusing_afterwards, replace_told
from tweeluik.cli.command import Command, add_day, add_identity, add_who
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today
from tweeluik.cli.making import make, of_next_version, witnesses
from tweeluik.words.said import Said

if TYPE_CHECKING:
    from tweeluik.problems import NotApproved
    from tweeluik.record.model import Entry, Release
    from tweeluik.review.trail import Event


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Publish(Command):
    """`edition` is the id of a final one, or with `provisional` of a concept; `dry_run` writes nothing."""

    edition: str
    provisional: bool = False
    dry_run: bool = False
    day: date | None = None
    by: str = ""
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION", help="the edition")
        told = "publish a concept on purpose, as a provisional version: it is known for ever; the final edition follows"
        parser.add_argument("--provisional", action="store_true", help=told)
        parser.add_argument("--dry-run", action="store_true", help="show what would be frozen, and write nothing")
        add_day(parser)
        add_who(parser)
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Make the whole site first: what is frozen passed the same checks as what is shown.

        A trial shows what would be frozen, and then that it is not approved.
        """
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.at_rest.remembering import keep_key, sealing_for
        from tweeluik.record.register import read_published

        keyring = Keyring(self.identity)
        seal = sealing_for(self.content, today=today())
        refused: list[NotApproved] = []
        approve = approved(self.content, keyring)
        if self.dry_run:
            approve = refusing_afterwards(approve, refused)
        making = of_next_version(
            self.edition, day=self.day, provisional=self.provisional, seal=seal, approve=approve, advise=self.dry_run
        )
        seen = read_published(self.content)
        hear = witnesses(self.content, self.site)
        frozen, tested = make(making, self.content, self.templates, keyring=keyring, console=console, hear=hear)
        warnings: tuple[str, ...] = ()
        if not self.dry_run and frozen.published.files != seen.files:
            if frozen.key is not None:
                kept = keep_key(self.content, frozen.key, seal)
                warnings = (f"{kept} is secret: keep it with the source, and give it to nobody else",)
            event = None if frozen.release is None else self._event(frozen.release, frozen.entry)
            warnings += replace_told(self.content, seen, frozen.published.files, event)
        elif not self.dry_run:
            warnings = keep(self.content)
        lines: tuple[str | Said, ...] = (
            *([] if tested is None else tested.lines),
            *frozen.as_lines(dry_run=self.dry_run),
        )
        told = Told(lines, frozen.as_data(), warnings, frozen.doubts if self.dry_run else ())
        if refused:
            console.note(told, changed=False)
            raise refused[0]
        return told

    def _event(self, release: Release, entry: Entry) -> Event:
        return event_of("published" if release.withdrawal is None else "withdrawn", entry, who=self.by)
