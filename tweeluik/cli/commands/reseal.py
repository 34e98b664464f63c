"""`reseal`: the source to its editors of today, when people come or go."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reseal(Command):
    """`identity` opens what is sealed now; `sign` is a private key of ssh, for the note of who gained and lost."""

    identity: tuple[Path, ...]
    sign: Path | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        add_identity(parser, required=True)
        told = "sign the note of who became a reader and who is none any more with this private ssh key"
        parser.add_argument("--sign", type=Path, metavar="KEY", help=told)

    def run(self, console: Console) -> Told:
        """Open all of it in memory, then replace all files at once."""
        from tweeluik.confidential.age import signature
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.age.recipients import read_source_recipients
        from tweeluik.confidential.at_rest.resealing import NAMESPACE, reseal_source
        from tweeluik.problems import Place, Problem, SealingFailed

        day = today()
        sign = None if self.sign is None else partial(signature.sign, key=self.sign, namespace=NAMESPACE)
        console.progress("sealing")
        try:
            done = reseal_source(
                self.content,
                Keyring(self.identity),
                read_source_recipients(self.content, today=day),
                day=day,
                sign=sign,
            )
        except signature.SignatureRefused as error:
            raise SealingFailed(Problem(Place("signature"), "", str(error), error.hint)) from None
        lines = (
            f"{done.files} files are sealed to the editors of today",
            *(f"became a reader: {role} {fingerprint}" for role, fingerprint in done.gained),
            *(f"is no reader any more: {role} {fingerprint}" for role, fingerprint in done.lost),
        )
        warning = "who left can still open what they have a copy of, and what stands in a version history"
        data = {
            "files": done.files,
            "gained": [list(each) for each in done.gained],
            "lost": [list(each) for each in done.lost],
        }
        return Told(lines, data, (warning,) if done.lost else ())
