"""The marks that git leaves in a file where it could not merge two versions: nothing in it can be relied on."""

from __future__ import annotations

import re
from collections.abc import Iterable

WHAT = "marks that git left when it merged two versions"
MERGED = (WHAT, "keep one of the versions, and remove the marks")

_MARKS = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


def merged_at(lines: Iterable[str]) -> int | None:
    """The first line, from 0, with a mark of a merge; None when there is none."""
    # Seven equals signs alone may be a line below a heading too.
    return next((at for at, line in enumerate(lines) if _MARKS.match(line) and line.rstrip() != "=" * 7), None)


def merged_in(data: bytes) -> int | None:
    """The same of the bytes of a file, of which most have no mark."""
    return merged_at(data.decode("utf-8", "replace").split("\n")) if b"<<<<<<< " in data else None
