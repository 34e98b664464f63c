"""`publish`: freeze the public record of an edition that passed every check."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.editions import find_edition
from tweeluik.cli.making import make
from tweeluik.problems import Place, Problem, WrongUsage

if TYPE_CHECKING:
    from tweeluik.record.model import Release


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Publish(Command):
    """`edition` is the id of a final one."""

    edition: str
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION")
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Make the whole site first: what is frozen passed the same checks as what is shown."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.record.register import freeze

        made, tested = make(self.content, self.templates, keyring=Keyring(self.identity), console=console)
        record = find_edition({each.edition: each for each in made.releases}, self.edition)
        _refuse_concept(record)
        place = self.content / freeze(record, self.content)
        line = f"version {record.version} of {record.edition} is frozen in {place}"
        data = {"edition": record.edition, "version": record.version, "record": str(place)}
        return Told((*tested.lines, line), data)


def _refuse_concept(record: Release) -> None:
    if record.status != "final":
        place = Place(f"editions/{record.edition}.yaml")
        raise WrongUsage(Problem(place, "status", "a concept cannot be published", "make the status final first"))
