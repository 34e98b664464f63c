"""Memories under another key than that of the source: their records found again in it, or a refusal.

A memory has keyed digests in place of ids. Under another key nobody in it is anybody of the source: the same set would
be rounded anew, and what both publications tell together asked of nobody. A source without a key has another secret
with every change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tweeluik.problems import Place, Problem
from tweeluik.selection.microdata import Microdata, microdata, unit_id
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import KEY_FILE
from tweeluik.source.records import Source

if TYPE_CHECKING:
    from tweeluik.protection.beside import Memories

HINT = "put that key back; when it is gone: put back what its edition counted in the source, or use the command forget"


def rejoin(source: Source, memories: Memories) -> Memories:
    """The memories, each of another key made anew where the source still says the same of its publication."""
    known = _known(source) if memories else frozenset()
    return {name: memory if _joins(known, memory) else _again(source, memory) for name, memory in memories.items()}


def find_strangers(source: Source, memories: Memories) -> Iterator[Problem]:
    """The memories of which nobody is in the source: nothing may be published beside them."""
    known = _known(source) if memories else frozenset()
    for memory in memories.values():
        if not _joins(known, memory):
            what = f"not the key with which version {memory.version} of {memory.edition} was published"
            yield Problem(Place(KEY_FILE), "", what, HINT)


def _known(source: Source) -> frozenset[str]:
    """The organisations of the source as its key has them in a memory."""
    key = secret_of(source)
    return frozenset(unit_id(key, each.id) for each in source.partners)


def _joins(known: frozenset[str], memory: Microdata) -> bool:
    """Whether anybody in a memory is in the source; of another key that is nobody, but for one chance in 2^128."""
    return not memory.units or any(unit.id in known for unit in memory.units)


def _again(source: Source, memory: Microdata) -> Microdata:
    """The records of the publication as the source has them, if they are the same but for their ids."""
    edition = next((each for each in source.editions if each.id == memory.edition), None)
    if edition is None:
        return memory
    found = replace(microdata(source, select(source, edition), secret_of(source)), version=memory.version)
    return found if _signs(found) == _signs(memory) else memory


def _signs(data: Microdata) -> Counter[Hashable]:
    """What there is without ids: organisations by holding, and conversations with what is known of who was there."""
    units = {unit.id: (unit.named, unit.codes) for unit in data.units}
    holdings: dict[str, list[Hashable]] = {}
    for unit in data.units:
        holdings.setdefault(unit.holding, []).append(units[unit.id])
    talks = ((talk.month, talk.codes, _all(units, talk.units), len(talk.holdings)) for talk in data.talks)
    return Counter((*(tuple(sorted(each, key=repr)) for each in holdings.values()), *talks))


def _all(units: Mapping[str, Hashable], names: tuple[str, ...]) -> Hashable:
    return tuple(sorted((units[each] for each in names), key=repr))
