"""Sets of records in all worlds at once.

A set is one long number: a bit per world and record, a row of whole words of 64 bits per world, the true one first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from tweeluik.checks.audit.worlds import Pair, Publication, Talk, Unit

Bits = int
"""A set of records in every world."""

Flags = NDArray[np.bool_]

Words = NDArray[np.uint64]
"""A set as numbers of 64 bits, a row per world."""

Numbers = NDArray[np.int64]
"""A number per world."""

R = TypeVar("R", Unit, Talk)


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

    def words_of(self, bits: Bits) -> Words:
        """A row of words per world."""
        data = bits.to_bytes(self.rows * self.width, "little")
        return np.frombuffer(data, dtype="<u8").reshape(self.rows, self.width // 8)

    def flags(self, bits: Bits) -> Flags:
        """Per world and record whether it is in a set."""
        return np.unpackbits(self.words_of(bits).view(np.uint8), axis=1, bitorder="little").view(np.bool_)

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
