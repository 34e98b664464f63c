"""All editions that are not published yet, each protected in the knowledge of all that is, and of those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from types import MappingProxyType

from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.protection.agreement import is_candidate, is_concept
from tweeluik.protection.beside import Beside, Memories, Withhold
from tweeluik.protection.cures import Cure
from tweeluik.protection.differences import (
    Earlier,
    StandIns,
    remembered,
)
from tweeluik.protection.instead import Contents, Instead, hides_much, instead
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Key, Keys
from tweeluik.protection.methods import MORE
from tweeluik.protection.one_edition import OneEdition
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.redesign import Refused, RefusedInTurns, beside_all
from tweeluik.protection.remedies import A_TRIAL, Remedies
from tweeluik.protection.rounding import is_safe
from tweeluik.protection.worlds.stage import NotSafe
from tweeluik.protection.worlds.sums import Hidden, to_hide
from tweeluik.record.cell import Suppressed
from tweeluik.record.log import Log
from tweeluik.record.register import Register
from tweeluik.source.records import Edition, Source


def protect_editions(
    source: Source, register: Register, memories: Memories = MappingProxyType({})
) -> tuple[ProtectedEdition, ...]:
    """What may be published of every edition that is not published yet, the earliest period first.

    Raises:
        UnsafeTables: an edition cannot be published safely.
    """
    return prove_editions(source, register, memories).editions


def prove_editions(
    source: Source, register: Register, memories: Memories = MappingProxyType({}), *,
    log: Log = (), advise: bool = False,
) -> Proven:  # fmt: skip
    """The same, with what proves them safe beside everything ever published.

    `log`: in which order all that went out. `advise`: try, of editions that hide much, what would show more; that may
    take as long again.

    The final ones come first: nobody outside knows of a concept, so that none may change what is published.

    Raises:
        UnsafeTables: an edition cannot be published safely.
    """
    maker = _Maker(source, register, memories, log, advise=advise)
    in_order = sorted(source.editions, key=lambda each: (each.period.start, each.period.until, each.id))
    final = maker.protect_all([each for each in in_order if is_candidate(each, register)], ())
    concepts = [each for each in in_order if is_concept(each, register)]
    return maker.protect_all(concepts, final.editions) if concepts else final


TURNS = 8
"""Other draws for everything, before giving up."""

ORDINARY, A_LOOK, ALL_LOOKS = 1.0, 0.01, 0.25
"""The part of the effort that protecting an edition may take: what is asked for; all looks at what would show more by
itself; and all of those that are tried as they would be published."""

TURNS_OF_A_TRIAL = 3
"""Other draws for a cure that is tried."""

WORLDS = 2.5
"""How often the effort may go to everything published together, beside once for each edition by itself."""

FIRST = 0.7
"""The part of all that for what is asked for."""


class _Maker:
    """What all editions share."""

    def __init__(
        self, source: Source, register: Register, memories: Memories, log: Log, *, advise: bool = False
    ) -> None:
        self._source, self._register, self._memories, self._advises = source, register, memories, advise
        self._log = log
        self._noise = KeyedNoise.of(source)
        self._keys = Keys(source.agenda, source.vocabulary)
        self._beside = Beside(source, register, memories, self._noise, log)
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

        What all together asked to be rounded otherwise may no longer be safe by itself: then with other draws. Where
        no way of rounding is safe together with all others, with numbers hidden of what is rounded.
        """
        effort = self._most.part(FIRST)
        try:
            try:
                proven = self._in_turns(editions, before, effort)
            except (NotSafe, Refused) as failed:
                proven = self._withholding(editions, before, effort, failed)
            return self._with_advice(proven, before) if self._advises else proven
        except NotSafe as failed:
            refusal = beside_all(editions, failed)
        except Refused as failed:
            refusal = failed.refusal
        works = partial(self._works, before)
        words = Remedies(self._source, self._register, self._most, works).words(refusal, editions)
        raise refusal.told(words) from None

    def _in_turns(
        self, editions: Sequence[Edition], before: Sequence[ProtectedEdition], effort: Effort,
        *, withholds: bool = False,
    ) -> Proven:  # fmt: skip
        """With other draws as long as these may do."""
        for turn in count(1):
            try:
                return self._together(editions, before, turn - 1, effort, withholds=withholds)
            except Refused as failed:
                if not failed.again or turn == TURNS:
                    raise
        raise AssertionError

    def _withholding(
        self, editions: Sequence[Edition], before: Sequence[ProtectedEdition], effort: Effort,
        failed: NotSafe | Refused,
    ) -> Proven:  # fmt: skip
        """With numbers hidden of what is rounded, where that may help what `failed` without.

        Raises:
            NotSafe, Refused: it does not: why it was not safe without.
        """
        rounds = any(each.protection == "rounding" for each in editions)
        if isinstance(failed, NotSafe):
            helps = not failed.spent and not failed.before
        else:
            helps = bool(failed.around) or isinstance(failed, RefusedInTurns)
        if not rounds or not helps:
            raise failed
        try:
            return self._in_turns(editions, before, effort, withholds=True)
        except (NotSafe, Refused):
            raise failed from None

    def _together(
        self, editions: Sequence[Edition], before: Sequence[ProtectedEdition], turn: int, effort: Effort,
        part: float = ORDINARY, *, is_trial: bool = False, withholds: bool = False,
    ) -> Proven:  # fmt: skip
        own, hidden = part * self._source.policy.effort.value, dict[str, frozenset[Key]]()
        while True:
            try:
                made = self._one_by_one(editions, before, turn, effort, own, hidden=hidden)
                if any(_hides_all(each, hidden.get(each.edition.id, frozenset())) for each in made):
                    raise RefusedInTurns(editions[-1])
                proven = self._beside.safe(made, before, effort, is_trial=is_trial, withholds=withholds)
                fallen = self._fallen(proven, [*before, *made], effort)
                if fallen is None:
                    return proven
                more = _turned(made, fallen) if withholds else {}
                if not any(more.values()):
                    raise RefusedInTurns(editions[-1])
            except Withhold as found:
                more = found.hidden
            except Refused as failed:
                if not withholds or not failed.around:
                    raise
                more = {failed.refusal.edition.id: failed.around}
            # Each time more, and there are only so many.
            hidden = {each.id: hidden.get(each.id, frozenset()) | more.get(each.id, frozenset()) for each in editions}

    def _fallen(self, proven: Proven, attacked: Sequence[ProtectedEdition], effort: Effort) -> ProtectedEdition | None:
        """The first edition that is not safe by itself any more, if there is one.

        What was rounded was attacked then: nothing is known of what was turned since.
        """
        changed = (each for each in proven.editions if each not in attacked)
        return next((each for each in changed if not self._stands(each, effort)), None)

    def _one_by_one(
        self, editions: Sequence[Edition], before: Sequence[ProtectedEdition], turn: int, effort: Effort, own: float,
        *, hidden: Hidden,
    ) -> list[ProtectedEdition]:  # fmt: skip
        """Each by itself, with more hidden where their numbers of conversations tell too much together."""
        while True:
            done = list(before)
            for edition in editions:
                also = hidden.get(edition.id, frozenset())
                done.append(self._protect(edition, done, turn, effort.first(own), also))
            made = done[len(before) :]
            told = self._beside.told_by_sums(made, before)
            if not told:
                return made
            more = to_hide(told, made, self._keys, hidden)
            if more == hidden:
                again = any(each.protection == "rounding" for each in editions)
                raise Refused(beside_all(editions, NotSafe(told[0])), again=again)
            hidden = more

    def _with_advice(self, proven: Proven, before: Sequence[ProtectedEdition]) -> Proven:
        """With what would show readers more of editions that hide much. The effort is its own: it decides nothing."""
        made, done = list[ProtectedEdition](), list(before)
        for each in proven.editions:
            if each in before:
                made.append(each)
                continue
            much = each.edition.protection == "suppression" and hides_much(each.contents)
            made.append(replace(each, instead=self._instead(each, proven, done, before)) if much else each)
            done.append(each)
        return replace(proven, editions=tuple(made))

    def _instead(
        self, protected: ProtectedEdition, proven: Proven, done: Sequence[ProtectedEdition],
        before: Sequence[ProtectedEdition],
    ) -> Instead:  # fmt: skip
        look, tries = (Effort.of(part * self._source.policy.effort.value) for part in (A_LOOK, ALL_LOOKS))

        def alone(edition: Edition) -> Contents | None:
            """What it shows by itself."""
            try:
                return None if look.spent else self._protect(edition, done, 0, look).contents
            except Refused:
                return None

        def beside_all(edition: Edition) -> Contents | None:
            """What it shows with all others as they are asked for."""
            asked = (each.edition for each in proven.editions if each not in before)
            editions = [edition if each.id == edition.id else each for each in asked]
            try:
                found = self._tried(editions, before, tries, ORDINARY)
            except OutOfEffort:
                return None
            contents = {each.edition.id: each.contents for each in found.editions} if found else {}
            return contents.get(edition.id)

        return instead(self._source, protected.edition, protected.contents, alone, beside_all)

    def _stands(self, protected: ProtectedEdition, effort: Effort) -> bool:
        """Whether an edition is still safe by itself, as far as the effort tells."""
        if not protected.tables or protected.edition.protection != "rounding":
            return True
        try:
            return is_safe(protected.linked, protected.by_unknown, effort)
        except OutOfEffort:
            return False

    def _works(self, before: Sequence[ProtectedEdition], cure: Cure, effort: Effort) -> bool | None:
        """Whether everything is safe by what a cure asks for; None: the effort ended before that was known."""
        if cure.source is not None:
            other = _Maker(cure.source, self._register, self._memories, self._log)
            other._beside.suspects = self._beside.suspects
            return other._works(before, replace(cure, source=None), effort)
        try:
            return self._tried(cure.editions, before, effort, A_TRIAL) is not None
        except OutOfEffort:
            return None

    def _tried(
        self, editions: Sequence[Edition], before: Sequence[ProtectedEdition], effort: Effort, part: float
    ) -> Proven | None:
        """What is published of editions that are asked for otherwise; None: nothing that is safe.

        Raises:
            OutOfEffort: the effort ended before that was known.
        """
        for turn in range(TURNS_OF_A_TRIAL):
            try:
                return self._together(editions, before, turn, effort, part, is_trial=True)
            except NotSafe as failed:
                if failed.spent:
                    raise OutOfEffort from None
                return None
            except Refused as failed:
                if failed.refusal.hint == MORE or effort.spent:
                    raise OutOfEffort from None
                if not failed.again:
                    return None
        return None

    def _protect(
        self, edition: Edition, before: Sequence[ProtectedEdition], turn: int, effort: Effort,
        hidden: frozenset[Key] = frozenset(),
    ) -> ProtectedEdition:  # fmt: skip
        """One edition by itself, in the knowledge of those before it."""
        versions = [self._earlier[release.edition, release.version] for release in self._register.get(edition.id, ())]
        earlier = [*self._earlier.values(), *(self._known(each) for each in before)]
        return OneEdition(self._source, self._noise, edition, self._keys, earlier, versions, turn, hidden).protect(
            effort
        )

    def _known(self, protected: ProtectedEdition) -> Earlier:
        unknowns = protected.linked.unknowns
        here = StandIns(unknowns, self._noise.key)
        members = {each.key: here.of(each.members) for each in unknowns.all if each.key[0] == "partners"}
        period = protected.edition.covered
        days = period.start, period.until
        return Earlier(protected.published, members, here.holding, here.named, days, protected.behind)


def _hides_all(protected: ProtectedEdition, hidden: frozenset[Key]) -> bool:
    """Whether of a rounded edition nothing would be told: then it should be another."""
    told = protected.published
    gone = hidden.union(key for key, each in told.items() if isinstance(each, Suppressed))
    return protected.edition.protection == "rounding" and 0 < len(told) <= len(gone)


def _turned(before: Sequence[ProtectedEdition], after: ProtectedEdition) -> Hidden:
    """The numbers of partners of an edition that are rounded the other way."""
    (told,) = (each.published for each in before if each.publication == after.publication)
    turned = (key for key, content in after.published.items() if key[0] == "partners" and content != told[key])
    return {after.edition.id: frozenset(turned)}
