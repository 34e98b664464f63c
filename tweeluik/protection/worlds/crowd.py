"""The records of the true world, each with its type, and how each might have been otherwise."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.steps import Steps
from tweeluik.protection.worlds.world import NOBODY, Aspects, Effect, Known, Move, Token, Tokens, Way, World

LOOKS = ("kind", "region", "first_year")
"""Dimensions of an organisation that whoever meets it knows."""

MANY = 12
"""Of so many who look alike in conversations there is always one who stays as he is."""

A_TYPE, A_MOVE, A_LOOK = 2_000, 400, 400
"""The work in a new type, in a move between types, and in a look at what a record might have been (`effort.py`)."""

L = TypeVar("L", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A move's effect as pairs of whole numbers of 32 bits, and the few (by number) whom its record does not look like.

    `sort`: the same number for moves that ask the same of seats.
    """

    effect: bytes
    sort: int
    leaves: tuple[int, ...]


Inside = Callable[[Tokens], bool]
"""Whether a record with some tokens is in a set."""


class Crowd(Generic[L]):
    """Records in the order that they were added; types in the order that they were met.

    `known`: records that everybody knows wherever they are; they never move. `fixed`: per record the publications in
    which everybody knows it; it moves only to types that are the same there. `named`: records that are known somewhere.
    `true`: types that a free record of the truth has, in order.
    `met`: per holding the records of others that it sat with, and the publications that tell of it. `alike`: few who
    look alike where they sat, of whom one may take another's seats. `apart`: two who shared a table, and whether they
    look alike: one of them at most takes along what is counted there, unless all who look alike do.
    `keeps`: whether a record in these cells keeps the cells that stood still as they are; `stands`: per type whether it
    does. `held`: what a world changes in the cells of conversations, counted. `effort`: what all who search in it
    share.
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
        self.effort = effort or Effort.endless()
        self._tokens, self._hits, self._neighbours, self._beside = tokens, hits, neighbours, beside
        self._usual, self._keeps, self._as_another, self.held = usual, keeps, as_another, held
        self._around, self._pieces, self._steps = around, pieces, Steps(neighbours, tokens)
        self.lives: list[L] = []
        self.tokens: list[Tokens] = []
        self.hits: list[frozenset[int]] = []
        self.stands: list[bool] = []
        self.free: list[list[int]] = []
        self.type_of: list[int] = []
        self.holding: list[str] = []
        self.fixed: list[frozenset[int]] = []
        self.true: list[int] = []
        self.known: set[int] = set()
        self.named: set[int] = set()
        self.met: dict[str, dict[int, frozenset[int]]] = {}
        self.who_met: dict[int, dict[int, set[str]]] = {}
        self._before: dict[int, Sequence[tuple[int, str]]] = {}
        self._holdings: dict[frozenset[int], Sequence[str]] = {}
        self.owners: list[frozenset[str]] = []
        self._of_owner: dict[str, list[int]] = {}
        self._fixed_of: list[frozenset[int]] = []
        self._alone: list[int | None] = []
        self._number: dict[tuple[L, frozenset[int], int | None], int] = {}
        self._moves: dict[int, tuple[Move, ...]] = {}
        self._others: dict[int, Sequence[tuple[L, Tokens]]] = {}
        self._bits: dict[Token, int] = {}
        self._rows = defaultdict[Token, bytearray](bytearray)
        self._bits_of = 0
        self._seen: dict[tuple[int, int], frozenset[int]] = {}
        self._seats: dict[int, tuple[Aspects, Callable[[int], tuple[int, ...]]]] = {}
        self._takers: dict[int, tuple[int, ...]] = {}
        self.alike: list[frozenset[int]] = []
        self.apart: dict[tuple[int, int], bool] = {}
        self._group: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}
        self._aspects: list[Aspects] = []
        self._prepared: dict[int, tuple[Move, Prepared]] = {}
        self._sorts: dict[tuple[int | None, Way | None, tuple[int, ...]], int] = {}
        self._by_aspects: dict[tuple[int, Aspects], Tokens] = {}
        self._changed: tuple[World, Sequence[tuple[int, int]]] | None = None

    # --- records and types --------------------------------------------------------------------------------------------

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
        self.owners.append(frozenset({holding, *(each for _, each in before)}))
        if len(self.owners[number]) > 1:
            self._before[number] = before
        for owner in sorted(self.owners[number]):
            self._of_owner.setdefault(owner, []).append(number)
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
        return next(told, min(self.owners[record]))

    def values(self, cells: int) -> list[int]:
        """What the truth has in every cell."""
        found = [0] * cells
        for kind in self.type_of:
            for cell in self.hits[kind]:
                found[cell] += 1
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
        few = self._group[alone] if alone in self._group and self._leaves_seats(alone, target) else None
        if few is not None and self._who_takes(alone):
            yield replace(move, few=few, way=Way.GIVE)
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
        if all(self._in(kind, each) == self._in(target, each) for each in fixed):
            yield from self._ways(kind, target)

    def _in(self, kind: int, publication: int) -> Tokens:
        return frozenset(token for token in self.tokens[kind] if token[0] == publication)

    def _effect(self, source: int, target: int) -> Effect:
        before, after = (self.hits[kind] if kind != NOBODY else frozenset[int]() for kind in (source, target))
        return tuple(sorted([(cell, 1) for cell in after - before] + [(cell, -1) for cell in before - after]))

    # --- worlds -------------------------------------------------------------------------------------------------------

    def seat(
        self, record: int, aspects: Aspects, alike: frozenset[int], takers: Callable[[int], tuple[int, ...]]
    ) -> None:
        """A record sits at tables that are counted by some aspects.

        `alike`: who looks alike there, itself too; asked for of few only. `takers`: who could have the seats of a
        record, worked out when somebody asks.
        """
        self._seats[record] = aspects, takers
        if self._alone[self.type_of[record]] is not None:
            known = list(zip(self.alike, self._aspects, strict=True))
            if (alike, aspects) not in known:
                known.append((alike, aspects))
                self.alike.append(alike)
                self._aspects.append(aspects)
                for each in alike:
                    self._groups.setdefault(each, []).append(len(known) - 1)
            self._group[record] = known.index((alike, aspects))

    def world(self, made: Mapping[int, Move], added: Iterable[int], stay: frozenset[int]) -> World | None:
        """The world of some moves (per record), others in the seats given up: none who `stay`. None: too few."""
        gone, seats = {self.holding[record] for record in made}, dict[int, int]()
        for record in self._givers(made):
            able = self._able(record, made, stay)
            if not able:
                return None
            seats[record] = next((each for each in able if self.holding[each] in gone), able[0])
            gone.add(self.holding[seats[record]])
        moved = {record: move.target for record, move in made.items()}
        return World(moved, tuple(sorted(added)), seats)

    def unseated(self, made: Mapping[int, Move], stay: frozenset[int]) -> frozenset[int]:
        """Of some moves the first record whose seats nobody can have, with those who could if they did not move."""
        record = next(each for each in self._givers(made) if not self._able(each, made, stay))
        return frozenset((record, *(each for each in self._who_takes(record) if each in made)))

    def _givers(self, made: Mapping[int, Move]) -> Iterator[int]:
        return (record for record, move in made.items() if self.gives_seats(record, move))

    def _able(self, record: int, made: Mapping[int, Move], stay: frozenset[int]) -> Sequence[int]:
        """Who can have the seats of a record, in a world of some moves."""
        aspects = self._seats[record][0]
        return [
            each for each in self._who_takes(record)
            if each not in stay and not (each in made and self._differs(each, made[each].target, aspects))
        ]  # fmt: skip

    def gives_seats(self, record: int, move: Move) -> bool:
        """Whether another sits in a record's seats when it makes a move: all who sat there with it see that."""
        return self._leaves_seats(record, move.target) and (move.way is Way.GIVE or record not in self._group)

    def is_seated(self, record: int) -> bool:
        """Whether it sat at a table of which a publication tells."""
        return record in self._seats

    def _who_takes(self, record: int) -> tuple[int, ...]:
        if record not in self._takers:
            self._takers[record] = self._seats[record][1](record)
        return self._takers[record]

    def _leaves_seats(self, record: int, kind: int) -> bool:
        return record in self._seats and self._differs(record, kind, self._seats[record][0])

    def _differs(self, record: int, kind: int, aspects: Aspects) -> bool:
        """Whether some aspects of a record are others when it is of a type."""
        return self._seen_by(self.type_of[record], aspects) != self._seen_by(kind, aspects)

    def _seen_by(self, kind: int, aspects: Aspects) -> Tokens:
        """What a type is in some aspects."""
        if kind == NOBODY:
            return Tokens()
        found = self._by_aspects.get((kind, aspects))
        if found is None:
            told = (each for each in self.tokens[kind] if (each[0], each[1] and each[1][0]) in aspects)
            found = self._by_aspects[kind, aspects] = Tokens(told)
        return found

    def alone(self, kind: int) -> int | None:
        """The one record that has a type."""
        return None if kind == NOBODY else self._alone[kind]

    def with_all_alike(self, world: World) -> Iterable[int]:
        """Who is otherwise together with all of the few who look alike where it sat."""
        for record in world.moved:
            if record in self._group and all(
                each in world.moved and self._differs(each, world.moved[each], self._seats[record][0])
                for each in self.alike[self._group[record]]
            ):
                yield record

    def prepared(self, move: Move) -> Prepared:
        """What a move is to those who put many together; worked out once, of moves that are lent again and again."""
        found = self._prepared.get(id(move))
        if found is None:
            leaves = self.leaves(move)
            sort = self._sorts.setdefault((move.few, move.way, leaves), len(self._sorts))
            effect = np.array(move.effect, dtype=np.int32).tobytes()
            found = self._prepared[id(move)] = move, Prepared(effect, sort, leaves)
        return found[1]

    def leaves(self, move: Move) -> tuple[int, ...]:
        """The few (their numbers) whom a record does not look like any more."""
        record = self.alone(move.source)
        if record is None:
            return ()
        groups = self._groups.get(record, ())
        return tuple(few for few in groups if self._differs(record, move.target, self._aspects[few]))

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

    def unserved(self, world: World) -> set[str]:
        """Holdings that see in what they know that this is not the true world: of their own, and of whom they met."""
        gone = set[str]().union(*(self.owners[record] for record in (*world.moved, *world.seats.values())))
        for record, kind in world.moved.items():
            if record in self.who_met:
                gone.update(*self._who_sees(record, kind, given=record in world.seats))
        return gone

    def _who_sees(self, record: int, kind: int, *, given: bool) -> Iterable[set[str]]:
        """Who sat with a record where it looks otherwise; everybody who did, where another is given its seats."""
        tables, true = self.who_met[record], self.type_of[record]
        if given:
            return tables.values()
        seen = self._differ(true, kind)
        return (who for publication, who in tables.items() if publication in seen)

    def meet(self, holding: str, record: int, publication: int) -> None:
        """A holding sat at a table of a publication with a record of another."""
        of = self.met.setdefault(holding, {})
        of[record] = of.get(record, frozenset()) | {publication}
        self.who_met.setdefault(record, {}).setdefault(publication, set()).add(holding)

    def known_to(self, holding: str) -> Known:
        """What a holding knows: its own records, and those that it met."""
        own = frozenset(self._of_owner.get(holding, ()))
        there = sorted(self.met.get(holding, {}).items())  # not in the order of some set: moves are lent in theirs
        met = {record: where for record, where in there if record not in own}
        return Known(own, met, own)

    def knows(self, holding: str) -> frozenset[int]:
        """The records that a holding knows: its own, and those that it met."""
        return frozenset(self._of_owner.get(holding, ())).union(self.met.get(holding, ()))

    def who_know(self, record: int) -> set[str]:
        """The holdings that know a record: its own, and those that met it."""
        return set(self.owners[record]).union(*self.who_met.get(record, {}).values())

    def seen_in(self, move: Move) -> frozenset[int]:
        """The publications in which those who met a record there see that it moves."""
        return self._differ(move.source, move.target)

    def _differ(self, one: int, other: int) -> frozenset[int]:
        found = self._seen.get((one, other))
        if found is None:
            found = self._seen[one, other] = frozenset(p for p, _ in self._looks(one) ^ self._looks(other))
        return found

    def _looks(self, kind: int) -> Tokens:
        """What everybody at a table knows of those who sit there."""
        if kind == NOBODY:
            return Tokens()
        return frozenset(t for t in self.tokens[kind] if t[1] is None or t[1][0] in LOOKS)
