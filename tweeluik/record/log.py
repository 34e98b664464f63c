"""The log of publications, `log.jsonl`: append-only, a line per publication, each with the digest of the line before.

A line that is removed, changed or put elsewhere breaks the chain behind it. The digest of the last line, the head, is
printed on paper and on the site; whoever kept one can tell whether a later log still goes on from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256

from tweeluik.record.canonical import digest
from tweeluik.record.model import Entry, Release
from tweeluik.record.schema import DAY, DIGEST, VERSION, object_of
from tweeluik.record.validation import NotThisShape, read_json

START = "0" * 64
"""What stands for the digest of the line before the first."""

_LINE = object_of(
    {
        "number": {"type": "integer", "minimum": 1, "maximum": 999_999},
        "edition": {"type": "string", "minLength": 1},
        "version": VERSION,
        "status": {"enum": ["provisional", "final"]},
        "day": DAY,
        "record": DIGEST,
        "approvals": {"type": "array", "items": DIGEST},
        "before": DIGEST,
    }
)


PUBLIC = "publicaties.json"
"""The log's file on the site."""

Log = tuple[Entry, ...]


class BrokenLog(Exception):
    """A line is not what it should be; `number` counts from 1."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(what)
        self.number, self.what = number, what


def line_of(entry: Entry) -> bytes:
    """The line of a publication, without its line feed."""
    return json.dumps({**asdict(entry), "day": entry.day.isoformat()}, ensure_ascii=False).encode()


def digest_of(entry: Entry) -> str:
    """SHA-256 of its line, in hexadecimal: what the next line must name, and the head until there is one."""
    return sha256(line_of(entry)).hexdigest()


def head(log: Sequence[Entry]) -> str:
    """The digest of the last line."""
    return digest_of(log[-1]) if log else START


def follow(log: Log, release: Release, day: date, approvals: Sequence[str] = ()) -> Log:
    """The log with one publication more."""
    entry = Entry(
        number=len(log) + 1,
        edition=release.edition,
        version=release.version,
        status=release.status,
        day=day,
        record=digest(release),
        approvals=tuple(approvals),
        before=head(log),
    )
    return (*log, entry)


def serialise_log(log: Log) -> bytes:
    """The bytes of `log.jsonl`."""
    return b"".join(line_of(entry) + b"\n" for entry in log)


def serialise_public(log: Log) -> bytes:
    """The bytes of `publicaties.json` on the site: the same lines, and the head."""
    lines: list[object] = [json.loads(line_of(entry)) for entry in log]
    return (json.dumps({"head": head(log), "publications": lines}, ensure_ascii=False, indent=2) + "\n").encode()


def parse_public(data: bytes) -> Log | None:
    """The log in a site's `publicaties.json`; None when it is none that this program wrote."""
    shape = object_of({"head": DIGEST, "publications": {"type": "array", "items": _LINE}})
    try:
        raw = read_json(data, shape)
        log = parse_log(b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in raw["publications"]))
    except (NotThisShape, BrokenLog):
        return None
    return log if head(log) == raw["head"] else None


def parse_log(data: bytes) -> Log:
    """The log in the bytes of `log.jsonl`.

    Raises:
        BrokenLog: at the first line that is not whole, not in its place, or does not go on from the one before.
    """
    return tuple(_entries(data))


def _entries(data: bytes) -> Iterator[Entry]:
    lines = data.split(b"\n")
    before, last, versions = START, date.min, dict[str, int]()
    for number, line in enumerate(lines[:-1], start=1):
        entry = _entry(line, number)
        if entry.number != number:
            raise BrokenLog(number, "a line is missing or in another place: this is not the line of its number")
        if entry.before != before:
            raise BrokenLog(number, "it does not go on from the line before: one of the two was changed or removed")
        if entry.version != versions.get(entry.edition, 0) + 1:
            raise BrokenLog(number, "it is not about the next version of its edition")
        if entry.day < last:
            raise BrokenLog(number, "its day is before that of the line before")
        before, last, versions[entry.edition] = digest_of(entry), entry.day, entry.version
        yield entry
    if lines[-1]:
        raise BrokenLog(len(lines), "the line does not end: the file was cut off")


def _entry(line: bytes, number: int) -> Entry:
    try:
        raw = read_json(line, _LINE)
        entry = Entry(**{**raw, "day": date.fromisoformat(raw["day"]), "approvals": tuple(raw["approvals"])})
        is_canonical = line_of(entry) == line
    except (NotThisShape, ValueError):
        raise BrokenLog(number, "not a line that `publish` wrote") from None
    if not is_canonical:
        raise BrokenLog(number, "not a line that `publish` wrote")
    return entry
