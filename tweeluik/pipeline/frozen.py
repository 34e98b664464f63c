"""What a publication comes to: what is frozen, for whom, on which grounds, and what the calendar says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tweeluik.problems import Problem
from tweeluik.record.cell import Rounded, Suppressed
from tweeluik.record.log import head
from tweeluik.record.model import Entry, Release
from tweeluik.record.register import FOLDER, Published, file_of
from tweeluik.source.records import Number, Source
from tweeluik.words.said import Said, said


@dataclass(frozen=True, slots=True)
class Ground:
    """A number of the policy that it rests on, and where that comes from."""

    name: str
    value: int
    source: str


def grounds_of(source: Source) -> tuple[Ground, ...]:
    """What the policy says of a publication; p is told to nobody."""
    policy = source.policy
    asked: dict[str, Number] = {"threshold": policy.threshold, "approvals": policy.approvals}
    return tuple(Ground(name, each.value, each.source) for name, each in asked.items())


@dataclass(frozen=True, slots=True, repr=False)
class Frozen:
    """The register as it is to be. `release` is None when there was nothing to freeze that was not there already.

    `adopted`: how many versions from before the log got a line in it; `struck`: how many names went from earlier
    versions, because their consent was withdrawn. `key`: what the choices of protection followed from, where the source
    has no key; the next publications need it. `doubts`: what is often not meant in what is frozen.
    """

    edition: str
    published: Published
    release: Release | None = None
    adopted: int = 0
    struck: int = 0
    grounds: tuple[Ground, ...] = ()
    key: str | None = None
    doubts: tuple[Problem, ...] = ()

    @property
    def entry(self) -> Entry:
        """The line in the log of what was frozen, or was there already."""
        return next(each for each in reversed(self.published.log) if each.edition == self.edition)

    def as_lines(self, *, dry_run: bool) -> Iterator[Said]:
        """For a terminal."""
        entry = self.entry
        if dry_run:
            yield said("if this were no trial:")
        if self.adopted:
            yield said("versions from before the log that are in it now: {number}", number=self.adopted)
        if self.release is None:
            what = "version {version} of {edition} has been published already, on {day}"
            yield said(what, version=entry.version, edition=entry.edition, day=str(entry.day))
            return
        what = "version {version} of {edition}, {status}, is frozen in {place}, on {day}"
        place, status = f"{FOLDER}/{entry.edition}", said(entry.status)
        yield said(
            what, version=entry.version, edition=entry.edition, status=status, place=place, day=str(entry.day)
        )  # fmt: skip
        what = "publication {number}; the record has SHA-256 {record}, the log {head}"
        yield said(what, number=entry.number, record=entry.record, head=head(self.published.log))
        yield from (each.below() for each in self._details(self.release))
        if self.struck:
            what = "names struck from earlier versions, because their consent was withdrawn: {number}"
            yield said(what, number=self.struck)

    def _details(self, release: Release) -> Iterator[Said]:
        """What is frozen, for whom, on which grounds and when."""
        yield from _about(release)
        for each in self.grounds:
            yield said("ground: {name} {value} ({source})", name=said(each.name), value=each.value, source=each.source)
        yield said("approvals in the log: {number}", number=len(self.entry.approvals))
        yield from _calendar(release, self.entry.day)
        memory = self.published.memory_of(self.edition, self.entry.version)
        if memory is not None:
            yield said("confidential memory: {file}", file=memory[0])

    def as_data(self) -> dict[str, object]:
        """For `--json`."""
        entry, release = self.entry, self.release
        return {
            "edition": entry.edition,
            "version": entry.version,
            "status": entry.status,
            "day": entry.day.isoformat(),
            "number": entry.number,
            "record": file_of(entry.edition, entry.version),
            "digest": entry.record,
            "head": head(self.published.log),
            "new": release is not None,
            "adopted": self.adopted,
            "names_struck": self.struck,
            "approvals": list(entry.approvals),
            "grounds": [{"name": each.name, "value": each.value, "source": each.source} for each in self.grounds],
            **({} if release is None else _as_data(release)),
        }


def _about(release: Release) -> Iterator[Said]:
    """What readers get, and who they are."""
    if release.withdrawal is not None:
        yield said("for everybody: that it was taken back, and why: {note}", note=release.withdrawal.note)
    elif release.notice is not None:
        notice = release.notice
        yield said("for everybody: a notice that the list is not public, and why")
        first, last = str(notice.inspection_from), str(notice.inspection_until)
        what = "for inspection: {audience}, from {first} until {last}, {place}"
        yield said(what, audience=notice.audience, first=first, last=last, place=notice.location)
    else:
        exact, rounded, hidden = _counts(release)
        what = "for everybody: numbers in tables ({tables}): {exact} exact, {rounded} rounded, {hidden} not shown"
        yield said(what, tables=len(release.tables), exact=exact, rounded=rounded, hidden=hidden)
        yield said("for everybody: organisations by name: {number}", number=len(release.named))


def _counts(release: Release) -> tuple[int, int, int]:
    """How many numbers are exact, rounded and not shown."""
    cells = [each for table in release.tables for each in table.cells.values()]
    rounded, hidden = (sum(isinstance(each, kind) for each in cells) for kind in (Rounded, Suppressed))
    return len(cells) - rounded - hidden, rounded, hidden


def _calendar(release: Release, day: date) -> Iterator[Said]:
    due = said("on no day") if release.due is None else str(release.due)
    sent = said("not yet") if release.sent is None else str(release.sent)
    yield said("calendar: due {due}, sent {sent}, published {day}", due=due, sent=sent, day=str(day))
    late = 0 if release.due is None else ((release.sent or day) - release.due).days
    if late > 0:
        yield said(
            "calendar: late, in days: {number}; {why}",
            number=late,
            why=release.late or said("readers are not told why"),
        )
    if release.next_due is not None:
        yield said("calendar: the next edition is due {day}", day=str(release.next_due))


def _as_data(release: Release) -> dict[str, object]:
    exact, rounded, hidden = _counts(release)
    days = {"due": release.due, "sent": release.sent, "next_due": release.next_due}
    return {
        "public": release.notice is None,
        "withdraws": None if release.withdrawal is None else release.withdrawal.note,
        "tables": len(release.tables),
        "exact": exact,
        "rounded": rounded,
        "hidden": hidden,
        "named": len(release.named),
        **{name: None if each is None else each.isoformat() for name, each in days.items()},
        "late": release.late,
    }
