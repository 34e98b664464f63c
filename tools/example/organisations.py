"""Organisations with their work in the Actieagenda: who they are, what they endorsed and when, where they are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tools.example.dice import Dice
from tools.example.names import Names
from tweeluik.words.index import Index
from tweeluik.words.known import Known

HOW_MANY: Mapping[str, int] = {
    "vrijwilligersorganisatie": 37,
    "migrantenorganisatie": 34,
    "welzijnsorganisatie": 27,
    "taalorganisatie": 21,
    "werkgeversorganisatie": 15,
    "werknemersorganisatie": 5,
    "levensbeschouwelijk": 11,
    "sport-en-cultuur": 9,
    "gemeente": 12,
    "provincie": 3,
    "uitvoeringsorganisatie": 5,
    "rijkskennisinstelling": 3,
}
"""Number of organisations of every kind, left-out kinds included."""

GOVERNMENT = frozenset({"gemeente", "provincie", "uitvoeringsorganisatie", "rijkskennisinstelling"})

MEMBERS: Mapping[str, int] = {
    "vrijwilligersorganisatie": 4,
    "migrantenorganisatie": 5,
    "welzijnsorganisatie": 4,
    "werkgeversorganisatie": 2,
    "levensbeschouwelijk": 2,
}
"""Kinds whose first national organisation is an umbrella, and how many members it has."""

REGIONS: Mapping[str, float] = {
    "NL11": 7, "NL12": 5, "NL13": 3, "NL21": 9, "NL22": 12, "NL23": 7, "NL31": 11,
    "NL32": 17, "NL33": 19, "NL34": 3, "NL41": 13, "NL42": 9,
}  # fmt: skip

NATIONAL_SHARE: Mapping[str, float] = {
    "werkgeversorganisatie": 0.6, "werknemersorganisatie": 0.6, "levensbeschouwelijk": 0.25, "sport-en-cultuur": 0.3,
    "uitvoeringsorganisatie": 0.7, "rijkskennisinstelling": 1.0, "gemeente": 0.0, "provincie": 0.0,
}  # fmt: skip

THEMES: Mapping[str, Mapping[str, float]] = {
    "vrijwilligersorganisatie": {"1.1": 2, "1.2": 1.5, "1.3": 6, "1.4": 2, "2.1": 2, "2.2": 2},
    "migrantenorganisatie": {"1.1": 4, "1.2": 4, "1.3": 4, "1.4": 3, "2.2": 2, "2.4": 1.5},
    "welzijnsorganisatie": {"1.1": 2, "1.2": 3, "1.3": 5, "1.4": 2, "2.2": 3, "2.4": 0.5},
    "taalorganisatie": {"1.1": 2, "1.3": 2, "2.1": 6, "2.2": 3, "2.3": 1},
    "werkgeversorganisatie": {"1.4": 2, "2.1": 4, "2.2": 5, "2.3": 4, "2.4": 1},
    "werknemersorganisatie": {"1.4": 1, "2.1": 3, "2.2": 2, "2.3": 4},
    "levensbeschouwelijk": {"1.1": 4, "1.2": 4, "1.3": 4, "1.4": 2, "2.2": 0.5},
    "sport-en-cultuur": {"1.1": 1, "1.3": 6, "1.4": 3, "2.2": 1},
    "gemeente": {"1.1": 2, "1.3": 3, "2.2": 4},
    "provincie": {"1.3": 2, "2.2": 2},
    "uitvoeringsorganisatie": {"2.2": 4, "2.3": 4},
    "rijkskennisinstelling": {"1.1": 2, "1.4": 2, "2.2": 2},
}
"""How likely a kind of organisation works on a theme."""

NOT_YET = {2025: frozenset({"2.4c"})}
"""Measures that did not exist in a year."""


@dataclass(slots=True)
class Naming:
    """Consent to be named in an edition."""

    edition: str
    consent: date
    withdrawn: date | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """What was otherwise up to and including a day: values as the source writes them, by key."""

    until: date
    was: Mapping[str, str]


@dataclass(slots=True)
class Organisation:
    """One organisation of the example; `busy` weighs how often it is spoken to and is not written down."""

    id: str
    name: str
    aliases: tuple[str, ...]
    registration: str | None
    kind: str
    region: str
    busy: float
    umbrella: str | None = None
    traceable: bool = False
    endorsed: date | None = None
    measures: dict[int, list[str]] = field(default_factory=dict)
    named_in: list[Naming] = field(default_factory=list)
    endorsed_until: date | None = None
    endorsed_again: date | None = None
    before: list[Former] = field(default_factory=list)
    ended: date | None = None
    successor: str | None = None


def make_organisations(dice: Dice) -> list[Organisation]:
    """All organisations, kind by kind, in the order of their names."""
    names, taken, alike = Names(dice), set[str](), Index[str]({})
    everyone: list[Organisation] = []
    for kind, number in HOW_MANY.items():
        group = [_organisation(dice, names, taken, alike, kind, first=position == 0) for position in range(number)]
        _gather_under_umbrella(dice, group)
        everyone += sorted(group, key=lambda each: each.name)
    for each in everyone:
        _work(dice, each)
    _trace_to_persons(dice, everyone)
    _name(dice, everyone)
    return everyone


def go_on(dice: Dice, everyone: list[Organisation]) -> None:
    """The third year: most of those of the second stay, and a few join."""
    for each in (each for each in everyone if not each.ended):
        if 2026 in each.measures and dice.chance(0.87):  # noqa: PLR2004 - the second year
            each.measures[2027] = _next_year(dice, each, 2027)
        elif not each.measures and each.kind not in GOVERNMENT and not each.traceable and dice.chance(0.35):
            each.measures[2027] = _draw_measures(dice, each.kind, 2027)
            each.endorsed = each.endorsed or _day(dice, date(2027, 1, 11), 120)
        if 2027 in each.measures and any(naming.edition == "2026" for naming in each.named_in):  # noqa: PLR2004
            each.named_in.append(Naming("2027", _day(dice, date(2027, 7, 5), 30)))


def _organisation(
    dice: Dice, names: Names, taken: set[str], alike: Index[str], kind: str, *, first: bool
) -> Organisation:
    """One more; its name is no question beside those of the others."""
    wants_national = dice.chance(NATIONAL_SHARE.get(kind, 0.17)) or (first and kind in MEMBERS)
    name = names.national(kind) if wants_national else None
    region = "NL"
    while name is None:
        region = dice.weighted(REGIONS)
        name = names.local(kind, region)
        if name is not None and any(True for _ in alike.find(Known((name,)))):
            name = None
    aliases = names.aliases(name) if dice.chance(0.25) else ()
    alike.add(name, Known((name, *aliases)))
    registration = _new_registration(dice, taken) if dice.chance(0.6) else None
    return Organisation(_new_id(dice, taken), name, aliases, registration, kind, region, dice.busyness())


def _new_id(dice: Dice, taken: set[str]) -> str:
    while (new := f"p-{dice.hexadecimal(6)}") in taken:
        pass
    taken.add(new)
    return new


def _new_registration(dice: Dice, taken: set[str]) -> str:
    """A number that no chamber of commerce ever gave out: none starts with 00."""
    while (new := f"009{dice.digits(5)}") in taken:
        pass
    taken.add(new)
    return new


def _gather_under_umbrella(dice: Dice, group: list[Organisation]) -> None:
    umbrella, local = group[0], [each for each in group[1:] if each.region != "NL"]
    for member in dice.shuffled(local)[: MEMBERS.get(umbrella.kind, 0)]:
        member.umbrella = umbrella.id


# --- the Actieagenda --------------------------------------------------------------------------------------------------


def _work(dice: Dice, organisation: Organisation) -> None:
    course = dice.weighted({"stays": 68, "leaves": 5, "joins": 7, "late": 2, "unendorsed": 3, "outside": 14})
    if course == "outside":
        organisation.endorsed = _day(dice, date(2025, 2, 1), 300) if dice.chance(0.15) else None
        return
    if course != "joins":
        organisation.measures[2025] = _draw_measures(dice, organisation.kind, 2025)
    if course != "leaves":
        organisation.measures[2026] = _next_year(dice, organisation, 2026)
    if course != "unendorsed":
        first = {"joins": date(2026, 1, 5), "late": date(2026, 1, 8)}.get(course, date(2025, 1, 13))
        organisation.endorsed = _day(dice, first, 150)


def _draw_measures(dice: Dice, kind: str, year: int) -> list[str]:
    number = dice.weighted({1: 30, 2: 40, 3: 20, 4: 10})
    drawn = {theme + dice.pick("abc") for theme in dice.several(THEMES[kind], number)} - NOT_YET.get(year, frozenset())
    return sorted(drawn) or _draw_measures(dice, kind, year)


def _next_year(dice: Dice, organisation: Organisation, year: int) -> list[str]:
    before = organisation.measures.get(year - 1)
    if before and dice.chance(0.85):
        return list(before)
    return _draw_measures(dice, organisation.kind, year)


def _day(dice: Dice, first: date, days: int) -> date:
    return first + timedelta(dice.below(days))


def _trace_to_persons(dice: Dice, everyone: list[Organisation]) -> None:
    civil = [each for each in everyone if each.kind not in GOVERNMENT]
    for each in dice.shuffled([each for each in civil if each.region != "NL" and not each.umbrella])[:8]:
        each.traceable = True


# --- named with consent -----------------------------------------------------------------------------------------------


def _name(dice: Dice, everyone: list[Organisation]) -> None:
    """Six are named in both years, one of them only in the first; one more withdrew before the report was sent."""
    umbrellas = {each.umbrella for each in everyone}
    free = [each for each in everyone if _may_be_named(each) and not each.umbrella and each.id not in umbrellas]
    for position, each in enumerate(dice.shuffled(free)[:7]):
        each.named_in.append(Naming("2025", _day(dice, date(2026, 2, 2), 40)))
        if position == 0:
            each.named_in[0].withdrawn = date(2026, 5, 1)
        elif position > 1:
            each.named_in.append(Naming("2026", _day(dice, date(2026, 9, 1), 40)))


def _may_be_named(organisation: Organisation) -> bool:
    in_time = organisation.endorsed is not None and organisation.endorsed.year == 2025  # noqa: PLR2004 - the first edition
    both_years = len(organisation.measures) == 2  # noqa: PLR2004 - both editions
    return organisation.kind not in GOVERNMENT and not organisation.traceable and in_time and both_years
