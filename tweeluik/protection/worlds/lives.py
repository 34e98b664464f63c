"""What an organisation was over everything ever published, as its source would say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tweeluik.checks.audit.worlds import Publication
from tweeluik.selection.microdata import Pair

LEVELS = ("pillar", "theme", "measure")
"""Of the Actieagenda, from coarse to fine."""

Codes = frozenset[Pair]
"""All categories of one record in one publication."""

Parts = frozenset[Pair]
"""Parts of the Actieagenda of one level, with the level."""

SINGLE = ("kind", "region", "first_year")
"""Of which an organisation has one category."""

Agenda = tuple[Parts, ...]
"""Per atom of time the finest parts that an organisation worked on."""

SOME_PART: Pair = ("", "")
"""Of whoever worked on parts that no publication tells."""


@dataclass(frozen=True, slots=True)
class Span:
    """A publication as history sees it: the years it is about, and its categories per dimension of partners."""

    name: Publication
    years: tuple[int, ...]
    categories: Mapping[str, tuple[str, ...]]


class Life(NamedTuple):
    """One organisation. `agenda`: per atom of time the finest parts it worked on; none: it did not work there.

    `kind`, `region`: per publication. `absent`: publications that it is not in although it worked in their years (it
    endorsed later, or was found late). `odd`: publications in which it is otherwise than follows from the rest.
    """

    kind: tuple[str, ...]
    region: tuple[str, ...]
    since: str
    agenda: Agenda
    absent: frozenset[int] = frozenset()
    odd: tuple[tuple[int, Codes | None], ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """What lives are sorted by, the same in every process."""
        agenda = tuple(tuple(sorted(parts)) for parts in self.agenda)
        odd = tuple((i, codes is not None, tuple(sorted(codes or ()))) for i, codes in self.odd)
        return self.kind, self.region, self.since, agenda, tuple(sorted(self.absent)), odd
