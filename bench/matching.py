"""How well names are matched: recall and false matches on five hundred pairs, questions asked, and the time of it.

`python -m bench.matching [--write]`
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, utils

from bench.in_docs import publish, table
from tests.name_pairs import Pair, pairs, some_names
from tools.example.dice import Dice
from tweeluik.source.load import read_unjudged
from tweeluik.source.organisations import find_questions
from tweeluik.words.index import find_pairs
from tweeluik.words.known import Known
from tweeluik.words.matching import Verdict, compare

ROOT = Path(__file__).parents[1]


def ours(one: str, other: str) -> bool:
    return compare(Known((one,)), Known((other,))).verdict is not Verdict.DIFFERENT


def by(score: Callable[..., float], least: float) -> Callable[[str, str], bool]:
    return lambda one, other: score(one, other, processor=utils.default_process) >= least


METHODS: dict[str, Callable[[str, str], bool]] = {
    "this matcher": ours,
    "rapidfuzz token_sort_ratio, 90": by(fuzz.token_sort_ratio, 90),
    "rapidfuzz token_sort_ratio, 80": by(fuzz.token_sort_ratio, 80),
    "rapidfuzz token_set_ratio, 90": by(fuzz.token_set_ratio, 90),
    "rapidfuzz WRatio, 90": by(fuzz.WRatio, 90),
    "rapidfuzz ratio, 90": by(fuzz.ratio, 90),
}


QUESTIONED = 500
"""Names among which questions are counted."""


def methods(found: tuple[Pair, ...]) -> str:
    """What each method finds, and how much it asks."""
    same, others = [each for each in found if each.same], [each for each in found if not each.same]
    names, rows = some_names(Dice(7), QUESTIONED), []
    for name, method in METHODS.items():
        recall = sum(method(each.one, each.other) for each in same) / len(same)
        false = sum(method(each.one, each.other) for each in others) / len(others)
        asked = sum(method(one, other) for at, one in enumerate(names) for other in names[:at])
        rows.append((name, f"{recall:.1%}", f"{false:.1%}", f"{asked / QUESTIONED * 50:.2f}"))
    about = f"{len(found)} pairs: {len(same)} of one organisation, {len(others)} of two."
    return f"{about}\n\n{table(('method', 'found', 'false', 'questions per 50 organisations'), rows)}"


def ways(found: tuple[Pair, ...]) -> str:
    """What was made of the name, and how much of that is found."""
    grouped: dict[str, list[Pair]] = defaultdict(list)
    for each in found:
        if each.same:
            grouped[each.way].append(each)
    rows = [(way, len(some), sum(ours(a.one, a.other) for a in some)) for way, some in sorted(grouped.items())]
    pairs_found = sum(number for way, _, number in rows if way != "two slips")
    of = sum(number for way, number, _ in rows if way != "two slips")
    told = f"Without the two slips {pairs_found} of {of} are found ({pairs_found / of:.1%})."
    return f"{table(('what was made of the name', 'pairs', 'found'), rows)}\n\n{told}"


def many(number: int) -> str:
    """Questions among so many names by chance, and how long that takes."""
    words = [f"{first}{second}" for first in SYLLABLES for second in SYLLABLES]
    dice = Dice(3)
    known = {n: Known((f"{dice.pick(KINDS)} {dice.pick(words)} {dice.pick(words)}",)) for n in range(number)}
    started = time.process_time()
    found = sum(1 for _ in find_pairs(known))
    return f"{number:,} organisations take {time.process_time() - started:.1f} s of processor ({found} questions)."


def example() -> str:
    """Questions about the example."""
    partners = read_unjudged(ROOT / "content").partners
    return f"The example asks {len(find_questions(partners))} questions about {len(partners)} organisations."


KINDS = ("Stichting", "Vereniging", "Taalhuis", "Buurthuis", "Platform", "Welzijn")
SYLLABLES = [
    a + b + c for a in "bdfgklmnprstvwz" for b in ("a", "e", "ie", "o", "oe", "u") for c in ("l", "m", "n", "r", "s")
]


if __name__ == "__main__":
    last = " ".join((example(), *map(many, (1_000, 10_000))))
    publish("bench/matching.py", "\n\n".join((methods(pairs()), ways(pairs()), last)))
