"""The parts of the Actieagenda and their years. A code may have several items, each with its years and label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from tweeluik.problems import Problem
from tweeluik.source.drafts import AgendaDraft, AgendaDrafts
from tweeluik.source.reading import Found, Reading
from tweeluik.source.records import Agenda, AgendaItem

LEVELS = ("pillar", "theme", "measure")
_ABOVE = {"theme": "pillar", "measure": "theme"}

Years = Mapping[str, tuple[int, int]]
"""First and last year of a code, over all its items."""


def complete(drafts: AgendaDrafts) -> Agenda:
    """The agenda with every year filled in, sorted by code and year. The drafts have passed every check."""
    pillars = _complete(drafts.pillars, {})
    themes = _complete(drafts.themes, _span(pillars))
    measures = _complete(drafts.measures, _span(themes))
    return Agenda(pillars, themes, measures, drafts.place)


def _complete(drafts: tuple[AgendaDraft, ...], above: Years) -> tuple[AgendaItem, ...]:
    items = list[AgendaItem]()
    for each in drafts:
        items += _by_label(each, *years(each, above))
    return tuple(sorted(items, key=lambda item: (in_order(item.code), item.first)))


def _by_label(draft: AgendaDraft, first: int, last: int) -> Iterator[AgendaItem]:
    """One item per label that it had."""
    replaces = tuple(sorted(draft.replaces))
    for former in draft.before:
        yield AgendaItem(draft.code, former.label, draft.parent, first, former.until, former.place, replaces)
        first = former.until + 1
    yield AgendaItem(draft.code, draft.label, draft.parent, first, last, draft.place, replaces)


def in_order(code: str) -> tuple[tuple[int, str], ...]:
    """A sorting key that puts 1.2 before 1.10."""
    parts = "".join(character if character.isdigit() else f" {character} " for character in code).split()
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def years(item: AgendaDraft, above: Years) -> tuple[int, int]:
    """The item's own years, or those of its parent."""
    if item.first is not None and item.last is not None:
        return item.first, item.last
    return above.get(item.parent or "", (0, 9999))


def _span(items: tuple[AgendaItem, ...]) -> Years:
    return {
        code: (
            min(each.first for each in items if each.code == code),
            max(each.last for each in items if each.code == code),
        )
        for code in {each.code for each in items}
    }


def spans(reading: Reading) -> dict[str, Years]:
    """Per level, the years of every code that was read."""
    result: dict[str, Years] = {}
    for level in LEVELS:
        span: dict[str, tuple[int, int]] = {}
        for found in _items(reading, level):
            first, last = years(found.record, result.get(_ABOVE.get(level, ""), {}))
            known = span.get(found.record.code, (first, last))
            span[found.record.code] = min(first, known[0]), max(last, known[1])
        result[level] = span
    return result


def _items(reading: Reading, level: str) -> list[Found[AgendaDraft]]:
    return [each for each in reading.all(AgendaDraft) if each.record.level == level]


def years_fit(reading: Reading) -> Iterator[Problem]:
    """Items of one code follow each other, below one parent, within its years."""
    spanned = spans(reading)
    for level in LEVELS:
        above = spanned.get(_ABOVE.get(level, ""), {})
        items = sorted(_items(reading, level), key=lambda each: (each.record.code, years(each.record, above)))
        for one, other in pairwise(items):
            if one.record.code == other.record.code:
                yield from _follows(one, other, above)
        for each in items:
            first, last = above.get(each.record.parent or "", (0, 9999))
            own = years(each.record, above)
            if own[0] < first or own[1] > last:
                yield each.problem("from", f"years outside those of its {_ABOVE[level]}", f"from {first} to {last}")


def _follows(one: Found[AgendaDraft], other: Found[AgendaDraft], above: Years) -> Iterator[Problem]:
    later = max(one, other, key=lambda found: found.node.place)
    sooner = one if later is other else other
    if years(other.record, above)[0] <= years(one.record, above)[1]:
        hint = f"give it other years than the item at {sooner.node.place}"
        yield later.problem("code", "used twice in the same year", hint)
    if one.record.parent != other.record.parent:
        yield later.problem(
            _ABOVE[one.record.level], "another parent than the same code has elsewhere", "use a new code"
        )
