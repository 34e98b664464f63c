"""The edition that a command was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from tweeluik.problems import no_such_edition

Found = TypeVar("Found")


def find_edition(known: Mapping[str, Found], asked: str) -> Found:
    """What is known, per edition id, of the edition that was asked for.

    Raises:
        WrongUsage: there is no such edition.
    """
    if asked not in known:
        raise no_such_edition(known)
    return known[asked]
