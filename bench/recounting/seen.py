"""A number as it stands somewhere, and what a cell, a label or a sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bench.recounting.counting import Codes, Truth

Files = Mapping[str, bytes]

SAID = re.compile(r"(niet getoond|\d[\d.]*)(?:\s*\((\d[\d.]*)(?:–(\d[\d.]*)| (of meer))?\))?")
"""A number, and what it can stand for."""

PLAIN = r"(?:niet getoond|\d[\d.]*)(?:\s*\(\d[\d.]*(?:–\d[\d.]*| of meer)?\))?"


@dataclass(frozen=True)
class Seen:
    """A number as it stands somewhere: None is not shown; `high` None: nobody can say."""

    where: str
    table: str
    codes: Codes
    value: int | None
    low: int
    high: int | None


class NotUnderstood(Exception):
    """Something stands where a number is expected, and is none."""


def parse(where: str, table: str, codes: Codes, text: str) -> Seen:
    """What a cell, a label of a bar or a sentence says."""
    found = SAID.fullmatch(" ".join(text.split()))
    if found is None:
        raise NotUnderstood(f"{where}, {table}, {codes}: {text!r}")
    value = None if found[1] == "niet getoond" else _int(found[1])
    if found[2] is None:
        if value is None:
            raise NotUnderstood(f"{where}, {table}, {codes}: not shown, without a range")
        return Seen(where, table, codes, value, value, value)
    low = _int(found[2])
    return Seen(where, table, codes, value, low, None if found[4] else _int(found[3] or found[2]))


def _int(text: str) -> int:
    return int(text.replace(".", ""))


def rows_of(truth: Truth, table: str) -> Iterator[tuple[str, list[Codes]]]:
    """Per line of a table its label and the codes of its cells, the total last."""
    first, *rest = truth.sides[table]
    across = [(*truth.labels[side], "_T") for side in rest]
    for code, label in (*truth.labels[first].items(), ("_T", "Totaal")):
        yield label, [(code, *codes) for codes in product(*across)]
