"""Numbers of conversations that follow from others: over several periods, levels of the agenda, and categories.

Every scene is made twice: as it is, and by a protection that does not ask what follows, so that the audit has to say
so. What nobody may learn are four conversations of one organisation, or one conversation that was found later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tests.stages.test_changed_conversations import hidden, put_out
from tweeluik.checks.audit.following import SEVERAL
from tweeluik.checks.audit.over_periods import CHANGED, IN_COMMON, LEFT_OUT, WHY
from tweeluik.checks.audit.worlds import Truth
from tweeluik.protection.beside import Beside
from tweeluik.protection.worlds.stand_ins import with_stand_ins
from tweeluik.source.records import Conversation, Edition, Merge, Partner, Period, Source, Term

YEARS = (2025, 2026, 2027)
KINDS = ("a", "b", "c")
IDS = [f"p-{n:02}" for n in range(24)]
WORK = tuple(a_collaboration(year, "1.1a", "1.2a", "2.1a") for year in YEARS)

Scene = tuple[Sequence[Source], str, set[str]]
"""Sources that are published one after the other, how the last one tells too much, and what it hides instead."""


def check(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a scene tells is hidden; and where nobody asks that, it is refused."""
    sources, why, hides = scene
    releases, told = put_out(*sources)
    assert (told, hidden(list(releases.values())[-1])) == (set(), hides)
    monkeypatch.setattr(Beside, "told_by_sums", lambda *_: ())
    monkeypatch.setattr(Beside, "_told_by_sums", lambda *_: iter(()))
    assert why in put_out(*sources)[1]


def people(kinds: int) -> tuple[Partner, ...]:
    """Eight of a kind."""
    return tuple(a_partner(one, kind=KINDS[n // 8], collaborations=WORK) for n, one in enumerate(IDS[: 8 * kinds]))


def an_overview(*rows: str, first: int = 2025, until: int | None = None, name: str = "") -> Edition:
    """Of conversations by each of these dimensions."""
    tables = (replace(a_table("conversations", row), id=row) for row in rows)
    period = Period(date(first, 1, 1), date(until or first, 12, 31))
    return an_edition(*tables, id=name or f"{first}-{until or first}", status="final", period=period)


def a_ministry(who: Sequence[Partner], talks: Sequence[Conversation], *editions: Edition) -> Source:
    source = a_source(tuple(who), tuple(sorted(talks, key=lambda each: each.date)))
    kinds = tuple(replace(source.vocabulary.kinds[0], code=code, label=code) for code in KINDS)
    vocabulary = replace(source.vocabulary, kinds=(*kinds, *left_out(source)))
    return replace(source, editions=editions, protection_key="5" * 64, vocabulary=vocabulary)


def left_out(source: Source) -> tuple[Term, ...]:
    return tuple(each for each in source.vocabulary.kinds if each.left_out)


def of_a_year(year: int, who: Sequence[Partner], *, forms: Sequence[str] = ("gesprek",)) -> list[Conversation]:
    """Three of everybody."""
    return [
        a_conversation(date(year, 1 + n % 12, 1 + n % 28), one.id, form=forms[n // len(who) % len(forms)])
        for n, one in enumerate([*who] * 3)
    ]


def four(*ids: str, year: int = 2026, **traits: object) -> list[Conversation]:
    return [a_conversation(date(year, 3, 1 + n), *ids, **traits) for n in range(4)]


# --- periods ----------------------------------------------------------------------------------------------------------

FORMS = ("gesprek", "werkbezoek", "gesprek")
EIGHT = people(1)
PLAIN = [each for year in YEARS for each in of_a_year(year, EIGHT, forms=FORMS)]
LATE = [a_conversation(date(2026, 5, 9), IDS[3])]
ONE, TWO, THREE = (an_overview("form", first=year) for year in YEARS)
ALL, ONE_TWO, TWO_THREE = (an_overview("form", first=a, until=b) for a, b in ((2025, 2027), (2025, 2026), (2026, 2027)))


def three_years_and_all_of_them() -> Scene:
    before, after = (ONE, TWO, THREE), (ONE, TWO, THREE, ALL)
    sources = a_ministry(EIGHT, PLAIN, *before), a_ministry(EIGHT, PLAIN + LATE, *after)
    return sources, CHANGED, {"gesprek", "_T"}


def two_rows_of_periods() -> Scene:
    """2025 and 2026-2027 came first; 2025-2026 and 2027 have one conversation more."""
    before, after = (ONE, TWO_THREE), (ONE, TWO_THREE, ONE_TWO, THREE)
    sources = a_ministry(EIGHT, PLAIN, *before), a_ministry(EIGHT, PLAIN + LATE, *after)
    return sources, CHANGED, {"gesprek", "_T"}


def a_year_that_is_left_of_three() -> Scene:
    talks = [each for each in PLAIN if (each.date.year, each.form) != (2026, "werkbezoek")]
    talks += four(IDS[3], form="werkbezoek")
    sources = a_ministry(EIGHT, talks, ONE, THREE), a_ministry(EIGHT, talks, ONE, THREE, ALL)
    return sources, WHY, {"gesprek", "werkbezoek"}


def fewer_in_two_years_than_in_one() -> Scene:
    """Four that 2025 told with one did not count, it turned out; 2026 had none: of both years there are four less."""
    talks = of_a_year(2025, EIGHT, forms=FORMS)
    sources = a_ministry(EIGHT, talks + four(IDS[3], year=2025), ONE), a_ministry(EIGHT, talks, ONE, ONE_TWO)
    return sources, LEFT_OUT, {"gesprek", "_T"}


# --- categories -------------------------------------------------------------------------------------------------------


def who_was_not_with_a_kind() -> Scene:
    """Of four that were found three were with a and b, one with b alone: all less those with a is that one."""
    who, now = people(3), [(0, 8), (1, 9), (2, 10), (11,)]
    found = [a_conversation(date(2025, 5, 9), *(IDS[n] for n in each)) for each in now]
    talks, first, again = of_a_year(2025, who), an_overview("kind"), an_overview("kind", name="again")
    return (a_ministry(who, talks, first), a_ministry(who, talks + found, first, again)), CHANGED, {"a"}


def what_is_taken_together_later() -> Scene:
    """One was found with a, five with five of c; the later edition takes a and b together: all less c is the one."""
    who = people(3)
    found = [a_conversation(date(2025, 5, 9), IDS[n]) for n in (0, 16, 17, 18, 19, 20)]
    merge = Merge("kind", ("a", "b"), "a en b", HERE)
    talks, first, again = of_a_year(2025, who), an_overview("kind"), an_overview("kind", name="again")
    sources = a_ministry(who, talks, first), a_ministry(who, talks + found, first, replace(again, merge=(merge,)))
    return sources, CHANGED, {"a+b", "c"}


def four_kinds_two_by_two() -> Scene:
    """Nobody sat with two of them, as both numbers of each edition tell: three editions tell each, so also the four of one."""
    who = [
        replace(each, kind=kind)
        for each, kind in zip(people(3), ["d"] * 7 + ["b"] * 8 + ["c"] * 8 + ["a"], strict=True)
    ]
    talks = of_a_year(2025, who[:-1]) + four(who[-1].id, year=2025)
    editions = [
        replace(an_overview("kind", name=name), merge=tuple(Merge("kind", tuple(each), each, HERE) for each in pairs))
        for name, pairs in (("one", ("ab", "cd")), ("two", ("ac", "bd")), ("three", ("bc", "ad")))
    ]
    sources = []
    for number in range(1, 4):
        source = a_ministry(who, talks, *editions[:number])
        more = replace(source.vocabulary.kinds[0], code="d", label="d")
        words = replace(source.vocabulary, kinds=(*source.vocabulary.kinds, more))
        sources.append(replace(source, vocabulary=words))
    return sources, IN_COMMON, {"a+d", "b+c"}


def two_kinds_at_a_table() -> Scene:
    """With a, with b, with c (none) and all: what they have beyond all are four talks of one a and one b."""
    who = people(2)
    talks = of_a_year(2025, who) + four(IDS[0], IDS[8], year=2025)
    return (a_ministry(who, talks, an_overview("kind")),), SEVERAL, {"c"}


def both_themes_of_a_pillar() -> Scene:
    sources, _, _ = both_themes_in_two_editions()
    whole = an_overview("pillar", "theme")
    return (replace(sources[-1], editions=(whole,)),), SEVERAL, {"1.2"}


def both_themes_in_two_editions() -> Scene:
    parts = ("1.1a",), ("1.2a",), ("2.1a",)
    talks = [replace(each, measures=part) for part in parts for each in of_a_year(2025, EIGHT)]
    talks += four(IDS[0], year=2025, measures=("1.1a", "1.2a"))
    first, other = an_overview("pillar"), an_overview("theme", name="themes")
    return (a_ministry(EIGHT, talks, first), a_ministry(EIGHT, talks, first, other)), SEVERAL, {"1.2"}


@pytest.mark.parametrize(
    "scene",
    [
        three_years_and_all_of_them, two_rows_of_periods, a_year_that_is_left_of_three, who_was_not_with_a_kind,
        what_is_taken_together_later, fewer_in_two_years_than_in_one,
        four_kinds_two_by_two, two_kinds_at_a_table, both_themes_of_a_pillar, both_themes_in_two_editions,
    ],
)  # fmt: skip
def test_what_numbers_tell_together_is_hidden_and_otherwise_refused(
    scene: Callable[[], Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(scene(), monkeypatch)


def test_the_records_behind_an_edition_are_joined_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows from sums is asked of the very records of which everything is asked then."""
    joined = list[Truth]()

    def counting(truth: Truth) -> Truth:
        joined.append(truth)
        return with_stand_ins(truth)

    monkeypatch.setattr("tweeluik.protection.beside.with_stand_ins", counting)
    who = people(1)
    put_out(a_ministry(who, of_a_year(2025, who), an_overview("form")))
    assert len(joined) == 1
    put_out(a_ministry(who, of_a_year(2026, who), an_overview("form", first=2026)))
    assert len(joined) == 2
