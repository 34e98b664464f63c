"""What to tell the editor when an edition cannot be published safely: which sum is to blame, and what would cure it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tweeluik.problems import Problem, UnsafeTables
from tweeluik.protection.keys import Key, Pair
from tweeluik.protection.linked import Linked
from tweeluik.protection.methods import MORE, Failed
from tweeluik.protection.worlds.demands import labels_of
from tweeluik.protection.worlds.stage import Could, NotSafe
from tweeluik.source.records import Edition

LAST = "ask for fewer tables, or for coarser categories"

TOLD_BEFORE = "no other table changes that: tell who answers for privacy"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an edition cannot be published: for people, and for the search of a cure.

    `about`: the categories to blame. `table`: the table that tells too much, where it is one. `hint`: what to do where
    nothing that was tried helps. `certain`: nothing that may be asked for instead would help. `could`: whether there
    might be a world if no more were told than some cells.
    """

    edition: Edition
    path: str
    what: str
    about: tuple[Pair, ...] = ()
    table: str = ""
    hint: str = LAST
    certain: bool = False
    could: Could | None = None

    def told(self, cure: str | None) -> UnsafeTables:
        """The failure, with a cure that works; None: there is none."""
        return UnsafeTables(Problem(self.edition.place, self.path, self.what, cure or self.hint))


class Refused(Exception):
    """An edition cannot be published as it is asked for; `again`: other draws may do.

    `around`: numbers of it that might be hidden where it is rounded, for one that no rounding keeps.
    """

    def __init__(self, refusal: Refusal, *, again: bool = False, around: frozenset[Key] = frozenset()) -> None:
        self.refusal, self.again, self.around = refusal, again, around
        super().__init__("no safe publication was found")


class RefusedInTurns(Refused):
    """Numbers are safe by themselves or together with all others, but not both: other draws may do."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(_in_turns(edition), again=True)


def by_itself(edition: Edition, linked: Linked, failed: Failed) -> Refusal:
    """The refusal of one edition. It names categories, which are public, and no number."""
    known = [i for i in failed.constraints if i < len(linked.constraints)]
    blamed = [] if failed.unknown is None else [failed.unknown]
    blamed += [i for each in known for i, _ in linked.constraints[each].terms]
    keys = [linked.unknowns.every[i].key for i in blamed if i < len(linked.unknowns.every)]
    sums = "; ".join(_sum(linked, i) for i in known)
    what = failed.what + (f", by {sums}" if sums else "")
    return Refusal(edition, "tables", what, _pairs_of(keys), hint=failed.cure or LAST)


def beside_all(editions: Sequence[Edition], failed: NotSafe) -> Refusal:
    """The refusal for what all publications tell together: a table, and a kind of subtraction.

    Where the table is of an edition that is published already, another must be asked for otherwise; unless what was
    published before tells it by itself.
    """
    question = failed.question
    edition = next((each for each in editions if each.id == question.edition), editions[-1])
    path = f"tables[{question.table}]" if edition.id == question.edition else "tables"
    can = "can work out" if not failed.spent else "might work out"
    asked = (question, *failed.against)
    labels = (label for each in asked for label in labels_of(each.of))
    pairs = tuple(dict.fromkeys(label.pair for label in labels if label.pair is not None))
    if failed.before:
        what = f"from what was published before, readers can work out {question.why}"
        return Refusal(edition, path, what, pairs, question.table, TOLD_BEFORE, certain=True)
    of = f", of edition {question.edition}:" if edition.id != question.edition else ""
    what = f"together with everything ever published, readers {can}{of} {question.why}"
    if failed.spent:
        what += "; no proof that they cannot was found within the effort of policy.yaml"
    return Refusal(edition, path, what, pairs, question.table, MORE if failed.spent else LAST, could=failed.could)


def _in_turns(edition: Edition) -> Refusal:
    what = "no rounding was found that is safe by itself and together with everything ever published"
    return Refusal(edition, "tables", what)


def _pairs_of(keys: Sequence[Key]) -> tuple[Pair, ...]:
    return tuple(dict.fromkeys(pair for _, pairs in keys for pair in sorted(pairs)))


def name_of(key: Key) -> str:
    """A cell in words: what it counts and its codes."""
    counts, pairs = key
    return f"{counts}({', '.join(f'{name} {code}' for name, code in sorted(pairs)) or 'total'})"


def _sum(linked: Linked, index: int) -> str:
    constraint = linked.constraints[index]
    left = [name_of(linked.unknowns.every[i].key) for i, coefficient in constraint.terms if coefficient > 0]
    right = [name_of(linked.unknowns.every[i].key) for i, coefficient in constraint.terms if coefficient < 0]
    return f"{' + '.join(left)} {'=' if constraint.is_equation else '>='} {' + '.join(right) or '0'}"
