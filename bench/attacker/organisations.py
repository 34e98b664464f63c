"""Organisations as whole types: what one may look like in every publication at once.

Kind and region on each reference date, whether it belongs on that date, the measures of each year, the first year. One
year's measures are the same in every publication that covers the year, and a publication of two years shows what
either has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.attacker.elimination import IMPOSSIBLE, Axis, Factor
from bench.attacker.published import LEVELS, Label, Publication, parts
from bench.attacker.space import Bits, Record, Sight, Space, View, codes_of, together
from bench.attacker.truth import Agenda, Seen

FACTS: frozenset[str] = frozenset()
"""Only what the method says: on every date an organisation may be another kind, elsewhere, in or out."""

SETTLED = frozenset({"traits", "presence", "versions"})
"""What readers suppose: kinds and regions stay, who works together is a partner, corrections only add or only drop."""

UNUSED = 0
"""The first year where no table tells one."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is true of an organisation in the state behind a sight: its work, first year, and how it is seen."""

    work: Mapping[int, frozenset[str]]
    first: int
    seen: Seen | None


class Organisations(Space):
    """All organisations that readers with a belief think possible."""

    def __init__(self, sights: Sequence[Sight], agenda: Agenda, beliefs: frozenset[str]) -> None:
        self.beliefs, self._agenda = beliefs, agenda
        publications = [each.publication for each in sights]
        used = {label_name for each in publications for label_name in used_by(each, "partners")}
        self.kinds = codes_of(publications, "kind") if "kind" in used else ("",)
        self.regions = codes_of(publications, "region") if "region" in used else ("",)
        self.level = next((each for each in reversed(LEVELS) if each in used), None)
        self.leaves = codes_of(publications, self.level) if self.level else ("",)
        years = codes_of(publications, "first_year") if "first_year" in used else ("",)
        self.years = tuple(int(each or UNUSED) for each in years)
        self._shape = (len(self.kinds), len(self.regions), 1 << len(self.leaves), len(self.years))
        views = [self._view(each) for each in sights]
        super().__init__(views, self._sizes(views), (*self._first_years(views), *self._corrections(views)))

    def _sizes(self, views: Iterable[View]) -> dict[Axis, int]:
        sizes: dict[Axis, int] = {}
        for view in views:
            kinds, regions, works, first = view.variables
            sizes |= {view.inside: 2, kinds: len(self.kinds), regions: len(self.regions), first: len(self.years)}
            sizes |= dict.fromkeys(works, 1 << len(self.leaves))  # type: ignore[arg-type]
        return sizes

    # --- what a publication sees --------------------------------------------------------------------------------------

    def _view(self, sight: Sight) -> View:
        publication, shared = sight.publication, 0 if "versions" in self.beliefs else sight.group
        date = publication.until.isoformat()
        day = "" if "traits" in self.beliefs else date
        works = tuple(("work", year, shared) for year in publication.years)
        table, rows = self._table(publication)
        return View(
            sight=sight,
            inside=("belongs", "" if "presence" in self.beliefs else date, sight.group),
            variables=(("kind", day, shared), ("region", day, shared), works, ("first", shared)),
            united=2,
            rows=rows,
            table=table,
            allowed=self._allowed(publication),
        )

    def _table(self, publication: Publication) -> tuple[Bits, dict[str | Label, int]]:
        used = used_by(publication, "partners")
        codes = {name: self._codes_of(name) for name in used}
        present = np.ones(self._shape, dtype=bool)
        present[:, :, 0, :] = False
        said: dict[str | Label, Bits] = {"present": present}
        for label in publication.cells:
            if label.counts == "partners":
                said[label] = present
                for name, code in label.pairs:
                    said[label] = said[label] & together(codes[name], code)
        for name in used & set(LEVELS):
            known = [together(codes[name], code).astype(int) for code in publication.categories[name]]
            inside = sum(known, start=np.zeros((1, 1, 1, 1)))
            said |= {f"in {number} or more of {name}": present & (inside >= number) for number in (2, 3)}
        return np.stack(list(said.values())), {name: row for row, name in enumerate(said)}

    def _codes_of(self, name: str) -> dict[str, Bits]:
        """Per code of a dimension the places of a view's table that have it (broadcast over the others)."""
        if name in ("kind", "region", "first_year"):
            axis = {"kind": 0, "region": 1, "first_year": 3}[name]
            known = {"kind": self.kinds, "region": self.regions, "first_year": tuple(map(str, self.years))}[name]
            shape = [-1 if each == axis else 1 for each in range(4)]
            return {code: (np.arange(len(known)) == n).reshape(shape) for n, code in enumerate(known)}
        bits = bits_of(self.leaves, self.level or "", name, self._agenda)
        sets = np.arange(1 << len(self.leaves)).reshape(1, 1, -1, 1)
        return {code: sets & mask > 0 for code, mask in bits.items()}

    def _allowed(self, publication: Publication) -> Bits:
        """Whoever is in a publication has one of its categories in every partition; nobody came after it."""
        allowed, used = np.ones(self._shape, dtype=bool), used_by(publication, "partners")
        for axis, (name, known) in {0: ("kind", self.kinds), 1: ("region", self.regions)}.items():
            if name in used:
                there = np.isin(
                    np.array(known), [code for each in publication.categories[name] for code in parts(each)]
                )
                allowed &= there.reshape([-1 if each == axis else 1 for each in range(4)])
        allowed &= (np.array(self.years) <= publication.until.year).reshape(1, 1, 1, -1)
        allowed[:, :, 0, :] = True
        return allowed

    # --- what no publication needs to say -----------------------------------------------------------------------------

    def _first_years(self, views: Iterable[View]) -> Iterable[Factor]:
        """Nobody worked before its first year; who believes in presence: everybody did work in it."""
        held = {
            axis: (view.sight.group if "versions" not in self.beliefs else 0)
            for view in views
            for axis in view.together
        }
        for axis, group in held.items():
            year: int = axis[1]  # type: ignore[index]
            costs = np.zeros((1 << len(self.leaves), len(self.years)))
            for n, first in enumerate(self.years):
                costs[1:, n] = IMPOSSIBLE if year < first else 0.0
                costs[0, n] = IMPOSSIBLE if year == first and "presence" in self.beliefs else 0.0
            yield Factor((axis, ("first", group)), costs)

    def _corrections(self, views: Sequence[View]) -> Iterable[Factor]:
        """Corrections only add, or only drop: whichever the belief says."""
        now = [view for view in views if not view.sight.group]
        for belief, never in (("adding", (0, 1)), ("dropping", (1, 0))):
            for view in views:
                if belief in self.beliefs and view.sight.group and now:
                    costs = np.zeros((2, 2))
                    costs[never] = IMPOSSIBLE
                    yield Factor((now[0].inside, view.inside), costs)

    # --- true organisations -------------------------------------------------------------------------------------------

    def encode(self, sightings: Sequence[Sighting]) -> Record | None:
        """The record of a true organisation, from what is true of it per view; None if the belief does not fit it."""
        values: dict[Axis, int] = {}
        for view, each in sorted(zip(self.views, sightings, strict=True), key=lambda pair: pair[0].sight.group):
            kinds, regions, _, first = view.variables
            for axis in view.together:
                values.setdefault(axis, self._bits(each.work.get(axis[1], frozenset())))  # type: ignore[index]
            values.setdefault(first, self.years.index(each.first) if each.first in self.years else 0)
            if "presence" not in self.beliefs:
                values.setdefault(view.inside, 0)
            if each.seen is not None:
                values[view.inside] = 1
                values[kinds] = self.kinds.index(each.seen.kind) if len(self.kinds) > 1 else 0
                values[regions] = self.regions.index(each.seen.region) if len(self.regions) > 1 else 0
        record = self.record(values)
        fits = all(self._sees(view, values, each.seen) for view, each in zip(self.views, sightings, strict=True))
        return self.canonical(record) if fits and self.is_lawful(record) else None

    def _bits(self, measures: frozenset[str]) -> int:
        if self.level is None:
            return int(bool(measures))
        codes = self._agenda.climb(measures, self.level)
        return sum(1 << n for n, leaf in enumerate(self.leaves) if leaf in codes)

    def _sees(self, view: View, values: Mapping[Axis, int], seen: Seen | None) -> bool:
        place = view.place({axis: values.get(axis, 0) for axis in view.axes})
        if place is None or place[2] == 0 or seen is None:
            return seen is None and (place is None or place[2] == 0)
        kind, region, works, _ = place
        return (
            (len(self.kinds) == 1 or self.kinds[kind] == seen.kind)
            and (len(self.regions) == 1 or self.regions[region] == seen.region)
            and works == self._bits(seen.measures)
        )


def used_by(publication: Publication, counts: str) -> frozenset[str]:
    """The dimensions by which a publication counts partners, or conversations."""
    return frozenset(name for label in publication.cells if label.counts == counts for name, _ in label.pairs)


def bits_of(leaves: Sequence[str], level: str, name: str, agenda: Agenda) -> dict[str, int]:
    """Per code of a level of the agenda the leaves below it, as bits."""
    found: dict[str, int] = {}
    for n, leaf in enumerate(leaves):
        code = leaf
        for _ in range(LEVELS.index(level) - LEVELS.index(name)):
            code = agenda.parents[code]
        found[code] = found.get(code, 0) | 1 << n
    return found
