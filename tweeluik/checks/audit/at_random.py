"""Random questions, so that a rule that nobody thought of is found out: conjunctions of published labels.

The draw follows from the public bytes alone: everyone can repeat it, and nobody can aim at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Asked, Label, Question, every, none
from tweeluik.checks.audit.within import labels_of

MOST = 3
"""The most labels in a question."""


class _Dice:
    """Numbers that follow from a seed, the same on every machine and in every version of Python."""

    def __init__(self, seed: bytes) -> None:
        self._seed, self._thrown = seed, 0

    def below(self, sides: int) -> int:
        """A number from 0 up to but not including `sides`."""
        self._thrown += 1
        digest = sha256(self._seed + self._thrown.to_bytes(8, "big")).digest()
        return int.from_bytes(digest[:8], "big") % sides


def ask_at_random(editions: Sequence[Edition], *, seed: bytes, number: int) -> Iterator[Question]:
    """So many conjunctions of up to three labels of all publications, present or absent, the first of them present."""
    labels = [(label, edition, table) for edition in editions for label, table in sorted(labels_of(edition).items())]
    labels += [(Label(e.publication), e, min(labels_of(e).values())) for e in editions if labels_of(e)]
    dice = _Dice(seed)
    for _ in range(number if labels else 0):
        drawn = [labels[dice.below(len(labels))] for _ in range(1 + dice.below(MOST))]
        (_, edition, table), absent = drawn[0], [False, *(bool(dice.below(2)) for _ in drawn[1:])]
        parts = tuple(none(label) if out else label for (label, _, _), out in zip(drawn, absent, strict=True))
        yield Question(
            "partners", every(*parts), Asked.EITHER, edition.id, table, "categories taken together at random"
        )
