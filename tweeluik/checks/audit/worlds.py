"""Worlds: what the true records are, and what else they could be for all that is published. Plain data, confidential.

The audit is handed the records behind every publication, and other worlds beside them; it believes neither before it
has counted. It shares no type with the protection, which converts to these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Publication = tuple[str, int]
"""An edition and its version. Every version that ever went public is one."""

Pair = tuple[str, str]
"""A dimension and a code in it."""


@dataclass(frozen=True, slots=True, repr=False)
class Unit:
    """An organisation in one publication.

    `holding`: who counts as one with it, as a stand-in that is the same in every publication. `named`: everyone knows
    that it is in this publication (it is named there, or was in an earlier version). `codes`: every category of every
    dimension that the tables of the publication ask of partners, or of the partners in a conversation: of `kind`,
    `region` and `first_year` one each, of `pillar`, `theme` and `measure` all that it is in, with what follows.
    """

    holding: str
    named: bool
    codes: frozenset[Pair]


@dataclass(frozen=True, slots=True, repr=False)
class Talk:
    """A conversation in one publication.

    `units`: the organisations of this publication that took part, by id. `holdings`: everybody at the table, inside the
    publication or not. `codes`: its own form and parts of the agenda; those of its partners follow from the units.
    `month`: when, as 2025-03.
    """

    units: frozenset[str]
    holdings: frozenset[str]
    codes: frozenset[Pair]
    month: str


@dataclass(frozen=True, slots=True, repr=False)
class Records:
    """All records behind one publication, by id. An id means the same organisation or conversation everywhere."""

    units: Mapping[str, Unit]
    talks: Mapping[str, Talk] = field(default_factory=dict)


Truth = Mapping[Publication, Records]
"""The true world: the records behind everything ever published, and about to be."""


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """Another world, told as what differs from the true one.

    Per (publication, id) the record that stands there instead; None: there is none. Ids that the truth does not know
    are organisations and conversations that only this world has. What is not mentioned is as in the truth, so that a
    world fits every attacker whose own records it leaves alone.
    """

    units: Mapping[tuple[Publication, str], Unit | None]
    talks: Mapping[tuple[Publication, str], Talk | None] = field(default_factory=dict)
