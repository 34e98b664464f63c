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


def a_ring(kinds: str) -> list[Told]:
    """Kinds two by two in one publication, and two by two otherwise in another."""
    twos = ([kinds[n - first] + "+" + kinds[n - first + 1] for n in range(0, len(kinds), 2)] for first in (0, 1))
    return [told(place, code) for place, codes in enumerate(twos) for code in codes]


@pytest.mark.parametrize(("many", "asked"), [(MOST, True), (MOST + 2, False)])
def test_of_more_than_so_many_that_hang_together_there_are_no_sets(many: int, *, asked: bool) -> None:
    assert bool([*otherwise(a_ring("abcdefghijklmnop"[:many]))]) is asked


def test_what_hangs_not_together_is_apart_however_much_it_is() -> None:
    """And is the rest of each other."""
    found = [*otherwise([*a_ring("abcdefgh"), *a_ring("ijklmnop")])]
    assert [each.mixed for each in found] == [frozenset("abcdefgh"), frozenset("ijklmnop")]
    assert {len(each.sets) for each in found} == {2**9 - 1}


def test_of_two_pairs_that_a_third_ties_there_is_one_whichever_comes_first() -> None:
    codes = ("a+b", "b+c", "d+e", "e+f", "c+d")
    assert [each.mixed for each in otherwise(of(*codes))] == [frozenset("abcdef")]


def test_lines_in_the_same_cells_are_one() -> None:
    """Whoever is with b, c or d is in both, and nobody tells which."""
    lines = "+".join("bcdefghijklmnop")
    (found,) = otherwise(of(f"a+{lines}", f"{lines}+q"))
    assert found.mixed == {"a", "b", "q"}
    assert [len(each) for each in found.cells.values()] == [2, 2]


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
