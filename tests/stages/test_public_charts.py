"""Charts: lengths come from the published number alone, and one hidden cell looks like another."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.a_publication import FORMS, KINDS, PILLARS, a_release, dimension, table
from tweeluik.public.charts import LABEL_WIDTH, NARROWEST, WIDEST, Bar, Chart, chart, end_of, in_order
from tweeluik.public.grid import Grid
from tweeluik.public.message import plain
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed

contents = st.one_of(
    st.integers(0, 3000).map(Shown),
    st.integers(0, 600).map(lambda value: Rounded(5 * value)),
    st.just(Suppressed()),
)


def a_chart(cells: list[Content], *sides: Any) -> Chart | None:
    made = table("t", "Titel", "partners", sides, cells, make=lambda content: content)
    return chart(Grid(a_release(tables=(made,), rounding_base=5), made))


def bars(drawing: Chart) -> list[Bar]:
    return [bar for group in drawing.groups for bar in group.bars]


@given(st.lists(contents, min_size=18, max_size=18))
def test_a_bar_is_as_long_as_its_number_surely_is_its_band_as_it_may_be_and_no_two_overlap(
    cells: list[Content],
) -> None:
    drawing = a_chart(cells, dimension("kind", KINDS), dimension("pillar", PILLARS, partition=False))
    totals = cells[2:15:3]
    if drawing is None:
        hidden = [each for each in totals if isinstance(each, Suppressed)]
        assert 2 * len(hidden) > len(totals) or all(
            isinstance(each, Suppressed) or not each.value for each in cells[:15]
        )
        return
    most = max(end_of(bar.figure) for bar in bars(drawing) if bar.figure.value)
    tops = [bar.top for bar in bars(drawing)]
    assert max(bar.end for bar in bars(drawing)) == drawing.longest <= WIDEST
    assert all(after - before >= 16 for before, after in itertools.pairwise(tops))
    assert tops[-1] + 16 <= drawing.height
    for bar in bars(drawing):
        low, high = bar.figure.low, most if bar.figure.high is None else bar.figure.high
        assert (bar.sure, bar.end) == tuple(round(drawing.longest * min(each, most) / most, 1) for each in (low, high))
        assert bool(bar.band) == (bar.end > bar.sure)


@given(st.permutations([Shown(7), Shown(9), Suppressed(), Suppressed(), Shown(9)]))
def test_an_order_tells_nothing_that_a_number_does_not(cells: list[Content]) -> None:
    """By what is published, equal ones by their codes; what is not shown last, by code: never by what is behind it."""
    kinds = [(f"k{at}", f"Soort {at}") for at in range(5)]
    made = table("t", "T", "partners", (dimension("kind", kinds),), [*cells, Shown(100)], make=lambda content: content)
    drawn = [each.code for each in in_order(Grid(a_release(tables=(made,)), made))]
    by_code = {code: content for (code, _), content in zip(kinds, cells, strict=True)}
    shown = [(-content.value, code) for code, content in by_code.items() if isinstance(content, Shown)]
    hidden = sorted(code for code, content in by_code.items() if isinstance(content, Suppressed))
    assert drawn == [code for _, code in sorted(shown)] + hidden


def test_what_has_an_order_of_its_own_keeps_it() -> None:
    themes = [("1.1", "Een"), ("1.2", "Twee"), ("1.10", "Tien")]
    made = table("t", "T", "partners", (dimension("theme", themes, partition=False),), [5, 9, 7, 20])
    assert [each.code for each in in_order(Grid(a_release(tables=(made,)), made))] == ["1.1", "1.2", "1.10"]


@pytest.mark.parametrize(("years", "title"), [(2, "nieuw in 2026"), (3, "De grootste groep naar soort organisatie is")])
def test_the_title_of_a_drawing_is_about_what_is_drawn(years: int, title: str) -> None:
    """Two first years stand beside the total of every group; of three the table tells, and the bars do not."""
    first = [(str(2027 - years + at), f"Jaar {at}") for at in range(years)]
    cells: list[Content] = [Shown(each) for group in (40, 20, 60) for each in (*[group // years] * years, group)]
    drawing = a_chart(cells, dimension("kind", [("a", "A"), ("b", "B")]), dimension("first_year", first))
    assert drawing is not None
    assert bool(drawing.series) is (years < 3)
    assert title in plain(drawing.title)


def test_a_table_that_hides_most_of_its_groups_has_no_chart() -> None:
    assert a_chart([Suppressed(), Suppressed(), Shown(9), Shown(40)], dimension("form", FORMS)) is None


def test_the_band_of_what_may_be_anything_ends_where_the_longest_bar_does() -> None:
    drawing = a_chart([Shown(7), Shown(20), Suppressed(), Suppressed()], dimension("form", FORMS))
    assert drawing is not None
    assert [(bar.sure, bar.end) for bar in bars(drawing)] == [(42, 42), (14.7, 14.7), (0, 42)]


@given(st.lists(contents, min_size=6, max_size=6))
def test_on_the_narrowest_screen_every_number_has_room_behind_its_bar(cells: list[Content]) -> None:
    """Seven pixels for a sign, as wide as those of the widest font that is on systems."""
    drawing = a_chart(cells, dimension("kind", KINDS))
    for bar in bars(drawing) if drawing else ():
        assert bar.end * NARROWEST / 100 + 6 + 7 * len(bar.figure.full) <= NARROWEST + 1


@pytest.mark.parametrize(("count", "sizes"), [(15, [15]), (16, [8, 8]), (41, [6, 7, 7, 7, 7, 7])])
def test_a_long_drawing_is_in_parts_that_follow_one_another_and_fit_a_page(count: int, sizes: list[int]) -> None:
    kinds = dimension("kind", [(f"k{at:02}", f"Soort {at}") for at in range(count)])
    drawing = a_chart([Shown(at) for at in range(count + 1)], kinds)
    assert drawing is not None
    assert [len(each.groups) for each in drawing.parts] == sizes
    assert [group for each in drawing.parts for group in each.groups] == list(drawing.groups)
    assert [each.top for each in drawing.parts] == [each.groups[0].top for each in drawing.parts]
    assert sum(each.height for each in drawing.parts) == drawing.height


def test_a_wide_second_dimension_is_left_to_the_table() -> None:
    drawing = a_chart([Shown(value) for value in range(24)], dimension("kind", KINDS), dimension("form", FORMS))
    assert drawing is not None
    assert drawing.series == ()
    assert [bar.figure.value for bar in bars(drawing)] == [19, 15, 11, 7, 3]


def test_a_long_label_is_broken_where_the_narrowest_screen_ends() -> None:
    long = "Organisatie voor de ondersteuning van vrijwilligers in buurten en wijken " + "x" * 60
    drawing = a_chart([Shown(1), Shown(1)], dimension("kind", [("a", long)]))
    assert drawing is not None
    assert max(map(len, drawing.groups[0].lines)) <= LABEL_WIDTH
    assert drawing.description == f"Staafdiagram. {long}: 1."


def test_without_a_number_above_zero_there_is_no_chart() -> None:
    assert a_chart([Suppressed(), Shown(0), Suppressed()], dimension("kind", [("a", "A"), ("b", "B")])) is None
