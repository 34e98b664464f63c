"""What readers subtracted from publications that were thought safe. Each is noticed; each with its cure is not.

The worlds are all that there are within a few changes of the truth, found by trying: what none of them answers is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import pytest

from tests.stages.a_search import Life, every_change, fitting_worlds
from tests.stages.some_worlds import a_table, a_unit, hiding, published, release_of
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.questions import OUTSIDER, Memory
from tweeluik.checks.audit.worlds import Publication, Records, World
from tweeluik.record.cell import Content, Rounded
from tweeluik.record.model import Release, ReleasedTable

T = 2
Y25, Y25B, Y26, SECOND = ("2025", 1), ("2025-b", 1), ("2026", 1), ("2025", 2)
Y27, ALL = ("2027", 1), ("2025-2027", 1)

Tables = tuple[ReleasedTable, ...]
Lives = Sequence[Life]


@dataclass(frozen=True)
class Case:
    """How many live how, what is published of them, how else they could live, and the subtraction that tells."""

    people: tuple[tuple[int, Life], ...]
    shows: Callable[[Publication, Records], Tables]
    lives: Lives
    why: str
    most: int = 2
    attacker: str = OUTSIDER
    named: tuple[int, ...] = ()


def near(table: ReleasedTable, **values: int) -> ReleasedTable:
    """The numbers of a table of one side, rounded to these."""
    cells: dict[tuple[str, ...], Content] = {**table.cells, **{(code,): Rounded(n) for code, n in values.items()}}
    return replace(table, cells=cells)


def kinds(records: Records, hidden: str = "") -> ReleasedTable:
    return a_table(records, "soort", "partners", "kind", hides=hiding(soort=hidden))


def themes(records: Records, hidden: str = "") -> ReleasedTable:
    return a_table(records, "thema", "partners", "theme", hides=hiding(thema=hidden))


def pillars(records: Records, hidden: str = "") -> ReleasedTable:
    return a_table(records, "pijler", "partners", "pillar", hides=hiding(pijler=hidden))


def always(codes: str | None, *keys: Publication) -> Life:
    return dict.fromkeys(keys, codes)


def same(*keys: Publication, kinds: str = "abc") -> Lives:
    """Of one kind in all, or in none."""
    return [*(always(f"kind:{kind}", *keys) for kind in kinds), always(None, *keys)]


def coming_and_going(*keys: Publication, kinds: str = "abc") -> Lives:
    """There or not in each, always of one kind."""
    return [
        {key: f"kind:{kind}" if number >> i & 1 else None for i, key in enumerate(keys)}
        for kind in kinds for number in range(1 << len(keys))
    ]  # fmt: skip


YEARS = Y25, Y26, Y27
ANY_YEARS: list[Life] = [
    {**dict(zip(YEARS, told, strict=True)), ALL: "kind:a" if any(told) else None}
    for told in product(("kind:a", None), repeat=3)
]
AGAIN: list[Life] = [
    {Y25: codes if before else None, SECOND: codes}
    for codes in ("theme:1.1 theme:2.1", "theme:2.1", "theme:1.2") for before in (True, False)
]  # fmt: skip


def over_kinds(key: Publication, a: int, b: int, c: int) -> tuple[tuple[int, Life], ...]:
    return ((a, {key: "kind:a"}), (b, {key: "kind:b"}), (c, {key: "kind:c"}))


THEMES: list[dict[Publication, str]] = [{Y25: codes} for codes in (
    "pillar:1 theme:1.1", "pillar:1 theme:1.2", "pillar:1 theme:1.1 theme:1.2", "pillar:2 theme:2.1",
    "pillar:1 pillar:2 theme:1.1 theme:2.1", "pillar:1 pillar:2 theme:1.2 theme:2.1",
    "pillar:1 pillar:2 theme:1.1 theme:1.2 theme:2.1",
)]  # fmt: skip
ONLY_THEMES = [{Y25: " ".join(code for code in life[Y25].split() if code.startswith("theme"))} for life in THEMES]

APART: list[Life] = [
    {
        Y25: " ".join(c for c in codes if c.startswith("pillar")),
        Y25B: " ".join(c for c in codes if c.startswith("theme")),
    }
    for codes in (life[Y25].split() for life in THEMES)
]


def of(lives: Lives, *times: int) -> tuple[tuple[int, Life], ...]:
    return tuple((number, life) for number, life in zip(times, lives, strict=False) if number)


CROSSED = [{Y25: f"kind:{kind} pillar:{pillar}"} for kind in "ab" for pillar in "12"]
SINCE: list[Life] = [
    {Y25: before, Y26: after} for before, after in
    [("kind:a", "kind:a first_year:2025"), (None, "kind:a first_year:2026"), ("kind:a", None), ("kind:b", "kind:b first_year:2025"),
     (None, "kind:b first_year:2026"), ("kind:b", None), (None, None)]
]  # fmt: skip

JOINED: list[Life] = [
    {Y25: before, Y26: after} for before, after in
    [("kind:a", "kind:a pillar:1"), (None, "kind:a pillar:1"), ("kind:b", "kind:b pillar:1"), ("kind:a", "kind:a pillar:2"), (None, None)]
]  # fmt: skip


def crossed(records: Records, hidden: str = "") -> ReleasedTable:
    return a_table(records, "soort", "partners", "kind", "pillar", hides=hiding(soort=hidden))


def since(records: Records, hidden: str = "") -> ReleasedTable:
    return a_table(records, "soort", "partners", "kind", "first_year", hides=hiding(soort=hidden))


NUMBER = "a number of the table"
CASES: Mapping[str, tuple[Case, Case]] = {
    "a small number is shown": (
        leaky := Case(over_kinds(Y25, 1, 3, 2), lambda _, r: (kinds(r),), same(Y25), NUMBER),
        replace(leaky, shows=lambda _, r: (kinds(r, "a b"),)),
    ),
    "two editions over one period each hide another pair": (
        leaky := Case(
            tuple((n, {**life, Y25B: life[Y25]}) for n, life in over_kinds(Y25, 1, 3, 2)),
            lambda key, r: (kinds(r, "a b" if key == Y25 else "a c"),), same(Y25, Y25B), NUMBER,
        ),
        replace(leaky, shows=lambda _, r: (kinds(r, "a b"),)),
    ),
    "the second of them is rounded": (
        leaky := Case(
            tuple((n, {**life, Y25B: life[Y25]}) for n, life in over_kinds(Y25, 1, 3, 2)),
            lambda key, r: (kinds(r, "a b") if key == Y25 else near(kinds(r), a=0, b=4, c=2, _T=6),), same(Y25, Y25B), NUMBER,
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "a b") if key == Y25 else near(kinds(r, "a b"), c=2, _T=6),)),
    ),
    "a pillar and its theme stand in two tables": (
        leaky := Case(of(THEMES, 2, 1, 2, 2), lambda _, r: (pillars(r), themes(r, "1.2")), THEMES, "a part of the agenda less what lies in it"),
        replace(leaky, shows=lambda _, r: (pillars(r), themes(r, "1.1 1.2"))),
    ),
    "a pillar stands in one edition, and its theme in another over the same days": (
        leaky := Case(
            of(APART, 2, 1, 2, 2), lambda key, r: (pillars(r) if key == Y25 else themes(r, "1.2"),), APART,
            "a part of the agenda less what lies in it",
        ),
        replace(leaky, shows=lambda key, r: (pillars(r) if key == Y25 else themes(r, "1.1 1.2"),)),
    ),
    "three themes of whom one partner is in two": (
        leaky := Case(of(ONLY_THEMES, 2, 1, 0, 1, 0, 1), lambda _, r: (themes(r),), ONLY_THEMES, "who is in several of the categories"),
        replace(leaky, shows=lambda _, r: (themes(r, "1.2 2.1"),)),
    ),
    "a name was published and then withdrawn": (
        leaky := Case(
            ((2, always("kind:a", Y25, SECOND)), (1, {Y25: "kind:a", SECOND: None}), (2, always("kind:b", Y25, SECOND))),
            lambda _, r: (kinds(r),), coming_and_going(Y25, SECOND, kinds="ab"), NUMBER, named=(0,),
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "" if key == Y25 else "a b _T"),)),
    ),
    "one came since last year": (
        leaky := Case(
            ((2, always("kind:a", Y25, Y26)), (1, {Y25: None, Y26: "kind:a"}), (2, always("kind:b", Y25, Y26))),
            lambda _, r: (kinds(r),), coming_and_going(Y25, Y26, kinds="ab"), "who came where nobody left",
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "" if key == Y25 else "a b _T"),)),
    ),
    "a concept was online, and then the final edition": (
        leaky := Case(
            ((2, always("kind:a", Y25, SECOND)), (1, {Y25: None, SECOND: "kind:a"}), (2, always("kind:b", Y25, SECOND))),
            lambda _, r: (kinds(r),), coming_and_going(Y25, SECOND, kinds="ab"), "who came where nobody left",
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "" if key == Y25 else "a b _T"),)),
    ),
    "a set that nobody entered or left is rounded twice": (
        leaky := Case(
            ((1, always("kind:a", Y25, Y26)), (3, always("kind:b", Y25, Y26))),
            lambda key, r: (near(kinds(r), a=0 if key == Y25 else 2, b=4, c=0, _T=4),), coming_and_going(Y25, Y26, kinds="ab"),
            NUMBER,
        ),
        replace(leaky, shows=lambda _, r: (near(kinds(r), a=0, b=4, c=0, _T=4),)),
    ),
    "another kind that stood still is shown in a later year": (
        leaky := Case(
            ((1, always("kind:a", Y25, Y26)), (3, always("kind:b", Y25, Y26)), (2, {Y25: "kind:c", Y26: None})),
            lambda key, r: (kinds(r, "a b" if key == Y25 else "a _T"),),
            [{Y25: one, Y26: other} for one in ("kind:a", "kind:b", None) for other in ("kind:a", "kind:b", None)], NUMBER,
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "a b" if key == Y25 else "a b _T"),)),
    ),
    "all of a category are in one other": (
        leaky := Case(of(CROSSED, 2, 2, 0, 3), lambda _, r: (crossed(r),), CROSSED, "whether all of a category are in another"),
        replace(leaky, shows=lambda _, r: (crossed(r, "1 2"),)),
    ),
    "one left, and the next year tells who came": (
        leaky := Case(
            tuple(zip((3, 1, 1, 2, 1), SINCE, strict=False)),
            lambda key, r: (kinds(r) if key == Y25 else since(r, ""),), SINCE, "who was there in a year and is not among those since then",
        ),
        replace(leaky, shows=lambda key, r: (kinds(r) if key == Y25 else since(r, "2025 a b _T"),)),
    ),
    "a crossed cell is larger than its row was a year before": (
        leaky := Case(
            of(JOINED, 3, 1, 2), lambda key, r: (kinds(r) if key == Y25 else crossed(r),), JOINED,
            "who is in two categories and in another publication not in one of them",
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "a b _T") if key == Y25 else crossed(r),)),
    ),
    "an insider knows that it is not in a number": (
        leaky := Case(
            ((1, {Y25: "kind:a"}), (1, {Y25: "kind:b"})), lambda _, r: (kinds(r, "a b"),), same(Y25), NUMBER, attacker="h1",
        ),
        replace(leaky, people=((1, {Y25: "kind:a"}), (3, {Y25: "kind:b"}))),
    ),
    "three years and all of them: one was there in two": (
        leaky := Case(
            ((2, ANY_YEARS[3]), (2, ANY_YEARS[5]), (2, ANY_YEARS[6]), (1, ANY_YEARS[1])), lambda _, r: (kinds(r),), ANY_YEARS,
            "who is in several of the periods of which another consists",
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "a _T" if key == ALL else ""),)),
    ),
    "three came, of whom two are in a theme; nobody left": (
        leaky := Case(
            of(AGAIN, 2, 2, 3, 1, 3), lambda _, r: (themes(r),), [*AGAIN, always(None, Y25, SECOND)],
            "who came into a category and not into another where nobody left",
        ),
        replace(leaky, shows=lambda key, r: (themes(r, "1.1" if key == SECOND else ""),)),
    ),
    "a correction of an older edition beside a later edition": (
        leaky := Case(
            ((2, always("kind:a", Y25, SECOND, Y26)), (1, {Y25: "kind:a", SECOND: None, Y26: None}), (2, always("kind:b", Y25, SECOND, Y26))),
            lambda key, r: (kinds(r, "a b _T" if key == SECOND else ""),), coming_and_going(Y25, SECOND, Y26, kinds="ab"),
            "who left where nobody came",
        ),
        replace(leaky, shows=lambda key, r: (kinds(r, "" if key == Y25 else "a b _T"),)),
    ),
}  # fmt: skip


def truth_of(case: Case) -> dict[Publication, Records]:
    keys = case.people[0][1].keys()
    people = [life for times, life in case.people for _ in range(times)]
    return {
        key: Records({
            f"u{i}": a_unit(life[key] or "", f"h{i}", named=i in case.named)
            for i, life in enumerate(people) if life[key] is not None
        })
        for key in keys
    }  # fmt: skip


def releases_of(case: Case) -> list[Release]:
    made = []
    for key, records in truth_of(case).items():
        tables, year = case.shows(key, records), key[0][:4]
        last = key[0][5:] if key == ALL else year
        period = {"period_from": date(int(year), 1, 1), "period_until": date(int(last), 12, 31)}
        base = {"protection": "rounding", "rounding_base": T} if _is_rounded(tables) else {}
        made.append(release_of(key, *tables, **period, **base, threshold=T))
    return made


def examined(case: Case) -> tuple[Examination, list[World]]:
    """The questions about a case, and all worlds that trying finds."""
    truth = truth_of(case)
    examination = Examination(published(*releases_of(case)), truth, Rules(T, 10), {})
    assert list(examination.find_untrue()) == []
    return examination, fitting_worlds(examination, every_change(truth, case.lives, most=case.most, new=1))


def told(case: Case) -> set[str]:
    """The subtractions that tell the case's attacker too much."""
    examination, worlds = examined(case)
    return {each.question.why for each in examination.examine(worlds).unanswered if case.attacker in each.attackers}


def _is_rounded(tables: Tables) -> bool:
    return any(isinstance(cell, Rounded) for table in tables for cell in table.cells.values())


@pytest.mark.parametrize("name", CASES)
def test_what_a_reader_subtracts_is_noticed(name: str) -> None:
    leaky, _ = CASES[name]
    assert leaky.why in told(leaky)


def test_only_who_knows_what_stood_still_learns_from_another_kind() -> None:
    examination, worlds = examined(CASES["another kind that stood still is shown in a later year"][0])
    told = {each.memory for each in examination.examine(worlds).unanswered if each.question.why == NUMBER}
    assert told == {Memory.STILL}


@pytest.mark.parametrize("name", CASES)
def test_with_its_protection_it_is_not(name: str) -> None:
    leaky, cured = CASES[name]
    assert leaky.why not in told(cured)
