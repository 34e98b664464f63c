"""Where a release stands: what each vote is worth, and whether they are enough. A pure function of what is there.

Blind: what somebody voted is told to nobody before as many have voted as the policy asks.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tweeluik.review.votes import Answer

Worth = Literal["counts", "stale", "unknown", "expired", "forged", "unreadable", "own", "repeated"]
"""What a vote is worth.

`stale`: it is about other bytes. `unknown`: its key is nobody's. `expired`: the key may not be used today, or
not any more on the day of publication.
`forged`: the signature is not over these bytes by that key. `own`: by who wrote the last change. `repeated`: its person
voted already.
"""

State = Literal["not-needed", "refused", "waiting", "held", "approved"]
"""`refused`: something among the votes is no vote at all. `held`: all are in, and somebody says "not yet"."""

TAMPERED: Container[Worth] = frozenset({"unknown", "forged", "unreadable"})
"""What nobody can have put there by working on: nothing goes out before it is gone."""


@dataclass(frozen=True, slots=True, repr=False)
class Judged:
    """One vote. `file` is its name; `person` and `fingerprint` of whom, where that is known.

    `subject` is the digest of what it is about, `digest` that of its signature; `reply` is what was answered to its
    remark; `changed` what is otherwise by now than what it is about.
    """

    file: str
    worth: Worth
    person: str = ""
    fingerprint: str = ""
    answer: Answer = "not-yet"
    remark: str = ""
    reply: str = ""
    subject: str = ""
    digest: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """All votes on one subject, with the number of approvals that the policy asks."""

    needed: int
    votes: tuple[Judged, ...]

    @property
    def counting(self) -> tuple[Judged, ...]:
        """The votes of different people about these very bytes."""
        return tuple(each for each in self.votes if each.worth == "counts")

    @property
    def are_in(self) -> bool:
        """Whether as many have voted as must: from then on everybody may see what."""
        return len(self.counting) >= self.needed

    def tells(self, vote: Judged) -> bool:
        """Whether everybody may see what a vote says: as many are in about the same bytes, be it those of before."""
        if vote.worth == "counts":
            return self.are_in
        beside = [each for each in self.votes if each.worth == vote.worth == "stale" and each.subject == vote.subject]
        return len(beside) >= max(self.needed, 1)

    @property
    def state(self) -> State:
        """Whether it may go out: `not-needed` and `approved` only."""
        if not self.needed:
            return "not-needed"
        if any(each.worth in TAMPERED for each in self.votes):
            return "refused"
        if not self.are_in:
            return "waiting"
        return "held" if any(each.answer == "not-yet" for each in self.counting) else "approved"

    @property
    def is_open(self) -> bool:
        """Whether it may be published."""
        return self.state in {"not-needed", "approved"}

    @property
    def digests(self) -> tuple[str, ...]:
        """Of the approvals, for the log: in an order that tells nothing."""
        return tuple(sorted(each.digest for each in self.counting)) if self.state == "approved" else ()


def with_repeats(votes: Sequence[Judged]) -> Iterator[Judged]:
    """The same votes, in which of each person one counts: "not yet" before "yes", else the first by its file."""
    chosen = dict[str, Judged]()
    for each in sorted(votes, key=lambda vote: (vote.answer == "yes", vote.file)):
        if each.worth == "counts":
            chosen.setdefault(each.person, each)
    for each in votes:
        if each.worth == "counts" and chosen[each.person] is not each:
            yield replace(each, worth="repeated")
        else:
            yield each
