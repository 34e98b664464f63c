"""The certificate: what was audited and the tables that prove it, for a verifier that only adds up.

It shows what is sensitive, so it stays with the confidential side.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from tweeluik.checks.equations import Bounds, Published
from tweeluik.checks.published import Edition

SCHEMA = "tweeluik-certificate-1"

Claimed = tuple[int, int, int | None, int | None, int | None, int, int]
"""Cell, attacker, low, high, width, and the tables that reach down and up. Cells are indices into `Published.cells`."""


@dataclass(frozen=True, slots=True, repr=False)
class Certified:
    """A block of unknown cells, its witness tables (values in the order of the cells), and the claims that they meet.

    `attackers` holds per attacker the (cell, least) that it knows, over all blocks.
    """

    cells: tuple[int, ...]
    tables: tuple[tuple[int, ...], ...]
    claims: tuple[Claimed, ...]
    attackers: tuple[tuple[tuple[int, int], ...], ...]


def compose_certificate(
    files: Mapping[str, bytes],
    editions: tuple[Edition, ...],
    published: Published,
    known: tuple[Bounds, ...],
    certified: tuple[Certified, ...],
    proof: Mapping[str, Mapping[str, int | float | str | None]],
) -> bytes:
    """The certificate as JSON, the same bytes for the same audit. Unknown cells are numbered as `unknowns` lists them."""
    unknown = [i for i, bounds in enumerate(published.bounds) if not bounds.exact]
    number = {i: position for position, i in enumerate(unknown)}
    attackers = next((each.attackers for each in certified), ((),))
    said = {
        "schema": SCHEMA,
        "files": {path: sha256(files[path]).hexdigest() for path in sorted(_read(files, editions))},
        "unknowns": [[edition, counts, sorted(pairs)] for edition, counts, pairs in (published.cells[i] for i in unknown)],
        "known": [[number[i], known[i].least, known[i].most] for i in unknown if known[i] != published.bounds[i]],
        "attackers": [[[number[i], least] for i, least in floors] for floors in attackers],
        "blocks": [
            {
                "cells": [number[i] for i in each.cells],
                "tables": each.tables,
                "claims": [(number[cell], *rest) for cell, *rest in each.claims],
            }
            for each in certified
        ],
        "proof": {edition: dict(proof[edition]) for edition in sorted(proof)},
    }
    return (json.dumps(said, separators=(",", ":")) + "\n").encode()


def _read(files: Mapping[str, bytes], editions: tuple[Edition, ...]) -> set[str]:
    """The files that numbers were read from."""
    folders = tuple(f"{edition.folder}/" for edition in editions)
    return {path for path in files if path.startswith(folders) and path.endswith((".html", ".csv", "release.json"))}
