"""The records behind publications, by the source and by what is remembered: what protection hands on must be these.

The audit counts in records that it is handed. Who is one with whom, whom everybody knows by name and who sat at which
table stands in no public number: records that forgot it would give all of these as well. So it is compared here,
without ids, since those that are handed on are stand-ins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

from tweeluik.checks.audit.worlds import Publication, Records, Truth
from tweeluik.checks.audit.worlds import Talk as HandedTalk
from tweeluik.problems import Place, Problem
from tweeluik.selection.microdata import Microdata, Pair, Talk

Sums = Mapping[str, int]
"""Per holding a sum over what is told of it, whatever it is called: of the same records the same sums."""

Who = tuple[str, str, bool, Iterable[Pair]]
"""An organisation: its id, its holding, whether everybody knows it by name, and its categories."""

WHAT = "the records that were handed on are not those behind this publication"
HINT = "protect the tables again; do not publish these files"


def find_others(behind: Iterable[Microdata], truth: Truth) -> Iterator[Problem]:
    """Publications of which other records were handed on than those `behind` them."""
    told = {(each.edition, each.version): each for each in behind}  # where there are none, the audit says so itself
    named = _named(told)
    ours: defaultdict[str, int] = defaultdict(int)
    theirs: defaultdict[str, int] = defaultdict(int)
    for publication in sorted(told.keys() & truth.keys()):
        mine = _of_memory(publication, told[publication], named)
        other = _of_records(publication, truth[publication])
        for all_of_it, these in ((ours, mine), (theirs, other)):
            for holding, total in these.items():
                all_of_it[holding] += total
        # What a holding is in several publications together has to be the same as well.
        if Counter(mine.values()) != Counter(other.values()) or Counter(ours.values()) != Counter(theirs.values()):
            yield Problem(Place(f"edities/{publication[0]}"), "", WHAT, HINT)


def _named(told: Mapping[Publication, Microdata]) -> Collection[tuple[Publication, str]]:
    """Per publication whom everybody knows in it by name: told in it, or in an earlier version of it."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    found = set[tuple[Publication, str]]()
    for publication, data in sorted(told.items()):
        known[data.edition] |= {unit.id for unit in data.units if unit.named}
        found |= {(publication, each) for each in known[data.edition]}
    return found


def _of_memory(publication: Publication, data: Microdata, named: Collection[tuple[Publication, str]]) -> Sums:
    who = ((each.id, each.holding, (publication, each.id) in named, each.codes) for each in data.units)
    return _sums(publication, data.talks, who)


def _of_records(publication: Publication, records: Records) -> Sums:
    who = ((name, each.holding, each.named, each.codes) for name, each in records.units.items())
    return _sums(publication, records.talks.values(), who)


def _sums(publication: Publication, talks: Iterable[HandedTalk | Talk], who: Iterable[Who]) -> Sums:
    sums: defaultdict[str, int] = defaultdict(int)
    tables: defaultdict[str, int] = defaultdict(int)
    for talk in talks:
        told = _sign(publication, talk.month, frozenset(talk.codes), len(talk.units), len(talk.holdings))
        for holding in talk.holdings:
            sums[holding] += told
        for unit in talk.units:
            tables[unit] += told
    for name, holding, is_named, codes in who:
        sums[holding] += _sign(publication, is_named, frozenset(codes), tables[name])
    return sums


def _sign(*what: Hashable) -> int:
    """A number that stands for what is told. Of tuples alone it would add up: a text is mixed better."""
    return hash(str(hash(what)))
