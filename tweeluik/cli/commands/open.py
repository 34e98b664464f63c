"""`open`: open and verify a bundle, as its recipient."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import ask_to_go_on


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Open(Command):
    """Either `output`, a new folder, or `verify`; `signers` says who may sign, `against` is a site to compare with."""

    file: Path
    identity: tuple[Path, ...]
    output: Path | None = None
    verify: bool = False
    signers: Path | None = None
    against: Path | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a sealed bundle")
        add_identity(parser, required=True)
        target = parser.add_mutually_exclusive_group(required=True)
        target.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help="a new folder")
        target.add_argument("--verify", action="store_true", help="open in memory, verify, write nothing")
        told = "who may sign, as allowed_signers of ssh: refuse what none of them signed"
        parser.add_argument("--signers", type=Path, metavar="FILE", help=told)
        told = "the public site, or its release.json: refuse what has other numbers"
        parser.add_argument("--against", type=Path, metavar="SITE", help=told)

    def run(self, console: Console) -> Told:
        """Write only what is exactly what its inventory says."""
        from tweeluik.confidential.bundle.opening import open_bundle

        console.progress("opening")
        opened = open_bundle(
            self.file,
            identities=self.identity,
            into=self.output,
            allowed_signers=self.signers,
            site=self.against,
            confirm=ask_to_go_on(console),
        )
        where = f"written to {opened.folder}" if opened.folder else "nothing was written"
        origin, number = opened.origin, opened.inventory.sequence
        data = {
            "files": list(opened.files),
            "from": origin.signed_by,
            "sequence": number,
            "newest": origin.is_newest(opened.inventory),
            "renewed": opened.renewed.isoformat() if opened.renewed else None,
            "warnings": list(opened.warnings),
        }
        compared = ("the numbers are those of the public site",) if self.against else ()
        return Told((opened.summary, *compared, where), data, opened.warnings)
