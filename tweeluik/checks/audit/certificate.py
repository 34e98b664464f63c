"""The certificate: what was audited and the tables that prove it, for a verifier that only adds up.

It shows what is sensitive, so it stays with the confidential side.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from tweeluik.checks.audit.asking import Asking
from tweeluik.checks.audit.claims import Claims
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.system import Published

SCHEMA = "tweeluik-certificate-1"

Claimed = tuple[int, int, int | None, int | None, int | None, int, int]
"""Cell, attacker, low, high, width, and the tables that reach down and up. Cells are indices into `Published.keys`."""


@dataclass(frozen=True, slots=True, repr=False)
class Certified:
    """A block of unknown cells, its witness tables (values in the order of the cells), and the claims they meet."""

    cells: tuple[int, ...]
    tables: tuple[tuple[int, ...], ...]
    claims: tuple[Claimed, ...]


def compose_certificate(
    files: Mapping[str, bytes],
    editions: tuple[Edition, ...],
    asking: Asking,
    certified: tuple[Certified, ...],
    claims: Claims,
) -> bytes:
    """The certificate as JSON, the same bytes for the same audit. Cells are numbered as `unknowns` lists them."""
    published, known = asking.published, asking.bounds
    unknown = [i for i, bounds in enumerate(published.bounds) if not bounds.exact]
    number = {i: position for position, i in enumerate(unknown)}
    said = {
        "schema": SCHEMA,
        "files": {path: sha256(files[path]).hexdigest() for path in sorted(_read(files, editions))},
        "unknowns": [_name(published, i) for i in unknown],
        "complements": list(_complements(published)),
        "known": [[number[i], known[i].least, known[i].most] for i in unknown if known[i] != published.bounds[i]],
        "attackers": [[[number[i], least] for i, least in floors if i in number] for floors in asking.attackers],
        "blocks": [
            {
                "cells": [number[i] for i in each.cells],
                "tables": each.tables,
                "claims": [(number[cell], *rest) for cell, *rest in each.claims],
            }
            for each in certified
        ],
        "agenda": claims.agenda,
        "proof": {edition: dict(claims.proof[edition]) for edition in sorted(claims.proof)},
    }
    return (json.dumps(said, separators=(",", ":")) + "\n").encode()


def _name(published: Published, i: int) -> list[object]:
    """Edition, what is counted and the categories."""
    edition, counts, pairs = published.keys[i]
    return [edition, counts, sorted(pairs)]


def _complements(published: Published) -> Iterator[list[object]]:
    """Of those that are unknown: edition, what is counted, the own name, the cells that are added, those taken off."""
    for i, (key, terms) in enumerate(published.complements.items(), start=len(published.cells)):
        if not published.bounds[i].exact:
            sides = ([sorted(published.cells[j][2]) for j, sign in terms if sign == side] for side in (1, -1))
            yield [*key[:2], [sorted(key[2])], *sides]


def _read(files: Mapping[str, bytes], editions: tuple[Edition, ...]) -> set[str]:
    """The files that numbers were read from."""
    folders = tuple(f"{edition.folder}/" for edition in editions)
    kinds = (".html", ".csv", ".ods", "release.json")
    return {path for path in files if path.startswith(folders) and path.endswith(kinds)}
