"""What must hold within the past of one record: entries in order, changes that are changes, an end that is the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tweeluik.problems import Problem
from tweeluik.source.drafts import AgendaDraft
from tweeluik.source.past import stretches
from tweeluik.source.reading import Found
from tweeluik.source.records import (
    FIRST_YEAR,
    LAST_YEAR,
    NONE,
    TRAITS,
    Collaboration,
    Endorsement,
    Former,
    FormerLabel,
    Partner,
    Phrase,
    Term,
)

Problems = Iterator[Problem]

# --- partners ---------------------------------------------------------------------------------------------------------


def former_tells_something(found: Found[Former]) -> Problems:
    """A day alone says nothing."""
    if all(getattr(found.record, trait) is None for trait in TRAITS):
        yield found.problem("until", "nothing that was otherwise until this day", "add what changed, such as region")


def past_in_order(found: Found[Partner]) -> Problems:
    """What is said about one trait is said in the order of its days, once per day."""
    for trait in TRAITS:
        told = [each for each in found.below("before", Former) if getattr(each.record, trait) is not None]
        for above, below in pairwise(told):
            if above.record.until == below.record.until:
                yield below.problem("until", f"two entries that say what {trait} was until this day", "keep one")
            elif above.record.until > below.record.until:
                what = f"before the entry above it that says what {trait} was"
                yield below.problem("until", what, "put the oldest first, or look at the year")


def past_differs(found: Found[Partner]) -> Problems:
    """What was otherwise differs from what came after it."""
    partner = found.record
    below = {id(each.record): each for each in found.below("before", Former)}
    for trait in TRAITS:
        for earlier, later in pairwise(stretches(partner, trait)):
            if earlier.former is not None and _same(earlier.value, later.value):
                what = f"the same {trait} as after this day" if later.former else f"the same {trait} as now"
                yield below[id(earlier.former)].problem(trait, what, "write what it was, or leave it out")


def _same(one: object, other: object) -> bool:
    return (sorted(one) == sorted(other)) if isinstance(one, tuple) and isinstance(other, tuple) else bool(one == other)


def endorsement_in_order(found: Found[Endorsement]) -> Problems:
    """The first day is not after the last."""
    if found.record.until is not None and found.record.until < found.record.start:
        yield found.problem("until", "an endorsement that ends before it begins", "look at the years")


def endorsements_follow(found: Found[Partner]) -> Problems:
    """Periods of endorsement follow each other; only the last may still be in force."""
    for above, below in pairwise(found.below("endorsed", Endorsement)):
        one, other = above.record, below.record
        if other.start < one.start:
            yield below.problem("from", "before the endorsement above it", "put the oldest first")
        elif one.until is None:
            yield above.problem("from", "still in force when the next begins", "add `until`, its last day")
        elif other.start <= one.until:
            yield below.problem("from", "overlaps with the endorsement above it", "begin after its last day")


def end_is_the_end(found: Found[Partner]) -> Problems:
    """Nothing happens to an organisation, or with it, after its last day."""
    partner = found.record
    if (ended := partner.ended) is None:
        return
    for each in found.below("before", Former):
        if each.record.until >= ended:
            hint = "the record itself says what holds until the end; leave this out, or look at the day"
            yield each.problem("until", "not before the day on which the organisation ended", hint)
    for collaboration in found.below("collaborations", Collaboration):
        if collaboration.record.year > ended.year:
            hint = "look at the year, or write it with the successor"
            yield collaboration.problem("year", "a collaboration after the organisation ended", hint)
    yield from _endorsed_in_life(found, ended)


def _endorsed_in_life(found: Found[Partner], ended: date) -> Problems:
    what, hint = "an endorsement after the organisation ended", "look at the year, or write it with the successor"
    periods = list(found.below("endorsed", Endorsement))
    for each in periods:
        if each.record.start > ended:
            yield each.problem("from", what, hint)
    if not periods and any(each.start > ended for each in found.record.endorsed):
        yield found.problem("endorsed", what, hint)


def successor_after_end(found: Found[Partner]) -> Problems:
    """Who is succeeded has ended, and is succeeded by another."""
    partner = found.record
    if partner.successors and partner.ended is None:
        yield found.problem(
            "successor", "a successor of an organisation that has not ended", "add `ended`, its last day"
        )
    if partner.id in partner.successors:
        yield found.problem("successor", "an organisation that is its own successor", "leave the key out")


def id_is_no_word(found: Found[Partner]) -> Problems:
    """`umbrella: none` says that there was none."""
    if found.record.id == NONE:
        yield found.problem("id", "a word that has a meaning of its own", "use an id such as p-7f3a9c")


# --- agenda.yaml, vocabulary.yaml -------------------------------------------------------------------------------------


def years_follow(found: Found[Term | Phrase]) -> Problems:
    """The first year is not after the last."""
    if found.record.first > found.record.last:
        yield found.problem("until", "before the first year", "look at both years")


def labels_in_order(found: Found[AgendaDraft | Term]) -> Problems:
    """Former labels stand in the order of their years, within those of the code, and differ from what came after."""
    first, last = _years(found)
    entries = list(found.below("before", FormerLabel))
    for above, below in pairwise(entries):
        if above.record.until == below.record.until:
            yield below.problem("until", "two labels until the same year", "keep one")
        elif above.record.until > below.record.until:
            yield below.problem("until", "before the label above it", "put the oldest first, or look at the year")
    for each in entries:
        if not first <= each.record.until < last:
            hint = "a former label ends before the last year of its code, and not before the first"
            yield each.problem("until", "outside the years of this code", hint)
    labels = [*(each.record.label for each in entries), found.record.label]
    for each, (former, later) in zip(entries, pairwise(labels), strict=True):
        if former == later:
            yield each.problem("label", "the same label as after this year", "write what it was, or leave it out")


def _years(found: Found[AgendaDraft | Term]) -> tuple[int, int]:
    first, last = found.record.first, found.record.last
    return FIRST_YEAR if first is None else first, LAST_YEAR if last is None else last
