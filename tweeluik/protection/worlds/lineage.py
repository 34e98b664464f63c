"""Who continues another is the same to readers: in every publication one of them, never both."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth, Unit

Named = Mapping[Publication, Collection[str]]


def as_one(truth: Truth, named: Named = MappingProxyType({})) -> Truth:
    """The same records; of a holding that is one organisation in every publication they have one id.

    A successor takes the place of whom it continues, and who knows the field knows both: nobody came, nobody left.
    `named`: per publication without numbers the organisations that it names; they have a record there, of no category.
    """
    ids = _ids(truth)
    lined = _lined(truth, ids)
    holding = {name: unit.holding for records in lined.values() for name, unit in records.units.items()}
    names = {publication: sorted({ids.get(each, each) for each in who}) for publication, who in named.items()}
    return lined | {
        publication: Records({each: Unit(holding.get(each, each), named=True, codes=frozenset()) for each in who})
        for publication, who in names.items()
        if who
    }


def _lined(truth: Truth, ids: Mapping[str, str]) -> dict[Publication, Records]:
    return {
        publication: Records(
            {ids.get(name, name): unit for name, unit in records.units.items()},
            {name: _with(talk, ids) for name, talk in records.talks.items()},
        )
        for publication, records in truth.items()
    }


def _ids(truth: Truth) -> Mapping[str, str]:
    """Per id that stands for no more than a part of a line the id of the whole line: the first of them."""
    lines: dict[str, set[str]] = {}
    several: set[str] = set()
    for records in truth.values():
        here: set[str] = set()
        for name, unit in records.units.items():
            if unit.holding in here:
                several.add(unit.holding)
            here.add(unit.holding)
            lines.setdefault(unit.holding, set()).add(name)
    return {name: min(names) for holding, names in lines.items() if holding not in several for name in names}


def _with(talk: Talk, ids: Mapping[str, str]) -> Talk:
    return Talk(frozenset(ids.get(name, name) for name in talk.units), talk.holdings, talk.codes, talk.month)
