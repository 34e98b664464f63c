"""Who could have had whose seats, of the records of a crowd that sat at tables of which publications tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tweeluik.protection.worlds.record_types import Types
from tweeluik.protection.worlds.world import Aspects, Move, Way, World


class Seating:
    """The seats of records, by their numbers.

    `type_of`, `holding`: of every record, as its crowd has them. `alike`: few who look alike where they sat, of whom
    one may take another's seats. `apart`: two who shared a table, and whether they look alike: one of them at most
    takes along what is counted there, unless all who look alike do.
    """

    def __init__(self, types: Types[Any], type_of: Sequence[int], holding: Sequence[str]) -> None:
        self._types, self._type_of, self._holding = types, type_of, holding
        self._seats: dict[int, tuple[Aspects, Callable[[int], tuple[int, ...]]]] = {}
        self._takers: dict[int, tuple[int, ...]] = {}
        self.alike: list[frozenset[int]] = []
        self.apart: dict[tuple[int, int], bool] = {}
        self._few: dict[int, int] = {}
        self._fews: dict[int, list[int]] = {}
        self._aspects: list[Aspects] = []

    def seat(
        self, record: int, aspects: Aspects, alike: frozenset[int], takers: Callable[[int], tuple[int, ...]]
    ) -> None:
        """A record sits at tables that are counted by some aspects.

        `alike`: who looks alike there, itself too; asked for of few only. `takers`: who could have the seats of a
        record, worked out when somebody asks.
        """
        self._seats[record] = aspects, takers
        if self._types.alone(self._type_of[record]) is not None:
            known = list(zip(self.alike, self._aspects, strict=True))
            if (alike, aspects) not in known:
                known.append((alike, aspects))
                self.alike.append(alike)
                self._aspects.append(aspects)
                for each in alike:
                    self._fews.setdefault(each, []).append(len(known) - 1)
            self._few[record] = known.index((alike, aspects))

    def is_seated(self, record: int) -> bool:
        """Whether it sat at a table of which a publication tells."""
        return record in self._seats

    # --- what a move does to seats ------------------------------------------------------------------------------------

    def few_left_by(self, record: int, kind: int) -> int | None:
        """The few (their number) whose seats a record leaves when it is of a type; None: it leaves none of few."""
        return self._few.get(record) if self._leaves_seats(record, kind) else None

    def gives(self, record: int, move: Move) -> bool:
        """Whether another sits in a record's seats when it makes a move: all who sat there with it see that."""
        return self._leaves_seats(record, move.target) and (move.way is Way.GIVE or record not in self._few)

    def takers(self, record: int) -> tuple[int, ...]:
        """Who could have the seats of a record."""
        if record not in self._takers:
            self._takers[record] = self._seats[record][1](record)
        return self._takers[record]

    def unlike(self, move: Move) -> tuple[int, ...]:
        """The few (their numbers) whom a record does not look like any more."""
        record = self._types.alone(move.source)
        if record is None:
            return ()
        fews = self._fews.get(record, ())
        return tuple(few for few in fews if self._differs(record, move.target, self._aspects[few]))

    def _leaves_seats(self, record: int, kind: int) -> bool:
        return record in self._seats and self._differs(record, kind, self._seats[record][0])

    def _differs(self, record: int, kind: int, aspects: Aspects) -> bool:
        """Whether some aspects of a record are others when it is of a type."""
        return self._types.seen_by(self._type_of[record], aspects) != self._types.seen_by(kind, aspects)

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

    def unseated(self, made: Mapping[int, Move], stay: frozenset[int]) -> tuple[int, frozenset[int]]:
        """Of some moves the first record whose seats nobody can have; it, and those who could if they did not move."""
        record = next(each for each in self._givers(made) if not self._able(each, made, stay))
        return record, frozenset((record, *(each for each in self.takers(record) if each in made)))

    def unseats(self, giver: int, record: int, move: Move) -> bool:
        """Whether by a move a record gives its seats away, or cannot have those of another that does."""
        if record == giver:
            return self.gives(record, move)
        return self._differs(record, move.target, self._seats[giver][0])

    def with_all_alike(self, world: World) -> Iterable[int]:
        """Who is otherwise together with all of the few who look alike where it sat."""
        for record in world.moved:
            if record in self._few and all(
                each in world.moved and self._differs(each, world.moved[each], self._seats[record][0])
                for each in self.alike[self._few[record]]
            ):
                yield record

    def _givers(self, made: Mapping[int, Move]) -> Iterator[int]:
        return (record for record, move in made.items() if self.gives(record, move))

    def _able(self, record: int, made: Mapping[int, Move], stay: frozenset[int]) -> Sequence[int]:
        """Who can have the seats of a record, in a world of some moves."""
        aspects = self._seats[record][0]
        return [
            each for each in self.takers(record)
            if each not in stay and not (each in made and self._differs(each, made[each].target, aspects))
        ]  # fmt: skip
