"""What happened to organisations of the example in 2026, so that it shows a source with a past.

Nothing here changes what was true on the last day of 2025: the first edition says the same with it and without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tools.example.conversations import Conversation
from tools.example.dice import Dice
from tools.example.organisations import GOVERNMENT, REGIONS, Former, Organisation

OLD_NAME = "Werkplaats De Zevende Tree"
LAST_DAY_OF_TWO = date(2026, 3, 31)
"""Of two that merge."""


def live_on(dice: Dice, everyone: list[Organisation], conversations: Mapping[int, list[Conversation]]) -> None:
    """Let some move, change, merge, or leave the agenda."""
    umbrellas = {each.umbrella for each in everyone}
    free = (each for each in everyone if each.id not in umbrellas and _is_plain(each))
    stay = iter(dice.shuffled([each for each in free if len(each.measures) == 2]))  # noqa: PLR2004 - both years
    for _ in range(3):
        _move(dice, next(stay))
    _change_name(next(stay))
    _change_kind(next(each for each in stay if each.kind == "vrijwilligersorganisatie"))
    _become_traceable(next(stay))
    _withdraw(next(stay), until=date(2026, 5, 31))
    _withdraw(pausing := next(stay), until=date(2026, 2, 28))
    pausing.endorsed_again = date(2026, 9, 1)
    _merge(everyone, {partner for each in _late(conversations) for partner in each.partners})


def _is_plain(each: Organisation) -> bool:
    special = each.umbrella or each.traceable or each.named_in or each.kind in GOVERNMENT or each.region == "NL"
    return not special and each.endorsed is not None and each.endorsed < date(2026, 1, 1)


def _late(conversations: Mapping[int, list[Conversation]]) -> Iterator[Conversation]:
    return (each for each in conversations[LAST_DAY_OF_TWO.year] if each.day > LAST_DAY_OF_TWO)


def _move(dice: Dice, each: Organisation) -> None:
    until = date(2026, 2 + dice.below(6), 1 + dice.below(28))
    each.before.append(Former(until, {"region": each.region}))
    each.region = dice.weighted({code: weight for code, weight in REGIONS.items() if code != each.region})


def _change_name(each: Organisation) -> None:
    each.before.append(Former(date(2026, 6, 30), {"name": OLD_NAME}))


def _change_kind(each: Organisation) -> None:
    each.before.append(Former(date(2026, 4, 30), {"kind": each.kind}))
    each.kind = "welzijnsorganisatie"


def _become_traceable(each: Organisation) -> None:
    each.before.append(Former(date(2026, 8, 31), {"traceable_to_persons": "false"}))
    each.traceable = True


def _withdraw(each: Organisation, *, until: date) -> None:
    each.endorsed_until = until


def _merge(everyone: Iterable[Organisation], met_later: set[str]) -> None:
    """Two that worked together in 2025 only go on as one that began in 2026."""
    joins = next(each for each in everyone if list(each.measures) == [2026] and each.kind not in GOVERNMENT)
    leave = (
        each for each in everyone if list(each.measures) == [2025] and _is_plain(each) and each.id not in met_later
    )
    for each, _ in zip(leave, range(2), strict=False):
        each.ended, each.successor = LAST_DAY_OF_TWO, joins.id
