"""The nearest known word, for cures. Only public codes and keys may be offered: never a name or an id."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str | None:
    """The known word that looks most like `word`, capitals aside; None when none does, from 0 to 1."""
    spelled = {each.casefold(): each for each in sorted(known)}
    close = get_close_matches(word.casefold(), spelled, n=1, cutoff=alike)
    return spelled[close[0]] if close else None


def nearest(word: str, known: Iterable[str]) -> str:
    """A cure with that word, or an empty one."""
    found = closest(word, known)
    return "" if found is None else f"did you mean '{found}'?"
