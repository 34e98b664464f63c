"""Which organisation of the source a row is about: by its id, its number, its name, or what somebody answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tweeluik.sheets.answers import NEW, Answers
from tweeluik.sheets.misfits import DoesNotFit, Question
from tweeluik.source.organisations import known
from tweeluik.source.past import names, numbers
from tweeluik.source.records import Partner
from tweeluik.words.folding import letters
from tweeluik.words.index import Index
from tweeluik.words.known import Known
from tweeluik.words.matching import Verdict, compare
from tweeluik.words.said import said


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What a row says about who it is. `is_renamed`: it says from which day the name is another."""

    id: str | None
    name: str | None
    numbers: frozenset[str] = frozenset()
    is_renamed: bool = False


class Matcher:
    """The organisations of the source, and those that an import adds."""

    def __init__(self, partners: Iterable[Partner], answers: Answers) -> None:
        self._answers = answers
        self._partners = {each.id: each for each in partners}
        self._is_first = not self._partners
        """Whether the source knows nobody."""
        self._index = Index({id_: known(each) for id_, each in self._partners.items()})
        self._names = {letters(name): each.id for each in self._partners.values() for name in names(each)}
        self._numbers = {number: each.id for each in self._partners.values() for number in numbers(each)}

    def add(self, partner: Partner) -> None:
        """An organisation that is new."""
        self._partners[partner.id] = partner
        self._index.add(partner.id, known(partner))
        for name in names(partner):
            self._names.setdefault(letters(name), partner.id)
        for number in numbers(partner):
            self._numbers.setdefault(number, partner.id)

    def knows(self, number: str) -> bool:
        """Whether a number is that of an organisation."""
        return number in self._numbers

    def takes_over(self, id_: str | None) -> bool:
        """Whether an id says who somebody is, as in an export of another source."""
        return id_ is not None and self._is_first

    def find(self, identity: Identity) -> str | None:
        """The id of the organisation; None when it is new.

        Raises:
            DoesNotFit: what the row says is about two organisations, or a person must say which one it is.
        """
        by_number = {self._numbers[each] for each in identity.numbers if each in self._numbers}
        by_name = self._named(identity.name)
        if identity.id not in self._partners and self.takes_over(identity.id):
            return None
        if identity.id is not None:
            return self._by_id(identity.id, identity, by_name)
        if len(by_number) > 1 or (by_number and by_name is not None and by_name not in by_number):
            what = "the number is that of another organisation than the name: see which of the two it is"
            raise DoesNotFit(said(what))
        if by_number:
            return self._by_number(by_number.pop(), identity)
        return by_name or self._alike(identity)

    def named(self, written: str) -> str:
        """The organisation that somebody names in a cell, by its id or name.

        Raises:
            DoesNotFit: there is none, or a person must say which one it is.
        """
        if written in self._partners:
            return written
        found = self._named(written) or self._alike(Identity(None, written))
        if found is None:
            raise DoesNotFit(said("this organisation is not in the source"), Question("organisation", written))
        return found

    def known(self, written: str) -> str | None:
        """The organisation that is named for certain, by its id or a name that is its own; None when there is none."""
        if written in self._partners:
            return written
        same = {id_ for id_, match in self._index.find(Known((written,))) if match.verdict is Verdict.SAME}
        return self._named(written) or (same.pop() if len(same) == 1 else None)

    def _by_id(self, id_: str, identity: Identity, by_name: str | None) -> str:
        if id_ not in self._partners:
            raise DoesNotFit(said("this id is not in the source: leave it empty for a new organisation"))
        # Who continues an organisation may have its name and number too.
        own = self._partners[id_]
        strange = identity.numbers - {*numbers(own)}
        others = {self._numbers[each] for each in strange if each in self._numbers}
        if by_name is not None and letters(identity.name or "") not in {letters(each) for each in names(own)}:
            others.add(by_name)
        if others - {id_}:
            raise DoesNotFit(said("the id is that of another organisation than the name or the number"))
        return id_

    def _named(self, name: str | None) -> str | None:
        if name is None:
            return None
        answer = self._answers.find("organisation", name)
        if answer in self._partners:
            return answer
        return self._names.get(letters(name)) if letters(name) else None

    def _by_number(self, id_: str, identity: Identity) -> str:
        partner = self._partners[id_]
        if identity.name is None or identity.is_renamed:
            return id_
        if compare(Known((identity.name,)), Known(names(partner))).verdict is Verdict.DIFFERENT:
            what = "the number is that of an organisation with quite another name: is this the same one?"
            raise DoesNotFit(said(what), Question("organisation", identity.name, (_shown(partner),)))
        return id_

    def _alike(self, identity: Identity) -> str | None:
        """By a name that is written otherwise."""
        if identity.name is None:
            raise DoesNotFit(said("there is no name"))
        if (self._answers.find("organisation", identity.name) or "").casefold() == NEW:
            return None
        sought = Known((identity.name,), identity.numbers)
        found = list(self._index.find(sought))
        same = [id_ for id_, match in found if match.verdict is Verdict.SAME]
        if len(same) == 1:
            return same[0]
        if found:
            near = tuple(_shown(self._partners[id_]) for id_, _ in found[:3])
            raise DoesNotFit(
                said("like an organisation that is there already: is it the same one, or new?"),
                Question("organisation", identity.name, (*near, NEW)),
            )
        return None


def _shown(partner: Partner) -> str:
    return f"{partner.id} ({partner.name})"
