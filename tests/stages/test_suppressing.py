"""Suppression: sensitive cells hidden, costs that nobody can repeat, and no line in which only small numbers are hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tests.generated import generate
from tweeluik.protection.editions import protect_editions
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.cell import Suppressed
from tweeluik.source.records import Source


def protect(source: Source) -> ProtectedEdition:
    return protect_editions(source, {})[0]


def hidden(protected: ProtectedEdition) -> set[int]:
    return {i for i, content in enumerate(protected.by_unknown) if isinstance(content, Suppressed)}


@pytest.mark.parametrize("seed", range(20, 30))
def test_every_sensitive_cell_is_hidden(seed: int) -> None:
    protected = protect(generate(seed, "suppression"))
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
    source = generate(31, "suppression")
    renamed = replace(
        source, partners=tuple(replace(each, name=f"Anders {n}") for n, each in enumerate(reversed(source.partners)))
    )
    assert protect(source).contents == protect(renamed).contents


def test_another_key_may_hide_other_cells_but_never_shows_a_sensitive_one() -> None:
    source = generate(26, "suppression")
    patterns = {frozenset(hidden(protect(replace(source, protection_key=f"{n:064x}")))) for n in range(12)}
    sensitive = protect(source).linked.sensitive
    assert all(sensitive <= pattern for pattern in patterns)
    assert len(patterns) > 1
