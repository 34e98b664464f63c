"""What rows come to -> the files of the source that change, and which rows each record in them is due to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tweeluik.sheets.answers import NEW, Answers
from tweeluik.sheets.editing import CannotEdit, edit_partners
from tweeluik.sheets.editing_conversations import edit_conversations
from tweeluik.sheets.lines import Where
from tweeluik.sheets.misfits import Misfit
from tweeluik.sheets.rendering import render_conversations, render_partners
from tweeluik.sheets.stored import Stored
from tweeluik.sheets.taking import Taken
from tweeluik.source.inventory import JUDGEMENTS
from tweeluik.source.judging import HEAD, entry
from tweeluik.source.organisations import find_unanswered
from tweeluik.source.records import Source
from tweeluik.words.said import said

_ORGANISATION = "the organisation stands in the source ({file}) in a way that only a person can change"
_CONVERSATION = "the conversation stands in the source ({file}) in a way that only a person can change"

Owners = dict[str, list[tuple[int, list[Where]]]]
"""Per file at which line each record begins, and the rows that it is due to."""


class Placed(NamedTuple):
    """The texts by the names of their files, who owns what in them, and rows that no text can be made of."""

    files: dict[str, str]
    owners: Owners
    refused: dict[Where, tuple[Misfit, ...]]

    def __repr__(self) -> str:
        return f"<{len(self.files)} files>"


def place(taken: Taken, source: Source, stored: Stored, answers: Answers, today: date) -> Placed:
    """Where everything goes: what is known is changed where it stands, what is new becomes a new file.

    Args:
        taken: what is new and what changes.
        source: what is known.
        stored: the texts of its files.
        answers: what people said.
        today: the day of a judgement that follows from an answer.
    """
    placed = Placed({}, {}, {})
    _change_organisations(taken, source, stored, placed)
    _change_conversations(taken, stored, placed)
    _add_new(taken, stored, placed)
    if judgements := _judgements(taken, source, stored, answers, today):
        placed.files[JUDGEMENTS] = judgements
    return placed


def _change_organisations(taken: Taken, source: Source, stored: Stored, placed: Placed) -> None:
    for name, ids in _by_file(taken, source).items():
        try:
            changed = {id_: taken.partners[id_] for id_ in ids}
            placed.files[name] = edit_partners(stored.text(name) or "", name, changed)
            placed.owners[name] = _starts(placed.files[name], {id_: taken.rows[id_] for id_ in ids})
        except CannotEdit as failure:
            what = said(_ORGANISATION, file=name)
            placed.refused.update({where: (Misfit(what),) for id_ in failure.ids for where in taken.rows[id_]})


def _change_conversations(taken: Taken, stored: Stored, placed: Placed) -> None:
    for name, wheres in _changed_conversations(taken).items():
        try:
            pairs = [taken.changed[where] for where in wheres]
            placed.files[name], starts = edit_conversations(stored.text(name) or "", name, pairs)
            placed.owners[name] = [(line, [where]) for line, where in zip(starts, wheres, strict=True)]
        except CannotEdit:
            what = said(_CONVERSATION, file=name)
            placed.refused.update({where: (Misfit(what),) for where in wheres})


def _add_new(taken: Taken, stored: Stored, placed: Placed) -> None:
    if taken.new:
        name = stored.free_name("partners")
        new = sorted((taken.partners[id_] for id_ in taken.new), key=lambda each: min(taken.rows[each.id]))
        placed.files[name] = render_partners(new)
        placed.owners[name] = _starts(placed.files[name], {each.id: taken.rows[each.id] for each in new})
    if taken.conversations:
        name = stored.free_name("conversations")
        wheres = sorted(taken.conversations, key=lambda at: (taken.conversations[at].date, at))
        placed.files[name] = render_conversations(taken.conversations[where] for where in wheres)
        placed.owners[name] = [(line, [where]) for line, where in enumerate(wheres, 1)]


def _by_file(taken: Taken, source: Source) -> Mapping[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for each in source.partners:
        if each.id in taken.partners:
            found[each.place.file].append(each.id)
    return found


def _changed_conversations(taken: Taken) -> Mapping[str, list[Where]]:
    found = defaultdict[str, list[Where]](list)
    for where in sorted(taken.changed, key=lambda each: taken.changed[each][0].place):
        found[taken.changed[where][0].place.file].append(where)
    return found


def _starts(text: str, rows: Mapping[str, list[Where]]) -> list[tuple[int, list[Where]]]:
    """At which line each record begins: the next one ends it."""
    found: list[tuple[int, list[Where]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        key, _, value = line.strip().removeprefix("- ").partition(" #")[0].partition(":")
        id_ = value.strip().strip("\"'") if key == "id" else ""
        if line.startswith("- ") or id_ in rows:
            found.append((number, rows.get(id_, [])))
    return found


def _judgements(taken: Taken, source: Source, stored: Stored, answers: Answers, today: date) -> str:
    """What follows from the answer that an organisation is none of those that look like it."""
    partners = {each.id: each for each in source.partners} | taken.partners
    said_new = {id_ for id_ in taken.new if answers.find("organisation", partners[id_].name) == NEW}
    if not said_new:
        return ""
    questions = find_unanswered(partners.values(), source.judgements)
    lines = [entry(each.one.id, each.other.id, today) for each in questions if each.pair & said_new]
    text = stored.text(JUDGEMENTS) or HEAD
    return f"{text.rstrip()}\n{''.join(lines)}" if lines else ""
