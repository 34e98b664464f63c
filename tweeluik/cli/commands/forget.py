"""`forget`: remove the confidential memory of a published edition."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass

from tweeluik.cli.approving import event_of, keep, replace_told
from tweeluik.cli.command import Command, add_who
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today
from tweeluik.cli.editions import find_edition
from tweeluik.cli.making import without_memory
from tweeluik.words.said import said


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Forget(Command):
    """`edition` is the id of one that was published."""

    edition: str
    by: str = ""

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION", help="the edition")
        add_who(parser)

    def run(self, console: Console) -> Told:
        """All versions at once, and what a killed run left beside the register: what is published stays as it is."""
        from tweeluik.record.register import clear_left_memories, read_published

        seen = read_published(self.content)
        find_edition(seen.register, self.edition)
        noted = keep(self.content)
        left = clear_left_memories(self.content) - seen.files.keys()
        after, known = without_memory(seen, self.edition)
        gone = known + sum(1 for each in left if each.startswith(f"{self.edition}/"))
        data = {"edition": self.edition, "forgotten": gone}
        if not gone:
            return Told((said("there is no memory of {edition}", edition=self.edition),), data, noted)
        console.progress("forgetting")
        entry = next(each for each in reversed(seen.log) if each.edition == self.edition)
        event = event_of("forgot", entry, day=today(), who=self.by)
        noted += replace_told(self.content, seen, after.files, event)
        clear_left_memories(self.content)  # what could not be removed behind a swap is left to the next run: not here
        warnings = (
            *noted,
            "removed, not wiped: copies and version histories may still hold them",
            "from now on later editions are protected as if every change since were by one or two organisations",
        )
        what = "files removed: {number}; nobody can tell any more who was in {edition}"
        return Told((said(what, number=gone, edition=self.edition),), data, warnings)
