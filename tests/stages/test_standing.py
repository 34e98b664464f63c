"""What readers who know that a set stood still, or only grew, are asked about; and groups."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stages.a_publication import dimension
from tests.stages.some_worlds import SIDES, a_table, a_unit, hiding, published, release_of, units
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.groups import ask_about_groups
from tweeluik.checks.audit.over_time import Publications, ask_over_time
from tweeluik.checks.audit.questions import Label, names_of
from tweeluik.checks.audit.standing import OF_A_TOTAL, ask_about_standing, standing
from tweeluik.checks.audit.worlds import Publication, Records, World
from tweeluik.protection.worlds.everything import Everything
from tweeluik.record.model import Release

Y25, SECOND, Y26 = ("2025", 1), ("2025", 2), ("2026", 1)
CAME, LEFT = "who came where nobody left", "who left where nobody came"


def asked(before: int, after: int, key: Publication = Y26) -> set[str]:
    """Of kind a in 2025, and later so many: the subtractions of those who know more."""
    truth = {Y25: Records(units((before, "kind:a"))), key: Records(units((after, "kind:a")))}
    releases = []
    for each, records in truth.items():
        year = int(each[0])
        days = {"period_from": date(year, 1, 1), "period_until": date(year, 12, 31)}
        releases.append(release_of(each, a_table(records, "soort", "partners", "kind"), **days))
    return {each.why for each in ask_about_standing(Counting(truth), Publications(published(*releases), {}))}


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (9, 9, set()),
        (9, 10, {CAME}),
        (9, 11, {CAME}),
        (9, 12, set()),
        (10, 9, {LEFT}),
        (11, 9, {LEFT}),
        (12, 9, set()),
    ],
)
def test_from_year_to_year_one_or_two_that_came_or_left_are_told_by_a_difference(
    before: int, after: int, why: set[str]
) -> None:
    assert asked(before, after) == why


@pytest.mark.parametrize("after", [10, 12, 20])
def test_between_versions_of_one_edition_any_number_is(after: int) -> None:
    assert asked(9, after, SECOND) == {CAME}


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({}, True),
        ({(Y25, "u0"): "b", (Y26, "u0"): "b"}, True),
        ({(Y25, "u0"): "b"}, False),
        ({(Y26, "u1"): None}, False),
        ({(Y25, "u9"): "c"}, True),
        ({(Y25, "u9"): "a"}, False),
    ],
)
def test_a_cell_that_truly_stood_still_does_in_every_world_and_another_need_not(
    changes: dict[tuple[Publication, str], str | None], stands: bool
) -> None:
    """Kinds a and b have the same in both years; of kind c one has gone."""
    still = units((2, "kind:a"), (3, "kind:b"), (2, "kind:c"))
    truth = {Y25: Records(still), Y26: Records({name: each for name, each in still.items() if name != "u6"})}
    releases = (release_of(key, a_table(each, "soort", "partners", "kind")) for key, each in truth.items())
    world = World(
        {key: None if code is None else a_unit(f"kind:{code}", f"h{key[1][1:]}") for key, code in changes.items()}
    )
    assert standing(Counting(truth, [world]), Publications(published(*releases), {})) == [True, stands]


@pytest.mark.parametrize(("inside", "outside", "size", "is_group"), [
    (10, 0, 0, True), (10, 1, 0, True), (9, 1, 0, False), (18, 2, 0, False), (19, 2, 0, True), (10, 0, 11, True), (10, 0, 10, False),
])  # fmt: skip
def test_nearly_all_of_a_category_in_another_is_a_group_below_the_size_of_the_policy(
    inside: int, outside: int, size: int, is_group: bool
) -> None:
    truth = {Y25: Records(units((inside, "kind:a region:n"), (outside, "kind:a region:z"), (30, "kind:b region:z")))}
    tables = [a_table(truth[Y25], name, "partners", name) for name in ("kind", "region")]
    editions = published(release_of(Y25, *tables))
    cells = Publications(editions, {}).cells[Y25]
    asked = ask_about_groups(Counting(truth), editions[0], cells, {}, size=size)
    parts = [each.of.parts for each in asked if not isinstance(each.of, Label)]
    assert any(Label(Y25, ("kind", "a")) == each[0] for each in parts) is is_group


# --- under other labels, and together ---------------------------------------------------------------------------------


def of_partners(key: Publication, records: Records, name: str, hidden: str = "") -> Release:
    year = int(key[0][:4])
    days = {"period_from": date(year, 1, 1), "period_until": date(year, 12, 31)}
    return release_of(key, a_table(records, "deel", "partners", name, hides=hiding(deel=hidden)), **days)


@pytest.mark.parametrize("levels", [("pillar", "theme"), ("theme", "pillar")])
def test_a_pillar_is_the_only_theme_that_is_in_it(levels: tuple[str, str]) -> None:
    """Twelve on pillar 2 and then thirteen on theme 2.1, or the other way: one came where nobody left."""
    work = {"pillar": "pillar:2", "theme": "theme:2.1"}
    truth = {key: Records(units((n, work[name]))) for key, n, name in zip((Y25, SECOND), (12, 13), levels, strict=True)}
    releases = [of_partners(key, truth[key], name) for key, name in zip(truth, levels, strict=True)]
    agenda = {("theme", code): ("pillar", code[0]) for code in ("1.1", "1.2", "2.1")}
    publications = Publications(published(*releases), {}, agenda)
    asked = (*ask_about_standing(Counting(truth), publications, agenda), *ask_over_time(publications))
    about = {each.why for each in asked if names_of(each.of) == {("pillar", "2"), ("theme", "2.1")}}
    assert about >= {CAME, "who came between two publications"}


@pytest.mark.parametrize("levels", [("pillar", "theme"), ("theme", "pillar")])
def test_a_pillar_is_all_themes_that_are_in_it(levels: tuple[str, str]) -> None:
    """Twelve on pillar 1, then thirteen on its themes: twelve and one who came."""

    def work(level: str, number: int) -> Records:
        if level == "pillar":
            return Records(units((number, "pillar:1")))
        return Records(units((number - 2, "theme:1.1"), (2, "theme:1.2")))

    truth = {key: work(name, n) for key, n, name in zip((Y25, SECOND), (12, 13), levels, strict=True)}
    releases = [of_partners(key, truth[key], name) for key, name in zip(truth, levels, strict=True)]
    agenda = {("theme", code): ("pillar", code[0]) for code in ("1.1", "1.2", "2.1")}
    publications = Publications(published(*releases), {}, agenda)
    asked = (*ask_about_standing(Counting(truth), publications, agenda), *ask_over_time(publications))
    both = {("pillar", "1"), ("theme", "1.1"), ("theme", "1.2")}
    assert {each.why for each in asked if names_of(each.of) == both} >= {CAME, "who came between two publications"}


def test_the_search_knows_a_pillar_by_its_only_theme() -> None:
    """A world in which these did not stand still together is one that the audit does not take for an answer."""
    truth = {Y25: Records(units((3, "pillar:2"))), Y26: Records(units((3, "theme:2.1")))}
    releases = of_partners(Y25, truth[Y25], "pillar"), of_partners(Y26, truth[Y26], "theme")
    everything = Everything(published(*releases), truth, {("theme", "2.1"): ("pillar", "2")})
    alike = frozenset({("pillar", frozenset("2"))})
    cells = [everything.cells[i].pairs for meant, those in everything.told_alike() if meant == alike for i in those]
    assert sorted(map(sorted, cells)) == [[("pillar", "2")], [("theme", "2.1")]]


@pytest.mark.parametrize(("later", "is_asked"), [("", True), ("b", False)])
def test_what_is_shown_where_it_stood_still_is_taken_off_a_total(
    later: str, is_asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2025 shows a alone; 2026 shows b too: who knows that b is the same takes both off all of 2025, and c and d are left."""
    monkeypatch.setitem(SIDES, "region", dimension("region", tuple((code, code) for code in "abcd")))
    people = units((9, "region:a"), (8, "region:b"), (2, "region:c"))
    truth = {Y25: Records({**people, **units((2, "region:d"), first=19)}), Y26: Records(people)}
    shows = ((Y25, "b c d"), (Y26, f"c d {later}"))
    releases = [of_partners(key, truth[key], "region", hidden) for key, hidden in shows]
    publications = Publications(published(*releases), {})
    whys = {(each.edition, each.why) for each in ask_about_standing(Counting(truth), publications)}
    assert (("2025", OF_A_TOTAL) in whys) is is_asked
