"""What readers of rounded numbers face: every number inside its window, and what each of them may not work out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from tweeluik.disclosure.system import Role, System, Target, Variable
from tweeluik.protection.keys import Key
from tweeluik.protection.linked import Linked
from tweeluik.record.cell import Content, Suppressed

Values = Sequence[int | None]
"""What every unknown is rounded to; None: it is hidden."""


def values_of(contents: Sequence[Content]) -> Values:
    """What is told of every unknown."""
    return [None if isinstance(each, Suppressed) else each.value for each in contents]


def rounding_system(linked: Linked, values: Values) -> System:
    """What readers face: every unknown hidden inside its window."""
    variables = [in_window(linked, i, value) for i, value in enumerate(values)]
    return linked.system(variables, tuple(rounding_targets(linked, values)))


def in_window(linked: Linked, i: int, value: int | None) -> Variable:
    """An unknown as readers know it who are told this rounded value; None: it is hidden."""
    if i in linked.told:
        true = linked.unknowns.all[i].value
        return Variable(true, true, true, 0, Role.SENSITIVE)
    margin = linked.limits.threshold - 1
    low, high = linked.window(i)
    if value is None:
        return Variable(linked.unknowns.all[i].value, low, high, 0, Role.SENSITIVE)
    top = value + margin if high is None else min(high, value + margin)
    return Variable(linked.unknowns.all[i].value, max(low, value - margin), top, 0, Role.SENSITIVE)


def rounding_targets(linked: Linked, values: Values) -> Iterator[Target]:
    """As for suppression, but a window reaches one side only: below for a number rounded down, above for others.

    Of what is hidden both, as for suppression.
    """
    unknowns = linked.unknowns
    most = dict(_most_of_complements(linked, values))
    for target in linked.targets:
        i, unknown = target.variable, unknowns.every[target.variable]
        if i in linked.told:
            continue
        if i < len(values) and values[i] is None:
            yield target
        elif target.width is not None:
            # Two different windows of a large number that did not change leave a narrow one, which harms nobody.
            narrow = i in linked.windows and i not in linked.sensitive
            yield Target(i, target.attacker, width=1 if narrow else linked.limits.threshold - 1)
        elif unknown.key[0] == "partners" and _reaches_down(linked, values, target, most):
            yield Target(i, target.attacker, low=target.low)
        else:
            yield Target(i, target.attacker, high=target.high)
    for each in linked.differences:
        value = unknowns.all[each.unknown].value
        yield Target(each.unknown, 0, low=min(value, each.earlier), high=max(value, each.earlier))


def _reaches_down(linked: Linked, values: Values, target: Target, most: Mapping[int, float]) -> bool:
    """Whether "none" is what must stay possible: where a number was rounded down, and its window reaches that far."""
    i = target.variable
    if i >= len(values):
        return target.high is not None and most[i] < target.high
    value = values[i]
    if value is None or target.low is None:
        return False
    return value < linked.unknowns.all[i].value and value - (linked.limits.threshold - 1) <= target.low


def _most_of_complements(linked: Linked, values: Values) -> Iterator[tuple[int, float]]:
    """The greatest number that each complement may be, by what readers know of its cells."""
    index = linked.unknowns.index
    known = [in_window(linked, i, value) for i, value in enumerate(values)]
    lows: list[float] = [each.lower for each in known]
    highs: list[float] = [inf if each.upper is None else each.upper for each in known]

    def least(keys: Iterable[Key]) -> float:
        return sum(lows[index[key]] for key in keys)

    def most(keys: Iterable[Key]) -> float:
        return sum(highs[index[key]] for key in keys)

    for place, (each, _) in enumerate(linked.unknowns.complements, start=len(index)):
        yield place, min(most(each.plus) - least(each.minus), *map(most, each.at_most))
