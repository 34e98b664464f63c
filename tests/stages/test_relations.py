"""What binds the cells of an edition: true of every source, and what follows from the names of the categories alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.disclosure.system import Constraint
from tweeluik.protection.keys import Keys
from tweeluik.protection.relations import relations
from tweeluik.protection.unknowns import Unknowns
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.records import Source, TableSpec

MEASURES = ("1.1a", "1.1b", "1.2a", "2.1a")


def unknowns_of(source: Source, *tables: TableSpec) -> Unknowns:
    selection = select(source, an_edition(*(replace(table, id=f"t{n}") for n, table in enumerate(tables))))
    return Unknowns(selection, tabulate(source, selection), Keys(source.agenda))


@st.composite
def sources(draw: st.DrawFn) -> Source:
    partners = tuple(
        a_partner(
            f"p-{n}",
            kind=draw(st.sampled_from(["stichting", "vereniging"])),
            region=draw(st.sampled_from(["NL31", "NL"])),
            collaborations=(a_collaboration(2025, *draw(st.sets(st.sampled_from(MEASURES), min_size=1))),),
        )
        for n in range(draw(st.integers(1, 8)))
    )
    talks = tuple(
        a_conversation(
            date(2025, 1, 1 + n),
            *draw(st.sets(st.sampled_from([each.id for each in partners]), min_size=1, max_size=3)),
            form=draw(st.sampled_from(["gesprek", "werkbezoek"])),
            measures=tuple(draw(st.sets(st.sampled_from(MEASURES), min_size=1))),
        )
        for n in range(draw(st.integers(0, 8)))
    )
    return a_source(partners, talks)


dimensions = {
    "partners": ("kind", "region", "pillar", "theme", "measure", "first_year"),
    "conversations": ("kind", "region", "pillar", "theme", "measure", "form"),
}
tables = st.sampled_from(sorted(dimensions)).flatmap(
    lambda counts: st.lists(st.sampled_from(dimensions[counts]), min_size=1, max_size=2, unique=True).map(
        lambda names: a_table(counts, *names)
    )
)


def holds(constraint: Constraint, values: list[int]) -> bool:
    total = sum(coefficient * values[i] for i, coefficient in constraint.terms)
    return (constraint.lower is None or total >= constraint.lower) and (
        constraint.upper is None or total <= constraint.upper
    )


@given(sources(), st.lists(tables, min_size=1, max_size=5))
def test_the_truth_never_breaks_what_readers_may_rely_on(source: Source, specs: list[TableSpec]) -> None:
    unknowns = unknowns_of(source, *specs)
    values = [unknown.value for unknown in unknowns.every]
    assert all(holds(constraint, values) for constraint in relations(unknowns))


def named(unknowns: Unknowns, constraint: Constraint) -> tuple[dict[str, int], bool]:
    words = {i: " ".join(sorted(code for _, code in each.key[1])) or "total" for i, each in enumerate(unknowns.every)}
    return {words[i]: int(coefficient) for i, coefficient in constraint.terms}, constraint.is_equation


@pytest.mark.parametrize(
    ("specs", "expected"),
    [
        ([("partners", "kind")], ({"stichting": 1, "vereniging": 1, "total": -1}, True)),
        ([("partners", "pillar")], ({"1": 1, "2": 1, "total": -1}, False)),
        ([("partners", "pillar")], ({"1": -1, "total": 1}, False)),
        ([("partners", "theme"), ("partners", "pillar")], ({"1.1": -1, "1": 1}, False)),
        ([("partners", "theme"), ("partners", "pillar")], ({"1.1": 1, "1.2": 1, "1": -1}, False)),
        ([("partners", "measure"), ("partners", "pillar")], ({"2.1a": -1, "2": 1}, False)),
        ([("partners", "measure"), ("partners", "pillar")], ({"1.1a": 1, "1.1b": 1, "1.2a": 1, "1": -1}, False)),
        ([("partners", "pillar", "theme")], ({"1 2.1": 1, "1": -1, "2.1": -1, "total": 1}, False)),
        (
            [("conversations", "kind", "pillar")],
            ({"1": 1, "2": 1, "1 stichting": -1, "2 stichting": -1, "stichting": 1, "total": -1}, False),
        ),
        ([("partners", "pillar")], ({"total": 1, "1": -1, "not 1": -1}, True)),
        ([("partners", "pillar")], ({"1": 1, "2": 1, "total": -1, "1 2": -1}, True)),
        ([("partners", "kind", "theme")], ({"stichting": 1, "1.1 stichting": -1, "not 1.1 stichting": -1}, True)),
    ],
)
def test_readers_may_rely_on(specs: list[tuple[str, ...]], expected: tuple[dict[str, int], bool]) -> None:
    source = a_source((a_partner(),))
    unknowns = unknowns_of(source, *(a_table(*spec) for spec in specs))
    assert expected in [named(unknowns, constraint) for constraint in relations(unknowns)]


def test_the_same_margin_in_two_tables_is_one_unknown() -> None:
    unknowns = unknowns_of(
        a_source((a_partner(),)), a_table("partners", "kind", "region"), a_table("partners", "region", "pillar")
    )
    assert len(unknowns.all) == 9 + 6


def test_the_only_category_of_a_dimension_is_one_with_its_total() -> None:
    source = a_source((a_partner(),))
    assert len(unknowns_of(source, a_table("partners", "first_year")).all) == 1


def test_what_follows_by_subtraction_is_who_is_left() -> None:
    partners = (*(a_partner(f"p-{n}", collaborations=(a_collaboration(2025, "1.1a", "2.1a"),)) for n in range(3)),
                *(a_partner(f"q-{n}", collaborations=(a_collaboration(2025, "1.1a"),)) for n in range(2)))  # fmt: skip
    unknowns = unknowns_of(a_source(partners), a_table("partners", "pillar"))
    left = {
        " ".join(sorted(code for _, code in each.key[1])): each.members
        for each in unknowns.every[len(unknowns.index) :]
    }
    assert left == {"not 1": set(), "not 2": {"q-0", "q-1"}, "1 2": {"p-0", "p-1", "p-2"}}


def test_categories_that_add_up_leave_nothing_to_subtract() -> None:
    assert unknowns_of(a_source((a_partner(),)), a_table("partners", "kind", "region")).complements == ()
