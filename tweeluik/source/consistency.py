"""What must hold between the records of the source, each check a question of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple

from tweeluik.problems import Place, Problem
from tweeluik.source import agenda
from tweeluik.source import past_checks as past
from tweeluik.source.asides import (
    AGAIN,
    APART,
    BESIDE,
    NOTHING,
    SEVERAL,
    WRITE_AGAIN,
    codes_in,
    is_table,
    label_in,
    leave_out,
    says_again,
    says_nothing,
)
from tweeluik.source.codes import labelled
from tweeluik.source.copies import conversations_are_in_one_file, nothing_is_defined_twice
from tweeluik.source.reading import Found, Reading, Reference, join
from tweeluik.source.records import NONE, Conversation, Edition, Former, Merge, Partner, TableSpec, Vocabulary
from tweeluik.source.suggest import closest, nearest
from tweeluik.source.wording import one_text_a_year
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


FOLDERS = {"partner": "partners", "edition": "editions"}
"""Where records stand that others refer to. Of a folder without any it is told once, and not at every reference."""


def references_are_known(reading: Reading) -> Problems:
    """Every code and id that is used is defined."""
    gone = {
        target
        for target in reading.targets() & FOLDERS.keys()
        if not reading.defined.get(target) and target not in reading.unsure
    }
    yield from (Problem(Place(FOLDERS[each]), "", "the folder is missing or empty", _RESTORE) for each in sorted(gone))
    labels = _labels(reading)
    unknown = list(reading.unknown())
    used = Counter((each.target, each.code) for each in unknown)
    for reference in unknown:
        target, code, place, path = reference
        if target in reading.unsure | gone:
            continue
        aside = _aside(reference, reading.defined.get(target, {}), labels.get(target, {}))
        if aside is not None:
            yield Problem(place, path, *aside)
        elif target == "partner":
            yield Problem(place, path, *_unknown_id(code, reading))
        elif letters(code) in labels[target] and code.casefold() != labels[target][letters(code)].casefold():
            cure = f"write its code, '{labels[target][letters(code)]}'"
            yield Problem(place, path, "a label where a code is meant", cure)
        else:
            cure = _unknown_code(reference, reading)
            gone_from = _FILES.get(target) if used[target, code] >= _OFTEN else None
            if gone_from is not None and closest(code, reading.defined.get(target, {}), alike=_MISTYPED) is None:
                cure = f"was it removed from {gone_from}? put it back there, with its last year (until)"
            yield Problem(place, path, f"unknown {target}", cure)


_OFTEN = 3
"""A code that is used so often is one that somebody took out, rather than a slip of the pen."""

_MISTYPED = 0.8
"""From 0 to 1: unless it is this like another, as `gesprk` is; `NL31` is no slip for `NL`, nor `1.1a` for `2.1a`."""

_FILES = {
    "kind": "vocabulary.yaml", "region": "vocabulary.yaml", "form": "vocabulary.yaml", "pillar": "agenda.yaml",
    "theme": "agenda.yaml", "measure": "agenda.yaml",
}  # fmt: skip

_RESTORE = "put it back, or look whether it has another name"


def _aside(reference: Reference, known: Container[str], labels: Mapping[str, str]) -> tuple[str, str] | None:
    """What to say of a text that is no code, but points at one or says that there is none."""
    target, text, place, path = reference
    if says_again(text):
        return AGAIN, WRITE_AGAIN
    if says_nothing(text):
        return NOTHING, leave_out(place, required=False)
    if letters(text) in labels:
        return None
    codes = codes_in(text, known)
    if len(codes) > 1:
        return SEVERAL, _apart(place) if path.endswith("]") else "choose one"
    if codes:
        return BESIDE, "write the id alone" if target == "partner" else f"write its code alone, '{codes[0]}'"
    label = label_in(text, labels)
    return None if label is None else (BESIDE, f"write its code alone, '{label}'")


def _apart(place: Place) -> str:
    return APART if is_table(place) else "write it as [one, two]"


def _unknown_id(code: str, reading: Reading) -> tuple[str, str]:
    """Of an id that nobody has. The nearest one would be a confidential value in a message; its place is none."""
    if code == NONE:
        return "no organisation has this id", "leave the key out: `none` is for `before`"
    same = [place for id_, place in reading.defined.get("partner", {}).items() if id_.casefold() == code.casefold()]
    if same:
        return "no organisation has this id", f"capitals make another id: see {same[0]}"
    for found in reading.all(Partner):
        if letters(code) in {letters(each) for each in (found.record.name, *found.record.aliases)} - {""}:
            return "a name where an id is meant", f"write the id of the organisation at {found.node.place}"
    return "no organisation has this id", "look for a typing error"


def _unknown_code(reference: Reference, reading: Reading) -> str:
    levels = agenda.LEVELS
    if reference.target in levels:
        other = next((each for each in levels if reference.code in reading.defined.get(each, {})), None)
        if other is not None:
            return f"this is a {other}; {WHERE[reference.target]}"
    return nearest(reference.code, reading.defined.get(reference.target, {})) or WHERE[reference.target]


def _labels(reading: Reading) -> Mapping[str, Mapping[str, str]]:
    """Per target the code of every label that one code has, folded."""
    found: dict[str, dict[str, set[str]]] = {target: {} for target in WHERE}
    for target, code, label in labelled(reading):
        found[target].setdefault(letters(label), set()).add(code)
    return {
        target: {label: next(iter(codes)) for label, codes in labels.items() if len(codes) == 1 and label}
        for target, labels in found.items()
    }


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
    if any(_is_turned_round(found.record) for found in editions):
        return
    if not editions or len(editions) < len(reading.defined["edition"]):
        return
    last = max(found.record.period.until for found in editions)
    for found in reading.all(Conversation):
        if found.record.date > last:
            yield found.problem(
                "date", "later than the last day of every edition", "look at the year, or add the edition"
            )


def _is_turned_round(edition: Edition) -> bool:
    """Whether its period ends before it begins, of which is told; nothing can be said of what lies in it."""
    return edition.period.start > edition.period.until


def tables_have_categories(reading: Reading) -> Problems:
    """A table by pillar, theme or measure needs parts of the Actieagenda in the years of its edition."""
    spans = agenda.spans(reading)
    for edition in (each for each in reading.all(Edition) if not _is_turned_round(each.record)):
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


def merges_are_of_known_codes(reading: Reading) -> Problems:
    """An edition takes two or more categories together, each once, that the vocabulary has and the letter counts."""
    vocabularies = (found.record for found in reading.all(Vocabulary))
    left_out = frozenset(term.code for each in vocabularies for term in each.kinds if term.left_out)
    for edition in reading.all(Edition):
        seen: dict[tuple[str, str], Place] = {}
        for found in edition.below("merge", Merge):
            wrong = list(_wrong_in_merge(reading, found, left_out, seen))
            every = reading.defined.get(found.record.dimension, {}).keys() - left_out
            if every and not wrong and every <= {*found.record.codes}:
                what = "all categories are taken together: one is left, which says nothing"
                yield found.problem("codes", what, "leave one of them out, or leave the dimension out of the tables")
            yield from wrong


def _wrong_in_merge(
    reading: Reading, found: Found[Merge], left_out: frozenset[str], seen: dict[tuple[str, str], Place]
) -> Problems:
    merge = found.record
    if len(merge.codes) == 1:
        yield found.problem("codes", "one category alone", "name two or more that become one")
    for code, place, path in found.items("codes"):
        earlier = seen.setdefault((merge.dimension, code), place)
        if code not in reading.defined.get(merge.dimension, {}) and merge.dimension not in reading.unsure:
            asked = Reference(merge.dimension, code, place, path)
            yield Problem(place, path, f"unknown {merge.dimension}", _unknown_code(asked, reading))
        elif merge.dimension == "kind" and code in left_out:
            yield Problem(place, path, "a kind that the letter leaves out", "leave it out here too")
        elif earlier is not place:
            yield Problem(place, path, "taken together twice", f"the first is at {earlier}")


CHECKS: tuple[Callable[[Reading], Problems], ...] = (
    nothing_is_defined_twice,
    conversations_are_in_one_file,
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
    one_text_a_year,
    merges_are_of_known_codes,
)
