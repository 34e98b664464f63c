"""The hinge (*scharnier*): one digest in the public record that binds it to the exact numbers in the sealed bundle.

`release.json` carries the root of a Merkle tree over the true value of every cell of the edition's tables. A leaf is
`sha256(0x00 ‖ salt ‖ address ‖ value)`, a node `sha256(0x01 ‖ left ‖ right)`, and an odd last one rises as it is (as in
RFC 6962, section 2.1). The salts are secret and as long as the digest, so that nobody can try out values. Addresses and
values with their salts, the openings, lie in the sealed bundle only: whoever opens it can show that the public page and
the confidential list come from one source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypedDict

from tweeluik.record.cell import Codes, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Release

SCHEMA = "tweeluik-hinge-1"
"""The version of the file with openings. A reader refuses every other."""

SALT_BYTES = 32
EDITION = re.compile(r"[a-z0-9][a-z0-9-]*")
"""Of an edition its name, which is a folder of the site."""
OTHER = "the hinge in the public record is that of other numbers"
HIDDEN = (
    "the hinge in the public record is that of other numbers, and the difference is in one that the site does not show"
)


class NotOpenings(Exception):
    """The bytes are no openings in the format of `SCHEMA`. Holds no part of them."""


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """The true value of one cell, and its salt (hexadecimal)."""

    table: str
    codes: Codes
    value: int
    salt: str


@dataclass(frozen=True, slots=True, repr=False)
class Openings:
    """Those of a version of an edition, in the order of its tables and cells."""

    edition: str
    version: int
    cells: tuple[Opening, ...]

    @property
    def root(self) -> str:
        """The hinge that these open (hexadecimal)."""
        return _root([self._leaf(each) for each in self.cells]).hex()

    def _leaf(self, cell: Opening) -> bytes:
        said = address(self.edition, self.version, cell.table, cell.codes)
        return sha256(b"\x00" + bytes.fromhex(cell.salt) + said + str(cell.value).encode()).digest()


def address(edition: str, version: int, table: str, codes: Codes) -> bytes:
    """Where a cell stands: a list in JSON, so that no two addresses are alike."""
    return json.dumps([edition, version, table, *codes], ensure_ascii=False, separators=(",", ":")).encode()


def _root(level: list[bytes]) -> bytes:
    """The root over leaves in their order; of none, the digest of nothing."""
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [sha256(b"\x01" + b"".join(pair)).digest() if len(pair) > 1 else pair[0] for pair in pairs]
    return level[0]


# --- against the public record ----------------------------------------------------------------------------------------


def find_disagreements(openings: Openings, release: Release) -> Iterator[str]:
    """Where the sealed numbers and a public record differ, by table and cell without a value; nothing: they are one.

    A record without a hinge (from before there was one) is only compared number by number. A sealed number that the
    record does not show is bound by the hinge alone, which knows that one of them is another, and not which.
    """
    if (openings.edition, openings.version) != (release.edition, release.version):
        yield "they are of another edition or version"
        return
    if release.hinge is None and not release.tables:
        # As of an edition that was taken back: that nothing differs would say nothing.
        yield "the public record has neither a hinge nor numbers to compare with"
        return
    sealed = {(each.table, each.codes): each.value for each in openings.cells}
    shown = list(_find_shown(sealed, release))
    yield from shown
    if release.hinge is not None and release.hinge != openings.root:
        yield OTHER if shown else HIDDEN


def _find_shown(sealed: Mapping[tuple[str, Codes], int], release: Release) -> Iterator[str]:
    for table in release.tables:
        if {codes for name, codes in sealed if name == table.id} != set(table.cells):
            yield f"table {table.id} has other cells"
            continue
        for codes, content in table.cells.items():
            if not _is_true(content, sealed[table.id, codes], release):
                yield f"table {table.id}, cell {', '.join(codes)}: the site shows a number that is not the sealed one"


def _is_true(content: Content, value: int, release: Release) -> bool:
    match content:
        case Shown(shown):
            return shown == value
        case Rounded(rounded):
            return abs(rounded - value) < (release.rounding_base or 1)
        case Suppressed():
            return True


# --- openings <-> JSON ------------------------------------------------------------------------------------------------


def serialise(openings: Openings) -> bytes:
    """Canonical JSON: the same openings always give the same bytes."""
    cells = [{"table": e.table, "codes": e.codes, "value": e.value, "salt": e.salt} for e in openings.cells]
    raw = {"schema": SCHEMA, "edition": openings.edition, "version": openings.version, "cells": cells}
    return (json.dumps(raw, ensure_ascii=False, indent=1) + "\n").encode()


def parse(data: bytes) -> Openings:
    """Openings from the bytes that `serialise` makes.

    Raises:
        NotOpenings: the bytes are anything else, also when `serialise` would not give the same bytes back.
    """
    try:
        made = _parse(json.loads(data))
        sound = serialise(made) == data and all(map(_is_sound, made.cells))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotOpenings from None
    if not sound:
        raise NotOpenings
    return made


class _RawOpening(TypedDict):
    table: str
    codes: list[str]
    value: int
    salt: str


class _RawOpenings(TypedDict):
    schema: str
    edition: str
    version: int
    cells: list[_RawOpening]


def _parse(raw: _RawOpenings) -> Openings:
    if raw["schema"] != SCHEMA or EDITION.fullmatch(raw["edition"]) is None or type(raw["version"]) is not int:
        raise ValueError
    cells = (Opening(each["table"], tuple(each["codes"]), each["value"], each["salt"]) for each in raw["cells"])
    return Openings(raw["edition"], raw["version"], tuple(cells))


def _is_sound(cell: Opening) -> bool:
    names: Sequence[object] = (cell.table, *cell.codes)
    return (
        type(cell.value) is int
        and cell.value >= 0
        and all(isinstance(each, str) for each in names)
        and len(bytes.fromhex(cell.salt)) == SALT_BYTES
        and cell.salt == cell.salt.lower()
    )
