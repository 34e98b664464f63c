"""Explanations that the page and the annex share, in plain Dutch."""

from __future__ import annotations

from tweeluik.public.grid import Grid
from tweeluik.record.model import Publication, Release
from tweeluik.words.dutch import day, period
from tweeluik.words.wording import DIMENSIONS, NOT_SHOWN, STATUSES, multiples

TOO_FEW = (
    "Een tabel maken we alleen als er genoeg organisaties achter de getallen staan. Uit een klein aantal kunt u soms "
    "afleiden om welke organisatie het gaat."
)
"""When an edition has no table."""


UNPUBLISHED = "Concept: nog niet gepubliceerd. De cijfers kunnen nog veranderen."
"""In every file about an edition that only a preview shows."""


def as_of(release: Release) -> str:
    """Which day the numbers reach, when that is not simply the end of the period; nothing when they are final."""
    return "" if release.as_of is None else f"stand per {day(release.as_of)}"


def when(release: Release) -> str:
    """The period of a version in words, with the day that its numbers reach when it is not whole."""
    mark = as_of(release)
    told = period(release.period_from, release.period_until)
    return f"{told}, {mark}" if mark else told


def who_counts(release: Release) -> str:
    """The test that decides who is in the edition's population."""
    if release.population == "agenda-partners":
        return (
            "Een partner is een maatschappelijke organisatie die in deze periode meewerkte aan minstens één "
            "maatregel van de Actieagenda Integratie. De partner onderschrijft de doelen van de Actieagenda en de "
            "waarden van de open en vrije samenleving."
        )
    return (
        "Het gaat om organisaties waarmee het ministerie sprak over integratie en samenleven. Dat was in elk jaar van "
        "de periode minstens één keer."
    )


def left_out(release: Release) -> tuple[str, ...]:
    """Who and what does not count."""
    always = (
        "overheden en hun uitvoeringsorganisaties en kennisinstellingen",
        "organisaties die te herleiden zijn tot één of enkele personen",
    )
    return (*always, "contacten buiten de Actieagenda") if release.population == "agenda-partners" else always


def how_to_read(release: Release) -> str:
    """What a number, or its absence, means in this edition."""
    base = release.rounding_base
    if base is not None:
        return (
            f"Alle getallen zijn afgerond op {multiples(base)}. Het echte aantal ligt minder dan {base} hoger of "
            f"lager. Een 0 betekent: 0 tot en met {base - 1}. Achter elk getal staat tussen haakjes wat het kan zijn."
        )
    return (
        f"Soms staat er ‘{NOT_SHOWN}’ in plaats van een getal. Staan er weinig organisaties achter een getal? Dan "
        "laten we het meestal weg, want het kan iets over één organisatie verraden. Bij partners gaat het om 1 tot en "
        f"met {release.threshold - 1}. Soms laten we nog een ander getal weg. Dat kan ook een 0 of een groot getal "
        "zijn. Anders kunt u het eerste getal uitrekenen. "
        f"‘{NOT_SHOWN.capitalize()}’ zegt dus niet hoe groot het aantal is. Wat het kan zijn, staat er tussen haakjes "
        "achter. Dat volgt uit de andere getallen."
    )


def about_figures(release: Release) -> tuple[tuple[str, str], ...]:
    """Of which day an edition's numbers are, how they were protected, from how many organisations on and why; limits.

    Nothing when there are none.
    """
    if not release.tables:
        return ()
    base = release.rounding_base
    way = "precies, sommige getallen niet getoond" if base is None else f"alle getallen afgerond op {multiples(base)}"
    return (
        ("Peildatum", f"{day(release.reaches)}. De gegevens van partners, zoals hun soort, zijn die van deze dag."),
        ("Bescherming", way),
        ("Drempel", f"{release.threshold} organisaties"),
        ("Waarom deze drempel?", f"{release.colophon.threshold_source.rstrip('.')}."),
        ("Beperking", "Een aantal zegt niets over hoe groot een partner is of hoe vaak die meedoet."),
    )


def overlap(grid: Grid) -> str | None:
    """Why the groups of a table do not add up to its total; None when they do."""
    if not grid.overlapping:
        return None
    which = " of ".join(DIMENSIONS[each.name].one.lower() for each in grid.table.dimensions if not each.partition)
    one, each = ("Een partner", "elke partner") if grid.table.counts == "partners" else ("Een gesprek", "elk gesprek")
    return (
        f"{one} kan bij meer dan één {which} horen. De {' en '.join(grid.overlapping)} tellen daarom niet op tot het "
        f"totaal. In het totaal telt {each} één keer."
    )


def citation(publication: Publication, release: Release) -> str:
    """How to refer to an edition in one line."""
    year = (release.sent or release.due or release.period_until).year
    place = f" {publication.base_url}{folder_of(publication, release)}" if publication.base_url else ""
    return f"{release.colophon.publisher} ({year}). {release.title}, {which_version(publication, release)}.{place}"


def which_version(publication: Publication, release: Release) -> str:
    """The version in words, and what it is as long as it is not final: `versie 1 (voorlopig, stand per …)`."""
    said = [STATUSES[publication.status(release)].lower(), as_of(release)]
    marks = ", ".join(each for each in said if each and each != "definitief")
    return f"versie {release.version} ({marks})" if marks else f"versie {release.version}"


def folder_of(publication: Publication, release: Release) -> str:
    """Where the files of a version stand below `site/`, ending in a slash."""
    version = f"versie-{release.version}/" if release in publication.superseded else ""
    return f"edities/{release.edition}/{version}"
