"""THE DOOR: the only place where confidential records become public values.

To change what the public learns is to change this file. It hands on what an edition's file declares, the labels of the
categories, the cells as protection left them, and the names of organisations that consented. It never sees a number
that protection hid: a hidden cell holds none.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.cell import Codes, Content, Shown
from tweeluik.record.model import (
    Correction,
    Imprint,
    Notice,
    Page,
    Parliament,
    Publication,
    Reference,
    Release,
    ReleasedTable,
    Security,
    Woo,
)
from tweeluik.record.neighbours import comparable_with
from tweeluik.record.register import Published
from tweeluik.selection.hinge import openings_of
from tweeluik.selection.rules import is_named, publishes_numbers
from tweeluik.selection.secret import secret_of
from tweeluik.selection.tables import Table, notes_of, tabulate
from tweeluik.source.past import names
from tweeluik.source.records import LAST_YEAR, Edition, Phrase, Report, Shell, Source, in_year
from tweeluik.source.woo import ADDRESSES, NUMBERS
from tweeluik.words.phrases import DUTCH


def release(source: Source, protected: ProtectedEdition, others: Sequence[Release] = ()) -> Release:
    """The public record of one version; `others` are those that stand, or are to stand, on the site beside it."""
    edition, numbers = protected.edition, publishes_numbers(protected.edition)
    named, key = _named(protected) if numbers else (), secret_of(source)
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
        notice=None if numbers or edition.is_withdrawn else _notice(edition),
        corrections=tuple(
            Correction(each.version, each.date, each.note, withdraws=each.withdraws) for each in edition.corrections
        ),
        tables=tuple(_table(protected, *each) for each in zip(protected.tables, protected.contents, strict=True)),
        named=named,
        hinge=None if edition.is_withdrawn else _hinge(source, protected),
        as_of=edition.as_of,
        imprint=imprint(source, edition.reference_date.year),
        next_due=_next_due(source, edition),
        salts=tuple(salt(key, edition.id, name) for name in named),
        late=edition.late,
    )
    earlier = comparable_with(made, others)
    return made if earlier is None else replace(made, compared=Reference(earlier.edition, earlier.version))


def imprint(source: Source, year: int) -> Imprint:
    """What a version is published with today, in the words of the year that its numbers reach."""
    report = source.report
    return Imprint(
        title=report.title,
        publisher=report.publisher,
        contact_name=report.contact.name,
        contact_email=report.contact.email,
        licence=report.licence,
        threshold_source=source.policy.threshold.source,
        wording=_public_words(source.wording, year),
    )


def _public_words(wording: Iterable[Phrase], year: int) -> tuple[tuple[str, str], ...]:
    """The ministry's own words of a year, without those of the papers for the House."""
    return tuple((key, text) for key, text in in_year(wording, year) if DUTCH.has(key))


def _next_due(source: Source, edition: Edition) -> date | None:
    """When the first edition after this one about the same population is due, if it was not sent yet."""
    after = [
        (each.period.start, each.due)
        for each in source.editions
        if each.due
        and not each.sent
        and each.population == edition.population
        and each.period.start > edition.period.until
    ]
    return min(after)[1] if after else None


def salt(key: bytes, edition: str, name: str) -> str:
    """What makes the digest of a public name one that nobody can try out, once name and salt are gone."""
    return hmac.digest(key, f"salt\0{edition}\0{name}".encode(), "sha256").hex()[:32]


def withdrawn_names(source: Source, edition: str) -> frozenset[str]:
    """All names, former ones too, of organisations that withdrew their consent to be named in an edition."""
    return frozenset(
        name
        for partner in source.partners
        if any(each.edition == edition and each.withdrawn is not None for each in partner.named_in)
        for name in names(partner)
    )


def _hinge(source: Source, protected: ProtectedEdition) -> str:
    """A digest over the exact numbers, also of those that are for inspection only."""
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


def _table(protected: ProtectedEdition, table: Table, contents: Mapping[Codes, Content]) -> ReleasedTable:
    spec, named = table.spec, dict(_known_in(protected, table, contents))
    return ReleasedTable(
        spec.id, spec.title, spec.counts, table.dimensions, contents, spec.note, notes_of(table), named
    )


def _known_in(
    protected: ProtectedEdition, table: Table, contents: Mapping[Codes, Content]
) -> Iterator[tuple[Codes, int]]:
    """Of numbers of partners that are not exact how many are of those whose names stand beside the tables."""
    known = {each.id for each in protected.selection.partners if is_named(each, protected.edition)}
    if table.spec.counts == "partners":
        for codes, members in table.cells.items():
            number = len(known & members)
            if number and not isinstance(contents[codes], Shown):
                yield codes, number


def _named(protected: ProtectedEdition) -> tuple[str, ...]:
    """The names of the partners that consented, in the order of the alphabet."""
    return tuple(sorted(each.name for each in protected.selection.partners if is_named(each, protected.edition)))


def publication(shell: Shell, releases: Sequence[Release], published: Published | None = None) -> Publication:
    """Everything that the public panel is made from: the releases newest first, and the running text.

    Args:
        shell: Who publishes, and the pages.
        releases: The versions to show; what is not the latest published version of its edition takes the place of it.
        published: The register and its log, when there is one.
    """
    report, published = shell.report, published or Published()
    shown = {each.edition: each for each in releases}
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
        releases=tuple(sorted(shown.values(), key=lambda each: (each.period_until, each.edition), reverse=True)),
        pages=tuple(
            Page(each.slug, each.title, each.order, each.text)
            for each in sorted(shell.pages, key=lambda each: (each.order, each.slug))
        ),
        superseded=tuple(
            each
            for edition in sorted(published.register)
            for each in published.register[edition]
            if each.version < shown[edition].version
        ),
        log=published.log,
        privacy_statement=report.privacy_statement,
        wording=_public_words(shell.wording, max((each.reaches.year for each in shown.values()), default=LAST_YEAR)),
    )


def _woo(report: Report) -> Woo | None:
    if report.diwoo is None:
        return None
    name = report.diwoo.category
    return Woo(report.diwoo.organisation, ADDRESSES[name], name, NUMBERS[name])
