"""How an organisation is known: its names in every reading by which two of them are compared, and its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tweeluik.words.cut_off import CutWords
from tweeluik.words.names import (
    Reading,
    acronyms_of,
    cut_words,
    partial_readings,
    placeless_readings,
    readings,
    undescribed_readings,
)


@dataclass(frozen=True)
class Known:
    """How an organisation is known: every name that it has or had, and its numbers, digits only."""

    names: tuple[str, ...]
    numbers: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return "<Known>"

    @cached_property
    def whole(self) -> tuple[Reading, ...]:
        """Every name as a whole."""
        return tuple(each for name in self.names for each in readings(name))

    @cached_property
    def parts(self) -> tuple[Reading, ...]:
        """What may stand for a name."""
        return tuple(each for name in self.names for each in partial_readings(name))

    @cached_property
    def letters(self) -> frozenset[str]:
        """The telling letters of its names."""
        return frozenset(each.letters for each in self.whole)

    @cached_property
    def letters_of_parts(self) -> frozenset[str]:
        """The telling letters of parts of its names."""
        return frozenset(each.letters for each in self.parts) | (
            frozenset(each.joined for each in self.whole) - self.letters
        )

    @cached_property
    def placeless(self) -> frozenset[str]:
        """The telling letters of its names without a place."""
        return frozenset(each.letters for name in self.names for each in placeless_readings(name))

    @cached_property
    def undescribed(self) -> frozenset[str]:
        """The telling letters of its names without what it is, and with letters for their first words."""
        left = frozenset(each.letters for name in self.names for each in undescribed_readings(name))
        return left.union(*map(acronyms_of, self.names)) - self.letters

    @cached_property
    def kernels(self) -> frozenset[str]:
        """How its names sound without what says what it is; none where nothing telling is left."""
        return frozenset(way for each in self.whole for way in each.kernels)

    @cached_property
    def undescribed_kernels(self) -> frozenset[str]:
        """The same of what is left of its names without what stands in front."""
        return frozenset(way for name in self.names for each in undescribed_readings(name) for way in each.kernels)

    @cached_property
    def cuts(self) -> frozenset[CutWords]:
        """The words of each of its names in their order, each with whether it was cut off."""
        return frozenset(each for name in self.names for each in cut_words(name))

    @cached_property
    def beginnings(self) -> frozenset[tuple[str, ...]]:
        """The words of each of its names in their order."""
        return frozenset(each.words for each in self.whole)

    @cached_property
    def tokens(self) -> frozenset[tuple[str, ...]]:
        """The words of each of its names."""
        return frozenset(each.tokens for each in self.whole)

    @cached_property
    def tokens_beside(self) -> frozenset[tuple[str, ...]]:
        """The words of parts of its names, and of its names without a place."""
        placeless = (each for name in self.names for each in placeless_readings(name))
        return frozenset(each.tokens for each in (*self.parts, *placeless)) - self.tokens

    @cached_property
    def stems(self) -> frozenset[str]:
        """The same by their stems."""
        return frozenset(each.stems for each in self.whole)

    @cached_property
    def sounds(self) -> frozenset[str]:
        """How its names sound; none for what is too short to tell."""
        return frozenset(sound for each in self.whole for sound in each.sounds)

    @cached_property
    def consonants(self) -> frozenset[str]:
        """The consonants of its names; none for what is too short to tell."""
        return frozenset(way for each in self.whole for way in each.consonants)

    @cached_property
    def foreign(self) -> frozenset[str]:
        """The consonants of those of its names that are written in another script."""
        return frozenset(way for each in self.whole if each.is_foreign for way in each.consonants)
