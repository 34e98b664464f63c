"""Tabulation: all worlds at once, counted from their bare records by published labels alone.

A set is one long number: a bit per world and record, a row of whole words of 64 bits per world, the true one first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from tweeluik.checks.audit.published import Edition, Table
from tweeluik.checks.audit.questions import Expression, Label, every
from tweeluik.checks.audit.worlds import Pair, Publication, Records, Talk, Truth, Unit, World
from tweeluik.record.cell import TOTAL, Codes

Bits = int
"""A set of records in every world."""

Flags = NDArray[np.bool_]

Words = NDArray[np.uint64]
"""A set as numbers of 64 bits, a row per world."""

Numbers = NDArray[np.int64]
"""A number per world."""

OF_PARTNERS = ("kind", "region", "first_year")
"""Dimensions in which a conversation has the categories of its partners."""

EMPTY = Records({}, {})

R = TypeVar("R", Unit, Talk)


def expression(publication: Publication, table: Table, codes: Codes) -> Expression:
    """The records that a cell counts, in published labels."""
    sides = zip(table.sides, codes, strict=True)
    labels = tuple(Label(publication, (side.name, code)) for side, code in sides if code != TOTAL)
    return every(*labels) if len(labels) > 1 else labels[0] if labels else Label(publication)


class Crowd(Generic[R]):
    """The records of one kind in all publications and worlds; `place` is where each id stands in a row."""

    def __init__(
        self,
        truth: Mapping[Publication, Mapping[str, R]],
        worlds: Sequence[Mapping[tuple[Publication, str], R | None]],
    ) -> None:
        true = {name for records in truth.values() for name in records}
        self.names = tuple(sorted(true | {name for world in worlds for _, name in world}))
        self.place = {name: i for i, name in enumerate(self.names)}
        self.rows, self.width = 1 + len(worlds), 8 * ((len(self.names) + 63) // 64)
        self.everything = self.everywhere(self.row(self.names))
        self._truth: Mapping[Publication, Mapping[str, R]] = truth
        self._in: dict[Publication, Mapping[Pair | None, Sequence[str]]] = {}
        self._flipped: dict[Publication, Mapping[Pair | None, Sequence[tuple[int, str]]]] = {}
        self._changes: dict[Publication, list[tuple[int, str, R | None]]] = {}
        for number, world in enumerate(worlds, start=1):
            for (publication, name), record in world.items():
                self._changes.setdefault(publication, []).append((number, name, record))

    # --- making sets --------------------------------------------------------------------------------------------------

    def row(self, names: Sequence[str]) -> bytes:
        """Records as the row of one world."""
        flags = np.zeros(8 * self.width, dtype=np.uint8)
        flags[[self.place[name] for name in names]] = 1
        return np.packbits(flags, bitorder="little").tobytes()

    def everywhere(self, row: bytes) -> Bits:
        """The same row in every world."""
        return int.from_bytes(row * self.rows, "little")

    def bits(self, publication: Publication, pair: Pair | None) -> Bits:
        """The records of a publication that are in a category; None: all that are in it."""
        flips = self._flips(publication).get(pair, ())
        return self.flipped(self.everywhere(self.row(self._having(publication).get(pair, ()))), flips)

    def _flips(self, publication: Publication) -> Mapping[Pair | None, Sequence[tuple[int, str]]]:
        """Per category which records, in which worlds, are in it and truly are not, or the other way."""
        if publication not in self._flipped:
            true, found = self._truth.get(publication, {}), dict[Pair | None, list[tuple[int, str]]]()
            for number, name, record in self._changes.get(publication, ()):
                for pair in _categories(record) ^ _categories(true.get(name)):
                    found.setdefault(pair, []).append((number, name))
            self._flipped[publication] = found
        return self._flipped[publication]

    def _having(self, publication: Publication) -> Mapping[Pair | None, Sequence[str]]:
        """Per category the true records of a publication that are in it."""
        if publication not in self._in:
            found: dict[Pair | None, list[str]] = {}
            for name, record in self._truth.get(publication, {}).items():
                found.setdefault(None, []).append(name)
                for pair in record.codes:
                    found.setdefault(pair, []).append(name)
            self._in[publication] = found
        return self._in[publication]

    def flipped(self, bits: Bits, flips: Sequence[tuple[int, str]]) -> Bits:
        """A set with these (world, record) the other way."""
        if not flips:
            return bits
        mask = bytearray(self.rows * self.width)
        for world, name in flips:
            place = self.place[name]
            mask[world * self.width + place // 8] ^= 1 << place % 8
        return bits ^ int.from_bytes(mask, "little")

    # --- reading sets -------------------------------------------------------------------------------------------------

    def bytes_of(self, bits: Bits) -> NDArray[np.uint8]:
        """A row of bytes per world."""
        data = bits.to_bytes(self.rows * self.width, "little")
        return np.frombuffer(data, dtype=np.uint8).reshape(self.rows, self.width)

    def words_of(self, bits: Bits) -> Words:
        """A row of words per world."""
        data = bits.to_bytes(self.rows * self.width, "little")
        return np.frombuffer(data, dtype="<u8").reshape(self.rows, self.width // 8)

    def flags(self, bits: Bits) -> Flags:
        """Per world and record whether it is in a set."""
        return np.unpackbits(self.bytes_of(bits), axis=1, bitorder="little").view(np.bool_)

    def count(self, bits: Bits) -> list[int]:
        """How many records are in a set, per world."""
        counted: list[int] = [bits.bit_count()] if self.rows == 1 else self.numbers(bits).tolist()
        return counted

    def numbers(self, bits: Bits) -> Numbers:
        """The same, as an array."""
        return ones(self.words_of(bits))

    def names_in(self, bits: Bits) -> list[str]:
        """The records in a set of one world."""
        row = np.frombuffer(bits.to_bytes(self.width, "little"), dtype=np.uint8)
        return [self.names[place] for place in np.flatnonzero(np.unpackbits(row, bitorder="little")).tolist()]


def ones(words: Words) -> Numbers:
    """How many bits are set in each row."""
    counted: Numbers = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return counted


def _categories(record: Unit | Talk | None) -> frozenset[Pair | None]:
    """What a record is in; None: the publication."""
    return frozenset() if record is None else frozenset({None, *record.codes})


class Counting:
    """The truth and some worlds, ready to be counted. World 0 is the truth; the worlds follow in their order."""

    def __init__(self, truth: Truth, worlds: Sequence[World] = ()) -> None:
        self.truth, self.worlds = truth, tuple(worlds)
        self.units = Crowd({key: records.units for key, records in truth.items()}, [each.units for each in worlds])
        self.talks = Crowd({key: records.talks for key, records in truth.items()}, [each.talks for each in worlds])
        self._labels: dict[tuple[str, Label], Bits] = {}
        self._looks: dict[Publication, Mapping[str, frozenset[Pair]]] = {}
        self._with: dict[Publication, Mapping[Pair, Sequence[str]]] = {}
        self._other_looks: dict[Publication, Sequence[tuple[int, str, frozenset[Pair] | None]]] = {}
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
        looks = self._true_looks(publication)
        flips = [
            (world, name)
            for world, name, codes in self._looks_of_disturbed(publication)
            if (codes is not None and pair in codes) != (pair in looks.get(name, ()))
        ]
        return self.talks.flipped(
            self.talks.everywhere(self.talks.row(self._looking(publication).get(pair, ()))), flips
        )

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
            talks = self.truth.get(publication, EMPTY).talks
            self._looks[publication] = {name: self._look(0, publication, talk) for name, talk in talks.items()}
        return self._looks[publication]

    def _looks_of_disturbed(self, publication: Publication) -> Sequence[tuple[int, str, frozenset[Pair] | None]]:
        """(world, id, categories of the partners in it; None: it is not there) of conversations that differ."""
        if publication not in self._other_looks:
            self._other_looks[publication] = [
                (world, name, None if talk is None else self._look(world, publication, talk))
                for world, talks in self._disturbed_in(publication).items()
                for name, talk in talks.items()
            ]
        return self._other_looks[publication]

    def _look(self, world: int, publication: Publication, talk: Talk) -> frozenset[Pair]:
        there = (self.unit(world, publication, name) for name in talk.units)
        return frozenset(pair for unit in there if unit is not None for pair in unit.codes if pair[0] in OF_PARTNERS)

    # --- records ------------------------------------------------------------------------------------------------------

    def unit(self, world: int, publication: Publication, name: str) -> Unit | None:
        """An organisation of a publication, as it is in a world."""
        true = self.truth.get(publication, EMPTY).units.get(name)
        return self.worlds[world - 1].units.get((publication, name), true) if world else true

    def talk(self, world: int, publication: Publication, name: str) -> Talk | None:
        """A conversation of a publication, as it is in a world."""
        true = self.truth.get(publication, EMPTY).talks.get(name)
        return self.worlds[world - 1].talks.get((publication, name), true) if world else true

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

    def tabulate(self, edition: Edition, table: Table) -> Mapping[Codes, list[int]]:
        """Per cell its number in every world."""
        crowd = self.units if table.counts == "partners" else self.talks
        return {
            codes: crowd.count(self.members(table.counts, expression(edition.publication, table, codes)))
            for codes in table.cells
        }


def _at_least(least: int, parts: Sequence[Bits], everything: Bits) -> Bits:
    """What is in so many of the parts or more."""
    reached = [everything, *(0 for _ in range(least))]
    for part in parts:
        for number in range(least, 0, -1):
            reached[number] |= reached[number - 1] & part
    return reached[least]
