"""Editions beside everything ever published: one system, in which a proof is another world.

Each edition is protected by itself first (`methods.py`). Here what readers can work out from all publications together
is asked, and what nobody can be kept from is hidden or rounded otherwise, until other worlds answer every question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from operator import is_

from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.hearing import Handed
from tweeluik.checks.audit.questions import Question
from tweeluik.checks.audit.tied import tied
from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth, Unit
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Key, Keys
from tweeluik.protection.naming import Naming
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.rounding import one_way
from tweeluik.protection.worlds.draft import Draft
from tweeluik.protection.worlds.lineage import Ended, as_one
from tweeluik.protection.worlds.meetings import as_one_meeting
from tweeluik.protection.worlds.proof import Proof
from tweeluik.protection.worlds.stage import NotSafe, make_safe
from tweeluik.protection.worlds.stand_ins import with_stand_ins
from tweeluik.protection.worlds.sums import Hidden
from tweeluik.record.cell import Codes, Content, Suppressed
from tweeluik.record.log import Log
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.record.register import Register
from tweeluik.selection.microdata import Microdata, Pair, microdata, unit_id
from tweeluik.selection.rules import select
from tweeluik.selection.succession import Succession
from tweeluik.source.records import Source

Memories = Mapping[Publication, Microdata]
"""Per (edition, version) the microdata behind a publication, where they are kept."""


class Withhold(Exception):
    """What has to be hidden of rounded editions: numbers that neither way of rounding keeps; all are rounded anew.

    Before that the numbers beside it tell what it was rounded to.
    """

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        super().__init__("numbers to hide of rounded editions")


class Beside:
    """Everything ever published, with the records behind it, as far as anybody remembers them.

    `suspects`: questions that nothing answered yet, in the order in which they were met.
    """

    def __init__(
        self, source: Source, register: Register, memories: Memories, noise: KeyedNoise, log: Log = ()
    ) -> None:
        self._source, self._noise = source, noise
        self._number = {(entry.edition, entry.version): entry.number for entry in log}
        self.suspects: dict[Question, None] = {}
        policy = source.policy
        self.rules = Rules(policy.threshold.value, policy.p_percent.value, policy.group_size.value)
        keys = Keys(source.agenda, source.vocabulary)
        self.agenda = {pair: found[0] for pair, found in keys.ancestors.items() if found}
        self._lines = keys.lines
        self._naming = Naming(source, noise.key)
        self._ended = {
            unit_id(noise.key, each.id): Ended(each.ended or date.max, [unit_id(noise.key, h) for h in each.successors])
            for each in Succession(source.partners, date.max).ended()
        }
        published = [each for versions in register.values() for each in versions if each.tables or each.named]
        behind = [(each, memories.get(_name(each)) or self._recalled(each)) for each in published]
        self._periods = {_name(release): (release.period_from, release.reaches) for release in published}
        self._frozen = [(release, memory) for release, memory in behind if memory is not None and release.tables]
        bare = [(release, memory) for release, memory in behind if memory is None or not release.tables]
        self._bare = {_name(release): self._naming.told_by(release, memory) for release, memory in bare}
        lost = (each for each, memory in bare if each.tables or self._naming.is_lost(each, memory))
        self._forgotten = frozenset(map(_name, lost))
        self._untold: tuple[Sequence[Draft], Truth] | None = None
        self._joined: tuple[tuple[ProtectedEdition, ...], Truth] | None = None

    def _recalled(self, release: Release) -> Microdata | None:
        """The records behind a publication that nobody remembers, where the source still agrees with its numbers."""
        edition = next((each for each in self._source.editions if each.id == release.edition), None)
        if edition is None or not release.tables:
            return None
        data = microdata(self._source, select(self._source, edition), self._noise.key)
        told = self._naming.told_by(release, data)
        units = tuple(replace(unit, named=unit.id in told) for unit in data.units)
        data = replace(data, version=release.version, units=units)
        return data if self._agrees(data, release) else None

    def _agrees(self, data: Microdata, release: Release) -> bool:
        """Whether records give every number of a publication, as the audit will count them."""
        edition = _frozen(release).edition()
        truth = {edition.publication: _records(data, set())}
        return not any(Examination((edition,), truth, self.rules, self.agenda).find_untrue())

    def safe(
        self, candidates: Sequence[ProtectedEdition], fixed: Sequence[ProtectedEdition], effort: Effort,
        *, is_trial: bool = False, withholds: bool = False,
    ) -> Proven:  # fmt: skip
        """The candidates with what had to be hidden or turned; those that are `fixed` go public as they are.

        `withholds`: of rounded numbers some may be hidden where turning them does not help. `is_trial`: what was told
        in vain before, where something else was asked for, is asked first.

        Raises:
            NotSafe: nothing that may be changed makes them safe, or nothing was found within the effort.
            Withhold: they are safe with more hidden of rounded editions, which are to be rounded anew.
        """
        drafts = self._drafts(candidates, fixed)
        if not any(each.tables or self._is_news(each) for each in candidates) or not any(d.tables for d in drafts):
            return Proven((*candidates, *fixed))
        truth = self._truth(candidates, fixed)
        made, proof = self._made_safe(drafts, truth, effort, self.suspects if is_trial else (), withholds=withholds)
        telling = any(map(_counts_conversations, candidates))
        if telling and self._untold != (list(made), truth):
            for question in self._told_by_sums(made, truth):
                raise NotSafe(question)
        tables = {draft.name: draft.tables for draft in made}
        safe = tuple(
            replace(each, contents=tuple(_contents(tables[each.publication], each)))
            if each.tables else each
            for each in candidates
        )  # fmt: skip
        hidden = {each.edition.id: _withheld(before, each) for before, each in zip(candidates, safe, strict=True)}
        if any(hidden.values()):
            raise Withhold(hidden)
        new = frozenset(each.publication for each in (*candidates, *fixed))
        handed = Handed(truth, proof.worlds, self.rules, self.agenda, self._forgotten, self._lines, new)
        return Proven((*safe, *fixed), handed)

    def _made_safe(
        self, drafts: Sequence[Draft], truth: Truth, effort: Effort, suspects: Collection[Question],
        *, withholds: bool,
    ) -> tuple[tuple[Draft, ...], Proof]:  # fmt: skip
        """As `make_safe`; what nothing answers is suspect from now on: it is told in most other ways too."""
        try:
            return make_safe(
                drafts, truth, self.rules, self.agenda, self._noise, effort=effort, lines=self._lines,
                suspects=suspects, withholds=withholds,
            )  # fmt: skip
        except NotSafe as failed:
            if not failed.spent:
                self.suspects |= dict.fromkeys((failed.question, *failed.against))
            raise

    def _is_news(self, candidate: ProtectedEdition) -> bool:
        """Whether an edition names somebody whom nobody knows yet, which tells of all numbers that are out."""
        known = {unit.id for _, memory in self._frozen for unit in memory.units if unit.named}
        return not self._naming.of(candidate) <= known.union(*self._bare.values())

    def told_by_sums(
        self, candidates: Sequence[ProtectedEdition], fixed: Sequence[ProtectedEdition]
    ) -> tuple[Question, ...]:
        """Numbers of conversations that follow from others, of one publication or of several with days in common.

        Nothing is asked where no candidate has any: of what is out already it was asked before.
        """
        new = frozenset(each.publication for each in candidates if _counts_conversations(each))
        if not new:
            return ()
        drafts = self._drafts(candidates, fixed)
        truth = self._truth(candidates, fixed)
        told = tuple(self._told_by_sums(drafts, truth, new))
        self._untold = None if told else (drafts, truth)
        return told

    def _told_by_sums(
        self, drafts: Sequence[Draft], truth: Truth, new: frozenset[Publication] = frozenset()
    ) -> Iterator[Question]:
        """Over days in common, and of publications that are `new` by themselves."""
        editions = [each.edition() for each in drafts]
        if new or tied(editions):
            examination = Examination(editions, truth, self.rules, self.agenda, lines=self._lines)
            every = (*examination.told_by_periods(), *examination.told_by_sums(new))
            yield from (each.question for each in every)

    def _drafts(self, candidates: Sequence[ProtectedEdition], fixed: Sequence[ProtectedEdition]) -> list[Draft]:
        """Everything published, with what is about to be; only the candidates are open."""
        frozen = (replace(_frozen(release), number=self._number.get(_name(release))) for release, _ in self._frozen)
        known = [*frozen, *(self._draft(each) for each in fixed)]
        bare = [Draft(name, ("", ""), 0, 1, (), open=False) for name in self._bare]
        return [*bare, *(replace(each, open=False) for each in known), *(self._draft(each) for each in candidates)]

    def _draft(self, protected: ProtectedEdition) -> Draft:
        edition, threshold = protected.edition, self.rules.threshold
        tables = tuple(
            ReleasedTable(table.spec.id, table.spec.title, table.spec.counts, table.dimensions, contents)
            for table, contents in zip(protected.tables, protected.contents, strict=True)
        )
        period = (edition.period.start.isoformat(), edition.reference_date.isoformat())
        base = threshold if edition.protection == "rounding" else 1
        return Draft(
            (edition.id, edition.version), period, threshold, base, tables, open=True, one_way=_one_way(protected)
        )

    # --- records ------------------------------------------------------------------------------------------------------

    def _truth(self, candidates: Sequence[ProtectedEdition], fixed: Sequence[ProtectedEdition]) -> Truth:
        """The records behind all of these, with stand-ins for ids; of the very same as before they are made already."""
        editions = (*candidates, *fixed)
        if self._joined is None or not _are(self._joined[0], editions):
            self._joined = editions, self._join(editions)
        return self._joined[1]

    def _join(self, editions: Sequence[ProtectedEdition]) -> Truth:
        bare = {each.publication: self._naming.of(each) for each in editions if not each.tables}
        covered = {each.publication: each.edition.covered for each in editions}
        periods = self._periods | {name: (each.start, each.until) for name, each in covered.items()}
        days = {name: last for name, (_, last) in periods.items()}
        told = as_one(dict(self._records(editions)), self._ended, days, {**self._bare, **bare})
        return with_stand_ins(as_one_meeting(told, periods))

    def _records(self, editions: Sequence[ProtectedEdition]) -> Iterator[tuple[Publication, Records]]:
        data = [memory for _, memory in self._frozen]
        data += (replace(each.behind, version=each.edition.version) for each in editions if each.tables)
        named: dict[str, set[str]] = {}
        for each in sorted(data, key=lambda each: (each.edition, each.version)):
            known = named.setdefault(each.edition, set())
            known |= {unit.id for unit in each.units if unit.named}
            yield (each.edition, each.version), _records(each, known)


def _are(some: Sequence[ProtectedEdition], others: Sequence[ProtectedEdition]) -> bool:
    """Whether they are the very same ones, in the same order."""
    return len(some) == len(others) and all(map(is_, some, others))


def _records(data: Microdata, named: set[str]) -> Records:
    """The records of a publication; who was named in an earlier version of it is known in it."""
    codes, who = cache(frozenset[Pair]), cache(frozenset[str])  # the same time and again: each is there once
    return Records(
        {each.id: Unit(each.holding, each.id in named, codes(each.codes)) for each in data.units},
        {each.id: Talk(who(each.units), who(each.holdings), codes(each.codes), each.month) for each in data.talks},
    )


def _name(release: Release) -> Publication:
    return release.edition, release.version


def _one_way(protected: ProtectedEdition) -> frozenset[tuple[str, Codes]]:
    """The cells that may not be rounded the other way."""
    if protected.edition.protection != "rounding":
        return frozenset()
    unknowns = protected.linked.unknowns
    some = frozenset(one_way(protected.linked, protected.by_unknown))
    return frozenset(
        (table.spec.id, codes)
        for table in protected.tables
        for codes in table.cells
        if unknowns.of(table, codes) in some
    )


def _withheld(before: ProtectedEdition, after: ProtectedEdition) -> frozenset[Key]:
    """What is hidden of a rounded edition that was not."""
    if before.edition.protection != "rounding":
        return frozenset()
    told = before.published
    return frozenset(key for key, each in after.published.items() if isinstance(each, Suppressed) and each != told[key])


def _counts_conversations(protected: ProtectedEdition) -> bool:
    return any(table.spec.counts == "conversations" for table in protected.tables)


def _frozen(release: Release) -> Draft:
    period = (release.period_from.isoformat(), release.reaches.isoformat())
    return Draft(_name(release), period, release.threshold, release.rounding_base or 1, release.tables, open=False)


def _contents(tables: Sequence[ReleasedTable], protected: ProtectedEdition) -> Iterator[Mapping[Codes, Content]]:
    made = {table.id: table.cells for table in tables}
    yield from (made[table.spec.id] for table in protected.tables)
