"""A row about a conversation -> the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from tweeluik.sheets import dates, values
from tweeluik.sheets.changes import Change, shown
from tweeluik.sheets.files.model import Cell
from tweeluik.sheets.headings import CONVERSATIONS
from tweeluik.sheets.lines import Line
from tweeluik.sheets.matching import Matcher
from tweeluik.sheets.misfits import DoesNotFit, Misfit
from tweeluik.sheets.partner_rows import RowReader
from tweeluik.sheets.terms import Words
from tweeluik.sheets.updating import NOWHERE
from tweeluik.source.records import Context, Conversation, Partner, Subject
from tweeluik.words.said import all_of, said

CONTEXTS = {
    "agenda": "agenda",
    "actieagenda": "agenda",
    "deactieagenda": "agenda",
    "binnenactieagenda": "agenda",
    "society": "society",
    "samenleving": "society",
    "desamenleving": "society",
    "contactmetdesamenleving": "society",
}
SUBJECTS = {
    "integratieensamenleven": "integratie-en-samenleven",
    "integratie": "integratie-en-samenleven",
    "overig": "overig",
    "anders": "overig",
}
"""Folded words, and the source's own that they mean."""

SHOWN = {
    "agenda": "Actieagenda",
    "society": "Samenleving",
    "integratie-en-samenleven": "Integratie en samenleven",
    "overig": "Overig",
}
"""How a cell has them."""


def read_conversation(
    line: Line, words: Words, matcher: Matcher, partners: Mapping[str, Partner], *, american: bool
) -> tuple[Conversation | None, list[Misfit]]:
    """What a row says, and why it does not fit."""
    row, none = RowReader(line), tuple[str, ...]()
    day = row.read("date", lambda cell: dates.day(cell, may_be_american=american), None)
    who = row.read("partners", lambda cell: _who(cell, matcher, partners, day), none)
    context = row.read("context", lambda cell: words.choice("context", cell, CONTEXTS, SHOWN), None)
    years = () if day is None else (day.year,)
    form = row.read("form", lambda cell: words.code("form", cell, years=years), None)
    subject = row.read("subject", lambda cell: words.choice("subject", cell, SUBJECTS, SHOWN), None)
    measures = row.read("measures", lambda cell: _measures(cell, words, day), none)
    if not row.misfits:
        missing = [CONVERSATIONS[key][0] for key in _NEEDED if key not in line.cells]
        if missing:
            row.misfits.append(Misfit(said("{columns} is missing", columns=all_of(missing))))
        elif context == "agenda" and not measures:
            row.misfits.append(Misfit(said("a conversation for the Actieagenda names its measures")))
    if row.misfits or day is None or form is None:
        return None, row.misfits
    told = Conversation(day, who, cast("Context", context), form, cast("Subject", subject), measures, NOWHERE)
    return told, []


_TOLD = ("date", "partners", "context", "form", "measures", "subject")
_NEEDED = ("date", "partners", "context", "form", "subject")


def _measures(cell: Cell, words: Words, day: date | None) -> tuple[str, ...]:
    """None where the conversation was about none: to say so is to leave the cell empty."""
    return () if day is None or values.is_not_told(cell) else words.measures(cell, day.year)


def _who(cell: Cell, matcher: Matcher, partners: Mapping[str, Partner], day: date | None) -> tuple[str, ...]:
    """The organisations named in a cell: one whose name holds a comma, or more behind each other."""
    parts = (values.text(replace(cell, text=each)) for each in values.parted(cell.text))
    found = tuple(dict.fromkeys(id_ for each in parts for id_ in _named(each, matcher)))
    ended = [partners[id_].ended for id_ in found if id_ in partners]
    if day is not None and any(each is not None and each < day for each in ended):
        what = "an organisation that did not exist any more: look at the date, or name its successor"
        raise DoesNotFit(said(what))
    return tuple(sorted(found))


_COMMA = re.compile(r"\s*,\s*")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|/|\+|&|\ben\b)\s*")


def _named(text: str, matcher: Matcher) -> tuple[str, ...]:
    """One organisation, or several with a comma or word between them, each known for sure: a name may hold one too."""
    try:
        return (matcher.named(text),)
    except DoesNotFit:
        for apart in (_COMMA, _BETWEEN_NAMES):
            names = apart.split(text)
            found = [matcher.known(each) for each in names]
            if len(names) > 1 and None not in found:
                return tuple(each for each in found if each is not None)
        raise


def is_alike(one: Conversation, other: Conversation) -> bool:
    """Whether two conversations were on one day with the same organisations."""
    return one.date == other.date and {*one.partners} == {*other.partners}


def first_told(conversation: Conversation) -> tuple[Change, ...]:
    """What is told of a conversation that is new."""
    told = ((key, _shown(conversation, key)) for key in _TOLD)
    return tuple(Change(key, "", text) for key, text in told if text)


def find_changes(former: Conversation, now: Conversation) -> tuple[Change, ...]:
    """What is otherwise about a conversation."""
    told = ((key, _shown(former, key), _shown(now, key)) for key in _TOLD)
    return tuple(Change(key, before, after) for key, before, after in told if before != after)


def _shown(conversation: Conversation, key: str) -> str:
    """A value as the column of that name has it."""
    text = shown(getattr(conversation, key))
    return SHOWN.get(text, text) if key in ("context", "subject") else text
