"""Worlds for many demands: each that is found is tried on all of them.

A world fits every attacker whose own records stay. So one is looked for on behalf of outsiders, or of all who are left;
whoever is left then is asked for by halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from tweeluik.checks.audit.questions import OUTSIDER
from tweeluik.protection.worlds.answering import Answering
from tweeluik.protection.worlds.board import Board
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.kernels import Kernels
from tweeluik.protection.worlds.lending import Lending
from tweeluik.protection.worlds.limits import Limits
from tweeluik.protection.worlds.moves import Moves, Rooms
from tweeluik.protection.worlds.program import find
from tweeluik.protection.worlds.terms import NEAR, Found, Terms, Want
from tweeluik.protection.worlds.world import TRUTH, Known, World

SHORT = 6
"""Moves that change more cells are asked only when others do not do."""

LONG = 14
ANY, ALL = 1_000, 100_000
"""In the end all moves: who left, for one, is in many cells where he stays."""

DEPTHS = ((SHORT, NEAR), (LONG, NEAR), (ANY, NEAR))
"""The longest moves that are asked, and how many of them in whole numbers."""

AT_LAST = (ANY, ALL)
"""Asked only where nothing that may be hidden or turned helps. It finds worlds of dozens of moves, which answer few:
asked before, it took most of all time, and the effort ended before anything was hidden.
"""

MOST_STUCK = 12
"""Demands for which nothing is found, before something is hidden or turned for them: that helps others too."""

A_LENT = 200
"""The work in a move that is made ready for a search (`effort.py`)."""

MOST_ALONE = 12


class Searcher:
    """Worlds found so far in one crowd, and the search for more."""

    def __init__(self, crowd: Crowd[Any], rooms: Rooms) -> None:
        self.crowd = crowd
        self.worlds: list[World] = []
        self._depth: dict[tuple[Asker, int], int] = {}
        self._vain: set[tuple[object, ...]] = set()
        self._lending = Lending(crowd)
        self._open: dict[tuple[bool, bool], Moves] = {}
        self.bind(rooms)

    def bind(self, rooms: Rooms) -> None:
        """Search in these rooms from now on."""
        self.crowd.effort.spend(A_LENT * len(self._lending.standing))
        self._rooms, self._moves = rooms, Moves(self.crowd, self._lending.standing, rooms)
        self._kernels: Kernels | None = None
        self._any: Moves | None = None
        self._limits = Limits(self.crowd, rooms)

    def meet(self, demands: Sequence[Demand], is_hopeless: Callable[[Demand], bool] = lambda _: False) -> list[Demand]:
        """Search until all is met, as far as that can be; the demands for which there is no world for somebody.

        The last of them `is_hopeless` where one is: then nothing more is searched.

        Raises:
            OutOfEffort: the effort of the crowd ended first.
        """
        board = Board(self.crowd, demands)
        for world in (TRUTH, *self.worlds):
            board.serve(world)
        self._kernels = self._kernels or Kernels(self.crowd, self._lending.standing, self._rooms)
        answering = Answering(self.crowd, self._kernels, board)
        for demand in demands:
            if demand.left:
                self.crowd.effort.check()
                answering.answer(demand)
        self.worlds += answering.worlds
        stuck = list(islice(self._stuck(board, is_hopeless), MOST_STUCK))
        if stuck:
            return stuck
        return [each for each in demands if each.left and self._is_stuck(each, board)]

    def _stuck(self, board: Board, is_hopeless: Callable[[Demand], bool]) -> Iterator[Demand]:
        """First whom one number alone keeps from any world: where one of these is hopeless, all else is in vain."""
        left = [each for each in board.demands if each.left]
        for each in sorted(left, key=lambda each: bool(self._wants(each))):
            if each.left and not self._can(each, board):
                yield each
                if is_hopeless(each):
                    return

    # --- one by one ---------------------------------------------------------------------------------------------------

    def _want(self, demand: Demand, side: str) -> Want | None:
        now = len(demand.records)
        if side == "low" and demand.low is not None:
            return Want(demand.asker, now, low=demand.low)
        if side == "high" and demand.high is not None:
            return Want(demand.asker, now, high=demand.high)
        return None

    def _wants(self, demand: Demand) -> list[Want]:
        """What may be wanted for a demand, as far as single numbers leave it."""
        few, many = self._limits.of(demand)
        asked = [self._want(demand, side) for side in ("low", "high")]
        wants = [want for want in asked if want is not None]
        return [each for each in wants if (each.low is None or few <= each.low) and (each.high or 0) <= many]

    def _known_to(self, attackers: Iterable[str], demand: Demand) -> Known:
        named = Known(frozenset(self.crowd.named) if demand.ever else frozenset())
        return reduce(or_, map(self.crowd.acquaintance.known_to, attackers), named)

    def take(self, found: Found | None, board: Board) -> int:
        """Keep what answers anybody of the tellings of a world; how many attackers it answered."""
        total = 0
        for world in found.worlds if found else ():
            answered = board.serve(world)
            if not answered:
                break
            self.worlds.append(world)
            total += answered
        return total

    def _is_stuck(self, demand: Demand, board: Board) -> bool:
        """Ask for everybody who is left, and then for halves of them; whether there is nothing for some of them."""
        waiting = [self._first(demand)]
        for _ in range(MOST_ALONE):
            who = [each for each in waiting.pop() if each in demand.left] if waiting else sorted(demand.left)
            if not demand.left:
                return False
            answered = self._for(who, demand, board) if who else 0
            if not answered and len(who) == 1:
                answered = self._look_further(demand, who) and self._for(who, demand, board)
                if not answered:
                    return True
            if not answered and len(who) > 1:
                half = len(who) // 2
                waiting += [who[:half], who[half:]]
        return False

    def _can(self, demand: Demand, board: Board) -> bool:
        """Whether there is a world for an outsider, or for one of those who are left."""
        first = self._first(demand)
        if first[0] not in demand.left or self._for(first, demand, board):
            return True
        return self._look_further(demand, first) and bool(self._for(first, demand, board))

    def answers_at_last(self, demand: Demand) -> bool:
        """Whether somebody who is left is answered by the best of many moves; asked where nothing else would do."""
        board, who = Board(self.crowd, [demand]), self._first(demand)
        self._look_further(demand, who, best=True)
        return bool(self._for(who, demand, board, at_last=True))

    def _look_further(self, demand: Demand, who: Sequence[str], *, best: bool = False) -> bool:
        """Lend moves that change who is in a set; whether there are any that were not lent before."""
        found = self._lending.look_further(demand, self._known_to(who, demand), self._rooms, best=best)
        if found:
            self.bind(self._rooms)
        return found

    def _first(self, demand: Demand) -> list[str]:
        own = frozenset(demand.records)
        inside = (each for each in sorted(demand.left) if not own.isdisjoint(self.crowd.acquaintance.knows(each)))
        return [OUTSIDER] if OUTSIDER in demand.left else [next(inside, min(demand.left))]

    def _for(self, who: Sequence[str], demand: Demand, board: Board, *, at_last: bool = False) -> int:
        self.crowd.effort.check()
        known, records = self._known_to(who, demand), frozenset(demand.records)
        wants = [want for want in self._wants(demand) if _possible(want, records, known.all)]
        for moves, depth in self._steps(demand, alone=len(who) == 1, at_last=at_last):
            for want in wants:
                key = (demand.asker, want.low, want.high, demand.barred, demand.ever, demand.still)
                vain = (*key, depth, len(moves.all))
                if vain in self._vain:
                    continue
                longest, near = (*DEPTHS, AT_LAST)[depth]
                last = len(who) == 1 and longest == ANY
                found = find(self.crowd, moves, want, _terms(known, want, demand, longest, near, last=last))
                answered = self.take(found, board)
                if answered:
                    # Who knows more is not answered with less: halves of those who are left begin here.
                    self._depth[demand.asker, len(moves.all)] = depth
                    return answered
                if found is None and who == [OUTSIDER]:
                    self._vain.add(vain)
        return 0

    def _steps(self, demand: Demand, *, alone: bool, at_last: bool) -> Iterator[tuple[Moves, int]]:
        """What is searched, and how deep: a deep search that ends in vain takes a hundred times a shallow one.

        Several at once are asked for in halves before all moves are.
        """
        deepest = len(DEPTHS) + at_last
        for depth in range(deepest):
            for moves in (self._moves, *self._looser(demand)):
                first = self._depth.get((demand.asker, len(moves.all)), 0)
                if first <= depth < (deepest if alone else max(first + 1, len(DEPTHS) - 1)):
                    yield moves, depth

    def _looser(self, demand: Demand) -> Iterator[Moves]:
        """All moves, where a demand does not ask that what stood still does, and there are more."""
        if not demand.still and self._lending.loose:
            self._any = self._any or Moves(self.crowd, self._lending.may(still=False), self._rooms)
            yield self._any

    # --- what would have to be hidden or turned -----------------------------------------------------------------------

    def _opened(self, rooms: Rooms, *, still: bool) -> Moves:
        """The moves in rooms that are not those of the search, made once while the moves are the same."""
        key = still, bool(rooms.around)
        found = self._open.get(key)
        many = len(self._lending.standing) if still else len(self._lending)
        if found is None or found.given is not rooms or len(found.all) != many:
            found = self._open[key] = Moves(self.crowd, [*self._lending.may(still=still)], rooms)
        return found

    def repair(self, demand: Demand, rooms: Rooms) -> Found | None:
        """A world for one who is left, in rooms where cells may be hidden or turned; None: there is none even so."""
        moves = self._opened(rooms, still=demand.still)
        known = self._known_to(self._first(demand), demand)
        for longest, near in ((LONG, NEAR), (ANY, ALL)):
            found: list[Found] = []
            for side in ("low", "high"):
                want = self._want(demand, side)
                if want is not None and _possible(want, frozenset(demand.records), known.all):
                    terms = _terms(known, want, demand, longest, near, last=longest == ANY)
                    each = find(self.crowd, moves, want, terms)
                    if each is not None and demand.met_by(each.worlds[0]):
                        found.append(each)
            if found:
                return min(found, key=lambda each: each.cost)
        return None


def _terms(known: Known, want: Want, demand: Demand, longest: int, near: int, *, last: bool) -> Terms:
    """Where more holdings are wanted, of each holding one record may come into the set, and no more.

    The others stay; in the `last` search they are only not in the set, and who shared a table may move together.
    """
    doubles = frozenset[int]() if want.high is None or not demand.distinct else demand.doubles
    if last:
        return Terms(known, longest, demand.barred, near, doubles, together=True)
    return Terms(known | Known(doubles), longest, demand.barred, near)


def _possible(want: Want, records: frozenset[int], stay: frozenset[int]) -> bool:
    return want.low is None or len(records & stay) <= want.low
