"""What the members of the House may read: the organisations of an edition and its exact tables, in words and numbers.

Only what the letter asks for: no ids, no registration numbers, and of organisations that were left out only how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tweeluik.problems import Problem, SealingFailed
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Category
from tweeluik.selection.reference import labels
from tweeluik.selection.rules import PARTNER_RULES, Selection
from tweeluik.selection.tables import Table
from tweeluik.source.records import Partner, Source, in_year
from tweeluik.words.papers import PAPERS
from tweeluik.words.phrases import DUTCH, Words


@dataclass(frozen=True, slots=True, repr=False)
class Organisation:
    """An organisation, in labels. `umbrella` is named only when it is in the edition itself."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    region: str
    umbrella: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A rule of the letter (Kamerstuk 32 824 nr. 447) by its number, and how many organisations it left out."""

    rule: str
    count: int


@dataclass(frozen=True, slots=True, repr=False)
class ExactTable:
    """A true table as a grid: column heads, then rows of a label and whole numbers; totals come last."""

    id: str
    title: str
    multiple: bool
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    cells: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...]
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Dossier:
    """The whole content of a bundle, without a copy number."""

    edition: str
    version: int
    title: str
    publisher: str
    contact: str
    period_from: date
    period_until: date
    paper: str
    marking: str
    reason: str
    classified_until: date
    decided_by: str
    inspection_from: date
    inspection_until: date
    location: str
    audience: str
    organisations: tuple[Organisation, ...]
    grounds: tuple[Ground, ...]
    tables: tuple[ExactTable, ...]
    wording: tuple[tuple[str, str], ...] = ()
    """The ministry's own words for texts of the catalogues, by key."""


def compose_dossier(source: Source, selection: Selection, tables: tuple[Table, ...]) -> Dossier:
    """Put an edition into words.

    Raises:
        SealingFailed: the edition does not say why it is confidential, or where and when it lies for inspection.
    """
    edition = selection.edition
    classification, inspection = edition.classification, edition.inspection
    if classification is None or inspection is None:
        hint = (
            "add `classification` (marking, reason, until, decided_by) and `inspection` (from, until, place, audience)"
        )
        raise SealingFailed(Problem(edition.place, "", "this edition is not meant for confidential inspection", hint))
    own = in_year(source.wording, edition.reference_date.year)
    return Dossier(
        edition=edition.id, version=edition.version, title=edition.title, publisher=source.report.publisher,
        contact=f"{source.report.contact.name} ({source.report.contact.email})",
        period_from=edition.period.start, period_until=edition.period.until, paper=_paper(selection),
        marking=classification.marking, reason=classification.reason, classified_until=classification.until,
        decided_by=classification.decided_by, inspection_from=inspection.period.start,
        inspection_until=inspection.period.until, location=inspection.location, audience=inspection.audience,
        organisations=_organisations(source, selection), grounds=_grounds(selection),
        tables=tuple(_exact(table, PAPERS.own(dict(own))) for table in tables), wording=own,
    )  # fmt: skip


def _paper(selection: Selection) -> str:
    paper = selection.edition.parliament
    if paper is None:
        return ""
    if paper.number is None:
        return PAPERS.text("document.of_dossier", dossier=paper.dossier)
    return PAPERS.text("document.of_number", dossier=paper.dossier, number=str(paper.number))


def _organisations(source: Source, selection: Selection) -> tuple[Organisation, ...]:
    kinds, regions = labels(selection.reference.kinds.categories), labels(selection.reference.regions.categories)
    names = {partner.id: partner.name for partner in selection.partners}
    measures = _measure_labels(source, selection.edition.covered.years)
    found = (
        Organisation(
            name=partner.name,
            aliases=partner.aliases,
            kind=kinds[partner.kind],
            region=regions[partner.region],
            umbrella=names.get(partner.umbrella or "", ""),
            measures=tuple(measures[code] for code in _measures(partner, selection.edition.covered.years)),
        )
        for partner in selection.partners
    )
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.name)))


def _measures(partner: Partner, years: range) -> Iterable[str]:
    return sorted({code for each in partner.collaborations if each.year in years for code in each.measures})


def _measure_labels(source: Source, years: range) -> dict[str, str]:
    """Code and label of every measure, with the label of the latest year of the period in which it exists."""
    items = sorted(source.agenda.measures, key=lambda item: item.first)
    return {
        item.code: f"{item.code} {item.label}" for item in items if item.first < years.stop and item.last >= years.start
    }


def _grounds(selection: Selection) -> tuple[Ground, ...]:
    counts = Counter(each.rule.number for each in selection.left_out)
    asked = [rule for rule in PARTNER_RULES if selection.edition.population in rule.populations]
    return tuple(Ground(rule.number, counts[rule.number]) for rule in asked)


def _exact(table: Table, said: Words) -> ExactTable:
    sides = [(*each.categories, Category(TOTAL, DUTCH.text("text.total"))) for each in table.dimensions]
    labels = [{category.code: category.label for category in side} for side in sides]
    columns: tuple[Codes, ...] = tuple((each.code,) for each in sides[1]) if len(sides) > 1 else ((),)
    return ExactTable(
        id=table.spec.id,
        title=table.spec.title,
        multiple=not all(each.partition for each in table.dimensions),
        heads=tuple(each.label for each in sides[1]) if len(sides) > 1 else (said.text("overview.count"),),
        rows=tuple((row.label, tuple(table.value((row.code, *column)) for column in columns)) for row in sides[0]),
        cells=tuple(
            (codes, tuple(names[code] for names, code in zip(labels, codes, strict=True)), table.value(codes))
            for codes in table.cells
        ),
        dimensions=tuple(each.name for each in table.dimensions),
    )
