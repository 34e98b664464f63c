"""`schema`: JSON Schemas for editors, with the codes of the source."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Schema(Command):
    """`output` is a folder; None: the one below the source that files of the source name in their first line."""

    output: Path | None = None
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = "where the schemas go (default: .schemas below the source); elsewhere they hold no names"
        parser.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help=told)
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Write one schema per kind of file, with the codes of the source where there is one."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.tree import write_files
        from tweeluik.source.load import read_codes
        from tweeluik.source.skeleton import SCHEMAS, schema_files

        console.progress("writing the schemas")
        output = self.content / SCHEMAS if self.output is None else self.output
        inside = output.resolve().is_relative_to(self.content.resolve())
        keyring = Keyring(self.identity)
        codes = read_codes(self.content, names=inside and not self._is_sealed(), unseal=keyring.unseal)
        files = schema_files(codes)
        write_files(output, files)
        written = [str(output / name) for name in files]
        return Told(tuple(written), {"files": written})

    def _is_sealed(self) -> bool:
        """Whether organisations are kept sealed: then no file in clear may name one."""
        return any(self.content.glob("partners/*.age"))
