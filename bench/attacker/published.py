"""What everyone may keep: the public records, read as windows on the sizes of sets of records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

TOTAL = "_T"
LEVELS = ("pillar", "theme", "measure")

Pair = tuple[str, str]
"""A dimension and a code."""


def parts(code: str) -> tuple[str, ...]:
    """The codes that one stands for: `a+b` is what an edition takes together (`merge`), any other is itself."""
    return tuple(code.split("+"))


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """Which records a number counts: all of them, or those with every one of these codes."""

    counts: str
    pairs: tuple[Pair, ...]

    def __str__(self) -> str:
        return f"{self.counts}: " + (" and ".join(code for _, code in self.pairs) or "all")


@dataclass(frozen=True, slots=True)
class Window:
    """What a publication says about a number: at least `low`, at most `high` (None: nothing)."""

    low: int = 0
    high: int | None = None

    def meet(self, other: Window) -> Window:
        """What both say together."""
        highs = [each.high for each in (self, other) if each.high is not None]
        return Window(max(self.low, other.low), min(highs) if highs else None)

    @property
    def silent(self) -> bool:
        """Whether it says nothing at all."""
        return self.low == 0 and self.high is None

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Publication:
    """One version of one edition. `cells` holds every published number, also those that are not shown."""

    edition: str
    version: int
    start: date
    until: date
    threshold: int
    cells: Mapping[Label, Window]
    categories: Mapping[str, tuple[str, ...]]
    named: frozenset[str]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.start.year, self.until.year + 1))

    @property
    def name(self) -> str:
        return f"{self.edition} v{self.version}"


def read_publication(data: bytes) -> Publication:
    """A public record (`release.json`) as an attacker sees it."""
    raw = json.loads(data)
    cells: dict[Label, Window] = {}
    categories: dict[str, dict[str, None]] = {}
    for table in raw["tables"]:
        names = [each["name"] for each in table["dimensions"]]
        for each in table["dimensions"]:
            categories.setdefault(each["name"], {}).update(dict.fromkeys(item["code"] for item in each["categories"]))
        for cell in table["cells"]:
            pairs = tuple(sorted((name, cell[name]) for name in names if cell[name] != TOTAL))
            label = Label(table["counts"], pairs)
            cells[label] = cells.get(label, Window()).meet(_window(cell, raw.get("rounding_base") or 1))
    return Publication(
        edition=raw["edition"],
        version=raw["version"],
        start=date.fromisoformat(raw["period"]["from"]),
        until=date.fromisoformat(raw["period"]["until"]),
        threshold=raw["threshold"],
        cells=cells,
        categories={name: tuple(codes) for name, codes in categories.items()},
        named=frozenset(raw["named"]),
    )


def _window(cell: Mapping[str, Any], base: int) -> Window:
    match cell["status"]:
        case "shown":
            return Window(cell["value"], cell["value"])
        case "rounded":
            return Window(max(0, cell["value"] - base + 1), cell["value"] + base - 1)
        case "suppressed":
            return Window()
        case status:
            raise ValueError(f"a cell that is {status!r}")
