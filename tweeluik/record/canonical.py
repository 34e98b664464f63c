"""`release.json`: the whole public record of one version as canonical JSON, and back.

The same release always gives the same bytes: UTF-8, keys in a fixed order, cells in the order of the categories.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from tweeluik.record.from_json import from_json
from tweeluik.record.model import Release
from tweeluik.record.names import commitments
from tweeluik.record.schema import FIRST_SCHEMA, first_schema, release_schema
from tweeluik.record.to_json import to_json
from tweeluik.record.validation import NotThisShape, read_json


class NotARecord(Exception):
    """The bytes are not a public record in the format of `SCHEMA`. Holds no part of them."""


class _This:
    """A release as the very object that it is, to be found again by that and by nothing that takes longer."""

    __slots__ = ("release",)

    def __init__(self, release: Release) -> None:
        self.release = release

    def __hash__(self) -> int:
        return id(self.release)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.release is other.release


def serialise(release: Release) -> bytes:
    """The bytes of `release.json`, ending in a line feed."""
    return _serialised(_This(release))


@lru_cache(maxsize=64)
def _serialised(this: _This) -> bytes:
    """Of a release, which never changes; one build asks a dozen times, and a preview at every change."""
    return _file(to_json(this.release))


def parse_own(data: bytes) -> Release:
    """A release from bytes that `serialise` made in this run: what made them need not be asked for its shape."""
    return from_json(json.loads(data))


def parse(data: bytes) -> Release:
    """A release from the bytes that `serialise` makes.

    Raises:
        NotARecord: the bytes are anything else, also when `serialise` would not give the same bytes back.
    """
    # Which of the two formats it is, must stand in the second line: what is canonical has it there.
    schema = first_schema() if FIRST_SCHEMA.encode() in data[:64] else release_schema()
    try:
        release = from_json(read_json(data, schema))
        is_canonical = serialise(release) == data and not _says_both(release)
    except (NotThisShape, ValueError, KeyError):
        raise NotARecord("not a public record") from None
    if not is_canonical:
        raise NotARecord("not a canonical public record")
    return release


def _says_both(release: Release) -> bool:
    """Whether a version takes the edition back and shows something of it all the same."""
    return release.withdrawal is not None and bool(release.tables or release.named or release.notice or release.hinge)


def digest(release: Release) -> str:
    """SHA-256 of a record, in hexadecimal, with the salted digests of all its names, struck or not, for the names.

    So a name may be struck and the digest stays; without its salt nobody can try names out.
    """
    raw = {key: value for key, value in to_json(release).items() if key not in ("named", "salts", "struck")}
    return sha256(_file({**raw, "names": commitments(release)})).hexdigest()


def _file(raw: Mapping[str, object]) -> bytes:
    return (json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode()
