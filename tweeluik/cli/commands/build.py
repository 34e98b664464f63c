"""`build`: check, protect, attack, guard, and swap in the site."""

from __future__ import annotations

import contextlib
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.making import make, tell_made
from tweeluik.problems import Place, Problem, WrongUsage


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Build(Command):
    """`certificate` is a new file for that of the attack, which is confidential."""

    identity: tuple[Path, ...] = ()
    certificate: Path | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        add_identity(parser)
        told = "also write the certificate of the attack to this new file; it is confidential"
        parser.add_argument("--certificate", type=Path, metavar="FILE", help=told)

    def run(self, console: Console) -> Told:
        """Write nothing before every check has passed."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.folders import refuse_overlap
        from tweeluik.disk.tree import refuse_foreign, replace_tree

        refuse_overlap(site=self.site, content=self.content, templates=self.templates)
        refuse_foreign(self.site)
        made, tested = make(self.content, self.templates, keyring=Keyring(self.identity), console=console)
        console.progress("writing the site")
        with self._writing_certificate(made.certificate):
            replace_tree(self.site, made.files)
        return tell_made(made.summary, tested, f"written to {self.site}")

    @contextlib.contextmanager
    def _writing_certificate(self, certificate: bytes) -> Iterator[None]:
        """A new private file, for as long as what follows succeeds."""
        from tweeluik.disk.durable import reason
        from tweeluik.disk.private import refuse_public_folder, write_new_file

        file = self.certificate
        if file is None:
            yield
            return
        refuse_public_folder(file.parent, self.site, self.content, self.templates)
        try:
            write_new_file(file, certificate)
        except OSError as failure:
            hint = "name a new file in a folder that you may write"
            raise WrongUsage(Problem(Place(str(file)), "", f"cannot be written: {reason(failure)}", hint)) from None
        try:
            yield
        except BaseException:
            file.unlink()
            raise
