"""Who was named once: some readers know it everywhere, others only where it is named, and both are asked."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stages.some_worlds import NEXT, THIS, a_table, a_unit, published, release_of
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.questions import Label, Memory
from tweeluik.checks.audit.worlds import Records, Unit, World

A, B = Label(NEXT, ("kind", "a")), Label(NEXT, ("kind", "b"))


def people(*, named: bool) -> dict[str, Unit]:
    """u0 alone is of kind a; of kind b are u1, as u0 is, and two others."""
    first = {"u0": a_unit("kind:a", "h0", named=named), "u1": a_unit("kind:b", "h1", named=named)}
    return first | {name: a_unit("kind:b", f"h{name[1:]}") for name in ("u2", "u3")}


def told(*, still_named: bool) -> set[tuple[Label, Memory]]:
    """The numbers of the second year that tell somebody too much, and whom: nothing is hidden in it."""
    truth = {THIS: Records(people(named=True)), NEXT: Records(people(named=still_named))}
    releases = [
        release_of(key, a_table(records, "soort", "partners", "kind"), threshold=3, period_from=date(int(key[0]), 1, 1), period_until=date(int(key[0]), 12, 31))
        for key, records in truth.items()
    ]  # fmt: skip
    examination = Examination(published(*releases), truth, Rules(3, 10), {})
    found = (each for each in examination.examine(()).unanswered if each.memory is not Memory.STILL)
    return {(e.question.of, e.memory) for e in found if e.question.of in {A, B} and isinstance(e.question.of, Label)}


def test_who_is_not_named_any_more_is_protected_from_those_who_look_here() -> None:
    """The one of kind a may be anybody; of kind b two remain beside the one that was named."""
    assert told(still_named=False) == {(A, Memory.HERE), (B, Memory.EVER)}


def test_where_all_are_named_wherever_they_are_there_is_one_such_reader() -> None:
    assert told(still_named=True) == {(B, Memory.EVER)}


def test_who_remembers_a_name_excludes_worlds_in_which_it_is_otherwise() -> None:
    truth = {THIS: Records(people(named=True)), NEXT: Records(people(named=False))}
    hidden = [
        release_of(key, a_table(each, "soort", "partners", "kind", hides=lambda *_: True), threshold=3)
        for key, each in truth.items()
    ]
    examination = Examination(published(*hidden), truth, Rules(3, 10), {})
    none, many = ({(NEXT, "u0"): None}, {(NEXT, f"x{i}"): a_unit("kind:a", f"y{i}") for i in range(3)})
    found = examination.examine((World(none), World(many))).unanswered
    assert (A, Memory.HERE) not in {(each.question.of, each.memory) for each in found}


def test_beside_other_numbers_in_the_same_tables_all_is_asked_as_it_is_asked_afresh() -> None:
    """What no number decides is kept from one publishing to the next: demands, who sees through a world, who is odd."""
    truth = {THIS: Records(people(named=True)), NEXT: Records(people(named=False))}
    shown, hidden = (
        published(*(
            release_of(key, a_table(each, "soort", "partners", "kind", hides=lambda *_: hides), threshold=3)  # noqa: B023
            for key, each in truth.items()
        ))
        for hides in (False, True)
    )  # fmt: skip
    none, many = World({(NEXT, "u0"): None}), World({(NEXT, f"x{i}"): a_unit("kind:a", f"y{i}") for i in range(3)})
    odd = World({(NEXT, "u2"): Unit("h2", False, frozenset({("kind", "a"), ("kind", "b")}))})
    worlds, before = (none, many, odd), None
    for editions in (shown, hidden, shown):
        before = Examination(editions, truth, Rules(3, 10), {}, before=before)
        afresh = Examination(editions, truth, Rules(3, 10), {})
        assert before.fits(worlds) == afresh.fits(worlds)
        assert before.examine(worlds) == afresh.examine(worlds)
        assert before.fits(worlds) == [True, editions is hidden, editions is hidden, False]


# --- a policy that changes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("then", "now", "is_asked"), [(3, 5, False), (5, 3, True), (5, 5, True), (3, 3, False)])
def test_a_number_keeps_the_threshold_that_it_was_published_with(then: int, now: int, is_asked: bool) -> None:
    """Who lowers it takes back no promise; who raises it is not refused for what is out for ever."""
    truth = {THIS: Records({f"u{n}": a_unit("kind:a" if n < 4 else "kind:b", f"h{n}") for n in range(12)}, {})}
    release = release_of(THIS, a_table(truth[THIS], "soort", "partners", "kind"), threshold=then)
    found = Examination(published(release), truth, Rules(now, 10), {}).examine(())
    assert (Label(THIS, ("kind", "a")) in {question.of for question, _ in found.sensitive}) == is_asked


def test_of_several_publications_the_least_was_promised_of_all() -> None:
    rules = Rules(9, 10, published={THIS: 5, NEXT: 3})
    assert [rules.least(frozenset(some)) for some in ([THIS], [NEXT], [THIS, NEXT], [("2027", 1)], [])] == [
        5,
        3,
        3,
        9,
        9,
    ]
