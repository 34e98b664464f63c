"""A small invented publication: an edition with hidden cells, one that is rounded, and one that is not published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from tests.templates import PUBLIC
from tweeluik.public.site import render_site
from tweeluik.record.cell import TOTAL, Codes, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import (
    Category,
    Correction,
    Dimension,
    Imprint,
    Notice,
    Page,
    Parliament,
    Publication,
    Reference,
    Release,
    ReleasedTable,
)

KINDS = (
    ("vrijwilligersorganisatie", "Vrijwilligersorganisatie"),
    ("zelforganisatie", "Zelforganisatie van migranten"),
    ("kennisinstelling", "Kennisinstelling"),
    ("werkgever", "Werkgever of werkgeversorganisatie"),
    ("levensbeschouwing", "Levensbeschouwelijke organisatie"),
)
PILLARS = (("1", "De normen en waarden van onze open en vrije samenleving"), ("2", "Nieuwkomers aan het werk"))
REGIONS = (("NL31", "Utrecht"), ("NL32", "Noord-Holland"), ("NL33", "Zuid-Holland"), ("NL", "Landelijk"))
FORMS = (("gesprek", "Gesprek"), ("werkbezoek", "Werkbezoek"), ("rondetafel", "Rondetafel"))
THEMES = (
    ("1.1", "Kennis van de democratische rechtsstaat", "1"),
    ("1.2", "Vrij om eigen keuzes te maken & veilig thuis", "1"),
    ("2.1", "Sneller taal leren op de werkvloer", "2"),
)

H = None
"""A hidden cell in the lists below."""


IMPRINT = Imprint(
    "Maatschappelijke partners in de Actieagenda Integratie", "Ministerie van Voorbeeldzaken",
    "Redactie partneroverzicht", "partneroverzicht@example.org", "CC0-1.0", "beleidskeuze van het ministerie",
)  # fmt: skip


def dimension(name: str, terms: Any, partition: bool = True) -> Dimension:
    return Dimension(name, partition, tuple(Category(*term) for term in terms))


def table(  # noqa: PLR0917
    id: str, title: str, counts: str, dimensions: tuple[Dimension, ...], values: Any, make: Any = Shown
) -> ReleasedTable:
    codes = [[*(each.code for each in one.categories), TOTAL] for one in dimensions]
    contents: list[Content] = [Suppressed() if value is None else make(value) for value in values]
    cells: dict[Codes, Content] = dict(zip(product(*codes), contents, strict=True))
    return ReleasedTable(id, title, counts, dimensions, cells)


def a_release(edition: str = "2025", **changes: Any) -> Release:
    year = int(edition) if edition.isdigit() else 2025
    values: dict[str, Any] = {
        "version": 1, "title": f"Partneroverzicht {edition}", "status": "final", "population": "agenda-partners",
        "period_from": date(year, 1, 1), "period_until": date(year, 12, 31), "protection": "suppression",
        "rounding_base": None, "threshold": 5, "due": date(year + 1, 7, 1), "sent": date(year + 1, 6, 24),
        "parliament": None, "notice": None, "corrections": (), "tables": (), "named": (), "imprint": IMPRINT,
    }  # fmt: skip
    made = Release(edition=edition, **{**values, **changes})
    return replace(made, salts=tuple(f"{number:032x}" for number, _ in enumerate(made.named)))


def suppressed_2025() -> Release:
    return a_release(
        "2025",
        version=2,
        parliament=Parliament("32 824", None, "2026D00000"),
        corrections=(Correction(2, date(2026, 9, 1), "In de tabel naar regio stond een verkeerd opschrift."),),
        named=("Stichting Linderoord", "Vereniging d'Olde Kraan & Co"),
        tables=(
            table("soort", "Partners naar soort organisatie en pijler", "partners",
                  (dimension("kind", KINDS), dimension("pillar", PILLARS, partition=False)),
                  [23, 31, 47, 18, 12, 26, 9, H, 14, H, 19, 21, H, H, 8, 61, 70, 116]),
            table("regio", "Partners naar regio", "partners", (dimension("region", REGIONS),), [31, 26, 38, 21, 116]),
            table("thema", "Partners naar thema", "partners", (dimension("theme", THEMES, partition=False),), [H, 44, 70, 116]),
            table("gesprekken", "Gesprekken naar vorm", "conversations", (dimension("form", FORMS),), [903, 212, 89, 1204]),
        ),
    )  # fmt: skip


def rounded_2026() -> Release:
    rounded: Any = Rounded
    kinds = (*KINDS[:2], ("kennisinstelling", "Kennis- of onderzoeksinstelling"), *KINDS[3:])
    return a_release(
        "2026",
        protection="rounding",
        rounding_base=5,
        sent=None,
        compared=Reference("2025", 2),
        tables=(
            table("soort", "Partners naar soort organisatie en pijler", "partners",
                  (dimension("kind", kinds), dimension("pillar", PILLARS, partition=False)),
                  [25, 35, 50, 20, 15, 25, 10, 5, 15, 0, 20, 20, 5, 5, 10, 60, 75, 120], rounded),
            table("regio", "Partners naar regio", "partners", (dimension("region", REGIONS),), [30, 30, 40, 20, 120], rounded),
            table("gesprekken", "Gesprekken naar vorm", "conversations", (dimension("form", FORMS),), [955, 230, 90, 1275], rounded),
        ),
    )  # fmt: skip


def provisional_2026() -> Release:
    """The same numbers, while the year went on."""
    return replace(rounded_2026(), status="provisional", as_of=date(2026, 10, 30), compared=None)


def not_published() -> Release:
    return a_release(
        "gesprekspartners-2023-2024",
        title="Gesprekspartners 2023-2024",
        population="conversation-partners",
        period_from=date(2023, 1, 1),
        period_until=date(2024, 11, 21),
        due=None,
        sent=date(2024, 12, 19),
        parliament=Parliament("32 824", 447, None),
        notice=Notice(
            marking="Vertrouwelijk",
            reason="Veiligheid van de organisaties en bescherming van persoonsgegevens.",
            classified_until=date(2025, 2, 13),
            decided_by="staatssecretaris",
            inspection_from=date(2024, 12, 19),
            inspection_until=date(2025, 2, 13),
            location="Centraal Informatiepunt Tweede Kamer",
            audience="leden",
        ),
    )


def a_publication(*releases: Release, **changes: Any) -> Publication:
    values: dict[str, Any] = {
        "title": "Maatschappelijke partners in de Actieagenda Integratie",
        "publisher": "Ministerie van Voorbeeldzaken",
        "contact_name": "Redactie partneroverzicht",
        "contact_email": "partneroverzicht@example.org",
        "base_url": "https://partners.example.org/",
        "licence": "CC0-1.0",
        "accessibility_statement": None,
        "security": None,
        "woo": None,
        "releases": releases or (rounded_2026(), suppressed_2025(), not_published()),
        "pages": (
            Page("over", "Over dit overzicht", 1, "# Wat is dit?\n\nAlles op deze site is **verzonnen**.\n"),
            Page("begrippen", "Begrippen", 2, "| Woord | Betekenis |\n|---|---|\n| partner | een organisatie |\n"),
        ),
    }  # fmt: skip
    return Publication(**{**values, **changes})


@cache
def a_site() -> Mapping[str, bytes]:
    """The site of the publication, made once in a process."""
    return render_site(a_publication(), PUBLIC)
