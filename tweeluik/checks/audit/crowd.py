"""Sets of records in all worlds at once.

A set is one long number: first a bit per true record, in whole words of 64 bits; then, world by world, a bit for each
record that may be otherwise there. A world differs from the truth in few records, so that few bits tell of many worlds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from tweeluik.checks.audit.worlds import Pair, Publication, Talk, Unit

Bits = int
"""A set of records in every world."""

Flags = NDArray[np.bool_]

Places = NDArray[np.intp]

Numbers = NDArray[np.int64]
"""A number per world."""

R = TypeVar("R", Unit, Talk)


class Crowd(Generic[R]):
    """The records of one kind in all publications and worlds; `place` is where each id stands in a row.

    `world_of`, `place_of`: in which world which record may be otherwise, world by world.
    `beside`: per world true records that may be counted otherwise there although they are as they truly are.
    """

    def __init__(
        self,
        truth: Mapping[Publication, Mapping[str, R]],
        worlds: Sequence[Mapping[tuple[Publication, str], R | None]],
        beside: Sequence[Collection[str]] = (),
    ) -> None:
        true = {name for records in truth.values() for name in records}
        self.names = tuple(sorted(true | {name for world in worlds for _, name in world}))
        self.place = {name: i for i, name in enumerate(self.names)}
        self.rows, self.width = 1 + len(worlds), 8 * ((len(self.names) + 63) // 64)
        self._truly = (1 << 8 * self.width) - 1
        others = [{name for _, name in world} for world in worlds]
        for other, more in zip(others, beside, strict=False):
            other.update(more)
        otherwise = [(number, name) for number, other in enumerate(others, start=1) for name in sorted(other)]
        self._otherwise = {each: i for i, each in enumerate(otherwise)}
        self.world_of: Places = np.array([number for number, _ in otherwise], dtype=np.intp)
        self.place_of: Places = np.array([self.place[name] for _, name in otherwise], dtype=np.intp)
        self._signs = np.array([-1, 1], dtype=np.intp)
        self._size = self.width + (len(otherwise) + 7) // 8
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
        flags = np.unpackbits(np.frombuffer(row, dtype=np.uint8), bitorder="little")
        return int.from_bytes(row + np.packbits(flags[self.place_of], bitorder="little").tobytes(), "little")

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
        mask = bytearray(self._size)
        for each in flips:
            bit = 8 * self.width + self._otherwise[each]
            mask[bit // 8] ^= 1 << bit % 8
        return bits ^ int.from_bytes(mask, "little")

    # --- reading sets -------------------------------------------------------------------------------------------------

    def _flags(self, bits: Bits) -> tuple[Flags, Flags]:
        """Per true record whether it is in a set; and the same of those that may be otherwise, world by world."""
        data = np.frombuffer(bits.to_bytes(self._size, "little"), dtype=np.uint8)
        true = np.unpackbits(data[: self.width], bitorder="little").view(np.bool_)
        others = np.unpackbits(data[self.width :], count=len(self.place_of), bitorder="little").view(np.bool_)
        return true, others

    def numbers(self, bits: Bits) -> Numbers:
        """How many records are in a set, per world."""
        _, changed, signs = self.changes(bits)
        found: Numbers = np.full(self.rows, (bits & self._truly).bit_count(), dtype=np.int64)
        np.add.at(found, self.world_of[changed], signs)
        return found

    def count(self, bits: Bits) -> list[int]:
        """The same, as a list."""
        counted: list[int] = self.numbers(bits).tolist()
        return counted

    def changes(self, bits: Bits) -> tuple[Flags, Places, Places]:
        """Who is truly in a set; which of those that may be otherwise are not so in it; and 1 (in it) or -1 (not)."""
        true, others = self._flags(bits)
        changed = (others != true[self.place_of]).nonzero()[0]
        return true, changed, self._signs[others[changed].view(np.uint8)]

    def names_in(self, bits: Bits) -> list[str]:
        """The records in a set of one world."""
        return [self.names[place] for place in self.places_in(bits)]

    def row_of(self, bits: Bits) -> bytes:
        """A set of one world as the row of it."""
        return bits.to_bytes(self.width, "little")

    def places_in(self, bits: Bits) -> list[int]:
        """Where the records in a set of one world stand in a row."""
        row = np.frombuffer(self.row_of(bits), dtype=np.uint8)
        places: list[int] = np.flatnonzero(np.unpackbits(row, bitorder="little")).tolist()
        return places


def _categories(record: Unit | Talk | None) -> frozenset[Pair | None]:
    """What a record is in; None: the publication."""
    return frozenset() if record is None else frozenset({None, *record.codes})
