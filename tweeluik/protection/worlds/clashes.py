"""Numbers that cannot be kept whatever is turned: hidden in one publication, rounded in another over the same days.

A window is less than two bases wide: around a small number it leaves "none" or "enough", seldom both. Seen before any
search, which would turn the rounded number there and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tweeluik.checks.audit.questions import Among, Asked, Expression, Label
from tweeluik.protection.worlds.demands import Demand
from tweeluik.protection.worlds.everything import Everything
from tweeluik.protection.worlds.moves import Room

Options = Mapping[int, Sequence[Room]]
"""Per cell the rooms that it may have: one where it is published, two where it may turn; none told: any."""


def find_clash(everything: Everything, demands: Sequence[Demand], options: Options) -> Demand | None:
    """A demand for which one cell, of the same organisations in any world, leaves no room; None: there is none."""
    return next((demand for demand, _ in find_clashes(everything, demands, options)), None)


def find_clashes(everything: Everything, demands: Sequence[Demand], options: Options) -> Iterator[tuple[Demand, int]]:
    """All demands for which one cell leaves no room, each with every such cell."""
    both: dict[int, list[Demand]] = {}
    for demand in demands:
        if demand.question.asked is Asked.BOTH and not demand.still:
            both.setdefault(id(demand.asker), []).append(demand)
    for asked in both.values():
        for cell in _same(everything, asked[0].question.of):
            rooms = options.get(cell)
            if rooms and not any(_leaves(room, asked) for room in rooms):
                yield asked[0], cell


def _leaves(room: Room, asked: Sequence[Demand]) -> bool:
    """Whether a room lets a set fall as low, and rise as high, as it is asked for."""
    low, high = room
    return all(
        (each.low is None or len(each.records) + low <= each.low)
        and (each.fewest is None or len(each.records) + high >= each.fewest)
        for each in asked
    )


def _same(everything: Everything, of: Expression) -> Iterator[int]:
    """The cells of other editions over the same days that hold the same organisations as a cell, whatever is true.

    Of an edition with a correction that is not so: who was found late is in one version only.
    """
    labels = [of] if isinstance(of, Label) else [each for each in of.parts if isinstance(each, Label)]
    if not labels or (isinstance(of, Among) and (len(labels) < len(of.parts) or of.least < len(of.parts))):
        return
    here = everything.editions[everything.number[labels[0].publication]]
    pairs = frozenset(label.pair for label in labels if label.pair is not None)
    for i, there in enumerate(everything.editions):
        one_each = sum(each.id in {here.id, there.id} for each in everything.editions) == 2  # noqa: PLR2004
        cell = everything.partners(i, pairs) if there.period == here.period and there.id != here.id else None
        if cell is not None and one_each:
            yield cell
