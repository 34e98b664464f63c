"""On which line of a file a find stands: asked only of what was found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

Find = TypeVar("Find", bound=Hashable)

MOST = 30
"""So many finds of a file get their line: who has more has another problem."""


class Lines(Generic[Find]):
    """The lines of a file, and how to search the first so many of them for certain finds."""

    def __init__(self, data: bytes, search: Callable[[bytes, tuple[Find, ...]], frozenset[Find]]) -> None:
        self._lines = data.split(b"\n")
        self._search = search

    def of(self, found: tuple[Find, ...]) -> Mapping[Find, int]:
        """Per find the line, counted from 1, with which it is complete; not for what is found in no text of lines."""
        wanted = found[:MOST]
        whole = self._search(b"\n".join(self._lines), wanted)
        lines: dict[Find, int] = {}
        if len(self._lines) > 1:
            self._narrow(0, len(self._lines), tuple(each for each in wanted if each in whole), lines)
        return lines

    def _narrow(self, low: int, high: int, wanted: tuple[Find, ...], lines: dict[Find, int]) -> None:
        """They are found in the first `high` lines, and not in the first `low`."""
        if not wanted:
            return
        if high - low == 1:
            lines |= dict.fromkeys(wanted, high)
            return
        middle = (low + high) // 2
        early = self._search(b"\n".join(self._lines[:middle]), wanted)
        self._narrow(low, middle, tuple(each for each in wanted if each in early), lines)
        self._narrow(middle, high, tuple(each for each in wanted if each not in early), lines)
