"""What every real source keeps, so that a world which does not is none: readers would exclude it.

The rules are asked of whatever a world changes. What it leaves as it truly is needs no excuse: organisations that
endorsed late or were corrected exist. What truly is an exception to a rule (these two publications, that part of the
agenda) may be one in another world too, since a reader who excludes that excludes the truth; nothing else may. So no
world has an exception that the truth has not.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tweeluik.checks.audit.counting import OF_PARTNERS, Counting
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.worlds import Pair, Publication, Talk, Unit

LEVELS = ("pillar", "theme", "measure")
"""The agenda's dimensions, from coarse to fine."""

ONE = frozenset({"kind", "region", "first_year", "form"})
"""Dimensions of which every record has exactly one category."""

Agenda = Mapping[Pair, Pair]
"""(level, code) -> (level, code) one up, for every theme and measure."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What readers know of one publication: the categories of each dimension, and when it is about."""

    publication: Publication
    asked_of_units: Mapping[str, frozenset[str]]
    asked_of_talks: Mapping[str, frozenset[str]]
    years: frozenset[int]
    period: tuple[str, str]

    @classmethod
    def of(cls, edition: Edition) -> Known:
        """From the record of an edition."""
        units: dict[str, frozenset[str]] = {}
        talks: dict[str, frozenset[str]] = {}
        for table in edition.tables:
            for side in table.sides:
                own = table.counts == "conversations" and side.name not in OF_PARTNERS
                (talks if own else units)[side.name] = frozenset(side.labels)
        first, last = (int(day[:4]) for day in edition.period)
        return cls(edition.publication, units, talks, frozenset(range(first, last + 1)), edition.period)


def taken_together(code: str) -> frozenset[str]:
    """The categories behind a code: those that an edition took together, or itself."""
    return frozenset(code.split("+"))


def agenda_of(editions: Iterable[Edition]) -> dict[Pair, Pair]:
    """What lies in what, as far as the records tell it themselves."""
    found: dict[Pair, Pair] = {}
    for edition in editions:
        for side in (side for table in edition.tables for side in table.sides if side.name in LEVELS[1:]):
            above = LEVELS[LEVELS.index(side.name) - 1]
            found |= {(side.name, code): (above, parent) for code, parent in side.parents.items()}
    return found


History = Mapping[Publication, Unit | None]
"""One organisation over all publications; None: it is not there."""

Told = Mapping[Publication, frozenset[Pair] | None]
"""Its categories in each of them."""


def _codes_of(history: History) -> Told:
    return {key: None if unit is None else unit.codes for key, unit in history.items()}


class Reality:
    """The rules, for the publications that are known."""

    def __init__(self, editions: Iterable[Edition], agenda: Agenda) -> None:
        every = sorted((Known.of(edition) for edition in editions if edition.tables), key=lambda each: each.publication)
        self._all = {each.publication: each for each in every}
        latest = {each.publication[0]: each for each in every}
        self._latest = tuple(latest.values())
        self._agenda = agenda
        self._odd: dict[tuple[frozenset[Pair] | None, ...], frozenset[Oddity]] = {}
        self._could: dict[tuple[Publication, frozenset[Pair]], bool] = {}
        self._known_above: dict[tuple[Publication, str, str], bool] = {}
        self._could_be_held: dict[tuple[Publication, frozenset[Pair]], bool] = {}

    def holds(self, counting: Counting, world: int) -> bool:
        """Whether everything that a world changes could be so."""
        changed = counting.worlds[world - 1]
        units = sorted({name for _, name in changed.units})
        talks = sorted({name for _, name in changed.talks})
        return (
            {key for key, _ in (*changed.units, *changed.talks)} <= self._all.keys()
            and all(self._unit(*(self._history(counting, each, name) for each in (world, 0))) for name in units)
            and all(self._talk(counting, world, name) for name in talks)
            and all(self._at_the_table(counting, world, key) for key in self._all)
        )

    # --- one organisation over all publications -----------------------------------------------------------------------

    def _history(self, counting: Counting, world: int, name: str) -> History:
        return {key: counting.unit(world, key, name) for key in self._all}

    def _unit(self, history: History, true: History) -> bool:
        """Whether it keeps every rule that it truly keeps: who is odd somewhere may be so there in another world."""
        for key, unit in history.items():
            if unit is not None and unit != true[key] and not self._could_be(key, unit.codes):
                return False
        return self.is_no_odder(_codes_of(history), _codes_of(true))

    def _could_be(self, publication: Publication, codes: frozenset[Pair]) -> bool:
        """Whether an organisation may have these categories; asked once, of many there are few kinds."""
        if (publication, codes) not in self._could:
            self._could[publication, codes] = self._coded(codes, self._all[publication].asked_of_units)
        return self._could[publication, codes]

    def is_no_odder(self, codes: Told, than: Told) -> bool:
        """Whether an organisation that is told so in every publication is odd only where another telling is as well."""
        latest, truly = ([(each, of[each.publication]) for each in self._latest] for of in (codes, than))
        broken = self._oddities(latest)
        return not broken or broken <= self._oddities(truly)

    def _oddities(self, latest: Sequence[Seen]) -> frozenset[Oddity]:
        """Where an organisation is what no source without corrections or late endorsements would make it."""
        told = tuple(codes for _, codes in latest)
        if told not in self._odd:
            self._odd[told] = frozenset(
                (*_other_traits_on_a_day(latest), *self._does_not_add_up(latest), *_other_first_years(latest))
            )
        return self._odd[told]

    def _coded(self, codes: frozenset[Pair], asked: Mapping[str, frozenset[str]]) -> bool:
        """One category per dimension, of the agenda at least one, all of them published; parts lie in their wholes."""
        for name, known in asked.items():
            own = {code for dimension, code in codes if dimension == name}
            if not own or not own <= known or (name in ONE and len(own) > 1):
                return False
        return {name for name, _ in codes} <= asked.keys() and self._nested(codes, asked)

    def _nested(self, codes: frozenset[Pair], asked: Mapping[str, frozenset[str]]) -> bool:
        levels = [level for level in LEVELS if level in asked]
        for coarse, fine in pairwise(levels):
            implied = {self._above((name, code), coarse) for name, code in codes if name == fine}
            if None not in implied and implied != {code for name, code in codes if name == coarse}:
                return False
        return True

    def _above(self, pair: Pair, level: str) -> str | None:
        while pair[0] != level:
            if pair not in self._agenda:
                return None
            pair = self._agenda[pair]
        return pair[1]

    def _does_not_add_up(self, latest: Sequence[Seen]) -> Iterator[Oddity]:
        """Where publications say otherwise of the same years: whether it is there, in what part of the agenda.

        Who tells of themes tells of their pillars, in the words of a publication that tells of no themes as well.
        """
        for level in ("", *LEVELS):
            does = [(known, self._does(known, codes, level)) for known, codes in latest]
            told = [(known, parts) for known, parts in does if parts is not None]
            yield from ((level, *each) for each in _not_adding_up(told))

    def _does(self, known: Known, codes: frozenset[Pair] | None, level: str) -> frozenset[str] | None:
        """The parts of the agenda on a level that a publication says somebody works on; None: it does not say."""
        if not level:
            return frozenset() if codes is None else frozenset({"there"})
        finer = next((each for each in LEVELS[LEVELS.index(level) :] if each in known.asked_of_units), None)
        if finer is None or not self._climbs(known, finer, level):
            return None
        parts = (self._above(pair, level) for pair in codes or () if pair[0] == finer)
        return frozenset(part for part in parts if part is not None)

    def _climbs(self, known: Known, finer: str, level: str) -> bool:
        """Whether of all parts of the agenda that a publication tells of it is known what they lie in."""
        if (known.publication, finer, level) not in self._known_above:
            codes = known.asked_of_units[finer]
            found = all(self._above((finer, code), level) is not None for code in codes)
            self._known_above[known.publication, finer, level] = found
        return self._known_above[known.publication, finer, level]

    # --- conversations ------------------------------------------------------------------------------------------------

    def _talk(self, counting: Counting, world: int, name: str) -> bool:
        """It is what a conversation may be, and as odd as it truly is at most: some were corrected."""
        talks = self._talks(counting, world, name)
        if not all(self._talk_alone(known, talk) for known, talk in talks.items() if talk is not None):
            return False
        odd = frozenset(self._odd_talk(counting, world, talks))
        return not odd or odd <= frozenset(self._odd_talk(counting, 0, self._talks(counting, 0, name)))

    def _talks(self, counting: Counting, world: int, name: str) -> Mapping[Known, Talk | None]:
        return {known: counting.talk(world, known.publication, name) for known in self._latest}

    def _odd_talk(self, counting: Counting, world: int, talks: Mapping[Known, Talk | None]) -> Iterator[Oddity]:
        """It has the same table, month and subjects in every publication, and is in all that it belongs in."""
        there = {known: talk for known, talk in talks.items() if talk is not None}
        if len({(talk.holdings, talk.month) for talk in there.values()}) > 1:
            yield ("table",)
        if len(there) > 1 and not _same_subjects(there):
            yield ("subjects",)
        names = frozenset[str]().union(*(talk.units for talk in there.values()))
        month = next((talk.month for talk in there.values()), "")
        for known, talk in talks.items():
            if talk is not None:
                if talk.units != counting.there(world, known.publication, names):
                    yield ("seats", *map(str, known.publication))
            elif (
                known.asked_of_talks and month and covers(known.period, month)
                and counting.there(world, known.publication, names)
            ):  # fmt: skip
                yield ("nowhere", *map(str, known.publication))

    def _talk_alone(self, known: Known, talk: Talk) -> bool:
        first, last = (day[:7] for day in known.period)
        return bool(talk.units) and first <= talk.month <= last and self._held(known, talk.codes)

    def _held(self, known: Known, codes: frozenset[Pair]) -> bool:
        """Whether a conversation may have these categories."""
        key = known.publication, codes
        if key not in self._could_be_held:
            self._could_be_held[key] = self._coded(codes, known.asked_of_talks)
        return self._could_be_held[key]

    def _at_the_table(self, counting: Counting, world: int, publication: Publication) -> bool:
        """Whoever sat at a table of a publication is in it, under its own holding."""
        for talk in counting.disturbed(publication, world):
            units = counting.at(world, publication, talk)
            if not units or any(unit is None or unit.holding not in talk.holdings for unit in units):
                return False
        return True


Seen = tuple[Known, frozenset[Pair] | None]
"""A publication, and what an organisation is in it."""

Oddity = tuple[str, ...]
"""What is broken, and where: publications, a day, a part of the agenda."""

Does = tuple[Known, frozenset[str]]
"""A publication, and what a record does in it; nothing where it is not."""


def _not_adding_up(does: Sequence[Does]) -> Iterator[Oddity]:
    """Publications, or a part of the agenda, for which nothing that was done in every single year gives what is said.

    Over the same years whoever is in by an earlier day is in by a later, and does the same.
    """
    whole: dict[frozenset[int], Does] = {}
    for known, codes in sorted(does, key=lambda each: each[0].period[1]):
        before = whole.get(known.years)
        if before is not None and codes != before[1] and (before[1] or known.period[1] == before[0].period[1]):
            how = "otherwise" if codes else "gone"
            yield (how, *map(str, before[0].publication), *map(str, known.publication))
        whole[known.years] = (known, codes)
    days = {known.period[1] for known, codes in does if codes}  # on which it belongs: where it is not, it did nothing
    for code in frozenset[str]().union(*(codes for _, codes in does)):
        if not _in_some_year([(years, code in codes) for years, (_, codes) in whole.items()]):
            yield (code,)
        if not _in_some_year([(known.years, code in codes) for known, codes in does if known.period[1] in days]):
            yield ("when it is there", code)


def _in_some_year(having: Sequence[tuple[frozenset[int], bool]]) -> bool:
    never = frozenset[int]().union(*(years for years, has in having if not has))
    return all(bool(years - never) for years, has in having if has)


def _other_traits_on_a_day(latest: Sequence[Seen]) -> Iterator[Oddity]:
    """Publications with one reference date tell the same kind and region, or one of those that are taken together."""
    seen: dict[tuple[str, str], frozenset[str]] = {}
    for known, told in latest:
        for name, code in told or ():
            if name in {"kind", "region"}:
                key = (known.period[1], name)
                seen[key] = seen.get(key, taken_together(code)) & taken_together(code)
    yield from (key for key, codes in seen.items() if not codes)


def _other_first_years(latest: Sequence[Seen]) -> Iterator[Oddity]:
    """One first year; not there in any year before it, and there in its publication."""
    said = {code for _, told in latest for name, code in told or () if name == "first_year"}
    if len(said) > 1:
        yield ("first years",)
    whole = {known.years: (known, told) for known, told in sorted(latest, key=lambda each: each[0].period[1])}
    for known, told in whole.values() if len(said) == 1 else ():
        first = int(min(said))
        if (told is not None and max(known.years) < first) or (told is None and known.years == {first}):
            yield ("first year", *map(str, known.publication))


def _same_subjects(there: Mapping[Known, Talk]) -> bool:
    """What two publications both ask of a conversation, they tell alike."""
    seen: dict[str, frozenset[str]] = {}
    for known, talk in there.items():
        for name in known.asked_of_talks:
            codes = frozenset(code for dimension, code in talk.codes if dimension == name)
            if seen.setdefault(name, codes) != codes:
                return False
    return True


@cache
def covers(period: tuple[str, str], month: str) -> bool:
    """Whether a month lies in a period whole."""
    days = monthrange(int(month[:4]), int(month[5:]))[1]
    return period[0] <= f"{month}-01" and f"{month}-{days}" <= period[1]
