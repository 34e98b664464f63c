"""`import`: a spreadsheet or CSV into one new source file, with a report of what did not fit."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.problems import SourceHasProblems


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Import(Command):
    """`file` is an .xlsx or a .csv."""

    file: Path
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv")
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Write what fits, tell what does not."""
        import secrets

        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.tree import write_files
        from tweeluik.source.importing import import_file

        console.progress("reading the spreadsheet")
        unseal = Keyring(self.identity).unseal
        made = import_file(self.file, self.content, new_id=lambda: f"p-{secrets.token_hex(3)}", unseal=unseal)
        if not made.taken:
            raise SourceHasProblems(made.problems)
        target = self.content / made.name
        write_files(target.parent, {target.name: made.text})
        lines = (*map(str, made.problems), f"{made.taken} of {made.rows} rows written to {target}")
        data = {"rows": made.rows, "taken": made.taken, "file": str(target)}
        return Told(lines, {**data, "not_taken": [str(each) for each in made.problems]}, _in_clear(self.content))


def _in_clear(content: Path) -> tuple[str, ...]:
    """A warning for whoever adds a file in clear to a source that is kept sealed."""
    from tweeluik.confidential.age.recipients import SOURCE

    is_kept_sealed = any((content / "recipients" / SOURCE).glob("*.txt"))
    return ("the new file is in clear: look at it, then use `seal-source`",) if is_kept_sealed else ()
