"""What else an organisation could have been over everything ever published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from tweeluik.checks.audit.reality import Told
from tweeluik.protection.worlds.history import History
from tweeluik.protection.worlds.lives import SINGLE, Agenda, Life, Parts
from tweeluik.protection.worlds.other_work import OtherWork


class OtherLives:
    """Lives near a life, each such that a source could say so.

    `could_be`: whether a life could be so where another is: as odd, and in the same places. Asked of odd ones only.
    """

    def __init__(self, history: History, could_be: Callable[[Told, Told], bool] = lambda _made, _life: True) -> None:
        self._history, self._work, self._could_be = history, OtherWork(history), could_be
        self._spans, self._atoms = history.spans, history.atoms
        self._told_singly = [tuple(map(each.categories.get, SINGLE)) for each in history.spans]
        self._other: dict[tuple[str, tuple[str, ...]], tuple[tuple[str, ...], ...]] = {}

    def neighbours(self, life: Life) -> Iterator[Life]:
        """Lives that differ in one trait; of an odd one also what it would be if nothing were odd."""
        for near in self._near(life):
            for each in self._filled_in(near):
                if self._is_told(each, life) and self._is_no_odder(each, life):
                    yield each

    def around(self, life: Life, known: Collection[int]) -> Iterator[Life]:
        """Lives of another kind or region before, or after, some publications in which a life is as it is."""
        ends = [max(each.years) for each in self._spans]
        then = [ends[i] for i in known if 0 <= i < len(ends)]
        sides = ([end < min(then) for end in ends], [end > max(then) for end in ends]) if then and not life.odd else ()
        for side in filter(any, sides):
            for dimension, own in (("kind", life.kind), ("region", life.region)):
                for other in self._others(dimension, own):
                    there = tuple(new if away else old for new, old, away in zip(other, own, side, strict=True))
                    each = life._replace(kind=there) if dimension == "kind" else life._replace(region=there)
                    could_be = self._is_told(each, life) and self._is_no_odder(each, life)
                    if could_be and self._history.tokens(each) != self._history.tokens(life):
                        yield each

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
        nothing = (Parts(),) * len(self._atoms)
        for cut in range(1, len(self._atoms)):
            if life.agenda[cut] and any(life.agenda[:cut]):
                yield self._with(life, life.agenda[:cut] + nothing[cut:])
                yield self._with(life, nothing[:cut] + life.agenda[cut:])

    def is_usual(self, life: Life) -> bool:
        """Whether nothing about a life needs an excuse: whoever only another world has is so."""
        first = self._history.first(life.agenda)
        late = (
            bool(life.since) and first is not None and life.since != str(first) and int(life.since) >= self._atoms[0][0]
        )
        return not (life.odd or life.absent or late)

    def _is_no_odder(self, life: Life, than: Life) -> bool:
        """Whether what needs an excuse in a life does in another as well: who is in by an earlier day alone, is not."""
        return not (life.odd or life.absent) or self._could_be(self._everywhere(life), self._everywhere(than))

    def _everywhere(self, life: Life) -> Told:
        return {span.name: self._history.codes(life, i) for i, span in enumerate(self._spans)}

    def _is_told(self, life: Life, beside: Life) -> bool:
        """Whether each publication that a life is in has its categories, unless another life is the same there."""
        for i, (kinds, regions, firsts) in enumerate(self._told_singly):
            if (
                (kinds is not None and life.kind[i] not in kinds)
                or (regions is not None and life.region[i] not in regions)
                or (firsts is not None and life.since not in firsts)
            ):
                codes = self._history.codes(life, i)
                if codes is not None and codes != self._history.codes(beside, i):
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
        yield from (self._with(life, other) for other in self._work.turned_once(agenda))
        yield from (Life(kind, region, since, other, absent, odd) for other in self._work.turned_always(agenda))
        yield from self._corrected(life)

    def _filled_in(self, life: Life) -> Iterator[Life]:
        """A life with what no publication told of it before, in every way that there is."""
        if "" in life.kind and self._history.all("kind"):
            for kind in self._with_next("kind", life.kind):
                yield from self._filled_in(life._replace(kind=kind))
        elif "" in life.region and self._history.all("region"):
            for region in self._with_next("region", life.region):
                yield from self._filled_in(life._replace(region=region))
        elif not life.since and self._history.all("first_year"):
            yield from self._of_another_year(life)
            first = self._history.first(life.agenda)
            if first is not None and str(first) not in self._history.all("first_year"):
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
        for code in dict.fromkeys((*own, *self._history.all(dimension))):
            other = tuple(self._as_told(i, dimension, code, own[i]) for i in range(len(own)))
            if other not in seen:
                seen.add(other)
                yield other

    def _as_told(self, publication: int, dimension: str, code: str, own: str) -> str:
        """A category as a publication tells it: taken together with others, or one of those; else what it was."""
        categories = self._spans[publication].categories.get(dimension, (code,))
        if code in categories:
            return code
        wider = (each for each in categories if _parts(code) <= _parts(each))
        narrower = [each for each in categories if _parts(each) <= _parts(code)]
        return next(wider, own if own in narrower or not narrower else narrower[0])

    def _of_another_year(self, life: Life) -> Iterator[Life]:
        first = self._history.first(life.agenda)
        for code in self._history.all("first_year"):
            if code != life.since and (first is None or code == str(first) or int(code) < self._atoms[0][0]):
                yield life._replace(since=code)

    def _with(self, life: Life, agenda: Agenda) -> Life:
        """A life that worked otherwise then; who was new in a year that it no longer worked in was new later."""
        first, before = self._history.first(agenda), self._history.first(life.agenda)
        new = life.since and first is not None and (life.since == str(before) or first < int(life.since))
        return Life(life.kind, life.region, str(first) if new else life.since, agenda, life.absent, life.odd)

    def _corrected(self, life: Life) -> Iterator[Life]:
        """Lives that were found, or that proved to be none, between two versions of one edition."""
        for here, span in enumerate(self._spans):
            later = [
                j for j, each in enumerate(self._spans) if each.name[0] == span.name[0] and each.name[1] > span.name[1]
            ]
            if later:
                earlier = frozenset(
                    j for j, each in enumerate(self._spans) if each.name[0] == span.name[0] and j not in later
                )
                yield life._replace(absent=life.absent | earlier)
                yield life._replace(absent=life.absent | frozenset(later))
                yield from self._never_did(life, here, earlier)

    def _never_did(self, life: Life, here: int, versions: Collection[int]) -> Iterator[Life]:
        """A life that did nothing in the years of an edition, of which some versions told otherwise: not so others."""
        told = ((i, self._history.codes(life, i)) for i in sorted(versions))
        wrong = tuple((i, codes) for i, codes in told if codes is not None)
        agenda = (Parts() if atom in self._history.over[here] else parts for atom, parts in enumerate(life.agenda))
        if wrong:
            yield self._with(life, tuple(agenda))._replace(odd=wrong)


def _parts(code: str) -> frozenset[str]:
    """The categories that an edition took together under a code."""
    return frozenset(code.split("+"))
