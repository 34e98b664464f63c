"""Tabulation: all worlds at once, counted from their bare records by published labels alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from tweeluik.checks.audit.crowd import Bits, Crowd, Numbers
from tweeluik.checks.audit.published import Edition, Table
from tweeluik.checks.audit.questions import Among, Expression, Label, every
from tweeluik.checks.audit.worlds import Pair, Publication, Records, Talk, Truth, Unit, World
from tweeluik.record.cell import TOTAL, Codes

OF_PARTNERS = ("kind", "region", "first_year")
"""Dimensions in which a conversation has the categories of its partners."""

EMPTY = Records({}, {})


def expression(publication: Publication, table: Table, codes: Codes) -> Expression:
    """The records that a cell counts, in published labels."""
    sides = zip(table.sides, codes, strict=True)
    labels = tuple(Label(publication, (side.name, code)) for side, code in sides if code != TOTAL)
    return every(*labels) if len(labels) > 1 else labels[0] if labels else Label(publication)


class Counting:
    """The truth and some worlds, ready to be counted. World 0 is the truth; the worlds follow in their order."""

    def __init__(self, truth: Truth, worlds: Sequence[World] = ()) -> None:
        self.truth, self.worlds = truth, tuple(worlds)
        self.units = Crowd({key: records.units for key, records in truth.items()}, [each.units for each in worlds])
        self.talks = Crowd(
            {key: records.talks for key, records in truth.items()},
            [each.talks for each in worlds],
            [{name for unit in each.units for name in self._attended.get(unit, ())} for each in worlds],
        )
        self._labels: dict[tuple[str, Label], Bits] = {}
        self._known: dict[tuple[str, int], tuple[Among, Bits]] = {}
        self._looks: dict[Publication, Mapping[str, frozenset[Pair]]] = {}
        self._with: dict[Publication, Mapping[Pair, Sequence[str]]] = {}
        self._look_of: dict[frozenset[Pair], frozenset[Pair]] = {}
        self._otherwise: dict[Publication, Mapping[Pair, Sequence[tuple[int, str]]]] = {}
        self._disturbed: dict[Publication, Mapping[int, Mapping[str, Talk | None]]] = {}

    @property
    def size(self) -> int:
        """How many worlds there are, the true one included."""
        return 1 + len(self.worlds)

    # --- sets ---------------------------------------------------------------------------------------------------------

    def members(self, counts: str, of: Expression) -> Bits:
        """The records in a set."""
        if isinstance(of, Label):
            found = self._labels.get((counts, of))
            return self._labels.setdefault((counts, of), self._label(counts, of)) if found is None else found
        if self.worlds:
            return self._among(counts, of)
        known = self._known.get((counts, id(of)))  # the truth is asked by readers of each memory, and again
        if known is None:
            known = self._known[counts, id(of)] = of, self._among(counts, of)
        return known[1]

    def _among(self, counts: str, of: Among) -> Bits:
        parts = [self.members(counts, part) for part in of.parts]
        if of.least == len(parts) == 2:  # noqa: PLR2004 (the commonest)
            return parts[0] & parts[1]
        everything = (self.units if counts == "partners" else self.talks).everything
        within = _at_least(of.least, parts, everything)
        return within if of.most >= len(parts) else within & ~_at_least(of.most + 1, parts, everything)

    def _label(self, counts: str, of: Label) -> Bits:
        if counts == "partners":
            return self.units.bits(of.publication, of.pair)
        if of.pair is None or of.pair[0] not in OF_PARTNERS:
            return self.talks.bits(of.publication, of.pair)
        return self._of_partners(of.publication, of.pair)

    def _of_partners(self, publication: Publication, pair: Pair) -> Bits:
        """Conversations with a partner in a category: where a partner differs, its conversations do."""
        true = self.talks.everywhere(self.talks.row(self._looking(publication).get(pair, ())))
        return self.talks.flipped(true, self._looking_otherwise(publication).get(pair, ()))

    def _looking(self, publication: Publication) -> Mapping[Pair, Sequence[str]]:
        """Per category of partners the conversations with one in it."""
        if publication not in self._with:
            found: dict[Pair, list[str]] = {}
            for name, codes in self._true_looks(publication).items():
                for pair in codes:
                    found.setdefault(pair, []).append(name)
            self._with[publication] = found
        return self._with[publication]

    def _true_looks(self, publication: Publication) -> Mapping[str, frozenset[Pair]]:
        """Per conversation the categories of the partners in it."""
        if publication not in self._looks:
            records = self.truth.get(publication, EMPTY)
            looks = {name: self._look_of_unit(unit) for name, unit in records.units.items()}
            same: dict[frozenset[Pair], frozenset[Pair]] = {}  # of hundreds of thousands few differ
            every = (
                (name, frozenset[Pair]().union(*(looks[each] for each in talk.units if each in looks)))
                for name, talk in records.talks.items()
            )
            self._looks[publication] = {name: same.setdefault(look, look) for name, look in every}
        return self._looks[publication]

    def _looking_otherwise(self, publication: Publication) -> Mapping[Pair, Sequence[tuple[int, str]]]:
        """Per category of partners the conversations with one in it in a world and truly not, or the other way."""
        if publication not in self._otherwise:
            looks, found = self._true_looks(publication), dict[Pair, list[tuple[int, str]]]()
            for world, talks in self._disturbed_in(publication).items():
                for name, talk in talks.items():
                    here = frozenset[Pair]() if talk is None else self._look(world, publication, talk)
                    for pair in here ^ looks.get(name, frozenset()):
                        found.setdefault(pair, []).append((world, name))
            self._otherwise[publication] = found
        return self._otherwise[publication]

    def _look(self, world: int, publication: Publication, talk: Talk) -> frozenset[Pair]:
        there = self.at(world, publication, talk)
        return frozenset[Pair]().union(*[self._look_of_unit(unit) for unit in there if unit is not None])

    def _look_of_unit(self, unit: Unit) -> frozenset[Pair]:
        """The categories that conversations with an organisation have of it; of many organisations there are few."""
        found = self._look_of.get(unit.codes)
        if found is None:
            found = self._look_of[unit.codes] = frozenset(pair for pair in unit.codes if pair[0] in OF_PARTNERS)
        return found

    # --- records ------------------------------------------------------------------------------------------------------

    def there(self, world: int, publication: Publication, names: Iterable[str]) -> set[str]:
        """Which of some organisations are in a publication, in a world."""
        true = self.truth.get(publication, EMPTY).units
        if not world:
            return {name for name in names if name in true}
        other = self.worlds[world - 1].units
        return {name for name in names if other.get((publication, name), true.get(name)) is not None}

    def unit(self, world: int, publication: Publication, name: str) -> Unit | None:
        """An organisation of a publication, as it is in a world."""
        true = self.truth.get(publication, EMPTY).units.get(name)
        return self.worlds[world - 1].units.get((publication, name), true) if world else true

    def talk(self, world: int, publication: Publication, name: str) -> Talk | None:
        """A conversation of a publication, as it is in a world."""
        true = self.truth.get(publication, EMPTY).talks.get(name)
        return self.worlds[world - 1].talks.get((publication, name), true) if world else true

    def at(self, world: int, publication: Publication, talk: Talk) -> list[Unit | None]:
        """Who sat at a table of a publication, as they are in a world."""
        true, other = self.truth.get(publication, EMPTY).units, self.worlds[world - 1].units if world else {}
        return [
            other[publication, name] if (publication, name) in other else true.get(name) for name in talk.units
        ]  # fmt: skip

    def disturbed(self, publication: Publication, world: int) -> Iterator[Talk]:
        """The conversations of a world that differ, or that a partner who differs took part in."""
        return (talk for talk in self._disturbed_in(publication).get(world, {}).values() if talk is not None)

    def _disturbed_in(self, publication: Publication) -> Mapping[int, Mapping[str, Talk | None]]:
        """Per world what stands there in place of the conversations that differ, by id."""
        if publication not in self._disturbed:
            self._disturbed[publication] = {
                number: {name: self.talk(number, publication, name) for name in sorted(names)}
                for number, world in enumerate(self.worlds, start=1)
                if (names := self._names_of_disturbed(publication, world))
            }
        return self._disturbed[publication]

    def _names_of_disturbed(self, publication: Publication, world: World) -> set[str]:
        names = {name for key, name in world.talks if key == publication}
        for key, unit in world.units:
            if key == publication:
                names.update(self._attended.get((publication, unit), ()))
        return names

    def talks_with(self, publication: Publication, unit: str) -> Iterator[Talk]:
        """The conversations of an organisation in a publication, as they truly were."""
        true = self.truth.get(publication, EMPTY).talks
        return (true[name] for name in self._attended.get((publication, unit), ()))

    @cached_property
    def _attended(self) -> Mapping[tuple[Publication, str], Sequence[str]]:
        """Per organisation of a publication its conversations there, in the truth."""
        found: dict[tuple[Publication, str], list[str]] = {}
        for publication, records in self.truth.items():
            for name, talk in records.talks.items():
                for unit in talk.units:
                    found.setdefault((publication, unit), []).append(name)
        return found

    def holdings_of(self, publication: Publication, name: str) -> frozenset[str]:
        """Whose an organisation is there: truly; where it truly is not, in any other; else in the first world."""
        true = self.truth.get(publication, EMPTY).units.get(name)
        return self._holdings[name] if true is None else frozenset({true.holding})

    @cached_property
    def _holdings(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for records in self.truth.values():
            for name, unit in records.units.items():
                found.setdefault(name, set()).add(unit.holding)
        for world in self.worlds:
            for (_, name), other in sorted(world.units.items(), key=lambda item: item[0]):
                if other is not None and name not in found:
                    found[name] = {other.holding}
        return {name: frozenset(holdings) for name, holdings in found.items()}

    # --- cells --------------------------------------------------------------------------------------------------------

    def tabulate(self, edition: Edition, table: Table) -> Mapping[Codes, Numbers]:
        """Per cell its number in every world."""
        crowd = self.units if table.counts == "partners" else self.talks
        return {
            codes: crowd.numbers(self.members(table.counts, expression(edition.publication, table, codes)))
            for codes in table.cells
        }


def _at_least(least: int, parts: Sequence[Bits], everything: Bits) -> Bits:
    """What is in so many of the parts or more."""
    reached = [everything, *(0 for _ in range(least))]
    for part in parts:
        for number in range(least, 0, -1):
            reached[number] |= reached[number - 1] & part
    return reached[least]
