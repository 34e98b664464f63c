"""An organisation through time: as it was on a day, and everything that it ever was.

The value of a trait on a day is that of the earliest entry of `before` that holds it and ends on that day or later;
else it is the record's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tweeluik.source.records import NONE, TRAITS, Former, Partner, Trait

DAY = timedelta(days=1)

Told = str | bool | tuple[str, ...] | None
"""What an organisation has of a trait; None: nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Stretch:
    """A trait over a run of days, both included. `former` is the entry that tells it; None: the record itself."""

    start: date
    until: date
    value: Told
    former: Former | None


def as_on(partner: Partner, day: date) -> Partner:
    """The organisation as it was on `day`, or on its last day when that came first. Its past stays with it."""
    day = min(day, partner.ended or day)
    told = {trait: former for trait in TRAITS if (former := _entry(partner, trait, day)) is not None}
    values: dict[str, Any] = {trait: value_of(former, trait) for trait, former in told.items()}  # each of its own type
    return replace(partner, **values) if told else partner


def _entry(partner: Partner, trait: Trait, day: date) -> Former | None:
    entries = (each for each in partner.before if each.until >= day and getattr(each, trait) is not None)
    return min(entries, key=lambda each: each.until, default=None)


def value_of(former: Former, trait: Trait) -> Told:
    """A trait as an organisation has it: None where it had none."""
    value: Told = getattr(former, trait)
    return None if value == NONE and trait in ("umbrella", "registration") else value


def stretches(partner: Partner, trait: Trait) -> tuple[Stretch, ...]:
    """Every value that a trait had, the oldest first, over all days until the organisation ended."""
    found, start = list[Stretch](), date.min
    for former in sorted((each for each in partner.before if getattr(each, trait) is not None), key=lambda e: e.until):
        if former.until >= start:
            found.append(Stretch(start, former.until, value_of(former, trait), former))
            start = former.until + DAY
    if partner.ended is None or start <= partner.ended:
        found.append(Stretch(start, partner.ended or date.max, getattr(partner, trait), None))
    return tuple(found)


def names(partner: Partner) -> tuple[str, ...]:
    """Every name and other name that an organisation ever had, the present ones first."""
    return tuple(dict.fromkeys((partner.name, *partner.aliases, *_former_names(partner))))


def _former_names(partner: Partner) -> Iterator[str]:
    for former in partner.before:
        yield from (former.name,) if former.name is not None else ()
        yield from former.aliases or ()


def registrations(partner: Partner) -> tuple[str, ...]:
    """Every number of the trade register that an organisation ever had, the present one first."""
    former = (each.registration for each in partner.before if each.registration != NONE)
    return tuple(dict.fromkeys(each for each in (partner.registration, *former) if each is not None))


def numbers(partner: Partner) -> tuple[str, ...]:
    """Every number of an organisation: those of the trade register, and that of the tax office."""
    return (*registrations(partner), *((partner.rsin,) if partner.rsin is not None else ()))
