"""`closing`: fill in the form to close an inspection with, from the register that its clerks kept."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today
from tweeluik.cli.editions import find_edition
from tweeluik.cli.making import with_versions


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Closing(Command):
    """`register` are the spreadsheets of the clerks, `bundle` the folder with the receipt, `output` a new PDF."""

    edition: str
    register: tuple[Path, ...]
    output: Path
    bundle: Path | None = None
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION", help="the edition")
        told = "a register of the inspection: .xlsx, .ods or .csv"
        parser.add_argument("register", type=Path, nargs="+", metavar="REGISTER", help=told)
        parser.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE", help="a new PDF")
        told = "the folder of the bundle, with its receipt (default: bundels/EDITION)"
        parser.add_argument("--bundle", type=Path, metavar="FOLDER", help=told)
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Read the register against the receipt, and write the form."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.bundle.closing import close, find_latest, render_closing, write_closing
        from tweeluik.confidential.bundle.dossier import compose_dossier
        from tweeluik.confidential.bundle.register import read_registers
        from tweeluik.disk.folders import need_templates
        from tweeluik.selection.rules import select
        from tweeluik.source.load import read_source

        need_templates(self.templates, "confidential")
        console.progress("reading the source")
        source = with_versions(read_source(self.content, unseal=Keyring(self.identity).unseal), self.content)
        edition = find_edition({each.id: each for each in source.editions}, self.edition)
        dossier = compose_dossier(source, select(source, edition), ())
        console.progress("reading the register")
        receipt = find_latest(self.bundle or Path("bundels", edition.id), edition.id)
        closing = close(read_registers(self.register), receipt, dossier, today=today())
        form = render_closing(closing, receipt, dossier, self.templates / "confidential")
        write_closing(form, self.output, self.content, self.templates)
        lines = (
            f"{len(closing.courses)} copies, read {closing.readings} times by {closing.readers} readers",
            f"written to {self.output}",
        )
        remarks = tuple(each.told for each in closing.remarks)
        return Told(
            lines, {"file": str(self.output), "readings": closing.readings, "readers": closing.readers}, remarks
        )
