"""What must hold between the records of the source, each check a question of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tweeluik.problems import Place, Problem
from tweeluik.source import agenda
from tweeluik.source.records import Collaboration, Conversation, Edition, Partner, TableSpec
from tweeluik.source.schema import Found, Reading, join
from tweeluik.source.suggest import nearest
from tweeluik.words.folding import letters

Problems = Iterator[Problem]

WHERE = {
    "kind": "kinds are in vocabulary.yaml",
    "region": "regions are in vocabulary.yaml",
    "form": "forms are in vocabulary.yaml",
    "pillar": "pillars are in agenda.yaml",
    "theme": "themes are in agenda.yaml",
    "measure": "measures are in agenda.yaml",
    "edition": "an edition is a file in editions",
}


def references_are_known(reading: Reading) -> Problems:
    """Every code and id that is used is defined."""
    for target, code, place, path in reading.references:
        known = reading.defined.get(target, {})
        if code in known or target in reading.unsure:
            continue
        if target == "partner":
            # The nearest id would be a confidential value in a message.
            yield Problem(place, path, "no organisation has this id", "look for a typing error")
        else:
            yield Problem(place, path, f"unknown {target}", nearest(code, known) or WHERE[target])


def names_are_one_organisations(reading: Reading) -> Problems:
    """A name or other name belongs to one organisation, whatever its capitals, accents and spaces."""
    first: dict[str, Place] = {}
    for found in reading.all(Partner):
        for place, path, name in _names(found):
            folded = letters(name) or name
            if folded in first:
                yield Problem(place, path, "a name that is used already", f"the first is at {first[folded]}")
            first.setdefault(folded, place)


def _names(found: Found) -> Iterator[tuple[Place, str, str]]:
    yield found.node.entries["name"].value.place, join(found.path, "name"), found.record.name
    for name, place, path in found.items("aliases"):
        yield place, path, name


def registrations_are_one_organisations(reading: Reading) -> Problems:
    """The trade register gives a number to one organisation."""
    first: dict[str, Place] = {}
    for found in reading.all(Partner):
        number = found.record.registration
        if number in first:
            yield found.problem("registration", "a number that is used already", f"the first is at {first[number]}")
        if number is not None:
            first.setdefault(number, found.record.place)


def umbrellas_are_flat(reading: Reading) -> Problems:
    """An umbrella is nobody's member: umbrella and members are one contributor, without a chain to follow."""
    members = {found.record.id for found in reading.all(Partner) if found.record.umbrella is not None}
    for found in reading.all(Partner):
        if found.record.umbrella == found.record.id:
            yield found.problem("umbrella", "an organisation that is its own umbrella", "leave the key out")
        elif found.record.umbrella in members:
            yield found.problem("umbrella", "an umbrella that has an umbrella itself", "name the highest one")


def measures_exist_in_their_year(reading: Reading) -> Problems:
    """Measures come and go with the years of the Actieagenda."""
    years = agenda.spans(reading)["measure"]
    dated = [(found, found.record.year) for found in reading.all(Collaboration)]
    dated += ((found, found.record.date.year) for found in reading.all(Conversation))
    for found, year in dated:
        for code, place, path in found.items("measures"):
            first, last = years.get(code, (year, year))
            if first <= last and not first <= year <= last:
                yield Problem(
                    place, path, "a measure that does not exist in this year", f"it exists from {first} to {last}"
                )


def conversations_are_not_late(reading: Reading) -> Problems:
    """A conversation after the end of every edition is a typing error, or an edition is missing."""
    editions = reading.all(Edition)
    if not editions or len(editions) < len(reading.defined["edition"]):
        return
    last = max(found.record.period.until for found in editions)
    for found in reading.all(Conversation):
        if found.record.date > last:
            yield found.problem(
                "date", "later than the last day of every edition", "look at the year, or add the edition"
            )


def tables_have_categories(reading: Reading) -> Problems:
    """A table by pillar, theme or measure needs parts of the Actieagenda in the years of its edition."""
    spans = agenda.spans(reading)
    for edition in reading.all(Edition):
        years = edition.record.period.years
        places = {spec.place for spec in edition.record.tables}
        for table in reading.all(TableSpec):
            if table.record.place not in places:
                continue
            for key in ("rows", "columns"):
                span = spans.get(getattr(table.record, key) or "")
                if span and not any(first < years.stop and last >= years.start for first, last in span.values()):
                    yield table.problem(
                        key, "nothing of the Actieagenda in this period", "look at the years in agenda.yaml"
                    )


CHECKS: tuple[Callable[[Reading], Problems], ...] = (
    references_are_known,
    names_are_one_organisations,
    registrations_are_one_organisations,
    umbrellas_are_flat,
    agenda.years_fit,
    measures_exist_in_their_year,
    conversations_are_not_late,
    tables_have_categories,
)
