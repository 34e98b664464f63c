"""The rules of protection, both sides of every boundary. T is 5 and p is 10 throughout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.disclosure.system import Target
from tweeluik.protection.keys import Keys
from tweeluik.protection.linked import Linked, link
from tweeluik.protection.safety import is_sensitive_sum
from tweeluik.protection.unknowns import Unknowns
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.records import Conversation, Naming, Partner, Source

KINDS = ("partners", frozenset({("kind", "stichting")}))
DAY = date(2025, 4, 1)
FORMS = ("conversations", frozenset({("form", "gesprek")}))


def linked(
    partners: tuple[Partner, ...], conversations: tuple[Conversation, ...] = (), by: tuple[str, ...] = ("form",)
) -> Linked:
    others = tuple(a_partner(f"v-{n}", kind="vereniging") for n in range(9))
    edition = an_edition(a_table("partners", "kind", "region"), replace(a_table("conversations", *by), id="gesprekken"))
    source: Source = a_source((*partners, *others), conversations)
    selection = select(source, edition)
    return link(Unknowns(selection, tabulate(source, selection), Keys(source.agenda)), source)


def is_sensitive(system: Linked, key: tuple[str, frozenset[tuple[str, str]]]) -> bool:
    return system.unknowns.index[key] in system.sensitive


def some_partners(number: int, **changes: object) -> tuple[Partner, ...]:
    return tuple(a_partner(f"p-{n}", **changes) for n in range(number))


def named(partner: Partner) -> Partner:
    return replace(partner, named_in=(Naming("2025", date(2025, 6, 1), None, HERE),))


@pytest.mark.parametrize(("number", "sensitive"), [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_a_count_is_sensitive_below_the_threshold_and_not_when_it_is_zero(number: int, sensitive: bool) -> None:
    assert is_sensitive(linked(some_partners(number)), KINDS) is sensitive


@pytest.mark.parametrize(("members", "sensitive"), [(1, False), (2, True)])
def test_an_umbrella_and_its_members_are_one_contributor(members: int, sensitive: bool) -> None:
    alone = some_partners(5 - members)
    family = tuple(a_partner(f"m-{n}", umbrella=None if n == 0 else "m-0") for n in range(members))
    assert is_sensitive(linked((*alone, *family)), KINDS) is sensitive


@pytest.mark.parametrize(("number", "sensitive"), [(2, False), (3, True), (6, True), (7, False)])
def test_named_partners_do_not_count_towards_the_threshold(number: int, sensitive: bool) -> None:
    first, second, *rest = some_partners(number)
    assert is_sensitive(linked((named(first), named(second), *rest)), KINDS) is sensitive


def met_by_chance(dice: Random) -> tuple[Conversation, ...]:
    """Some conversations of a few partners, of whom one is often there."""
    who = [f"p-{n}" for n in range(6)]
    often = tuple(dice.sample(who, k=1))
    return tuple(
        a_conversation(DAY, *{*often * dice.randint(0, 1), *dice.sample(who, k=dice.randint(1, 3))}, form=form)
        for form in dice.choices(["gesprek", "werkbezoek"], k=dice.randint(1, 14))
    )


@pytest.mark.parametrize("seed", range(15))
def test_numbers_of_records_tell_of_a_sum_what_its_records_tell(seed: int) -> None:
    partners = (*some_partners(4), a_partner("p-4", umbrella="p-0"), a_partner("p-5", kind="vereniging"))
    found = linked(partners, met_by_chance(Random(seed)), ("kind", "form"))
    unknowns, p_percent = found.unknowns, found.limits.p_percent
    sums = [each for each in enumerate(unknowns.all) if each[1].key[0] == "conversations"]
    assert len(sums) > 3
    for i, each in sums:
        contributions = unknowns.contributions(each.key, each.members)
        assert unknowns.sizes(each.key, each.members) == {name: len(own) for name, own in contributions.items()}
        assert (i in found.sensitive) is is_sensitive_sum(each.members, contributions, p_percent)


def test_a_withdrawn_consent_names_nobody() -> None:
    withdrawn = replace(a_partner(), named_in=(Naming("2025", date(2025, 6, 1), date(2025, 7, 1), HERE),))
    assert linked((withdrawn,)).unknowns.named == frozenset()


def contributions(*sizes: int) -> tuple[frozenset[str | int], dict[str, frozenset[str | int]]]:
    """Contributors with so many records each, none in common."""
    owned, start = {}, 0
    for number, size in enumerate(sizes):
        owned[f"h{number}"] = frozenset[str | int](range(start, start + size))
        start += size
    return frozenset[str | int](range(start)), owned


@pytest.mark.parametrize(
    ("sizes", "sensitive"),
    [
        ((), False),
        ((9,), True),
        ((9, 9), True),
        ((9, 9, 9), False),
        ((20, 5, 2), False),   # 2 left is 10 % of 20
        ((21, 5, 2), True),    # 2 left is under 10 % of 21
        ((10, 9, 1), False),
        ((11, 9, 1), True),
    ],
)  # fmt: skip
def test_a_sum_is_sensitive_with_fewer_than_three_contributors_or_by_the_p_percent_rule(
    sizes: tuple[int, ...], sensitive: bool
) -> None:
    members, owned = contributions(*sizes)
    assert is_sensitive_sum(members, owned, 10) is sensitive


def test_records_that_the_second_contributor_shares_with_the_first_leave_it_nothing_to_guess() -> None:
    members = frozenset[str | int](range(10))
    together = {"h0": members, "h1": members, "h2": frozenset[str | int]({0})}
    assert is_sensitive_sum(members, together, 10)


def test_only_partners_of_the_kind_contribute_to_the_conversations_of_a_kind() -> None:
    partners = (a_partner("p-0"), *(a_partner(f"w-{n}", kind="vereniging") for n in range(3)))
    talks = (a_conversation(date(2025, 3, 1), "p-0", "w-0", "w-1", "w-2"),)
    source = a_source(partners, talks)
    edition = an_edition(a_table("conversations", "kind"))
    selection = select(source, edition)
    unknowns = Unknowns(selection, tabulate(source, selection), Keys(source.agenda))
    key = ("conversations", frozenset({("kind", "stichting")}))
    assert set(unknowns.contributions(key, frozenset({0}))) == {"p-0"}


# --- what must stay possible ------------------------------------------------------------------------------------------


def asked(system: Linked, key: tuple[str, frozenset[tuple[str, str]]]) -> dict[int, Target]:
    unknown = system.unknowns.index[key]
    return {each.attacker: each for each in system.targets if each.variable == unknown and each.width is None}


def attacker_of(system: Linked, floor: int, key: tuple[str, frozenset[tuple[str, str]]]) -> int:
    unknown = system.unknowns.index[key]
    return next(i for i, each in enumerate(system.attackers) if dict(each.floors).get(unknown, 0) == floor)


def test_an_outsider_can_exclude_neither_none_nor_enough() -> None:
    target = asked(linked(some_partners(3)), KINDS)[0]
    assert (target.low, target.high) == (0, 5)


def test_whoever_knows_the_named_partners_can_exclude_neither_none_nor_enough_others() -> None:
    first, *rest = some_partners(4)
    target = asked(linked((named(first), *rest)), KINDS)[0]
    assert (target.low, target.high) == (1, 6)


def test_an_insider_can_think_of_itself_as_the_only_one_and_as_one_of_enough() -> None:
    system = linked(some_partners(3))
    target = asked(system, KINDS)[attacker_of(system, 1, KINDS)]
    assert (target.low, target.high) == (1, 5)


def test_a_cell_that_is_not_sensitive_must_stay_unknown_when_it_is_hidden() -> None:
    system = linked(some_partners(7))
    unknown = system.unknowns.index[KINDS]
    assert [each for each in system.targets if each.variable == unknown] == [Target(unknown, 0, width=1)]


def test_of_a_sum_nobody_else_can_bound_the_largest_contribution_within_p_percent() -> None:
    partners = some_partners(3)
    talks = tuple(a_conversation(date(2025, 3, n + 1), "p-0") for n in range(21))
    talks += tuple(a_conversation(date(2025, 4, n + 1), "p-1") for n in range(5))
    talks += (a_conversation(date(2025, 5, 1), "p-2"),)
    system = linked(partners, talks)
    by_attacker = asked(system, FORMS)
    assert by_attacker[0].high == 28  # more than the truth, 27
    assert by_attacker[attacker_of(system, 5, FORMS)].high == 24 + 5  # 21 plus 10 %, and its own
    assert by_attacker[attacker_of(system, 21, FORMS)].high == 6 + 21  # the second's 5 plus 10 %, and its own


def test_of_two_that_contributed_as_much_the_one_without_it_at_the_table_is_asked() -> None:
    """Two visits, one with itself and another, one with a third: less its own it must not know that of the third."""
    talks = (
        a_conversation(date(2025, 3, 1), "p-0", "p-1"),
        a_conversation(date(2025, 4, 1), "p-2"),
    )
    partners = (a_partner("p-0", region="NL"), *some_partners(3)[1:])
    system = linked(partners, talks)
    here = attacker_of(system, 1, ("partners", frozenset({("kind", "stichting"), ("region", "NL")})))
    assert asked(system, FORMS)[here].high == 2 + 1  # one plus 10 %, and its own


# --- what follows by subtraction --------------------------------------------------------------------------------------


def by_pillar(first: int, second: int, both: int) -> Linked:
    numbers = {("1.1a",): first, ("2.1a",): second, ("1.1a", "2.1a"): both}
    partners = tuple(
        a_partner(f"p-{'-'.join(measures)}-{n}", collaborations=(a_collaboration(2025, *measures),))
        for measures, number in numbers.items()
        for n in range(number)
    )
    source = a_source(partners)
    selection = select(source, an_edition(a_table("partners", "pillar")))
    return link(Unknowns(selection, tabulate(source, selection), Keys(source.agenda)), source)


@pytest.mark.parametrize(("number", "sensitive"), [(0, False), (1, True), (4, True), (5, False)])
@pytest.mark.parametrize(("place", "who"), [(0, "not 2"), (1, "not 1"), (2, "1 2")])
def test_who_is_in_one_pillar_only_or_in_both_may_not_be_few(
    number: int, sensitive: bool, place: int, who: str
) -> None:
    numbers = [9, 9, 9]
    numbers[place] = number
    system = by_pillar(*numbers)
    every = system.unknowns.every
    asked = {
        " ".join(sorted(code for _, code in every[each.variable].key[1]))
        for each in system.targets
        if each.width is None
    }
    assert asked == ({who} if sensitive else set())
