"""What no source could hold, publication by publication: each rule on its own, beside a truth that breaks another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.stages.some_worlds import a_table, a_unit, published, release_of
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.reality import Reality
from tweeluik.checks.audit.worlds import Publication, Records, Unit, World
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.everything import Everything
from tweeluik.protection.worlds.people import People
from tweeluik.protection.worlds.world import NOBODY
from tweeluik.protection.worlds.world import World as Made

Days = tuple[date, date]
HALF, WHOLE, NEXT, BOTH, ACROSS, BEFORE = (
    (name, 1) for name in ("2025-1", "2025", "2026", "2025-2026", "2024-2025", "2024")
)
PERIODS: Mapping[Publication, Days] = {
    BEFORE: (date(2024, 1, 1), date(2024, 12, 31)),
    ACROSS: (date(2024, 1, 1), date(2025, 6, 30)),
    HALF: (date(2025, 1, 1), date(2025, 6, 30)),
    WHOLE: (date(2025, 1, 1), date(2025, 12, 31)),
    NEXT: (date(2026, 1, 1), date(2026, 12, 31)),
    BOTH: (date(2025, 1, 1), date(2026, 12, 31)),
}
Themes = Mapping[Publication, str | None]
"""On what an organisation works in each publication; None: it is not in it."""


def could_be(true: Themes, changes: Themes) -> bool:
    """Whether one organisation could be otherwise in some publications; others have every theme in all of them."""
    others = {f"o{n}": a_unit(f"theme:{code}", f"p{n}") for n, code in enumerate(("1.1", "2.1"))}
    truth = {key: Records(others | _as_unit(themes)) for key, themes in true.items()}
    releases = []
    for key, records in truth.items():
        first, last = PERIODS[key]
        table = a_table(records, "thema", "partners", "theme", hides=lambda *_: True)
        releases.append(release_of(key, table, period_from=first, period_until=last))
    world = World({(key, "u"): _as_unit(themes).get("u") for key, themes in changes.items()})
    return Reality(published(*releases), {}).holds(Counting(truth, [world]), 1)


def _as_unit(themes: str | None) -> dict[str, Unit]:
    return {} if themes is None else {"u": a_unit(" ".join(f"theme:{each}" for each in themes.split()), "h")}


def test_a_publication_is_about_the_days_that_its_data_reach() -> None:
    """The year as it stood at the end of June has the organisations of the half: who is in one is in the other."""
    here, year = Records({"u": a_unit("theme:1.1", "h")}), ("2025", 1)
    (half, *_), whole = PERIODS[HALF], PERIODS[WHOLE]
    for as_of, holds in ((None, True), (PERIODS[HALF][1], False)):
        releases = [
            release_of(key, a_table(here, "thema", "partners", "theme", hides=lambda *_: True), as_of=as_of if key == year else None,
                       period_from=half, period_until=(PERIODS[HALF] if key == HALF else whole)[1])
            for key in (HALF, year)
        ]  # fmt: skip
        world = World({(HALF, "u"): None})
        assert Reality(published(*releases), {}).holds(Counting({HALF: here, year: here}, [world]), 1) is holds


def test_who_truly_left_within_a_year_does_not_work_on_something_else_there_instead() -> None:
    """It is odd in 2025 as it is; that excuses no other oddity of the same two publications."""
    true: Themes = {HALF: "1.1", WHOLE: None, NEXT: "1.1", BOTH: "1.1 2.1"}
    assert could_be(true, {HALF: "1.1", WHOLE: "1.1", BOTH: "1.1"})
    assert not could_be(true, {WHOLE: "1.1 2.1"})


def test_who_belongs_on_a_day_and_is_not_in_a_publication_of_it_did_nothing_in_its_years() -> None:
    """It is in what runs from 2024 to June 2025 by what it did in 2024, unless it is in the half of 2025 too."""
    true: Themes = {BEFORE: "2.1", ACROSS: "2.1", HALF: "2.1", WHOLE: "1.1 2.1"}
    assert could_be(true, {ACROSS: "1.1 2.1", HALF: "1.1 2.1"})
    assert not could_be(true, {ACROSS: "1.1 2.1", HALF: None})


def test_who_is_found_or_never_was_between_two_versions_is_so_in_every_publication_over_these_days() -> None:
    """No search for worlds tries what the audit takes for none: in 2026, and not in a version of the years with it."""
    corrected = ("2025-2026", 2)
    truth = {key: Records({"u": a_unit("theme:1.1", "h")}) for key in (BOTH, corrected, NEXT)}
    releases = [
        release_of(
            key, a_table(records, "thema", "partners", "theme", hides=lambda *_: True),
            period_from=PERIODS[key[0], 1][0], period_until=PERIODS[key[0], 1][1],
        )
        for key, records in truth.items()
    ]  # fmt: skip
    editions = published(*releases)
    people = People(Everything(editions, truth, {}), Effort.endless())
    targets = [move.target for move in people.crowd.moves_from(people.crowd.type_of[0]) if move.source != NOBODY]
    worlds = [people.told(Made({0: target}, (), {})) for target in targets]
    reality, counting = Reality(editions, {}), Counting(truth, worlds)
    assert {"u"} == {name for world in worlds for _, name in world.units}
    assert all(reality.holds(counting, number) for number in range(1, len(worlds) + 1))
