"""Sizes that tell little: Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", 2019).

The container of a bundle is padded by a member of its own. A text of the source is padded by a last line of spaces,
which means nothing in YAML, CSV or JSON: whoever opens it with the program `age` still has the text. We take it away.
"""

from __future__ import annotations

import re

LEAST = 4096
"""Bytes of a padded text: a small file must not tell how few lines it has."""

_LINE = re.compile(rb"\n +\n\Z")


def padme(size: int) -> int:
    """The padded size: the least number not under `size` (> 1) whose mantissa has no more bits than its exponent."""
    exponent = size.bit_length() - 1
    zeros = exponent - exponent.bit_length()
    mask = (1 << zeros) - 1
    return (size + mask) & ~mask


def pad(text: bytes) -> bytes:
    """The text with a last line of spaces, in a padded size."""
    size = padme(max(LEAST, len(text) + 3))
    return text + b"\n" + b" " * (size - len(text) - 2) + b"\n"


def unpad(data: bytes) -> bytes:
    """The text that was padded; what was not is what it is."""
    found = _LINE.search(data)
    if found is None:
        return data
    text = data[: found.start()]
    return text if pad(text) == data else data
