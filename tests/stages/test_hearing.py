"""The hearing reads finished files only; what no world answers it tells without a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.adversary.test_audit_cases import CASES, Case, T, examined, releases_of, truth_of
from tests.stages.some_worlds import files_of
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.hearing import Handed, Heard, hear
from tweeluik.checks.audit.worlds import Records, Truth, World

SMALL = CASES["a small number is shown"]
NAMED = CASES["a name was published and then withdrawn"]


def heard(case: Case, *, truth: Truth | None = None, worlds: tuple[World, ...] | None = None) -> Heard:
    found = tuple(examined(case)[1]) if worlds is None else worlds
    return hear(files_of(*releases_of(case)), Handed(truth or truth_of(case), found, Rules(T, 10), {}))


@pytest.mark.parametrize("case", [SMALL, NAMED], ids=["one version", "two versions"])
def test_a_safe_publication_gets_a_certificate(case: tuple[Case, Case]) -> None:
    found = heard(case[1])
    assert found.problems == ()
    assert json.loads(found.certificate)["schema"] == "tweeluik-certificate-5"
    assert found.questions > found.sensitive > 0
    assert found.worlds > 0


def test_without_worlds_whatever_is_sensitive_is_told() -> None:
    found = heard(SMALL[1], worlds=())
    assert found.certificate == b""
    assert "a reader can work out too much about the number of partners: a number of the table" in {
        problem.what for problem in found.problems
    }


def test_a_subtraction_is_told_with_its_kind_edition_and_table_and_no_value() -> None:
    found = heard(SMALL[0])
    assert {(problem.place.file, problem.path) for problem in found.problems} == {
        ("edities/2025/release.json", "soort")
    }
    assert not any(character.isdigit() for problem in found.problems for character in problem.what)


def test_only_an_insider_who_learns_too_much_is_called_one() -> None:
    leaky, _ = CASES["an insider knows that it is not in a number"]
    assert {problem.what.split(" can ")[0] for problem in heard(leaky).problems} == {"one of the organisations"}


def without_one(truth: Truth) -> Mapping[tuple[str, int], Records]:
    return {key: Records(dict(list(records.units.items())[1:])) for key, records in truth.items()}


def test_records_that_do_not_give_the_published_numbers_are_refused() -> None:
    found = heard(SMALL[1], truth=without_one(truth_of(SMALL[1])))
    assert {problem.what for problem in found.problems} == {"cell _T is not the number of the records"}


def test_a_publication_whose_records_are_missing_is_refused() -> None:
    truth = dict(list(truth_of(NAMED[1]).items())[:1])
    found = heard(NAMED[1], truth=truth)
    assert [problem.what for problem in found.problems] == ["the records behind this publication are not there"]


def test_a_record_that_cannot_be_read_is_refused() -> None:
    files = files_of(*releases_of(SMALL[1])) | {"edities/2025/versie-1/release.json": b"{}"}
    found = hear(files, Handed(truth_of(SMALL[1]), (), Rules(T, 10), {}))
    assert [problem.what for problem in found.problems] == ["the public record cannot be read"]


def test_a_world_in_which_somebody_has_another_holding_does_not_fit() -> None:
    examination, worlds = examined(SMALL[1])
    known = {name for records in truth_of(SMALL[1]).values() for name in records.units}
    changed = [world for world in worlds if all(unit and name in known for (_, name), unit in world.units.items())]
    moved = [World({at: unit and replace(unit, holding="h9") for at, unit in world.units.items()}) for world in changed]
    assert all(examination.fits(changed))
    assert examination.fits(moved) == [True, *(False for _ in moved)]
    assert moved


@pytest.mark.parametrize("name", CASES)
def test_of_many_worlds_a_few_answer_the_same(name: str) -> None:
    examination, worlds = examined(CASES[name][1])
    needed = examination.needed(worlds)
    assert len(needed) < len(worlds) / 2
    assert examination.examine(needed).unanswered == examination.examine(worlds).unanswered
