"""What publications take together otherwise: which sets of categories a conversation may be with."""

from __future__ import annotations

import pytest

from tweeluik.checks.audit.atoms import MOST, across, otherwise
from tweeluik.checks.audit.questions import Label
from tweeluik.checks.audit.system import Bounds
from tweeluik.checks.audit.told import Told


def told(place: int, code: str, *beside: tuple[str, str]) -> Told:
    """A number of conversations with what a publication (by its place) takes together as one kind."""
    return Told(place, frozenset({("kind", code), *beside}), "t", Label(("2025", place)), Bounds(0, None), shown=False)


def of(*codes: str) -> list[Told]:
    """A number per publication."""
    return [told(place, code) for place, code in enumerate(codes)]


@pytest.mark.parametrize(
    ("codes", "mixed"),
    [
        (("a+b", "b+c", "a+c"), {"a", "b", "c"}),
        (("a+b", "b+c"), {"a", "b", "c"}),
        (("a+b", "a"), set()),
        (("a+b", "c+d"), set()),
        (("a+b", "a+b"), set()),
    ],
    ids=["two by two", "one in both", "a part of it", "apart", "the same"],
)
def test_mixed_is_what_is_taken_together_otherwise_neither_apart_nor_one_in_the_other(
    codes: tuple[str, ...], mixed: set[str]
) -> None:
    found = [*otherwise(of(*codes))]
    assert [each.mixed for each in found] == ([frozenset(mixed)] if mixed else [])
    assert [len(each.sets) for each in found] == [2 ** len(mixed) - 1] * bool(mixed)


def test_a_conversation_with_two_of_them_is_in_every_cell_that_has_one_of_them() -> None:
    (found,) = otherwise(of("a+b", "b+c"))
    one, other = (each.pairs for each in of("a+b", "b+c"))
    assert {found.sets[place] for place in found.inside(one, other)} == {
        frozenset("b"), frozenset("ab"), frozenset("bc"), frozenset("ac"), frozenset("abc"),
    }  # fmt: skip
    assert {found.sets[place] for place in found.surely(one)} == {each for each in found.sets if each & {*"ab"}}


def test_whoever_is_with_the_rest_may_be_in_a_cell_that_has_some_of_it() -> None:
    (found,) = otherwise([*of("a+b", "b+c"), told(2, "d")])
    only = told(2, "d").pairs
    assert [*found.surely(only)] == []
    assert [*found.possibly(only)] == [*found.resting()] != []


@pytest.mark.parametrize(("many", "asked"), [(MOST, True), (MOST + 1, False)])
def test_of_more_than_so_many_only_sums_of_cells_are_asked(many: int, *, asked: bool) -> None:
    lines = [f"k{n}" for n in range(many)]
    assert bool([*otherwise(of("+".join(lines[:-1]), "+".join(lines[1:])))]) is asked


def test_what_is_beside_different_categories_is_not_compared() -> None:
    form = ("form", "gesprek")
    assert not [*otherwise([told(0, "a+b", form), told(1, "b+c")])]
    (found,) = otherwise([told(0, "a+b", form), told(1, "b+c", form)])
    assert found.whole == frozenset({form})


def test_asked_at_once_are_two_or_three_of_different_publications_with_something_in_common() -> None:
    two_by_two = of("a+b", "b+c", "a+c")
    assert {len(each) for each in across(two_by_two)} == {2}  # nothing is in all three
    assert {len(each) for each in across(of("a+b+d", "b+c+d", "a+c+d"))} == {2, 3}
    assert not [*across([told(0, "a+b"), told(0, "b+c")])]
    assert not [*across(of("a+b", "a"))]
