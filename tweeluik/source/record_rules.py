"""What must hold within one record, whatever the rest of the source says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tweeluik.problems import Place, Problem
from tweeluik.source.drafts import AgendaDraft
from tweeluik.source.past import names
from tweeluik.source.reading import Found
from tweeluik.source.records import (
    Approvals,
    Conversation,
    Correction,
    Edition,
    Inspection,
    Judgement,
    Naming,
    Number,
    Partner,
    Period,
    Policy,
    Report,
    TableSpec,
)
from tweeluik.words.folding import letters
from tweeluik.words.reserved import is_reserved

FIRST_YEAR_OF_CONVERSATIONS = 1900
EFFORT = 1
"""How much work protecting one edition may take, unless the policy says otherwise: once what is ordinary."""

Problems = Iterator[Problem]


def make_policy(
    *, effort: Number | None, group_size: Number | None, approvals: Approvals, place: Place, **numbers: Number
) -> Policy:
    """The policy, with the program's own limit on work where the source sets none."""
    return Policy(
        effort=effort or Number(EFFORT, "", place),
        group_size=group_size or Number(0, "", place),
        approvals=approvals,
        place=place,
        **numbers,
    )


# --- report -----------------------------------------------------------------------------------------------------------


def index_has_addresses(found: Found[Report]) -> Problems:
    """An index of documents is of use only with the whole address of each."""
    if found.record.diwoo is not None and found.record.base_url is None:
        yield found.problem("diwoo", "an index needs the address of the website", "write base_url, or leave out diwoo")


# --- agenda -----------------------------------------------------------------------------------------------------------


def years_in_order(found: Found[AgendaDraft]) -> Problems:
    """Both years or neither, the first not after the last."""
    first, last = found.record.first, found.record.last
    if (first is None) != (last is None):
        yield found.problem("from" if last is None else "until", "one year without the other", "write both or neither")
    elif first is not None and last is not None and first > last:
        yield found.problem("until", "before the first year", "look at both years")


# --- partners ---------------------------------------------------------------------------------------------------------


def withdrawn_after_consent(found: Found[Naming]) -> Problems:
    """Consent is given before it is withdrawn."""
    naming = found.record
    if naming.withdrawn is not None and naming.withdrawn < naming.consent:
        yield found.problem("withdrawn", "before the consent", "look at both days")


def opaque_id(found: Found[Partner]) -> Problems:
    """An id must not give away its organisation."""
    partner = found.record
    id_ = letters(partner.id)
    words = (letters(word) for name in names(partner) for word in name.split())
    if any(len(word) > 3 and not word.isdigit() and word in id_ for word in words):  # noqa: PLR2004 - short words say nothing
        yield found.problem("id", "an id made from the name", "use one without meaning, such as p-7f3a9c")


# --- judgements -------------------------------------------------------------------------------------------------------


def judges_two(found: Found[Judgement]) -> Problems:
    """An organisation is not another than itself."""
    if found.record.a == found.record.b:
        yield found.problem("b", "the same organisation as a", "name the other")


# --- conversations ----------------------------------------------------------------------------------------------------


def agenda_has_measures(found: Found[Conversation]) -> Problems:
    """L6: what is reported on is work on measures."""
    if found.record.context == "agenda" and not found.record.measures:
        what = "a conversation with context 'agenda' needs the key 'measures'"
        yield found.problem(
            "measures", what, "name the measures; was it not for the Actieagenda, write `context: society`"
        )


def not_long_ago(found: Found[Conversation]) -> Problems:
    """A mistyped century."""
    if found.record.date.year < FIRST_YEAR_OF_CONVERSATIONS:
        yield found.problem("date", f"a conversation before {FIRST_YEAR_OF_CONVERSATIONS}", "look at the year")


# --- editions ---------------------------------------------------------------------------------------------------------


def period_in_order(found: Found[Edition]) -> Problems:
    """The first day is not after the last."""
    if found.record.period.start > found.record.period.until:
        yield found.problem("period", "ends before it begins", "look at both days")


def inspection_in_order(found: Found[Inspection]) -> Problems:
    """The first day is not after the last."""
    if found.record.period.start > found.record.period.until:
        yield found.problem("until", "before the first day", "look at both days")


def concept_has_as_of(found: Found[Edition]) -> Problems:
    """Of a concept everyone must know which day its data reach; a final edition is about its whole period."""
    edition = found.record
    if edition.status == "concept" and edition.as_of is None:
        hint = "write `as_of: YEAR-MONTH-DAY`: up to and including which day of the period the data are there"
        yield found.problem("status", "a concept needs the key 'as_of'", hint)
    elif edition.status == "final" and edition.as_of is not None:
        yield found.problem("as_of", "only a concept has a day that its data reach", "remove the line")
    elif edition.as_of is not None and not _holds(edition.period, edition.as_of):
        yield found.problem("as_of", "outside the period of the edition", "its last day at most")


def _holds(period: Period, day: date) -> bool:
    """Whether a day is in a period; of one that ends before it begins nothing more need be said."""
    return day in period or period.start > period.until


def sent_after_period(found: Found[Edition]) -> Problems:
    """An overview of a period can only be sent when it is over."""
    edition = found.record
    if edition.sent is not None and edition.sent < edition.period.until:
        yield found.problem("sent", "before the end of the period", "look at both days")


def late_is_late(found: Found[Edition]) -> Problems:
    """Why something is late is told of what is late, or will be: it was due, and was not sent in time."""
    edition = found.record
    if edition.late is not None and edition.due is None:
        yield found.problem("late", "why an edition is late, and not when it was due", "add the key `due`")
    elif edition.late is not None and edition.due and edition.sent and edition.sent <= edition.due:
        yield found.problem("late", "why an edition is late that was sent in time", "remove the line")


def table_makes_sense(found: Found[TableSpec]) -> Problems:
    """A dimension belongs to what is counted, and divides once."""
    table = found.record
    for key, name in (("rows", table.rows), ("columns", table.columns)):
        if name == "form" and table.counts != "conversations":
            yield found.problem(key, "only conversations have a form", "count conversations, or divide otherwise")
        if name == "first_year" and table.counts != "partners":
            yield found.problem(key, "only partners have a first year", "count partners, or divide otherwise")
    if table.rows == table.columns:
        yield found.problem("columns", "the same as the rows", "leave it out, or divide otherwise")


def name_is_free(found: Found[TableSpec]) -> Problems:
    """The id becomes a file name, on Windows too."""
    if is_reserved(found.record.id):
        yield found.problem("id", "a name that Windows keeps for itself", "choose another")


def corrections_count_up(found: Found[Edition]) -> Problems:
    """Corrections count on from the first, one by one, in the order of their dates.

    The first is 2 or, behind provisional versions, more: which, the register knows.
    """
    for earlier, at in pairwise(found.below("corrections", Correction)):
        if at.record.version != earlier.record.version + 1:
            yield at.problem("version", "out of order", f"expected {earlier.record.version + 1}")
        if at.record.date < earlier.record.date:
            yield at.problem("date", "before the correction above it", "look at both days")


def notice_is_complete(found: Found[Edition]) -> Problems:
    """L4 and L5: of an edition for inspection only, the public is told why, where and when."""
    if found.record.population == "conversation-partners":
        asked = {"classification": found.record.classification, "inspection": found.record.inspection}
        for key, value in asked.items():
            if value is None:
                yield found.problem(key, f"an edition of conversation partners needs the key '{key}'")
