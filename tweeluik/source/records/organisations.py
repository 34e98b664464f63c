"""Organisations, what they did and what they were: `partners/`, `judgements.yaml`. Never a natural person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from tweeluik.problems import Place
from tweeluik.source.records.confidentiality import Record


@dataclass(frozen=True, slots=True, repr=False)
class Collaboration(Record):
    """The measures an organisation worked on in one year."""

    year: int
    measures: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Naming(Record):
    """Consent to be named in one edition, and when it was withdrawn."""

    edition: str
    consent: date
    withdrawn: date | None
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Endorsement(Record):
    """A period in which an organisation endorses the aims, both days included; without `until` it is in force still."""

    start: date
    until: date | None
    place: Place

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day and (self.until is None or day <= self.until)


Trait = Literal["name", "aliases", "registration", "kind", "region", "umbrella", "traceable_to_persons"]
"""What may change about an organisation."""

TRAITS: tuple[Trait, ...] = get_args(Trait)

NONE = "none"
"""In `before`: there was none. No organisation has this id."""


@dataclass(frozen=True, slots=True, repr=False)
class Former(Record):
    """What was otherwise up to and including the day `until`. None: not told; `NONE` and `()`: there was none."""

    until: date
    name: str | None
    aliases: tuple[str, ...] | None
    registration: str | None
    kind: str | None
    region: str | None
    umbrella: str | None
    traceable_to_persons: bool | None
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Partner(Record):
    """An organisation as it is now, and in `before` as it was (`past.as_on` gives it on a day). Never a natural person.

    `ended`: its last day. `successors`: who continue it.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    registration: str | None
    kind: str
    region: str
    umbrella: str | None
    traceable_to_persons: bool
    endorsed: tuple[Endorsement, ...]
    collaborations: tuple[Collaboration, ...]
    named_in: tuple[Naming, ...]
    place: Place
    before: tuple[Former, ...] = ()
    ended: date | None = None
    successors: tuple[str, ...] = ()
    rsin: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Judgement(Record):
    """A person judged two names to be those of different organisations, on a day.

    `a` is the id of a partner, `b` that of another, or the digest of a line of the exclusion list.
    """

    a: str
    b: str
    judged: Literal["different"]
    on: date
    place: Place

    @property
    def pair(self) -> frozenset[str]:
        """What it is about, in no order."""
        return frozenset((self.a, self.b))
