"""A version on its way out: the site as it will be, what a reviewer has to know beside it, and what is approved.

`review`, `diff`, `approve` and `publish` all make it in the same way, so that what was looked at is what goes out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from tweeluik.checks.guard.exemptions import Exemption
from tweeluik.disk.folders import need_templates
from tweeluik.door.release import imprint, salt
from tweeluik.pipeline.border import warm
from tweeluik.pipeline.content import Content, Examine, accept, read_unadopted
from tweeluik.pipeline.made import Made, Progress, silent
from tweeluik.pipeline.making import Making, make_of
from tweeluik.pipeline.publishing import Seal, adopt, remember
from tweeluik.problems import NotApproved, Place, Problem, WrongUsage, no_such_edition
from tweeluik.protection.agreement import differences
from tweeluik.record.model import Entry, Release
from tweeluik.record.register import Published
from tweeluik.review.facts import Facts, Proposed, find_facts
from tweeluik.review.subject import Subject, digests_of
from tweeluik.selection.microdata import Microdata, microdata, serialise
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import Unseal
from tweeluik.source.records import LAST_YEAR, Edition, Source


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """One version, made and checked; `facts` and the site are under the one digest of `subject`."""

    edition: Edition
    source: Source
    made: Made
    making: Making
    facts: Facts
    subject: Subject
    exemptions: tuple[Exemption, ...] = ()

    @property
    def release(self) -> Release:
        """Its record."""
        (release,) = self.made.releases
        return release

    @property
    def names_gone(self) -> frozenset[str]:
        """Who stood in its earlier version by name, and does not any more."""
        versions = self.made.before.register.get(self.edition.id, ())
        return frozenset(versions[-1].named if versions else ()) - frozenset(self.release.named)

    @property
    def entry(self) -> Entry:
        """Its line in the log, without approvals."""
        return self.made.published.log[-1]


@dataclass(frozen=True, slots=True, repr=False)
class Ready:
    """A content that was read, with a register that has a log, and the edition that was asked for."""

    given: Content
    source: Source
    edition: Edition
    adopted: int = 0

    @property
    def is_open(self) -> bool:
        """Whether there is anything to freeze: a candidate, or a concept whose edition was not final before."""
        return self.edition in (*self.given.candidates, *self.given.concepts)


def prepare(
    content: Path, *, edition: str, day: date | None = None, provisional: bool = False, seal: Seal | None = None,
    unseal: Unseal | None = None, examine: Examine = accept, progress: Progress = silent,
) -> Ready:  # fmt: skip
    """Read everything; the arguments are those of `freezing.make_publication`.

    Raises:
        WrongUsage: there is no such edition, it is not in the state that was asked for, or its day is not known.
        BuildFailed: as `steps.make_site`.
    """
    warm()
    progress("reading the source")
    given, source = _with_source(read_unadopted(content, unseal=unseal, examine=examine))
    seen = given.published
    adopted = sum(map(len, seen.register.values())) if seen.is_older_than_the_log else 0
    if adopted:
        key = secret_of(source)
        given = replace(given, published=adopt(seen, imprint(source, LAST_YEAR), partial(salt, key), day))
        given = replace(given, published=_with_memories(given, source, seal))
    return Ready(given, source, _find(source, edition, provisional=provisional), adopted)


def propose(
    ready: Ready, templates: Path, day: date | None, progress: Progress = silent, *, advise: bool = False
) -> Proposal:
    """The version that is next; `advise` as `steps.make_site`.

    Raises:
        BuildFailed: as `steps.make_site`.
    """
    making = make_of(ready.given, templates, progress, advise=advise)
    made = making.with_editions((ready.edition,), day)
    (release,), entry = made.releases, made.published.log[-1]
    memory = _memory_beside(ready, release)
    facts = find_facts(
        Proposed(
            ready.source, ready.edition, release, entry.day, made.before, memory,
            tuple(map(str, differences(ready.source, made.before.register))), len(ready.given.exceptions),
        )
    )  # fmt: skip
    subject = Subject(
        release.edition, release.version, entry.status, entry.day, entry.record, facts.digest, digests_of(made.files)
    )
    return Proposal(ready.edition, ready.source, made, making, facts, subject, ready.given.exceptions)


def make_proposal(
    content: Path, templates: Path, *, edition: str, day: date | None = None, provisional: bool = False,
    unseal: Unseal | None = None, examine: Examine = accept, progress: Progress = silent, advise: bool = False,
) -> Proposal:  # fmt: skip
    """The next version of an edition, for who reviews it; nothing is written. `advise` as `steps.make_site`.

    Raises:
        NotApproved: it has been published already, so that it is too late.
        BuildFailed: as `prepare` and `propose`.
    """
    need_templates(templates, "public")
    ready = prepare(
        content, edition=edition, day=day, provisional=provisional, unseal=unseal, examine=examine, progress=progress
    )
    if not ready.is_open:
        hint = "a correction with a new version comes first, see the guide"
        raise NotApproved(Problem(ready.edition.place, "", "too late: this version has been published", hint))
    return propose(ready, templates, day, progress, advise=advise)


def _memory_beside(ready: Ready, release: Release) -> Microdata | None:
    """What is remembered of its earlier version, or else of the last edition before it about the same population."""
    memories = ready.given.memories
    own = memories.get((release.edition, release.version - 1))
    if own is not None:
        return own
    before = [
        each
        for each in ready.given.published.current
        if each.population == release.population and each.period_until < release.period_from
    ]
    found = (memories.get((each.edition, each.version)) for each in sorted(before, key=_of_its_time, reverse=True))
    return next((each for each in found if each is not None), None)


def _of_its_time(release: Release) -> tuple[date, str]:
    return release.period_until, release.edition


def _with_memories(given: Content, source: Source, seal: Seal | None) -> Published:
    """An adopted register, with the memories of those versions that the source still says the same of."""
    published, register = given.published, given.published.register
    changed = {each.edition for each in differences(source, register)}
    for edition in source.editions:
        versions = register.get(edition.id, ())
        last = versions[-1:]
        if any(each.tables and each.version == edition.version for each in last) and edition.id not in changed:
            memory = serialise(microdata(source, select(source, edition), secret_of(source)))
            published = remember(published, versions[-1], memory, seal)
    return published


def _with_source(given: Content) -> tuple[Content, Source]:
    if given.source is None:
        hint = "restore the source of the edition that is to be published"
        raise WrongUsage(Problem(Place("editions"), "", "there is nothing to publish but records", hint))
    return given, given.source


def _find(source: Source, asked: str, *, provisional: bool) -> Edition:
    found = next((each for each in source.editions if each.id == asked), None)
    if found is None:
        raise no_such_edition(each.id for each in source.editions)
    place = Place(f"editions/{asked}.yaml")
    if found.status == "concept" and not provisional:
        hint = "make the status final first, or publish it on purpose with --provisional: then it is known for ever"
        raise WrongUsage(Problem(place, "status", "a concept is not published", hint))
    if found.status == "final" and provisional:
        raise WrongUsage(Problem(place, "status", "a final edition is not provisional", "leave --provisional out"))
    return found
