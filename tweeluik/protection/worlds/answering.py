"""Worlds for one demand after another, put together from kernels: who must not be in a set is somewhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from tweeluik.checks.audit.questions import OUTSIDER
from tweeluik.protection.worlds.board import Board
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.kernels import Kernel, Kernels
from tweeluik.protection.worlds.lazy import Lazy
from tweeluik.protection.worlds.world import NOBODY, Move, World

TRIES = 5
MOST_CANDIDATES = 40
MOST_AT_ONCE = 60
"""Attackers for whom one world is looked for."""

MOST_SPARE = 8
"""Of a large set of whom one has to leave not everybody is looked at."""


class Answering:
    """Answers demands in turn; every world serves all demands on the board."""

    def __init__(self, crowd: Crowd[Any], kernels: Kernels, board: Board) -> None:
        self._crowd, self._kernels, self._board = crowd, kernels, board
        self.worlds: list[World] = []

    def answer(self, demand: Demand) -> None:
        """Search worlds for whoever is left, as far as kernels give any."""
        for _ in range(TRIES):
            if not demand.left:
                return
            before = len(demand.left)
            for world in self._candidates(demand):
                if demand.met_by(world) and not demand.left <= self._crowd.acquaintance.unserved(world):
                    self.worlds.append(world)
                    self._board.serve(world)
                    break
            if len(demand.left) == before:
                return

    def _candidates(self, demand: Demand) -> Iterator[World]:
        """Worlds in which those who may leave the set do, or enough come: for all who are left, or one of them."""
        for who in self._whom(demand):
            stay = frozenset[int]().union(*map(self._crowd.acquaintance.knows, who))
            going = [record for record in demand.records if record not in stay]
            need = 0 if demand.low is None else len(demand.records) - demand.low
            if 0 < need <= len(going):
                yield from self._without(demand, going, need, stay)
            if demand.low is None and demand.high is not None:
                yield from self._with(demand, demand.high - len(demand.records), stay)
            if demand.shared and demand.fewest is not None:
                yield from self._apart(demand, demand.fewest - (len(demand.records) - demand.shared), stay)

    def _whom(self, demand: Demand) -> Iterator[Sequence[str]]:
        if OUTSIDER in demand.left:
            yield (OUTSIDER,)
            return
        everybody = sorted(demand.left)
        if 1 < len(everybody) <= MOST_AT_ONCE:
            yield everybody
        yield from ((each,) for each in everybody[:3])

    # --- fewer --------------------------------------------------------------------------------------------------------

    def _without(self, demand: Demand, going: Sequence[int], need: int, stay: frozenset[int]) -> Iterator[World]:
        """Worlds in which so many as are needed of those who may leave the set do.

        The first does in most cases, so that no more is looked up for it than it takes.
        """
        aside = stay.union(going)
        able = self._able(demand, going, need, aside)
        begin = list(islice(able, need))
        if len(begin) < need:
            return
        ways = [(record, Lazy(each)) for record, each in begin]
        yield from self._leaving(ways, 0, aside)
        ways += [(record, Lazy(each)) for record, each in islice(able, MOST_SPARE)]
        for turn in range(1, MOST_CANDIDATES):
            first = turn % (len(ways) - need + 1)
            yield from self._leaving(ways[first : first + need], turn, aside)

    def _leaving(self, ways: Sequence[tuple[int, Lazy[Kernel]]], turn: int, aside: frozenset[int]) -> Iterator[World]:
        """The world in which some records leave a set, each in one of its ways, if there is such a world."""
        moves: list[Move] = []
        first: dict[int, int] = {}
        for place, (record, each) in enumerate(ways):
            first[len(moves)] = record
            moves += each[turn * (1 + 2 * place) + place]
        if len(ways) == 1 or self._kernels.fits(moves):
            world = self._kernels.world(moves, first, aside)
            if world is not None:
                yield world

    def _able(
        self, demand: Demand, going: Sequence[int], need: int, aside: frozenset[int]
    ) -> Iterator[tuple[int, Iterator[Kernel]]]:
        """Of those who may leave a set those who can, each with its ways out, until too many cannot."""
        spare = len(going) - need
        for record in going:
            ways = self._ways_out(demand, record, aside)
            some = next(ways, None)
            if some is not None:
                yield record, chain((some,), ways)
            elif (spare := spare - 1) < 0:
                return

    def _ways_out(self, demand: Demand, record: int, aside: frozenset[int]) -> Iterator[Kernel]:
        """Kernels that begin with a record's leaving the set and bring nobody else into it."""
        crowd, asker, found = self._crowd, demand.asker, 0
        if record in crowd.known:
            return
        for move in crowd.moves_from(crowd.type_of[record]):
            if move.source != NOBODY and not asker.has(move.target) and self._may(demand, move):
                for kernel in self._following(move, asker, -1, aside):
                    yield kernel
                    found += 1
            if found >= MOST_CANDIDATES:
                return

    def _may(self, demand: Demand, move: Move) -> bool:
        return not demand.still or move.target == NOBODY or self._crowd.stands[move.target]

    # --- enough -------------------------------------------------------------------------------------------------------

    def _with(self, demand: Demand, more: int, stay: frozenset[int]) -> Iterator[World]:
        ways = Lazy(self._ways_in(demand, stay) if more > 0 else ())
        for turn in range(TRIES):
            if not ways.holds(turn):
                return
            moves: list[Move] = []
            number = 0
            for i in range(MOST_CANDIDATES + 2):
                if not ways.holds(i):
                    break
                kernel = ways[turn + i * (1 + turn % 3)]
                if self._kernels.fits((*moves, *kernel)):
                    world = self._kernels.world((*moves, *kernel), {}, stay)
                    if world is not None:
                        moves += kernel
                        number += sum(demand.asker.of_move(each.source, each.target) for each in kernel)
                        if number >= more:
                            yield world
                            break

    def _apart(self, demand: Demand, more: int, stay: frozenset[int]) -> Iterator[World]:
        """The world with others of the same kinds, each of a holding of its own, in place of some who share one.

        Of every holding one stays. Who has seats stays too.
        """
        crowd, holding, first = self._crowd, demand.asker.holding, dict[str, int]()
        for record in sorted(demand.records, key=lambda each: each not in stay):
            first.setdefault(holding[record], record)
        able = (each for each in demand.records if each not in stay and each != first[holding[each]])
        gone = [each for each in able if not crowd.fixed[each] and not crowd.seating.is_seated(each)][:more]
        if len(gone) == more:
            yield World(dict.fromkeys(gone, NOBODY), tuple(sorted(crowd.type_of[each] for each in gone)))

    def _ways_in(self, demand: Demand, stay: frozenset[int]) -> Iterator[Kernel]:
        """Kernels that begin with somebody's coming into the set."""
        asker, found = demand.asker, 0
        for kind in asker.types:
            for move in self._kernels.into(kind):
                if not asker.has(move.source) and self._free(move, stay):
                    for kernel in self._following(move, asker, 1, stay):
                        yield kernel
                        found += 1
                if found >= MOST_CANDIDATES:
                    return

    def _following(self, move: Move, asker: Asker, sign: int, aside: frozenset[int]) -> Iterator[Kernel]:
        """Kernels that begin with a move, of which no other goes against it."""
        for kernel in self._kernels.of(move):
            others = kernel[1:]
            if all(sign * asker.of_move(each.source, each.target) >= 0 and self._free(each, aside) for each in others):
                yield kernel

    def _free(self, move: Move, aside: frozenset[int]) -> bool:
        return move.source == NOBODY or not aside.issuperset(self._crowd.free[move.source])
