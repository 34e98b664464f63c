"""What a build makes is gone when nobody asks for it any more, without being looked through for cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from tests.stages.some_worlds import THIS, a_table, hiding, published, release_of, units
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.worlds import Records
from tweeluik.cli.making import _without_looking_for_cycles, look_for_cycles_again
from tweeluik.protection.worlds.proof import Prover


@pytest.fixture(autouse=True)
def nobody_looks() -> Iterator[None]:
    """Afterwards as it was."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


def test_of_a_search_for_worlds_nothing_is_left() -> None:
    records = Records(units((2, "kind:a"), (3, "kind:b"), (9, "kind:c")))
    editions = published(release_of(THIS, a_table(records, "soort", "partners", "kind", hides=hiding(soort="a b"))))
    prover = Prover(editions, {THIS: records}, Rules(5, 10), {})
    assert prover.prove().worlds
    people, crowd = ref(prover.people), ref(prover.people.crowd)
    del prover
    assert people() is None
    assert crowd() is None


def test_what_was_made_is_looked_through_only_where_the_same_is_made_again() -> None:
    with _without_looking_for_cycles():
        made = [[number] for number in range(10)]
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(made)
    look_for_cycles_again()
    assert not gc.get_freeze_count()
