"""Rounded numbers that may not go the other way: what all publications together ask for turns others in their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories import a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.beside import Beside
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Key
from tweeluik.protection.rounding import one_way
from tweeluik.protection.worlds.moves import Rooms
from tweeluik.protection.worlds.open_cells import OpenCells
from tweeluik.protection.worlds.proof import Prover
from tweeluik.record.cell import Rounded
from tweeluik.source.records import Source


def source(talks: int) -> Source:
    """Of seven in 2025 and 2026 one had so many conversations, the others two each."""
    work = (a_collaboration(2025), a_collaboration(2026))
    kinds = ("stichting", *["vereniging"] * 6)
    members = tuple(a_partner(f"p-{n}", kind=kind, collaborations=work) for n, kind in enumerate(kinds))
    had = [a_conversation(date(2025, 1, 1 + n), "p-0") for n in range(talks)]
    had += [a_conversation(date(2025, 2, 1 + n), f"p-{1 + n % 6}") for n in range(12)]
    tables = (a_table("partners", "kind"), replace(a_table("conversations", "kind"), id="gesprekken"))
    made = a_source(members, tuple(had))
    return replace(
        made, editions=(an_edition(*tables, protection="rounding", status="final"),), protection_key="a" * 64
    )


OF_ONE: Key = ("conversations", frozenset({("kind", "stichting")}))


def one_way_of(talks: int) -> set[Key]:
    (protected,) = prove_editions(source(talks), {}).editions
    unknowns = protected.linked.unknowns.all
    return {unknowns[i].key for i in one_way(protected.linked, protected.by_unknown)}


def test_conversations_of_one_organisation_leave_room_above() -> None:
    """Of four, "five and more" must stay possible: that is 5, and never 0, which says "four at most"."""
    (protected,) = prove_editions(source(4), {}).editions
    assert protected.published[OF_ONE] == Rounded(5)
    assert OF_ONE in one_way_of(4)


def test_where_both_ways_leave_room_either_will_do() -> None:
    """Of three, "four" is possible in 0 and in 5."""
    assert OF_ONE not in one_way_of(3)


def opened(talks: int) -> tuple[Rooms, int]:
    """What may change when all is asked together, and the number of conversations of the one."""
    asked = source(talks)
    noise = KeyedNoise.of(asked)
    beside = Beside(asked, {}, {}, noise)
    made = prove_editions(asked, {}).editions
    drafts, truth = beside._drafts(made, ()), beside._truth(made, ())
    prover = Prover([each.edition() for each in drafts], truth, beside.rules, beside.agenda, Effort.endless())
    rooms, _ = OpenCells(prover, {each.name: each for each in drafts}, noise).rooms()
    (cell,) = (i for i, each in enumerate(prover.everything.cells) if (each.counts, each.pairs) == OF_ONE)
    return rooms, cell


def test_all_together_do_not_turn_what_goes_one_way() -> None:
    rooms, cell = opened(4)
    assert cell in rooms.fixed
    assert cell not in rooms.turns
    rooms, cell = opened(3)
    assert cell in rooms.turns
