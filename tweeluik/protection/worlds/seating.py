"""Who could have had whose seats, of the records of a crowd that sat at tables of which publications tell.

Who is otherwise in some publications gives up its seats at the tables that these count, and keeps the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tweeluik.protection.worlds.record_types import Types
from tweeluik.protection.worlds.world import Aspects, Move, Way, World

Where = frozenset[int]
"""Publications, by number."""

Giver = tuple[int, Where]
"""A record, and the publications that count the tables at which it gives up its seats."""

MANY = 12
"""Of so many who look alike in conversations there is always one who stays as he is."""


class Taking(NamedTuple):
    """Who could have some seats of a record, all who look alike there, and what of them is counted."""

    takers: tuple[int, ...]
    alike: frozenset[int]
    aspects: Aspects


class Seating:
    """The seats of records, by their numbers.

    `type_of`, `holding`: of every record, as its crowd has them. `alike`: few who look alike where they sat, of whom
    one may take another's seats. `apart`: two who shared a table, and whether they look alike: one of them at most
    takes along what is counted there, unless all who look alike do.
    """

    def __init__(self, types: Types[Any], type_of: Sequence[int], holding: Sequence[str]) -> None:
        self._types, self._type_of, self._holding = types, type_of, holding
        self._seats: dict[int, tuple[Aspects, Callable[[int, Where], Taking]]] = {}
        self._taking: dict[tuple[int, Where], Taking] = {}
        self.alike: list[frozenset[int]] = []
        self.apart: dict[tuple[int, int], bool] = {}
        self._few: dict[int, int] = {}
        self._fews: dict[int, list[int]] = {}
        self._aspects: list[Aspects] = []
        self._numbers: dict[tuple[frozenset[int], Aspects], int] = {}

    def seat(
        self, record: int, aspects: Aspects, alike: frozenset[int], taking: Callable[[int, Where], Taking]
    ) -> None:
        """A record sits at tables that are counted by some aspects.

        `alike`: who looks alike there, itself too; asked for of few only. `taking`: who could have the seats of a
        record at the tables that some publications count, worked out when somebody asks.
        """
        self._seats[record] = aspects, taking
        if self._types.alone(self._type_of[record]) is not None:
            self._few[record] = self._number(alike, aspects)

    def _number(self, alike: frozenset[int], aspects: Aspects) -> int:
        """The number of few who look alike in some aspects."""
        found = self._numbers.setdefault((alike, aspects), len(self.alike))
        if found == len(self.alike):
            self.alike.append(alike)
            self._aspects.append(aspects)
            for each in alike:
                self._fews.setdefault(each, []).append(found)
        return found

    def is_seated(self, record: int) -> bool:
        """Whether it sat at a table of which a publication tells."""
        return record in self._seats

    # --- what a move does to seats ------------------------------------------------------------------------------------

    def few_left_by(self, record: int, kind: int) -> int | None:
        """The few (their number) whose seats a record leaves when it is of a type; None: it leaves none of few."""
        return self._few.get(record) if self.left_by(record, kind) else None

    def left_by(self, record: int, kind: int) -> Where:
        """The publications in which a record is not counted at its tables as it was, when it is of a type."""
        return self._differ(record, kind, self._seats[record][0]) if record in self._seats else frozenset()

    def few_of_takers(self, record: int, kind: int) -> int | None:
        """The few (their number) of whom one has the seats that a record leaves when it is of a type.

        None: there are many. Of these one always stays.
        """
        where = self.left_by(record, kind)
        if where == {publication for publication, _ in self._seats[record][0]}:
            return self._few[record]
        there = self.taking(record, where)
        return self._number(there.alike, there.aspects) if len(there.alike) < MANY else None

    def taking(self, record: int, where: Where) -> Taking:
        """Who could have the seats of a record at the tables that some publications count."""
        if (record, where) not in self._taking:
            self._taking[record, where] = self._seats[record][1](record, where)
        return self._taking[record, where]

    def unlike(self, move: Move) -> tuple[int, ...]:
        """The few (their numbers) whom a record does not look like any more."""
        record = self._types.alone(move.source)
        if record is None:
            return ()
        fews = self._fews.get(record, ())
        return tuple(few for few in fews if self._differ(record, move.target, self._aspects[few]))

    def fews_with(self, move: Move) -> int:
        """How many few there are that a move's record is one of; more, as more is asked."""
        record = self._types.alone(move.source)
        return 0 if record is None else len(self._fews.get(record, ()))

    def _gives(self, record: int, move: Move) -> bool:
        """Whether another sits in seats of a record when it makes a move."""
        return bool(self.left_by(record, move.target)) and (move.way is Way.GIVE or record not in self._few)

    def _differ(self, record: int, kind: int, aspects: Aspects) -> Where:
        """The publications in which some aspects of a record are others when it is of a type."""
        before, after = self._types.seen_by(self._type_of[record], aspects), self._types.seen_by(kind, aspects)
        return frozenset(publication for publication, _ in before ^ after)

    # --- the seats of a world -----------------------------------------------------------------------------------------

    def given(self, made: Mapping[int, Move], stay: frozenset[int]) -> Mapping[int, int] | None:
        """Whose seats others have in a world of some moves (per record): none who `stay`. None: too few could."""
        gone, seats = {self._holding[record] for record in made}, dict[int, int]()
        for record in self._givers(made):
            able = self._able(record, made, stay)
            if not able:
                return None
            seats[record] = next((each for each in able if self._holding[each] in gone), able[0])
            gone.add(self._holding[seats[record]])
        return seats

    def unseated(self, made: Mapping[int, Move], stay: frozenset[int]) -> tuple[Giver, frozenset[int]]:
        """Of some moves the first whose seats nobody can have; its record, and those who could if they did not move."""
        record = next(each for each in self._givers(made) if not self._able(each, made, stay))
        where = self.left_by(record, made[record].target)
        takers = self.taking(record, where).takers
        return (record, where), frozenset((record, *(each for each in takers if each in made)))

    def unseats(self, giver: Giver, record: int, move: Move) -> bool:
        """Whether by a move a record gives those seats away, or cannot have them."""
        whose, where = giver
        if record == whose:
            return self._gives(record, move) and self.left_by(record, move.target) == where
        return bool(self._differ(record, move.target, self.taking(whose, where).aspects))

    def with_all_alike(self, world: World) -> Iterable[int]:
        """Who is otherwise together with all of the few who look alike where it sat."""
        for record in world.moved:
            if record in self._few and all(
                each in world.moved
                and each not in world.seats
                and self._differ(each, world.moved[each], self._seats[record][0])
                for each in self.alike[self._few[record]]
            ):
                yield record

    def _givers(self, made: Mapping[int, Move]) -> Iterator[int]:
        return (record for record, move in made.items() if self._gives(record, move))

    def _able(self, record: int, made: Mapping[int, Move], stay: frozenset[int]) -> Sequence[int]:
        """Who can have the seats of a record, in a world of some moves."""
        there = self.taking(record, self.left_by(record, made[record].target))
        return [
            each for each in there.takers
            if each not in stay and not (each in made and self._differ(each, made[each].target, there.aspects))
        ]  # fmt: skip
