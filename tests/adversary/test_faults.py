"""Negative controls, fault by fault: the producer with one rule forgotten, on the smallest source that this tells of.

The audit is handed what such a producer hands on, and refuses it; without the fault the same source goes out. There are
two lines of protection, each edition by itself and all of them by worlds; where either keeps what the other forgot, that
other is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

import pytest

from tests.adversary.a_producer import Said, publish
from tests.adversary.small_sources import Some, of, overview, rounded, sources, under_other_codes
from tests.stages.test_hearing_controls import all_shown, only_asked
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.over_periods import CHANGED, WHY
from tweeluik.checks.audit.questions import OUTSIDER, Memory, Question
from tweeluik.checks.audit.worlds import Unit
from tweeluik.disclosure.system import Attacker, Role, System
from tweeluik.pipeline.behind import WHAT
from tweeluik.protection import beside, safety
from tweeluik.protection.beside import Beside
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.keys import Key, Keys
from tweeluik.protection.one_edition import OneEdition
from tweeluik.protection.safety import Limits
from tweeluik.protection.unknowns import Unknowns
from tweeluik.protection.worlds.lineage import Ended, as_one
from tweeluik.protection.worlds.proof import Prover
from tweeluik.selection.microdata import unit_id
from tweeluik.source.records import Edition, Source

Put = Callable[[pytest.MonkeyPatch], None]
"""Puts a fault, or takes a line of protection out."""

HERE = "tweeluik.protection."


def gives(place: str, value: object) -> Put:
    """A fault: something of the protection finds nothing, or always the same."""
    return lambda put: put.setattr(HERE + place, lambda *_, **__: value)


# --- the lines that are taken out -------------------------------------------------------------------------------------


def nothing_hidden_for_worlds(put: pytest.MonkeyPatch) -> None:
    """Worlds are searched, and nothing is changed where there are none."""
    put.setattr(HERE + "beside.make_safe", only_asked)


def nothing_hidden_for_sums(put: pytest.MonkeyPatch) -> None:
    """Nobody asks what the finished numbers of conversations tell."""
    nothing_hidden_for_worlds(put)
    put.setattr(Beside, "_told_by_sums", lambda *_: iter(()))


def nothing_hidden_by_itself(put: pytest.MonkeyPatch) -> None:
    """An edition by itself shows everything."""
    put.setattr(HERE + "one_edition.protect", all_shown)


# --- faults of an edition by itself -----------------------------------------------------------------------------------

IS_SENSITIVE, IS_SENSITIVE_SUM = safety.is_sensitive, safety.is_sensitive_sum


def one_less(put: pytest.MonkeyPatch) -> None:
    def lax(unknowns: Unknowns, key: Key, members: frozenset[Any], limits: Limits) -> bool:
        return IS_SENSITIVE(unknowns, key, members, replace(limits, threshold=limits.threshold - 1))

    for place in ("safety", "linked"):
        put.setattr(f"{HERE}{place}.is_sensitive", lax)


def nobody_is_named(put: pytest.MonkeyPatch) -> None:
    put.setattr(Unknowns, "named_in", lambda *_: frozenset())


def each_its_own_holding(put: pytest.MonkeyPatch) -> None:
    put.setattr(Unknowns, "_of_partner", property(lambda self: {each: each for each in self.selection.holding}))


def no_percentage(put: pytest.MonkeyPatch) -> None:
    for place in ("safety", "periods"):
        put.setattr(f"{HERE}{place}.is_sensitive_sum", lambda every, own, _: IS_SENSITIVE_SUM(every, own, 0))


def only_the_small_are_hidden(put: pytest.MonkeyPatch) -> None:
    class Pattern:
        objective = bound = 0

        def __init__(self, system: System) -> None:
            self.hidden = frozenset(i for i, each in enumerate(system.variables) if each.role is Role.SENSITIVE)

    put.setattr(HERE + "suppressing.suppress", lambda system, **_: Pattern(system))


def no_attack_on_a_rounding(put: pytest.MonkeyPatch) -> None:
    class Attacked:
        reached = cuts = ()

    put.setattr(HERE + "rounding.attack", lambda *_: Attacked())


def drawn_anew(put: pytest.MonkeyPatch) -> None:
    """Every edition rounds with draws of its own, whatever was rounded before."""
    gives("one_edition.rounded_elsewhere", {})(put)
    as_it_is = OneEdition.__init__

    def made(self: OneEdition, source: Source, noise: KeyedNoise, edition: Edition, *rest: Any) -> None:
        as_it_is(self, source, noise, edition, *rest)
        self._draws = noise.again(int(edition.id[:4]))

    put.setattr(OneEdition, "__init__", made)


# --- faults of what asks for worlds -----------------------------------------------------------------------------------


def asks(questions: Callable[[Question], bool] = lambda _: True, *, readers: Sequence[Memory] = tuple(Memory)) -> Put:
    """Whoever searches worlds asks these questions only, for these readers only."""

    def forget(put: pytest.MonkeyPatch) -> None:
        class Forgetful(Examination):
            @cached_property
            def questions(self) -> tuple[Question, ...]:
                return tuple(filter(questions, super().questions))

            @cached_property
            def memories(self) -> tuple[Memory, ...]:
                return tuple(each for each in super().memories if each in readers)

        put.setattr(HERE + "worlds.proof.Examination", Forgetful)

    return forget


def skips(why: str) -> Put:
    return asks(lambda each: each.why != why)


def forgets(reader: Memory) -> Put:
    return asks(readers=[each for each in Memory if each is not reader])


def asked_for(kept: Callable[[str], bool]) -> Put:
    """Worlds are searched for some attackers only."""
    ask = Prover._ask

    def some(self: Prover, questions: Sequence[Question]) -> Any:
        ask(self, questions)
        told = ((each, tuple(filter(kept, each.attackers))) for each in self.left)
        self.left = tuple(replace(each, attackers=who) for each, who in told if who)
        return self.left

    return lambda put: put.setattr(Prover, "_ask", some)


def by_rules(threshold: int, p_percent: int, group_size: int) -> Put:
    return lambda put: put.setattr(HERE + "beside.Rules", lambda *_: Rules(threshold, p_percent, group_size))


def knows(**nothing: object) -> Put:
    """What is known of everything published lacks something."""
    as_it_is = Beside.__init__

    def made(self: Beside, *given: Any) -> None:
        as_it_is(self, *given)
        for name, value in nothing.items():
            setattr(self, name, value)

    return lambda put: put.setattr(Beside, "__init__", made)


RECORDS = beside._records


def told_of_units(change: Callable[[str, Unit], Unit]) -> Put:
    """The records that are handed on say something else of every organisation."""

    def records(data: Any, named: set[str]) -> Any:
        made = RECORDS(data, named)
        units = {name: change(name, unit) for name, unit in made.units.items()}
        return replace(made, units=units)

    return lambda put: put.setattr(HERE + "beside._records", records)


def who_sat_there_is_forgotten(put: pytest.MonkeyPatch) -> None:
    def records(data: Any, named: set[str]) -> Any:
        made = RECORDS(data, named)
        alone = {
            name: replace(talk, holdings=frozenset(sorted(talk.holdings)[:1])) for name, talk in made.talks.items()
        }
        return replace(made, talks=alone)

    put.setattr(HERE + "beside._records", records)


def who_was_named_before_is_forgotten(put: pytest.MonkeyPatch) -> None:
    put.setattr(HERE + "beside._records", lambda data, _: RECORDS(data, {each.id for each in data.units if each.named}))


def no_lines(put: pytest.MonkeyPatch) -> None:
    """No category goes on as another."""
    put.setattr(Keys, "lines", property(lambda _: {}))


def followed_by(source: Source, **ended: str) -> Source:
    """Of some groups of one the organisation ended with 2025, and that of another group goes on as it."""
    heirs = {f"p-{old[1:]}000": f"p-{new}000" for old, new in ended.items()}
    partners = (
        replace(each, ended=date(2025, 12, 31), successors=(heirs[each.id],)) if each.id in heirs else each
        for each in source.partners
    )
    return replace(source, partners=tuple(partners))


def goes_on_as(**heirs: str) -> Put:
    """Who goes on as whom is something else to whoever searches worlds: of some groups of one."""
    key = bytes.fromhex("5" * 64)

    def put_it(put: pytest.MonkeyPatch) -> None:
        ended = {
            unit_id(key, f"p-{old[1:]}000"): Ended(date(2025, 12, 31), [unit_id(key, f"p-{new}000")])
            for old, new in heirs.items()
        }
        put.setattr(HERE + "beside.as_one", lambda truth, _, *rest: as_one(truth, ended, *rest))

    return put_it


def a_world_is_lost(put: pytest.MonkeyPatch) -> None:
    needed = Prover.needed
    put.setattr(Prover, "needed", lambda self: needed(self)[1:])


@dataclass(frozen=True)
class Fault:
    """What is put in, the source, what the audit says, and what else is taken out; `turned`: what is done to it first."""

    put: Put
    some: tuple[Some, ...]
    asked: tuple[Edition, ...]
    said: str
    without: tuple[Put, ...] = ()
    turned: Callable[[Source], Source] = replace


NUMBER, EXACT, GROUP = (
    "a number of the table",
    "a number that is not shown exactly",
    "whether all of a category are in another",
)
SEVERAL, CAME = "who is in several of the categories", "who came where nobody left"
KINDS = of(4), of(9, "k1"), of(12, "k2")
BY_KIND = overview("2025", "kind")
TWO_YEARS = BY_KIND, overview("2026", "kind")
ROUNDED = rounded("2025", "kind"), rounded("2026", "kind")
LEAVER = of(14), of(1, "k0", "1.1a", ""), of(15, "k1")
WITH_SUCCESSOR = (
    of(14),
    of(1, "k0", "1.1a", ""),
    of(1, "k0", "", "1.1a"),
    of(1, "k1", "", "1.1a"),
    of(15, "k1"),
    of(9, "k2"),
)
THEMES = of(14), of(9, "k0", "1.2a"), of(1, "k0", "1.1a 1.2a"), of(6, "k0", "2.1a")
FEW = of(3, named=("2025",)), of(3), of(12, "k1")
TALKS, VISITS = (("gesprek", 2),), (("werkbezoek", 4),)
ITSELF, SUMS, AT_ONCE = (nothing_hidden_for_worlds,), (nothing_hidden_for_sums,), (nothing_hidden_by_itself,)

BY_ITSELF: Mapping[str, Fault] = {
    "the threshold is one less": Fault(one_less, KINDS, (BY_KIND,), NUMBER, ITSELF),
    "who is named counts as well": Fault(nobody_is_named, FEW, (BY_KIND,), NUMBER, ITSELF),
    "an umbrella and its members count apart": Fault(
        each_its_own_holding, (of(6, together=2), of(12, "k1"), of(9, "k2")), (BY_KIND,), NUMBER, ITSELF,
    ),
    "nobody knows himself": Fault(
        gives("linked.attackers", ((Attacker(),), {})),
        (of(2), of(3, "k1"), of(12, "k2"), of(7, "k0", "2.1a"), of(8, "k1", "2.1a"), of(9, "k2", "2.1a")),
        (overview("2025", "kind pillar"),), NUMBER, ITSELF,
    ),
    "p is nothing": Fault(
        no_percentage, (of(12, talks=TALKS), of(1, talks=(("werkbezoek", 12),)), of(2, talks=(("werkbezoek", 1),))),
        (overview("2025", "talks form"),), NUMBER, SUMS,
    ),
    "no sum of conversations is sensitive": Fault(
        gives("safety.is_sensitive_sum", False), (of(12, talks=TALKS), of(1, talks=VISITS)),
        (overview("2025", "talks form"),), NUMBER, SUMS,
    ),
    "only small numbers are hidden": Fault(
        only_the_small_are_hidden, (*KINDS, *(replace(each, work=("2.1a", "2.1a")) for each in KINDS)),
        (overview("2025", "kind pillar"),), NUMBER, ITSELF,
    ),
    "a part of the agenda is no part of anything": Fault(
        gives("relations._between_levels", ()), (of(27), of(1, "k0", "1.2a"), of(9, "k0", "2.1a")),
        (overview("2025", "pillar", "theme"),), NUMBER, ITSELF,
    ),
    "a conversation needs no partner": Fault(
        gives("relations._conversations_need_partners", ()),
        (of(12, talks=TALKS), of(3, "k1", talks=(("gesprek", 3),)), of(9, "k2", talks=(("werkbezoek", 1),))),
        (overview("2025", "kind", "talks kind"),), NUMBER, ITSELF,
    ),
    "what changed by one is shown": Fault(
        gives("one_edition.sensitive_differences", ()), LEAVER, TWO_YEARS, "who left where nobody came", ITSELF,
    ),
    "what periods tell is shown": Fault(
        gives("one_edition.told_by_periods", frozenset()),
        (of(12, talks=(("gesprek", 12),)), of(1, talks=(("werkbezoek", 8),)), of(9, talks=VISITS)),
        (overview("2025-1", "talks form"), overview("2025", "talks form")), WHY, SUMS,
    ),
    "what was found later is shown": Fault(
        gives("one_edition.changed_conversations", ()),
        (of(12, talks=(("gesprek", 6),)), of(12, "k1", talks=(("werkbezoek", 3),)), of(1, talks=(("gesprek", 3),), found=1)),
        (overview("2025", "talks form"), overview("2025", "talks form")), CHANGED, SUMS,
    ),
    "every edition draws anew": Fault(
        drawn_anew,
        (of(3), of(7, "k1"), of(9, "k2"), of(3, "k0", "2.1a"), of(4, "k1", "2.1a"), of(8, "k2", "2.1a")),
        (rounded("2025", "kind pillar"), rounded("2026", "kind pillar")), NUMBER, ITSELF,
    ),
    "no rounding is attacked": Fault(
        no_attack_on_a_rounding, tuple(of(1, kind, pillar) for pillar in ("1.1a", "2.1a") for kind in ("k0", "k1", "k2")),
        (rounded("2025", "kind pillar"),), NUMBER, ITSELF,
    ),
}  # fmt: skip

BY_WORLDS: Mapping[str, Fault] = {
    "the threshold is one less": Fault(by_rules(4, 10, 0), (of(2), of(3, "k1"), of(12, "k2")), (BY_KIND,), NUMBER),
    "groups are no secret": Fault(by_rules(5, 10, 1), (of(12), of(17, "k1", "2.1a")), (overview("2025", "kind pillar"),), GROUP),
    "there are no insiders": Fault(asked_for(lambda each: each == OUTSIDER), (of(2), of(3, "k1"), of(12, "k2")), (BY_KIND,), NUMBER),
    "a publication is forgotten": Fault(knows(_frozen=[]), LEAVER, TWO_YEARS, "the records behind this publication are not there"),
    "nobody is named": Fault(
        told_of_units(lambda _, unit: replace(unit, named=False)), (of(6), of(12, "k1"), of(2, named=("2025",), withdrawn=True)),
        (BY_KIND, BY_KIND), WHAT,
    ),
    "who was named in an older version is forgotten": Fault(
        who_was_named_before_is_forgotten, (of(6), of(12, "k1"), of(2, named=("2025",), withdrawn=True)),
        (BY_KIND, BY_KIND), WHAT,
    ),
    "an umbrella and its members are others": Fault(
        told_of_units(lambda name, unit: replace(unit, holding=name)), (of(6, together=2), of(12, "k1"), of(9, "k2")), (BY_KIND,), WHAT,
    ),
    "what goes on under another name is forgotten": Fault(
        no_lines, (of(3), of(7, "k1"), of(9, "k2")), TWO_YEARS, NUMBER, AT_ONCE, under_other_codes,
    ),
    "a successor came, and who ended left": Fault(
        goes_on_as(), WITH_SUCCESSOR, TWO_YEARS, WHAT, turned=partial(followed_by, _01="02"),
    ),
    "two that nothing joins are taken for one": Fault(goes_on_as(_01="02"), WITH_SUCCESSOR, TWO_YEARS, WHAT),
    "another one is taken for the successor": Fault(
        goes_on_as(_01="03"), WITH_SUCCESSOR, TWO_YEARS, WHAT, turned=partial(followed_by, _01="02"),
    ),
    "a world is lost": Fault(a_world_is_lost, (of(2), of(3, "k1"), of(12, "k2")), (BY_KIND,), NUMBER),
    "sums of periods are not asked": Fault(
        nothing_hidden_for_sums,
        (of(12, talks=(("gesprek", 12),)), of(1, talks=(("werkbezoek", 8),)), of(9, talks=VISITS)),
        (overview("2025-1", "talks form"), overview("2025", "talks form")), WHY,
        (gives("one_edition.told_by_periods", frozenset()),),
    ),
    "numbers of the table are not asked": Fault(skips(NUMBER), KINDS, (BY_KIND,), NUMBER, AT_ONCE),
    "whether a number is known exactly is not asked": Fault(
        skips(EXACT), (of(12, talks=TALKS), of(3, "k1", talks=(("gesprek", 3),)), of(9, "k2", talks=(("werkbezoek", 1),))),
        (rounded("2025", "kind", "talks kind"),), EXACT,
    ),
    "who is in several categories is not asked": Fault(skips(SEVERAL), THEMES, (overview("2025", "theme"),), SEVERAL),
    "groups are not asked": Fault(skips(GROUP), (of(12), of(17, "k1", "2.1a")), (overview("2025", "kind pillar"),), GROUP),
    "who came where nobody left is not asked": Fault(
        skips(CAME), (of(9), of(9, "k1"), of(1, found=1)), (BY_KIND, BY_KIND), CAME, AT_ONCE,
    ),
    "who remembers every name is not asked": Fault(forgets(Memory.EVER), KINDS, TWO_YEARS, NUMBER),
    "who knows a name where it stands is not asked": Fault(
        forgets(Memory.HERE), (of(3, named=("2025",)), of(9, "k1"), of(9, "k2")), TWO_YEARS, NUMBER,
    ),
    "nothing is hidden for what follows in an edition": Fault(
        nothing_hidden_for_worlds, THEMES, (overview("2025", "theme"),), SEVERAL,
    ),
    "nothing is hidden for what follows from two": Fault(
        nothing_hidden_for_worlds, (of(28), of(2, "k0", "1.1a", ""), of(9, "k0", "", "1.1a"), of(20, "k1")),
        (BY_KIND, overview("2026", "first_year")), "who was there in a year less those since one year",
    ),
}  # fmt: skip


def said(fault: Fault, *put: Put) -> Said:
    with pytest.MonkeyPatch.context() as patch:
        for each in put:
            each(patch)
        return publish(*map(fault.turned, sources(fault.some, *fault.asked))).said


@pytest.mark.parametrize("name", BY_ITSELF)
def test_a_fault_of_an_edition_by_itself_is_refused(name: str) -> None:
    refused(BY_ITSELF[name])


@pytest.mark.parametrize("name", BY_WORLDS)
def test_a_fault_of_what_asks_for_worlds_is_refused(name: str) -> None:
    refused(BY_WORLDS[name])


def refused(fault: Fault) -> None:
    """With the fault, for what it tells; and not without it."""
    assert said(fault, *fault.without) == Said()
    assert fault.said in said(fault, *fault.without, fault.put).by_worlds
