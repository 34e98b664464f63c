"""One organisation, once: which records may be one organisation entered twice, and what a person judged about them.

Two records of one organisation are two contributors to a number: a true 4 is published as 5. So a pair that may be one
is a question, and an unanswered question stops the build. The answer "different" stands in `judgements.yaml`; the
answer "one" is given by making one record of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tweeluik.problems import Problem
from tweeluik.source.past import names, numbers, registrations
from tweeluik.source.reading import Reading
from tweeluik.source.records import Judgement, Partner
from tweeluik.words.folding import letters
from tweeluik.words.index import find_pairs
from tweeluik.words.known import Known
from tweeluik.words.matching import Likeness, Match, Verdict


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
    return _known(names(partner), frozenset(numbers(partner)))


@lru_cache(maxsize=1 << 12)
def _known(called: tuple[str, ...], numbered: frozenset[str]) -> Known:
    """A preview asks at every change, of organisations that are called as they were."""
    return Known(called, numbered)


def find_questions(partners: Iterable[Partner]) -> tuple[Question, ...]:
    """Every pair of records that is or may be one organisation, judged or not.

    Told apart by the source itself: a record that continues another (`successor`), and a branch of its own umbrella.
    """
    by_id = {each.id: each for each in sorted(partners, key=lambda each: each.id)}
    pairs = find_pairs({id_: known(each) for id_, each in by_id.items()})
    questions = (Question(by_id[one], by_id[other], match) for one, other, match in pairs)
    return tuple(each for each in questions if not _continues(each.one, each.other) and not _is_branch(each))


def find_unanswered(partners: Iterable[Partner], judgements: Iterable[Judgement]) -> tuple[Question, ...]:
    """The questions about which nobody judged."""
    return _unanswered(find_questions(partners), judgements)


def _unanswered(questions: Iterable[Question], judgements: Iterable[Judgement]) -> tuple[Question, ...]:
    judged = {each.pair for each in judgements}
    return tuple(each for each in questions if each.pair not in judged)


def organisations_are_judged(reading: Reading) -> Iterator[Problem]:
    """Every question is answered, and every judgement answers one. Places of records are told, never their names."""
    partners: list[Partner] = [found.record for found in reading.all(Partner)]
    judgements: list[Judgement] = [found.record for found in reading.all(Judgement)]
    questions = find_questions(partners)
    for question in _unanswered(questions, judgements):
        if _is_told(question):
            continue
        what = (
            "the same organisation as" if question.match.verdict is Verdict.SAME else "maybe the same organisation as"
        )
        hint = "look at both with the command organisations; make one record of them, or judge that they are different"
        yield Problem(question.other.place, "name", f"{what} the one at {question.one.place}", hint)
    if "partner" not in reading.unsure:
        yield from _find_superfluous(partners, questions, judgements)


def _find_superfluous(
    partners: Sequence[Partner], questions: Iterable[Question], judgements: Iterable[Judgement]
) -> Iterator[Problem]:
    """Judgements about records that are not alike, or were judged before; those about a list are not seen here."""
    ids = {each.id for each in partners}
    asked = {each.pair for each in questions}
    for each in sorted(judgements, key=lambda each: each.place):
        if each.a != each.b and each.pair <= ids and each.pair not in asked:
            what = "a judgement that answers no question, or one that was answered before"
            yield Problem(each.place, "", what, "remove it, so that it does not answer a later question")
        asked.discard(each.pair)


def _is_told(question: Question) -> bool:
    """Whether `consistency` tells it already: a name or number that is used twice can never be judged away."""
    one, other = ({*map(letters, names(each)), *registrations(each)} for each in (question.one, question.other))
    return not one.isdisjoint(other - {""})


def _continues(one: Partner, other: Partner) -> bool:
    return other.id in one.successors or one.id in other.successors


def _is_branch(question: Question) -> bool:
    """Whether one names the other as its umbrella, and is called after it and where it is."""
    one, other = question.one, question.other
    return question.match.likeness is Likeness.PLACE and (one.umbrella == other.id or other.umbrella == one.id)
