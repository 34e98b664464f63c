"""Sums by which readers check the files of the site: they follow from these files and say nothing by themselves.

Of so many hexadecimal digits some will look like a number of an organisation, by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

_SUM = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")

GAP = "\n"


class Sums:
    """The SHA-256 of every file of a site."""

    def __init__(self, files: Iterable[bytes]) -> None:
        self._own = frozenset(sha256(data).hexdigest() for data in files)

    def without(self, texts: Iterable[str]) -> Iterator[str]:
        """Texts without the sums in them that are right; any other run of digits stays."""
        return (_SUM.sub(self._gap, text) for text in texts)

    def _gap(self, found: re.Match[str]) -> str:
        return GAP if found[0] in self._own else found[0]
