"""Hidden in one publication and rounded in another over the same days: that cannot be, and is seen before any search.

Where the rounded number is not published yet it is hidden as well; where it is out, and nobody logged that it was out
before, nothing helps but another method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories import a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.checks.audit.questions import Among, Asked, Expression, Label, Question
from tweeluik.checks.audit.worlds import Pair, Publication
from tweeluik.disclosure.effort import Effort
from tweeluik.door.release import release
from tweeluik.problems import UnsafeTables
from tweeluik.protection import editions as maker
from tweeluik.protection.beside import Beside
from tweeluik.protection.differences import Standing
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.linked import Linked
from tweeluik.protection.methods import Failed
from tweeluik.protection.methods import protect as really
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.redesign import beside_all
from tweeluik.protection.remedies import Remedies
from tweeluik.protection.rounding import _published_equations
from tweeluik.protection.worlds import stage
from tweeluik.protection.worlds.clashes import find_clash
from tweeluik.protection.worlds.demands import Demand
from tweeluik.protection.worlds.draft import Draft
from tweeluik.protection.worlds.moves import Rooms
from tweeluik.protection.worlds.open_cells import OpenCells
from tweeluik.protection.worlds.proof import Proof, Prover
from tweeluik.protection.worlds.search import Searcher
from tweeluik.protection.worlds.stage import NotSafe
from tweeluik.protection.worlds.terms import Found
from tweeluik.protection.worlds.world import World
from tweeluik.record.cell import Shown, Suppressed
from tweeluik.record.model import Release
from tweeluik.selection.microdata import Microdata, microdata
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Correction, Edition, Number, Period, Protection, Source

FEW, MANY = 2, 9


def edition(id: str, protection: Protection, *, year: int = 2025) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return an_edition(a_table("partners", "kind"), id=id, period=period, protection=protection, status="final")


def source(*editions: Edition, threshold: int = 5, few: int = FEW, many: int = MANY) -> Source:
    kinds = "stichting", "vereniging", "gemeente"
    numbers = zip(kinds, (few, many, 0), strict=True)
    work = tuple(map(a_collaboration, (2025, 2026)))
    members = [
        a_partner(f"p-{kind}-{n}", kind=kind, collaborations=work) for kind, number in numbers for n in range(number)
    ]
    made = a_source(tuple(members))
    policy = replace(made.policy, threshold=Number(threshold, "test", made.place))
    return replace(made, editions=editions, policy=policy, protection_key="a" * 64)


def out(of: Source) -> tuple[dict[str, tuple[Release, ...]], dict[tuple[str, int], Microdata]]:
    """The edition of a source as it is public, and what is remembered of it."""
    (protected,) = prove_editions(of, {}).editions
    made = release(of, protected)
    memory = replace(microdata(of, protected.selection, secret_of(of)), version=made.version)
    return {made.edition: (made,)}, {(made.edition, made.version): memory}


HIDDEN = edition("2025", "suppression")
ROUNDED = edition("2025-b", "rounding")


def hidden_of(made: ProtectedEdition) -> set[str]:
    """The kinds that are not shown."""
    (cells,) = made.contents
    assert not any(isinstance(each, Shown) for each in cells.values())
    return {kind for (kind,), content in cells.items() if isinstance(content, Suppressed)}


def test_what_is_hidden_is_hidden_where_it_would_be_rounded_over_the_same_days() -> None:
    """And nothing else is: "vereniging", nine, is hidden in the other edition and rounded here."""
    (made,) = prove_editions(source(ROUNDED), *out(source(HIDDEN))).editions
    assert hidden_of(made) == {"stichting"}


def test_both_at_once_are_made_as_one_after_the_other() -> None:
    _, made = prove_editions(source(HIDDEN, ROUNDED), {}).editions
    assert hidden_of(made) == {"stichting"}


def test_an_edition_that_would_tell_nothing_is_refused() -> None:
    """Of both kinds and the total nothing would be left; what is advised shows something."""
    with pytest.raises(UnsafeTables) as failed:
        prove_editions(source(ROUNDED, many=FEW), *out(source(HIDDEN, many=FEW)))
    assert "that was tried and is safe" in str(failed.value.problems[0])


def fails_on(monkeypatch: pytest.MonkeyPatch, *kinds: str) -> None:
    """No rounding keeps the first of some kinds by itself before all of them are hidden."""

    def protect(linked: Linked, standing: Standing, *asked: Any, effort: Effort) -> object:
        index, of = linked.unknowns.index, [("partners", frozenset({("kind", kind)})) for kind in kinds]
        if not standing.withheld.issuperset(index[key] for key in of):
            raise Failed("no rounding found is safe", index[of[0]])
        return really(linked, standing, *asked, effort=effort)

    monkeypatch.setattr("tweeluik.protection.one_edition.protect", protect)


@pytest.mark.parametrize("kinds", [("stichting",), ("stichting", "vereniging")])
def test_what_no_rounding_keeps_by_itself_is_hidden_and_then_the_small_numbers_beside_it(
    kinds: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both kinds are small, the total is not: as many are hidden as it takes, one by one."""
    fails_on(monkeypatch, *kinds)
    (made,) = prove_editions(source(ROUNDED, few=4, many=4), {}).editions
    assert hidden_of(made) == set(kinds)


def test_of_exact_numbers_nothing_is_hidden_for_one_that_no_choice_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    fails_on(monkeypatch, "stichting")
    with pytest.raises(UnsafeTables):
        prove_editions(source(HIDDEN, few=4, many=4), {})


def test_what_can_be_rounded_is_not_hidden() -> None:
    (made,) = prove_editions(source(ROUNDED, few=MANY), *out(source(HIDDEN, few=MANY))).editions
    assert not hidden_of(made)


def test_what_is_turned_there_and_back_is_hidden_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the look beforehand: one question turns it, the next turns it back."""
    before = out(source(HIDDEN))
    monkeypatch.setattr(stage, "find_clash", lambda *_: None)
    monkeypatch.setattr(stage, "find_clashes", lambda *_: ())
    (made,) = prove_editions(source(ROUNDED), *before).editions
    assert "stichting" in hidden_of(made)


def one_of_a_kind(edition_of: int, *, later: int) -> Source:
    """Fourteen of a kind, and one of another that had two conversations in 2025 and more `later`; nobody came or left."""
    work = tuple(map(a_collaboration, (2025, 2026)))
    many = [f"p-stichting-{n:02}" for n in range(14)]
    members = [a_partner(each, kind="stichting", collaborations=work) for each in many]
    members.append(a_partner("p-vereniging", kind="vereniging", collaborations=work))
    talks = [a_conversation(date(year, 4, 1 + n), many[n % 6]) for year in (2025, 2026) for n in range(14)]
    talks += [a_conversation(date(2025, 3, 1 + n), "p-vereniging") for n in range(2)]
    talks += [a_conversation(date(2026, 3, 1 + n), "p-vereniging") for n in range(later)]
    period = Period(date(edition_of, 1, 1), date(edition_of, 12, 31))
    tables = a_table("partners", "kind"), a_table("conversations", "kind")
    asked = an_edition(*tables, id=str(edition_of), period=period, protection="rounding", status="final")
    return replace(a_source(tuple(members), tuple(talks)), editions=(asked,), protection_key="c" * 64)


def test_of_conversations_what_says_that_somebody_was_there_is_hidden_too() -> None:
    """In 2025 the one may be nobody; his four conversations of 2026, rounded to five, would say that he is not."""
    before = out(one_of_a_kind(2025, later=4))
    (made,) = prove_editions(one_of_a_kind(2026, later=4), *before).editions
    _, conversations = made.contents
    assert isinstance(conversations["vereniging",], Suppressed)
    assert not isinstance(conversations["stichting",], Suppressed)


def test_what_is_hidden_stays_so_in_a_correction() -> None:
    """Another number changed: what is hidden of the first version is not rounded in the next."""
    register, memories = out(source(HIDDEN))
    first = source(ROUNDED)
    (made,) = prove_editions(first, register, memories).editions
    told = release(first, made)
    memory = replace(microdata(first, made.selection, secret_of(first)), version=1)
    register, memories = register | {"2025-b": (told,)}, memories | {("2025-b", 1): memory}
    correction = Correction(2, date(2026, 9, 1), "er was een vereniging te weinig", ROUNDED.place)
    again = replace(ROUNDED, corrections=(correction,), number=2)
    (corrected,) = prove_editions(source(again, many=MANY + 3), register, memories).editions
    assert hidden_of(corrected) >= {"stichting"}


def test_nobody_adds_up_to_what_a_hidden_number_would_have_been_rounded_to() -> None:
    """Only lines in which all is shown need add up: the others are rounded by themselves."""
    (made,) = prove_editions(source(ROUNDED), *out(source(HIDDEN))).editions
    unknowns = made.linked.unknowns
    (hidden,) = (i for i, each in enumerate(made.by_unknown) if isinstance(each, Suppressed))
    kept = _published_equations(made.linked, frozenset({hidden}))
    assert all(hidden not in dict(each.terms) for each in kept)
    assert len(kept) < len(_published_equations(made.linked, frozenset()))
    assert unknowns.all[hidden].value == FEW


def test_what_is_published_rounded_is_not_hidden_over_the_same_days_and_nothing_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = out(source(ROUNDED))
    with monkeypatch.context() as patched:
        patched.setattr(Searcher, "meet", lambda *_: pytest.fail("a search"))
        patched.setattr(Remedies, "words", lambda *_: None)
        with pytest.raises(UnsafeTables) as failed:
            prove_editions(source(HIDDEN), *before)
    said = str(failed.value.problems[0])
    assert "together with everything ever published, readers can work out a number" in said


def test_the_other_method_is_advised_and_works() -> None:
    register, memories = out(source(ROUNDED))
    with pytest.raises(UnsafeTables) as failed:
        prove_editions(source(HIDDEN), register, memories)
    assert "write protection: rounding in every edition that is not published yet; that was tried" in str(
        failed.value.problems[0]
    )
    (made,) = prove_editions(source(replace(HIDDEN, protection="rounding")), register, memories).editions
    assert made.contents[0]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (source(edition("2026", "rounding", year=2026)), "other days: a reader who knows that nothing changed"),
        (source(ROUNDED, threshold=10), "a window of a larger base holds none, and enough of the smaller"),
        (source(ROUNDED, few=MANY), "nothing is hidden"),
    ],
    ids=["another year", "a larger base", "nothing hidden"],
)
def test_where_a_window_leaves_both_or_nothing_asks_for_them_there_is_no_clash(
    monkeypatch: pytest.MonkeyPatch, asked: Source, why: str
) -> None:
    found: list[Demand | None] = []
    few = MANY if why == "nothing is hidden" else FEW
    before = out(source(HIDDEN, few=few))

    def find(*arguments: object) -> Demand | None:
        found.append(find_clash(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(stage, "find_clash", find)
    monkeypatch.setattr(Remedies, "words", lambda *_: None)
    prove_editions(asked, *before)
    assert not any(found)
    assert found or why == "nothing is hidden"


def test_what_one_question_turns_and_the_next_turns_back_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the look beforehand: of the same numbers the same is asked for in vain once, not until the effort ends."""
    proofs: list[Sequence[object]] = []
    really = Prover.prove
    before = out(source(HIDDEN))

    def prove(self: Prover, *arguments: object, **only: object) -> Proof:
        proofs.append(arguments)
        return really(self, *arguments, **only)  # type: ignore[arg-type]

    monkeypatch.setattr(stage, "find_clash", lambda *_: None)
    monkeypatch.setattr(OpenCells, "may_be_withheld", lambda *_: False)
    monkeypatch.setattr(Prover, "prove", prove)
    monkeypatch.setattr(Remedies, "words", lambda *_: None)
    with pytest.raises(UnsafeTables) as failed:
        prove_editions(source(ROUNDED), *before)
    assert "readers can work out" in str(failed.value.problems[0])
    assert 2 < len(proofs) <= 12, "once without, once where something might have been hidden"


def test_of_a_cure_first_what_nothing_answered_before_is_asked_alone_and_then_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    really, before = Prover._prove, out(source(HIDDEN))

    def refuse(*given: Any) -> Proven:
        """Without a try in which something is hidden of what is rounded."""
        raise given[-1]

    def prove(self: Prover, questions: Sequence[Question], *given: Any) -> Proof:
        asked.append(len(questions))
        return really(self, questions, *given)

    monkeypatch.setattr(Prover, "_prove", prove)
    monkeypatch.setattr(maker._Maker, "_withholding", refuse)
    with pytest.raises(UnsafeTables) as failed:
        prove_editions(source(ROUNDED), *before)
    assert "write protection: suppression" in str(failed.value.problems[0])
    all_of_them, *trials = asked
    assert all_of_them > 1
    assert trials[0] == 1, "a cure that is refused by what refused before is asked no more"
    assert trials[-1] > 1, "a cure that works is asked everything"
    assert trials[-2] == 1


def test_questions_that_turn_a_number_there_and_back_are_all_to_blame() -> None:
    """Each is answered, and not all at once: neighbours of any are taken together, not of the last one only."""
    nothing: Any = None
    turning, asker = stage._Stage((), nothing, nothing), nothing
    first, other, once = (
        Question("partners", Label(("2025", 1), ("kind", kind)), Asked.EITHER, "2025", "t", "a number")
        for kind in ("stichting", "vereniging", "gemeente")
    )
    for low, question in enumerate((once, first, other)):
        turning._go_on_from([Demand(question, asker, (), low, None, {"a"})])
    with pytest.raises(NotSafe) as failed:
        turning._go_on_from([Demand(first, asker, (), 1, None, {"a"})])
    assert set(failed.value.against) == {first, other}
    about = beside_all((ROUNDED,), failed.value).about
    assert set(about) == {("kind", "stichting"), ("kind", "vereniging")}


@pytest.mark.parametrize("withholds", [False, True])
def test_what_was_turned_there_and_back_stays_as_it_was_wanted_and_others_turn_in_its_place(
    monkeypatch: pytest.MonkeyPatch, *, withholds: bool
) -> None:
    """Two numbers of one line that both should be nothing: one of them stays, and the line adds up by a third.

    The other may still turn; turned there and back again, it stays where something may be hidden in its place.
    """
    nothing: Any = None
    monkeypatch.setattr(OpenCells, "now", lambda _, cell: {1: 0, 2: 5, 3: 5}[cell])
    turning = stage._Stage((), nothing, nothing, withholds=withholds)
    turning._wanted = {1: 0, 2: 0}
    question = Question("partners", Label(("2025", 1), ("kind", "a")), Asked.EITHER, "2025", "t", "a number")

    def turn(*turned: int) -> None:
        turning._turned = {*turned}
        turning._go_on_from([Demand(question, nothing, (), 0, None, {"a"})])

    for one in (1, 2, 1):
        turn(one, 3)
    assert turning._open.settled == {1}
    turn(3)
    turn(2, 3)
    if withholds:
        turn(3)
        assert turning._open.settled == {1, 2}
    else:
        with pytest.raises(NotSafe):
            turn(3)


def test_what_is_to_be_told_is_not_hidden() -> None:
    asked = source(ROUNDED)
    noise = KeyedNoise.of(asked)
    beside = Beside(asked, {}, {}, noise)
    made = prove_editions(asked, {}).editions
    drafts = beside._drafts(made, ())
    prover = Prover(
        [each.edition() for each in drafts], beside._truth(made, ()), beside.rules, beside.agenda, Effort.endless()
    )
    by_name, told = {each.name: each for each in drafts}, frozenset({0})
    _, more = OpenCells(prover, by_name, noise, withholds=True).rooms()
    _, fewer = OpenCells(prover, by_name, noise, withholds=True, told=told).rooms()
    assert more is not None
    assert fewer is not None
    assert more.hideable.keys() - fewer.hideable.keys() == told


A, B = (Label(("2025", 1), (name, "a")) for name in ("kind", "region"))


@pytest.mark.parametrize(
    ("of", "categories"),
    [
        (A, {("kind", "a")}),
        (Label(("2025", 1)), set()),
        (Among((A, B), 2, 2), {("kind", "a"), ("region", "a")}),
        (Among((A, B), 1, 2), None),
        (Among((A, Label(("2026", 1), ("region", "a"))), 2, 2), None),
        (Among((A, Among((B,), 0, 0)), 2, 2), None),
    ],
    ids=["a category", "a total", "a crossing", "any of two", "of two publications", "a rest"],
)
def test_which_cell_a_question_is_about(of: Expression, categories: set[tuple[str, str]] | None) -> None:
    assert stage._cell_of(of) == (None if categories is None else (("2025", 1), frozenset(categories)))


@pytest.mark.parametrize("in_vain", [0, 1, stage.MOST_TOLD, stage.MOST_TOLD + 1])
def test_what_cannot_be_hidden_is_told_and_another_is_hidden_in_its_place(
    monkeypatch: pytest.MonkeyPatch, in_vain: int
) -> None:
    nothing: Any = None
    question = Question("partners", Label(("2025", 1), ("kind", "a")), Asked.BOTH, "2025", "t", "a number")
    tried, proof = list[frozenset[int]](), Proof((), ())

    def run(self: stage._Stage) -> tuple[tuple[Draft, ...], Proof]:
        tried.append(self._open.told)
        if len(tried) <= in_vain:
            raise NotSafe(question)
        return (), proof

    monkeypatch.setattr(stage._Stage, "run", run)
    monkeypatch.setattr(stage._Stage, "hidden_cell", lambda self, _: len(self._open.told))
    prover: Any = SimpleNamespace(publish=lambda _: None)
    if in_vain > stage.MOST_TOLD:
        with pytest.raises(NotSafe):
            stage._withholding((), nothing, prover)
    else:
        assert stage._withholding((), nothing, prover) == ((), proof)
    assert tried == [frozenset(range(n)) for n in range(min(in_vain, stage.MOST_TOLD) + 1)]


@pytest.mark.parametrize("helps", [True, False])
def test_what_was_lent_at_last_is_tried_with_something_hidden_before_anything_is_refused(
    monkeypatch: pytest.MonkeyPatch, *, helps: bool
) -> None:
    world, asked = World({0: 1}), list[str]()

    def repair(*_: object) -> Found | None:
        asked.append("hidden")
        return Found((world,), 40.0) if helps and "lent" in asked else None

    def lend(*_: object) -> bool:
        asked.append("lent")
        return False

    searcher = SimpleNamespace(worlds=[], repair=repair, answers_at_last=lend)
    everything: Any = SimpleNamespace(editions=(), publish=lambda _: None)
    prover: Any = SimpleNamespace(searcher=searcher, everything=everything)
    nothing: Any = None
    monkeypatch.setattr(OpenCells, "rooms", lambda _: (Rooms({}), None))
    monkeypatch.setattr(stage._Stage, "_is_told_before", lambda *_: False)
    question = Question("partners", Label(("2025", 1), ("kind", "a")), Asked.EITHER, "2025", "t", "a number")
    demand = Demand(question, nothing, (), 0, None, {"a"})
    staged = stage._Stage((), nothing, prover)
    if helps:
        assert staged._repair(demand)
    else:
        with pytest.raises(NotSafe):
            staged._repair(demand)
    assert asked == ["hidden", "lent", "hidden"]
    assert searcher.worlds == [world] * helps


BASES = (("2025", 5), ("2026", 5))


def tells_only(pairs: frozenset[Pair], _name: Publication, _counts: str, told: frozenset[Pair]) -> bool:
    return told == pairs


def test_whether_less_told_would_leave_a_world_is_asked_with_the_rooms_of_what_stays() -> None:
    """What is published already stays whatever is asked for; what is rounded may be either way, nothing stands still."""
    asked = list[tuple[Rooms, bool]]()

    def repair(demand: Demand, rooms: Rooms) -> None:
        asked.append((rooms, demand.still))

    pairs = [frozenset({("kind", code)}) for code in "abc"]
    cells = [SimpleNamespace(publication=place, counts="partners", pairs=pairs[i]) for i, place in enumerate((0, 1, 1))]
    editions = [SimpleNamespace(publication=("2025", 1)), SimpleNamespace(publication=("2026", 1))]
    prover: Any = SimpleNamespace(
        searcher=SimpleNamespace(repair=repair), everything=SimpleNamespace(editions=editions, cells=cells)
    )
    nothing: Any = None
    drafts = [Draft((name, 1), ("", ""), 5, base, (), open=name == "2026") for name, base in BASES]
    staged = stage._Stage(drafts, nothing, prover)
    staged._open._opened = prover.everything.editions, Rooms({0: (0, 0), 1: (0, 0)}, {2: 40.0}), None
    question = Question("partners", Label(("2025", 1), ("kind", "a")), Asked.EITHER, "2025", "t", "a number")
    demand = Demand(question, nothing, (), 0, None, {"a"}, still=True)
    for kept_pairs in (pairs[1], pairs[2], pairs[0]):
        assert not staged._could(demand, partial(tells_only, kept_pairs))
    kept = [(rooms.fixed, sorted(rooms.hideable), still) for rooms, still in asked]
    here, there = {0: (0, 0)}, {1: (-9, 9)}
    assert kept == [(here | there, [], False), (here, [2], False), (here, [], False)]
