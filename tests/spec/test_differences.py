"""What another publication tells of a cell, both sides of every number: of two that changed, each knows the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.door.release import release
from tweeluik.protection.agreement import numbered
from tweeluik.protection.differences import (
    Difference,
    Earlier,
    Published,
    Standing,
    StandIns,
    corrected_differences,
    rounded_and_forgotten,
    sensitive_differences,
    standing_windows,
)
from tweeluik.protection.editions import protect_editions
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Key, Keys
from tweeluik.protection.safety import Limits, telling_children
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed
from tweeluik.selection.microdata import microdata
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.records import Naming, Partner, Period, Source

KEY = bytes(32)
BOTH = (a_collaboration(2025), a_collaboration(2026))


def unknowns_of(source: Source, year: int, *tables: str) -> Unknowns:
    specs = tuple(replace(a_table(each, "region"), id=each) for each in tables or ("partners",))
    edition = an_edition(*specs, id=str(year), period=Period(date(year, 1, 1), date(year, 12, 31)))
    selection = select(source, edition)
    return Unknowns(selection, tabulate(source, selection), Keys(source.agenda, source.vocabulary))


def all_shown(unknowns: Unknowns) -> Published:
    return {each.key: Shown(each.value) for each in unknowns.all}


def remembered(unknowns: Unknowns) -> Earlier:
    """Everything shown, and who was in it."""
    here = StandIns(unknowns, KEY)
    members = {each.key: here.of(each.members) for each in unknowns.all if each.key[0] == "partners"}
    return Earlier(all_shown(unknowns), members, here.holding, here.named)


def stayers(number: int = 9) -> tuple[Partner, ...]:
    return tuple(a_partner(f"p-{n}", collaborations=BOTH) for n in range(number))


def leavers(number: int, **changes: object) -> tuple[Partner, ...]:
    return tuple(a_partner(f"l-{n}", **changes) for n in range(number))


def joiners(number: int, **changes: object) -> tuple[Partner, ...]:
    work = (a_collaboration(2026),)
    return tuple(a_partner(f"j-{n}", collaborations=work, **changes) for n in range(number))


def told(source: Source) -> bool:
    """Whether the total of 2026 beside that of 2025 is sensitive."""
    now = unknowns_of(source, 2026)
    total = next(i for i, each in enumerate(now.all) if not each.key[1])
    found = list(sensitive_differences(now, [remembered(unknowns_of(source, 2025))], KEY))
    return total in {each.unknown for each in found}


@pytest.mark.parametrize(
    ("left", "came", "sensitive"),
    [
        (0, 0, False),
        (1, 0, True),
        (0, 1, True),
        (2, 0, True),
        (1, 1, True),
        (3, 0, False),
        (2, 1, False),
        (0, 3, False),
    ],
)
def test_a_change_by_one_or_two_holdings_may_not_show(left: int, came: int, sensitive: bool) -> None:
    assert told(a_source((*stayers(), *leavers(left), *joiners(came)))) is sensitive


def test_an_umbrella_and_its_members_change_as_one() -> None:
    family = tuple(replace(each, umbrella="l-0" if each.id != "l-0" else None) for each in leavers(4))
    assert told(a_source((*stayers(), *family)))
    assert not told(a_source((*stayers(), *leavers(4))))


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_whom_everybody_knows_by_name_is_no_secret_where_it_came_or_left(year: str) -> None:
    naming = (Naming(year, date(2027, 5, 1), None, HERE),)
    changed = leavers(1, named_in=naming) if year == "2025" else joiners(1, named_in=naming)
    assert not told(a_source((*stayers(), *changed)))
    other = joiners(1, named_in=(Naming("2025", date(2026, 5, 1), None, HERE),))
    assert told(a_source((*stayers(), *other)))


def named_in(year: str) -> tuple[Naming, ...]:
    return (Naming(year, date(2027, 5, 1), None, HERE),)


@pytest.mark.parametrize(("came", "left", "no_change"), [(0, 0, 9), (3, 0, 12), (0, 2, 9), (3, 2, 12)])
def test_whom_everybody_saw_come_or_leave_is_taken_off_what_it_would_be_if_nobody_else_did(
    came: int, left: int, no_change: int
) -> None:
    """Nine stayed and one came of whom nobody knows: nobody may exclude that nobody did, beside those with a name."""
    by_name = (*leavers(left, named_in=named_in("2025")), *joiners(came, named_in=named_in("2026")))
    source = a_source((*stayers(), a_partner("c-0", collaborations=(a_collaboration(2026),)), *by_name))
    before, now = unknowns_of(source, 2025), unknowns_of(source, 2026)
    total = next(i for i, each in enumerate(now.all) if not each.key[1])
    assert Difference(total, no_change) in list(sensitive_differences(now, [remembered(before)], KEY))


def test_where_nobody_remembers_every_change_may_be_by_one_or_two() -> None:
    source = a_source((*stayers(), *leavers(5)))
    now, before = unknowns_of(source, 2026), unknowns_of(source, 2025)
    found = list(sensitive_differences(now, [Earlier(all_shown(before))], KEY))
    assert {each.unknown for each in found} == set(range(len(now.all)))


def test_of_conversations_no_change_of_partners_is_asked() -> None:
    talks = tuple(a_conversation(date(year, 5, n + 1), f"p-{n}") for year in (2025, 2026) for n in range(4))
    source = a_source((*stayers(), *leavers(1)), (*talks, a_conversation(date(2026, 7, 1), "p-1")))
    now = unknowns_of(source, 2026, "partners", "conversations")
    found = list(sensitive_differences(now, [remembered(unknowns_of(source, 2025, "partners", "conversations"))], KEY))
    assert {now.all[each.unknown].key[0] for each in found} == {"partners"}


# --- versions of one edition ------------------------------------------------------------------------------------------

NOW = unknowns_of(a_source(stayers(20)), 2026)
TOTAL = next(i for i, each in enumerate(NOW.all) if not each.key[1])


def said(content: Content) -> list[Published]:
    return [{NOW.all[TOTAL].key: content}]


@pytest.mark.parametrize(
    ("shown", "sensitive"), [(20, False), (19, True), (21, True), (18, True), (17, False), (23, False)]
)
def test_a_correction_by_one_or_two_may_not_show(shown: int, sensitive: bool) -> None:
    expected = [Difference(TOTAL, shown)] if sensitive else []
    versions = [Earlier(each) for each in said(Shown(shown))]
    assert list(corrected_differences(NOW, versions, KEY)) == expected


@pytest.mark.parametrize(("named", "forgotten", "sensitive"), [(1, False, False), (0, False, True), (1, True, True)])
@pytest.mark.parametrize("year", [2025, 2026])
def test_a_correction_by_whom_everybody_knows_by_name_is_no_secret(
    year: int, named: int, forgotten: bool, sensitive: bool
) -> None:
    """Found late, or never was: the total of either version is shown, if it is remembered who was in it."""
    naming = (Naming(str(year), date(2027, 5, 1), None, HERE),)
    who = (joiners if year == 2026 else leavers)(1, named_in=naming * named)
    one, other = a_source((*stayers(), *who)), a_source(stayers())
    for first, second in ((one, other), (other, one)):
        before = remembered(unknowns_of(first, year))
        version = replace(before, members=None) if forgotten else before
        found = list(corrected_differences(unknowns_of(second, year), [version], KEY))
        assert bool(found) is sensitive


@pytest.mark.parametrize("came", [True, False])
def test_a_correction_by_two_of_whom_one_has_a_name_is_one_by_the_other(came: bool) -> None:
    year = 2026 if came else 2025
    two = (joiners if came else leavers)(2)
    two = (replace(two[0], named_in=named_in(str(year))), two[1])
    with_them, without = unknowns_of(a_source((*stayers(), *two)), year), unknowns_of(a_source(stayers()), year)
    first, second = (without, with_them) if came else (with_them, without)
    assert Difference(TOTAL, 10) in list(corrected_differences(second, [remembered(first)], KEY))


@pytest.mark.parametrize(
    ("rounded", "window"),
    [(15, None), (16, (12, 20)), (20, (16, 24)), (24, (20, 28)), (25, None)],
)
def test_a_window_of_before_counts_while_it_holds_the_number(rounded: int, window: tuple[int, int] | None) -> None:
    expected = {} if window is None else {TOTAL: window}
    assert standing_windows(NOW, said(Rounded(rounded)), 5) == expected


def test_two_windows_leave_what_both_hold() -> None:
    assert standing_windows(NOW, (*said(Rounded(18)), *said(Rounded(22))), 5) == {TOTAL: (18, 22)}


@pytest.mark.parametrize(
    ("contents", "standing"),
    [
        ([Suppressed()], ({TOTAL}, set(), {})),
        ([Shown(20)], (set(), {TOTAL}, {})),
        ([Shown(19)], (set(), set(), {})),
        ([Shown(20), Suppressed()], ({TOTAL}, set(), {})),
        ([Rounded(15), Rounded(20)], (set(), set(), {TOTAL: 20})),
    ],
)
def test_what_was_hidden_stays_hidden_and_what_was_shown_stays_known(
    contents: list[Content], standing: tuple[set[int], set[int], dict[int, int]]
) -> None:
    found = Standing.of(NOW, [each for content in contents for each in said(content)])
    assert (set(found.hidden), set(found.shown), dict(found.rounded)) == standing


def rounding(named_now: int, rounded: int, *once: int) -> int:
    """How many are told exactly in a cell of twenty partners, of whom so many are named today and were once."""
    naming = (Naming("2026", date(2026, 5, 1), None, HERE),)
    partners = [replace(each, named_in=naming if n < named_now else ()) for n, each in enumerate(stayers(20))]
    unknowns = unknowns_of(a_source(tuple(partners)), 2026)
    standing = Standing(frozenset(), frozenset(), dict.fromkeys(range(len(unknowns.all)), rounded))
    then = [frozenset(f"p-{n}" for n in range(number)) for number in once]
    return len(standing.beside(unknowns, then, 5).exact)


@pytest.mark.parametrize(
    ("named_now", "rounded", "once", "exact"),
    [
        (0, 20, (), 0),
        (2, 22, (2,), 2),
        (2, 17, (2,), 2),
        (2, 20, (0,), 0),
        (2, 20, (), 0),
        (3, 22, (2,), 2),
        (3, 23, (2, 3), 3),
        (5, 20, (0,), 5),
    ],
)
def test_rounded_numbers_stay_beside_those_who_were_named_when_they_were_rounded(
    named_now: int, rounded: int, once: tuple[int, ...], exact: int
) -> None:
    assert rounding(named_now, rounded, *once) == exact


@pytest.mark.parametrize("before", [0, 2])
def test_who_agrees_to_be_named_after_a_version_turns_none_of_its_numbers(before: int) -> None:
    """The same partners in two versions: two roundings of one set would leave a narrow window."""

    def source_with(named: int, *, final: bool) -> Source:
        edition = an_edition(
            a_table("partners", "kind", "pillar"),
            protection="rounding",
            status="final" if final else "concept",
            as_of=None if final else date(2025, 12, 31),
        )
        naming = (Naming("2025", date(2025, 6, 1), None, HERE),)
        partners = tuple(
            a_partner(
                f"p-{n:02}",
                kind=("stichting", "vereniging")[n % 5 > 2],
                named_in=naming if n < named else (),
                collaborations=(a_collaboration(2025, ("1.1a", "2.1a")[n % 3 > 1]),),
            )
            for n in range(43)
        )
        return replace(a_source(partners), editions=(edition,))

    first = source_with(before, final=False)
    (protected,) = protect_editions(first, {})
    register = {"2025": (replace(release(first, protected), status="provisional"),)}
    memories = {("2025", 1): microdata(first, protected.selection, KeyedNoise.of(first).key)}
    source = numbered(source_with(before + 3, final=True), register)
    (again,) = protect_editions(source, register, memories)
    assert again.published == protected.published
    assert any(isinstance(each, Rounded) for each in again.published.values())


def by_rounding(name: str) -> Source:
    """Four partners of one kind, of whom an edition rounds."""
    table = replace(a_table("partners", "kind"), id="soort")
    edition = an_edition(table, id=name, status="final", protection="rounding")
    partners = tuple(a_partner(f"p-{n}", kind="vereniging", collaborations=BOTH) for n in range(4))
    return replace(a_source(partners), editions=(edition,))


@pytest.mark.parametrize("value", [0, 5])
def test_what_a_publication_over_the_same_days_rounded_stays_so_where_nobody_remembers_whose_it_was(value: int) -> None:
    """They may be the same, and two windows around one number of four leave one to four."""
    first = by_rounding("2025")
    out = release(first, protect_editions(first, {})[0])
    four = {("vereniging",), ("_T",)}
    cells = {codes: Rounded(value if codes in four else 0) for codes in out.tables[0].cells}
    frozen = replace(out, tables=(replace(out.tables[0], cells=cells),))
    (again,) = protect_editions(by_rounding("2025-b"), {"2025": (frozen,)}, {})
    (contents,) = again.contents
    assert {codes: contents[codes] for codes in four} == dict.fromkeys(four, Rounded(value))


@pytest.mark.parametrize(
    ("year", "members", "stays"),
    [(2025, None, True), (2026, None, False), (2025, {}, False)],
    ids=["forgotten", "other days", "remembered"],
)
def test_only_what_is_forgotten_and_over_the_same_days_may_be_of_the_same(
    year: int, members: dict[Key, frozenset[str]] | None, *, stays: bool
) -> None:
    unknowns = unknowns_of(a_source(stayers(4)), 2025)
    days = date(2025, 1, 1), date(2025, 12, 31)
    total = next(i for i, each in enumerate(unknowns.all) if not each.key[1])
    period = date(year, 1, 1), date(year, 12, 31)
    out = Earlier({unknowns.all[total].key: Rounded(5)}, members, period=period)
    assert rounded_and_forgotten(unknowns, [out], days) == ({total: 5} if stays else {})


# --- groups -----------------------------------------------------------------------------------------------------------


def groups(inside: int, outside: int, *, holdings: int = 2) -> bool:
    """Of a kind with so many partners on pillar 1 and so many beside it: whether that pillar tells of all of them."""
    partners = [
        a_partner(
            f"p-{n}", kind="vereniging", umbrella=f"p-{n % holdings}" if n >= holdings else None,
            collaborations=(a_collaboration(2025, "1.1a" if n < inside else "2.1a"),),
        )
        for n in range(inside + outside)
    ]  # fmt: skip
    source = a_source((*partners, *(a_partner(f"s-{n}") for n in range(9))))
    selection = select(source, an_edition(a_table("partners", "kind", "pillar")))
    unknowns = Unknowns(selection, tabulate(source, selection), Keys(source.agenda, source.vocabulary))
    pairs = (("partners", frozenset({("kind", "vereniging")})), frozenset({("kind", "vereniging"), ("pillar", "1")}))
    parent, child = unknowns.index[pairs[0]], unknowns.index["partners", pairs[1]]
    return (parent, child) in set(telling_children(unknowns, Limits(5, 10)))


@pytest.mark.parametrize(("inside", "outside", "tells"), [(9, 1, False), (10, 1, True), (10, 0, True), (17, 2, False)])
def test_more_than_ninety_percent_of_a_sensitive_cell_in_one_category_tell_of_all(
    inside: int, outside: int, tells: bool
) -> None:
    assert groups(inside, outside) is tells


def test_of_a_cell_that_is_not_sensitive_a_category_may_hold_nearly_all() -> None:
    assert not groups(10, 0, holdings=5)
