"""Everything ever published: other worlds answer what readers can ask, or numbers are hidden until they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tests.stages.a_publication import a_release
from tweeluik.checks.audit.worlds import Pair
from tweeluik.protection import editions
from tweeluik.protection.beside import Beside
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.history import History
from tweeluik.protection.worlds.lives import Codes, Span
from tweeluik.protection.worlds.other_lives import OtherLives
from tweeluik.protection.worlds.world import NOBODY
from tweeluik.record.cell import TOTAL, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import ReleasedTable
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.records import Correction, Edition, Naming, Partner, Period, Protection, TableSpec

YEAR_2026 = Period(date(2026, 1, 1), date(2026, 12, 31))


def table(identity: str, rows: str, columns: str | None = None) -> TableSpec:
    return replace(a_table("partners", rows, columns), id=identity)


def final(*tables: TableSpec, id: str = "2025", protection: Protection = "suppression") -> Edition:
    return an_edition(*tables, id=id, status="final", protection=protection)


def partners(*groups: tuple[int, str, tuple[str, ...]]) -> tuple[Partner, ...]:
    """(how many, kind, measures) each."""
    every = [(kind, measures) for number, kind, measures in groups for _ in range(number)]
    return tuple(
        a_partner(f"p-{n:03}", kind=kind, collaborations=(a_collaboration(2025, *measures),))
        for n, (kind, measures) in enumerate(every)
    )


def proven(members: tuple[Partner, ...], *editions: Edition) -> Proven:
    return prove_editions(replace(a_source(members), editions=editions), {})


def cells(made: Proven, edition: int = 0, number: int = 0) -> dict[str, Content]:
    return {codes[0]: content for codes, content in made.editions[edition].contents[number].items()}


# --- what readers subtract --------------------------------------------------------------------------------------------


def test_a_pillar_less_its_theme_in_another_table_does_not_single_out_an_organisation() -> None:
    members = partners((27, "stichting", ("1.1a",)), (1, "stichting", ("1.2a",)), (9, "stichting", ("2.1a",)))
    made = proven(members, final(table("pijler", "pillar"), table("thema", "theme")))
    pillars, themes = cells(made, number=0), cells(made, number=1)
    assert Suppressed() in (pillars["1"], themes["1.1"])


def test_one_organisation_in_several_of_three_themes_does_not_follow_from_the_sum() -> None:
    members = partners((14, "stichting", ("1.1a",)), (9, "stichting", ("1.2a",)), (1, "stichting", ("1.1a", "1.2a")),
                       (6, "stichting", ("2.1a",)))  # fmt: skip
    assert Suppressed() in cells(proven(members, final(table("thema", "theme")))).values()


def test_two_editions_over_one_year_hide_the_same_numbers() -> None:
    members = partners((3, "stichting", ("1.1a",)), (20, "vereniging", ("1.1a",)))
    made = proven(members, final(table("a", "kind")), final(table("b", "kind"), id="2025-en"))
    for kind in ("stichting", TOTAL):
        shown = [each[kind] for each in (cells(made, 0), cells(made, 1))]
        others = [each["vereniging"] for each in (cells(made, 0), cells(made, 1))]
        assert not all(isinstance(each, Shown) for each in (*shown, *others))
    assert cells(made, 0)["stichting"] == cells(made, 1)["stichting"] == Suppressed()


def test_nobody_can_be_sure_that_all_of_a_kind_are_in_one_pillar() -> None:
    members = partners((12, "stichting", ("1.1a",)), (17, "vereniging", ("2.1a",)))
    made = proven(members, final(table("soort", "kind", "pillar")))
    assert made.editions[0].contents[0]["stichting", "1"] == Suppressed()


# --- who is known by name ---------------------------------------------------------------------------------------------


def named(members: tuple[Partner, ...], number: int) -> tuple[Partner, ...]:
    consent = (Naming("2025", date(2025, 2, 1), None, a_partner().place),)
    return tuple(replace(each, named_in=consent) if i < number else each for i, each in enumerate(members))


@pytest.mark.parametrize("protection", ["suppression", "rounding"])
def test_with_everybody_named_every_number_of_partners_is_exact(protection: Protection) -> None:
    members = partners((3, "stichting", ("1.1a",)), (8, "vereniging", ("2.1a",)))
    made = proven(named(members, len(members)), final(table("soort", "kind"), protection=protection))
    assert cells(made) == {"stichting": Shown(3), "vereniging": Shown(8), TOTAL: Shown(11)}


def test_the_named_part_is_exact_and_the_rest_is_rounded() -> None:
    members = partners((7, "stichting", ("1.1a",)), (23, "vereniging", ("2.1a",)))
    made = cells(proven(named(members, 6), final(table("soort", "kind"), protection="rounding")))
    assert made["stichting"] in (Rounded(6), Rounded(11))


# --- worlds -----------------------------------------------------------------------------------------------------------


def test_every_world_that_proves_something_differs_in_few_records() -> None:
    members = partners((3, "stichting", ("1.1a",)), (20, "vereniging", ("1.1a", "2.1a")))
    made = proven(members, final(table("soort", "kind", "pillar"), protection="rounding"))
    assert made.handed is not None
    assert made.handed.worlds
    assert all(len({name for _, name in world.units}) < len(members) for world in made.handed.worlds)


def test_one_organisation_alone_is_not_told_by_any_number() -> None:
    made = cells(proven(partners((1, "stichting", ("1.1a",))), final(table("soort", "kind"))))
    assert made["stichting"] == made[TOTAL] == Suppressed()


SPANS = (
    Span(("2025", 1), (2025,), {"kind": ("a", "b"), "theme": ("1.1", "1.2"), "first_year": ("2025",)}),
    Span(("2025-2026", 1), (2025, 2026), {"pillar": ("1",), "theme": ("1.1", "1.2")}),
    Span(("2026", 1), (2026,), {"kind": ("a", "b"), "theme": ("1.1", "1.2"), "first_year": ("2025", "2026")}),
)
ABOVE: dict[Pair, Pair] = {("theme", "1.1"): ("pillar", "1"), ("theme", "1.2"): ("pillar", "1")}


def in_2025(*themes: str) -> Codes:
    return frozenset({("kind", "a"), ("first_year", "2025"), *(("theme", each) for each in themes)})


@pytest.mark.parametrize(
    "records",
    [
        {0: in_2025("1.1"), 1: frozenset({("pillar", "1"), ("theme", "1.1")})},
        {0: in_2025("1.1"), 1: frozenset({("pillar", "1"), ("theme", "1.1"), ("theme", "1.2")}), 2: in_2025("1.2")},
        {1: frozenset({("pillar", "1"), ("theme", "1.2")})},
        {2: in_2025("1.1")},
    ],
)
def test_a_life_gives_its_records_again(records: dict[int, Codes]) -> None:
    history = History(SPANS, ABOVE)
    life = history.life(records)
    assert {i: codes for i in range(len(SPANS)) if (codes := history.codes(life, i)) is not None} == records


def test_another_life_says_the_same_in_all_publications_over_the_same_days() -> None:
    history = History((SPANS[0], replace(SPANS[0], name=("2025-en", 1))), ABOVE)
    life = history.life({0: in_2025("1.1"), 1: in_2025("1.1")})
    others = tuple(OtherLives(history).neighbours(life))
    assert len(others) > 1
    assert [each for each in others if history.codes(each, 0) != history.codes(each, 1)] == []


def test_who_came_in_a_year_that_no_publication_tells_of_might_have_been_otherwise_too() -> None:
    history = History((SPANS[0], Span(("2026", 1), (2026,), {"kind": ("a", "b"), "theme": ("1.1", "1.2")})), ABOVE)
    came = history.life({1: frozenset({("kind", "a"), ("theme", "1.1")})})
    others = [history.codes(each, 1) for each in OtherLives(history).neighbours(came) if history.codes(each, 0) is None]
    assert frozenset({("kind", "b"), ("theme", "1.1")}) in others


def test_who_came_in_a_year_without_kinds_may_have_been_of_any_before_though_no_two_years_share_one() -> None:
    kinds: tuple[tuple[str, ...], ...] = (("a", "b"), ("c", "d", "e"), ())
    spans = [
        Span((str(year), 1), (year,), {"theme": ("1.1", "1.2"), **({"kind": each} if each else {})})
        for year, each in enumerate(kinds, 2025)
    ]
    history = History(spans, ABOVE)
    others = tuple(OtherLives(history).neighbours(history.life({2: frozenset({("theme", "1.1")})})))
    assert {each.kind[:2] for each in others} == set(product("ab", "cde"))


@pytest.mark.parametrize("since", ["2025", "2026"])
def test_who_worked_a_year_might_have_worked_in_all_years_as_another_did(since: str) -> None:
    has = {"kind": ("a", "b"), "first_year": ("2025", "2026"), "theme": ("1.1", "1.2")}
    history = History([Span((str(year), 1), (year,), has) for year in (2025, 2026, 2027)], ABOVE)

    def told(kind: str, since: str, theme: str) -> Codes:
        return frozenset({("kind", kind), ("first_year", since), ("theme", theme)})

    briefly = history.life({int(since) - 2025: told("a", since, "1.1")})
    always = history.life(dict.fromkeys(range(3), told("b", "2025", "1.2")))
    (made,) = OtherLives(history).as_another(briefly, always)
    assert [history.codes(made, i) for i in range(3)] == [told("a", "2025", "1.2")] * 3
    assert not list(OtherLives(history).as_another(made, always))


@pytest.mark.parametrize(("worked", "cuts"), [((0, 1, 2), 2), ((0, 2), 1), ((1, 2), 1), ((1,), 0)])
def test_of_two_in_place_of_one_the_second_begins_where_the_first_ended(worked: tuple[int, ...], cuts: int) -> None:
    """And is what the one was, but for the year it is there since."""
    has = {"kind": ("a",), "first_year": ("2025", "2026", "2027"), "theme": ("1.1", "1.2")}
    history = History([Span((str(year), 1), (year,), has) for year in (2025, 2026, 2027)], ABOVE)

    def told(year: int, since: int) -> Codes:
        return frozenset({("kind", "a"), ("first_year", str(2025 + since)), ("theme", f"1.{1 + year % 2}")})

    life = history.life({year: told(year, worked[0]) for year in worked})
    found = [
        {i: codes for i in range(3) if (codes := history.codes(each, i))} for each in OtherLives(history).pieces(life)
    ]
    assert len(found) == 2 * cuts
    for before, after in zip(found[::2], found[1::2], strict=True):
        assert max(before) < min(after)
        assert sorted({*before, *after}) == [*worked]
        assert {**before, **after} == {year: told(year, worked[0] if year in before else min(after)) for year in worked}


@pytest.mark.parametrize(
    ("known", "otherwise"),
    [
        ((2,), {(0, 1)}), ((1, 2), {(0,)}), ((0,), {(1, 2, 3)}), ((1,), {(0,), (2, 3)}), ((3,), {(0, 1)}), ((0, 2), set()), ((-1,), set()),
    ],
)  # fmt: skip
def test_who_is_known_in_some_years_might_have_been_otherwise_before_or_after(
    known: tuple[int, ...], otherwise: set[tuple[int, ...]]
) -> None:
    """Of the last year there are two editions: what it is in one it is in the other."""
    has = {"kind": ("a", "b"), "region": ("x", "y"), "theme": ("1.1", "1.2")}
    names = (("2025", 2025), ("2026", 2026), ("2027", 2027), ("2027-en", 2027))
    history = History([Span((name, 1), (year,), has) for name, year in names], ABOVE)
    told = frozenset({("kind", "a"), ("region", "x"), ("theme", "1.1")})
    life = history.life(dict.fromkeys(range(4), told))
    found = {"kind": set[tuple[int, ...]](), "region": set[tuple[int, ...]]()}
    for each in OtherLives(history).around(life, known):
        differs = {i: history.codes(each, i) for i in range(4) if history.codes(each, i) != told}
        (changed,) = {name for codes in differs.values() if codes for name, _ in codes ^ told}
        assert changed in found
        found[changed].add(tuple(differs))
    assert found == {"kind": otherwise, "region": otherwise}


@pytest.mark.parametrize("worked", [(2025,), (2025, 2026)])
def test_a_version_that_was_corrected_may_have_told_of_somebody_who_did_nothing_then(worked: tuple[int, ...]) -> None:
    """Then none tells of him but that version; or another of a later year in which he was new."""
    has = {"kind": ("a", "b"), "theme": ("1.1", "1.2"), "first_year": ("2025", "2026")}
    spans = [(("2025", 1), (2025,)), (("2025", 2), (2025,)), (("2025-2026", 1), (2025, 2026)), (("2026", 1), (2026,))]
    history = History([Span(name, years, has) for name, years in spans], ABOVE)
    first, later = in_2025("1.1"), frozenset({("kind", "a"), ("first_year", "2026"), ("theme", "1.1")})
    life = history.life({i: first for i, (_, years) in enumerate(spans) if {*years} & {*worked}})
    told = [
        {i: codes for i in range(4) if (codes := history.codes(each, i))}
        for each in OtherLives(history).neighbours(life)
    ]
    assert {0: first, **({2: later, 3: later} if 2026 in worked else {})} in told


def test_who_is_named_in_a_year_may_leave_a_set_of_the_year_before() -> None:
    """As everybody else may: then readers who know it only where it is named learn nothing of that year."""
    has = {"kind": ("a", "b"), "theme": ("1.1", "1.2")}
    history = History([Span((str(year), 1), (year,), has) for year in (2025, 2026)], ABOVE)
    others = OtherLives(history)
    crowd = Crowd(history.tokens, lambda _: (), others.neighbours, around=others.around)
    life = history.life(dict.fromkeys(range(2), frozenset({("kind", "a"), ("theme", "1.1")})))
    crowd.add(life, "h", frozenset({1}))
    kinds = {kind for move in crowd.moves_from(crowd.type_of[0]) for kind in [move.target] if kind != NOBODY}
    assert (0, ("kind", "b")) in set[object]().union(*(crowd.tokens[kind] for kind in kinds))
    assert all((1, ("kind", "a")) in crowd.tokens[kind] for kind in kinds)


def test_the_same_organisations_round_alike_in_the_next_year_whatever_stands_beside_them() -> None:
    members = partners((3, "stichting", ("1.1a",)), (7, "vereniging", ("1.1a", "2.1a")))
    years = (
        replace(m, collaborations=tuple(replace(m.collaborations[0], year=y) for y in (2025, 2026))) for m in members
    )
    first = final(table("soort", "kind"), protection="rounding")
    later = replace(
        final(table("soort", "kind"), table("pijler", "kind", "pillar"), id="2026", protection="rounding"),
        period=YEAR_2026,
    )
    made = proven(tuple(years), first, later)
    by_year = {each.edition.id: {codes[0]: cell for codes, cell in each.contents[0].items()} for each in made.editions}
    assert by_year["2025"] == by_year["2026"]


# --- what nobody remembers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "more", "forgotten"), [(9, 0, False), (5, 3, True)])
def test_a_publication_without_memory_of_which_the_source_says_otherwise_by_now_is_forgotten(
    number: int, more: int, forgotten: bool
) -> None:
    """Some were counted that should not have been, and one was named: who kept that knows the rest of what is left."""
    members = partners((number, "stichting", ("1.1a",)), (9, "vereniging", ("1.1a",)))
    was = Naming("2025", date(2025, 2, 1), date(2025, 9, 1), a_partner().place)
    members = (replace(members[0], named_in=(was,)), *members[1:])
    place = members[0].place
    edition = replace(
        final(table("soort", "kind")), corrections=(Correction(2, date(2026, 9, 2), "Drie te veel.", place),), number=2
    )
    source = replace(a_source(members), editions=(edition,), protection_key="a" * 64)
    (now,) = tabulate(source, select(source, edition))
    told = {codes: Shown(now.value(codes) + more * (codes[0] in {"stichting", TOTAL})) for codes in now.cells}
    old = ReleasedTable("soort", "Soort", "partners", now.dimensions, told)
    out = a_release("2025", tables=(old,), named=(members[0].name,), salts=("0" * 32,))
    made = prove_editions(source, {"2025": (out,)})
    assert made.handed is not None
    assert made.handed.forgotten == ({("2025", 1)} if forgotten else set())
    assert not forgotten or cells(made)["stichting"] == Suppressed()


@pytest.mark.parametrize("turned", [False, True])
def test_of_rounded_numbers_only_those_that_were_turned_since_are_attacked_again(
    monkeypatch: pytest.MonkeyPatch, turned: bool
) -> None:
    attacked = list[object]()
    safe = Beside.safe

    def turning(self: Beside, made: Sequence[ProtectedEdition], *given: Any, **how: Any) -> Proven:
        found = safe(self, made, *given, **how)
        other = (replace(each, contents=({},)) for each in found.editions) if turned else found.editions
        return replace(found, editions=tuple(other))

    def attacking(linked: object, *_: object) -> bool:
        attacked.append(linked)
        return True

    monkeypatch.setattr(Beside, "safe", turning)
    monkeypatch.setattr(editions, "is_safe", attacking)
    monkeypatch.setattr(ProtectedEdition, "by_unknown", ())
    proven(partners((14, "stichting", ("1.1a",))), final(table("soort", "kind"), protection="rounding"))
    assert len(attacked) == turned
