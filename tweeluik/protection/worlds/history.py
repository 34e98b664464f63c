"""Organisations over everything ever published: what each was in every publication, and what else it could have been.

A life says the same of an organisation as its source would: of what kind and where, since when, and on which parts of
the Actieagenda it worked in which years. What it is in a publication follows, so that another life hangs together over
languages, tables, versions and periods as a real one does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

from tweeluik.checks.audit.reality import Told
from tweeluik.protection.worlds.lives import LEVELS, SINGLE, SOME_PART, Agenda, Codes, Life, Parts, Span
from tweeluik.protection.worlds.world import Tokens
from tweeluik.selection.microdata import Pair


class History:
    """All publications in one frame: from records to lives, and from lives to records.

    `could_be`: whether a life could be so where another is: as odd, and in the same places. Asked of odd ones only.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        parents: Mapping[Pair, Pair],
        could_be: Callable[[Told, Told], bool] = lambda _made, _life: True,
    ) -> None:
        self.spans, self._parents, self._could_be = tuple(spans), parents, could_be
        self.atoms = _atoms([each.years for each in spans])
        self.over = tuple(tuple(i for i, atom in enumerate(self.atoms) if atom[0] in each.years) for each in spans)
        self._levels = tuple(self._level(atom) for atom in range(len(self.atoms)))
        self._pairs: dict[tuple[int, str, str, str, Parts], Codes] = {}
        self._tokens: dict[tuple[int, Codes], Tokens] = {}
        self._told_singly = [tuple(map(each.categories.get, SINGLE)) for each in self.spans]
        self._every: dict[str, tuple[str, ...]] = {}
        self._other: dict[tuple[str, tuple[str, ...]], tuple[tuple[str, ...], ...]] = {}
        self._turns: dict[Agenda, Sequence[Agenda]] = {}
        self._always: dict[Agenda, Sequence[Agenda]] = {}

    def _level(self, atom: int) -> str | None:
        """The finest level that a publication about these years tells."""
        told = {name for i, each in enumerate(self.spans) if atom in self.over[i] for name in each.categories}
        return next((name for name in reversed(LEVELS) if name in told), None)

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
        pairs |= {pair for part in parts for pair in self._climb(part) if pair[1] in has.get(pair[0], ())}
        return frozenset(pairs)

    def _climb(self, pair: Pair) -> Iterator[Pair]:
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
        deciding, level = alone or about, self._levels[atom]
        there = [i for i in deciding if i in records]
        if not there or (not alone and len(there) < len(about)):
            return Parts()
        if level is None:
            return Parts({SOME_PART})
        tell = [i for i in deciding if level in self.spans[i].categories] or about
        told = [Parts(pair for pair in records[i] if pair[0] == level) for i in tell if i in records]
        return Parts().union(*told) if alone and set(tell) <= set(alone) else Parts.intersection(*told)

    # --- other lives --------------------------------------------------------------------------------------------------

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
            for atom, level in enumerate(self._levels)
        )

    def _all(self, dimension: str) -> tuple[str, ...]:
        if dimension not in self._every:
            told = (code for each in self.spans for code in each.categories.get(dimension, ()))
            self._every[dimension] = tuple(dict.fromkeys(told))
        return self._every[dimension]

    def neighbours(self, life: Life) -> Iterator[Life]:
        """Lives that differ in one trait; of an odd one also what it would be if nothing were odd."""
        for near in self._near(life):
            for each in self._filled_in(near):
                if self._is_told(each, life) and self._is_no_odder(each, life):
                    yield each

    def around(self, life: Life, known: Collection[int]) -> Iterator[Life]:
        """Lives of another kind or region before, or after, some publications in which a life is as it is."""
        ends = [max(each.years) for each in self.spans]
        then = [ends[i] for i in known if 0 <= i < len(ends)]
        sides = ([end < min(then) for end in ends], [end > max(then) for end in ends]) if then and not life.odd else ()
        for side in filter(any, sides):
            for dimension, own in (("kind", life.kind), ("region", life.region)):
                for other in self._others(dimension, own):
                    there = tuple(new if away else old for new, old, away in zip(other, own, side, strict=True))
                    each = life._replace(kind=there) if dimension == "kind" else life._replace(region=there)
                    could_be = self._is_told(each, life) and self._is_no_odder(each, life)
                    if could_be and self.tokens(each) != self.tokens(life):
                        yield each

    def _is_no_odder(self, life: Life, than: Life) -> bool:
        """Whether what needs an excuse in a life does in another as well: who is in by an earlier day alone, is not."""
        return not (life.odd or life.absent) or self._could_be(self._everywhere(life), self._everywhere(than))

    def _everywhere(self, life: Life) -> Told:
        return {span.name: self.codes(life, i) for i, span in enumerate(self.spans)}

    def _is_told(self, life: Life, beside: Life) -> bool:
        """Whether each publication that a life is in has its categories, unless another life is the same there."""
        for i, (kinds, regions, firsts) in enumerate(self._told_singly):
            if (
                (kinds is not None and life.kind[i] not in kinds)
                or (regions is not None and life.region[i] not in regions)
                or (firsts is not None and life.since not in firsts)
            ):
                codes = self.codes(life, i)
                if codes is not None and codes != self.codes(beside, i):
                    return False
        return True

    def _near(self, life: Life) -> Iterator[Life]:
        if life.odd or life.absent:
            yield life._replace(odd=(), absent=frozenset())
        if life.odd:
            return
        kind, region, since, agenda, absent, odd = life
        yield from (Life(other, region, since, agenda, absent, odd) for other in self._others("kind", kind))
        yield from (Life(kind, other, since, agenda, absent, odd) for other in self._others("region", region))
        yield from self._of_another_year(life)
        yield from (self._with(life, other) for other in self._turned_once(agenda))
        yield from (Life(kind, region, since, other, absent, odd) for other in self._turned_always(agenda))
        yield from self._corrected(life)

    def _filled_in(self, life: Life) -> Iterator[Life]:
        """A life with what no publication told of it before, in every way that there is."""
        if "" in life.kind and self._all("kind"):
            for kind in self._with_next("kind", life.kind):
                yield from self._filled_in(life._replace(kind=kind))
        elif "" in life.region and self._all("region"):
            for region in self._with_next("region", life.region):
                yield from self._filled_in(life._replace(region=region))
        elif not life.since and self._all("first_year"):
            yield from self._of_another_year(life)
            first = self._first(life.agenda)
            if first is not None and str(first) not in self._all("first_year"):
                yield life._replace(since=str(first))  # of a year that no publication tells of
        else:
            yield life

    def _with_next(self, dimension: str, own: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The same with something for the first publication that told nothing; publications may share no category."""
        first = own.index("")
        yield from (each for each in self._others(dimension, own) if all(each[: first + 1]))

    def _others(self, dimension: str, own: tuple[str, ...]) -> Sequence[tuple[str, ...]]:
        """The same in all publications that have it: another kind or region, or of one that changed any that it had."""
        if (dimension, own) not in self._other:
            self._other[dimension, own] = tuple(self._made_others(dimension, own))
        return self._other[dimension, own]

    def _made_others(self, dimension: str, own: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        seen = {own}
        for code in dict.fromkeys((*own, *self._all(dimension))):
            other = tuple(self._as_told(i, dimension, code, own[i]) for i in range(len(own)))
            if other not in seen:
                seen.add(other)
                yield other

    def _as_told(self, publication: int, dimension: str, code: str, own: str) -> str:
        """A category as a publication tells it: taken together with others, or one of those; else what it was."""
        categories = self.spans[publication].categories.get(dimension, (code,))
        if code in categories:
            return code
        wider = (each for each in categories if _parts(code) <= _parts(each))
        narrower = [each for each in categories if _parts(each) <= _parts(code)]
        return next(wider, own if own in narrower or not narrower else narrower[0])

    def as_another(self, life: Life, other: Life) -> Iterator[Life]:
        """A life with the work of another in all years; new in the other's first year where its own will not do."""
        if life.odd or life.absent or life.agenda == other.agenda:
            return
        made = life._replace(agenda=other.agenda)
        made = made if self.is_usual(made) and self._is_told(made, life) else made._replace(since=other.since)
        if self.is_usual(made) and self._is_told(made, life):
            yield made

    def pieces(self, life: Life) -> Iterator[Life]:
        """A life that ended before some year in which it truly went on, and one that began there.

        Two in place of one are in every year what the one was.
        """
        if life.odd or life.absent:
            return
        nothing = (Parts(),) * len(self.atoms)
        for cut in range(1, len(self.atoms)):
            if life.agenda[cut] and any(life.agenda[:cut]):
                yield self._with(life, life.agenda[:cut] + nothing[cut:])
                yield self._with(life, nothing[:cut] + life.agenda[cut:])

    def is_usual(self, life: Life) -> bool:
        """Whether nothing about a life needs an excuse: whoever only another world has is so."""
        first = self._first(life.agenda)
        late = (
            bool(life.since) and first is not None and life.since != str(first) and int(life.since) >= self.atoms[0][0]
        )
        return not (life.odd or life.absent or late)

    def _of_another_year(self, life: Life) -> Iterator[Life]:
        first = self._first(life.agenda)
        for code in self._all("first_year"):
            if code != life.since and (first is None or code == str(first) or int(code) < self.atoms[0][0]):
                yield life._replace(since=code)

    def _first(self, agenda: Agenda) -> int | None:
        for atom, parts in zip(self.atoms, agenda, strict=True):
            if parts:
                return atom[0]
        return None

    def _turned_once(self, agenda: Agenda) -> Sequence[Agenda]:
        """Work that was otherwise in some years; of many organisations there is little that differs."""
        if agenda not in self._turns:
            self._turns[agenda] = tuple(
                (*agenda[:atom], parts, *agenda[atom + 1 :])
                for atom in range(len(self.atoms))
                for parts in self._worked_otherwise(agenda, atom)
            )
        return self._turns[agenda]

    def _turned_always(self, agenda: Agenda) -> Sequence[Agenda]:
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
        for part in self.parts[atom]:
            if part not in own:
                yield own | {part}
                yield from (own - {other} | {part} for other in sorted(own))
        if len(own) > 1:
            yield from (own - {part} for part in sorted(own))

    def _as_told_in(self, atom: int, parts: Parts) -> Iterator[Parts]:
        """The same parts in years that are told of at another level: the wholes, or one part of each."""
        level = self._levels[atom]
        told = {part: [each for each in self._climb(part) if each[0] == level] for part in parts}
        if level is None or all(told.values()):
            yield parts if level is None else Parts(each for found in told.values() for each in found)
            return
        below = [each for each in self.parts[atom] if not parts.isdisjoint(self._climb(each))]
        if parts <= {above for each in below for above in self._climb(each)}:
            first = {above: each for each in reversed(below) for above in self._climb(each) if above in parts}
            yield Parts(first.values())

    def _worked_otherwise_always(self, own_agenda: Agenda) -> Iterator[Agenda]:
        """The same change in all years in which it worked, in each at the level that is told of it."""
        worked = [atom for atom, parts in enumerate(own_agenda) if parts]
        level = min((each for each in (self._levels[atom] for atom in worked) if each), key=LEVELS.index, default=None)
        own = {part for atom in worked for each in own_agenda[atom] for part in self._climb(each) if part[0] == level}
        coarsest = next((atom for atom in worked if level and self._levels[atom] == level), worked[0])
        changes: list[tuple[Pair | None, Pair | None]] = [(each, None) for each in sorted(own)] if len(own) > 1 else []
        for part in self.parts[coarsest] if level else ():
            changes += [(None, part), *((each, part) for each in sorted(own - {part}))]
        for less, more in changes:
            agenda = tuple(self._turned(atom, parts, less, more) for atom, parts in enumerate(own_agenda))
            if all(agenda[atom] for atom in worked):
                yield agenda

    def _turned(self, atom: int, parts: Parts, less: Pair | None, more: Pair | None) -> Parts:
        """What was worked on then, without a part and with another in its place, as far as these years tell of it."""
        left = Parts(each for each in parts if less is None or less not in self._climb(each))
        if more is None or not parts or (less is not None and left == parts):
            return left
        return left | next(self._as_told_in(atom, Parts({more})), Parts())

    def _with(self, life: Life, agenda: Agenda) -> Life:
        """A life that worked otherwise then; who was new in a year that it no longer worked in was new later."""
        first, before = self._first(agenda), self._first(life.agenda)
        new = life.since and first is not None and (life.since == str(before) or first < int(life.since))
        return Life(life.kind, life.region, str(first) if new else life.since, agenda, life.absent, life.odd)

    def _corrected(self, life: Life) -> Iterator[Life]:
        """Lives that were found, or that proved to be none, between two versions of one edition."""
        for here, span in enumerate(self.spans):
            later = [
                j for j, each in enumerate(self.spans) if each.name[0] == span.name[0] and each.name[1] > span.name[1]
            ]
            if later:
                earlier = frozenset(
                    j for j, each in enumerate(self.spans) if each.name[0] == span.name[0] and j not in later
                )
                yield life._replace(absent=life.absent | earlier)
                yield life._replace(absent=life.absent | frozenset(later))
                yield from self._never_did(life, here, earlier)

    def _never_did(self, life: Life, here: int, versions: Collection[int]) -> Iterator[Life]:
        """A life that did nothing in the years of an edition, of which some versions told otherwise: not so others."""
        told = ((i, self.codes(life, i)) for i in sorted(versions))
        wrong = tuple((i, codes) for i, codes in told if codes is not None)
        agenda = (Parts() if atom in self.over[here] else parts for atom, parts in enumerate(life.agenda))
        if wrong:
            yield self._with(life, tuple(agenda))._replace(odd=wrong)


def _parts(code: str) -> frozenset[str]:
    """The categories that an edition took together under a code."""
    return frozenset(code.split("+"))


def _atoms(years: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The years of all publications in runs that no publication divides."""
    runs: dict[tuple[int, ...], list[int]] = {}
    for year in sorted({year for each in years for year in each}):
        runs.setdefault(tuple(i for i, each in enumerate(years) if year in each), []).append(year)
    return tuple(sorted(tuple(run) for run in runs.values()))
