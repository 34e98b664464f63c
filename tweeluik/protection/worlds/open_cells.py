"""What may still change of what is not published yet: numbers that may be hidden, and rounded ones that may turn."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace

from tweeluik.checks.audit.published import Cell, Edition
from tweeluik.checks.audit.worlds import Publication
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.worlds.clashes import Options
from tweeluik.protection.worlds.draft import Draft
from tweeluik.protection.worlds.everything import Everything
from tweeluik.protection.worlds.moves import Room, Rooms, Turn
from tweeluik.protection.worlds.proof import Prover

HIDING = 40.0
TURNING = 20.0
WITHHOLDING = 400.0
"""What hiding or turning a cell costs, in moved records; and hiding one that is rounded, which turning must precede."""


class OpenCells:
    """The cells of some drafts, as these stand now.

    `withholds`: rounded numbers may be hidden too, but for those that are `told`.
    """

    def __init__(
        self, prover: Prover, drafts: Mapping[Publication, Draft], noise: KeyedNoise,
        *, withholds: bool = False, told: frozenset[int] = frozenset(),
    ) -> None:  # fmt: skip
        self._prover, self._drafts, self._noise = prover, drafts, noise
        self._withholds, self.told = withholds, told
        self._opened: tuple[tuple[Edition, ...], Rooms, Rooms | None] | None = None
        self.settled: frozenset[int] = frozenset()

    @property
    def _everything(self) -> Everything:
        return self._prover.everything

    def settle(self, cells: Collection[int]) -> None:
        """Turn some cells no more."""
        self.settled |= frozenset(cells)
        self._opened = None

    def rooms(self) -> tuple[Rooms, Rooms | None]:
        """The rooms of all cells with what may be hidden or turned of them, made once for what is published now.

        And the same where rounded ones may be hidden too; None: they may not.
        """
        if self._opened is None or self._opened[0] is not self._everything.editions:
            rooms = self._rooms()
            more = self._with_withheld(rooms) if self._withholds else None
            self._opened = self._everything.editions, rooms, more
        return self._opened[1:]

    def _rooms(self) -> Rooms:
        fixed: dict[int, Room] = {}
        hideable: dict[int, float] = {}
        turns: dict[int, Turn] = {}
        for cell, value in enumerate(self._prover.values):
            low, high = self._everything.bounds(cell)
            draft = self.draft(cell)
            if high is None:
                continue
            here = (low - value, high - value)
            if draft.open and draft.base == 1:
                hideable[cell] = HIDING * self._weight(cell) * (1 + math.log2(2 + value) / 4)
            elif cell not in self.settled and self._turns(cell):
                turns[cell] = self._turn(cell, here)
            else:
                fixed[cell] = here
        sums = tuple(
            each for i, edition in enumerate(self._everything.editions)
            if self._drafts[edition.publication].open and edition.base > 1
            for each in self._everything.sums(i)
            if all(self._everything.bounds(cell)[1] is not None for cell, _ in each)
        )  # fmt: skip
        return Rooms(fixed, hideable, turns, sums)

    def _with_withheld(self, rooms: Rooms) -> Rooms | None:
        """The rooms in which rounded cells may be hidden as well; None: no more than without."""
        some = frozenset(cell for cell in (*rooms.fixed, *rooms.turns) if self.may_be_withheld(cell))
        if not some:
            return None
        hideable = {cell: WITHHOLDING * self._weight(cell) for cell in sorted(some)}
        return replace(
            rooms,
            fixed={cell: room for cell, room in rooms.fixed.items() if cell not in some},
            hideable={**rooms.hideable, **hideable},
            around={cell: rooms.fixed.get(cell) or rooms.turns[cell].here for cell in sorted(some)},
        )

    def options(self) -> Options:
        """Per cell the rooms that it may have."""
        rooms, _ = self.rooms()
        turns = {cell: (turn.here, turn.there) for cell, turn in rooms.turns.items()}
        return {cell: (room,) for cell, room in rooms.fixed.items()} | turns

    def either_way(self, cell: int, room: Room) -> Room:
        """What a cell may change by however it is rounded: what else is asked for is rounded anew."""
        draft = self.draft(cell)
        return (1 - 2 * draft.base, 2 * draft.base - 1) if draft.open and draft.base > 1 else room

    def may_be_withheld(self, cell: int) -> bool:
        """Whether a cell is a rounded number that is not published yet.

        Of conversations too: of a kind that had some there was somebody, whatever the number of its partners tells.
        """
        rounded = self.draft(cell).open and self.draft(cell).base > 1 and self._content(cell).status == "rounded"
        return rounded and cell not in self.told

    # --- one cell ---------------------------------------------------------------------------------------------------

    def draft(self, cell: int) -> Draft:
        """The publication that tells of a cell."""
        return self._drafts[self._everything.editions[self._everything.cells[cell].publication].publication]

    def now(self, cell: int) -> int:
        """The number that is told of a cell."""
        return self._content(cell).value or 0

    def other(self, cell: int) -> int:
        """The other multiple that a rounded cell might have."""
        now, base = self.now(cell), self.draft(cell).base
        return now + base if now < self._prover.values[cell] else now - base

    def _content(self, cell: int) -> Cell:
        place = self._everything.places[cell][0]
        return self._everything.editions[place.edition].by_id[place.table].cells[place.codes]

    def _turns(self, cell: int) -> bool:
        """Whether a cell is rounded, is not published yet, and may be rounded the other way."""
        draft = self.draft(cell)
        return (
            draft.open
            and draft.base > 1
            and self.now(cell) != self._prover.values[cell]
            and not self._goes_one_way(cell)
        )

    def _turn(self, cell: int, here: Room) -> Turn:
        return Turn(here, self._there(cell), TURNING * self._weight(cell))

    def _goes_one_way(self, cell: int) -> bool:
        one_way = self.draft(cell).one_way
        return any((place.table, place.codes) in one_way for place in self._everything.places[cell])

    def _there(self, cell: int) -> Room:
        value, other, base = self._prover.values[cell], self.other(cell), self.draft(cell).base
        return max(0, other - base + 1) - value, other + base - 1 - value

    def _weight(self, cell: int) -> float:
        told = self._everything.cells[cell]
        edition = self._everything.editions[told.publication].id
        return 1 + self._noise.fraction("repair", edition, told.counts, sorted(told.pairs)) / 2
