"""Negative controls of the whole pipeline: every sample with its protection taken out is refused by the audit.

What is taken out is all that knows of other publications, or of what follows by subtraction; `publish` is what runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench import samples
from bench.publishing import UNSAFE, Step, publish_all
from tests.once import put
from tests.outside.once import LOOKED_AT, UNSEARCHED
from tests.stages.test_hearing_controls import all_shown, only_asked
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.over_periods import WHY
from tweeluik.protection.beside import Beside
from tweeluik.protection.differences import Earlier, Standing
from tweeluik.protection.proven import Proven
from tweeluik.protection.unknowns import Unknowns


@pytest.fixture(scope="module", autouse=True)
def looked_at_once() -> Iterator[None]:
    """What is taken out is no part of what makes the files. Nothing is searched for names."""
    with put((*LOOKED_AT, *UNSEARCHED)):
        yield


TOLD = "a reader can work out too much about the number of "


def by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every publication is protected as if it were the only one, and nothing is hidden for want of worlds."""
    monkeypatch.setattr("tweeluik.protection.editions.remembered", lambda *_: Earlier({}))
    monkeypatch.setattr("tweeluik.protection.one_edition.Standing", _NothingStands)
    monkeypatch.setattr("tweeluik.protection.beside.make_safe", only_asked)


class _NothingStands(Standing):
    @classmethod
    def of(cls, unknowns: Unknowns, _superseded: object) -> Standing:
        return Standing.of(unknowns, ())


def in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every number is shown, as if nothing followed from it."""
    monkeypatch.setattr("tweeluik.protection.one_edition.protect", all_shown)
    monkeypatch.setattr("tweeluik.protection.beside.make_safe", only_asked)


def refused(made: Sequence[Step], folder: Path, *, after: int) -> str:
    """What is said where a history ends, which was published until then."""
    done = publish_all([replace(step, how=(*step.how, "--all")) for step in made], folder / "content")
    assert (done.code, len(done.events)) == (UNSAFE, after), done.said
    assert TOLD in done.said
    return done.said.partition(TOLD)[2]


@pytest.mark.parametrize(
    ("sample", "why"),
    [
        (samples.a_pillar_less_its_theme, "a part of the agenda less what lies in it"),
        (samples.three_categories_that_overlap, "who is in several of the categories"),
        (samples.all_of_a_region_in_one_theme, "whether all of a category are in another"),
        (samples.a_triangle_of_tables, "categories taken together at random"),
    ],
)
def test_within_one_edition(sample: object, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_open(monkeypatch)
    assert why in refused(sample(), tmp_path, after=0)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("sample", "after", "why"),
    [
        (samples.one_year_four_times, 1, "a number of the table"),
        (samples.one_year_hidden_and_rounded, 1, "a number of the table"),
        (samples.a_name_that_was_withdrawn, 1, "a number of the table"),
        (samples.a_concept_that_was_online, 1, "who came where nobody left"),
        (samples.who_left_by_first_year, 1, "who was there in a year less those since one year"),
        (samples.a_correction_beside_a_later_edition, 2, "who came where nobody left"),
        (samples.another_key, 1, "a number of the table"),
    ],
)
def test_beside_what_was_published(
    sample: object, after: int, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_itself(monkeypatch)
    assert why in refused(sample(), tmp_path, after=after)  # type: ignore[operator]


def test_periods_that_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tweeluik.protection.one_edition.told_by_periods", lambda *_: frozenset())
    monkeypatch.setattr("tweeluik.protection.beside.Beside._told_by_sums", lambda *_: iter(()))
    assert WHY in refused(samples.two_years_and_their_sum(), tmp_path, after=2)


SAFE = Beside.safe


def without_a_word(beside: Beside, *those: Any, **how: Any) -> Proven:
    """Safe, and nothing handed to the audit."""
    return Proven(SAFE(beside, *those, **how).editions)


def forgotten(beside: Beside, *those: Any, **how: Any) -> Proven:
    """As if nobody had the records of what is about to go out."""
    proven = SAFE(beside, *those, **how)
    assert proven.handed is not None
    return replace(proven, handed=replace(proven.handed, forgotten=frozenset(proven.handed.truth)))


@pytest.mark.parametrize("safe", [without_a_word, forgotten])
def test_numbers_of_which_nothing_is_handed_do_not_go_out(
    safe: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit knows by itself what is not out yet."""
    monkeypatch.setattr("tweeluik.protection.beside.Beside.safe", safe)
    done = publish_all(samples.one_year_four_times()[:1], tmp_path / "content")
    assert (done.code, len(done.events)) == (UNSAFE, 0)
    assert "the records behind this publication are not there" in done.said


def long_forgotten(beside: Beside, *those: Any, **how: Any) -> Proven:
    """As if nobody had the records of what is out."""
    proven = SAFE(beside, *those, **how)
    assert proven.handed is not None
    out = frozenset(proven.handed.truth) - {each.publication for each in proven.editions}
    return replace(proven, handed=replace(proven.handed, forgotten=out))


def test_what_is_remembered_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication beside which nothing would be asked, although its records lie there."""
    monkeypatch.setattr("tweeluik.protection.beside.Beside.safe", long_forgotten)
    done = publish_all(samples.one_year_four_times()[:2], tmp_path / "content")
    assert (done.code, len(done.events)) == (UNSAFE, 1)
    assert "the records behind this publication are not there" in done.said


LAX = Rules(threshold=1, p_percent=0, group_size=1)


def test_the_policy_is_not_what_the_protection_makes_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is shown, and a protection that takes every sum for harmless says so to the audit too."""
    in_the_open(monkeypatch)
    monkeypatch.setattr("tweeluik.protection.safety.is_sensitive_sum", lambda *_: False)
    monkeypatch.setattr("tweeluik.protection.beside.Rules", lambda *_: LAX)
    sat = ("p-000",) * 24 + ("p-001",) * 3 + ("p-002",)
    talks = [samples.a_talk(2025, partner, "gesprek", n % 20) for n, partner in enumerate(sat)]
    made = samples.steps(
        samples.partners((12, samples.in_years(2025))), {"2025": samples.an_edition("conversations form")},
        talks=sorted(talks, key=lambda each: str(each["date"])),
    )  # fmt: skip
    assert "a number of the table" in refused(made, tmp_path, after=0)
