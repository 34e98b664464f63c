"""Organisations over everything ever published: what each was in every publication.

A life says the same of an organisation as its source would: of what kind and where, since when, and on which parts of
the Actieagenda it worked in which years. What it is in a publication follows, so that another life hangs together over
languages, tables, versions and periods as a real one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from tweeluik.protection.worlds.lives import LEVELS, SOME_PART, Agenda, Codes, Life, Parts, Span
from tweeluik.protection.worlds.world import Tokens
from tweeluik.selection.microdata import Pair


class History:
    """All publications in one frame: from records to lives, and from lives to records.

    `atoms`: the years of all publications in runs that no publication divides. `over`: per publication the atoms that
    it is about. `levels`: per atom the finest level of the Actieagenda that a publication about these years tells.
    """

    def __init__(self, spans: Sequence[Span], parents: Mapping[Pair, Pair]) -> None:
        self.spans, self._parents = tuple(spans), parents
        self.atoms = _atoms([each.years for each in spans])
        self.over = tuple(tuple(i for i, atom in enumerate(self.atoms) if atom[0] in each.years) for each in spans)
        self.levels = tuple(self._level(atom) for atom in range(len(self.atoms)))
        self._pairs: dict[tuple[int, str, str, str, Parts], Codes] = {}
        self._tokens: dict[tuple[int, Codes], Tokens] = {}
        self._every: dict[str, tuple[str, ...]] = {}

    def _level(self, atom: int) -> str | None:
        told = {name for i, each in enumerate(self.spans) if atom in self.over[i] for name in each.categories}
        return next((name for name in reversed(LEVELS) if name in told), None)

    @cached_property
    def parts(self) -> tuple[tuple[Pair, ...], ...]:
        """Per atom every finest part of the Actieagenda, in the order of the categories."""
        return tuple(
            tuple(
                dict.fromkeys(
                    (level, code)
                    for i, each in enumerate(self.spans)
                    if level and atom in self.over[i]
                    for code in each.categories.get(level, ())
                )
            )
            for atom, level in enumerate(self.levels)
        )

    def all(self, dimension: str) -> tuple[str, ...]:
        """Every category of a dimension that some publication has, in the order in which they come."""
        if dimension not in self._every:
            told = (code for each in self.spans for code in each.categories.get(dimension, ()))
            self._every[dimension] = tuple(dict.fromkeys(told))
        return self._every[dimension]

    def first(self, agenda: Agenda) -> int | None:
        """The first year of some work; None: there was none."""
        for atom, parts in zip(self.atoms, agenda, strict=True):
            if parts:
                return atom[0]
        return None

    # --- lives -> records ---------------------------------------------------------------------------------------------

    def codes(self, life: Life, publication: int) -> Codes | None:
        """What a life is in a publication; None: not in it."""
        for where, codes in life.odd:
            if where == publication:
                return codes
        return self._follows(life, publication)

    def _follows(self, life: Life, publication: int) -> Codes | None:
        over = self.over[publication]
        parts = life.agenda[over[0]] if len(over) == 1 else Parts().union(*(life.agenda[atom] for atom in over))
        if not parts or publication in life.absent:
            return None
        seen = (publication, life.kind[publication], life.region[publication], life.since, parts)
        if seen not in self._pairs:
            self._pairs[seen] = self._told(*seen)
        return self._pairs[seen]

    def _told(self, publication: int, kind: str, region: str, since: str, parts: Parts) -> Codes:
        """What a publication tells of these traits."""
        has = self.spans[publication].categories
        single = (("kind", kind), ("region", region), ("first_year", since))
        pairs = {pair for pair in single if pair[1] in has.get(pair[0], ())}
        pairs |= {pair for part in parts for pair in self.climb(part) if pair[1] in has.get(pair[0], ())}
        return frozenset(pairs)

    def climb(self, pair: Pair) -> Iterator[Pair]:
        """A part of the Actieagenda and all that it is a part of."""
        yield pair
        while pair in self._parents:
            pair = self._parents[pair]
            yield pair

    def tokens(self, life: Life) -> Tokens:
        """Every label of every publication that holds of a life; (publication, None): it is in it."""
        told = ((i, self.codes(life, i)) for i in range(len(self.spans)))
        return Tokens().union(*(self._tokens_in(i, codes) for i, codes in told if codes is not None))

    def _tokens_in(self, publication: int, codes: Codes) -> Tokens:
        if (publication, codes) not in self._tokens:
            self._tokens[publication, codes] = Tokens({(publication, None), *((publication, pair) for pair in codes)})
        return self._tokens[publication, codes]

    # --- records -> lives ---------------------------------------------------------------------------------------------

    def life(self, records: Mapping[int, Codes]) -> Life:
        """The life that gives these records (publication -> codes); what does not follow is odd."""
        life = Life(
            kind=self._filled(records, "kind"),
            region=self._filled(records, "region"),
            since=self._since(records),
            agenda=tuple(self._worked(records, atom) for atom in range(len(self.atoms))),
        )
        absent = frozenset(i for i in range(len(self.spans)) if i not in records and self._follows(life, i) is not None)
        life = life._replace(absent=absent)
        odd = tuple((i, records.get(i)) for i in range(len(self.spans)) if self._follows(life, i) != records.get(i))
        return life._replace(odd=odd)

    def _filled(self, records: Mapping[int, Codes], dimension: str) -> tuple[str, ...]:
        known = {i: code for i, codes in records.items() for name, code in codes if name == dimension}
        if not known:
            return ("",) * len(self.spans)
        return tuple(known[min(known, key=lambda j: (abs(j - i), j))] for i in range(len(self.spans)))

    def _since(self, records: Mapping[int, Codes]) -> str:
        return min((code for codes in records.values() for name, code in codes if name == "first_year"), default="")

    def _worked(self, records: Mapping[int, Codes], atom: int) -> Parts:
        """The finest parts of these years: by the publications about nothing else, or what all about them share."""
        about = [i for i in range(len(self.spans)) if atom in self.over[i]]
        alone = [i for i in about if len(self.over[i]) == 1]
        deciding, level = alone or about, self.levels[atom]
        there = [i for i in deciding if i in records]
        if not there or (not alone and len(there) < len(about)):
            return Parts()
        if level is None:
            return Parts({SOME_PART})
        tell = [i for i in deciding if level in self.spans[i].categories] or about
        told = [Parts(pair for pair in records[i] if pair[0] == level) for i in tell if i in records]
        return Parts().union(*told) if alone and set(tell) <= set(alone) else Parts.intersection(*told)


def _atoms(years: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The years of all publications in runs that no publication divides."""
    runs: dict[tuple[int, ...], list[int]] = {}
    for year in sorted({year for each in years for year in each}):
        runs.setdefault(tuple(i for i, each in enumerate(years) if year in each), []).append(year)
    return tuple(sorted(tuple(run) for run in runs.values()))
