"""What must hold between the records of the source, each check a question of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tweeluik.problems import Place, Problem
from tweeluik.source import agenda
from tweeluik.source import past_checks as past
from tweeluik.source.records import NONE, Conversation, Edition, Former, Partner, TableSpec
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
            hint = "leave the key out: `none` is for `before`" if code == NONE else "look for a typing error"
            yield Problem(place, path, "no organisation has this id", hint)
        else:
            yield Problem(place, path, f"unknown {target}", nearest(code, known) or WHERE[target])


def names_are_one_organisations(reading: Reading) -> Problems:
    """A name or other name, of now or of before, belongs to one organisation and to who continues it.

    Capitals, accents and spaces make no other name.
    """
    yield from _once(reading, _names, "a name that is used already")


def _names(found: Found[Partner]) -> Iterator[Written]:
    for each in _now_and_before(found):
        if each.record.name is not None:
            yield Written(each.record.name, each.node.entries["name"].value.place, join(each.path, "name"))
        if each.record.aliases:
            yield from (Written(*item) for item in each.items("aliases"))


def registrations_are_one_organisations(reading: Reading) -> Problems:
    """The trade register gives a number to one organisation; it may go over to who continues that."""
    yield from _once(reading, _registrations, "a number that is used already")


def _registrations(found: Found[Partner]) -> Iterator[Written]:
    for each in _now_and_before(found):
        number = each.record.registration
        if number is not None and number != NONE:
            yield Written(number, each.node.entries["registration"].value.place,
                          join(each.path, "registration"))  # fmt: skip


def _now_and_before(found: Found[Partner]) -> Iterator[Found[Partner | Former]]:
    yield found
    yield from found.below("before", Former)


class Written(NamedTuple):
    """A text that tells an organisation, and where it stands."""

    text: str
    place: Place
    path: str


def _once(reading: Reading, texts: Callable[[Found[Partner]], Iterator[Written]], what: str) -> Problems:
    families = past.families(reading)
    first: dict[str, tuple[str, Place]] = {}
    for found in reading.all(Partner):
        family = families[found.record.id]
        for text, place, path in texts(found):
            folded = letters(text) or text
            owner, earlier = first.setdefault(folded, (family, place))
            if owner != family:
                yield Problem(place, path, what, f"the first is at {earlier}")


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
    past.umbrellas_are_flat,
    past.successors_live_on,
    past.nobody_meets_who_has_ended,
    agenda.years_fit,
    past.codes_replace_what_ended,
    past.codes_exist_in_their_years,
    past.forms_exist_in_their_year,
    past.measures_exist_in_their_year,
    past.conversations_are_within_reach,
    conversations_are_not_late,
    tables_have_categories,
)
