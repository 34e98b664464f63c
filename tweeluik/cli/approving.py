"""What commands about a release share: the version that is proposed, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.dialogue import today

if TYPE_CHECKING:
    from datetime import date

    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.problems import NotApproved
    from tweeluik.record.model import Entry
    from tweeluik.record.register import Published
    from tweeluik.review.box import Box
    from tweeluik.review.judging import Rules
    from tweeluik.review.standing import Standing
    from tweeluik.review.subject import Subject
    from tweeluik.review.trail import Event, What
    from tweeluik.source.records import Source

    Ask = Callable[[Subject, Source], Sequence[str]]


def rules_of(source: Source, content: Path) -> Rules:
    """How many must approve and who may, today.

    Raises:
        NotApproved: `allowed_signers` is not as it should be; or no author may approve, and who that is is not known.
    """
    from tweeluik.review.author import read_author
    from tweeluik.review.judging import Author, Rules
    from tweeluik.review.signers import read_signers

    asked = source.policy.approvals
    author = read_author(content) if asked.value and asked.not_by_author else Author()
    return Rules(asked.value, read_signers(content), today(), author)


def standing_of(
    subject: Subject, source: Source, content: Path, keyring: Keyring, box: Box | None = None
) -> Standing:  # fmt: skip
    """What the votes in the source are worth about a release; or those of a box that is going to be there.

    Raises:
        NotApproved: as `rules_of`; or the box holds what is none of ours, or does not open.
    """
    from tweeluik.review.box import read_box
    from tweeluik.review.judging import judge

    return judge(read_box(content) if box is None else box, subject, rules_of(source, content), keyring.unseal)


def replace_told(content: Path, seen: Published, files: Mapping[str, bytes], event: Event | None) -> tuple[str, ...]:
    """Put files in the place of the register, and an event in the trail; killed in between, the next command tells it.

    Raises:
        BuildFailed: as `replace_register`; nothing has changed.
    """
    from tweeluik.record.register import replace_register

    replace_register(content, seen, files, b"" if event is None else _note(content, event))
    return keep(content)


def _note(content: Path, event: Event) -> bytes:
    from tweeluik.problems import BuildFailed
    from tweeluik.review.box import Box, read_box
    from tweeluik.review.trail import note_of

    try:
        box = read_box(content)
    except BuildFailed:
        box = Box()
    return note_of(box, event)


def event_of(what: What, entry: Entry, *, day: date | None = None, who: str) -> Event:
    """What was done with a record, on a day or on that of its publication."""
    from tweeluik.review.trail import Event

    return Event(what, entry.edition, entry.version, day or entry.day, who, entry.record)


def note_review(content: Path, subject: Subject, *, who: str) -> tuple[str, ...]:
    """Keep in the audit trail that somebody who says who they are looks at a release; nobody else is noted."""
    from tweeluik.review.trail import Event

    event = Event("reviewed", subject.edition, subject.version, today(), who, subject.digest)
    return keep(content, event) if who else ()


def keep(content: Path, *events: Event) -> tuple[str, ...]:
    """The trail with these events, behind what it still lacks; a warning when that cannot be, because done it is."""
    from tweeluik.problems import BuildFailed
    from tweeluik.record.register import clear_note, read_note
    from tweeluik.review.box import read_box, replace_box
    from tweeluik.review.trail import caught_up, with_event

    note = read_note(content)
    try:
        seen = read_box(content)
        box = reduce(with_event, events, caught_up(seen, note))
        if box.files != seen.files:
            replace_box(content, seen, box)
        clear_note(content, note)
    except BuildFailed as failure:
        return tuple(f"done, but not kept in the trail: {each}" for each in failure.problems)
    return ()


def read_up(content: Path) -> Box:
    """The ballot box with all that its trail is to tell; nothing is written.

    Raises:
        NotApproved: the box holds what is none of ours.
        RegisterNotWhole: the trail is not whole.
    """
    from tweeluik.record.register import read_note
    from tweeluik.review.box import read_box
    from tweeluik.review.trail import caught_up

    return caught_up(read_box(content), read_note(content))


def approved(content: Path, keyring: Keyring) -> Ask:
    """What `publish` asks of a release: the digests of its approvals, or a refusal."""
    from tweeluik.review.telling import refuse_closed

    def ask(subject: Subject, source: Source) -> Sequence[str]:
        if not source.policy.approvals.value:
            return ()
        standing = standing_of(subject, source, content, keyring)
        refuse_closed(standing)
        return standing.digests

    return ask


def refusing_afterwards(approve: Ask, refused: list[NotApproved]) -> Ask:
    """The same for a trial, that shows what would be frozen before it refuses: the refusal is kept in `refused`."""
    from tweeluik.problems import NotApproved

    def ask(subject: Subject, source: Source) -> Sequence[str]:
        try:
            return approve(subject, source)
        except NotApproved as failure:
            refused.append(failure)
            return ()

    return ask
