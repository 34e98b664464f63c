"""What is approved: every file of the site as it will be, the record, and the change report, under one digest.

The site is the one of `build --candidates`, made before anybody approved: the digests of the approvals stand in its log
only once they are there, and nothing else of it may differ then (`pipeline/freezing.py` compares).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import TypedDict

from tweeluik.record.schema import DAY, DIGEST, TEXT, VERSION, Schema, object_of
from tweeluik.record.validation import NotThisShape, read_json

KIND = "tweeluik-approval-subject-1"

_SCHEMA: Schema = object_of({
    "kind": {"const": KIND},
    "edition": TEXT,
    "version": VERSION,
    "status": {"enum": ["provisional", "final"]},
    "day": DAY,
    "record": DIGEST,
    "report": DIGEST,
    "files": {"type": "array", "items": object_of({"path": TEXT, "sha256": DIGEST})},
})  # fmt: skip


class _File(TypedDict):
    path: str
    sha256: str


class _Raw(TypedDict):
    kind: str
    edition: str
    version: int
    status: str
    day: str
    record: str
    report: str
    files: list[_File]


@dataclass(frozen=True, slots=True)
class Subject:
    """One version on its way out. `record` and `report` are digests (SHA-256), `files` those of the site by path.

    `day` is that of the publication: it stands in the log, and so in the bytes.
    """

    edition: str
    version: int
    status: str
    day: date
    record: str
    report: str
    files: Mapping[str, str]

    def serialise(self) -> bytes:
        """Its canonical bytes; files in the order of their paths."""
        files = [{"path": path, "sha256": self.files[path]} for path in sorted(self.files)]
        raw = {**asdict(self), "kind": KIND, "day": self.day.isoformat(), "files": files}
        return (json.dumps(raw, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()

    @property
    def digest(self) -> str:
        """SHA-256 over its canonical bytes, in hexadecimal: what an approval is about."""
        return sha256(self.serialise()).hexdigest()


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 per path."""
    return {path: sha256(files[path]).hexdigest() for path in sorted(files)}


def parse_subject(data: bytes) -> Subject:
    """A subject from its bytes.

    Raises:
        NotThisShape: they are not canonical bytes of one.
    """
    raw: _Raw = read_json(data, _SCHEMA)
    files = {each["path"]: each["sha256"] for each in raw["files"]}
    try:
        day = date.fromisoformat(raw["day"])
    except ValueError:
        raise NotThisShape from None
    found = Subject(raw["edition"], raw["version"], raw["status"], day, raw["record"], raw["report"], files)
    if found.serialise() != data:
        raise NotThisShape
    return found


def find_changed(before: Subject, now: Subject) -> Iterator[str]:
    """What was not the same when somebody looked: the day, the record, the report, and every file by its path."""
    if before.day != now.day:
        yield "the day of publication"
    if before.record != now.record:
        yield "the public record"
    if before.report != now.report:
        yield "the change report"
    yield from (
        path
        for path in sorted({*before.files, *now.files})
        if path != "manifest.txt" and before.files.get(path) != now.files.get(path)
    )
