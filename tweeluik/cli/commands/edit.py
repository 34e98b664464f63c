"""`edit`: let a person change a sealed file of the source."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import ask_again, today
from tweeluik.problems import Problem, SourceHasProblems

if TYPE_CHECKING:
    from tweeluik.source.inventory import Unseal


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Edit(Command):
    """`file` is a sealed file of the source."""

    file: Path
    identity: tuple[Path, ...]

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a sealed file of the source")
        add_identity(parser, required=True)

    def run(self, console: Console) -> Told:
        """Open it in an editor, and seal it again once it brings no new problems."""
        from tweeluik.cli.editors import find_editor
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.age.recipients import read_source_recipients
        from tweeluik.confidential.at_rest.sealed_source import Person, edit_source, find_file

        editor = find_editor()
        if editor.setting:
            console.say(f"this editor may keep copies of what it shows: {editor.setting}")
        file, keyring = find_file(self.content, self.file), Keyring(self.identity)
        before = self._problems(keyring.unseal)

        def find_problems(sealed: bytes, after: bytes) -> tuple[Problem, ...]:
            """Those of this file, and those elsewhere that were not there before."""
            now = self._problems(lambda data: after if data == sealed else keyring.unseal(data))
            return tuple(each for each in now if each.place.file == file.name or each not in before)

        changed = edit_source(
            file, keyring, read_source_recipients(self.content, today=today()),
            person=Person(editor.run, ask_again(console), console.say), find_problems=find_problems,
        )  # fmt: skip
        line = (
            "the change is sealed" if changed else "nothing was changed; an editor must wait until you close the file"
        )
        return Told((line,), {"changed": changed})

    def _problems(self, unseal: Unseal) -> tuple[Problem, ...]:
        from tweeluik.source.load import read_source

        try:
            read_source(self.content, unseal=unseal)
        except SourceHasProblems as failure:
            return failure.problems
        return ()
