"""The least sum of factors over some variables, each with few values: variable elimination (tropical sums)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Axis = Hashable
Array = NDArray[np.float64]
Assignment = dict[Axis, int]

IMPOSSIBLE = 1e9
"""The cost of what cannot be."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A cost for every combination of values of its variables."""

    axes: tuple[Axis, ...]
    costs: Array


def minima(factors: Sequence[Factor], order: Sequence[Axis]) -> list[tuple[float, Assignment]]:
    """Per value of the last variable of `order` the least sum and where it is reached; impossible ones left out."""
    left, steps = list(factors), list[tuple[Axis, tuple[Axis, ...], NDArray[np.intp]]]()
    for axis in order[:-1]:
        joined = _join([each for each in left if axis in each.axes], axis)
        left = [each for each in left if axis not in each.axes]
        steps.append((axis, joined.axes[:-1], joined.costs.argmin(axis=-1)))
        left.append(Factor(joined.axes[:-1], joined.costs.min(axis=-1)))
    last = _join(left, order[-1]).costs
    found = [(float(cost), _trace(steps, {order[-1]: value})) for value, cost in enumerate(last)]
    return sorted(((c, a) for c, a in found if c < IMPOSSIBLE / 2), key=lambda each: each[0])


def _join(factors: Iterable[Factor], last: Axis) -> Factor:
    """The sum of factors, with one of their variables last."""
    held = list(factors)
    axes = (*(a for a in dict.fromkeys(axis for each in held for axis in each.axes) if a != last), last)
    return Factor(axes, sum((_spread(each, axes) for each in held), start=np.zeros(())))


def _spread(factor: Factor, axes: tuple[Axis, ...]) -> Array:
    """The factor with its variables in this order, and a length of 1 for those that it lacks."""
    own = sorted(range(len(factor.axes)), key=lambda i: axes.index(factor.axes[i]))
    turned: Array = factor.costs.transpose(own)
    shape = iter(turned.shape)
    return turned.reshape([next(shape) if axis in factor.axes else 1 for axis in axes])


def _trace(steps: Sequence[tuple[Axis, tuple[Axis, ...], NDArray[np.intp]]], known: Assignment) -> Assignment:
    for axis, others, best in reversed(steps):
        known[axis] = int(best[tuple(known[other] for other in others)])
    return known


def cheap_order(scopes: Iterable[tuple[Axis, ...]], sizes: Mapping[Axis, int]) -> tuple[Axis, ...]:
    """An order of elimination that keeps what is joined small: greedily the variable with the least neighbourhood."""
    left = [frozenset(each) for each in scopes]
    order: list[Any] = []
    while any(left):
        axes = sorted({axis for each in left for axis in each}, key=repr)
        best = min(axes, key=lambda axis: _volume(axis, left, sizes))
        joined = frozenset[Axis]().union(*(each for each in left if best in each)) - {best}
        left = [each for each in left if best not in each] + [joined]
        order.append(best)
    return tuple(order)


def _volume(axis: Axis, scopes: Iterable[frozenset[Axis]], sizes: Mapping[Axis, int]) -> int:
    volume = 1
    for each in frozenset[Axis]().union(*(scope for scope in scopes if axis in scope)):
        volume *= sizes[each]
    return volume
