"""Conversations over days that several publications have in common: what adding and subtracting periods tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from tweeluik.protection.differences import Difference, Earlier
from tweeluik.protection.keys import Key, Pair
from tweeluik.protection.safety import is_sensitive_sum
from tweeluik.protection.unknowns import Unknowns
from tweeluik.record.cell import Rounded, Shown, Suppressed
from tweeluik.selection.microdata import Microdata, Talk
from tweeluik.source.records import Edition

Days = tuple[date, date]


OF_PARTNERS = ("kind", "region", "first_year")
"""Dimensions in which a conversation has the categories of its partners."""


def told_by_periods(unknowns: Unknowns, mine: Microdata, earlier: Sequence[Earlier], p_percent: int) -> frozenset[int]:
    """The conversations that may not be shown, for what others tell of the same days; `mine`: its records."""
    if all(each.key[0] == "partners" for each in unknowns.all):
        return frozenset()
    told = [each for each in earlier if each.period is not None]
    of_days = chain(_hidden_elsewhere(unknowns, told), _rests(unknowns, mine, told, p_percent))
    return frozenset((*of_days, *_levels(unknowns, mine, told, p_percent)))


def _hidden_elsewhere(unknowns: Unknowns, told: Sequence[Earlier]) -> Iterator[int]:
    """What a publication over days in common does not show; nor one over other days, where a third has days of both."""
    days = _days(unknowns.selection.edition)
    for i, unknown in enumerate(unknowns.all):
        hidden = [each for each in told if isinstance(each.published.get(unknown.key), Suppressed)]
        between = [days, *(each.period for each in _beside(days, told, unknown.key))]
        if unknown.key[0] == "conversations" and any(_meet(each.period, other) for each in hidden for other in between):
            yield i


def _rests(unknowns: Unknowns, mine: Microdata, told: Sequence[Earlier], p_percent: int) -> Iterator[int]:
    """What would be sensitive of the days that only one of two publications has: their difference tells it.

    So does the difference of what they leave of a total beside a category; then the category is not shown.
    """
    here = _days(unknowns.selection.edition)
    numbers: list[Number] = [(each.key, None) for each in unknowns.all]
    numbers += [(each.plus[0], each.minus[0]) for each, _ in unknowns.complements if len(each.plus) == 1]
    for of, part in (each for each in numbers if each[0][0] == "conversations"):
        for each in _beside(here, told, of):
            one, other = (mine, here), (each.memory, each.period)
            rests = _rest(one, other, (of, part)), _rest(other, one, (of, part))
            if _tells(each, part) and any(_is_sensitive(rest, p_percent) for rest in rests):
                yield unknowns.index[of if part is None else part]


def _levels(unknowns: Unknowns, mine: Microdata, told: Sequence[Earlier], p_percent: int) -> Iterator[int]:
    """What would tell, beside a publication over days in common, a part of the agenda less one that lies in it."""
    here = _days(unknowns.selection.edition)
    cells = {each.key: i for i, each in enumerate(unknowns.all) if each.key[0] == "conversations"}
    for other in (each for each in told if _meet(here, each.period)):
        theirs = {key for key in other.published if key[0] == "conversations" and _tells(other, key)}
        for fine, coarse, lows, highs in ((mine, other.memory, cells, theirs), (other.memory, mine, theirs, cells)):
            for low, high in ((key, wide) for key in lows for _, wide in unknowns.keys.around(key) if wide in highs):
                left = _beyond(_left(coarse, (high, None)), _left(fine, (low, None)))
                if _is_sensitive(left, p_percent):
                    yield cells[low if fine is mine else high]


def _tells(publication: Earlier, key: Key | None) -> bool:
    return key is None or isinstance(publication.published.get(key), Shown | Rounded)


Known = tuple[Microdata | None, Days | None]
"""The records behind a publication, if anybody has them, and its days."""

Number = tuple[Key, Key | None]
"""A cell, or what it leaves beside one that lies in it."""


def _rest(one: Known, other: Known, of: Number) -> Contributions:
    """Who contributes what to a number of one publication beyond another, on days that the other has not."""
    (data, days), (others, there) = one, other
    if data is None or days is None or there is None or (there[0] <= days[0] and days[1] <= there[1]):
        return {}
    if others is None:
        months = f"{there[0]:%Y-%m}", f"{there[1]:%Y-%m}"
        return _left(data, of, [talk for talk in data.talks if not months[0] <= talk.month <= months[1]])
    return _beyond(_left(data, of), _left(others, of))


def _left(data: Microdata | None, of: Number, talks: Sequence[Talk] | None = None) -> Contributions:
    """The contributions to a number, of some conversations; where nobody has the records, none."""
    if data is None:
        return {}
    (key, part), some = of, data.talks if talks is None else talks
    own = _contributions(data, key, some)
    return own if part is None else _beyond(own, _contributions(data, part, some))


Contributions = dict[str, frozenset[str]]
"""Per holding its conversations, by id."""


def _contributions(data: Microdata, key: Key, talks: Iterable[Talk]) -> Contributions:
    """Those of some conversations that are in a cell; of a kind or region only of its organisations of that kind."""
    seated, of_partners = _seated(_This(data)), {pair for pair in key[1] if pair[0] in OF_PARTNERS}
    found: dict[str, set[str]] = {}
    for talk in talks:
        codes, there = seated[talk.id]
        if key[1] <= codes:
            for holding, own in there:
                if of_partners <= own:
                    found.setdefault(holding, set()).add(talk.id)
    return {holding: frozenset(own) for holding, own in found.items()}


class _This:
    """Records as the very object that they are: to be found again by that."""

    __slots__ = ("data",)

    def __init__(self, data: Microdata) -> None:
        self.data = data

    def __hash__(self) -> int:
        return id(self.data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.data is other.data


Seats = list[tuple[str, frozenset[Pair]]]
"""The holdings of who took part, each with the codes of its organisation."""


@lru_cache(maxsize=8)
def _seated(this: _This) -> Mapping[str, tuple[frozenset[Pair], Seats]]:
    """Per conversation all codes by which it is counted, and who took part: of every cell the same is asked."""
    units = {unit.id: (unit.holding, frozenset(unit.codes)) for unit in this.data.units}
    there = {talk.id: [units[each] for each in talk.units if each in units] for talk in this.data.talks}
    return {
        talk.id: (frozenset((*talk.codes, *(p for _, own in there[talk.id] for p in own if p[0] in OF_PARTNERS))),
                  there[talk.id])
        for talk in this.data.talks
    }  # fmt: skip


def _beyond(more: Contributions, fewer: Contributions) -> Contributions:
    """What is in one publication and not in another."""
    known = _all_of(fewer)
    return {holding: rest for holding, own in more.items() if (rest := own - known)}


def _is_sensitive(contributions: Contributions, p_percent: int) -> bool:
    return is_sensitive_sum(_all_of(contributions), contributions, p_percent)


def _all_of(contributions: Contributions) -> frozenset[str]:
    return frozenset[str]().union(*contributions.values())


def changed_conversations(
    unknowns: Unknowns, mine: Microdata, earlier: Iterable[Earlier], p_percent: int
) -> Iterator[Difference]:
    """Cells of conversations that stand as an exact number in publications over the same days, and changed by few.

    Whoever knows that nothing was left out (or added) takes the difference for what was added (or left out): it may be
    nothing, and it may be more than the largest contributor's.
    """
    for those in _over_the_same_days(_days(unknowns.selection.edition), tuple(earlier)):
        for i, unknown in enumerate(unknowns.all):
            contents = [each.published.get(unknown.key) for each in those]
            values = [content.value for content in contents if isinstance(content, Shown)]
            told = unknown.key[0] == "conversations" and len(values) == len(those)
            if told and sum(values) != unknown.value:
                others = _others([each.memory for each in those], mine, unknown.key, p_percent, sum(values))
                yield from (Difference(i, other) for other in others)


def _over_the_same_days(days: Days, earlier: Sequence[Earlier]) -> Iterator[tuple[Earlier, ...]]:
    """Publications over just these days; and two that follow each other and have them together."""
    yield from ((each,) for each in earlier if each.period == days)
    first = [(each, each.period) for each in earlier if each.period is not None and each.period[0] == days[0]]
    for one, (_, until) in first:
        rest = (until + timedelta(days=1), days[1])
        yield from ((one, other) for other in earlier if other.period == rest)


def _others(behind: Sequence[Microdata | None], mine: Microdata, key: Key, p_percent: int, value: int) -> Iterator[int]:
    """What a cell must seem to be able to be, beside what it is, after publications that showed this number."""
    known = [data for data in behind if data is not None]
    if len(known) < len(behind):
        yield value
        return
    before = _together(_contributions(data, key, data.talks) for data in known)
    now = _contributions(mine, key, mine.talks)
    for more, fewer, sign in ((now, before, 1), (before, now, -1)):
        changed = _beyond(more, fewer)
        if _is_sensitive(changed, p_percent):
            yield value
            if not _beyond(fewer, more):
                first = max(map(len, changed.values()))
                above = max(-(-first * (100 + p_percent) // 100), len(_all_of(changed)) + 1)
                yield max(0, value + sign * above)


def _together(several: Iterable[Contributions]) -> Contributions:
    found: Contributions = {}
    for each in several:
        for holding, own in each.items():
            found[holding] = found.get(holding, frozenset()) | own
    return found


def _beside(days: Days, told: Iterable[Earlier], key: Key) -> list[Earlier]:
    """Publications with days in common that tell a number."""
    telling = (each for each in told if isinstance(each.published.get(key), Shown | Rounded))
    return [each for each in telling if _meet(days, each.period)]


def _days(edition: Edition) -> Days:
    return edition.covered.start, edition.covered.until


def _meet(one: Days | None, other: Days | None) -> bool:
    """Whether two periods have days in common."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]
