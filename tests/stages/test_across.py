"""Publications that have years in common, each with tables of its own: a reader takes them as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.stages.some_worlds import a_table, a_unit, published, release_of
from tweeluik.checks.audit.across import ask_across
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.groups import ask_about_groups
from tweeluik.checks.audit.lines import NO_LINES
from tweeluik.checks.audit.over_time import Publications, ask_over_time
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Among, Expression, Label, Question, less, names_of
from tweeluik.checks.audit.reality import agenda_of
from tweeluik.checks.audit.worlds import Publication, Records, Truth
from tweeluik.record.cell import TOTAL, Suppressed
from tweeluik.record.model import Category, Release, ReleasedTable

PART = "a part of the agenda less"
TOGETHER = frozenset({("kind", "a+b")})
HERE, THERE = ("2025", 1), ("2025-b", 1)
DAYS = {
    "year": (2025, 1, 2025, 12),
    "half": (2025, 7, 2025, 12),
    "two years": (2025, 1, 2026, 12),
    "later": (2026, 1, 2026, 12),
}


def the_truth(here: str, there: str) -> Truth:
    """Six organisations, of which two publications tell so much."""
    people = [f"kind:{kind} pillar:1 region:{region} theme:1.1" for kind in "ab" for region in "nnz"]
    return {
        key: Records({f"u{i}": a_unit(only(each, told), f"h{i}") for i, each in enumerate(people)})
        for key, told in ((HERE, here), (THERE, there))
    }


def only(codes: str, told: str) -> str:
    return " ".join(code for code in codes.split() if code.partition(":")[0] in told.split())


def editions_of(truth: Truth, days: str, *, crossed: bool = False) -> tuple[Edition, ...]:
    made = []
    for key, records in truth.items():
        year, month, until, last = DAYS["year" if key == HERE else days]
        names = sorted({name for unit in records.units.values() for name, _ in unit.codes})
        sides = [names] if crossed else [[name] for name in names]
        tables = [a_table(records, "-".join(each), "partners", *each) for each in sides]
        made.append(release_of(key, *tables, period_from=date(year, month, 1), period_until=date(until, last, 31)))
    return published(*made)


def asked(here: str, there: str, days: str = "year", *, crossed: bool = False) -> list[Question]:
    editions = editions_of(the_truth(here, there), days, crossed=crossed)
    return list(ask_across(Publications(editions, NO_LINES), agenda_of(editions)))


@pytest.mark.parametrize(("days", "together"), [("year", True), ("half", True), ("two years", True), ("later", False)])
def test_a_part_of_the_agenda_less_what_lies_in_it_is_asked_where_years_are_in_common(
    days: str, *, together: bool
) -> None:
    assert bool(asked("pillar", "theme", days)) is together


def test_one_two_and_three_of_what_lies_in_it_and_all_are_taken_off() -> None:
    asked_of = [names_of(each.of) for each in asked("pillar", "theme") if PART in each.why]
    themes = [sorted(code for name, code in each if name == "theme") for each in asked_of if ("pillar", "1") in each]
    assert sorted(themes) == [["1.1"], ["1.1", "1.2"], ["1.2"]]


@pytest.mark.parametrize("kind", ["", "kind "], ids=["alone", "crossed"])
def test_who_is_in_several_of_what_lies_in_it_is_asked(kind: str) -> None:
    """Together they are more than the part: that tells how many are in two of them, whichever two."""
    why = {
        "who is in exactly one of the categories",
        "who is in several of the categories",
        "who is in one category only",
    }
    those = [each for each in asked(f"{kind}pillar", f"{kind}theme", crossed=bool(kind)) if each.why in why]
    assert {each.why for each in those} == why
    assert {each.edition for each in those} == {THERE[0]}
    assert {code for each in those for name, code in names_of(each.of) if name == "theme"} == {"1.1", "1.2"}


def test_every_two_categories_of_which_each_publication_tells_one_are_crossed() -> None:
    told = {names_of(each.of) for each in asked("kind", "region")}
    assert told == {frozenset({("kind", kind), ("region", region)}) for kind in "abc" for region in "nz"}


def test_what_both_publications_cross_is_asked_of_each_alone() -> None:
    assert asked("kind region", "kind region") == []


def test_a_crossed_cell_is_set_beside_that_of_the_part_which_it_lies_in() -> None:
    asked_of = [each.of for each in asked("kind pillar", "kind theme", crossed=True) if PART in each.why]
    wholes = {names_of(of.parts[0]) for of in asked_of if ("kind", "a") in names_of(of)}  # type: ignore[union-attr]
    assert wholes == {frozenset({("kind", "a"), ("pillar", pillar)}) for pillar in "12"}


def test_all_of_a_category_may_be_in_one_of_which_another_publication_tells() -> None:
    truth = the_truth("kind", "theme")
    questions = Examination(editions_of(truth, "year"), truth, Rules(2, 10), {}).questions
    told = {names_of(each.of) for each in questions if each.why == "whether all of a category are in another"}
    assert frozenset({("kind", "a"), ("theme", "1.1")}) in told


ALL = "whether all of a category are in another"


@pytest.mark.parametrize(
    ("here", "there", "versions", "is_asked"),
    [
        ((2025, 2025), (2025, 2026), 1, False),
        ((2025, 2026), (2025, 2026), 1, True),
        ((2025, 2025), (2026, 2026), 1, True),
        ((2025, 2025), (2025, 2026), 2, True),
    ],
    ids=["the only year", "one of two years", "not over those days", "a version before the last"],
)
def test_that_all_began_in_the_only_year_in_which_they_can_have_begun_is_no_secret(
    here: tuple[int, int], there: tuple[int, int], versions: int, *, is_asked: bool
) -> None:
    """Of the last version of a publication: who was in one before need not be in any other."""
    people = {f"u{n}": a_unit("kind:a first_year:2025", f"h{n}") for n in range(3)}
    others = {f"v{n}": a_unit("kind:b first_year:2026", f"k{n}") for n in range(3)}
    records = Records({**people, **others})
    kinds, firsts = (a_table(records, name, "partners", name) for name in ("kind", "first_year"))

    def made(key: Publication, table: ReleasedTable, years: tuple[int, int]) -> Release:
        return release_of(key, table, period_from=date(years[0], 1, 1), period_until=date(years[1], 12, 31))

    editions = published(
        *(made(("here", version), kinds, here) for version in range(1, versions + 1)), made(("there", 1), firsts, there)
    )
    first = next(each for each in editions if each.publication == ("here", 1))
    others_of, cell = [each for each in editions if each is not first], Label(("here", 1), ("kind", "a"))
    cells = {("partners", frozenset({("kind", "a")})): ("kind", cell)}
    truth = dict.fromkeys((each.publication for each in editions), records)
    asked_of = ask_about_groups(Counting(truth), first, cells, {}, size=0, others=others_of)
    began = less(cell, Label(("there", 1), ("first_year", "2025")))
    assert (began in {each.of for each in asked_of if each.why == ALL}) is is_asked


# --- years that follow each other -------------------------------------------------------------------------------------

SEVERAL = "who is in several of the periods of which another consists"


def years_and_all_of_them(many: int, without: int = 0) -> tuple[Truth, tuple[Edition, ...]]:
    """Three partners in every year, one more in the first and the third, and the years together; one may lack."""
    years = [f"{2025 + n}" for n in range(many)]
    by_year = {year: {f"u{3 * n + i}" for i in range(3)} for n, year in enumerate(years)}
    by_year[years[0]].add("twice")
    by_year[years[2]].add("twice")
    everybody = set().union(*by_year.values())
    there = {(year, 1): by_year[year] for year in years if int(year) != without} | {("all", 1): everybody}
    truth = {key: Records({name: a_unit("kind:a", name) for name in names}) for key, names in there.items()}
    return truth, published(
        *(
            release_of(
                key, a_table(records, "soort", "partners", "kind"),
                period_from=date(2025 if key[0] == "all" else int(key[0]), 1, 1),
                period_until=date(2024 + many if key[0] == "all" else int(key[0]), 12, 31),
            )
            for key, records in truth.items()
        )
    )  # fmt: skip


@pytest.mark.parametrize("many", [3, 5, 7])
def test_of_years_that_follow_each_other_it_is_asked_who_is_in_several_however_many_they_are(many: int) -> None:
    truth, editions = years_and_all_of_them(many)
    unanswered = Examination(editions, truth, Rules(2, 10), {}).examine(()).unanswered
    assert SEVERAL in {each.question.why for each in unanswered}


def test_of_years_with_days_between_them_so_many_are_asked_about_together() -> None:
    _, editions = years_and_all_of_them(6, without=2028)
    asked = [each.of for each in ask_over_time(Publications(editions, NO_LINES)) if each.why == SEVERAL]
    assert {len(of.parts) for of in asked if isinstance(of, Among)} == {3, 4}


def test_of_many_years_the_newest_version_of_each_is_asked_about() -> None:
    _, editions = years_and_all_of_them(5)
    again = [replace(each, version=2) for each in editions if each.id == "2026"]
    asked = ask_over_time(Publications([*editions, *again], NO_LINES))
    five = {each.of for each in asked if each.why == SEVERAL and isinstance(each.of, Among) and len(each.of.parts) == 5}
    told = {of.publication for each in five for part in each.parts for of in labels(part)}
    assert told == {("2025", 1), ("2026", 2), ("2027", 1), ("2028", 1), ("2029", 1)}


def labels(of: Expression) -> Iterator[Label]:
    if isinstance(of, Label):
        yield of
    else:
        for part in of.parts:
            yield from labels(part)


# --- periods of which each tells of finer parts of the agenda ---------------------------------------------------------


def in_several_of(
    whole: str, *parts: tuple[str, int], until: date = date(2026, 12, 31)
) -> set[frozenset[tuple[str, str]]]:
    """Of 2025 and 2026 together, beside each by other levels of the agenda: what it is asked in how many somebody is."""
    records = Records({f"u{n}": a_unit("kind:a pillar:1 theme:1.1", f"h{n}") for n in range(3)})
    days = {"both": (date(2025, 1, 1), until)}
    days |= {f"{year}": (date(year, 1, 1), date(year, 12, 31)) for _, year in parts}
    levels = {"both": whole} | {f"{year}": level for level, year in parts}
    editions = published(
        *(
            release_of((name, 1), a_table(records, "t", "partners", *level.split()),
                       period_from=days[name][0], period_until=days[name][1])
            for name, level in levels.items()
        )
    )  # fmt: skip
    agenda = {("theme", "1.1"): ("pillar", "1"), ("theme", "1.2"): ("pillar", "1"), ("theme", "2.1"): ("pillar", "2")}
    asked = ask_over_time(Publications(editions, NO_LINES, agenda))
    those = [each.of for each in asked if each.why == "who is in several of the categories"]
    return {frozenset((of.publication[0], of.pair[1]) for of in labels(each) if of.pair) for each in those}


ONE = {("2025", "1.1"), ("2025", "1.2"), ("2026", "1.1"), ("2026", "1.2")}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("theme", 2025), ("theme", 2026)], ONE),
        ([("theme", 2025), ("pillar", 2026)], {("2025", "1.1"), ("2025", "1.2"), ("2026", "1")}),
    ],
)
def test_who_did_several_things_in_the_years_of_a_period_is_asked_of_finer_parts(
    parts: list[tuple[str, int]], expected: set[tuple[str, str]]
) -> None:
    assert expected in in_several_of("pillar", *parts)


def test_of_a_total_too() -> None:
    assert {*ONE, ("2025", "2.1"), ("2026", "2.1")} in in_several_of("kind", ("theme", 2025), ("theme", 2026))


@pytest.mark.parametrize(
    ("parts", "until"),
    [
        ([("theme", 2025)], date(2026, 12, 31)),
        ([("theme", 2025), ("theme", 2026)], date(2026, 10, 31)),
        ([("theme", 2025), ("theme", 2026)], date(2027, 12, 31)),
    ],
    ids=["one of the years", "fewer days", "more days"],
)
def test_what_does_not_add_up_is_not_asked(parts: list[tuple[str, int]], until: date) -> None:
    assert in_several_of("pillar", *parts, until=until) == set()


@pytest.mark.parametrize(
    ("elsewhere", "hidden", "named", "is_asked"),
    [(0, "a", False, False), (0, "a b", False, True), (1, "a", True, False), (1, "a", False, True)],
    ids=["shown that nobody is", "that is hidden", "all who are have a name", "somebody is"],
)
def test_that_all_of_what_is_taken_together_are_in_one_part_is_no_secret_where_the_other_parts_are_shown(
    elsewhere: int, hidden: str, *, named: bool, is_asked: bool
) -> None:
    """Kinds a and b together here; there nobody is of kind b, or one is."""
    people = {f"u{n}": a_unit("kind:a", f"h{n}") for n in range(12)}
    others = {f"v{n}": replace(a_unit("kind:b", f"k{n}"), named=named) for n in range(elsewhere)}
    there = Records({**people, **others})
    here = Records({name: replace(each, codes=TOGETHER) for name, each in there.units.items()})
    parts = a_table(there, "kind", "partners", "kind")
    cells = {codes: Suppressed() if codes[0] in hidden.split() else cell for codes, cell in parts.cells.items()}
    (side,) = parts.dimensions
    joint = replace(side, categories=tuple(Category(code, code) for code in ("a+b", "c")))
    whole = replace(parts, dimensions=(joint,), cells={(code,): Suppressed() for code in ("a+b", "c", TOTAL)})
    first, other = published(release_of(HERE, whole), release_of(THERE, replace(parts, cells=cells)))
    cell = Label(HERE, ("kind", "a+b"))
    asked = ask_about_groups(
        Counting({HERE: here, THERE: there}), first, {("partners", TOGETHER): ("kind", cell)}, {}, size=0, others=[other]
    )  # fmt: skip
    assert (less(cell, Label(THERE, ("kind", "a"))) in {each.of for each in asked}) is is_asked


OUTSIDE = {
    "who is outside a category in several of the periods of which another consists": {("2025", "_T"), ("2026", "_T"), ("2025", "1"), ("2026", "1")},
    "who is outside a category in one of the periods of which another consists, and in it in another": {
        ("2025", "_T"), ("2026", "_T"), ("both", "_T"), ("2025", "1"), ("2026", "1"), ("both", "1")
    },
}  # fmt: skip


def outside(until: date) -> dict[str, set[frozenset[tuple[str, str]]]]:
    """Of two years and both together by pillar: per question of what it is asked."""
    records = Records({f"u{n}": a_unit(f"pillar:{pillar}", f"h{n}") for n, pillar in enumerate("1112")})
    days = {"2025": 2025, "2026": 2026}
    table = a_table(records, "t", "partners", "pillar")
    editions = published(
        *(
            release_of((name, 1), table, period_from=date(year, 1, 1), period_until=date(year, 12, 31))
            for name, year in days.items()
        ),
        release_of(("both", 1), table, period_from=date(2025, 1, 1), period_until=until),
    )
    found: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for each in ask_over_time(Publications(editions, NO_LINES)):
        told = ((of.publication[0], of.pair[1] if of.pair else "_T") for of in labels(each.of))
        found.setdefault(each.why, set()).add(frozenset(told))
    return {why: asked for why, asked in found.items() if "outside" in why}


def test_who_is_outside_a_category_in_one_year_and_there_in_another_is_asked() -> None:
    """Five are outside it in a year, four in the next, and eight in both: that one was there twice is told."""
    found = outside(date(2026, 12, 31))
    assert len(found) == len(OUTSIDE) + 1
    for why, of in OUTSIDE.items():
        assert of in found[why]


def test_of_years_that_are_not_all_of_it_nobody_is_asked_to_be_outside() -> None:
    assert outside(date(2027, 12, 31)) == {}
