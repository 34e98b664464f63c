"""Sentences claim what the published numbers show, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.a_publication import a_release, dimension, rounded_2026, suppressed_2025, table
from tweeluik.public.figure import Interval, bounds, figure
from tweeluik.public.grid import Grid
from tweeluik.public.key_figures import key_figures
from tweeluik.public.message import is_surely_more, message, plain
from tweeluik.public.points import main_points
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Release
from tweeluik.record.neighbours import comparable_with

REGIONS = [("a", "A"), ("b", "B"), ("c", "C")]


def release_of(*values: int | None, make: Any = Shown, **changes: Any) -> Release:
    base = {"rounding_base": 5, "protection": "rounding"} if make is Rounded else {}
    one = table("regio", "Regio", "partners", (dimension("region", REGIONS),), list(values), make)
    return a_release(tables=(one,), **{**base, **changes})


def said(release: Release) -> str | None:
    sentence = message(Grid(release, release.tables[0]))
    return None if sentence is None else plain(sentence)


@pytest.mark.parametrize(
    ("values", "make", "expected"),
    [
        ((9, 8, 7, 24), Shown, "De grootste groep naar regio is ‘A’: 9 partners"),
        ((8, 9, 7, 24), Shown, "De grootste groep naar regio is ‘B’: 9 partners"),
        ((9, 9, 7, 25), Shown, "De grootste groepen naar regio zijn ‘A’ met 9 en ‘B’ met 9 partners"),
        ((9, 9, 9, 27), Shown, None),
        ((0, 0, 0, 0), Shown, None),
        ((9, None, None, 24), Shown, None),
        ((20, None, None, 30), Shown, "De grootste groep naar regio is ‘A’: 20 partners"),
        ((20, 10, 10, 40), Rounded, "De grootste groep naar regio is ‘A’: ongeveer 20 (16–24) partners"),
        ((15, 10, 10, 35), Rounded, None),
        (
            (20, 15, 5, 40),
            Rounded,
            "De grootste groepen naar regio zijn ‘A’ met ongeveer 20 (16–24) en ‘B’ met ongeveer 15 (11–19) partners",
        ),
    ],
)
def test_the_largest_is_named_only_when_the_numbers_show_it(
    values: tuple[int | None, ...], make: Any, expected: str | None
) -> None:
    assert said(release_of(*values, make=make)) == expected


def test_the_largest_of_those_that_are_shown_is_called_so_while_a_hidden_one_may_be_larger() -> None:
    one = table("regio", "Regio", "partners", (dimension("region", [*REGIONS, ("d", "D")]),), [9, None, 7, None, 40])
    assert said(a_release(tables=(one,))) == "De grootste getoonde groep naar regio is ‘A’: 9 partners"


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (
            release_of(1, 1, 1, 108),
            release_of(1, 1, 1, 120),
            "In 2025 waren er meer partners dan in 2024: toen waren het er 108.",
        ),
        (
            release_of(1, 1, 1, 120),
            release_of(1, 1, 1, 108),
            "In 2025 waren er minder partners dan in 2024: toen waren het er 120.",
        ),
        (release_of(1, 1, 1, 108), release_of(1, 1, 1, 108), "In 2025 waren er evenveel partners als in 2024: 108."),
        (
            release_of(1, 1, 1, 108),
            release_of(0, 0, 0, 115, make=Rounded),
            "In 2025 waren er meer partners dan in 2024: toen waren het er 108.",
        ),
        (
            release_of(1, 1, 1, 111),
            release_of(0, 0, 0, 115, make=Rounded),
            "In 2024 waren er 111 partners. Door de afronding is niet te zeggen of het er in 2025 meer of minder zijn.",
        ),
    ],
)
def test_two_years_are_compared_as_far_as_rounding_allows(then: Release, now: Release, expected: str) -> None:
    before = release_of_year(then, 2024)
    assert plain(main_points(now, before)[0]) == expected


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (
            release_of(1, 0, 0, 1),
            release_of(1, 1, 1, 3),
            "In 2025 waren er meer partners dan in 2024: toen was het er 1.",
        ),
        (
            release_of(1, 0, 0, 1),
            release_of(0, 0, 0, 0),
            "In 2025 waren er minder partners dan in 2024: toen was het er 1.",
        ),
        (
            release_of(1, 0, 0, 1),
            release_of(0, 0, 0, 0, make=Rounded),
            "In 2024 was er 1 partner. Door de afronding is niet te zeggen of het er in 2025 meer of minder zijn.",
        ),
    ],
)
def test_of_one_partner_is_spoken_as_of_one(then: Release, now: Release, expected: str) -> None:
    assert plain(main_points(now, release_of_year(then, 2024))[0]) == expected


@pytest.mark.parametrize(
    ("side", "values", "expected"),
    [
        ("first_year", [0, 1, 1], "Van de 1 partner is er 1 nieuw in 2025"),
        ("first_year", [1, 0, 1], "Van de 1 partner zijn er 0 nieuw in 2025"),
    ],
)
def test_one_behind_a_number_is_no_plural(side: str, values: list[int], expected: str) -> None:
    years = [(str(2024 + at), str(2024 + at)) for at in range(len(values) - 1)]
    one = table("een", "Een", "partners", (dimension(side, years),), values)
    assert said(a_release(tables=(one,))) == expected


def release_of_year(release: Release, year: int) -> Release:
    changes = {
        "period_from": date(year, 1, 1),
        "period_until": date(year, 12, 31),
        "rounding_base": release.rounding_base,
    }
    return a_release(str(year), tables=release.tables, **changes)


def test_a_total_that_is_hidden_is_not_compared() -> None:
    assert len(main_points(release_of(None, None, None, None), release_of_year(release_of(1, 1, 1, 3), 2024))) == 1


def test_there_are_six_points_at_most() -> None:
    assert len(main_points(rounded_2026(), suppressed_2025())) <= 6


def seen_first(release: Release, earlier: Release | None) -> list[tuple[int | None, str, str]]:
    return [(each.figure.value, each.caption, plain(each.before or ())) for each in key_figures(release, earlier)]


def test_the_key_figures_are_the_totals_beside_those_of_the_edition_before() -> None:
    assert seen_first(rounded_2026(), suppressed_2025()) == [
        (120, "partners in 2026 (afgerond)", "In 2025: 116"),
        (1275, "gesprekken in 2026 (afgerond)", "In 2025: 1.204"),
    ]


def on_subjects(name: str, *values: int | None, make: Any = Shown) -> Release:
    made = table("t", "T", "partners", (dimension(name, REGIONS, partition=False),), list(values), make)
    return a_release(tables=(made,), rounding_base=5 if make is Rounded else None)


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (on_subjects("theme", 9, 8, 7, 20), "partners bij de grootste groep naar thema: A"),
        (on_subjects("theme", 9, None, 7, 20), "partners bij de grootste getoonde groep naar thema: A"),
        (
            on_subjects("measure", 20, 5, 10, 30, make=Rounded),
            "partners bij de grootste groep naar maatregel: A (afgerond)",
        ),
        (on_subjects("theme", 1, 0, 0, 1), None),
        (on_subjects("theme", 9, 0, 0, 9), None),
        (on_subjects("pillar", 9, 9, 7, 20), None),
        (on_subjects("pillar", 15, 10, 10, 30, make=Rounded), None),
        (on_subjects("kind", 9, 8, 7, 24), None),
    ],
)
def test_a_key_figure_says_on_what_only_when_one_subject_is_surely_the_largest(
    release: Release, expected: str | None
) -> None:
    assert [caption for _, caption, _ in seen_first(release, None)][1:] == ([expected] if expected else [])


def test_other_periods_than_years_are_not_set_beside_each_other() -> None:
    half = a_release("2026", tables=rounded_2026().tables, rounding_base=5, period_until=date(2026, 6, 30))
    assert [before for _, _, before in seen_first(half, suppressed_2025())] == ["", ""]
    assert len([each for each in main_points(half, suppressed_2025()) if "2025" in plain(each)]) == 0


def test_a_total_that_was_hidden_is_not_set_beside_this_one() -> None:
    before = release_of_year(release_of(None, None, None, None), 2024)
    assert seen_first(release_of(9, 8, 7, 24), before) == [(24, "partners in 2025", "")]


def by_first_year(*values: int | None, make: Any = Shown) -> Release:
    years = (("2024", "Partner sinds 2024"), ("2025", "Nieuw in 2025"))
    made = table("nieuw", "Nieuw", "partners", (dimension("region", REGIONS), dimension("first_year", years)), list(values), make)  # fmt: skip
    return a_release(tables=(made,), rounding_base=5 if make is Rounded else None)


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (by_first_year(9, 1, 10, 8, 2, 10, 7, 0, 7, 24, 3, 27), "Van de 27 partners zijn er 3 nieuw in 2025"),
        (by_first_year(5, 5, 10, 5, 0, 5, 5, 0, 5, 15, 5, 20, make=Rounded), "Van de ongeveer 20 (16–24) partners zijn er ongeveer 5 (1–9) nieuw in 2025"),
        (by_first_year(9, 1, 10, 8, None, 8, 7, None, 7, 24, None, 25), "De grootste groep naar regio is ‘A’: 10 partners"),
    ],
)  # fmt: skip
def test_a_table_by_first_year_says_how_many_are_new(release: Release, expected: str) -> None:
    assert said(release) == expected


def test_the_points_say_on_what_before_with_whom_and_say_nothing_twice() -> None:
    region, theme = release_of(9, 8, 7, 24).tables[0], on_subjects("theme", 9, 8, 7, 20).tables[0]
    release = a_release(tables=(region, replace(region, id="weer"), theme))
    assert [each.caption for each in key_figures(release, None)][1:] == ["partners bij de grootste groep naar thema: A"]
    assert [plain(each) for each in main_points(release, None)] == ["De grootste groep naar regio is ‘A’: 9 partners."]


def test_an_edition_is_compared_with_the_latest_before_it_about_the_same() -> None:
    old, older = release_of_year(release_of(1, 1, 1, 3), 2024), release_of_year(release_of(1, 1, 1, 3), 2023)
    other = a_release("x", population="conversation-partners", tables=old.tables, period_until=date(2024, 12, 31))
    assert comparable_with(release_of(1, 1, 1, 3), (other, older, old)) is old
    assert comparable_with(older, (other, older, old)) is None


exact = st.integers(0, 60)


@given(exact, exact, st.sampled_from([1, 3, 5, 10]), st.randoms(use_true_random=False))
def test_surely_more_is_true_of_every_pair_of_true_numbers(left: int, right: int, base: int, random: Any) -> None:
    """Round two true numbers any way the method allows: what is said about the rounded ones holds for the true ones."""
    chosen = [Rounded(random.choice([value // base * base, -(-value // base) * base])) for value in (left, right)]
    seen = [figure(each, bounds(each, base)) for each in chosen]
    for value, one in zip((left, right), seen, strict=True):
        assert one.high is not None
        assert one.low <= value <= one.high
    if is_surely_more(*seen):
        assert left > right


@pytest.mark.parametrize(
    ("content", "interval", "text"),
    [
        (Suppressed(), (0, 0), "0"),
        (Suppressed(), (3, 3), "3"),
        (Suppressed(), (0, 4), "0–4"),
        (Suppressed(), (1, None), "1 of meer"),
        (Rounded(0), (0, 0), "0"),
        (Rounded(5), (1, 9), "1–9"),
        (Shown(7), (0, 9), ""),
    ],
)
def test_a_range_is_what_a_number_can_be_and_one_number_is_no_range(
    content: Content, interval: Interval, text: str
) -> None:
    assert figure(content, interval).range == text
