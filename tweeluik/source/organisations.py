"""One organisation, once: which records may be one organisation entered twice, and what a person judged about them.

Two records of one organisation are two contributors to a number: a true 4 is published as 5. So a pair that may be one
is a question, and an unanswered question stops the build. The answer "different" stands in `judgements.yaml`; the
answer "one" is given by making one record of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.problems import Problem
from tweeluik.source.past import names, registrations
from tweeluik.source.records import Judgement, Partner, Source
from tweeluik.words.matching import Known, Match, Verdict, find_pairs


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """Two records that are or may be one organisation, the one with the smaller id in front."""

    one: Partner
    other: Partner
    match: Match

    @property
    def pair(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset((self.one.id, self.other.id))


def known(partner: Partner) -> Known:
    """How an organisation is known: by every name and number that it has or had."""
    return Known(names(partner), frozenset(registrations(partner)))


def find_questions(source: Source) -> tuple[Question, ...]:
    """Every pair of records that is or may be one organisation, judged or not.

    A record that continues another (`successor`) is told apart by the source itself.
    """
    partners = {each.id: each for each in source.partners}
    pairs = find_pairs({id_: known(each) for id_, each in partners.items()})
    questions = (Question(partners[one], partners[other], match) for one, other, match in pairs)
    return tuple(each for each in questions if not _continues(each.one, each.other))


def find_unanswered(source: Source) -> tuple[Question, ...]:
    """The questions about which nobody judged."""
    judged = {each.pair for each in source.judgements}
    return tuple(each for each in find_questions(source) if each.pair not in judged)


def find_superfluous(source: Source) -> tuple[Judgement, ...]:
    """Judgements about records that are not alike, or were judged before; those about a list are not seen here."""
    ids = {each.id for each in source.partners}
    asked = {each.pair for each in find_questions(source)}
    found = list[Judgement]()
    for each in source.judgements:
        if each.pair <= ids and each.pair not in asked:
            found.append(each)
        asked.discard(each.pair)
    return tuple(found)


def find_problems(source: Source) -> Iterator[Problem]:
    """What stops a build: places of records, never their names."""
    for question in find_unanswered(source):
        what = (
            "the same organisation as" if question.match.verdict is Verdict.SAME else "maybe the same organisation as"
        )
        hint = "look at both with the command organisations; make one record of them, or judge that they are different"
        yield Problem(question.other.place, "name", f"{what} the one at {question.one.place}", hint)
    for judgement in find_superfluous(source):
        hint = "remove it, so that it does not answer a later question"
        yield Problem(
            judgement.place, "", "a judgement that answers no question, or one that was answered before", hint
        )


def write_judgement(a: str, b: str, on: str) -> str:
    """An entry of `judgements.yaml`."""
    return f"- {{a: {a}, b: {b}, judged: different, on: {on}}}\n"


def _continues(one: Partner, other: Partner) -> bool:
    return other.id in one.successors or one.id in other.successors
