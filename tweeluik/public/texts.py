"""Explanations that the page and the annex share, in plain Dutch."""

from __future__ import annotations

from tweeluik.public.grid import Grid
from tweeluik.public.wording import NOT_SHOWN, multiples
from tweeluik.record import Publication, Release


def who_counts(release: Release) -> str:
    """The test that decides who is in the edition's population."""
    if release.population == "agenda-partners":
        return (
            "Een partner is een maatschappelijke organisatie die in deze periode meewerkte aan ten minste één "
            "maatregel van de Actieagenda Integratie. De partner onderschrijft de doelen van de Actieagenda en de "
            "waarden van de open en vrije samenleving."
        )
    return (
        "Het gaat om organisaties waarmee het ministerie in elk jaar van de periode ten minste één keer sprak over "
        "integratie en samenleven."
    )


def left_out(release: Release) -> tuple[str, ...]:
    """Who and what does not count."""
    always = (
        "overheden, uitvoerders van de overheid en onderzoeksinstellingen van de overheid",
        "organisaties die te herleiden zijn tot één of enkele personen",
    )
    return (*always, "contacten buiten de Actieagenda") if release.population == "agenda-partners" else always


def how_to_read(release: Release) -> str:
    """What a number, or its absence, means in this edition."""
    base = release.rounding_base
    if base is not None:
        return (
            f"Alle getallen zijn afgerond op {multiples(base)}. Het echte aantal ligt minder dan {base} hoger of "
            f"lager. Een 0 betekent: 0 tot en met {base - 1}."
        )
    return (
        f"Bij sommige groepen staat ‘{NOT_SHOWN}’. Staan er weinig organisaties achter een getal (1 tot en met "
        f"{release.threshold - 1}), dan laten we het meestal niet zien, omdat het iets over één organisatie kan "
        "verraden. Soms laten we daarom ook een ander getal weg, ook een 0 of een groot getal: anders kunt u het "
        f"eerste getal uitrekenen. ‘{NOT_SHOWN.capitalize()}’ zegt dus niet hoe groot het aantal is."
    )


def overlap(grid: Grid) -> str | None:
    """Why the groups of a table do not add up to its total; None when they do."""
    if not grid.overlapping:
        return None
    which = " en ".join(grid.overlapping)
    one, each = ("Een partner", "elke partner") if grid.table.counts == "partners" else ("Een gesprek", "elk gesprek")
    return (
        f"{one} kan bij meer dan één groep horen ({which}). Die groepen tellen daarom niet op tot het totaal. "
        f"In het totaal telt {each} één keer."
    )


def citation(publication: Publication, release: Release) -> str:
    """How to refer to an edition in one line."""
    year = (release.sent or release.due or release.period_until).year
    place = f" {publication.base_url}edities/{release.edition}/" if publication.base_url else ""
    return f"{publication.publisher} ({year}). {release.title}, versie {release.version}.{place}"
