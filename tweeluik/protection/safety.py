"""When a number gives somebody away, and what every reader must then keep thinking possible.

Frequency tables: the threshold rule on distinct holdings. Magnitude tables: fewer than three contributors, or the p%
rule (Handbook on Statistical Disclosure Control, 2nd edition, chapters 4 and 5). The protection levels are ours: nobody
can exclude "none", and nobody can exclude "enough".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest

from tweeluik.disclosure.system import Attacker, Target
from tweeluik.protection.keys import Key
from tweeluik.protection.unknowns import Unknown, Unknowns
from tweeluik.selection.tables import Member
from tweeluik.source.records import Policy

FEWEST_FOR_A_SUM = 3
"""With two contributors each can subtract its own."""

GROUP_SHARE = 90
"""Group disclosure: more than this percentage of a sensitive cell in one category of another dimension."""


Contributions = Mapping[str, frozenset[Member]]
"""Per holding its records in a cell."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The policy's numbers: the least number of holdings, and p."""

    threshold: int
    p_percent: int

    @classmethod
    def of(cls, policy: Policy) -> Limits:
        """The limits of a policy."""
        return cls(policy.threshold.value, policy.p_percent.value)


# --- the rules --------------------------------------------------------------------------------------------------------


def is_sensitive(unknowns: Unknowns, key: Key, members: frozenset[Member], limits: Limits) -> bool:
    """Whether the size of a set of records may not be known. `key` says what is counted, and of which partners."""
    if key[0] == "partners":
        rest = members - unknowns.named_in("partners", members)
        return 0 < len(unknowns.sizes(key, rest)) < limits.threshold
    if _is_surely_safe(len(members), unknowns.sizes(key, members).values(), limits.p_percent):
        return False
    return is_sensitive_sum(members, unknowns.contributions(key, members), limits.p_percent)


def _is_surely_safe(all_together: int, sizes: Iterable[int], p_percent: int) -> bool:
    """Whether the numbers of records alone tell it, as of most large sums: no two overlap by more than one has."""
    most = nlargest(FEWEST_FOR_A_SUM, sizes)
    return len(most) == FEWEST_FOR_A_SUM and 100 * (all_together - most[0] - most[1]) >= p_percent * most[0]


def is_sensitive_sum(members: frozenset[Member], contributions: Contributions, p_percent: int) -> bool:
    """Fewer than three contributors, or the p% rule: without the first two less is left than p% of the first.

    Then the second, who knows its own part, can bound the first too well. With contributions that do not overlap this
    is X - x1 - x2 < p/100 x1.
    """
    if len(contributions) < FEWEST_FOR_A_SUM:
        return bool(contributions)
    first = max(contributions.values(), key=len)
    others = members - first
    # Of the first itself nothing is among the others.
    rest = len(others) - max(len(others & other) for other in contributions.values())
    return 100 * rest < p_percent * len(first)


# --- what must stay possible ------------------------------------------------------------------------------------------


def attackers(unknowns: Unknowns) -> tuple[tuple[Attacker, ...], dict[str, int]]:
    """The outsider first, then every holding that knows anything of its own; and which attacker each holding is."""
    numbers: dict[Attacker, int] = {Attacker(): 0}
    which = {}
    # Of a hundred thousand holdings few know something else of a number than others do.
    once: dict[tuple[int, int], tuple[int, int]] = {}
    for holding, own in sorted(unknowns.own.items()):
        attacker = Attacker(tuple(once.setdefault(each, each) for each in sorted(own.items())))
        which[holding] = numbers.setdefault(attacker, len(numbers))
    # Holdings that know the same are one attacker; their order must not depend on ids.
    order = sorted(numbers, key=lambda attacker: attacker.floors)
    place = {numbers[attacker]: position for position, attacker in enumerate(order)}
    return tuple(order), {holding: place[number] for holding, number in which.items()}


def targets(unknowns: Unknowns, which: dict[str, int], limits: Limits) -> Iterator[Target]:
    """For every sensitive unknown and every attacker what may not be excluded; for others that they stay unknown.

    Complements ask as well: whoever has their cells has them.
    """
    for i, unknown in enumerate(unknowns.every):
        if is_sensitive(unknowns, unknown.key, unknown.members, limits):
            ask = _ask_of_count if unknown.key[0] == "partners" else _ask_of_sum
            yield from dict.fromkeys(ask(unknowns, i, which, limits))
        if i < len(unknowns.all):
            yield Target(i, 0, width=1)


def _ask_of_count(unknowns: Unknowns, i: int, which: dict[str, int], limits: Limits) -> Iterator[Target]:
    unknown = unknowns.every[i]
    named = len(unknowns.named_in("partners", unknown.members))
    yield Target(i, 0, low=named, high=max(named + limits.threshold, unknown.value + 1))
    met = unknowns.index.get(("conversations", unknown.key[1]), -1)
    for holding, attacker in sorted(which.items(), key=lambda item: item[1]):
        own = unknowns.own[holding]
        floor = own.get(i, named)
        # Who sat at the table with such a partner knows that there is one, whatever is published.
        low = max(floor, 1 if met in own else 0)
        enough = floor + limits.threshold - (1 if floor > named else 0)
        yield Target(i, attacker, low=low, high=max(enough, unknown.value + 1))


def _ask_of_sum(unknowns: Unknowns, i: int, which: dict[str, int], limits: Limits) -> Iterator[Target]:
    unknown = unknowns.every[i]
    contributions = unknowns.contributions(unknown.key, unknown.members)
    attended = unknowns.contributions(("conversations", frozenset()), unknown.members)
    ranked = sorted(contributions, key=lambda holding: (-len(contributions[holding]), which[holding]))
    low = min(unknown.value * (100 - limits.p_percent) // 100, unknown.value - 1)
    most = len(contributions[ranked[0]])
    yield Target(i, 0, low=low, high=max(_above(most, limits), unknown.value + 1))
    for holding, attacker in sorted(which.items(), key=lambda item: item[1]):
        others = [contributions[each] for each in ranked if each != holding]
        if others:
            # Of several that contribute as much, the one at whose tables it sat least: the rest of its own goes off.
            own, most = attended.get(holding, frozenset()), len(others[0])
            without = max(len(own - victim) for victim in others if len(victim) == most)
            yield Target(i, attacker, high=_above(most, limits) + without)


def _above(contribution: int, limits: Limits) -> int:
    """The least whole number that is p percent above a contribution or more."""
    return -(-contribution * (100 + limits.p_percent) // 100)


# --- groups -----------------------------------------------------------------------------------------------------------


def telling_children(unknowns: Unknowns, limits: Limits) -> Iterator[tuple[int, int]]:
    """(parent, child): a sensitive cell of partners, and the category that nearly all of it is in."""
    for child, unknown in enumerate(unknowns.all):
        counts, pairs = unknown.key
        for pair in sorted(pairs):
            parent = unknowns.index.get((counts, pairs - {pair}))
            if parent is not None and counts == "partners" and _tells(unknowns, unknowns.all[parent], unknown, limits):
                yield parent, child


def _tells(unknowns: Unknowns, parent: Unknown, child: Unknown, limits: Limits) -> bool:
    nearly_all = 100 * child.value > GROUP_SHARE * parent.value
    return nearly_all and is_sensitive(unknowns, parent.key, parent.members, limits)


def sums_sensitive(unknowns: Unknowns, limits: Limits) -> Callable[[frozenset[int]], bool]:
    """Whether the sum of some unknowns, a virtual cell, may not be known. Only published cells make one."""

    def sensitive(group: frozenset[int]) -> bool:
        if any(i >= len(unknowns.all) for i in group):
            return False
        keys = [unknowns.all[i].key for i in group]
        common = frozenset[tuple[str, str]].intersection(*(pairs for _, pairs in keys))
        members = frozenset[Member]().union(*(unknowns.all[i].members for i in group))
        return is_sensitive(unknowns, (keys[0][0], common), members, limits)

    return sensitive
