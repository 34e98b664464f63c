"""`check`: what `build` does, writing nothing; or a look at what git is about to commit."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.making import make, of_published, tell_made
from tweeluik.problems import SourceHasProblems


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Check(Command):
    """`staged` asks for the look at what git is about to commit, and for nothing else."""

    identity: tuple[Path, ...] = ()
    staged: bool = False

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        add_identity(parser)
        told = "look at nothing but what git is about to commit: no keys, no opened bundles, no source in clear"
        parser.add_argument("--staged", action="store_true", help=told)

    def run(self, console: Console) -> Told:
        """Make the whole site, in memory."""
        from tweeluik.confidential.age.keyring import Keyring

        if self.staged:
            return self._look_at_staged()
        made, tested = make(
            of_published(), self.content, self.templates, keyring=Keyring(self.identity), console=console
        )
        return tell_made(made.summary, tested, "nothing was written")

    def _look_at_staged(self) -> Told:
        from tweeluik.confidential.at_rest.staged import find_unfit_staged

        problems = tuple(find_unfit_staged(self.content))
        if problems:
            raise SourceHasProblems(problems)
        return Told(("nothing that is staged must stay out of the history",))
