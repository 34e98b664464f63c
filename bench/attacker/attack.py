"""The attack on a whole history of publications: by outsiders and by every insider, with several beliefs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from bench.attacker.conversations import Conversations
from bench.attacker.history import History
from bench.attacker.organisations import FACTS, SETTLED, Organisations
from bench.attacker.questions import by_chance, following, published
from bench.attacker.reader import OUTSIDER, STILL, Attacker, Finding, Reader
from bench.attacker.readers import PartnerReader, TalkReader
from bench.attacker.space import Question, Record
from bench.attacker.worlds import Undecided

Maker = Callable[[History, str, frozenset[str], int], Reader | None]
"""Makes a reader with a name, beliefs and whole numbers to search; None where the belief is not true."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried: questions that follow and questions by chance, insiders and whole worlds at most, per reader.

    Whoever has told so many is not asked on.
    """

    following: int = 600
    by_chance: int = 300
    insiders: int = 60
    whole_numbers: int = 8
    told: int = 20


@dataclass(slots=True)
class Report:
    """What an attack did, and found."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def attack(history: History, *, seed: int = 0, effort: Effort = Effort()) -> Report:
    """Everything that anybody can tell."""
    report = Report()
    for reader in readers(history, effort.whole_numbers):
        questions = _questions(reader, seed, effort)
        report.counts["sensitive questions"] += len(questions)
        for attacker in reader.attackers(effort.insiders):
            report.counts["attackers"] += 1
            told = _attack_as(reader, attacker, questions, effort, report)
            if attacker.name == OUTSIDER:  # what everybody can tell needs no insider
                questions = [each for each in questions if each not in told]
                report.counts[f"groups told ({reader.name})"] += len(reader.groups_told(attacker))
    return report


def _questions(reader: Reader, seed: int, effort: Effort) -> list[Question]:
    """The sensitive ones: all that are published, and so many others; shorter ones first."""
    chance, more = Random(seed), [each for each in dict.fromkeys(following(reader.space)) if reader.is_sensitive(each)]
    some = more if len(more) <= effort.following else chance.sample(more, effort.following)
    asked = (*published(reader.space), *some, *by_chance(reader.space, seed, effort.by_chance))
    return sorted((each for each in dict.fromkeys(asked) if reader.is_sensitive(each)), key=len)


def _attack_as(
    reader: Reader, attacker: Attacker, questions: Iterable[Question], effort: Effort, report: Report
) -> frozenset[Question]:
    """Ask until enough is told; the questions that are told, or would be with fewer words."""
    told: dict[frozenset[Hashable], Question] = {}
    same: set[Question] = set()
    for question in questions:
        meeting = reader.meeting(question)
        if meeting in told and question > told[meeting]:
            same.add(question)
            continue
        if len(told) >= effort.told:
            break
        report.counts["attempts"] += 1
        try:
            finding = reader.try_to_tell(attacker, question)
        except Undecided:
            report.counts["open in fractions"] += 1
            continue
        if finding is not None:
            told.setdefault(meeting, question)
            same.add(question)
            report.findings.append(finding)
            report.counts[f"told ({reader.name})"] += 1
    return frozenset(same)


# --- readers ----------------------------------------------------------------------------------------------------------


def readers(history: History, whole_numbers: int) -> Iterator[Reader]:
    """Who only knows the facts; who supposes what readers suppose, as far as it is true; who knows what stood still."""
    if not history.events:
        return
    for make in (_of_partners, _of_talks):
        yield from _readers(history, make, whole_numbers)


def _readers(history: History, make: Maker, whole_numbers: int) -> Iterator[Reader]:
    if (reader := make(history, "facts", FACTS, whole_numbers)) is None:
        return
    yield reader
    for beliefs in _suppositions() if len(history.events) > 1 else ():
        if settled := make(history, "settled", beliefs, whole_numbers):
            yield settled
            if still := make(history, STILL, beliefs, whole_numbers):
                yield still
            return


def _suppositions() -> Iterator[frozenset[str]]:
    """The most that may be supposed first."""
    for size in (3, 2, 1):
        for some in combinations(sorted(SETTLED), size):
            yield from (frozenset({*some, *more}) for more in (["adding"], ["dropping"], []))
    yield FACTS


def _of_partners(history: History, name: str, beliefs: frozenset[str], whole_numbers: int) -> Reader | None:
    space = Organisations(history.sights, history.last.agenda, beliefs)
    records = _true(beliefs, {each: space.encode(history.sightings(each)) for each in history.organisations})
    return PartnerReader(history, name, space, records, whole_numbers=whole_numbers) if records else None


def _of_talks(history: History, name: str, beliefs: frozenset[str], whole_numbers: int) -> Reader | None:
    space = Conversations(history.sights, history.last.agenda, beliefs)
    records = _true(beliefs, {n: space.encode(talk, history.met) for n, talk in enumerate(history.talks)})
    return TalkReader(history, name, space, records, whole_numbers=whole_numbers) if records else None


def _true(beliefs: frozenset[str], records: dict[Hashable, Record | None]) -> dict[Hashable, Record]:
    """The records, or none if the belief is not true of all of them."""
    found = {each: record for each, record in records.items() if record is not None}
    if len(found) < len(records) and beliefs == FACTS:
        raise AssertionError("the facts are not true: the attacker does not understand the method")
    return found if len(found) == len(records) else {}
