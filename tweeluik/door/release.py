"""THE DOOR: the only place where confidential records become public values.

To change what the public learns is to change this file. It hands on what an edition's file declares, the labels of the
categories, the cells as protection left them, and the names of organisations that consented. It never sees a number
that protection hid: a hidden cell holds none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tweeluik.protection.agreement import check_unchanged
from tweeluik.protection.editions import ProtectedEdition
from tweeluik.record.cell import Codes, Content
from tweeluik.record.model import (
    Correction,
    Notice,
    Page,
    Parliament,
    Publication,
    Release,
    ReleasedTable,
    Security,
    Woo,
)
from tweeluik.selection.hinge import openings_of
from tweeluik.selection.rules import is_named, publishes_numbers
from tweeluik.selection.secret import secret_of
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import Edition, Report, Source
from tweeluik.source.woo import ADDRESSES, NUMBERS


def release(source: Source, protected: ProtectedEdition) -> Release:
    """The public record of one edition.

    Raises:
        PublishedWouldChange: the edition has been published, with another record.
    """
    edition, numbers = protected.edition, publishes_numbers(protected.edition)
    made = Release(
        edition=edition.id,
        version=edition.version,
        title=edition.title,
        status=edition.status,
        population=edition.population,
        period_from=edition.period.start,
        period_until=edition.period.until,
        protection=edition.protection,
        rounding_base=source.policy.threshold.value if numbers and edition.protection == "rounding" else None,
        threshold=source.policy.threshold.value,
        due=edition.due,
        sent=edition.sent,
        parliament=_parliament(edition),
        notice=None if numbers else _notice(edition),
        corrections=tuple(Correction(each.version, each.date, each.note) for each in edition.corrections),
        tables=tuple(map(_table, protected.tables, protected.contents)),
        named=_named(protected) if numbers else (),
        hinge=_hinge(source, protected),
    )
    if protected.frozen is not None:
        check_unchanged(made, protected.frozen)
    return made


def _hinge(source: Source, protected: ProtectedEdition) -> str | None:
    """A digest over the exact numbers, also of those that are for inspection only; none in a record from before it."""
    if protected.frozen is not None and protected.frozen.hinge is None:
        return None
    tables = protected.tables or tabulate(source, protected.selection)
    return openings_of(protected.edition, tables, secret_of(source)).root


def _parliament(edition: Edition) -> Parliament | None:
    papers = edition.parliament
    return None if papers is None else Parliament(papers.dossier, papers.number, papers.document)


def _notice(edition: Edition) -> Notice | None:
    if edition.inspection is None or edition.classification is None:
        return None
    return Notice(
        marking=edition.classification.marking,
        reason=edition.classification.reason,
        classified_until=edition.classification.until,
        decided_by=edition.classification.decided_by,
        inspection_from=edition.inspection.period.start,
        inspection_until=edition.inspection.period.until,
        location=edition.inspection.location,
        audience=edition.inspection.audience,
    )


def _table(table: Table, contents: Mapping[Codes, Content]) -> ReleasedTable:
    return ReleasedTable(table.spec.id, table.spec.title, table.spec.counts, table.dimensions, contents)


def _named(protected: ProtectedEdition) -> tuple[str, ...]:
    """The names of the partners that consented, in the order of the alphabet."""
    return tuple(sorted(each.name for each in protected.selection.partners if is_named(each, protected.edition)))


def publication(source: Source, releases: Sequence[Release]) -> Publication:
    """Everything that the public panel is made from: the releases newest first, and the running text."""
    report = source.report
    return Publication(
        title=report.title,
        publisher=report.publisher,
        contact_name=report.contact.name,
        contact_email=report.contact.email,
        base_url=report.base_url,
        licence=report.licence,
        accessibility_statement=report.accessibility_statement,
        security=None if report.security is None else Security(report.security.contact, report.security.expires),
        woo=_woo(report),
        threshold_source=source.policy.threshold.source,
        releases=tuple(sorted(releases, key=lambda each: (each.period_until, each.edition), reverse=True)),
        pages=tuple(
            Page(each.slug, each.title, each.order, each.text)
            for each in sorted(source.pages, key=lambda each: (each.order, each.slug))
        ),
    )


def _woo(report: Report) -> Woo | None:
    if report.diwoo is None:
        return None
    name = report.diwoo.category
    return Woo(report.diwoo.organisation, ADDRESSES[name], name, NUMBERS[name])
