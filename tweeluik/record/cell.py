"""What a published cell may be. A suppressed cell has no value and no reason, so neither can leak."""

from __future__ import annotations

from dataclasses import dataclass

TOTAL = "_T"
"""The code of a total in every dimension (SDMX's convention)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The exact number."""

    value: int


@dataclass(frozen=True, slots=True)
class Rounded:
    """A multiple of the rounding base, less than one base away from the exact number."""

    value: int


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Not shown."""


Content = Shown | Rounded | Suppressed

Codes = tuple[str, ...]
"""A cell's address in its table: one category code (or `TOTAL`) per dimension."""
