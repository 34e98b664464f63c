"""`organisations`: which records may be one organisation entered twice, and what a person judged about them."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import tell_match
from tweeluik.problems import SourceHasProblems
from tweeluik.words.said import Said, said

if TYPE_CHECKING:
    from tweeluik.problems import Problem
    from tweeluik.source.organisations import Question
    from tweeluik.source.records import Partner

_WARNING = "this is confidential: do not keep it, and do not send it on"
_CURE = (
    "one organisation: make one record of the two, with both names (see `aliases`)",
    "two organisations: organisations --different ID ID --on YYYY-MM-DD",
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Organisations(Command):
    """`different` are the ids of a pair that a person judged to be two organisations, `on` the day of that."""

    different: tuple[str, ...] = ()
    on: date | None = None
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        told = "judge that these two are different organisations: the answer is kept in judgements.yaml"
        parser.add_argument("--different", nargs=2, metavar="ID", help=told)
        parser.add_argument("--on", type=_day, metavar="DATE", help="the day of the judgement, as year-month-day")
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Show the open questions, or keep the answer to one."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.tree import write_files
        from tweeluik.source.inventory import JUDGEMENTS
        from tweeluik.source.judging import judge_different
        from tweeluik.source.load import read_organisations
        from tweeluik.source.organisations import find_unanswered

        console.progress("reading the source")
        partners, judgements, problems = read_organisations(self.content, unseal=Keyring(self.identity).unseal)
        questions = find_unanswered(partners, judgements)
        if self.different or self.on:
            text = judge_different(self.different, self.on, self.content, partners=partners, questions=questions)
            write_files(self.content, {JUDGEMENTS: text})
            return Told(
                (said("kept in {file}", file=str(self.content / JUDGEMENTS)),), {"file": str(self.content / JUDGEMENTS)}
            )
        if problems and not questions:
            raise SourceHasProblems(problems)  # that there is no question cannot be told of what was not read
        lines = tuple(line for each in questions for line in _as_lines(each))
        warnings = (_WARNING,) if questions else ()
        return Told(
            (*lines, *_CURE) if questions else ("no two records may be one organisation",),
            {"questions": [_as_data(each) for each in questions]},
            (*warnings, _incomplete(problems)) if problems else warnings,
        )


def _incomplete(problems: Sequence[Problem]) -> Said:
    return said("problems in the source: {number}; see the command check", number=len(problems))


def _as_lines(question: Question) -> tuple[Said, ...]:
    pair = (question.one, question.other)
    told = (said("{id}  {names}  ({place})", id=each.id, names=_names(each), place=str(each.place)) for each in pair)
    return (tell_match(question.match), *(each.below() for each in told))


def _names(partner: Partner) -> str:
    from tweeluik.source.past import names, numbers

    return "; ".join((*names(partner), *numbers(partner)))


def _as_data(question: Question) -> dict[str, object]:
    from tweeluik.source.past import names, numbers

    match, pair = question.match, (question.one, question.other)
    return {
        "verdict": match.verdict.value,
        "likeness": match.likeness.value if match.likeness else None,
        "records": [
            {"id": each.id, "names": names(each), "numbers": numbers(each), "place": str(each.place)} for each in pair
        ],
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("expected a date as year-month-day") from None
