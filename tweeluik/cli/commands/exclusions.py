"""`exclusions`: keep the sealed list of who may not be a partner."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import read_lines

Action = Literal["add", "seal"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Exclusions(Command):
    """`file` is a text with a name or number per line, None for standard input."""

    action: Action
    identity: tuple[Path, ...]
    file: Path | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = "add lines to the list, or seal a new one in its place"
        parser.add_argument("action", choices=("add", "seal"), help=told)
        told = "text with a name or number per line (default: standard input)"
        parser.add_argument("file", nargs="?", type=Path, default=None, metavar="FILE", help=told)
        add_identity(parser, required=True)

    def run(self, console: Console) -> Told:
        """Seal the list that this makes."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.at_rest.exclusions import FILE, add_exclusions, seal_exclusions

        keyring = Keyring(self.identity)
        if self.file is None and console.is_attended():
            console.say("a name or number per line; Ctrl-D ends (on Windows: Ctrl-Z and Enter)")
        {"add": add_exclusions, "seal": seal_exclusions}[self.action](read_lines(self.file), self.content, keyring)
        warning = ("the text file is still there in clear: delete it, or keep it where the list is kept",)
        return Told((f"sealed {self.content / FILE}",), {}, warning if self.file else ())
