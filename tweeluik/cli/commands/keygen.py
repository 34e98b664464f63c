"""`keygen`: an identity file, and its recipient line."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command
from tweeluik.cli.console import Console, Told


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Keygen(Command):
    """`output` is a new file."""

    output: Path = Path("sleutel.identity")

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = "a new file (default: sleutel.identity)"
        parser.add_argument("-o", dest="output", type=Path, metavar="FILE", help=told)

    def run(self, console: Console) -> Told:
        """Write the secret half, tell the public one."""
        from tweeluik.confidential.age.identities import write_identity

        console.progress("making a key")
        recipient = write_identity(self.output)
        warning = f"{self.output} is secret: keep it apart from the source, and give away the recipient line only"
        return Told((recipient,), {"recipient": recipient, "file": str(self.output)}, (warning,))
