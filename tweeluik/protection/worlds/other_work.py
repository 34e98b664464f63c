"""On which other parts of the Actieagenda an organisation might have worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tweeluik.protection.worlds.history import History
from tweeluik.protection.worlds.lives import LEVELS, Agenda, Parts
from tweeluik.selection.microdata import Pair


class OtherWork:
    """Work that was otherwise, in some years or in all; of many organisations there is little that differs."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._turns: dict[Agenda, Sequence[Agenda]] = {}
        self._always: dict[Agenda, Sequence[Agenda]] = {}

    def turned_once(self, agenda: Agenda) -> Sequence[Agenda]:
        """Work that was otherwise in some years."""
        if agenda not in self._turns:
            self._turns[agenda] = tuple(
                (*agenda[:atom], parts, *agenda[atom + 1 :])
                for atom in range(len(self._history.atoms))
                for parts in self._worked_otherwise(agenda, atom)
            )
        return self._turns[agenda]

    def turned_always(self, agenda: Agenda) -> Sequence[Agenda]:
        """Work that was otherwise in the same way in all of several years."""
        if agenda not in self._always:
            several = sum(map(bool, agenda)) > 1
            self._always[agenda] = tuple(self._worked_otherwise_always(agenda)) if several else ()
        return self._always[agenda]

    def _worked_otherwise(self, agenda: Agenda, atom: int) -> Iterator[Parts]:
        own = agenda[atom]
        if not own:
            near = min((i for i, parts in enumerate(agenda) if parts), key=lambda i: (abs(i - atom), i), default=None)
            if near is not None:
                yield from self._as_told_in(atom, agenda[near])
            return
        yield Parts()
        for part in self._history.parts[atom]:
            if part not in own:
                yield own | {part}
                yield from (own - {other} | {part} for other in sorted(own))
        if len(own) > 1:
            yield from (own - {part} for part in sorted(own))

    def _as_told_in(self, atom: int, parts: Parts) -> Iterator[Parts]:
        """The same parts in years that are told of at another level: the wholes, or one part of each."""
        level = self._history.levels[atom]
        told = {part: [each for each in self._history.climb(part) if each[0] == level] for part in parts}
        if level is None or all(told.values()):
            yield parts if level is None else Parts(each for found in told.values() for each in found)
            return
        below = [each for each in self._history.parts[atom] if not parts.isdisjoint(self._history.climb(each))]
        if parts <= {above for each in below for above in self._history.climb(each)}:
            first = {above: each for each in reversed(below) for above in self._history.climb(each) if above in parts}
            yield Parts(first.values())

    def _worked_otherwise_always(self, own_agenda: Agenda) -> Iterator[Agenda]:
        """The same change in all years in which it worked, in each at the level that is told of it."""
        worked = [atom for atom, parts in enumerate(own_agenda) if parts]
        level = min(
            (each for each in (self._history.levels[atom] for atom in worked) if each), key=LEVELS.index, default=None
        )
        own = {
            part
            for atom in worked
            for each in own_agenda[atom]
            for part in self._history.climb(each)
            if part[0] == level
        }
        coarsest = next((atom for atom in worked if level and self._history.levels[atom] == level), worked[0])
        changes: list[tuple[Pair | None, Pair | None]] = [(each, None) for each in sorted(own)] if len(own) > 1 else []
        for part in self._history.parts[coarsest] if level else ():
            changes += [(None, part), *((each, part) for each in sorted(own - {part}))]
        for less, more in changes:
            agenda = tuple(self._turned(atom, parts, less, more) for atom, parts in enumerate(own_agenda))
            if all(agenda[atom] for atom in worked):
                yield agenda

    def _turned(self, atom: int, parts: Parts, less: Pair | None, more: Pair | None) -> Parts:
        """What was worked on then, without a part and with another in its place, as far as these years tell of it."""
        left = Parts(each for each in parts if less is None or less not in self._history.climb(each))
        if more is None or not parts or (less is not None and left == parts):
            return left
        return left | next(self._as_told_in(atom, Parts({more})), Parts())
