"""What must hold between records through the years: who succeeds whom, which codes exist, how far a concept reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tweeluik.problems import Problem
from tweeluik.source import agenda
from tweeluik.source.drafts import AgendaDraft
from tweeluik.source.lineage import Lineage
from tweeluik.source.past import Stretch, stretches
from tweeluik.source.reading import Found, Reading
from tweeluik.source.records import (
    FIRST_YEAR,
    Collaboration,
    Conversation,
    Edition,
    Former,
    Partner,
    Term,
    Trait,
    Vocabulary,
)

Problems = Iterator[Problem]

# --- organisations ----------------------------------------------------------------------------------------------------


def families(reading: Reading) -> Mapping[str, str]:
    """Per organisation one of those that it continues or that continue it: the same for all of them."""
    one = {found.record.id: found.record.id for found in reading.all(Partner)}
    for found in reading.all(Partner):
        for successor in found.record.successors:
            mine, other = one[found.record.id], one.get(successor)
            one.update((id_, mine) for id_, of in one.items() if of == other)
    return one


def successors_live_on(reading: Reading) -> Problems:
    """Who succeeds an organisation is there after its last day."""
    ended = {found.record.id: found.record.ended for found in reading.all(Partner)}
    for found in reading.all(Partner):
        last = found.record.ended
        for successor, place, path in found.items("successor"):
            end = ended.get(successor)
            if last is not None and end is not None and end <= last and successor != found.record.id:
                what = "a successor that ended before it, or on the same day"
                yield Problem(place, path, what, "name the one that came after both, or look at the days")


def nobody_meets_who_has_ended(reading: Reading) -> Problems:
    """A conversation is with organisations that were there."""
    ended = {found.record.id: found.record.ended for found in reading.all(Partner)}
    gone = {id_: last for id_, last in ended.items() if last is not None}
    for found in reading.all(Conversation):
        if gone.keys().isdisjoint(found.record.partners):
            continue
        for partner, place, path in found.items("partners"):
            last = gone.get(partner)
            if last is not None and found.record.date > last:
                hint = "look at the date, or name its successor"
                yield Problem(place, path, "an organisation that had ended by then", hint)


def umbrellas_are_flat(reading: Reading) -> Problems:
    """An umbrella is never somebody's member: it and its members are one contributor, without a chain to follow."""
    by_id = {found.record.id: found for found in reading.all(Partner)}
    covered = {id_: stretches(found.record, "umbrella") for id_, found in by_id.items()}
    for id_, found in by_id.items():
        for stretch in covered[id_]:
            umbrella = stretch.value if isinstance(stretch.value, str) else ""
            if umbrella == id_:
                yield _at(found, "umbrella", stretch, "an organisation that is its own umbrella", "leave the key out")
            elif any(each.value is not None and _meet(each, stretch) for each in covered.get(umbrella, ())):
                what = "an umbrella that has an umbrella itself"
                yield _at(found, "umbrella", stretch, what, "name the highest one")
            elif umbrella in by_id and _outlives(stretch, by_id[umbrella].record.ended):
                hint = "tell in `before` that it was the umbrella until its last day"
                yield _at(found, "umbrella", stretch, "an umbrella that ended earlier", hint)


def _meet(one: Stretch, other: Stretch) -> bool:
    return one.start <= other.until and other.start <= one.until


def _outlives(stretch: Stretch, ended: date | None) -> bool:
    return ended is not None and ended < stretch.until


def _at(found: Found[Partner], trait: Trait, stretch: Stretch, what: str, hint: str) -> Problem:
    """A problem with the value of a trait over a stretch, where that is written."""
    for each in found.below("before", Former):
        if each.record is stretch.former:
            return each.problem(trait, what, hint)
    return found.problem(trait, what, hint)


# --- codes ------------------------------------------------------------------------------------------------------------


def codes_replace_what_ended(reading: Reading) -> Problems:
    """A code replaces others that ended before it begins."""
    for vocabulary in reading.all(Vocabulary):
        record = vocabulary.record
        for key, terms in (("kinds", record.kinds), ("regions", record.regions), ("forms", record.forms)):
            last = {term.code: term.last for term in terms}
            for each in vocabulary.below(key, Term):
                yield from _replaces(each, each.record.first, last)
    spans = agenda.spans(reading)
    for found in reading.all(AgendaDraft):
        span = spans[found.record.level]
        first = found.record.first or span[found.record.code][0]
        yield from _replaces(found, first, {code: years[1] for code, years in span.items()})


def _replaces(found: Found[AgendaDraft] | Found[Term], first: int, last: Mapping[str, int]) -> Problems:
    for code, place, path in found.items("replaces"):
        if code == found.record.code:
            yield Problem(place, path, "a code that replaces itself", "leave it out, or use a new code")
        elif first == FIRST_YEAR:
            hint = "add `from`, the first year of this code, and `until` to the other"
            yield found.problem("code", "a code that replaces another has a first year", hint)
        elif last.get(code, FIRST_YEAR) >= first:
            yield Problem(place, path, "replaces a code that exists still", f"let that end before {first} (`until`)")


def codes_exist_in_their_years(reading: Reading) -> Problems:
    """Kinds and regions exist, or are continued by one that does, in the years in which an organisation takes part."""
    for vocabulary in reading.all(Vocabulary):
        lineages: dict[Trait, Lineage] = {
            "kind": Lineage(vocabulary.record.kinds), "region": Lineage(vocabulary.record.regions),
        }  # fmt: skip
        years = _years_of_conversations(reading)
        editions = [found.record for found in reading.all(Edition)]
        for found in reading.all(Partner):
            takes_part = {each.year for each in found.record.collaborations} | years[found.record.id]
            for trait, lineage in lineages.items():
                for stretch in stretches(found.record, trait):
                    yield from _exists(found, trait, stretch, _asked(stretch, takes_part, editions), lineage)


def _years_of_conversations(reading: Reading) -> Mapping[str, set[int]]:
    years = defaultdict[str, set[int]](set)
    for found in reading.all(Conversation):
        for partner in found.record.partners:
            years[partner].add(found.record.date.year)
    return years


def _asked(stretch: Stretch, takes_part: set[int], editions: Iterable[Edition]) -> list[int]:
    """The years in which the value of a stretch is looked at: when it holds, and on the reference dates after them."""
    years = {year for year in takes_part if stretch.start.year <= year <= stretch.until.year}
    for edition in editions:
        day = edition.reference_date
        if stretch.start <= day <= stretch.until and not takes_part.isdisjoint(edition.covered.years):
            years.add(day.year)
    return sorted(years)


def _exists(found: Found[Partner], trait: Trait, stretch: Stretch, years: list[int], lineage: Lineage) -> Problems:
    code = stretch.value
    for year in years:
        if isinstance(code, str) and code in lineage and lineage.in_year(code, year) is None:
            yield _at(found, trait, stretch, *_out_of_time(trait, lineage, code, year))
            return


def _out_of_time(target: str, lineage: Lineage, code: str, year: int) -> tuple[str, str]:
    term = lineage.term(code)
    if term.last < year:
        more = lineage.continued_by(code)
        cure = (
            f"{_or(more)} continues it: write which, and in `before` what it was" if more
            else "write what it is now, and in `before` what it was; or `replaces` with the code that continues it"
        )  # fmt: skip
        return f"a {target} that is used after its last year", f"that is {term.last}; {cure}"
    more = lineage.continues(code)
    cure = f"tell in `before` {'which of ' + _or(more) if more else 'what'} it was until then"
    return f"a {target} that is used before its first year", f"that is {term.first}; {cure}"


def _or(codes: tuple[str, ...]) -> str:
    return " or ".join(sorted(codes))


def forms_exist_in_their_year(reading: Reading) -> Problems:
    """A conversation has a form of its year."""
    for vocabulary in reading.all(Vocabulary):
        lineage = Lineage(vocabulary.record.forms)
        for found in reading.all(Conversation):
            form, year = found.record.form, found.record.date.year
            if form in lineage and lineage.in_year(form, year) is None:
                term = lineage.term(form)
                edge = f"its last year is {term.last}" if term.last < year else f"its first year is {term.first}"
                yield found.problem("form", "a form that does not exist in this year", f"{edge}; look at the date")


def measures_exist_in_their_year(reading: Reading) -> Problems:
    """Measures come and go with the years of the Actieagenda."""
    years = agenda.spans(reading)["measure"]
    after = _continued_by(reading)
    dated: list[tuple[Found[object], int]] = [(found, found.record.year) for found in reading.all(Collaboration)]
    spans = {code: span for code, span in years.items() if span[0] <= span[1]}
    for conversation in reading.all(Conversation):
        year = conversation.record.date.year
        if any(not first <= year <= last for first, last in _spans(conversation.record.measures, spans)):
            dated.append((conversation, year))
    for found, year in dated:
        for code, place, path in found.items("measures"):
            first, last = spans.get(code, (year, year))
            if not first <= year <= last:
                more = f"; {_or(tuple(after[code]))} continues it" if year > last and after[code] else ""
                hint = f"it exists from {first} to {last}{more}"
                yield Problem(place, path, "a measure that does not exist in this year", hint)


def _spans(codes: Iterable[str], spans: Mapping[str, tuple[int, int]]) -> Iterable[tuple[int, int]]:
    return (spans[code] for code in codes if code in spans)


def _continued_by(reading: Reading) -> Mapping[str, set[str]]:
    after = defaultdict[str, set[str]](set)
    for found in reading.all(AgendaDraft):
        for code in found.record.replaces:
            after[code].add(found.record.code)
    return after


# --- concepts ---------------------------------------------------------------------------------------------------------


def conversations_are_within_reach(reading: Reading) -> Problems:
    """A concept tells which day its data reach: nothing in its period is later."""
    concepts = [found for found in reading.all(Edition) if found.record.as_of is not None]
    for found in reading.all(Conversation):
        for concept in concepts:
            day, edition = found.record.date, concept.record
            if day in edition.period and day not in edition.covered:
                hint = f"move `as_of` in {concept.node.place.file}, or look at the date"
                yield found.problem("date", "later than the day that the data of a concept reach", hint)
