"""Conversations of 2023 to the middle of 2027: with society in all years, within the Actieagenda from 2025."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tools.example.dice import Dice
from tools.example.organisations import GOVERNMENT, Organisation

SOCIETY: Mapping[int, int] = {2023: 560, 2024: 590, 2025: 230, 2026: 180, 2027: 70}
AGENDA: Mapping[int, int] = {2025: 490, 2026: 450, 2027: 240}
"""Number of conversations per year."""

LAST_DAY: Mapping[int, date] = {2027: date(2027, 6, 30)}
"""Years that are not over."""

SUMMER_HOLIDAY = (8,)
SATURDAY = 5

FORMS: Mapping[str, float] = {"gesprek": 34, "werkbezoek": 20, "rondetafel": 12, "bijeenkomst": 16, "telefonisch": 18}


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation of the example."""

    day: date
    partners: tuple[str, ...]
    context: str
    form: str
    subject: str
    measures: tuple[str, ...] = field(default=())


def make_conversations(dice: Dice, everyone: list[Organisation], years: Iterable[int]) -> dict[int, list[Conversation]]:
    """The conversations of these years, by date."""
    made: dict[int, list[Conversation]] = {}
    for year in years:
        number = SOCIETY[year]
        made[year] = [_with_society(dice, everyone, year) for _ in range(number)]
        partners = [each for each in everyone if year in each.measures]
        made[year] += [_in_agenda(dice, partners, year) for _ in range(AGENDA.get(year, 0))]
        made[year].sort(key=lambda each: (each.day, each.partners))
    return made


def _with_society(dice: Dice, everyone: list[Organisation], year: int) -> Conversation:
    number = dice.weighted({1: 74, 2: 16, 3: 7, 4: 3})
    partners = dice.several({each.id: each.busy for each in everyone}, number)
    subject = "integratie-en-samenleven" if dice.chance(0.82) else "overig"
    return Conversation(_workday(dice, year), tuple(sorted(partners)), "society", _form(dice, number), subject)


def _in_agenda(dice: Dice, partners: list[Organisation], year: int) -> Conversation:
    civil = {position: each.busy for position, each in enumerate(partners) if each.kind not in GOVERNMENT}
    number = dice.weighted({1: 72, 2: 18, 3: 10})
    chosen = [partners[position] for position in dice.several(civil, number)]
    measures = dice.several(dict.fromkeys(chosen[0].measures[year], 1.0), 1 + dice.chance(0.2))
    ids = [each.id for each in chosen]
    if dice.chance(0.08):
        ids.append(dice.pick([each.id for each in partners if each.kind in GOVERNMENT]))
    subject = "integratie-en-samenleven" if dice.chance(0.94) else "overig"
    day, form = _workday(dice, year), _form(dice, len(ids))
    return Conversation(day, tuple(sorted(ids)), "agenda", form, subject, tuple(sorted(measures)))


def _form(dice: Dice, partners: int) -> str:
    if partners == 1:
        return dice.weighted({**FORMS, "rondetafel": 2})
    return dice.weighted({**FORMS, "rondetafel": 40, "bijeenkomst": 30, "telefonisch": 5})


def _workday(dice: Dice, year: int) -> date:
    first, last = date(year, 1, 2), LAST_DAY.get(year, date(year, 12, 20))
    while True:
        day = first + timedelta(dice.below((last - first).days + 1))
        rare = day.weekday() >= SATURDAY or day.month in SUMMER_HOLIDAY
        if not rare or dice.chance(0.1):
            return day
