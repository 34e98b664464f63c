"""The audit trail, `approvals/trail.jsonl`: who did what with a release, when the person said so. Confidential.

A line per event, each with the digest of the line before: what is taken out or changed afterwards breaks the chain, and
whoever kept its head, the digest of the last line, can tell whether a later trail goes on from it. The public log
(`record/log.py`) is the witness of what was published; this tells who made, looked at and approved it. WHO is the
fingerprint of a key, or a function that somebody gave; the day is that of the publication, or the one on which the
person did it. What a vote says is not in it: that stands in the vote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal, TypedDict, get_args

from tweeluik.problems import Place, Problem, RegisterNotWhole
from tweeluik.record.log import START
from tweeluik.record.model import Entry
from tweeluik.record.schema import DAY, DIGEST, TEXT, VERSION, Schema, object_of
from tweeluik.record.validation import NotThisShape, read_json
from tweeluik.review.box import FOLDER, TRAIL, Box
from tweeluik.words.merged import WHAT as MERGED
from tweeluik.words.merged import merged_in
from tweeluik.words.said import Said, said

What = Literal["built", "reviewed", "voted", "answered", "published", "withdrawn", "forgot"]

_WHATS: tuple[What, ...] = get_args(What)
_LINE: Schema = object_of({
    "number": {"type": "integer", "minimum": 1, "maximum": 999_999},
    "what": {"enum": [*_WHATS]},
    "edition": TEXT,
    "version": VERSION,
    "day": DAY,
    "who": TEXT,
    "about": DIGEST,
    "before": DIGEST,
})  # fmt: skip


class _Raw(TypedDict):
    number: int
    what: What
    edition: str
    version: int
    day: str
    who: str
    about: str
    before: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line. `about` is a digest.

    Of the record that was built, published or taken back, or whose memory was forgotten; of the subject that was
    reviewed (`subject.py`); of a vote's signature.
    """

    what: What
    edition: str
    version: int
    day: date
    who: str
    about: str
    number: int = 0
    before: str = START


def tell_event(event: Event) -> Said:
    """An event as a line for people."""
    who, what = event.who or said("nobody said who"), said(event.what)
    told = "{day}: version {version}: {what}: {who}"
    return said(told, day=event.day.isoformat(), version=event.version, what=what, who=who)


def line_of(event: Event) -> bytes:
    """The line of an event, without its line feed."""
    raw = {**asdict(event), "day": event.day.isoformat()}
    return json.dumps({key: raw[key] for key in ("number", *(key for key in raw if key != "number"))}).encode()


def with_event(box: Box, event: Event) -> Box:
    """The box with one line more in its trail.

    Raises:
        RegisterNotWhole: as `read_trail`.
    """
    trail = read_trail(box)
    line = line_of(replace(event, number=len(trail) + 1, before=head(trail)))
    return Box({**box.files, TRAIL: box.files.get(TRAIL, b"") + line + b"\n"})


def note_of(box: Box, event: Event) -> bytes:
    """The line that an event is to have in the trail of a box, for whoever has to write it there later.

    A trail that is not whole has no end to go on from: then as in a trail of its own.
    """
    try:
        return with_event(box, event).files[TRAIL][len(box.files.get(TRAIL, b"")) :]
    except RegisterNotWhole:
        return with_event(Box(), event).files[TRAIL]


def caught_up(box: Box, note: bytes) -> Box:
    """The box with those lines of a note that its trail lacks.

    Raises:
        RegisterNotWhole: as `read_trail`.
    """
    for _, event in read_lines(note):
        since = read_trail(box)[event.number - 1 :]
        if not any(_is_same(each, event) for each in since):
            box = with_event(box, event)
    return box


def _is_same(one: Event, other: Event) -> bool:
    return replace(one, number=other.number, before=other.before) == other


def head(trail: Sequence[Event]) -> str:
    """The digest of the last line, which the next one must name."""
    return sha256(line_of(trail[-1])).hexdigest() if trail else START


def read_trail(box: Box) -> tuple[Event, ...]:
    """Every event, in its order.

    Raises:
        RegisterNotWhole: at the first line that is not whole, not in its place, or does not go on from the one before.
    """
    return tuple(_events(box.files.get(TRAIL, b"")))


def read_lines(data: bytes) -> Iterator[tuple[int, Event]]:
    """The events of a trail with the numbers of their lines, as far as these can be read: it need not be whole."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            event = _event(line, number)
        except RegisterNotWhole:
            continue
        yield number, event


def count_unsaid(trail: Sequence[Event], edition: str, box: Box, log: Sequence[Entry]) -> int:
    """How many votes and publications of an edition are there, or in the public log, of which the trail does not tell.

    A trail whose last lines were cut off is whole in itself: these are its witnesses.
    """
    told = {(each.what in _PUBLIC, each.about) for each in trail if each.edition == edition}
    entries = [each for each in log if each.edition == edition]
    votes = {*box.signatures(edition), *(digest for each in entries for digest in each.approvals)}
    done = {*((False, each) for each in votes), *((True, each.record) for each in entries)}
    return len(done - told)


_PUBLIC = ("published", "withdrawn")
"""What the log knows as well."""


def _events(data: bytes) -> Iterator[Event]:
    if (at := merged_in(data)) is not None:
        hint = "keep one of the versions; who is missing in it then, approves again"
        raise RegisterNotWhole(Problem(Place(f"{FOLDER}/{TRAIL}", at + 1, 1), "", MERGED, hint))
    lines, before = data.split(b"\n"), START
    if lines[-1]:
        raise _broken(len(lines))
    for number, line in enumerate(lines[:-1], start=1):
        event = _event(line, number)
        if (event.number, event.before) != (number, before):
            raise _broken(number)
        before = sha256(line).hexdigest()
        yield event


def _event(line: bytes, number: int) -> Event:
    try:
        raw: _Raw = read_json(line, _LINE)
        day = date.fromisoformat(raw["day"])
    except (NotThisShape, ValueError):
        raise _broken(number) from None
    event = Event(
        raw["what"], raw["edition"], raw["version"], day, raw["who"], raw["about"], raw["number"], raw["before"]
    )
    if line_of(event) != line:
        raise _broken(number)
    return event


def _broken(number: int) -> RegisterNotWhole:
    what = "the trail does not go on from the line before: a line was changed, removed or put elsewhere"
    return RegisterNotWhole(Problem(Place(f"{FOLDER}/{TRAIL}", number, 1), "", what, "restore it from a copy"))
