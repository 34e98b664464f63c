"""`reseal`: the source to its editors of today, or the archive's copy of a bundle to its holders."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today
from tweeluik.problems import Place, Problem, SealingFailed, WrongUsage

LEFT = "who left can still open what they have a copy of, and what stands in a version history"
EARLIER = (
    "the earlier file is still there: verify the new one with `open --verify`, then destroy it and every copy of it"
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reseal(Command):
    """`identity` opens what is sealed now; `sign` is a private key of ssh, for the note of who gained and lost.

    With `file`, the archive's copy of a bundle, it goes into `output`; `to` holds its recipients, and `signers` says
    who may sign. Without it, the source is sealed again where it stands. `weaker`: also to a weaker kind of
    key than now.
    """

    identity: tuple[Path, ...]
    file: Path | None = None
    output: Path | None = None
    to: Path | None = None
    sign: Path | None = None
    signers: Path | None = None
    weaker: bool = False

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = "the archive's copy of a bundle; without it, the source"
        parser.add_argument("file", type=Path, nargs="?", default=None, metavar="FILE", help=told)
        add_identity(parser, required=True)
        told = "sign the note of who became a reader and who is none any more with this private ssh key"
        parser.add_argument("--sign", type=Path, metavar="KEY", help=told)
        told = "of an archive copy: a new or empty folder for the new file and all that belongs beside it"
        parser.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help=told)
        told = "of an archive copy: its recipients of today (default: recipients/archief.txt of the source)"
        parser.add_argument("--to", type=Path, metavar="FILE", help=told)
        told = "of an archive copy: who may sign, as allowed_signers of ssh: refuse what none of them signed"
        parser.add_argument("--signers", type=Path, metavar="FILE", help=told)
        told = "seal it also to a weaker kind of key than it is sealed to now"
        parser.add_argument("--weaker", action="store_true", help=told)

    def run(self, console: Console) -> Told:
        """Open all of it in memory, then write all of it or nothing."""
        console.progress("sealing")
        return self._of_source() if self.file is None else self._of_archive(self.file)

    def _of_source(self) -> Told:
        from tweeluik.confidential.age import signature
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.age.recipients import read_source_recipients
        from tweeluik.confidential.at_rest.resealing import NAMESPACE, reseal_source

        if self.output or self.to or self.signers:
            hint = "name the archive's copy first, or leave these out"
            raise WrongUsage(Problem(Place("reseal"), "", "-o, --to and --signers are about an archive copy", hint))
        day = today()
        sign = None if self.sign is None else partial(signature.sign, key=self.sign, namespace=NAMESPACE)
        try:
            done = reseal_source(
                self.content,
                Keyring(self.identity),
                read_source_recipients(self.content, today=day),
                day=day,
                sign=sign,
                may_weaken=self.weaker,
            )
        except signature.SignatureRefused as error:
            raise SealingFailed(Problem(Place("signature"), "", str(error), error.hint)) from None
        lines = (f"{done.files} files are sealed to the editors of today", *_changes(done.gained, done.lost))
        return Told(lines, {"files": done.files, **_data(done.gained, done.lost)}, (LEFT,) if done.lost else ())

    def _of_archive(self, file: Path) -> Told:
        from tweeluik.confidential.age.recipients import ARCHIVE, read_archive_recipients
        from tweeluik.confidential.bundle.renewing import reseal_archive
        from tweeluik.confidential.bundle.verifying import NOT_VERIFIED
        from tweeluik.disk.folders import need_templates

        if self.output is None or self.sign is None:
            hint = "without a signed note nobody knows who sealed it again, and no reader may use it"
            raise WrongUsage(
                Problem(Place("reseal"), "", "an archive copy needs a folder (-o) and a key (--sign)", hint)
            )
        need_templates(self.templates, "confidential")
        day = today()
        to = self.to or self.content / "recipients" / f"{ARCHIVE}.txt"
        done = reseal_archive(
            file, identities=self.identity, recipients=read_archive_recipients(to, today=day), into=self.output,
            signer=self.sign, allowed_signers=self.signers, content=self.content, templates=self.templates, today=day,
            may_weaken=self.weaker,
        )  # fmt: skip
        lines = (
            "the archive's copy is sealed to its holders of today",
            *_changes(done.gained, done.lost),
            f"written to {self.output}",
        )
        warnings = (EARLIER, *(() if done.was_verified else (NOT_VERIFIED,)))
        return Told(lines, {"folder": str(self.output), **_data(done.gained, done.lost)}, warnings)


def _changes(gained: Sequence[tuple[str, str]], lost: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from (f"became a reader: {role} {fingerprint}" for role, fingerprint in gained)
    yield from (f"is no reader any more: {role} {fingerprint}" for role, fingerprint in lost)


def _data(gained: Sequence[tuple[str, str]], lost: Sequence[tuple[str, str]]) -> dict[str, object]:
    return {"gained": [list(each) for each in gained], "lost": [list(each) for each in lost]}
