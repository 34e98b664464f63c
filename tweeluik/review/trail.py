"""The audit trail, `approvals/trail.jsonl`: who did what with a release, when the person said so. Confidential.

A line per event, each with the digest of the line before: what is taken out or changed afterwards breaks the chain. The
public log (`record/log.py`) is the witness of what was published; this tells who reviewed and approved it. WHO is the
fingerprint of a key, or a function that somebody gave; the day is the one that the person gave. What a vote says is not
in it: that stands in the vote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Literal, TypedDict

from tweeluik.problems import Place, Problem, RegisterNotWhole
from tweeluik.record.log import START
from tweeluik.record.schema import DAY, DIGEST, TEXT, VERSION, Schema, object_of
from tweeluik.record.validation import NotThisShape, read_json
from tweeluik.review.box import FOLDER, TRAIL, Box

What = Literal["reviewed", "voted", "answered", "published", "withdrawn", "forgot"]

_WHATS: tuple[What, ...] = ("reviewed", "voted", "answered", "published", "withdrawn", "forgot")
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
    """One line. `about` is a digest: of what was reviewed, of a vote's signature, of the record that was published."""

    what: What
    edition: str
    version: int
    day: date
    who: str
    about: str
    number: int = 0
    before: str = START


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
    before = sha256(line_of(trail[-1])).hexdigest() if trail else START
    line = line_of(
        Event(event.what, event.edition, event.version, event.day, event.who, event.about, len(trail) + 1, before)
    )
    return Box({**box.files, TRAIL: box.files.get(TRAIL, b"") + line + b"\n"})


def read_trail(box: Box) -> tuple[Event, ...]:
    """Every event, in its order.

    Raises:
        RegisterNotWhole: at the first line that is not whole, not in its place, or does not go on from the one before.
    """
    return tuple(_events(box.files.get(TRAIL, b"")))


def _events(data: bytes) -> Iterator[Event]:
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
