"""Suppression: sensitive cells hidden, costs that nobody can repeat, and no line in which only small numbers are hidden."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.factories import HERE, a_collaboration, a_partner, a_source, a_table, an_edition
from tests.generated import generate
from tweeluik.disclosure.attack import interval
from tweeluik.protection.decoys import with_decoys
from tweeluik.protection.differences import Standing
from tweeluik.protection.editions import protect_editions
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.suppressing import suppression_system
from tweeluik.record.cell import Suppressed
from tweeluik.source.records import Source, Term


def protect(source: Source) -> ProtectedEdition:
    return protect_editions(source, {})[0]


@cache
def protected_by_chance(seed: int) -> ProtectedEdition:
    """Of a generated source, made once for all who ask."""
    return protect(generate(seed, "suppression"))


def hidden(protected: ProtectedEdition) -> set[int]:
    return {i for i, content in enumerate(protected.by_unknown) if isinstance(content, Suppressed)}


@pytest.mark.parametrize("seed", range(20, 30))
def test_every_sensitive_cell_is_hidden(seed: int) -> None:
    protected = protected_by_chance(seed)
    assert protected.linked.sensitive <= hidden(protected)


def by_theme(*numbers: int) -> Source:
    """So many partners on measure 1.1a, 1.2a and 2.1a, each on one."""
    partners = tuple(
        a_partner(f"p-{measure}-{n}", collaborations=(a_collaboration(2025, measure),))
        for measure, number in zip(("1.1a", "1.2a", "2.1a"), numbers, strict=True)
        for n in range(number)
    )
    return replace(a_source(partners), editions=(an_edition(a_table("partners", "theme")),))


@pytest.mark.parametrize("numbers", [(3, 9, 8), (9, 9, 2), (1, 20, 0)])
def test_a_small_number_is_never_the_only_one_hidden_among_categories_that_do_not_add_up(
    numbers: tuple[int, int, int],
) -> None:
    protected = protect(by_theme(*numbers))
    assert len(protected.linked.sensitive) == 1
    assert len(hidden(protected)) == 2


def test_where_no_number_is_small_nothing_is_hidden() -> None:
    assert hidden(protect(by_theme(7, 9, 8))) == set()


def test_the_order_and_the_names_of_the_source_decide_nothing() -> None:
    source = generate(25, "suppression")
    renamed = replace(
        source, partners=tuple(replace(each, name=f"Anders {n}") for n, each in enumerate(reversed(source.partners)))
    )
    assert protected_by_chance(25).contents == protect(renamed).contents


def test_another_key_may_hide_other_cells_but_never_shows_a_sensitive_one() -> None:
    source = generate(22, "suppression")
    patterns = {frozenset(hidden(protect(replace(source, protection_key=f"{n:064x}")))) for n in range(3)}
    sensitive = protected_by_chance(22).linked.sensitive
    assert len(sensitive) > 1
    assert all(sensitive <= pattern for pattern in patterns)
    assert len(patterns) > 1


def by_region(*numbers: int) -> Source:
    """So many partners in each of as many regions, in a table of one dimension that adds up."""
    source = a_source()
    regions = tuple(Term(f"r{n}", f"r{n}", None, HERE) for n in range(len(numbers)))
    partners = tuple(a_partner(f"p-{r}-{n}", region=f"r{r}") for r, number in enumerate(numbers) for n in range(number))
    return replace(
        source,
        vocabulary=replace(source.vocabulary, regions=regions),
        partners=partners,
        editions=(an_edition(a_table("partners", "region")),),
    )


@pytest.mark.parametrize("numbers", [(3, 9, 8, 12), (2, 30, 40, 50, 60), (9, 4, 9)])
def test_two_are_never_alone_in_a_table_of_one_dimension(numbers: tuple[int, ...]) -> None:
    protected = protect(by_region(*numbers))
    assert len(protected.linked.sensitive) == 1
    assert len(hidden(protected)) == 3


@pytest.mark.parametrize(
    ("numbers", "many"), [((4, 4, 3, 3, 20, 21, 22), 6), ((4, 4, 3, 20, 21, 22), 5), ((4, 3, 20, 9), 3)]
)
def test_at_most_two_thirds_of_what_is_hidden_in_one_dimension_is_small(numbers: tuple[int, ...], many: int) -> None:
    """Small numbers can hide each other; then who sees a hidden one would know that it is small."""
    protected = protect(by_region(*numbers))
    small = sum(0 < number < 5 for number in numbers)
    assert len(protected.linked.sensitive) == small
    assert len(hidden(protected)) == many
    assert 3 * small <= 2 * many


def test_a_decoy_might_be_small_to_whoever_reckons() -> None:
    found = 0
    for seed in range(20, 30):
        linked, chance = protected_by_chance(seed).linked, KeyedNoise.of(generate(seed, "suppression"))
        system = suppression_system(linked, Standing.of(linked.unknowns, ()), chance, "2025")
        more = with_decoys(linked, system, linked.sensitive, chance, "2025")
        for i in more - linked.sensitive:
            low, high = interval(system, more, i, 0)
            assert low < linked.limits.threshold <= high
            found += 1
    assert found > 4


def test_the_key_decides_which_cell_is_the_decoy() -> None:
    source = by_region(3, 9, 9, 9, 9, 10, 10, 11)
    patterns = {frozenset(hidden(protect(replace(source, protection_key=f"{n:064x}")))) for n in range(12)}
    assert len(patterns) > 4
    assert {len(pattern) for pattern in patterns} == {3}
