"""`content/exceptions.yaml`: sentences that may stand in public although a part of them is also an organisation's name.

Somebody decided so, for a reason, until a day. What nobody needs any more, or what has expired, stops the build. The
clock has no say: an exception has expired once an edition is due after its last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.checks.guard.exemptions import GAP, Exemption
from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.source.days import Day
from tweeluik.source.inventory import SourceFile, read_text
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Found, Reading
from tweeluik.source.records import Edition
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import Text, Written
from tweeluik.source.value_types import Many

FILE = "exceptions.yaml"
LEAST_WORDS = 3


@dataclass(frozen=True, slots=True, repr=False)
class Decision:
    """One exception as it was decided."""

    file: str
    sentence: str
    sha256: str
    reason: str
    decided_by: str
    until: date
    place: Place


def _holds_one_gap(found: Found[Decision]) -> Iterator[Problem]:
    sentence = found.record.sentence
    if sentence.count(GAP) != 1:
        yield found.problem(
            "sentence", f"expected one {GAP} where the name stands", f"write the sentence with one {GAP}"
        )
    elif len(sentence.split()) <= LEAST_WORDS:
        yield found.problem("sentence", "too short a sentence", f"at least {LEAST_WORDS} words besides the name")


_ABOUT = "Een zin die openbaar mag zijn, al is een woord erin ook de naam van een organisatie."

EXCEPTION = Shape("exception", _ABOUT, Decision, (
    Field("file", Text(), "Bestand van de website waarin de zin staat, zoals over/index.html."),
    Field("sentence", Text(), f"De hele zin, met {GAP} op de plaats van de naam."),
    Field("sha256", Written("[0-9a-f]{64}", "64 hexadecimal digits"), "SHA-256 van de hele zin, met de naam erin."),
    Field("reason", Text(), "Waarom een lezer hier niets uit leert."),
    Field("decided_by", Text(), "Wie het besloot: een functie, geen naam van een persoon."),
    Field("until", Day(), "Laatste dag. Daarna moet iemand opnieuw besluiten."),
), (_holds_one_gap,))  # fmt: skip


def read_exceptions(content: Path, editions: Sequence[Edition]) -> tuple[Exemption, ...]:
    """All exceptions; none when there is no such file.

    Raises:
        SourceHasProblems: the file is not in its form, or an edition is due after the last day of an exception.
    """
    file = SourceFile(FILE, content / FILE)
    if not file.path.is_file():
        return ()
    reading = Reading()
    decisions = _read(file, reading)
    reading.problems += _find_expired(decisions, editions)
    if reading.problems:
        raise SourceHasProblems(tuple(reading.problems))
    return tuple(Exemption(each.file, each.sentence, each.sha256, each.place) for each in decisions)


def _read(file: SourceFile, reading: Reading) -> tuple[Decision, ...]:
    text, problems = read_text(file)
    reading.problems += problems
    if problems:
        return ()
    node, found = read_yaml(text, file.name)
    reading.problems += found
    if node is not None:
        Many(EXCEPTION).read(node, "", reading)
    return tuple(each.record for each in reading.all(Decision))


def _find_expired(decisions: Sequence[Decision], editions: Sequence[Edition]) -> Iterator[Problem]:
    last = max((each.due for each in editions if each.due is not None), default=date.min)
    for each in decisions:
        if each.until < last:
            hint = "ask who decided it again, or write the sentence in another way"
            yield Problem(each.place, "until", "an exception that has expired: an edition is due after it", hint)
