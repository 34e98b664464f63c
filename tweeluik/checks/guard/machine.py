"""Many patterns in one pass (Aho-Corasick)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HALVES = re.compile("[\ud800-\udfff]")

Hit = tuple[bytes, int, int]
"""A pattern, and where it begins and ends."""


class BytesMachine:
    """Finds any of many runs of bytes."""

    def __init__(self, patterns: Iterable[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick  # noqa: PLC0415 (wanted only when something is searched)

        self._patterns = list(patterns)
        self._machine = BytesAhoCorasick(self._patterns) if self._patterns else None

    def find(self, data: bytes) -> list[Hit]:
        """Every pattern in the data, with where it begins and ends; patterns may overlap."""
        if self._machine is None:
            return []
        hits = self._machine.find_matches_as_indexes(data, overlapping=True)
        return [(self._patterns[number], start, end) for number, start, end in hits]


class TextMachine:
    """Finds any of many texts."""

    def __init__(self, patterns: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick  # noqa: PLC0415 (see above)

        self._patterns = list(patterns)
        self._machine = AhoCorasick(self._patterns) if self._patterns else None

    def is_any_in(self, text: str) -> bool:
        """Whether one of them is in the text."""
        return bool(self._hits(text, overlapping=False))

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Every pattern in the text, with where it begins and ends; patterns may overlap."""
        return [(self._patterns[number], start, end) for number, start, end in self._hits(text, overlapping=True)]

    def _hits(self, text: str, *, overlapping: bool) -> list[tuple[int, int, int]]:
        if self._machine is None:
            return []
        try:
            return self._machine.find_matches_as_indexes(text, overlapping=overlapping)
        except UnicodeEncodeError:  # halves of characters, as damaged files hold
            whole = _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)
            return self._machine.find_matches_as_indexes(whole, overlapping=overlapping)
