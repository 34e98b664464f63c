"""Sums by which readers check the files of the site: they follow from these files and say nothing by themselves.

Of so many hexadecimal digits some will look like a number of an organisation, by chance.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from tweeluik.checks.guard.encoded import Runs
from tweeluik.checks.guard.rows import Kind, one_byte_each

_SUM = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")

_DIGITS, _SIZE = Kind("0123456789abcdef"), 64

GAP = "\n"

_POLICY = "sha256-"


class Sums:
    """The SHA-256 of every file of a site; `met`: what looked like one in a file, by its path, and whether it was."""

    def __init__(self, files: Iterable[bytes]) -> None:
        own = [sha256(data) for data in files]
        self._own = frozenset(each.hexdigest() for each in own)
        self._own_in_base64 = frozenset(b64encode(each.digest()).decode().rstrip("=") for each in own)
        self.met: defaultdict[str, dict[str, bool]] = defaultdict(dict)

    def without(self, path: str, texts: Iterable[str]) -> Iterator[str]:
        """Texts of a file without the sums in them that are right; any other run of digits stays."""
        return (
            _SUM.sub(lambda found: self._gap(path, found[0]), text)
            if _DIGITS.is_row_in(one_byte_each(text), _SIZE)
            else text
            for text in texts
        )

    def others(self, runs: Runs) -> Runs:
        """Runs of digits without those that are right sums, also in base64: so a policy names a style."""
        base64 = (each for each in runs.base64 if each.removeprefix(_POLICY).rstrip("=") not in self._own_in_base64)
        return runs._replace(base64=tuple(base64), hexadecimal=self._others(runs.hexadecimal))

    def are_as(self, met: Mapping[str, bool]) -> bool:
        """Whether what was met in a file is a sum or none as it was then."""
        return all((digits in self._own) == was for digits, was in met.items())

    def _others(self, runs: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for each in runs if each not in self._own)

    def _gap(self, path: str, digits: str) -> str:
        is_own = self.met[path][digits] = digits in self._own
        return GAP if is_own else digits
