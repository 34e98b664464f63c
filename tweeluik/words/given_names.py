"""First names of people in the Netherlands: whether a word with a capital begins the name of a person."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tweeluik.words.folding import letters
from tweeluik.words.places import places

CAPITALS = "A-ZÀ-ÖØ-ÞĀ-ž"
"""Of Latin letters, for a class of a pattern: names begin with Ş and Ż too. Of the last block the small letters stand
between the capitals; hardly a word begins with one."""

_FILE = Path(__file__).with_name("given_names.txt")


def is_given_name(word: str) -> bool:
    """Whether somebody may be called so, however it is accented.

    Of two that a hyphen joins the first tells; `Hendrik-Ido-Ambacht` is a place.
    """
    return letters(word.partition("-")[0]) in _names() and letters(word) not in places()


@cache
def _names() -> frozenset[str]:
    lines = _FILE.read_text("utf-8").splitlines()
    return frozenset(letters(each) for line in lines if not line.startswith("#") for each in line.split())
