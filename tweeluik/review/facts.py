"""What a reviewer has to know of a release beside its pages: what changed in the source, and what to look at.

Confidential. Everything here follows from the source and the register: no clock, no order of files. Its digest is a
part of what is approved, so that a change behind equal numbers takes the approvals back too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from tweeluik.record.cell import Rounded, Suppressed
from tweeluik.record.model import Release
from tweeluik.record.register import Published
from tweeluik.review.changes import Changes, find_changes
from tweeluik.selection.microdata import Microdata, Unit, digest, microdata
from tweeluik.selection.rules import Selection, is_named, select
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Edition, Partner, Source
from tweeluik.words import dutch
from tweeluik.words.wording import DIMENSIONS


@dataclass(frozen=True, slots=True, repr=False)
class Moved:
    """An organisation that came, went or is counted otherwise since the version or edition that it is compared with.

    `what`: `erbij`, `eruit` or `anders`; `why` in words: the rule that it does not meet, or the divisions that differ.
    """

    id: str
    name: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the checklist: what is asked, what is found, and whether somebody must look (`aandacht`)."""

    asked: str
    found: str
    needs_attention: bool


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """All of it. `compared`: in words, with what the organisations were compared; empty when there was nothing."""

    changes: Changes
    compared: str
    moved: tuple[Moved, ...]
    checklist: tuple[Check, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over all that it says, the files apart: those are in the subject themselves."""
        raw = asdict(self)
        raw["changes"] = {name: value for name, value in asdict(self.changes).items() if name != "files"}
        return sha256(json.dumps(raw, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, repr=False)
class Proposed:
    """A version on its way out, with what is needed to tell about it.

    `memory` is the microdata of what it is compared with: its own earlier version, or else the edition of before.
    """

    source: Source
    edition: Edition
    release: Release
    day: date
    before: Published
    memory: Microdata | None
    differences: tuple[str, ...] = ()
    exemptions: int = 0


def find_facts(proposed: Proposed) -> Facts:
    """What there is to know of a version that is proposed."""
    edition, release = proposed.edition, proposed.release
    versions = proposed.before.register.get(edition.id, ())
    selection = select(proposed.source, edition)
    memory = proposed.memory if _is_comparable(proposed) else None
    return Facts(
        find_changes(versions[-1] if versions else None, release),
        _compared(memory, edition),
        () if memory is None else tuple(_moved(proposed.source, memory, selection)),
        tuple(_checklist(proposed, selection)),
    )


# --- who came and who went --------------------------------------------------------------------------------------------


def _compared(memory: Microdata | None, edition: Edition) -> str:
    if memory is None:
        return ""
    same = memory.edition == edition.id
    return f"versie {memory.version} van deze editie" if same else f"de editie {memory.edition}"


def _is_comparable(proposed: Proposed) -> bool:
    """Whether anybody in the memory is known in the source: with another key nobody would be."""
    key = secret_of(proposed.source)
    own = {digest(key, kind="partner", of=each.id) for each in proposed.source.partners}
    return proposed.memory is not None and any(unit.id in own for unit in proposed.memory.units)


def _moved(source: Source, memory: Microdata, selection: Selection) -> Iterator[Moved]:
    """In the order of the names; who is known in the memory only, and not in the source any more, has no name left."""
    key = secret_of(source)
    then = {unit.id: unit for unit in memory.units}
    now = {unit.id: unit for unit in microdata(source, selection, key).units}
    own = {digest(key, kind="partner", of=each.id): each for each in source.partners}
    rules = {each.partner.id: each.rule.number for each in selection.left_out}
    found = (_one(partner, then.get(unit), now.get(unit), rules.get(partner.id, "")) for unit, partner in own.items())
    yield from sorted((each for each in found if each is not None), key=lambda each: (each.name.casefold(), each.id))
    gone = len(then.keys() - own.keys())
    if gone:
        who = f"{gone} {dutch.plural(gone, 'organisatie', 'organisaties')}"
        yield Moved("", who, "eruit", "niet meer in de bron")


def _one(partner: Partner, then: Unit | None, now: Unit | None, rule: str) -> Moved | None:
    if then is None and now is not None:
        return Moved(partner.id, partner.name, "erbij", "voldoet nu aan alle regels")
    if then is not None and now is None:
        return Moved(partner.id, partner.name, "eruit", RULES.get(rule, "gaat verder in een andere organisatie"))
    other = () if then is None or now is None else tuple(_otherwise(then, now))
    return Moved(partner.id, partner.name, "anders", ", ".join(other)) if other else None


def _otherwise(then: Unit, now: Unit) -> Iterator[str]:
    """In what an organisation is counted otherwise: of the divisions that both know."""
    sides = {name for name, _ in then.codes} & {name for name, _ in now.codes}
    for side in sorted(sides):
        if {code for name, code in then.codes if name == side} != {code for name, code in now.codes if name == side}:
            yield DIMENSIONS[side].one.lower()
    if then.holding != now.holding:
        yield "koepel"
    if then.named != now.named:
        yield "met of zonder naam"


RULES: Mapping[str, str] = {
    "L1": "L1: sprak niet elk jaar met ons",
    "L2": "L2: te herleiden tot een of enkele personen",
    "L3": "L3: overheid",
    "L6": "L6: werkte niet mee aan de Actieagenda",
    "L7": "L7: onderschreef de doelen niet op de peildatum",
}
"""The rules of the letter in the words of a reviewer."""


# --- the checklist ----------------------------------------------------------------------------------------------------


def _checklist(proposed: Proposed, selection: Selection) -> Iterator[Check]:
    release = proposed.release
    yield Check("Is op gelekte namen en getallen gezocht?", "Ja, er is niets gevonden.", needs_attention=False)
    yield Check("Is geprobeerd de getallen te herleiden?", "Ja, dat lukte niet.", needs_attention=False)
    yield Check(
        "Staat een organisatie er misschien twee keer in?", "Nee, elke vraag is beantwoord.", needs_attention=False
    )
    if release.withdrawal is not None:
        found = f"Ja: {release.withdrawal.note} De cijfers en namen van eerdere versies blijven bekend."
        yield Check("Wordt de editie ingetrokken?", found, needs_attention=True)
    yield _numbers(release)
    yield _due(release, proposed.day)
    yield _parliament(release)
    yield _names(proposed.edition, selection, proposed.day)
    if proposed.exemptions:
        found = f"{proposed.exemptions} in exceptions.yaml."
        yield Check("Uitzonderingen bij het zoeken naar namen?", found, needs_attention=True)
    if release.status == "provisional":
        found = "Voorlopig: wat online heeft gestaan, blijft bekend."
        yield Check("Is de periode voorbij?", found, needs_attention=True)
    for each in proposed.differences:
        yield Check("Zegt de bron nog wat eerder is gepubliceerd?", each, needs_attention=True)


def _numbers(release: Release) -> Check:
    cells = [content for table in release.tables for content in table.cells.values()]
    hidden = sum(isinstance(each, Suppressed) for each in cells)
    rounded = sum(isinstance(each, Rounded) for each in cells)
    if not cells:
        return Check("Welke getallen staan erin?", "Geen: alleen een mededeling.", needs_attention=False)
    exact = len(cells) - hidden - rounded
    found = f"{len(cells)} getallen: {exact} precies, {rounded} afgerond, {hidden} niet getoond."
    return Check("Welke getallen staan erin?", found, needs_attention=hidden * 5 > len(cells) * 2)


def _due(release: Release, day: date) -> Check:
    """By the day on which it was sent; as long as it was not, by that of its publication."""
    asked = "Is de editie op tijd?"
    if release.due is None:
        return Check(asked, "Er staat geen uiterste datum (due) in de editie.", needs_attention=True)
    late = ((release.sent or day) - release.due).days
    if late <= 0:
        return Check(asked, f"Ja: uiterlijk {dutch.day(release.due)}.", needs_attention=False)
    days = dutch.plural(late, "dag", "dagen")
    why = f"Lezers zien waarom: {release.late}" if release.late else "Lezers zien niet waarom (late)."
    return Check(asked, f"Nee: {late} {days} na {dutch.day(release.due)}. {why}", needs_attention=True)


def _parliament(release: Release) -> Check:
    asked = "Staat de vindplaats in de Kamerstukken erbij?"
    if release.parliament is None:
        return Check(asked, "Nee.", needs_attention=True)
    return Check(asked, "Ja.", needs_attention=False)


def _names(edition: Edition, selection: Selection, day: date) -> Check:
    """Consents are of before the day of publication, or somebody must look."""
    named = [each for each in selection.partners if is_named(each, edition)]
    given = [one.consent for each in named for one in each.named_in if one.edition == edition.id]
    early = sum(each > day for each in given)
    found = f"{len(named)} met naam, allemaal met toestemming."
    if early:
        found = f"{len(named)} met naam; {early} met een toestemming van na de dag van publicatie."
    return Check("Wie staat er met naam in?", found if named else "Niemand.", needs_attention=bool(early))
