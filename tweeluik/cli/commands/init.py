"""`init`: a source to begin with, in a folder of its own."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command
from tweeluik.cli.console import Console, Told
from tweeluik.problems import Place, Problem, WrongUsage


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Init(Command):
    """`folder` is new or empty; `example`: with the invented organisations of the example in it."""

    folder: Path
    example: bool = False

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder, such as content")
        parser.add_argument(
            "--example", action="store_true", help="with the invented organisations of the example in it"
        )

    def run(self, console: Console) -> Told:
        """Write it in one step: the files, a key of its own for its owner only, schemas and settings for editors."""
        import secrets

        from tweeluik.disk.installed import EXAMPLE
        from tweeluik.disk.private import refuse_used_folder
        from tweeluik.disk.tree import changing, read_tree
        from tweeluik.source.inventory import KEY_FILE
        from tweeluik.source.load import codes_in
        from tweeluik.source.skeleton import SCHEMAS, is_example, of_example, of_nobody, schema_files

        console.progress("writing the source")
        refuse_used_folder(self.folder)
        make = of_example if self.example else of_nobody
        example = read_tree(EXAMPLE)
        if not is_example(example):
            raise _replaced(EXAMPLE)
        files = make(example, secrets.token_hex(32))
        schemas = schema_files(codes_in(self.folder, files))
        with changing(self.folder) as replace:
            replace(
                {**files, **{f"{SCHEMAS}/{name}": data for name, data in schemas.items()}},
                lambda name: name == KEY_FILE,
            )
        warning = f"{self.folder / KEY_FILE} is secret: keep it with the source, and give it to nobody else"
        lines = (f"written to {self.folder}", *_next(self.folder))
        return Told(lines, {"folder": str(self.folder), "files": sorted(files)}, (warning,))


def _replaced(example: Path) -> WrongUsage:
    hint = "take it from a fresh clone, or install the program: then it has the example inside"
    return WrongUsage(
        Problem(Place(str(example)), "", "this is no longer the example, from which a source is made", hint)
    )


def _next(folder: Path) -> tuple[str, ...]:
    """What to do now."""
    # Quotes are read by every shell; a name with a space in it would be two words without them.
    named = f'"{folder}"' if " " in str(folder) else str(folder)
    content = "" if folder == Path("content") else f" --content {named}"
    return (
        f"look at it with `preview{content}`, change it with any editor, and see with `check{content}` what is wrong",
    )
