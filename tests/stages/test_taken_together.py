"""Categories that one publication takes together, beside their parts in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tests.stages.an_audit import KIND, REGION
from tests.stages.some_worlds import a_talk, a_unit, files_of, published, release_of, units
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.atoms import MOST
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.hearing import Handed, hear
from tweeluik.checks.audit.lines import NO_LINES
from tweeluik.checks.audit.over_periods import IN_COMMON
from tweeluik.checks.audit.over_time import Publications, ask_over_time
from tweeluik.checks.audit.questions import names_of
from tweeluik.checks.audit.standing import standing
from tweeluik.checks.audit.worlds import Publication, Records, Truth, World
from tweeluik.protection.worlds.history import History
from tweeluik.protection.worlds.lives import Span
from tweeluik.protection.worlds.other_lives import OtherLives
from tweeluik.record.cell import TOTAL, Content, Shown, Suppressed
from tweeluik.record.model import Category, Release, ReleasedTable
from tweeluik.words.messages import translate

FINE, WIDE, LATER = ("2025", 1), ("2025-b", 1), ("2026", 1)
"""Kinds a, b and c; a and b together in the same year; and in the next."""

JOINT = Category("a+b", "Anker en Baken")


def told(key: Publication, records: Records, hidden: str) -> Release:
    own = [next(code for name, code in each.codes if name == "kind") for each in records.units.values()]
    categories = KIND.categories if key == FINE else (JOINT, *(each for each in KIND.categories if each.code == "c"))
    cells: dict[tuple[str, ...], Content] = {(each.code,): Shown(own.count(each.code)) for each in categories}
    cells |= {(TOTAL,): Shown(len(own))} | {(code,): Suppressed() for code in hidden.split() if (code,) in cells}
    table = ReleasedTable("soort", "soort", "partners", (replace(KIND, categories=categories),), cells)
    year = int(key[0][:4])
    return release_of(key, table, period_from=date(year, 1, 1), period_until=date(year, 12, 31))


def the_truth(*keys: Publication) -> Truth:
    """Two of a, three of b, four of c."""
    fine = units((2, "kind:a"), (3, "kind:b"), (4, "kind:c"))
    wide = {
        name: replace(u, codes=frozenset({("kind", "a+b")})) if ("kind", "c") not in u.codes else u
        for name, u in fine.items()
    }
    return {key: Records(fine if key == FINE else wide) for key in keys}


def fits(other: Publication, world: dict[tuple[Publication, str], str]) -> bool:
    truth = the_truth(FINE, other)
    editions = published(*(told(key, records, f"a b c a+b {TOTAL}") for key, records in truth.items()))
    changed = World({key: a_unit(f"kind:{code}", f"h{key[1][1:]}") for key, code in world.items()})
    return Examination(editions, truth, Rules(5, 10), {}).fits([changed])[1]


@pytest.mark.parametrize(
    ("world", "could_be"),
    [
        ({(FINE, "u0"): "b"}, True),
        ({(FINE, "u0"): "c"}, False),
        ({(FINE, "u0"): "c", (WIDE, "u0"): "c"}, True),
        ({(WIDE, "u0"): "c"}, False),
        ({(WIDE, "u5"): "a+b"}, False),
        ({(WIDE, "u5"): "a+b", (FINE, "u5"): "a"}, True),
    ],
)
def test_on_one_day_nobody_is_in_what_is_taken_together_and_in_none_of_its_parts(
    world: dict[tuple[Publication, str], str], could_be: bool
) -> None:
    assert fits(WIDE, world) is could_be


@pytest.mark.parametrize(
    ("world", "stands"),
    [
        ({(FINE, "u0"): "b"}, True),
        ({(FINE, "u0"): "c"}, False),
        ({(LATER, "u5"): "a+b"}, False),
        ({(LATER, "u5"): "a+b", (FINE, "u5"): "b"}, True),
    ],
)
def test_parts_that_together_stood_still_do_in_every_world(
    world: dict[tuple[Publication, str], str], stands: bool
) -> None:
    truth = the_truth(FINE, LATER)
    editions = published(*(told(key, records, "") for key, records in truth.items()))
    changed = World({key: a_unit(f"kind:{code}", f"h{key[1][1:]}") for key, code in world.items()})
    assert standing(Counting(truth, [changed]), Publications(editions, {}))[1] is stands


def test_what_is_taken_together_less_a_part_is_asked_about() -> None:
    truth = the_truth(FINE, WIDE)
    editions = published(told(FINE, truth[FINE], "a b"), told(WIDE, truth[WIDE], ""))
    why = {each.question.why for each in Examination(editions, truth, Rules(5, 10), {}).examine(()).unanswered}
    assert "what is taken together less a part in another publication" in why
    assert [each for each in why if translate(each, "nl") == each] == []


def test_who_stayed_is_asked_of_all_parts_as_one() -> None:
    """Of a and of b in 2025, whom the next year takes together: who of both stayed, and not only who of each."""
    truth = {FINE: Records(units((3, "kind:a"), (3, "kind:b"))), LATER: Records(units((4, "kind:a+b")))}
    publications = Publications(published(*(told(key, records, "") for key, records in truth.items())), NO_LINES)
    stayed = "who of a category stayed from one publication to another"
    asked = {names_of(each.of) for each in ask_over_time(publications) if each.why == stayed}
    assert asked >= {frozenset({("kind", "a"), ("kind", "b")}), frozenset({("kind", "a+b")})}


MORE = ("e g h i j k l",) * 3
"""Kinds that every edition tells by themselves."""

FOUR_MORE = ("e+f g+h", "e+g f+h", "f+g e+h")
"""Four kinds that every edition takes two by two as well: beside the others, and never with one of them."""

NO_MORE = ("",) * 3

OTHERWISE = {("2025", 1): ("a+b", "c+d"), ("2025-b", 1): ("a+c", "b+d"), ("2025-c", 1): ("b+c", "a+d")}
"""Four kinds, in three editions over one year, two by two."""


def by_twos(key: Publication, pairs: tuple[str, str]) -> tuple[Records, Release]:
    """One of a, three of each other kind."""
    own = [next(pair for pair in pairs if code in pair) for code in "abbbcccddd"]
    records = Records({f"u{i}": a_unit(f"kind:{pair}", f"h{i}") for i, pair in enumerate(own)})
    cells: dict[tuple[str, ...], Content] = {(pair,): Shown(own.count(pair)) for pair in pairs}
    sides = (replace(KIND, categories=tuple(Category(pair, pair) for pair in pairs)),)
    return records, release_of(key, ReleasedTable("soort", "soort", "partners", sides, cells | {(TOTAL,): Shown(10)}))


def test_what_editions_take_together_otherwise_tells_what_they_have_in_common() -> None:
    """4, 4 and 6: whoever adds two and takes off the third has twice the ones of a."""
    made = {key: by_twos(key, pairs) for key, pairs in OTHERWISE.items()}
    truth, editions = (
        {key: records for key, (records, _) in made.items()},
        published(*(each for _, each in made.values())),
    )
    asked = [each for each in ask_over_time(Publications(editions, NO_LINES)) if each.why.endswith("otherwise")]
    assert {names_of(each.of) for each in asked} >= {frozenset({("kind", "a+b"), ("kind", "a+c")})}
    assert [each.why for each in asked if translate(each.why, "nl") == each.why] == []
    unanswered = Examination(editions, truth, Rules(2, 10), {}).examine((), asked).unanswered
    assert {each.question.why for each in unanswered} == {
        "who is in what two publications take together otherwise",
        "who is in what one publication takes together and another otherwise",
    }


def test_another_life_is_told_by_each_publication_in_its_own_categories() -> None:
    spans = (
        Span(FINE, (2025,), {"kind": ("a", "b", "c"), "pillar": ("1",)}),
        Span(WIDE, (2025,), {"kind": ("a+b", "c"), "pillar": ("1",)}),
    )
    history = History(spans, {})
    one = frozenset({("kind", "c"), ("pillar", "1")})
    told = {
        tuple(dict(history.codes(each, i) or ()).get("kind") for i in (0, 1))
        for each in OtherLives(history).neighbours(history.life({0: one, 1: one}))
    }
    assert {("a", "a+b"), ("b", "a+b")} <= told
    assert not {kinds for kinds in told if kinds[0] in {"a", "b"} and kinds[1] == "c"}


def test_what_a_crossed_cell_would_lie_in_is_asked_in_the_same_order_by_every_process() -> None:
    """Of a set of two each process has another first."""
    sides = (KIND, REGION)
    codes = product(*((TOTAL, *(each.code for each in side.categories)) for side in sides))
    table = ReleasedTable("soort", "soort", "partners", sides, {each: Shown(1) for each in codes})
    years = [
        release_of(key, table, period_from=date(year, 1, 1), period_until=date(year, 12, 31))
        for key, year in ((FINE, 2025), (LATER, 2026))
    ]
    asked = [
        sorted(names_of(each.of.parts[-1]))  # type: ignore[union-attr]
        for each in ask_over_time(Publications(published(*years), NO_LINES))
        if each.why == "who is in two categories and in another publication in one of them"
    ]
    told = [name for ((name, _),) in asked]
    assert told == ["kind", "region"] * (len(told) // 2) != []


# --- conversations ----------------------------------------------------------------------------------------------------


def talks_by_twos(
    key: Publication, pairs: tuple[str, ...], both: int, hidden: str, more: str = ""
) -> tuple[Records, Release]:
    """Four talks with the one of a, six with each other; and so many with one of b and of c at one table.

    `more`: kinds besides, by themselves or together, each of three with six talks.
    """
    records, _ = by_twos(key, (pairs[0], pairs[1]))
    besides = {f"{kind}{n}": a_unit(f"kind:{code}", f"h{kind}{n}")
               for code in more.split() for kind in code.split("+") for n in range(3)}  # fmt: skip
    records, pairs = Records({**records.units, **besides}), (*pairs, *more.split())
    tables = ["u0"] * 4 + [f"u{n}" for n in range(1, 10)] * 6 + [*besides] * 6 + ["u1 u4"] * both
    return records_and_release(key, records, pairs, tables, hidden)


def records_and_release(
    key: Publication, records: Records, codes: Sequence[str], tables: Sequence[str], hidden: str
) -> tuple[Records, Release]:
    """An edition that tells how many of some conversations there were by what it takes together."""
    talks = {f"t{n}": a_talk("form:g", *units.split()) for n, units in enumerate(tables)}
    own = {name: next(code for _, code in each.codes) for name, each in records.units.items()}
    there = [{own[name] for name in talk.units} for talk in talks.values()]
    cells: dict[tuple[str, ...], Content] = {(code,): Shown(sum(code in each for each in there)) for code in codes}
    cells |= {(TOTAL,): Shown(len(talks))} | {(code,): Suppressed() for code in hidden.split() if (code,) in cells}
    side = replace(KIND, partition=False, categories=tuple(Category(code, code) for code in codes))
    return Records(records.units, talks), release_of(key, ReleasedTable("g", "g", "conversations", (side,), cells))


def is_told_in_common(made: Mapping[Publication, tuple[Records, Release]]) -> bool:
    """Whether the audit refuses editions for what they take together otherwise."""
    files = files_of(*(release for _, release in made.values()))
    heard = hear(files, Handed({key: records for key, (records, _) in made.items()}, (), Rules(5, 10), {}))
    return any(each.what.endswith(IN_COMMON) for each in heard.problems)


@pytest.mark.parametrize(
    ("both", "hidden", "others", "more", "expected"),
    [
        (0, "", 3, NO_MORE, True),
        (0, "", 3, MORE, True),
        (0, "", 3, FOUR_MORE, True),
        (0, "", 2, NO_MORE, False),
        (0, "b+c a+d", 3, NO_MORE, False),
        (0, "b+c a+d", 3, MORE, False),
        (0, "b+c a+d f+g e+h", 3, FOUR_MORE, False),
        (9, "", 3, NO_MORE, False),  # then nobody knows who sat with both of what
    ],
)
def test_conversations_that_three_editions_take_together_otherwise_are_not_told_by_their_sums(
    both: int, hidden: str, others: int, more: Sequence[str], expected: bool
) -> None:
    """Of each edition its numbers are all there is: so nobody sat with both, and three sums tell each of four kinds."""
    some = list(zip(OTHERWISE.items(), more, strict=True))[:others]
    made = {key: talks_by_twos(key, pairs, both, hidden, besides) for (key, pairs), besides in some}
    assert is_told_in_common(made) is expected


@pytest.mark.parametrize(("many", "expected"), [(4, False), (MOST, False), (MOST + 2, True)])
def test_what_hangs_together_with_more_than_anybody_goes_through_counts_as_told(many: int, *, expected: bool) -> None:
    """A ring of kinds, two by two and the other way two by two, all hidden; of the first there is one."""
    kinds = [f"k{n:02}" for n in range(many)]
    made = {}
    for key, first in ((FINE, 0), (WIDE, 1)):
        pairs = ["+".join(sorted((kinds[n - first], kinds[n - first + 1]))) for n in range(0, many, 2)]
        own = {kind: next(pair for pair in pairs if kind in pair) for kind in kinds}
        units_of = {f"{kind}-{n}": a_unit(f"kind:{own[kind]}", f"h{kind}{n}") for kind in kinds for n in range(3)}
        records = Records({name: unit for name, unit in units_of.items() if name not in {"k00-1", "k00-2"}})
        made[key] = records_and_release(key, records, pairs, [*records.units] * 4, " ".join((*pairs, TOTAL)))
    assert is_told_in_common(made) is expected
