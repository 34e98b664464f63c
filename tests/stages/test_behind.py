"""What the audit is told of the source is the source's own: records behind publications, and words that continue words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tests.factories import a_source
from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth, Unit
from tweeluik.pipeline.behind import find_others
from tweeluik.pipeline.continuing import lines, parents
from tweeluik.protection.keys import Keys
from tweeluik.selection.microdata import Microdata
from tweeluik.selection.microdata import Talk as AsKept
from tweeluik.selection.microdata import Unit as OfMemory
from tweeluik.source.records import Source

A, B = ("kind", "a"), ("kind", "b")
FIRST, NEXT, AGAIN = ("2025", 1), ("2026", 1), ("2025", 2)

KEPT: Mapping[Publication, Microdata] = {
    FIRST: Microdata(
        "2025", 1,
        (OfMemory("p", "x", True, (A,)), OfMemory("q", "x", False, (A,)), OfMemory("r", "y", False, (B,))),
        (AsKept("t", ("p", "r"), ("x", "y", "z"), (), "2025-03"),),
    ),
    AGAIN: Microdata("2025", 2, (OfMemory("p", "x", False, (A,)), OfMemory("r", "y", False, (B,))), ()),
    NEXT: Microdata("2026", 1, (OfMemory("p", "x", False, (A,)), OfMemory("r", "y", False, (B,))), ()),
}  # fmt: skip
"""Two of one holding and one more in 2025; the first is named in its first version."""


def handed(**changes: object) -> dict[Publication, Records]:
    """The same with stand-ins; `changes` of the first organisation of 2025."""
    first = replace(Unit("h1", True, frozenset({A})), **changes)  # type: ignore[arg-type]
    unnamed, other = Unit("h1", False, frozenset({A})), Unit("h2", False, frozenset({B}))
    talk = Talk(frozenset({"u1", "u3"}), frozenset({"h1", "h2", "h3"}), frozenset(), "2025-03")
    return {
        FIRST: Records({"u1": first, "u2": unnamed, "u3": other}, {"t1": talk}),
        AGAIN: Records({"u1": replace(unnamed, named=True), "u3": other}),
        NEXT: Records({"u1": unnamed, "u3": other}),
    }


def without_a_guest(truth: Truth) -> Truth:
    (talk,) = truth[FIRST].talks.values()
    return {**truth, FIRST: replace(truth[FIRST], talks={"t1": replace(talk, holdings=talk.holdings - {"h3"})})}


def with_another_at_the_table(truth: Truth) -> Truth:
    (talk,) = truth[FIRST].talks.values()
    return {**truth, FIRST: replace(truth[FIRST], talks={"t1": replace(talk, units=frozenset({"u2", "u3"}))})}


def of_others_the_next_year(truth: Truth) -> Truth:
    """By itself each year is as it was."""
    units = {name: replace(unit, holding=f"{unit.holding} then") for name, unit in truth[NEXT].units.items()}
    return {**truth, NEXT: replace(truth[NEXT], units=units)}


def as_it_is(truth: Truth) -> Truth:
    return truth


def others(truth: Truth) -> list[str]:
    return [each.place.file for each in find_others(KEPT, truth)]


def test_the_same_records_under_other_ids_are_the_same() -> None:
    assert others(handed()) == []


@pytest.mark.parametrize(
    ("changes", "change", "where"),
    [
        ({"holding": "h9"}, as_it_is, {"edities/2025"}),
        ({"named": False}, as_it_is, {"edities/2025"}),
        ({"codes": frozenset({B})}, as_it_is, {"edities/2025"}),
        ({}, without_a_guest, {"edities/2025"}),
        ({}, with_another_at_the_table, {"edities/2025"}),
        ({}, of_others_the_next_year, {"edities/2026"}),
    ],
)
def test_records_that_no_published_number_tells_apart_are_others(
    changes: Mapping[str, object], change: Callable[[Truth], Truth], where: set[str]
) -> None:
    assert where <= {*others(change(handed(**changes)))}


def test_of_a_publication_that_is_not_handed_the_audit_itself_says_so() -> None:
    assert others({key: records for key, records in handed().items() if key == FIRST}) == []


def with_new_names() -> Source:
    """A kind goes on under another code, and a theme is divided."""
    source = a_source()
    words, agenda = source.vocabulary, source.agenda
    old, other, *_ = words.kinds
    kinds = (replace(old, last=2025), replace(old, code="fonds", first=2026, replaces=(old.code,)), other)
    whole, *rest = agenda.themes
    parts = [replace(whole, code=f"1.{n}", label=f"Deel {n}", first=2026, replaces=("1.1",)) for n in (8, 9)]
    themes = (replace(whole, last=2025), *parts, *rest)
    return replace(source, vocabulary=replace(words, kinds=kinds), agenda=replace(agenda, themes=themes))


@pytest.mark.parametrize("source", [a_source(), with_new_names()], ids=["as it is", "with new names"])
def test_the_words_are_those_that_protection_goes_by(source: Source) -> None:
    keys = Keys(source.agenda, source.vocabulary)
    assert parents(source) == {pair: found[0] for pair, found in keys.ancestors.items()}
    assert lines(source) == keys.lines


def test_a_kind_under_another_code_and_a_divided_theme_have_lines() -> None:
    told = lines(with_new_names())
    assert told["kind", "fonds"] == told["kind", "stichting"] == {"stichting>fonds"}
    assert told["theme", "1.1"] == told["theme", "1.8"] | told["theme", "1.9"]
