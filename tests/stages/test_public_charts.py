"""Charts: lengths come from the published number alone, and one hidden cell looks like another."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.stages.a_publication import FORMS, KINDS, PILLARS, a_release, dimension, table
from tweeluik.public.charts import LABEL_WIDTH, WIDEST, Bar, Chart, chart
from tweeluik.public.grid import Grid
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
def test_a_bar_is_as_long_as_its_number_and_no_two_overlap(cells: list[Content]) -> None:
    drawing = a_chart(cells, dimension("kind", KINDS), dimension("pillar", PILLARS, partition=False))
    if drawing is None:
        rows = cells[:15]
        assert all(isinstance(each, Suppressed) or each.value == 0 for each in rows)
        return
    most = max(bar.figure.value or 0 for bar in bars(drawing))
    tops = [bar.top for bar in bars(drawing)]
    assert max(bar.width for bar in bars(drawing)) == WIDEST
    assert all(after - before >= 16 for before, after in itertools.pairwise(tops))
    assert tops[-1] + 16 <= drawing.height
    for bar in bars(drawing):
        assert bar.width == (0 if bar.figure.value is None else round(WIDEST * bar.figure.value / most, 1))


@given(st.lists(st.sampled_from([Shown(7), Suppressed()]), min_size=4, max_size=4))
def test_what_is_hidden_changes_nothing_but_its_own_bars(cells: list[Content]) -> None:
    """The rest of the drawing is the same, whatever is hidden: its size, its labels and the place of every bar."""
    with_hidden = a_chart([Shown(7), *cells[1:]], dimension("form", FORMS))
    without = a_chart([Shown(7)] * 4, dimension("form", FORMS))
    assert with_hidden is not None
    assert without is not None
    assert (with_hidden.height, with_hidden.subtitle) == (without.height, without.subtitle)
    assert [bar.top for bar in bars(with_hidden)] == [bar.top for bar in bars(without)]


def test_a_wide_second_dimension_is_left_to_the_table() -> None:
    drawing = a_chart([Shown(value) for value in range(24)], dimension("kind", KINDS), dimension("form", FORMS))
    assert drawing is not None
    assert drawing.series == ()
    assert [bar.figure.value for bar in bars(drawing)] == [3, 7, 11, 15, 19]


def test_a_long_label_is_broken_where_the_narrowest_screen_ends() -> None:
    long = "Organisatie voor de ondersteuning van vrijwilligers in buurten en wijken " + "x" * 60
    drawing = a_chart([Shown(1), Shown(1)], dimension("kind", [("a", long)]))
    assert drawing is not None
    assert max(map(len, drawing.groups[0].lines)) <= LABEL_WIDTH
    assert drawing.description == f"Staafdiagram. {long}: 1."


def test_without_a_number_above_zero_there_is_no_chart() -> None:
    assert a_chart([Suppressed(), Shown(0), Suppressed()], dimension("kind", [("a", "A"), ("b", "B")])) is None
