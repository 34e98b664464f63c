"""What may be right and often is not: warnings about a source that has no problems. They stop nothing.

A warning names places and keys, as a problem does, and never a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath

from tweeluik.problems import Place, Problem
from tweeluik.source import remarks
from tweeluik.source.inventory import KEY_FILE
from tweeluik.source.past import names
from tweeluik.source.protection_key import MAKE_A_KEY
from tweeluik.source.records import FIRST_YEAR, LAST_YEAR, Edition, Source, TableSpec, Term
from tweeluik.words.folding import letters

FAR = 10
"""Years from every edition, of a day that was mistyped most likely."""

LEAST_LETTERS = 5
"""Of a word in a file name that is told: shorter ones are too often words of the language."""

_TO_ONESELF = re.compile(
    r"(?<!\w)(?:T[OE] ?DO|XXX+|lorem ipsum|nog (?:aan(?: te )?vullen|in(?: te )?vullen|af(?: te )?stemmen))(?!\w)"
    r"|[\[<]\s?(?:invullen|aanvullen|naam|datum|getal|aantal|pm|p\.m\.|\.{3}|…|[A-Z]{2,3}\d{1,3})\s?[\]>](?!\()",
    re.IGNORECASE,
)
"""What writers leave to come back to; and `[AB1]`, the mark of a remark in Word, with somebody's initials."""

_OF_ONE_PERSON = re.compile(
    r"[a-z]{1,2}(?:\.[a-z]){0,3}\.(?:(?:van|de|der|den|el|al|ter|ten)[.-]?)*[a-z-]{3,}@", re.IGNORECASE
)
"""Initials and a surname, as ministries and others make the addresses of their people."""

Doubts = Iterator[Problem]


def find_doubts(source: Source, *, was_published: bool = False) -> tuple[Problem, ...]:
    """Every warning, sorted by place; `was_published`: something was, and so there was a key."""
    found = {problem for doubt in DOUBTS for problem in doubt(source)}
    return tuple(sorted({*found, *draws_have_a_key(source, was_published=was_published)}))


def draws_have_a_key(source: Source, *, was_published: bool) -> Doubts:
    """Without a key of its own the choices of protection follow from the source: whoever guesses that repeats them.

    By another key than that of earlier publications nobody is known again.
    """
    if source.protection_key is None and any(edition.tables for edition in source.editions):
        what = "there is no key for the choices of protection"
        cure = PUT_BACK if was_published else f"make one of your own, once: {MAKE_A_KEY}"
        yield Problem(Place(KEY_FILE), "", what, cure)


PUT_BACK = "put back the one with which was published before, from a copy; a new one knows nobody again"


def editions_have_somebody(source: Source) -> Doubts:
    """The year that was not filled in yet, or a mistyped period."""
    years = {each.year for partner in source.partners for each in partner.collaborations}
    days = {each.date for each in source.conversations}
    for edition in source.editions:
        if edition.population == "agenda-partners" and years.isdisjoint(edition.covered.years):
            what = "an edition in which nobody works together on the Actieagenda"
            yield Problem(edition.place, "period", what, "look at the years of the collaborations, or at the period")
        if edition.population == "conversation-partners" and not any(day in edition.covered for day in days):
            what = "an edition without a conversation in its period"
            yield Problem(edition.place, "period", what, "look at the days of the conversations, or at the period")


def endorsed_before_working_together(source: Source) -> Doubts:
    """An endorsement of a later year than the first collaboration: often one of both is mistyped."""
    near = _near(source)
    for partner in source.partners:
        first = min((each.year for each in partner.collaborations), default=None)
        endorsed = min((each.start.year for each in partner.endorsed), default=None)
        if first is not None and endorsed is not None and first < endorsed in near:
            what = "an endorsement later than the first year of collaboration"
            yield Problem(partner.place, "endorsed", what, "look at both years")


def conversations_are_told_once(source: Source) -> Doubts:
    """The same day, partners, form, context and subject: the same conversation, or two on one day."""
    first: dict[tuple[object, ...], Place] = {}
    for each in sorted(source.conversations, key=lambda each: each.place):
        said = each.date, frozenset(each.partners), each.form, each.context, each.subject, frozenset(each.measures)
        earlier = first.setdefault(said, each.place)
        if earlier != each.place:
            yield Problem(each.place, "", f"the same conversation as the one at {earlier}", "if it is, remove one")


def measures_count(source: Source) -> Doubts:
    """Measures of a conversation outside the Actieagenda are counted nowhere: they, or the context, are a slip."""
    for each in source.conversations:
        if each.context == "society" and each.measures:
            what = "measures of a conversation that does not count for the Actieagenda"
            cure = "was it for the Actieagenda, write `context: agenda`; if not, leave the measures out"
            yield Problem(each.place, "measures", what, cure)


def days_are_near_the_editions(source: Source) -> Doubts:
    """A mistyped year."""
    near = _near(source)
    for place, key, day in _days(source):
        if day.year not in near:
            yield Problem(place, key, f"a day more than {FAR} years from every edition", "look at the year")


def _near(source: Source) -> range:
    """The years around the editions; without an edition every year."""
    periods = [each.period for each in source.editions]
    if not periods:
        return range(FIRST_YEAR, LAST_YEAR + 1)
    return range(min(each.start for each in periods).year - FAR, max(each.until for each in periods).year + FAR + 1)


def _days(source: Source) -> Iterator[tuple[Place, str, date]]:
    for conversation in source.conversations:
        yield conversation.place, "date", conversation.date
    for partner in source.partners:
        for endorsement in partner.endorsed:
            yield from ((partner.place, "endorsed", day) for day in (endorsement.start, endorsement.until) if day)
        for naming in partner.named_in:
            yield from ((partner.place, "named_in", day) for day in (naming.consent, naming.withdrawn) if day)
        if partner.ended is not None:
            yield partner.place, "ended", partner.ended
    for edition in source.editions:
        yield from _days_of(edition)


def _days_of(edition: Edition) -> Iterator[tuple[Place, str, date]]:
    yield from ((edition.place, key, day) for key, day in (("due", edition.due), ("sent", edition.sent)) if day)


def titles_tell_apart(source: Source) -> Doubts:
    """Readers know an edition by its title, and a page in the menu."""
    for kind, those in (("edition", source.editions), ("page", source.pages)):
        first: dict[str, Place] = {}
        for each in those:
            earlier = first.setdefault(letters(each.title), each.place)
            if earlier != each.place:
                yield Problem(each.place, "title", f"the same title as the {kind} at {earlier}", "write what differs")


def labels_tell_codes_apart(source: Source) -> Doubts:
    """Two codes that readers see as one row, twice."""
    vocabulary = source.vocabulary
    for key, terms in (("kinds", vocabulary.kinds), ("regions", vocabulary.regions), ("forms", vocabulary.forms)):
        first: dict[str, list[Term]] = {}
        for term in sorted(terms, key=lambda each: each.place):
            alike = first.setdefault(letters(term.label), [])
            earlier = next((each for each in alike if _overlap(each, term)), None)
            alike.append(term)
            if earlier is not None:
                yield Problem(term.place, key, f"the same label as the code at {earlier.place}", "write what differs")


def _overlap(one: Term, other: Term) -> bool:
    return one.first <= other.last and other.first <= one.last


def pages_are_complete(source: Source) -> Doubts:
    """What readers look for on a site of the government, and nobody but the ministry can fill in."""
    report = source.report
    asked = (
        ("accessibility_statement", report.accessibility_statement),
        ("privacy_statement", report.privacy_statement),
    )
    for key, link in asked:
        if link is None:
            what = f"a page without the link that readers look for: {key}"
            yield Problem(report.place, "", what, "add it as soon as there is one")


def next_edition_is_announced(source: Source) -> Doubts:
    """Readers are told by which day the next edition comes; that follows from its file."""
    editions = [each for each in source.editions if each.population == "agenda-partners"]
    if editions and all(each.sent for each in editions):
        last = max(editions, key=lambda each: each.period.until)
        what = "no day by which the next edition comes"
        yield Problem(last.place, "", what, "make the next edition, as a concept with its day behind `due`")


def file_names_are_neutral(source: Source) -> Doubts:
    """File names end up in messages, logs and git. The file is not told: its name would be."""
    common = _words_of_the_vocabulary(source)
    used = Counter(word for partner in source.partners for word in _words(*names(partner)))
    own: dict[str, set[str]] = {}
    for partner in source.partners:
        own.setdefault(partner.place.file, set()).update(_words(*names(partner)))
    telling = [
        file
        for file, words in own.items()
        if any(word in words and word not in common and used[word] <= 2 for word in _words(PurePosixPath(file).stem))  # noqa: PLR2004 - an umbrella and its member
    ]
    if telling:
        cure = "give it a neutral name, such as the kind of organisation or a number"
        yield Problem(Place("partners"), "", "a file name that holds a name of an organisation", cure)


def tables_tell_apart(source: Source) -> Doubts:
    """A table that was copied to make another of it: readers see the same numbers twice."""
    for edition in source.editions:
        first: dict[tuple[object, ...], TableSpec] = {}
        for table in edition.tables:
            earlier = first.setdefault((table.counts, table.rows, table.columns), table)
            if earlier is not table:
                yield Problem(
                    table.place, "", f"the same table as the one at {earlier.place}", "remove one, or divide otherwise"
                )


def texts_are_finished(source: Source) -> Doubts:
    """What somebody wrote to come back to, in a text that readers see."""
    for page in source.pages:
        if _TO_ONESELF.search(page.title):
            yield Problem(page.place, "title", *_UNFINISHED)
        for line, text in enumerate(page.text.split("\n"), page.begins):
            if (found := _TO_ONESELF.search(text)) is not None:
                yield Problem(Place(page.place.file, line, found.start() + 1), "", *_UNFINISHED)
    for edition in source.editions:
        said = [(edition.place, "title", edition.title), (edition.place, "late", edition.late or "")]
        said += (
            (table.place, key, text or "")
            for table in edition.tables
            for key, text in (("title", table.title), ("note", table.note))
        )
        yield from (Problem(place, key, *_UNFINISHED) for place, key, text in said if _TO_ONESELF.search(text))


def names_are_names(source: Source) -> Doubts:
    """Somebody who is named is named with the remark, and a name with a remark is compared with no other."""
    for partner in source.partners:
        if any(map(remarks.is_in, names(partner))):
            yield Problem(partner.place, "name", *remarks.IN_A_NAME)


def texts_are_whole(source: Source) -> Doubts:
    """A text without quotes with a comment behind it that may be its rest: the text was read without it."""
    yield from source.doubts


_UNFINISHED = ("a note of the writer in a text that readers see", "finish the text, or remove the note")


def the_mailbox_is_nobodys(source: Source) -> Doubts:
    """The one address that readers see is of a department: no persons stand in the source."""
    if _OF_ONE_PERSON.match(source.report.contact.email):
        what = "an address that looks like that of one person"
        yield Problem(source.report.place, "contact.email", what, "use the mailbox of a department")


def _words_of_the_vocabulary(source: Source) -> frozenset[str]:
    vocabulary = source.vocabulary
    terms = (*vocabulary.kinds, *vocabulary.regions, *vocabulary.forms)
    return frozenset(_words(*(text for term in terms for text in (term.code, term.label))))


def _words(*texts: str) -> frozenset[str]:
    folded = (letters(word) for text in texts for word in re.split(r"[\W_]+", text))
    return frozenset(word for word in folded if len(word) >= LEAST_LETTERS and not word.isdigit())


DOUBTS: tuple[Callable[[Source], Doubts], ...] = (
    editions_have_somebody,
    endorsed_before_working_together,
    conversations_are_told_once,
    measures_count,
    days_are_near_the_editions,
    titles_tell_apart,
    labels_tell_codes_apart,
    tables_tell_apart,
    texts_are_finished,
    texts_are_whole,
    names_are_names,
    the_mailbox_is_nobodys,
    file_names_are_neutral,
    pages_are_complete,
    next_edition_is_announced,
)
