"""Hidden in one publication and rounded in another over the same days: that cannot be, and is said before any search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tweeluik.checks.audit.questions import Asked, Label, Question
from tweeluik.door.release import release
from tweeluik.problems import UnsafeTables
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.redesign import beside_all
from tweeluik.protection.remedies import Remedies
from tweeluik.protection.worlds import stage
from tweeluik.protection.worlds.clashes import find_clash
from tweeluik.protection.worlds.demands import Demand
from tweeluik.protection.worlds.proof import Proof, Prover
from tweeluik.protection.worlds.search import Searcher
from tweeluik.protection.worlds.stage import NotSafe
from tweeluik.record.model import Release
from tweeluik.selection.microdata import Microdata, microdata
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Edition, Number, Period, Protection, Source

FEW, MANY = 2, 9


def edition(id: str, protection: Protection, *, year: int = 2025) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return an_edition(a_table("partners", "kind"), id=id, period=period, protection=protection, status="final")


def source(*editions: Edition, threshold: int = 5, few: int = FEW) -> Source:
    kinds = "stichting", "vereniging", "gemeente"
    numbers = zip(kinds, (few, MANY, 0), strict=True)
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


def test_what_is_hidden_is_not_rounded_over_the_same_days_and_nothing_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = out(source(HIDDEN))
    with monkeypatch.context() as patched:
        patched.setattr(Searcher, "meet", lambda *_: pytest.fail("a search"))
        patched.setattr(Remedies, "words", lambda *_: None)
        with pytest.raises(UnsafeTables) as failed:
            prove_editions(source(ROUNDED), *before)
    said = str(failed.value.problems[0])
    assert "together with everything ever published, readers can work out, of edition 2025: a number" in said


def test_the_other_method_is_advised_and_works() -> None:
    register, memories = out(source(HIDDEN))
    with pytest.raises(UnsafeTables) as failed:
        prove_editions(source(ROUNDED), register, memories)
    assert "write protection: suppression in every edition that is not published yet; that was tried" in str(
        failed.value.problems[0]
    )
    (made,) = prove_editions(source(replace(ROUNDED, protection="suppression")), register, memories).editions
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
    monkeypatch.setattr(Prover, "prove", prove)
    monkeypatch.setattr(Remedies, "words", lambda *_: None)
    with pytest.raises(UnsafeTables) as failed:
        prove_editions(source(ROUNDED), *before)
    assert "readers can work out" in str(failed.value.problems[0])
    assert 1 < len(proofs) <= 6


def test_of_a_cure_first_what_nothing_answered_before_is_asked_alone_and_then_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    really, before = Prover._prove, out(source(HIDDEN))

    def prove(self: Prover, questions: Sequence[Question], *given: Any) -> Proof:
        asked.append(len(questions))
        return really(self, questions, *given)

    monkeypatch.setattr(Prover, "_prove", prove)
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
