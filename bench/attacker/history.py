"""Everything ever published, in its order, with the truth behind it."""

from __future__ import annotations

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
    def seen(self) -> list[dict[str, Seen]]:
        """Per publication who is in it, by the source of its day."""
        return [each.state.seen_in(each.publication) for each in self.events]

    @cached_property
    def sights(self) -> tuple[Sight, ...]:
        """What the last state of the source still says is of group 0; what it no longer says is of its own."""
        publications = [each.publication for each in self.events]
        still = [self.last.seen_in(each) == seen for each, seen in zip(publications, self.seen, strict=True)]
        return tuple(Sight(each, 0 if still[n] else n + 1) for n, each in enumerate(publications))

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """The ids of all that were ever in a publication."""
        return tuple(sorted({each for seen in self.seen for each in seen}))

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        """The conversations that any publication counts; the source never changes one."""
        counted = zip(self.events, self.seen, strict=True)
        found = {talk for each, seen in counted for talk in each.state.talks_in(each.publication, seen)}
        return tuple(talk for talk in self.last.talks if talk in found)

    @cached_property
    def holdings(self) -> dict[str, str]:
        """Per organisation its holding, by the last state that knows it."""
        return {each.id: each.holding for event in self.events for each in event.state.organisations.values()}

    @cached_property
    def named(self) -> frozenset[str]:
        """Who was named in any publication; who is succeeded stands there by the name of its successor."""
        return frozenset(
            each.id
            for event in self.events
            for each in event.state.organisations.values()
            if not event.publication.named.isdisjoint(event.state.names_for(each))
        )

    def sightings(self, organisation: str) -> tuple[Sighting, ...]:
        """What is true of an organisation, per sight."""
        found = []
        for event, sight, seen in zip(self.events, self.sights, self.seen, strict=True):
            state = event.state if sight.group else self.last
            record = state.organisations.get(organisation)
            first = state.first_year(record) if record else NEVER
            found.append(Sighting(record.work if record else {}, first, seen.get(organisation)))
        return tuple(found)
