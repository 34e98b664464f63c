"""The review room: everything that a reviewer may see and the public may not, as pages without script. In memory only.

What is shown comes as plain values (`pipeline/looking.py` gathers them); here it is put in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tweeluik.review.facts import Check, Facts, Moved
from tweeluik.review.rendering import render_html
from tweeluik.review.report import in_groups
from tweeluik.review.standing import Standing
from tweeluik.review.subject import Subject
from tweeluik.words import dutch
from tweeluik.words.reviewing import REVIEW
from tweeluik.words.wording import STATUSES

PAGES = {
    "index.html": ("kamer.html", REVIEW.text("room.page_index")),
    "organisaties.html": ("organisaties.html", REVIEW.text("room.page_organisations")),
    "tabellen.html": ("tabellen.html", REVIEW.text("room.page_tables")),
    "namen.html": ("namen.html", REVIEW.text("room.page_names")),
}
"""Per page its template and its name in the menu."""


@dataclass(frozen=True, slots=True, repr=False)
class OrganisationSeen:
    """One organisation. `rules` it does not meet, in words; `since` the edition from which that has been so."""

    id: str
    name: str
    is_in: bool
    rules: tuple[str, ...]
    since: str
    counted_with: str
    conversations: int
    change: str


@dataclass(frozen=True, slots=True, repr=False)
class CellSeen:
    """One number: the true one, what the public sees of it and why, and what that leaves whom.

    `is_unsafe`: it may not be told on its own account. `outsider`: what everyone can conclude; `insider`: what that one
    of those who are in it does who knows most, and `not_excluded`: what that one cannot exclude, proven. `next_year`:
    the share of plausible next years in which it would be too small, None where that is not known.
    """

    label: str
    true: int
    behind: int
    said: str
    is_unsafe: bool
    why: str
    outsider: str
    insider: str
    not_excluded: str
    next_year: float | None


@dataclass(frozen=True, slots=True, repr=False)
class MergeSeen:
    """Two categories that would be better as one: how many unsafe numbers there are, and would be; `line` of YAML."""

    dimension: str
    one: str
    other: str
    now: int
    then: int
    line: str


@dataclass(frozen=True, slots=True, repr=False)
class TableSeen:
    """One table."""

    id: str
    title: str
    cells: tuple[CellSeen, ...]
    merges: tuple[MergeSeen, ...]


@dataclass(frozen=True, slots=True, repr=False)
class NamedSeen:
    """An organisation that may be named, or might once."""

    name: str
    consent: str
    withdrawn: str


@dataclass(frozen=True, slots=True, repr=False)
class Room:
    """All that the room shows. `exemptions`: (file, sentence); `turnover` in a sentence, empty where there is none.

    `doubts`: (place, warning), questions that are open still; `trail`: a line per thing that was done.
    """

    title: str
    edition: str
    facts: Facts
    subject: Subject
    standing: Standing
    calendar: tuple[Check, ...]
    organisations: tuple[OrganisationSeen, ...]
    tables: tuple[TableSeen, ...]
    named: tuple[NamedSeen, ...]
    exemptions: tuple[tuple[str, str], ...]
    turnover: str
    doubts: tuple[tuple[str, str], ...] = ()
    trail: tuple[str, ...] = ()
    is_rounded: bool = False


def render_room(room: Room, templates: Path) -> Mapping[str, bytes]:
    """Every page of the room by its name.

    Raises:
        SourceHasProblems: a template is missing or wrong.
    """
    words = wording(room)
    menu = [{"page": page, "name": name} for page, (_, name) in PAGES.items()]
    return {
        page: render_html(templates, template, {**words, "menu": menu, "here": page, "page_name": name})
        for page, (template, name) in PAGES.items()
    }


def wording(room: Room) -> dict[str, object]:
    """What the templates may use."""
    subject, checklist = room.subject, (*room.calendar, *room.facts.checklist)
    return {
        "title": room.title,
        "edition": room.edition,
        "asked_for": _asked_for(room),
        "version": subject.version,
        "day": dutch.day(subject.day),
        "digest": in_groups(subject.digest),
        "state": STATES[room.standing.state],
        "status": STATUSES[subject.status],
        "counting": len(room.standing.counting),
        "needed": room.standing.needed,
        "to_look_at": [asdict(each) for each in checklist if each.needs_attention],
        "votes": list(_votes(room.standing)),
        "calendar": [asdict(each) for each in room.calendar],
        "checklist": [asdict(each) for each in room.facts.checklist],
        "compared": room.facts.compared,
        "moved": [asdict(each) for each in room.facts.moved],
        "inside": [asdict(each) for each in room.organisations if each.is_in],
        "outside": [asdict(each) for each in room.organisations if not each.is_in],
        "tables": [_table(each) for each in room.tables],
        "named": [asdict(each) for each in room.named],
        "exemptions": [{"file": file, "sentence": sentence} for file, sentence in room.exemptions],
        "turnover": room.turnover,
        "doubts": [{"place": place, "what": what} for place, what in room.doubts],
        "trail": room.trail,
        "is_rounded": room.is_rounded,
    }


def _asked_for(room: Room) -> str:
    """How a command is asked for this very version, of which only one day and status has this digest."""
    provisional = " --provisional" if room.subject.status == "provisional" else ""
    return f"{room.edition}{provisional} --day {room.subject.day.isoformat()}"


def changes_of(moved: tuple[Moved, ...]) -> Mapping[str, str]:
    """Per organisation, by id, what changed since the last publication."""
    return {each.id: f"{each.what}: {each.why}" for each in moved if each.id}


def _table(table: TableSeen) -> dict[str, object]:
    cells = [
        {**asdict(each), "next_year": "" if each.next_year is None else share(each.next_year)} for each in table.cells
    ]
    at_risk = [each.label for each in table.cells if not each.is_unsafe and (each.next_year or 0) >= LIKELY]
    return {
        "id": table.id,
        "title": table.title,
        "cells": cells,
        "merges": [asdict(each) for each in table.merges],
        "unsafe": sum(each.is_unsafe for each in table.cells),
        "at_risk": at_risk,
        "is_forecast": any(each.next_year is not None for each in table.cells),
    }


LIKELY = 0.5
"""The share of years from which on a number is told to be at risk."""


def share(part: float) -> str:
    """A part of one, in per cent."""
    return f"{part:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


STATES: Mapping[str, str] = {each: REVIEW.text(f"state.{each}") for each in REVIEW.section("state")}
_WORTHS: Mapping[str, str] = {each: REVIEW.text(f"worth.{each}") for each in REVIEW.section("worth")}


def _votes(standing: Standing) -> Iterator[dict[str, object]]:
    for each in standing.votes:
        tells = standing.tells(each)
        said = REVIEW.text(f"vote.{('yes' if each.answer == 'yes' else 'not_yet') if tells else 'blind'}")
        yield {
            "who": each.person or each.file,
            "said": said,
            "worth": _WORTHS[each.worth],
            "remark": each.remark if tells else "",
            "reply": each.reply if tells else "",
        }
