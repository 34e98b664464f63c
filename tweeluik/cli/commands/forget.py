"""`forget`: remove the confidential memory of a published edition."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass

from tweeluik.cli.command import Command
from tweeluik.cli.console import Console, Told
from tweeluik.cli.editions import find_edition
from tweeluik.cli.making import without_memory


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Forget(Command):
    """`edition` is the id of one that was published."""

    edition: str

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION")

    def run(self, console: Console) -> Told:
        """All versions at once: what is published stays as it is."""
        from tweeluik.record.register import read_published, replace_register

        seen = read_published(self.content)
        find_edition(seen.register, self.edition)
        after, gone = without_memory(seen, self.edition)
        data = {"edition": self.edition, "forgotten": gone}
        if not gone:
            return Told((f"there is no memory of {self.edition}",), data)
        console.progress("forgetting")
        replace_register(self.content, seen, after.files)
        files = "file was" if gone == 1 else "files were"
        warnings = (
            "removed, not wiped: copies and version histories may still hold them",
            "from now on later editions are protected as if every change since were by one or two organisations",
        )
        return Told((f"{gone} {files} removed: nobody can tell any more who was in {self.edition}",), data, warnings)
