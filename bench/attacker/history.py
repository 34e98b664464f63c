"""Everything ever published, in its order, with the truth behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bench.attacker.organisations import Sighting
from bench.attacker.published import Publication
from bench.attacker.space import Sight
from bench.attacker.truth import NEVER, Seen, State, Talk


@dataclass(frozen=True, slots=True)
class Event:
    """A publication, and the source as it was."""

    publication: Publication
    state: State


class History:
    """Everything ever published, the earliest first; publications without numbers say nothing."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = tuple(each for each in events if each.publication.cells)
        self.threshold = max((each.publication.threshold for each in self.events), default=0)

    @property
    def last(self) -> State:
        return self.events[-1].state

    @cached_property
    def _told(self) -> list[dict[str, Seen]]:
        """Per publication who is in it, by the source of its day."""
        return [each.state.seen_in(each.publication) for each in self.events]

    @cached_property
    def seen(self) -> list[dict[str, Seen]]:
        """The same by the first of those that continue each other."""
        return [{self._root(id_): seen for id_, seen in told.items()} for told in self._told]

    @cached_property
    def met(self) -> list[dict[str, frozenset[Seen]]]:
        """Per publication as whom it sees everybody at a conversation, by the source of its day."""
        return [each.state.met_in(each.publication) for each in self.events]

    @cached_property
    def sights(self) -> tuple[Sight, ...]:
        """What the last state of the source still says is of group 0; what it no longer says is of its own."""
        told = zip(self.events, self._told, strict=True)
        still = [self.last.seen_in(each.publication) == seen for each, seen in told]
        return tuple(Sight(each.publication, 0 if still[n] else n + 1) for n, each in enumerate(self.events))

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """The ids of all that were ever in a publication; who continues one is that one."""
        return tuple(sorted({each for seen in self.seen for each in seen}))

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        """The conversations that any publication counts; the source never changes one."""
        found = {talk for each in self.events for talk in each.state.talks_in(each.publication)}
        return tuple(talk for talk in self.last.talks if talk in found)

    @cached_property
    def holdings(self) -> dict[str, str]:
        """Per organisation its holding, by the last state that knows it."""
        every = (each for event in self.events for each in event.state.organisations.values())
        return {each.id: self._root(each.holding) for each in every}

    @cached_property
    def named(self) -> frozenset[str]:
        """Who was named in any publication; who is succeeded stands there by the name of its successor."""
        return frozenset(
            self._root(each.id)
            for event in self.events
            for each in event.state.organisations.values()
            if not event.publication.named.isdisjoint(event.state.names_for(each))
        )

    def sightings(self, organisation: str) -> tuple[Sighting, ...]:
        """What is true of an organisation, and of those that continue it, per sight."""
        found = []
        for event, sight, seen in zip(self.events, self.sights, self.seen, strict=True):
            state = event.state if sight.group else self.last
            line = [each for each in state.organisations.values() if self._root(each.id) == organisation]
            work = dict[int, frozenset[str]]()
            for each in line:
                work |= {year: measures | work.get(year, frozenset()) for year, measures in each.work.items()}
            found.append(Sighting(work, min(work, default=NEVER), seen.get(organisation)))
        return tuple(found)

    def _root(self, id_: str) -> str:
        while id_ in self._before:
            id_ = self._before[id_]
        return id_

    @cached_property
    def _before(self) -> dict[str, str]:
        """Per organisation the one that it alone continues, where no publication counts both beside each other."""
        links = {
            (each.id, after)
            for event in self.events
            for each in event.state.organisations.values()
            for after in each.successors
        }
        ones, others = Counter(before for before, _ in links), Counter(after for _, after in links)
        return {
            after: before
            for before, after in links
            if ones[before] == others[after] == 1 and not any({before, after} <= each.keys() for each in self._told)
        }
