"""The edition that a command was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from tweeluik.problems import Place, Problem, WrongUsage

Found = TypeVar("Found")


def find_edition(known: Mapping[str, Found], asked: str) -> Found:
    """What is known, per edition id, of the edition that was asked for.

    Raises:
        WrongUsage: there is no such edition.
    """
    if asked not in known:
        hint = f"the source has {', '.join(known)}"
        raise WrongUsage(Problem(Place("editions"), "", "there is no such edition", hint))
    return known[asked]
