"""The cells of one edition as unknowns of one linked system: one per key, in whichever tables it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from tweeluik.protection.complements import Complement, complements
from tweeluik.protection.keys import Key, Keys, codes_of
from tweeluik.record.cell import Codes
from tweeluik.selection.rules import Selection, is_named
from tweeluik.selection.tables import Member, Table


@dataclass(frozen=True, slots=True, repr=False)
class Unknown:
    """A set of records that a reader may ask the size of, which is `value`."""

    key: Key
    value: int
    records: Callable[[], frozenset[Member]]

    @property
    def members(self) -> frozenset[Member]:
        """The records; of what follows by subtraction they are put together whenever somebody asks."""
        return self.records()


def _of(key: Key, members: frozenset[Member]) -> Unknown:
    return Unknown(key, len(members), lambda: members)


_Traits = tuple[tuple[str, frozenset[str]], ...]
"""Per dimension of partners that is asked for its categories."""

_Seats = Mapping[Member, tuple[str, ...]]
"""Per conversation the holdings of those who took part, each once; who had none of these is not in it."""


class Unknowns:
    """All cells of an edition's tables, in an order that no value decides, and who contributes to each.

    `complements` are numbers that follow from cells by subtraction; they are in no index and are counted on from there.
    The crossed table that stands behind several tables of partners is not among them: worlds of whole records have it.
    """

    def __init__(self, selection: Selection, tables: tuple[Table, ...], keys: Keys) -> None:
        self.selection, self.tables, self.keys = selection, tables, keys
        self._seated: dict[_Traits, _Seats] = {}
        self._members: dict[Key, frozenset[Member]] = {}
        for table in tables:
            for codes, members in table.cells.items():
                self._members.setdefault(keys.of(table.spec.counts, table.dimensions, codes), members)
        self.all = tuple(_of(key, members) for key, members in self._members.items())
        self.index: Mapping[Key, int] = {unknown.key: i for i, unknown in enumerate(self.all)}
        told = tuple(each for each in complements(tables, keys) if each.key not in self.index)
        # Hundreds of them, each of nearly all records: of a million conversations they would take a gigabyte.
        self.complements = tuple(
            (each, Unknown(each.key, len(self._left(each)), partial(self._left, each))) for each in told
        )
        self.every = (*self.all, *(unknown for _, unknown in self.complements))

    def of(self, table: Table, codes: Codes) -> int:
        """The unknown behind a cell of a table."""
        return self.index[self.keys.of(table.spec.counts, table.dimensions, codes)]

    def _left(self, complement: Complement) -> frozenset[Member]:
        first, *others = (self._members[key] for key in complement.plus)
        if others:
            return first.intersection(*others)
        return first.difference(*(self._members[key] for key in complement.minus))

    def contributions(self, key: Key, members: frozenset[Member]) -> Mapping[str, frozenset[Member]]:
        """Per holding its records in a set of them: its partners, or the conversations that it took part in.

        To conversations with a kind or region of partner only partners of that kind and region contribute; to those of
        two kinds at once, partners of both.
        """
        found = defaultdict[str, set[Member]](set)
        if key[0] == "partners":
            for member in members:
                found[self._of_partner[member]].add(member)
        else:
            seats = self._seats_of(key)
            for member in members:
                for holding in seats.get(member, ()):
                    found[holding].add(member)
        return {each: frozenset(own) for each, own in found.items()}

    def sizes(self, key: Key, members: frozenset[Member]) -> Mapping[str, int]:
        """How many records each holding has in a set of them: the lengths of `contributions`, without the records."""
        if key[0] == "partners":
            return Counter(map(self._of_partner.__getitem__, members))
        return Counter(chain.from_iterable(filter(None, map(self._seats_of(key).get, members))))

    @cached_property
    def _of_partner(self) -> Mapping[Member, str]:
        return dict[Member, str](self.selection.holding.items())

    def _seats_of(self, key: Key) -> _Seats:
        """Who of the partners that a key asks for sat in which conversation; of hundreds of sets the same is asked."""
        asked = tuple((name, codes) for name in ("kind", "region") if (codes := codes_of(key, name)))
        found = self._seated.get(asked)
        if found is None:
            found = self._seated[asked] = self._seats(asked)
        return found

    def _seats(self, asked: _Traits) -> _Seats:
        contributing = {
            partner.id: self.selection.holding[partner.id]
            for partner in self.selection.partners
            if all(getattr(partner, name) in codes for name, codes in asked)
        }
        sat = (
            tuple(dict.fromkeys(contributing[each] for each in conversation.partners if each in contributing))
            for conversation in self.selection.conversations
        )
        return {member: holdings for member, holdings in enumerate(sat) if holdings}

    @cached_property
    def named(self) -> frozenset[str]:
        """Ids of the partners that the edition names, with their consent."""
        return frozenset(partner.id for partner in self.selection.partners if is_named(partner, self.selection.edition))

    def named_in(self, counts: str, members: frozenset[Member]) -> frozenset[Member]:
        """The members that every reader knows by name."""
        return members & self.named if counts == "partners" else frozenset()

    @cached_property
    def own(self) -> Mapping[str, Mapping[int, int]]:
        """Per holding what it surely knows to be in each unknown: its own records and, of partners, those named too."""
        known: dict[str, dict[int, int]] = {}
        for i, unknown in enumerate(self.every):
            counts = unknown.key[0]
            named = self.named_in(counts, unknown.members)
            for holding, unnamed in self.sizes((counts, frozenset()), unknown.members - named).items():
                known.setdefault(holding, {})[i] = len(named) + unnamed
        return known
