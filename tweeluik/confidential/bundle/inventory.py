"""The inventory of a bundle: `manifest.json`, and the same digests for `sha256sum -c` in `manifest-sha256.txt`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Any

MANIFEST = "manifest.json"
CHECKSUMS = "manifest-sha256.txt"
SIGNATURE = "manifest.json.sig"
KIND = "tweeluik-bundle"
SCHEMA = 1


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
    """Read a manifest strictly: what is read must serialise to the same bytes."""
    try:
        inventory = _inventory(json.loads(data))
        inventory.inspection  # noqa: B018 (dates must be dates)
        same = inventory.serialise() == data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotAsListed("the manifest cannot be read") from None
    if inventory.kind != KIND or inventory.schema != SCHEMA:
        raise NotAsListed("the manifest is of another kind or of a later version")
    if not same:
        raise NotAsListed("the manifest is not in its canonical form")
    return inventory


def _inventory(values: dict[str, Any]) -> Inventory:
    if not set(values) == {each.name for each in fields(Inventory)}:
        raise ValueError
    for each in fields(Inventory):
        expected = {"int": int, "str": str}.get(str(each.type), list)
        if type(values[each.name]) is not expected:
            raise TypeError
    return Inventory(
        **{
            **values,
            "supersedes": tuple(values["supersedes"]),
            "recipients": tuple(Holder(**each) for each in values["recipients"]),
            "files": tuple(Listed(**each) for each in values["files"]),
        }
    )


def take_stock(members: Mapping[str, bytes]) -> Inventory:
    """The inventory of a bundle, once every member was found to be what it lists: none more, none less, none other.

    Raises:
        NotAsListed: otherwise.
    """
    if MANIFEST not in members or CHECKSUMS not in members:
        raise NotAsListed("the manifest or the list of checksums is missing")
    inventory = parse_inventory(members[MANIFEST])
    content = {name: data for name, data in members.items() if name not in {MANIFEST, CHECKSUMS, SIGNATURE}}
    if set(content) != {each.name for each in inventory.files}:
        raise NotAsListed("there are members that the manifest does not list, or members are missing")
    if list_members(content) != inventory.files:
        raise NotAsListed("a member is not the one that the manifest lists")
    if members[CHECKSUMS] != checksums(inventory):
        raise NotAsListed("the list of checksums is not that of the manifest")
    return inventory
