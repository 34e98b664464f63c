"""What the review room shows of a proposal: gathered from the true tables, the protection and the public record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import get_args

from tweeluik.checks.audit.claims import Claim
from tweeluik.pipeline.proposal import Proposal
from tweeluik.protection.claims import claims
from tweeluik.protection.forecast import Forecast, forecast
from tweeluik.protection.keys import Key
from tweeluik.protection.merging import merged
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.safety import is_sensitive
from tweeluik.public.figure import Interval
from tweeluik.public.intervals import Intervals, known
from tweeluik.public.texts import withholds
from tweeluik.record.cell import Codes, Content, Rounded, Shown
from tweeluik.record.labels import label_of
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.review.changes import words_of
from tweeluik.review.facts import RULES, Check
from tweeluik.review.room import (
    CellSeen,
    MergeSeen,
    NamedSeen,
    OrganisationSeen,
    Room,
    TableSeen,
    changes_of,
    share,
)
from tweeluik.review.standing import Standing
from tweeluik.review.trail import Event, tell_event
from tweeluik.selection.explain import Verdict, explain
from tweeluik.selection.tables import Table
from tweeluik.source.doubts import find_doubts
from tweeluik.source.records import Edition, MergedName, Source
from tweeluik.words import dutch
from tweeluik.words.messages import translate
from tweeluik.words.reviewing import REVIEW
from tweeluik.words.wording import DIMENSIONS

MERGED = frozenset(get_args(MergedName))
"""The dimensions of which an edition can take categories together."""

MOST_MERGES = 3
"""Of a table; those that help most."""


def look(proposal: Proposal, standing: Standing, trail: Sequence[Event] = ()) -> Room:
    """The whole room. Confidential, every part of it; `trail` is what was done with the edition, by whoever said so."""
    (protected,), source = proposal.made.protected, proposal.source
    drawn = forecast(source, protected.selection, protected.tables)
    return Room(
        title=proposal.release.title,
        edition=proposal.edition.id,
        facts=proposal.facts,
        subject=proposal.subject,
        standing=standing,
        calendar=tuple(_calendar(proposal)),
        organisations=tuple(_organisations(proposal)),
        tables=tuple(_tables(proposal.release, protected, drawn)),
        named=tuple(_named(source, proposal.edition)),
        exemptions=tuple((each.file, each.sentence) for each in proposal.exemptions),
        turnover="" if drawn is None else _turnover(drawn),
        is_rounded=proposal.release.rounding_base is not None and not withholds(proposal.release),
        doubts=tuple(_doubts(proposal)),
        trail=tuple(tell_event(each).shown("nl") for each in trail if each.edition == proposal.edition.id),
    )


def _doubts(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """What `check` warns of, by its place: questions that somebody has to answer."""
    for each in (
        *find_doubts(proposal.source, was_published=bool(proposal.made.before.register)),
        *proposal.made.summary.doubts(),
    ):
        what = f"{each.path}: {translate(each.what, 'nl')}" if each.path else translate(each.what, "nl")
        yield str(each.place), what


def _calendar(proposal: Proposal) -> Iterator[Check]:
    release, day = proposal.release, proposal.subject.day
    empty = REVIEW.text("calendar.empty")
    for asked, value in (("due", release.due), ("sent", release.sent)):
        told = empty if value is None else dutch.day(value)
        yield Check(REVIEW.text(f"calendar.{asked}"), told, needs_attention=value is None)
    late = release.due is not None and (release.sent or day) > release.due
    if late or release.late:
        yield Check(REVIEW.text("calendar.late"), release.late or empty, needs_attention=not release.late)
    yield Check(REVIEW.text("calendar.published"), dutch.day(day), needs_attention=False)


def _named(source: Source, edition: Edition) -> Iterator[NamedSeen]:
    for partner in sorted(source.partners, key=lambda each: (each.name.casefold(), each.id)):
        for each in partner.named_in:
            if each.edition == edition.id:
                withdrawn = "" if each.withdrawn is None else dutch.day(each.withdrawn)
                yield NamedSeen(partner.name, dutch.day(each.consent), withdrawn)


def _turnover(drawn: Forecast) -> str:
    shares = {name: share(getattr(drawn.turnover, name)) for name in ("stayed", "otherwise", "came")}
    return REVIEW.text("number.turnover", **shares)


# --- organisations ----------------------------------------------------------------------------------------------------


def _organisations(proposal: Proposal) -> Iterator[OrganisationSeen]:
    """In the order of their names."""
    verdicts = explain(proposal.source)
    changes = changes_of(proposal.facts.moved)
    past: dict[str, list[Verdict]] = {}
    own = [each for each in verdicts if each.edition.population == proposal.edition.population]
    for each in sorted(own, key=lambda verdict: (verdict.edition.period.until, verdict.edition.id)):
        if each.edition.period.until <= proposal.edition.period.until:
            past.setdefault(each.partner.id, []).append(each)
    names = {each.id: each.name for each in proposal.source.partners}
    asked = (each for each in verdicts if each.edition.id == proposal.edition.id)
    for each in sorted(asked, key=lambda verdict: (verdict.partner.name.casefold(), verdict.partner.id)):
        yield OrganisationSeen(
            id=each.partner.id,
            name=each.partner.name,
            is_in=each.is_in,
            rules=tuple(RULES[rule.number] for rule in each.unmet) or tuple(_continued(each, names)),
            since=_since(past[each.partner.id]),
            counted_with="" if each.contributor == each.partner.id else names.get(each.contributor, ""),
            conversations=each.conversations,
            change=changes.get(each.partner.id, ""),
        )


def _continued(verdict: Verdict, names: Mapping[str, str]) -> Iterator[str]:
    yield from (REVIEW.text("moved.continues_in", name=names[each]) for each in verdict.continued_by)


def _since(verdicts: list[Verdict]) -> str:
    """The first edition of those, up to this one, in which it has been in or out without a break."""
    first = verdicts[-1]
    for each in reversed(verdicts):
        if each.is_in != verdicts[-1].is_in:
            break
        first = each
    return first.edition.id


# --- tables -----------------------------------------------------------------------------------------------------------


def _tables(release: Release, protected: ProtectedEdition, drawn: Forecast | None) -> Iterator[TableSeen]:
    closest, insiders = _closest(protected), _insiders(release, protected)
    for table, released in zip(protected.tables, release.tables, strict=True):
        shares = {} if drawn is None else drawn.small.get(table.spec.id, {})
        cells = tuple(
            _cell(release, released, table, codes, protected, (insiders, closest), shares) for codes in released.cells
        )
        yield TableSeen(released.id, released.title, cells, tuple(_merges(table, protected)))


def _cell(  # noqa: PLR0917 - private, and all of it about one cell
    release: Release, released: ReleasedTable, table: Table, codes: Codes, protected: ProtectedEdition,
    inside: tuple[Mapping[Key, Interval], Mapping[Key, str]], shares: Mapping[Codes, float],
) -> CellSeen:  # fmt: skip
    unknowns, content = protected.linked.unknowns, released.cells[codes]
    unknown = unknowns.of(table, codes)
    key, members = unknowns.all[unknown].key, table.cells[codes]
    everybody, (insiders, closest) = known(release).of(released, codes), inside
    return CellSeen(
        label=label_of(released, codes),
        true=len(members),
        behind=len(unknowns.contributions(key, members)),
        said=words_of(content),
        is_unsafe=unknown in protected.linked.sensitive,
        why=_why(content, is_unsafe=unknown in protected.linked.sensitive, counts=table.spec.counts),
        outsider=_between(*everybody),
        insider=_between(*insiders.get(key, everybody)) if members else "",
        not_excluded="" if isinstance(content, Shown) else closest.get(key, ""),
        next_year=shares.get(codes),
    )


def _why(content: Content, *, is_unsafe: bool, counts: str) -> str:
    if isinstance(content, Shown):
        return ""
    if not is_unsafe:
        return "" if isinstance(content, Rounded) else REVIEW.text("number.beside")
    return REVIEW.text("number.few" if counts == "partners" else "number.heavy")


def _between(low: int, high: int | None) -> str:
    if high is None:
        return REVIEW.text("number.or_more", low=str(low))
    return str(low) if low == high else REVIEW.text("number.between", low=str(low), high=str(high))


def _insiders(release: Release, protected: ProtectedEdition) -> Mapping[Key, Interval]:
    """Per number what that one of those in it works out who can tell most, from what everybody sees and its own."""
    unknowns, own = protected.linked.unknowns, defaultdict[str, dict[Key, int]](dict)
    for table, released in zip(protected.tables, release.tables, strict=True):
        for codes in released.cells:
            key = unknowns.all[unknowns.of(table, codes)].key
            for holding, records in unknowns.contributions(key, table.cells[codes]).items():
                own[holding][key] = len(records)
    found: dict[Key, Interval] = {}
    for of_one in own.values():
        seen = Intervals(release, of_one)
        for key in of_one:
            found[key] = min(found.get(key, (0, None)), seen.at(key), key=_room)
    return found


def _room(interval: Interval) -> tuple[float, int]:
    """How much an interval leaves open; of those without an end the one that begins last leaves least."""
    low, high = interval
    return inf if high is None else high - low, -low


def _closest(protected: ProtectedEdition) -> Mapping[Key, str]:
    """Per number what the closest of those who are in it cannot exclude; the audit proved it of these very files."""
    found: dict[Key, Claim] = {}
    for claim in claims((protected,)).targets:
        key = (claim.counts, frozenset(claim.key))
        if claim.attacker and (key not in found or _width(claim) < _width(found[key])):
            found[key] = claim
    return {key: _cannot_exclude(claim) for key, claim in found.items()}


def _width(claim: Claim) -> int:
    return (claim.high or 0) - (claim.low or 0)


def _cannot_exclude(claim: Claim) -> str:
    less = "" if claim.low is None else REVIEW.text("number.or_less", high=str(claim.low))
    more = "" if claim.high is None else REVIEW.text("number.or_more", low=str(claim.high))
    return REVIEW.text("number.both", one=less, other=more) if less and more else less or more


# --- merges -----------------------------------------------------------------------------------------------------------


def _merges(table: Table, protected: ProtectedEdition) -> Iterator[MergeSeen]:
    """The merges of two categories that leave the fewest numbers of a table unsafe by themselves."""
    now = _unsafe(table, protected)
    if not now or table.spec.counts != "partners":
        return
    found = sorted(_tried(table, protected, now), key=lambda each: (each.then, each.dimension, each.one, each.other))
    yield from found[:MOST_MERGES]


def _tried(table: Table, protected: ProtectedEdition, now: int) -> Iterator[MergeSeen]:
    for side in table.dimensions:
        for at, one in enumerate(side.categories if side.name in MERGED else ()):
            for other in side.categories[at + 1 :]:
                (joint,) = merged((table,), side.name, one.code, other.code)
                then = _unsafe(joint, protected)
                if then < now:
                    label = f"{one.label} en {other.label}"
                    line = f"- {{dimension: {side.name}, codes: [{one.code}, {other.code}], label: {label}}}"
                    yield MergeSeen(DIMENSIONS[side.name].one, one.label, other.label, now, then, line)


def _unsafe(table: Table, protected: ProtectedEdition) -> int:
    linked = protected.linked
    key: Key = (table.spec.counts, frozenset())
    return sum(is_sensitive(linked.unknowns, key, members, linked.limits) for members in table.cells.values())
