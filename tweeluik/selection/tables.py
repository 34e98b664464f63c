"""True tables: which partners or conversations stand behind every cell.

A cell is a set of records, never only a number: it is asked who contributes, and one set in two tables is one unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Category, Dimension, Note, addresses
from tweeluik.selection.rules import Selection
from tweeluik.source.records import AgendaItem, Conversation, DimensionName, Partner, Source, TableSpec
from tweeluik.words.phrases import DUTCH

Member = str | int
"""A partner's id, or a conversation's position in its selection."""

AGENDA_LEVELS: tuple[DimensionName, ...] = ("pillar", "theme", "measure")
"""From coarse to fine. A partner or conversation may be in several categories of each."""

PARTITIONS: Mapping[str, frozenset[DimensionName]] = {
    "partners": frozenset({"kind", "region", "first_year"}),
    "conversations": frozenset({"form"}),
}
"""Per thing counted, the dimensions in which every record has exactly one category. All others are multi-valued."""


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A true table. `cells` holds every combination of categories and totals, with the set of records in it."""

    spec: TableSpec
    dimensions: tuple[Dimension, ...]
    cells: Mapping[Codes, frozenset[Member]]

    def value(self, codes: Codes) -> int:
        """The exact number of records in a cell."""
        return len(self.cells[codes])


def tabulate(source: Source, selection: Selection) -> tuple[Table, ...]:
    """The edition's tables, in the order of its specification."""
    sorter = Sorter(source, selection)
    return tuple(_tabulate(spec, sorter) for spec in selection.edition.tables)


def _tabulate(spec: TableSpec, sorter: Sorter) -> Table:
    dimensions = tuple(sorter.dimension(name, spec.counts) for name in spec.dimensions)
    members: dict[Codes, set[Member]] = {codes: set() for codes in addresses(dimensions)}
    for member, codes in sorter.sort(spec):
        for combination in product(*((TOTAL, *each) for each in codes)):
            members[combination].add(member)
    return Table(spec, dimensions, {codes: frozenset(found) for codes, found in members.items()})


def notes_of(table: Table) -> tuple[Note, ...]:
    """What its edition says of its categories, in their order."""
    texts = {each.code: each.text for each in table.spec.notes}
    return tuple(
        Note(dimension.name, each.code, texts[each.code])
        for dimension in table.dimensions
        for each in dimension.categories
        if each.code in texts
    )


class Sorter:
    """Puts the records of a selection into the categories of a dimension."""

    def __init__(self, source: Source, selection: Selection) -> None:
        self._source = source
        self._selection = selection
        self._years = selection.edition.covered.years
        self._partners = {partner.id: partner for partner in selection.partners}
        agenda = source.agenda
        self._levels = {"pillar": agenda.pillars, "theme": agenda.themes, "measure": agenda.measures}

    def dimension(self, name: DimensionName, counts: str) -> Dimension:
        """A side of a table of what is counted, with its categories."""
        return Dimension(name, name in PARTITIONS[counts], self._categories(name))

    def sort(self, spec: TableSpec) -> Iterable[tuple[Member, tuple[frozenset[str], ...]]]:
        """Every record that a table counts, with its codes per dimension."""
        if spec.counts == "partners":
            by_partner = [self.partner_codes(name) for name in spec.dimensions]
            for partner in self._selection.partners:
                yield partner.id, tuple(codes(partner) for codes in by_partner)
        else:
            by_conversation = [self.conversation_codes(name) for name in spec.dimensions]
            for position, conversation in enumerate(self._selection.conversations):
                yield position, tuple(codes(conversation) for codes in by_conversation)

    # --- which categories a dimension has: never decided by who is in them --------------------------------------------

    def _categories(self, name: DimensionName) -> tuple[Category, ...]:
        if name in self._levels:
            return self._agenda_categories(name)
        if name == "first_year":
            return tuple(self._year_category(year) for year in self._agenda_years())
        reference = self._selection.reference
        return {"kind": reference.kinds, "region": reference.regions, "form": reference.forms}[name].categories

    def _agenda_categories(self, name: str) -> tuple[Category, ...]:
        latest: dict[str, AgendaItem] = {}
        for item in self._levels[name]:
            if any(item.exists_in(year) for year in self._years):
                known = latest.get(item.code)
                latest[item.code] = item if known is None or known.last < item.first else known
        return tuple(Category(item.code, item.label, item.parent) for item in latest.values())

    def _agenda_years(self) -> range:
        first = min((pillar.first for pillar in self._source.agenda.pillars), default=self._years.start)
        return range(first, self._years.stop)

    def _year_category(self, year: int) -> Category:
        key = "first_year.new" if year == self._years.stop - 1 else "first_year.since"
        return Category(str(year), DUTCH.text(key, year=str(year)))

    # --- which categories a record is in ------------------------------------------------------------------------------

    def partner_codes(self, name: DimensionName) -> Callable[[Partner], frozenset[str]]:
        """Which categories of a dimension an organisation is in."""
        if name in self._levels:
            return lambda partner: self._climb(name, self._measures_of(partner))
        if name == "first_year":
            return self._first_year
        return (lambda partner: frozenset({partner.kind})) if name == "kind" else (lambda p: frozenset({p.region}))

    def conversation_codes(self, name: DimensionName) -> Callable[[Conversation], frozenset[str]]:
        """Which categories of a dimension a conversation is in: its own, or those of the partners that took part."""
        if name in self._levels:
            return lambda conversation: self._climb(name, frozenset(conversation.measures))
        if name == "form":
            forms = self._selection.reference.forms.now
            return lambda conversation: frozenset({forms[conversation.form]})
        of_partner = self.partner_codes(name)
        return lambda conversation: frozenset[str]().union(
            *(of_partner(self._partners[each]) for each in conversation.partners if each in self._partners)
        )

    def _measures_of(self, partner: Partner) -> frozenset[str]:
        return frozenset(m for each in partner.collaborations if each.year in self._years for m in each.measures)

    def _first_year(self, partner: Partner) -> frozenset[str]:
        years = [each.year for each in partner.collaborations if each.year < self._years.stop]
        return frozenset({str(min(years))}) if years else frozenset()

    def _climb(self, name: str, measures: frozenset[str]) -> frozenset[str]:
        if name == "measure":
            return measures
        themes = frozenset(item.parent for item in self._levels["measure"] if item.code in measures and item.parent)
        if name == "theme":
            return themes
        return frozenset(item.parent for item in self._levels["theme"] if item.code in themes and item.parent)
