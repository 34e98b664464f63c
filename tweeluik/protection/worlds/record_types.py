"""Types of records: what records have in common that are the same in everything published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.world import NOBODY, Aspects, Token, Tokens

A_TYPE = 2_000
"""The work in a new type (`effort.py`)."""

L = TypeVar("L", bound=Hashable)


class Types(Generic[L]):
    """Types in the order that they were met, each with its number.

    `hits`: the cells that a record of a type is in. `stands`: whether it keeps the cells that stood still as they are.
    `free`: the records that have it and may be otherwise.
    """

    def __init__(
        self,
        tokens: Callable[[L], Tokens],
        hits: Callable[[Tokens], Iterable[int]],
        keeps: Callable[[frozenset[int]], bool],
        effort: Effort,
    ) -> None:
        self.effort, self._tokens, self._hits, self._keeps = effort, tokens, hits, keeps
        self.lives: list[L] = []
        self.tokens: list[Tokens] = []
        self.hits: list[frozenset[int]] = []
        self.stands: list[bool] = []
        self.free: list[list[int]] = []
        self._fixed_of: list[frozenset[int]] = []
        self._alone: list[int | None] = []
        self._number: dict[tuple[L, frozenset[int], int | None], int] = {}
        self._bits: dict[Token, int] = {}
        self._rows = defaultdict[Token, bytearray](bytearray)
        self._bits_of = 0
        self._by_aspects: dict[tuple[int, Aspects], Tokens] = {}

    def type_number(self, life: L, fixed: frozenset[int] = frozenset(), alone: int | None = None) -> int:
        """The number of a type, new or known; `alone`: the one record that has it."""
        found = self._number.get((life, fixed, alone))
        if found is None:
            found = self._number[life, fixed, alone] = len(self.lives)
            self.effort.spend(A_TYPE)
            tokens = self._tokens(life)
            self.lives.append(life)
            self.tokens.append(tokens)
            self.hits.append(frozenset(self._hits(tokens)))
            self.stands.append(self._keeps(self.hits[-1]))
            self.free.append([])
            self._fixed_of.append(fixed)
            self._alone.append(alone)
        return found

    def alone(self, kind: int) -> int | None:
        """The one record that has a type."""
        return None if kind == NOBODY else self._alone[kind]

    def tokens_in(self, kind: int, publication: int) -> Tokens:
        """What a type is in one publication."""
        return frozenset(token for token in self.tokens[kind] if token[0] == publication)

    def seen_by(self, kind: int, aspects: Aspects) -> Tokens:
        """What a type is in some aspects."""
        if kind == NOBODY:
            return Tokens()
        found = self._by_aspects.get((kind, aspects))
        if found is None:
            told = (each for each in self.tokens[kind] if (each[0], each[1] and each[1][0]) in aspects)
            found = self._by_aspects[kind, aspects] = Tokens(told)
        return found

    def bits(self, token: Token) -> int:
        """The types that have a token, a bit per type."""
        if self._bits_of != len(self.tokens):
            for kind in range(self._bits_of, len(self.tokens)):
                for each in self.tokens[kind]:
                    row = self._rows[each]
                    row.extend(bytes((kind >> 3) + 1 - len(row)))
                    row[kind >> 3] |= 1 << (kind & 7)
            self._bits_of, self._bits = len(self.tokens), {}
        if token not in self._bits:
            self._bits[token] = int.from_bytes(self._rows.get(token, b""), "little")
        return self._bits[token]
