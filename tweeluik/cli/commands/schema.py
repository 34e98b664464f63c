"""`schema`: JSON Schemas for editors."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command
from tweeluik.cli.console import Console, Told


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Schema(Command):
    """`output` is a folder."""

    output: Path = Path("schemas")

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = "where the schemas go (default: schemas)"
        parser.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help=told)

    def run(self, console: Console) -> Told:
        """Write one schema per kind of file."""
        import json

        from tweeluik.disk.tree import write_files
        from tweeluik.source.json_schema import schemas

        console.progress("writing the schemas")
        files = {
            f"{kind}.schema.json": f"{json.dumps(each, indent=2, ensure_ascii=False)}\n".encode()
            for kind, each in sorted(schemas().items())
        }
        write_files(self.output, files)
        written = [str(self.output / name) for name in files]
        return Told(tuple(written), {"files": written})
