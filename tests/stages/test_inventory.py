"""The manifest of a bundle: every member is what it lists, none more, none less, none other."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tweeluik.confidential.bundle.inventory import (
    CHECKSUMS,
    KIND,
    MANIFEST,
    SCHEMA,
    Holder,
    Inventory,
    NotAsListed,
    checksums,
    list_members,
    parse_inventory,
    take_stock,
)

FILES = {"lees-mij.txt": b"Lees mij", "02-gegevens/lijst.csv": b"naam\r\n"}
INVENTORY = Inventory(
    kind=KIND, schema=SCHEMA, edition="2025", version=1, sequence=2, supersedes=("ab" * 32,), tool="tweeluik",
    source_sha256="cd" * 32, created="2026-07-01", marking="Vertrouwelijk", classified_until="2036-07-01",
    decided_by="de directeur", inspection_from="2026-09-01", inspection_until="2026-09-30", location="leeskamer",
    audience="leden", copy=1, copies=2, recipients=(Holder("cip", "Informatiepunt", " ".join(["ab12"] * 8)),), files=list_members(FILES),
)  # fmt: skip
MEMBERS = {**FILES, MANIFEST: INVENTORY.serialise(), CHECKSUMS: checksums(INVENTORY)}


def test_what_is_as_listed_passes() -> None:
    assert take_stock(list_members(MEMBERS), MEMBERS) == parse_inventory(MEMBERS[MANIFEST]) == INVENTORY


def without(name: str) -> dict[str, bytes]:
    return {each: data for each, data in MEMBERS.items() if each != name}


WRONG: dict[str, tuple[dict[str, bytes], str]] = {
    "without its manifest": (without(MANIFEST), "is missing"),
    "without its checksums": (without(CHECKSUMS), "is missing"),
    "a member less": (without("lees-mij.txt"), "members are missing"),
    "a member more": ({**MEMBERS, "meer.txt": b""}, "does not list"),
    "a member changed": ({**MEMBERS, "lees-mij.txt": b"Lees mij!"}, "not the one"),
    "a member of equal size changed": ({**MEMBERS, "lees-mij.txt": b"Lees mijn"[1:]}, "not the one"),
    "other checksums": ({**MEMBERS, CHECKSUMS: MEMBERS[CHECKSUMS] + b"\n"}, "list of checksums"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_as_listed_is_refused(name: str) -> None:
    members, what = WRONG[name]
    with pytest.raises(NotAsListed, match=what):
        take_stock(list_members(members), members)


FORGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "another kind": lambda raw: raw.update(kind="bundle"),
    "a later version": lambda raw: raw.update(schema=2),
    "a key more": lambda raw: raw.update(more=1),
    "a key less": lambda raw: raw.pop("tool"),
    "a truth value for a number": lambda raw: raw.update(version=True),
    "a text for a number": lambda raw: raw.update(copy="1"),
    "a day that is none": lambda raw: raw.update(inspection_from="2026-09-31"),
    "a digest that is too short": lambda raw: raw.update(source_sha256="cd" * 31),
    "a digest in capitals": lambda raw: raw.update(supersedes=["AB" * 32]),
    "a digest that is none": lambda raw: raw["files"][0].update(sha256="x" * 64),
    "a fingerprint that is none": lambda raw: raw["recipients"][0].update(fingerprint="ab12"),
    "a holder with more": lambda raw: raw["recipients"][0].update(key="age1"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_manifest_of_another_shape_is_refused(name: str) -> None:
    raw = json.loads(INVENTORY.serialise())
    FORGED[name](raw)
    with pytest.raises(NotAsListed):
        parse_inventory((json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode())


@pytest.mark.parametrize(
    "data", [INVENTORY.serialise() + b"\n", INVENTORY.serialise().replace(b"  ", b" ", 1), b"[]", b"{"]
)
def test_a_manifest_that_is_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises(NotAsListed):
        parse_inventory(data)
