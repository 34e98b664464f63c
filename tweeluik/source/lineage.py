"""Which codes of the vocabulary continue which, through the years.

A code continues those that it `replaces`. Without that it continues the code that ended the year before it begins under
the very same label: to readers that is one category.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from tweeluik.source.records import FIRST_YEAR, AgendaItem, FormerLabel, Term


class Lineage:
    """The codes of one kind, with what came before and after each."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {term.code: term for term in terms}

    def continues(self, code: str) -> tuple[str, ...]:
        """The codes that this one continues."""
        return self._before[code]

    def continued_by(self, code: str) -> tuple[str, ...]:
        """The codes that continue this one."""
        return self._after[code]

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def term(self, code: str) -> Term:
        """What the source says about a code."""
        return self._terms[code]

    def in_year(self, code: str, year: int) -> str | None:
        """The code that stands for `code` in `year`; None where there is none, or more than one."""
        near = self.continued_by if self._terms[code].last < year else self.continues
        while not self._terms[code].exists_in(year):
            if len(found := near(code)) != 1:
                return None
            code = found[0]
        return code

    def origin(self, code: str) -> str:
        """The oldest code of a line in which each continues one and is continued by one: the same category by name."""
        while len(before := self.continues(code)) == 1 and self.continued_by(before[0]) == (code,):
            code = before[0]
        return code

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def lines(self, code: str) -> frozenset[str]:
        """The lines that a code is on, each from its oldest code to its newest; more where it is divided or joined."""
        back, on = (tuple(_ways(code, step)) for step in (self.continues, self.continued_by))
        return frozenset(">".join((*reversed(before), code, *after)) for before in back for after in on)

    @cached_property
    def _before(self) -> Mapping[str, tuple[str, ...]]:
        return {
            code: tuple(each for each in term.replaces if self._ended_by(each, term.first)) or self._namesakes(term)
            for code, term in self._terms.items()
        }

    def _ended_by(self, code: str, year: int) -> bool:
        """Whether a code was there and had ended. Every step then goes on in one direction, whatever is still wrong."""
        return code in self._terms and self._terms[code].first <= self._terms[code].last < year

    def _namesakes(self, term: Term) -> tuple[str, ...]:
        """Codes that ended the year before under the label with which this one begins."""
        if term.first == FIRST_YEAR:
            return ()
        label, year = term.label_in(term.first), term.first - 1
        ended = (each for each in self._terms.values() if each.last == year >= each.first)
        return tuple(each.code for each in ended if each.label_in(year) == label)

    @cached_property
    def _after(self) -> Mapping[str, tuple[str, ...]]:
        return {code: tuple(other for other, before in self._before.items() if code in before) for code in self._terms}


def _ways(code: str, step: Callable[[str], tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Every way on from a code, without the code itself."""
    if not step(code):
        yield ()
    for near in step(code):
        yield from ((near, *more) for more in _ways(near, step))


def as_terms(items: Iterable[AgendaItem]) -> tuple[Term, ...]:
    """Parts of the Actieagenda as codes with their years; several items of one code are one."""
    found: dict[str, Term] = {}
    for item in sorted(items, key=lambda each: (each.code, each.first)):
        known = found.get(item.code)
        if known is None:
            term = Term(item.code, item.label, None, item.place, item.first, item.last, (), item.replaces)
        else:
            former = (*known.before, FormerLabel(known.last, known.label, known.place))
            term = replace(known, label=item.label, last=item.last, before=former)
        found[item.code] = term
    return tuple(found.values())
