"""Conversations that two publications over the same days tell in other categories: taken together, or on other levels.

As in `test_told_together.py` every scene is made twice: as it is, and by a protection that does not ask what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_conversation
from tests.stages.test_told_together import EIGHT, IDS, Scene, a_ministry, an_overview, check, four, of_a_year, people
from tweeluik.checks.audit.following import SEVERAL
from tweeluik.checks.audit.over_periods import CHANGED, WHY
from tweeluik.source.records import Conversation, Edition, Merge, Partner, Period, Source

A_AND_B = Merge("kind", ("a", "b"), "a en b", HERE)
FORMS = ("gesprek", "werkbezoek", "belletje", "bijeenkomst")
TALK_AND_VISIT = Merge("form", FORMS[:2], "gesprek of werkbezoek", HERE)


def together(*merges: Merge, of: str, name: str) -> Edition:
    """An overview of 2025 that takes categories together."""
    return replace(an_overview(of, name=name), merge=merges)


def halves(of: str) -> Sequence[Edition]:
    first, last = Period(date(2025, 1, 1), date(2025, 6, 30)), Period(date(2025, 7, 1), date(2025, 12, 31))
    return tuple(replace(an_overview(of), id=f"half-{n}", period=each) for n, each in enumerate((first, last)))


def in_both_halves(who: Sequence[Partner]) -> list[Conversation]:
    """Three of everybody in each."""
    return [
        a_conversation(date(2025, month, 1 + n), one.id) for month in (2, 3, 4, 8, 9, 10) for n, one in enumerate(who)
    ]


# --- kinds ------------------------------------------------------------------------------------------------------------


def two_kinds_at_a_table() -> Scene:
    """28 with a, 28 with b, and 52 with one of them: four with both, all of one a and one b."""
    who = people(3)
    talks = of_a_year(2025, who) + four(IDS[0], IDS[8], year=2025)
    first, other = an_overview("kind"), together(A_AND_B, of="kind", name="samen")
    return (a_ministry(who, talks, first), a_ministry(who, talks, first, other)), SEVERAL, {"a+b"}


def two_kinds_at_a_table_in_halves_of_a_year() -> Scene:
    """Two of them in each half, that tell of a and of b; the year takes these together."""
    who = people(3)
    found = [a_conversation(date(2025, month, 9), IDS[0], IDS[8]) for month in (5, 6, 11, 12)]
    talks, year = in_both_halves(who) + found, together(A_AND_B, of="kind", name="samen")
    return (a_ministry(who, talks, *halves("kind")), a_ministry(who, talks, *halves("kind"), year)), SEVERAL, {"a+b"}


def one_kind_without_the_other() -> Scene:
    """48 with a, 52 with one of both: four of one b, whose others are all with a, as those of c are."""
    who = people(3)
    seats = [(IDS[n], IDS[8 + n], IDS[16 + (n + shift) % 8]) for shift in (1, 2, 3) for n in range(8)]
    pairs = [a_conversation(date(2025, 2, 1 + n), *each) for n, each in enumerate(seats)]
    talks = of_a_year(2025, who[:8]) + of_a_year(2025, who[16:]) + pairs + four(IDS[8], year=2025)
    first, other = an_overview("kind"), together(A_AND_B, of="kind", name="samen")
    return (a_ministry(who, talks, first), a_ministry(who, talks, first, other)), WHY, {"a+b"}


# --- forms ------------------------------------------------------------------------------------------------------------


def of_every_form(*forms: str, month: int) -> list[Conversation]:
    """One of each form with everybody."""
    return [
        a_conversation(date(2025, month, 1 + n), one.id, form=form) for form in forms for n, one in enumerate(EIGHT)
    ]


def of_forms(talks: Sequence[Conversation], *editions: Edition) -> Source:
    source = a_ministry(EIGHT, talks, *editions)
    forms = tuple(replace(source.vocabulary.forms[0], code=code, label=code) for code in FORMS)
    return replace(source, vocabulary=replace(source.vocabulary, forms=forms))


def two_forms_of_a_half_that_a_year_leaves() -> Scene:
    """The year and its first half show two forms and all: in the other half the other two are five, all of one."""
    plain = of_every_form(*FORMS, month=2) + of_every_form(*FORMS[:2], month=9)
    last = [a_conversation(date(2025, 10, 1 + n), IDS[0], form=FORMS[2 + n % 2]) for n in range(5)]
    first, year = halves("form")[0], an_overview("form")
    return (of_forms(plain + last, first), of_forms(plain + last, first, year)), WHY, set(FORMS[1:])


def two_forms_of_a_half_that_the_year_takes_together() -> Scene:
    """8 and 8 in the first half, 21 of either in the year: five in the other half, all with one."""
    plain = of_every_form(*FORMS, month=2) + of_every_form(*FORMS[2:], month=9)
    last = [a_conversation(date(2025, 10, 1 + n), IDS[0], form=FORMS[n % 2]) for n in range(5)]
    first, year = halves("form")[0], together(TALK_AND_VISIT, of="form", name="samen")
    return (of_forms(plain + last, first), of_forms(plain + last, first, year)), WHY, {"gesprek+werkbezoek", FORMS[2]}


def one_found_and_two_forms_taken_together() -> Scene:
    """Of the other forms many were found: 8 and 8 became 17 of either, by one conversation."""
    plain, more = of_every_form(*FORMS, month=2), of_every_form(*FORMS[2:], month=5)
    found = [*more, a_conversation(date(2025, 5, 9), IDS[0])]
    first, other = an_overview("form"), together(TALK_AND_VISIT, of="form", name="samen")
    return (of_forms(plain, first), of_forms(plain + found, first, other)), CHANGED, {FORMS[2], "gesprek+werkbezoek"}


def one_found_and_two_forms_taken_apart() -> Scene:
    (first, then), why, _ = one_found_and_two_forms_taken_together()
    one, other = then.editions
    first, then = replace(first, editions=(other,)), replace(then, editions=(other, one))
    return (first, then), why, {FORMS[1], FORMS[3]}


def forms_taken_together_two_by_two() -> Scene:
    """13, 13 and 13 of one form and each of three others, 29 in all: five of the one, all with one organisation."""
    one, *others = FORMS
    talks = of_every_form(*others, month=2) + [a_conversation(date(2025, 9, 1 + n), IDS[0], form=one) for n in range(5)]
    ways = [((one, each), tuple(rest for rest in others if rest != each)) for each in others]
    first, second, third = (
        together(*(Merge("form", codes, " of ".join(codes), HERE) for codes in pairs), of="form", name=f"samen-{n}")
        for n, pairs in enumerate(ways)
    )
    sources = [of_forms(talks, *those) for those in ((first,), (first, second), (first, second, third))]
    return sources, WHY, {"bijeenkomst+gesprek", "belletje+werkbezoek"}


# --- levels -----------------------------------------------------------------------------------------------------------


def one_found_on_the_only_theme_of_a_pillar() -> Scene:
    """24 on pillar 2, and in another edition 25 on its theme; on pillar 1 many were found."""
    plain = [replace(each, measures=(part,)) for part in ("1.1a", "2.1a") for each in of_a_year(2025, EIGHT)]
    found = [*of_a_year(2025, EIGHT), a_conversation(date(2025, 5, 9), IDS[0], measures=("2.1a",))]
    first, other = an_overview("pillar"), an_overview("theme", name="themes")
    sources = a_ministry(EIGHT, plain, first), a_ministry(EIGHT, plain + found, first, other)
    return sources, CHANGED, {"1.1", "1.2", "2.1"}


def both_themes_of_a_pillar_that_has_a_third_one_later() -> Scene:
    parts = ("1.1a",), ("1.2a",), ("2.1a",)
    talks = [replace(each, measures=part) for part in parts for each in of_a_year(2025, EIGHT)]
    talks += four(IDS[0], year=2025, measures=("1.1a", "1.2a"))
    first, other = an_overview("pillar"), an_overview("theme", name="themes")
    one, two = (with_a_later_theme(a_ministry(EIGHT, talks, *each)) for each in ((first,), (first, other)))
    return (one, two), SEVERAL, {"1.2"}


def with_a_later_theme(source: Source) -> Source:
    """Theme 1.3 and its measure, from 2027 on."""
    theme, measure = source.agenda.themes[0], source.agenda.measures[0]
    later = replace(theme, code="1.3", first=2027), replace(measure, code="1.3a", parent="1.3", first=2027)
    agenda = replace(
        source.agenda, themes=(*source.agenda.themes, later[0]), measures=(*source.agenda.measures, later[1])
    )
    return replace(source, agenda=agenda)


@pytest.mark.parametrize(
    "scene",
    [
        two_kinds_at_a_table, two_kinds_at_a_table_in_halves_of_a_year, one_kind_without_the_other,
        two_forms_of_a_half_that_a_year_leaves, one_found_and_two_forms_taken_together,
        two_forms_of_a_half_that_the_year_takes_together, forms_taken_together_two_by_two, one_found_and_two_forms_taken_apart, one_found_on_the_only_theme_of_a_pillar,
        both_themes_of_a_pillar_that_has_a_third_one_later,
    ],
)  # fmt: skip
def test_what_other_categories_tell_is_hidden_and_otherwise_refused(
    scene: Callable[[], Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(scene(), monkeypatch)
