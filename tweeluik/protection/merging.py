"""Tables with two categories taken together, without asking the source again: what a merge would bring."""

from __future__ import annotations

from dataclasses import replace

from tweeluik.record.cell import Codes
from tweeluik.record.model import Category, Dimension
from tweeluik.selection.tables import Member, Table


def merged(tables: tuple[Table, ...], name: str, code: str, other: str) -> tuple[Table, ...]:
    """The tables with two categories of a dimension taken together."""
    return tuple(_merged(table, name, code, other) for table in tables)


def _merged(table: Table, name: str, code: str, other: str) -> Table:
    axes = [axis for axis, dimension in enumerate(table.dimensions) if dimension.name == name]
    if not axes:
        return table
    axis, joint = axes[0], f"{code}+{other}"
    cells: dict[Codes, frozenset[Member]] = {}
    for codes, members in table.cells.items():
        address = (*codes[:axis], joint if codes[axis] in (code, other) else codes[axis], *codes[axis + 1 :])
        cells[address] = cells.get(address, frozenset()) | members
    dimensions = tuple(
        _joined(dimension, code, other, joint) if dimension.name == name else dimension
        for dimension in table.dimensions
    )
    return Table(table.spec, dimensions, cells)


def _joined(dimension: Dimension, code: str, other: str, joint: str) -> Dimension:
    kept = [each for each in dimension.categories if each.code not in (code, other)]
    return replace(dimension, categories=(*kept, Category(joint, joint)))
