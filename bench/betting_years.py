"""What a reader wins who bets on two years: who left, who came, and how large a category is in both of them.

A family of small truths is listed whole: so many of the first kind in 2025, so many who left and came since, and
another kind of one size or another. The real program publishes both years of each, one after the other, under several
keys. The reader knows the family, the numbers that are out and the method, and has run it himself under all keys but
the one that counts. He bets on what is likeliest. Beside him bets who knows the family only (the floor), and who takes
every truth that gives the published numbers for as likely as any other. Where what is out is like nothing that he ever
made, so does he.

`python -m bench.betting_years [KEYS] [--write]`
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product

from bench.in_docs import numbers, publish, table
from tests.adversary.small_sources import of, overview, sources
from tweeluik.door.release import release
from tweeluik.problems import UnsafeTables
from tweeluik.protection.agreement import numbered
from tweeluik.protection.beside import Memories
from tweeluik.protection.editions import prove_editions
from tweeluik.record.cell import Content, Rounded, Shown
from tweeluik.record.register import Register
from tweeluik.source.records import Protection

THRESHOLD = 5
KEYS = 3
OTHERS = 12
"""How many are of the third kind, in both years, which everybody knows."""


@dataclass(frozen=True, order=True)
class Truth:
    """How many of the first kind were there in 2025, left since, and came; and how many of the second kind."""

    before: int
    left: int
    came: int
    beside: int

    @property
    def after(self) -> int:
        """How many of the first kind are there in 2026."""
        return self.before - self.left + self.came

    def told(self) -> tuple[int, ...]:
        """The numbers of both years in the order of their tables."""
        return tuple(
            n for own in (self.before, self.after) for n in (own, self.beside, OTHERS, own + self.beside + OTHERS)
        )


FAMILY = tuple(Truth(*each) for each in product(range(2, 7), range(3), range(3), (7, 9)) if each[0] >= each[1])

Out = tuple[Content, ...] | None
"""What both years tell, cell by cell; None: the second was refused."""


def published(truth: Truth, method: Protection, key: int) -> Out:
    """Both years as the program publishes them, the first without knowing of the second."""
    some = (
        of(truth.before - truth.left), of(truth.left, "k0", "1.1a", ""), of(truth.came, "k0", "", "1.1a"),
        of(truth.beside, "k1"), of(OTHERS, "k2"),
    )  # fmt: skip
    years = (overview(year, "kind", protection=method) for year in ("2025", "2026"))
    register: Register = {}
    memories: Memories = {}
    contents: list[Content] = []
    for each in sources(some, *years):
        source = numbered(replace(each, protection_key=sha256(f"{key}".encode()).hexdigest()), register)
        try:
            (protected,) = prove_editions(source, register, memories).editions
        except UnsafeTables:
            return None
        made = release(source, protected)
        register = {**register, made.edition: (made,)}
        memories = {**memories, (made.edition, 1): replace(protected.behind, version=1)}
        contents += made.tables[0].cells.values()
    return tuple(contents)


def fits(truth: Truth, out: Out) -> bool:
    """Whether a truth gives the numbers that are out."""
    return out is None or all(map(_may_be, truth.told(), out))


def _may_be(value: int, content: Content) -> bool:
    match content:
        case Shown(number):
            return value == number
        case Rounded(number):
            return abs(value - number) < THRESHOLD
        case _:
            return True


Bet = Callable[[Truth], object]

BETS: Mapping[str, Bet] = {
    "how many left": lambda truth: truth.left,
    "how many came": lambda truth: truth.came,
    "small in 2025": lambda truth: truth.before < THRESHOLD,
    "small in 2025, and in 2026": lambda truth: (truth.before < THRESHOLD, truth.after < THRESHOLD),
    "how many in both years": lambda truth: (truth.before, truth.after),
}


def right(bet: Bet, truth: Truth, likely: Mapping[Truth, int]) -> float:
    """How often he is right who bets on the likeliest; of several as likely, on any of them."""
    votes = Counter[object]()
    for each, weight in likely.items():
        votes[bet(each)] += weight
    best = [answer for answer, number in votes.items() if number == max(votes.values())]
    return (bet(truth) in best) / len(best)


Made = Mapping[tuple[Truth, int], Out]


def readers(made: Made, truth: Truth, key: int) -> Sequence[Mapping[Truth, int]]:
    """Of what is out how likely each truth is: to who knows the family, to who reckons, and to who knows the method."""
    out = made[truth, key]
    reckons = {each: 1 for each in FAMILY if fits(each, out)}
    seen = Counter(each for (each, other), told in made.items() if other != key and told == out)
    return dict.fromkeys(FAMILY, 1), reckons, seen or reckons


def won(made: Made) -> Iterable[tuple[object, ...]]:
    """Per bet how often each reader is right."""
    every = [(truth, readers(made, truth, key)) for truth, key in made]
    for name, bet in BETS.items():
        shares = [[right(bet, truth, likely[place]) for truth, likely in every] for place in range(3)]
        yield name, *(f"{sum(each) / len(each):.0%}" for each in shares)


def main() -> None:
    """Print, or write, what there is to win."""
    keys = next(iter(numbers()), KEYS)
    rows: list[tuple[object, ...]] = []
    for method in ("suppression", "rounding"):
        made = {(truth, key): published(truth, method, key) for truth in FAMILY for key in range(keys)}
        refused = sum(each is None for each in made.values())
        rows += [(method, len(made), refused, *row) for row in won(made)]
    heads = "method", "published", "refused", "bet", "the family alone", "and the numbers", "and the method"
    publish("bench/betting_years.py", table(heads, rows))


if __name__ == "__main__":
    main()
