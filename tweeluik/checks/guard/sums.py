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
    """The SHA-256 of every file of a site; `read_past` are the paths of the files in which such a sum stands."""

    def __init__(self, files: Iterable[bytes]) -> None:
        self._own = frozenset(sha256(data).hexdigest() for data in files)
        self.read_past: set[str] = set()

    def without(self, path: str, texts: Iterable[str]) -> Iterator[str]:
        """Texts of a file without the sums in them that are right; any other run of digits stays."""
        return (_SUM.sub(lambda found: self._gap(path, found[0]), text) for text in texts)

    def _gap(self, path: str, digits: str) -> str:
        if digits not in self._own:
            return digits
        self.read_past.add(path)
        return GAP
