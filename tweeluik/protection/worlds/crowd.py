"""The records of the true world, each with its type, and how each might have been otherwise."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import proxy

import numpy as np

from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.acquaintance import Acquaintance
from tweeluik.protection.worlds.record_types import L, Types
from tweeluik.protection.worlds.seating import Seating
from tweeluik.protection.worlds.steps import Steps
from tweeluik.protection.worlds.world import NOBODY, Effect, Move, Tokens, Way, World

A_MOVE, A_LOOK = 400, 400
"""The work in a move between types, and in a look at what a record might have been (`effort.py`)."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A move's effect as pairs of whole numbers of 32 bits, and the few (by number) whom its record does not look like.

    `sort`: the same number for moves that ask the same of seats. `fews`: of so many few its record was one.
    """

    move: Move
    effect: bytes
    sort: int
    leaves: tuple[int, ...]
    fews: int


Inside = Callable[[Tokens], bool]
"""Whether a record with some tokens is in a set."""


class Crowd(Types[L]):
    """Records in the order that they were added, each of a type.

    `known`: records that everybody knows wherever they are; they never move. `fixed`: per record the publications in
    which everybody knows it; it moves only to types that are the same there. `named`: records that are known somewhere.
    `true`: types that a free record of the truth has, in order.
    `acquaintance`: who knows which records. `seating`: where they sat, and who could have sat there.
    `held`: what a world changes in the cells of conversations, counted. `effort`: what all who search in it share.
    """

    def __init__(
        self,
        tokens: Callable[[L], Tokens],
        hits: Callable[[Tokens], Iterable[int]],
        neighbours: Callable[[L], Iterable[L]],
        beside: Callable[[int, int, Tokens, Way], Effect] = lambda _record, _source, _tokens, _way: (),
        usual: Callable[[L], bool] = lambda _: True,
        *,
        around: Callable[[L, frozenset[int]], Iterable[L]] = lambda _life, _known: (),
        as_another: Callable[[L, L], Iterable[L]] = lambda _life, _other: (),
        pieces: Callable[[L], Iterable[L]] = lambda _: (),
        keeps: Callable[[frozenset[int]], bool] = lambda _: True,
        held: Callable[[World], Mapping[int, int]] = lambda _: {},
        effort: Effort | None = None,
    ) -> None:
        super().__init__(tokens, hits, keeps, effort or Effort.endless())
        self._neighbours, self._beside, self._usual = neighbours, beside, usual
        self._around, self._pieces, self.held = around, pieces, held
        self._as_another = as_another
        self._steps = Steps(neighbours, tokens)
        self.type_of: list[int] = []
        self.holding: list[str] = []
        self.fixed: list[frozenset[int]] = []
        self.true: list[int] = []
        self.known: set[int] = set()
        self.named: set[int] = set()
        me = proxy(self)  # what belongs to a crowd keeps it alive no longer than who uses it (as `People`)
        self.acquaintance = Acquaintance(me, self.type_of)
        self.seating = Seating(me, self.type_of, self.holding)
        self._before: dict[int, Sequence[tuple[int, str]]] = {}
        self._holdings: dict[frozenset[int], Sequence[str]] = {}
        self._moves: dict[int, tuple[Move, ...]] = {}
        self._others: dict[int, Sequence[tuple[L, Tokens]]] = {}
        self._prepared: dict[int, Prepared] = {}
        self._sorts: dict[tuple[int | None, Way | None, tuple[int, ...]], int] = {}
        self._changed: tuple[World, Sequence[tuple[int, int]]] | None = None

    # --- records ------------------------------------------------------------------------------------------------------

    def add(
        self, life: L, holding: str, fixed: frozenset[int] = frozenset(), *, moves_others: bool = False,
        before: Sequence[tuple[int, str]] = (),
    ) -> int:  # fmt: skip
        """Add a record of the true world; give its number. `moves_others`: what it is tells on other records.

        `before`: in which publication it was of which holding, in order of time; each of them knows it as its own.
        """
        number = len(self.type_of)
        kind = self.type_number(life, fixed, number if moves_others else None)
        there = {publication for publication, pair in self.tokens[kind] if pair is None}
        self.type_of.append(kind)
        self.holding.append(holding)
        self.fixed.append(fixed)
        owners = frozenset({holding, *(each for _, each in before)})
        self.acquaintance.own(owners)
        if len(owners) > 1:
            self._before[number] = before
        if fixed:
            self.named.add(number)
        if fixed and there <= fixed:
            self.known.add(number)
        else:
            if not self.free[kind]:
                insort(self.true, kind)
            self.free[kind].append(number)
        return number

    def holdings(self, about: frozenset[int]) -> Sequence[str]:
        """Per record its holding, as the audit counts them: the last of the publications asked about tells it."""
        if not self._before:
            return self.holding
        if about not in self._holdings:
            self._holdings[about] = [self._holding(record, about) for record in range(len(self.holding))]
        return self._holdings[about]

    def _holding(self, record: int, about: frozenset[int]) -> str:
        if record not in self._before:
            return self.holding[record]
        told = (holding for publication, holding in reversed(self._before[record]) if publication in about)
        return next(told, min(self.acquaintance.owners[record]))

    def values(self, cells: int) -> list[int]:
        """What the truth has in every cell."""
        found = [0] * cells
        for kind in self.type_of:
            for cell in self.hits[kind]:
                found[cell] += 1
        return found

    # --- moves --------------------------------------------------------------------------------------------------------

    def moves_from(self, kind: int) -> tuple[Move, ...]:
        """What records of a type might have been, what would be without one, and with one more."""
        if kind not in self._moves:
            self._moves[kind] = tuple(self._moves_from(kind))
        return self._moves[kind]

    def _moves_from(self, kind: int) -> Iterable[Move]:
        fixed = self._fixed_of[kind]
        for life in self._neighbours(self.lives[kind]):
            yield from self._to(kind, life)
        # Who is known in some publications was perhaps of another kind, or elsewhere, in those before or after.
        yield from self.around(kind, fixed)
        if not fixed:
            yield from self._ways(kind, NOBODY)
            yield from self._come(self.lives[kind])

    def around(self, kind: int, known: frozenset[int]) -> Iterable[Move]:
        """What records of a type might have been before, or after, the publications in which somebody knows them."""
        for life in self._around(self.lives[kind], known) if known else ():
            yield from self._to(kind, life)

    def into_around(self, kind: int, known: frozenset[int], inside: Inside, *, near: bool = False) -> Iterable[Move]:
        """Those of them that bring records into a set, or out of it; `near`: with one thing more that is otherwise."""
        before, lives = inside(self.tokens[kind]), dict.fromkeys(self._around(self.lives[kind], known))
        others = dict.fromkeys(life for each in lives for life in self._neighbours(each)) if near else lives
        for life in others:
            self.effort.spend(A_LOOK)
            if (not near or life not in lives) and inside(self._tokens(life)) != before:
                yield from self._to(kind, life)

    def _come(self, life: L) -> Iterable[Move]:
        """One more of a sort of whom nothing needs an excuse."""
        if self._usual(life):
            yield self._move(NOBODY, self.type_number(life))

    def _move(self, source: int, target: int) -> Move:
        self.effort.spend(A_MOVE)
        return Move(source, target, self._effect(source, target))

    def _ways(self, source: int, target: int) -> Iterable[Move]:
        """A move of a record that is there: with somebody else in its seats, or with all that hangs on them."""
        move, alone = self._move(source, target), self._alone[source]
        if alone is None:
            yield move
            return
        few = self.seating.few_left_by(alone, target)
        if few is not None and self.seating.taking(alone, self.seating.left_by(alone, target)).takers:
            yield replace(move, few=self.seating.few_of_takers(alone, target), way=Way.GIVE)
        for way in (Way.KEEP,) if few is None else (Way.KEEP, Way.ALL):
            beside = self._beside(alone, source, Tokens() if target == NOBODY else self.tokens[target], way)
            yield replace(move, effect=tuple(sorted((*move.effect, *beside))), few=few, way=way)

    def as_others(self, kind: int, inside: Inside) -> Iterable[Move]:
        """What records of a type might have been with the work of another in all years: into a set, or out of it."""
        before = inside(self.tokens[kind])
        for other, tokens in self._others_of(kind):
            self.effort.spend(A_LOOK)
            if inside(tokens) != before:
                yield from self._to(kind, other)

    def _others_of(self, kind: int) -> Sequence[tuple[L, Tokens]]:
        """A type with the work of every other that there truly is, whatever set is asked about."""
        if kind not in self._others:
            life = self.lives[kind]
            lives = dict.fromkeys(each for true in self.true for each in self._as_another(life, self.lives[true]))
            self._others[kind] = tuple((each, self._tokens(each)) for each in lives)
        return self._others[kind]

    def in_pieces(self, kind: int) -> Iterable[Move]:
        """What records of a type might have been if another had been what they were before some year, or after."""
        for life in self._pieces(self.lives[kind]):
            yield from self._to(kind, life)
            yield from self._come(life)

    def two_steps_from(self, kind: int, inside: Inside) -> Iterable[Move]:
        """What records of a type might have been if two things were otherwise; who might come, if one or two were.

        Those that bring somebody into a set, or take him out of it.
        """
        before, fixed = inside(self.tokens[kind]), self._fixed_of[kind]
        for step in self._steps.of(self.lives[kind]):
            self.effort.spend(A_LOOK * step.looks)
            there = inside(step.tokens)
            if step.near:
                self.effort.check()
            elif there != before:
                yield from self._to(kind, step.life)
            if there and not fixed:
                yield from self._come(step.life)

    def _to(self, kind: int, life: L) -> Iterable[Move]:
        """Records of a type with another life, that is the same wherever they are known."""
        fixed = self._fixed_of[kind]
        target = self.type_number(life, fixed, self._alone[kind])
        if all(self.tokens_in(kind, each) == self.tokens_in(target, each) for each in fixed):
            yield from self._ways(kind, target)

    def _effect(self, source: int, target: int) -> Effect:
        before, after = (self.hits[kind] if kind != NOBODY else frozenset[int]() for kind in (source, target))
        return tuple(sorted([(cell, 1) for cell in after - before] + [(cell, -1) for cell in before - after]))

    # --- worlds -------------------------------------------------------------------------------------------------------

    def world(self, made: Mapping[int, Move], added: Iterable[int], stay: frozenset[int]) -> World | None:
        """The world of some moves (per record), others in the seats given up: none who `stay`. None: too few."""
        seats = self.seating.given(made, stay)
        if seats is None:
            return None
        moved = {record: move.target for record, move in made.items()}
        return World(moved, tuple(sorted(added)), seats)

    def prepared(self, move: Move) -> Prepared:
        """What a move is to those who put many together; worked out once, of moves that are lent again and again."""
        known, fews = self._prepared.get(id(move)), self.seating.fews_with(move)
        if known is not None and known.fews == fews:
            return known
        leaves = self.seating.unlike(move)
        sort = self._sorts.setdefault((move.few, move.way, leaves), len(self._sorts))
        effect = np.array(move.effect, dtype=np.int32).tobytes() if known is None else known.effect
        found = self._prepared[id(move)] = Prepared(move, effect, sort, leaves, fews)
        return found

    def changes(self, world: World) -> Sequence[tuple[int, int]]:
        """(type, by how many): records that are no longer of it or now are."""
        if self._changed is None or self._changed[0] is not world:
            self._changed = world, tuple(self._changes(world))
        return self._changed[1]

    def _changes(self, world: World) -> Iterable[tuple[int, int]]:
        for record, kind in world.moved.items():
            yield self.type_of[record], -1
            if kind != NOBODY:
                yield kind, 1
        yield from ((kind, 1) for kind in world.added)

    def counted(self, world: World) -> Mapping[int, int]:
        """What a world changes in every cell, counted record by record and table by table."""
        total = Counter[int]()
        for kind, change in self.changes(world):
            for cell in self.hits[kind]:
                total[cell] += change
        total.update(self.held(world))
        return total

    def stands_in(self, world: World) -> bool:
        """Whether what truly stood still does in a world."""
        return all(kind == NOBODY or self.stands[kind] for kind in (*world.moved.values(), *world.added))
