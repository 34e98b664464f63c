"""`exclusions`: keep the sealed list of who may not be a partner, and look at what is alike."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import read_lines, tell_match
from tweeluik.words.said import Said, said

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.at_rest.comparison import Likeness

_WARNING = "this is strictly confidential: it stays on this screen"
_CURE = "another organisation than the line means: organisations --different ID line-… --on YYYY-MM-DD"

Action = Literal["add", "seal", "review"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Exclusions(Command):
    """`file` is a text with a name or number per line, None for standard input."""

    action: Action
    identity: tuple[Path, ...]
    file: Path | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = "add lines to the list, seal a new one in its place, or review which lines are like an organisation"
        parser.add_argument("action", choices=("add", "seal", "review"), help=told)
        told = "text with a name or number per line (default: standard input)"
        parser.add_argument("file", nargs="?", type=Path, default=None, metavar="FILE", help=told)
        add_identity(parser, required=True)

    def run(self, console: Console) -> Told:
        """Seal the list that this makes, or show the holder what is alike."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.at_rest.exclusions import FILE, add_exclusions, seal_exclusions

        keyring = Keyring(self.identity)
        if self.action == "review":
            return _review(self.content, keyring, console)
        if self.file is None and console.is_attended():
            console.say("a name or number per line; Ctrl-D ends (on Windows: Ctrl-Z and Enter)")
        {"add": add_exclusions, "seal": seal_exclusions}[self.action](read_lines(self.file), self.content, keyring)
        warning = ("the text file is still there in clear: delete it, or keep it where the list is kept",)
        return Told((said("sealed: {file}", file=str(self.content / FILE)),), {}, warning if self.file else ())


def _review(content: Path, keyring: Keyring, console: Console) -> Told:
    """On the terminal of the holder only; nothing is written."""
    from tweeluik.confidential.at_rest.comparison import review_exclusions
    from tweeluik.source.load import read_unjudged

    console.progress("reading the source")
    found = review_exclusions(read_unjudged(content, unseal=keyring.unseal), content, keyring)
    if not found:
        return Told(("no line is like an organisation of the source",), {"alike": []})
    lines: tuple[str | Said, ...] = (*(line for each in found for line in _as_lines(each)), _CURE)
    return Told(lines, {"alike": [_as_data(each) for each in found]}, (_WARNING,))


def _as_lines(alike: Likeness) -> tuple[Said, ...]:
    line, partner, match, digest = alike
    who = said("{id}  {names}  ({place})", id=partner.id, names=partner.name, place=str(partner.place))
    listed = said("line {number}  {text}  [{digest}]", number=line.number, text=line.text, digest=digest)
    return (tell_match(match), listed.below(), who.below())


def _as_data(alike: Likeness) -> dict[str, object]:
    line, partner, match, digest = alike
    return {
        "line": line.number, "text": line.text, "digest": digest, "id": partner.id, "name": partner.name,
        "place": str(partner.place), "verdict": match.verdict.value,
    }  # fmt: skip
