"""The records behind publications, by the source and by what is remembered: what protection hands on must be these.

The audit counts in records that it is handed. Who is one with whom, whom everybody knows by name and who sat at which
table stands in no public number, nor who is the same in several publications: records that forgot it would give all of
these as well. So it is compared here, without ids, since those that are handed on are stand-ins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from tweeluik.checks.audit.worlds import Publication, Records, Truth
from tweeluik.checks.audit.worlds import Talk as HandedTalk
from tweeluik.problems import Place, Problem
from tweeluik.selection.microdata import Microdata, Pair, Talk

Sums = defaultdict[str, int]
"""Per name a sum over what is told of it, whatever it is called: of the same records the same sums."""

Both = tuple[Sums, Sums]
"""Of holdings, and of organisations."""

Who = tuple[str, str, bool, Iterable[Pair]]
"""An organisation: its id, its holding, whether everybody knows it by name, and its categories."""

WHAT = "the records that were handed on are not those behind this publication"
HINT = "protect the tables again; do not publish these files"


def by_publication(behind: Iterable[Microdata]) -> Mapping[Publication, Microdata]:
    """Records, each under the publication that they are behind."""
    return {(each.edition, each.version): each for each in behind}


def find_others(
    told: Mapping[Publication, Microdata], truth: Truth, lines: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Problem]:
    """Publications of which other records were handed on than those `told` of behind them.

    `lines`: per organisation that goes on as another, or that another goes on as, what stands for both.
    """
    named = _named(told)
    ours, theirs = (Sums(int), Sums(int)), (Sums(int), Sums(int))
    for publication in sorted(told.keys() & truth.keys()):  # where there are none, the audit says so itself
        mine = _of_memory(publication, told[publication], named, lines)
        other = _of_records(publication, truth[publication])
        for all_of_it, these in ((ours, mine), (theirs, other)):
            _add(all_of_it, these)
        # What a holding, or an organisation, is in several publications together has to be the same as well.
        if not (_are_alike(mine, other) and _are_alike(ours, theirs)):
            yield Problem(Place(f"edities/{publication[0]}"), "", WHAT, HINT)


def _add(all_of_it: Both, these: Both) -> None:
    for total, more in zip(all_of_it, these, strict=True):
        for name, number in more.items():
            total[name] += number


def _are_alike(mine: Both, other: Both) -> bool:
    return all(Counter(a.values()) == Counter(b.values()) for a, b in zip(mine, other, strict=True))


def _named(told: Mapping[Publication, Microdata]) -> Collection[tuple[Publication, str]]:
    """Per publication whom everybody knows in it by name: told in it, or in an earlier version of it."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    found = set[tuple[Publication, str]]()
    for publication, data in sorted(told.items()):
        known[data.edition] |= {unit.id for unit in data.units if unit.named}
        found |= {(publication, each) for each in known[data.edition]}
    return found


def _of_memory(
    publication: Publication, data: Microdata, named: Collection[tuple[Publication, str]], lines: Mapping[str, str]
) -> Both:
    who = [(each.id, each.holding, (publication, each.id) in named, each.codes) for each in data.units]
    holdings, units = _sums(publication, data.talks, who)
    return holdings, defaultdict(int, {lines.get(name, name): told for name, told in units.items()})


def _of_records(publication: Publication, records: Records) -> Both:
    who = [(name, each.holding, each.named, each.codes) for name, each in records.units.items()]
    return _sums(publication, records.talks.values(), who)


def _sums(publication: Publication, talks: Iterable[HandedTalk | Talk], who: Sequence[Who]) -> Both:
    """Per holding, and per organisation with whose it is."""
    holdings, units, tables = Sums(int), Sums(int), Sums(int)
    for talk in talks:
        told = _sign(publication, talk.month, frozenset(talk.codes), len(talk.units), len(talk.holdings))
        for holding in talk.holdings:
            holdings[holding] += told
        for unit in talk.units:
            tables[unit] += told
    for name, holding, is_named, codes in who:
        units[name] = _sign(publication, is_named, frozenset(codes), tables[name])
        holdings[holding] += units[name]
    for name, holding, _, _ in who:
        units[name] = _sign(units[name], holdings[holding])
    return holdings, units


def _sign(*what: Hashable) -> int:
    """A number that stands for what is told. Of tuples alone it would add up: a text is mixed better."""
    return hash(str(hash(what)))
