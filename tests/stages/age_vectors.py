"""The published vectors of age (C2SP/CCTV): files that should open, and many that should not; see `data/cctv-age.md`."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "cctv-age"


@dataclass(frozen=True)
class Vector:
    """An age file, and what the format says of it. `payload` is the digest of what is inside."""

    name: str
    data: bytes
    identities: tuple[str, ...]
    should_open: bool
    payload: str
    has_passphrase: bool

    @property
    def is_post_quantum(self) -> bool:
        return any(each.startswith("AGE-SECRET-KEY-PQ-") for each in self.identities)


def read_vectors() -> tuple[Vector, ...]:
    return tuple(_read(path) for path in sorted(FOLDER.iterdir()))


def _read(path: Path) -> Vector:
    head, _, body = path.read_bytes().partition(b"\n\n")
    facts = [line.split(": ", 1) for line in head.decode().splitlines()]
    values = dict(facts)
    return Vector(
        path.name,
        zlib.decompress(body) if values.get("compressed") == "zlib" else body,
        tuple(value for name, value in facts if name == "identity"),
        values["expect"] == "success",
        values.get("payload", ""),
        "passphrase" in values,
    )
