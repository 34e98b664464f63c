"""`explain`: why organisations are in or out of an edition, or what a message means."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.words.language import Language
from tweeluik.words.messages import find_kind

_CODE = re.compile(r"[\[(]?([EeWw]\d{3})[\])]?[.,:;]?")
"""As it stands behind a message too."""

_NUMBER = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Explain(Command):
    """`id` is that of one organisation, None for all; or the code of a message."""

    id: str | None = None
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument(
            "id",
            nargs="?",
            metavar="ID",
            help="one organisation (default: all); or the code of a message, such as E104",
        )
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Tell the verdict of every rule, with a warning that it is confidential; or the meaning of a message."""
        if self.id is not None and (code := _CODE.fullmatch(self.id)) is not None:
            return _explain_message(code[1], console.language)
        if self.id is not None and _NUMBER.fullmatch(self.id):
            raise _no_such_code(self.id, [each for each in (f"E{self.id}", f"W{self.id}") if find_kind(each)])
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.selection.explain import WARNING, as_data, as_lines, explain
        from tweeluik.source.load import read_source

        console.progress("reading the source")
        verdicts = explain(read_source(self.content, unseal=Keyring(self.identity).unseal), self.id)
        return Told(tuple(as_lines(verdicts)), {"verdicts": as_data(verdicts)}, (WARNING,))


def _explain_message(asked: str, language: Language) -> Told:
    kind = find_kind(code := asked.upper())
    if kind is None:
        raise _no_such_code(code, ())
    sentences = tuple(each.shown(language) for each in kind.sentences)
    about = kind.about[language]
    data = {"code": code, "language": language, "says": list(sentences), "about": about}
    return Told((code, *(f"  {each}" for each in sentences), about), data)


def _no_such_code(code: str, meant: Sequence[str]) -> WrongUsage:
    cure = f"did you mean '{meant[0]}'?" if meant else ""
    return WrongUsage(Problem(Place("explain"), "", f"there is no message with the code {code}", cure))
