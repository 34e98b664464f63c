"""Conversations as whole types: when, how, on what, and which kinds and regions of partners each publication sees.

Who of those at the table is a partner may differ between publications. A longer run of years has the partners of a
shorter one with the same last day; who believes in presence: with any last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

import numpy as np

from bench.attacker.elimination import IMPOSSIBLE, Axis, Factor
from bench.attacker.organisations import bits_of, used_by
from bench.attacker.published import LEVELS, Label, Publication
from bench.attacker.space import Bits, Record, Sight, Space, View, codes_of, together
from bench.attacker.truth import Agenda, Seen, Talk


@dataclass(frozen=True, slots=True)
class Population:
    """Whose partners a view sees: of which years, on which day, from which state of the facts."""

    years: tuple[int, ...]
    day: str
    group: int


class Conversations(Space):
    """All conversations that readers with a belief think possible."""

    def __init__(self, sights: Sequence[Sight], agenda: Agenda, beliefs: frozenset[str]) -> None:
        self.beliefs, self._agenda = beliefs, agenda
        publications = [each.publication for each in sights]
        used = {name for each in publications for name in used_by(each, "conversations")}
        self.kinds = codes_of(publications, "kind") if "kind" in used else ("",)
        self.regions = codes_of(publications, "region") if "region" in used else ("",)
        self.forms = codes_of(publications, "form") if "form" in used else ("",)
        self.level = next((each for each in reversed(LEVELS) if each in used), None)
        self.leaves = codes_of(publications, self.level) if self.level else ("",)
        edges = {day for each in publications for day in (each.start.toordinal(), each.until.toordinal() + 1)}
        self._slices = tuple(sorted(edges))
        self._shape = (1 << len(self.kinds), 1 << len(self.regions), 1 << len(self.leaves), len(self.forms), len(edges))
        views = [self._view(each) for each in sights]
        super().__init__(views, self._sizes(views), self._inclusions(views))

    def _sizes(self, views: Iterable[View]) -> dict[Axis, int]:
        sizes: dict[Axis, int] = {}
        for view in views:
            kinds, regions, works, form, when = view.variables
            axes = (kinds, regions, *works, form, when)  # type: ignore[misc]
            sizes |= {view.inside: 2, **dict(zip(axes, self._shape, strict=True))}
        return sizes

    def _population(self, sight: Sight) -> Population:
        shared = 0 if {"versions", "presence"} <= self.beliefs else sight.group
        day = "" if {"traits", "presence"} <= self.beliefs else sight.publication.until.isoformat()
        return Population(sight.publication.years, day, shared)

    # --- what a publication sees --------------------------------------------------------------------------------------

    def _view(self, sight: Sight) -> View:
        population = self._population(sight)
        whose, facts = (population.years, population.day, sight.group), sight.group
        table, rows = self._table(sight.publication)
        return View(
            sight=sight,
            inside=("partners", *whose),
            variables=(("kinds", *whose), ("regions", *whose), (("works", facts),), ("form", facts), ("when",)),
            united=2,
            rows=rows,
            table=table,
            allowed=self._allowed(),
        )

    def _table(self, publication: Publication) -> tuple[Bits, dict[str | Label, int]]:
        starts = np.array(self._slices)
        inside = (starts >= publication.start.toordinal()) & (starts <= publication.until.toordinal())
        present = np.broadcast_to(inside.reshape(1, 1, 1, 1, -1), self._shape)
        codes = {name: self._codes_of(name) for name in used_by(publication, "conversations") - {"first_year"}}
        said: dict[str | Label, Bits] = {"present": present}
        for label in publication.cells:
            if label.counts == "conversations" and all(name in codes for name, _ in label.pairs):
                said[label] = present
                for name, code in label.pairs:
                    said[label] = said[label] & together(codes[name], code)
        return np.stack(list(said.values())), {name: row for row, name in enumerate(said)}

    def _codes_of(self, name: str) -> dict[str, Bits]:
        axes: dict[str, tuple[int, tuple[str, ...]]] = {"kind": (0, self.kinds), "region": (1, self.regions)}
        if name == "form":
            return {code: self._along(3, np.arange(len(self.forms)) == n) for n, code in enumerate(self.forms)}
        if name in axes:
            axis, known = axes[name]
            return {code: self._along(axis, np.arange(1 << len(known)) >> n & 1 > 0) for n, code in enumerate(known)}
        bits = bits_of(self.leaves, self.level or "", name, self._agenda)
        return {code: self._along(2, np.arange(1 << len(self.leaves)) & mask > 0) for code, mask in bits.items()}

    def _along(self, axis: int, values: Bits) -> Bits:
        return values.reshape([-1 if each == axis else 1 for each in range(5)])

    def _allowed(self) -> Bits:
        """There is a partner, so there is its kind and region; and there is a measure."""
        allowed = np.ones(self._shape, dtype=bool)
        allowed[0], allowed[:, 0], allowed[:, :, 0] = False, False, False
        return allowed

    # --- what no publication needs to say -----------------------------------------------------------------------------

    def _inclusions(self, views: Sequence[View]) -> Iterable[Factor]:
        found: dict[tuple[Axis, Axis], Factor] = {}
        for one, other in permutations(views, 2):
            less, more = self._population(one.sight), self._population(other.sight)
            same = (less.day, less.group) == (more.day, more.group)
            if set(less.years) < set(more.years) and (same or "presence" in self.beliefs) and less.group == more.group:
                for a, b, size in ((one.inside, other.inside, 2), *self._sets(one, other)):
                    sets = np.arange(size)
                    outside = sets[:, None] & ~sets[None, :] != 0
                    found[a, b] = Factor((a, b), np.where(outside, IMPOSSIBLE, 0.0))
        return found.values()

    def _sets(self, one: View, other: View) -> Iterable[tuple[Axis, Axis, int]]:
        if "traits" in self.beliefs or one.sight.publication.until == other.sight.publication.until:
            yield one.variables[0], other.variables[0], self._shape[0]
            yield one.variables[1], other.variables[1], self._shape[1]

    # --- true conversations -------------------------------------------------------------------------------------------

    def encode(self, talk: Talk, met: Sequence[dict[str, frozenset[Seen]]]) -> Record | None:
        """The record of a true conversation, given whom each view sees as partners; None if the belief does not fit."""
        values: dict[Axis, int] = {("when",): self._slice(talk.day)}
        measures = self._agenda.climb(talk.measures, self.level) if self.level else talk.measures
        works = sum(1 << n for n, leaf in enumerate(self.leaves) if leaf in measures) if self.level else 1
        for view, partners in zip(self.views, met, strict=True):
            there = [seen for each in sorted(talk.partners) for seen in partners.get(each, ())]
            kinds, regions, _, form, _ = view.variables
            told = {
                view.inside: int(bool(there)),
                kinds: _bits(self.kinds, [each.kind for each in there]),
                regions: _bits(self.regions, [each.region for each in there]),
                view.together[0]: works,
                form: self.forms.index(talk.form) if len(self.forms) > 1 else 0,
            }
            if any(values.setdefault(axis, value) != value for axis, value in told.items()):
                return None
        record = self.record(values)
        return self.canonical(record) if self.is_lawful(record) else None

    def _slice(self, day: date) -> int:
        return max(n for n, start in enumerate(self._slices) if start <= max(day.toordinal(), self._slices[0]))


def _bits(codes: tuple[str, ...], had: list[str]) -> int:
    if codes == ("",):
        return int(bool(had))
    return sum(1 << n for n, code in enumerate(codes) if code in had)
