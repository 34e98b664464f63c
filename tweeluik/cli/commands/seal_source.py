"""`seal-source`: seal files of the source to its editors, in the place of those in clear."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today
from tweeluik.words.said import said


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SealSource(Command):
    """`file` are files of the source; none for all that the source is kept sealed for."""

    file: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = (
            "files of the source (default: all about organisations, the key of protection and memories of publications)"
        )
        parser.add_argument("file", nargs="*", type=Path, metavar="FILE", help=told)

    def run(self, console: Console) -> Told:
        """Seal first, remove after."""
        from tweeluik.confidential.age.recipients import read_source_recipients
        from tweeluik.confidential.at_rest.sealed_source import find_file, find_in_clear, find_memories, seal_source
        from tweeluik.record.register import clear_left_memories

        clear_left_memories(self.content)
        more = find_memories(self.content)
        files = tuple(find_file(self.content, each, more) for each in self.file) or find_in_clear(self.content)
        if not files:
            return Told(("there is nothing in clear to seal",), {"sealed": []})
        console.progress("sealing")
        sealed = seal_source(files, read_source_recipients(self.content, today=today()))
        warning = "the files in clear were removed, not wiped: copies and version histories may still hold them"
        return Told(
            tuple(said("sealed: {file}", file=str(each)) for each in sealed), {"sealed": list(sealed)}, (warning,)
        )
