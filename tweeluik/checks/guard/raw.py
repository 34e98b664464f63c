"""Bytes that are no text: those that can be read in no way, and what can be seen in them all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain


class NotReadable(Exception):
    """A part of a file that can be read in no known way. Its message holds none of it."""


_PRINTABLE = re.compile(rb"[\x20-\x7e]{4,}")


def printable_runs(data: bytes) -> str:
    """Runs of printable characters, of one byte each or of two."""
    runs: Iterator[bytes] = chain(
        _PRINTABLE.findall(data), _PRINTABLE.findall(data.replace(b"\0", b"")) if b"\0" in data else ()
    )
    return "\n".join(run.decode() for run in dict.fromkeys(runs))
