"""What an organisation was before, and where it may be named: kept whole in a cell, as the source writes it.

An export carries it so that nothing is lost on the way to another source; it is changed in the source itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from tweeluik.problems import Problem
from tweeluik.sheets.files.model import Cell
from tweeluik.sheets.misfits import DoesNotFit
from tweeluik.sheets.rendering import list_items
from tweeluik.source.fields import FORMER, NAMING
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import Former, Naming, Partner
from tweeluik.source.value_types import Many
from tweeluik.words.said import message, said

KEYS = ("named_in", "before")
"""The lists that are carried, by their keys in the source."""

_LISTS: Mapping[str, Many] = {"named_in": Many(NAMING, distinct="edition"), "before": Many(FORMER)}


def shown(partner: Partner, key: str) -> str:
    """One of the lists as a cell has it: an entry on a line."""
    return "\n".join(list_items(partner, key).values())


def namings(cell: Cell) -> tuple[Naming, ...]:
    """Where an organisation may be named."""
    return cast("tuple[Naming, ...]", _entries(cell, "named_in"))  # its shape made them


def formers(cell: Cell) -> tuple[Former, ...]:
    """What an organisation was before."""
    return cast("tuple[Former, ...]", _entries(cell, "before"))


def _entries(cell: Cell, key: str) -> tuple[object, ...]:
    lines = [line for line in cell.text.splitlines() if line.strip()]
    node, problems = read_yaml("".join(f"- {line}\n" for line in lines), "")
    reading = Reading(list(problems))
    found = None if node is None else _LISTS[key].read(node, "", reading)
    if found is None or reading.problems:
        why: Problem = min(reading.problems)
        raise DoesNotFit(said("not as an export writes it: {why}", why=message(why.what)))
    return found
