"""`bundle`: seal an edition for the House."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.editions import find_edition
from tweeluik.cli.making import with_versions
from tweeluik.problems import Problem, WrongUsage


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bundle(Command):
    """`output` is a new or empty folder, `supersedes` that of the earlier bundle; `sign` is a private key of ssh."""

    edition: str
    identity: tuple[Path, ...] = ()
    output: Path | None = None
    copies: int = 1
    sign: Path | None = None
    supersedes: Path | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION", help="the edition")
        add_identity(parser)
        told = "a new or empty folder (default: bundels/EDITION)"
        parser.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help=told)
        parser.add_argument("--copies", type=_copies, metavar="N", help="numbered copies (default: 1)")
        parser.add_argument("--sign", type=Path, metavar="KEY", help="sign with this private ssh key")
        told = "the folder of the earlier bundle of this edition"
        parser.add_argument("--supersedes", type=Path, metavar="FOLDER", help=told)

    def run(self, console: Console) -> Told:
        """Read, select, count and seal; nothing in clear reaches the disk."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.at_rest.comparison import refuse_excluded
        from tweeluik.confidential.bundle.sealed import write_bundle
        from tweeluik.disk.folders import need_templates
        from tweeluik.selection.rules import select
        from tweeluik.selection.tables import tabulate
        from tweeluik.source.load import read_source

        need_templates(self.templates, "confidential")
        console.progress("reading the source")
        keyring = Keyring(self.identity)
        source = with_versions(read_source(self.content, unseal=keyring.unseal), self.content)
        tested = refuse_excluded(source, self.content, keyring)
        edition = find_edition({each.id: each for each in source.editions}, self.edition)
        if edition.is_withdrawn:
            hint = "write a correction that does not take it back, and publish that first"
            raise WrongUsage(Problem(edition.place, "corrections", "the edition was taken back", hint))
        selection = select(source, edition)
        into = self.output or Path("bundels", self.edition)
        console.progress("sealing")
        sealed = write_bundle(
            source,
            selection,
            tabulate(source, selection),
            content=self.content,
            templates=self.templates,
            into=into,
            copies=self.copies,
            signer=self.sign,
            supersedes=self.supersedes,
        )
        lines = (*sealed.summary, *tested.lines, f"written to {into}")
        unsigned = () if self.sign else ("it is not signed: nobody can know that it is yours (name a key with --sign)",)
        return Told(lines, {"folder": str(into), "files": list(sealed.files), "signed": bool(self.sign)}, unsigned)


def _copies(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError("expected a whole number")
    return int(text)
