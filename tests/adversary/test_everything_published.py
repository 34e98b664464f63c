"""What readers subtract over everything ever published: each kind of attack, on a small source of its own.

A sample is published by the commands, step by step, and attacked by the stranger of `bench/`. It is protected (nothing
is told to anybody), or refused with a cure that works.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from bench import samples
from bench.attacker.attack import Effort, attack
from bench.attacker.history import History
from bench.publishing import ROOT, Step, follow_advice, publish_all
from bench.samples import an_edition, partners, steps
from tests.once import put
from tests.outside.once import ONCE, UNSEARCHED


@pytest.fixture(scope="module", autouse=True)
def made_within_once() -> Iterator[None]:
    """What is protected here is the product as it is: it is made once in a worker. Nothing is searched for names."""
    with put((*ONCE, *UNSEARCHED)):
        yield


EFFORT = Effort(following=400, by_chance=100, insiders=8, whole_numbers=200, told=3)


def check(made: list[Step], folder: Path) -> None:
    """All is published, if need be after what a refusal advised, and nothing is told."""
    done = publish_all(made, folder / "content", cure=follow_advice)
    assert done.code == 0, done.said
    report = attack(History(done.events), effort=EFFORT)
    assert [str(each) for each in report.findings] == []
    assert not report.counts["open in fractions"]
    assert not +Counter({name: number for name, number in report.counts.items() if name.startswith("groups told")})


def test_one_year_four_times(tmp_path: Path) -> None:
    check(samples.one_year_four_times(), tmp_path)


def test_one_year_hidden_and_rounded(tmp_path: Path) -> None:
    """Refused, and what is advised works."""
    check(samples.one_year_hidden_and_rounded(), tmp_path)


def test_few_organisations_and_a_high_threshold(tmp_path: Path) -> None:
    """An answer within the effort."""
    check(samples.few_organisations_and_a_high_threshold(), tmp_path)


@pytest.mark.parametrize(
    "order", [("2025", "2026", "2025-2026"), ("2025-2026", "2025", "2026"), ("2025-2026", "2026", "2025")]
)
def test_two_years_and_their_sum(tmp_path: Path, order: Sequence[str]) -> None:
    check(samples.two_years_and_their_sum(order), tmp_path)


def test_two_rounded_years_and_their_sum(tmp_path: Path) -> None:
    """Rounded otherwise, or refused before the site is made, with advice that works."""
    check(samples.two_rounded_years_and_their_sum(), tmp_path)


def test_few_partners_are_not_shared_out_over_kinds_of_which_only_conversations_tell(tmp_path: Path) -> None:
    """No table counts partners by kind; whoever knows that they are twelve, and that each kind had talks, does."""
    done = publish_all(samples.kinds_of_which_only_conversations_tell(), tmp_path / "content")
    assert done.code == 0, done.said
    cells = done.events[0].publication.cells
    everybody = next(window for label, window in cells.items() if label.counts == "partners" and not label.pairs)
    talks = [window.low for label, window in cells.items() if label.counts == "conversations" and label.pairs]
    assert not (everybody.exact and sum(low > 0 for low in talks) > 2)


def test_conversations_with_kinds_that_three_editions_take_together_otherwise(tmp_path: Path) -> None:
    check(samples.kinds_two_by_two(), tmp_path)


def test_conversations_of_a_kind_of_which_names_tell_that_there_is_nobody(tmp_path: Path) -> None:
    """They are told as none: a rounded number would hide what everybody knows, and the audit refuse it for that."""
    done = publish_all(samples.everybody_by_name_and_nobody_of_a_kind(), tmp_path / "content")
    assert done.code == 0, done.said
    cells = done.events[0].publication.cells
    talks = {label: window for label, window in cells.items() if label.counts == "conversations"}
    exact = {label for label, window in talks.items() if window.exact}
    assert exact == {label for label in talks if ("kind", "k2") in label.pairs}
    assert {talks[label].low for label in exact} == {0}


@pytest.mark.parametrize("key", "af")
def test_kinds_under_other_codes_show_no_more_of_who_stood_still(tmp_path: Path, key: str) -> None:
    """Five kinds, 37 in all: of two at least neither year tells the number, or who knows the rest knows the small one."""
    done = publish_all(samples.kinds_under_other_codes(key), tmp_path / "content")
    assert done.code == 0, done.said
    shown = {
        code[1:] for event in done.events for label, window in event.publication.cells.items() if window.exact
        for name, code in label.pairs if name == "kind"
    }  # fmt: skip
    assert len(shown) <= 3, shown


def test_a_pillar_less_its_theme_in_another_table(tmp_path: Path) -> None:
    check(samples.a_pillar_less_its_theme(), tmp_path)


def test_three_categories_that_overlap(tmp_path: Path) -> None:
    check(samples.three_categories_that_overlap(), tmp_path)


def test_a_name_that_was_withdrawn(tmp_path: Path) -> None:
    check(samples.a_name_that_was_withdrawn(), tmp_path)


def test_kinds_that_do_not_change_rounded_every_year(tmp_path: Path) -> None:
    check(samples.kinds_that_do_not_change(), tmp_path)


def test_the_first_of_a_kind_may_have_been_of_another_before(tmp_path: Path) -> None:
    """Published as it was asked for: another that was there before is of its kind since, and it of that one's.

    Whoever supposes that nobody changes kind takes all of this one to be new: of groups he is promised nothing.
    """
    done = publish_all(samples.the_first_of_a_kind(), tmp_path / "content")
    assert done.code == 0, done.said
    report = attack(History(done.events), effort=EFFORT)
    assert report.findings == []
    assert report.counts["groups told (facts)"] == 0


def test_who_left_by_first_year(tmp_path: Path) -> None:
    check(samples.who_left_by_first_year(), tmp_path)


def test_a_correction_of_an_older_edition_beside_a_later_one(tmp_path: Path) -> None:
    check(samples.a_correction_beside_a_later_edition(), tmp_path)


@pytest.mark.parametrize("method", ["suppression", "rounding"])
def test_three_tables_with_a_crossed_one_behind_them(method: str, tmp_path: Path) -> None:
    check(samples.a_triangle_of_tables(method), tmp_path)


def test_all_of_a_region_are_in_one_theme(tmp_path: Path) -> None:
    check(samples.all_of_a_region_in_one_theme(), tmp_path)


def test_a_concept_that_was_online_is_known_for_ever(tmp_path: Path) -> None:
    check(samples.a_concept_that_was_online(), tmp_path)


def test_a_successor_does_not_make_a_set_another_one(tmp_path: Path) -> None:
    check(samples.a_successor_in_between(), tmp_path)


def test_the_key_of_the_example_is_refused(tmp_path: Path) -> None:
    """With a key that everybody has, readers repeat every draw."""
    made = steps(samples.FIVE_KINDS, {"2025": an_edition("kind", method="rounding")})
    key = (ROOT / "content" / "protection.key").read_text("utf-8")
    done = publish_all([Step({**made[0].files, "protection.key": key}, "2025")], tmp_path / "content")
    assert done.code
    assert "protection.key" in done.said


@pytest.mark.parametrize("method", ["suppression", "rounding"])
def test_members_that_left_their_umbrella_are_counted_as_they_were(tmp_path: Path, method: str) -> None:
    """As asked for: six who are each by themselves a year later were one in the year before."""
    made = samples.members_that_left_their_umbrella(method)
    done = publish_all(made, tmp_path / "content")
    assert done.code == 0, done.said
    assert [str(each) for each in attack(History(done.events), effort=EFFORT).findings] == []


@pytest.mark.parametrize("method", ["suppression", "rounding"])
def test_everybody_named_hides_nothing(tmp_path: Path, method: str) -> None:
    """With every name public there is no secret: every number of partners is exact, also of small groups."""
    named = {"named_in": [{"edition": "2025", "consent": date(2025, 2, 1)}]}
    records = partners((2, {**named}), (7, {"kind": "k1", **named}), (1, {"kind": "k2", **named}))
    done = publish_all(steps(records, {"2025": an_edition("kind", method=method)}, kinds=3), tmp_path / "content")
    assert done.code == 0, done.said
    assert all(window.exact for window in done.events[0].publication.cells.values())


# --- keys -------------------------------------------------------------------------------------------------------------


def test_another_key_rounds_who_stood_still_as_before(tmp_path: Path) -> None:
    """While the source says the same of what was published it is found again."""
    check(samples.another_key(), tmp_path)


def test_another_key_is_refused_where_the_source_says_otherwise(tmp_path: Path) -> None:
    made = samples.under_keys("a" * 64, "b" * 64, later=[samples.LATE])
    done = publish_all(made, tmp_path / "content")
    assert (done.code, len(done.events)) == (11, 1)
    assert "protection.key: not the key with which version 1 of 2025 was published" in done.said


def test_what_a_source_without_a_key_was_published_with_is_kept(tmp_path: Path) -> None:
    """Its secret follows from the source, and would be another with every record."""
    check(samples.under_keys(None, None, later=[samples.LATE]), tmp_path)
    assert len((tmp_path / "content" / "protection.key").read_text("utf-8").strip()) == 64
