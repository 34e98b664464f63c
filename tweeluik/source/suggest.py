"""The nearest known word, for hints. Only public codes and keys may be offered: never a name or an id."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint with the known word that looks most like `word`, or an empty hint when none does."""
    spelled = {each.casefold(): each for each in sorted(known)}
    close = get_close_matches(word.casefold(), spelled, n=1, cutoff=0.6)
    return f"did you mean '{spelled[close[0]]}'?" if close else ""
