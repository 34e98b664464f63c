"""`export`: the source as a spreadsheet to fill in, with lists to choose from."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.problems import Place, Problem, WrongUsage

_NAMES = {"partners": "partners", "conversations": "gesprekken"}
_WARNING = "this file is confidential: keep it where the source is kept, and remove it when it has been imported"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Export(Command):
    """`what` is to be exported, to the new file `file`; `year` is the one to fill in, or that of the conversations."""

    what: Literal["partners", "conversations"]
    file: Path | None = None
    year: int | None = None
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("what", choices=("partners", "conversations"), help="what the spreadsheet is about")
        parser.add_argument("file", type=Path, nargs="?", default=None, metavar="FILE", help="a new .xlsx or .ods")
        told = "partners: the year to fill in (default: the next); conversations: those of this year alone"
        parser.add_argument("--year", type=int, metavar="YEAR", help=told)
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Write it, in a new private file."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.durable import writing
        from tweeluik.disk.private import refuse_public_folder, write_new_file
        from tweeluik.sheets.exporting import export_conversations, export_partners
        from tweeluik.sheets.returned import render
        from tweeluik.source.load import read_source

        file = self.file or Path(f"{_NAMES[self.what]}.xlsx")
        if file.suffix.lower() not in (".xlsx", ".ods"):
            what = "not a kind of file that can be written"
            raise WrongUsage(Problem(Place(file.name), "", what, "end its name in .xlsx or .ods"))
        refuse_public_folder(file.absolute().parent, self.content, self.templates)
        console.progress("reading the source")
        source = read_source(self.content, unseal=Keyring(self.identity).unseal)
        book = (export_partners if self.what == "partners" else export_conversations)(source, year=self.year)
        data = render(book, file.suffix)
        with writing(file):
            try:
                write_new_file(file, data)
            except FileExistsError:
                hint = "name another, or remove it"
                raise WrongUsage(Problem(Place(file.name), "", "the file is there already", hint)) from None
        rows = sum(len(each.rows) for each in book.sheets[:-1])  # the last one says what the codes mean
        return Told((f"{rows} rows in {file}",), {"file": str(file), "rows": rows}, (_WARNING,))
