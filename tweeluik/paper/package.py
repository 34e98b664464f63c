"""A ZIP of documents whose bytes follow from its members alone: no time, no machine, nothing compressed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold; no file in it has one of its own."""

_UNIX = 3
"""Otherwise the system that makes it shows."""


def package(members: Mapping[str, str]) -> bytes:
    """The members in their order, as UTF-8."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return file.getvalue()
