"""All editions that are not published yet, each protected in the knowledge of all that is, and of those before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice
from types import MappingProxyType

from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.protection.agreement import is_candidate, is_concept
from tweeluik.protection.beside import Beside, Memories
from tweeluik.protection.coarser import Coarser, coarser, hides_much
from tweeluik.protection.cost import Cost
from tweeluik.protection.cures import Cure, cures, last_resorts, no_numbers
from tweeluik.protection.differences import (
    Earlier,
    Standing,
    StandIns,
    corrected_differences,
    remembered,
    rounded_elsewhere,
    sensitive_differences,
    standing_windows,
)
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Keys
from tweeluik.protection.linked import Linked, link
from tweeluik.protection.methods import MORE, Failed, protect
from tweeluik.protection.periods import changed_conversations, told_by_periods
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.redesign import LAST, Refusal, Refused, beside_all, by_itself, in_turns
from tweeluik.protection.rounding import is_safe
from tweeluik.protection.unknowns import Unknowns
from tweeluik.protection.worlds.stage import NotSafe
from tweeluik.record.cell import Codes, Content
from tweeluik.record.register import Register
from tweeluik.selection.microdata import Microdata, microdata
from tweeluik.selection.rules import publishes_numbers, select
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import Edition, Source


def protect_editions(
    source: Source, register: Register, memories: Memories = MappingProxyType({})
) -> tuple[ProtectedEdition, ...]:
    """What may be published of every edition that is not published yet, the earliest period first.

    Raises:
        UnsafeTables: an edition cannot be published safely.
    """
    return prove_editions(source, register, memories).editions


def prove_editions(source: Source, register: Register, memories: Memories = MappingProxyType({})) -> Proven:
    """The same, with what proves them safe beside everything ever published.

    The final ones come first: nobody outside knows of a concept, so that none may change what is published.

    Raises:
        UnsafeTables: an edition cannot be published safely.
    """
    maker = _Maker(source, register, memories)
    in_order = sorted(source.editions, key=lambda each: (each.period.start, each.period.until, each.id))
    final = maker.protect_all([each for each in in_order if is_candidate(each, register)], ())
    concepts = [each for each in in_order if is_concept(each, register)]
    return maker.protect_all(concepts, final.editions) if concepts else final


TURNS = 8
"""Other draws for everything, before giving up."""

MOST_TRIALS = 10
"""Cures that are tried, before giving up."""

ORDINARY, A_TRIAL, A_LOOK = 1.0, 0.25, 0.01
"""The part of the effort that protecting an edition may take: what is asked for, a cure that is tried, and all looks at
what would show more."""

WORLDS = 2.5
"""How often the effort may go to everything published together, beside once for each edition by itself."""

FIRST, EACH = 0.7, 0.4
"""The part of all that for what is asked for, and of what is left then for each cure: of dear ones few are tried."""

A_GLANCE, AT_MOST, TURNS_OF_A_TRIAL = 0.5, 0.02, 3
"""A first look at a cure takes so much of the effort that the refusal took, and of what is left, at most; and so many
draws for each."""

BEFORE_THE_LAST = 0.9
"""The part of what is left for all cures but an edition without numbers, which nothing but names can speak against."""


class _Maker:
    """What all editions share."""

    def __init__(self, source: Source, register: Register, memories: Memories) -> None:
        self._source, self._register, self._memories = source, register, memories
        self._noise = KeyedNoise.of(source)
        self._keys = Keys(source.agenda, source.vocabulary)
        self._beside = Beside(source, register, memories, self._noise)
        self._most = Effort.of(source.policy.effort.value * (WORLDS + len(source.editions)))
        self._earlier = {
            (release.edition, release.version): remembered(
                release, self._keys, memories.get((release.edition, release.version))
            )
            for versions in register.values()
            for release in versions
        }

    def protect_all(self, editions: Sequence[Edition], before: Sequence[ProtectedEdition]) -> Proven:
        """Each by itself in the knowledge of those before it, and then all of them together; or a cure that works.

        What all together asked to be rounded otherwise may no longer be safe by itself: then with other draws.
        """
        turn, effort = 0, self._most.part(FIRST)
        while True:
            try:
                return self._with_coarser(self._together(editions, before, turn, effort), before)
            except NotSafe as failed:
                refusal = beside_all(editions, failed)
            except Refused as failed:
                refusal, turn = failed.refusal, turn + 1
                if failed.again and turn < TURNS:
                    continue
            raise refusal.told(self._cure(refusal, editions, before)) from None

    def _together(
        self, editions: Sequence[Edition], before: Sequence[ProtectedEdition], turn: int, effort: Effort,
        part: float = ORDINARY,
    ) -> Proven:  # fmt: skip
        done = list(before)
        for edition in editions:
            done.append(self._protect(edition, done, turn, effort.first(part * self._source.policy.effort.value)))
        told = self._beside.told_by_periods(done[len(before) :], before)
        if told is not None:
            raise Refused(beside_all(editions, NotSafe(told)), again=any(e.protection == "rounding" for e in editions))
        proven = self._beside.safe(done[len(before) :], before, effort)
        if not all(self._stands(each, effort) for each in proven.editions if each not in before):
            raise Refused(in_turns(editions[-1]), again=True)
        return proven

    def _with_coarser(self, proven: Proven, before: Sequence[ProtectedEdition]) -> Proven:
        """With what would show readers more of editions that hide much. The effort is its own: it decides nothing."""
        made, done = list[ProtectedEdition](), list(before)
        for each in proven.editions:
            if each in before:
                made.append(each)
                continue
            much = each.edition.protection == "suppression" and hides_much(each.contents)
            made.append(replace(each, coarser=self._coarser(each, done)) if much else each)
            done.append(each)
        return replace(proven, editions=tuple(made))

    def _coarser(self, protected: ProtectedEdition, before: Sequence[ProtectedEdition]) -> Coarser | None:
        effort = Effort.of(A_LOOK * self._source.policy.effort.value)
        protect = partial(self._contents, before=before, effort=effort)
        return coarser(self._source, protected.edition, protected.contents, protect)

    def _contents(
        self, edition: Edition, *, before: Sequence[ProtectedEdition], effort: Effort
    ) -> Sequence[Mapping[Codes, Content]] | None:
        """What an edition shows by itself; None: it cannot be published, or what this may cost is spent."""
        try:
            return None if effort.spent else self._protect(edition, before, 0, effort).contents
        except Refused:
            return None

    def _stands(self, protected: ProtectedEdition, effort: Effort) -> bool:
        """Whether an edition is still safe by itself, as far as the effort tells."""
        if not protected.tables or protected.edition.protection != "rounding":
            return True
        try:
            return is_safe(protected.linked, protected.by_unknown, effort)
        except OutOfEffort:
            return False

    def _cure(self, refusal: Refusal, editions: Sequence[Edition], before: Sequence[ProtectedEdition]) -> str | None:
        """What to ask for instead, tried; what was told before only an edition without numbers does not tell again."""
        words = None if refusal.certain else self._gentle(refusal, editions, before)
        if words is not None:
            return words
        nothing = no_numbers(self._source, editions, refusal.edition)
        words = next((each.words for each in nothing if self._works(each, before, self._most)), None)
        return f"{refusal.hint}; or {words}" if words is not None and refusal.hint != LAST else words

    def _gentle(self, refusal: Refusal, editions: Sequence[Edition], before: Sequence[ProtectedEdition]) -> str | None:
        """What to ask for instead that keeps numbers.

        What works is mostly seen with little effort, and what does not takes much: so all are tried with little first.
        """
        out = [release for versions in self._register.values() for release in versions]
        named = frozenset(name for release in out for name in release.named) if out else None
        found = cures(self._source, editions, refusal.edition, refusal.about, refusal.table, named=named)
        tried, dear = list(islice(found, MOST_TRIALS)), list[Cure]()
        little = self._most.like(A_GLANCE, A_LOOK * self._source.policy.effort.value, AT_MOST).most
        little -= self._most.meter.done
        for cure in tried:
            works = self._works(cure, before, Effort(self._most.meter.done + little, self._most.meter))
            if works:
                return cure.words
            dear += [cure] * (works is None)
        least, most = A_TRIAL * self._source.policy.effort.value, self._most.part(BEFORE_THE_LAST)
        for cure in dear:
            effort = most.part(EACH)
            if not effort.holds(least):
                break
            if self._works(cure, before, effort):
                return cure.words
        less = last_resorts(self._source, editions, refusal.edition)
        return next((each.words for each in less if self._works(each, before, most.part(EACH))), None)

    def _works(self, cure: Cure, before: Sequence[ProtectedEdition], effort: Effort) -> bool | None:
        """Whether everything is safe by what a cure asks for; None: the effort ended before that was known."""
        if cure.source is not None:
            other = _Maker(cure.source, self._register, self._memories)
            return other._works(replace(cure, source=None), before, effort)
        for turn in range(TURNS_OF_A_TRIAL):
            try:
                self._together(cure.editions, before, turn, effort, A_TRIAL)
            except NotSafe as failed:
                return None if failed.spent else False
            except Refused as failed:
                if failed.refusal.hint == MORE or effort.spent:
                    return None
                if not failed.again:
                    return False
            else:
                return True
        return False

    def _protect(
        self, edition: Edition, before: Sequence[ProtectedEdition], turn: int, effort: Effort
    ) -> ProtectedEdition:
        """One edition by itself, in the knowledge of those before it."""
        versions = [self._earlier[release.edition, release.version] for release in self._register.get(edition.id, ())]
        earlier = [*self._earlier.values(), *(self._known(each) for each in before)]
        protector = _Protector(self._source, self._noise, edition, self._keys, earlier, versions, turn)
        return protector.run(effort)

    def _known(self, protected: ProtectedEdition) -> Earlier:
        unknowns = protected.linked.unknowns
        here = StandIns(unknowns, self._noise.key)
        members = {each.key: here.of(each.members) for each in unknowns.all if each.key[0] == "partners"}
        period = protected.edition.covered
        behind = microdata(self._source, protected.selection, self._noise.key)
        return Earlier(protected.published, members, here.holding, here.named, (period.start, period.until), behind)


class _Protector:
    """One edition, with what is known before it."""

    def __init__(  # noqa: PLR0917 - all of it is needed at once
        self, source: Source, noise: KeyedNoise, edition: Edition, keys: Keys, earlier: Sequence[Earlier],
        versions: Sequence[Earlier], turn: int,
    ) -> None:  # fmt: skip
        self._source, self._noise, self._edition, self._earlier = source, noise, edition, earlier
        self._keys, self._versions = keys, versions
        self._superseded = [each.published for each in versions]
        self._selection, self._draws = select(source, edition), noise.again(turn)

    @cached_property
    def _mine(self) -> Microdata:
        """The records behind the edition."""
        return microdata(self._source, self._selection, self._noise.key)

    def run(self, effort: Effort) -> ProtectedEdition:
        tables = tabulate(self._source, self._selection) if publishes_numbers(self._edition) else ()
        linked = self._link(tables)
        if not tables:
            return self._with(linked, (), None)
        try:
            contents, cost = self._protect(linked, effort)
        except Failed as failed:
            raise Refused(by_itself(self._edition, linked, failed)) from None
        return self._with(linked, tuple(self._by_table(linked, contents)), cost)

    def _link(self, tables: tuple[Table, ...]) -> Linked:
        unknowns = Unknowns(self._selection, tables, self._keys)
        differences = (
            *sensitive_differences(unknowns, self._earlier, self._noise.key),
            *corrected_differences(unknowns, self._versions, self._noise.key),
            *changed_conversations(unknowns, self._mine, self._earlier, self._source.policy.p_percent.value),
        )
        windows = standing_windows(unknowns, self._superseded, self._source.policy.threshold.value)
        return link(unknowns, self._source, tuple(dict.fromkeys(differences)), windows)

    def _protect(self, linked: Linked, effort: Effort) -> tuple[tuple[Content, ...], Cost | None]:
        standing, here = Standing.of(linked.unknowns, self._superseded), StandIns(linked.unknowns, self._noise.key)
        once = (here.whose(each.named) for each in self._versions)
        standing = standing.beside(linked.unknowns, once, self._source.policy.threshold.value)
        p_percent = self._source.policy.p_percent.value
        elsewhere = told_by_periods(linked.unknowns, self._mine, self._earlier, p_percent) - standing.shown
        rounded = {**rounded_elsewhere(linked.unknowns, self._earlier, self._noise.key), **standing.rounded}
        standing = replace(standing, hidden=standing.hidden | elsewhere, rounded=rounded)
        return protect(linked, standing, self._draws, self._edition, effort=effort)

    def _by_table(self, linked: Linked, contents: tuple[Content, ...]) -> Iterator[Mapping[Codes, Content]]:
        for table in linked.unknowns.tables:
            yield {codes: contents[linked.unknowns.of(table, codes)] for codes in table.cells}

    def _with(
        self, linked: Linked, contents: tuple[Mapping[Codes, Content], ...], cost: Cost | None
    ) -> ProtectedEdition:
        tables = linked.unknowns.tables
        return ProtectedEdition(self._edition, self._selection, tables, contents, linked, cost)
