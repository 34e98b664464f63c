"""The inventory of a bundle: `manifest.json`, and the same digests for `sha256sum -c` in `manifest-sha256.txt`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import TypedDict, TypeVar

MANIFEST = "manifest.json"
CHECKSUMS = "manifest-sha256.txt"
SIGNATURE = "manifest.json.sig"
KIND = "tweeluik-bundle"
SCHEMA = 1

MOST = 2**31
"""No number in a manifest is larger: sizes of files, sequence numbers, copies."""

DIGEST = re.compile(r"[0-9a-f]{64}")
FINGERPRINT = re.compile(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}")


class NotAsListed(ValueError):
    """The inventory cannot be read, or the members are not what it says; the message has no names."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A member: its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Holder:
    """To whom this copy is sealed."""

    role: str
    holder: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a bundle says about itself. Dates are ISO 8601; `copy` 0 is the archive's."""

    kind: str
    schema: int
    edition: str
    version: int
    sequence: int
    supersedes: tuple[str, ...]
    tool: str
    source_sha256: str
    created: str
    marking: str
    classified_until: str
    decided_by: str
    inspection_from: str
    inspection_until: str
    location: str
    audience: str
    copy: int
    copies: int
    recipients: tuple[Holder, ...]
    files: tuple[Listed, ...]

    def serialise(self) -> bytes:
        """Canonical JSON: keys in this order, two spaces, UTF-8, one newline at the end."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n").encode()

    @property
    def inspection(self) -> tuple[date, date]:
        """First and last day of the inspection."""
        return date.fromisoformat(self.inspection_from), date.fromisoformat(self.inspection_until)


def list_members(members: Mapping[str, bytes]) -> tuple[Listed, ...]:
    """The members in the order of their names."""
    return tuple(Listed(name, len(members[name]), sha256(members[name]).hexdigest()) for name in sorted(members))


def checksums(inventory: Inventory) -> bytes:
    """The digests of all members and of the manifest, as `sha256sum -c` reads them."""
    manifest = Listed(MANIFEST, 0, sha256(inventory.serialise()).hexdigest())
    return "".join(f"{each.sha256}  {each.name}\n" for each in (*inventory.files, manifest)).encode()


def parse_inventory(data: bytes) -> Inventory:
    """Read a manifest strictly: what is read must serialise to the same bytes.

    The opener (`tools/opener/src/manifest.js`) asks the same of every field; the two change together.
    """
    try:
        inventory = _inventory(json.loads(data))
        same = inventory.serialise() == data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotAsListed("the manifest cannot be read") from None
    if inventory.kind != KIND or inventory.schema != SCHEMA:
        raise NotAsListed("the manifest is of another kind or of a later version")
    if not same:
        raise NotAsListed("the manifest is not in its canonical form")
    return inventory


class _RawHolder(TypedDict):
    role: str
    holder: str
    fingerprint: str


class _RawListed(TypedDict):
    name: str
    size: int
    sha256: str


_Raw = TypeVar("_Raw", str, _RawHolder, _RawListed)


class _RawInventory(TypedDict):
    kind: str
    schema: int
    edition: str
    version: int
    sequence: int
    supersedes: list[str]
    tool: str
    source_sha256: str
    created: str
    marking: str
    classified_until: str
    decided_by: str
    inspection_from: str
    inspection_until: str
    location: str
    audience: str
    copy: int
    copies: int
    recipients: list[_RawHolder]
    files: list[_RawListed]


def _inventory(raw: _RawInventory) -> Inventory:
    """A key less is a `KeyError`, a key more or another order shows when it is serialised again."""
    return Inventory(
        kind=_text(raw["kind"]), schema=_whole(raw["schema"]), edition=_text(raw["edition"]),
        version=_whole(raw["version"], least=1), sequence=_whole(raw["sequence"], least=1),
        supersedes=tuple(_digest(each) for each in _list(raw["supersedes"])), tool=_text(raw["tool"]),
        source_sha256=_digest(raw["source_sha256"]), created=_day(raw["created"]), marking=_text(raw["marking"]),
        classified_until=_day(raw["classified_until"]), decided_by=_text(raw["decided_by"]),
        inspection_from=_day(raw["inspection_from"]), inspection_until=_day(raw["inspection_until"]),
        location=_text(raw["location"]), audience=_text(raw["audience"]),
        copy=_whole(raw["copy"]), copies=_whole(raw["copies"], least=1),
        recipients=tuple(
            Holder(_text(each["role"]), _text(each["holder"]), _fingerprint(each["fingerprint"]))
            for each in _list(raw["recipients"])
        ),
        files=tuple(
            Listed(_text(each["name"]), _whole(each["size"]), _digest(each["sha256"])) for each in _list(raw["files"])
        ),
    )  # fmt: skip


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object, *, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= MOST:
        raise ValueError
    return value


def _list(value: list[_Raw]) -> list[_Raw]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _day(value: object) -> str:
    text = _text(value)
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError
    return text


def _digest(value: object) -> str:
    return _like(DIGEST, value)


def _fingerprint(value: object) -> str:
    return _like(FINGERPRINT, value)


def _like(pattern: re.Pattern[str], value: object) -> str:
    text = _text(value)
    if not pattern.fullmatch(text):
        raise ValueError
    return text


def take_stock(listed: Sequence[Listed], texts: Mapping[str, bytes]) -> Inventory:
    """The inventory of a bundle, once every member was found to be what it lists: none more, none less, none other.

    `listed` are its members as they were found, in the order of their names; `texts` holds the manifest and the list of
    checksums.

    Raises:
        NotAsListed: otherwise.
    """
    if MANIFEST not in texts or CHECKSUMS not in texts:
        raise NotAsListed("the manifest or the list of checksums is missing")
    inventory = parse_inventory(texts[MANIFEST])
    content = tuple(each for each in listed if each.name not in {MANIFEST, CHECKSUMS, SIGNATURE})
    if {each.name for each in content} != {each.name for each in inventory.files}:
        raise NotAsListed("there are members that the manifest does not list, or members are missing")
    if content != inventory.files:
        raise NotAsListed("a member is not the one that the manifest lists")
    if texts[CHECKSUMS] != checksums(inventory):
        raise NotAsListed("the list of checksums is not that of the manifest")
    return inventory
