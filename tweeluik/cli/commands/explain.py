"""`explain`: why organisations are in or out of an edition."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Explain(Command):
    """`id` is that of one organisation, None for all."""

    id: str | None = None
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("id", nargs="?", metavar="ID", help="one organisation (default: all)")
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Tell the verdict of every rule, with a warning that it is confidential."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.selection.explain import WARNING, as_data, as_lines, explain
        from tweeluik.source.load import read_source

        console.progress("reading the source")
        verdicts = explain(read_source(self.content, unseal=Keyring(self.identity).unseal), self.id)
        return Told(tuple(as_lines(verdicts)), {"verdicts": as_data(verdicts)}, (WARNING,))
