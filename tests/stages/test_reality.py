"""What no source could hold, publication by publication: each rule on its own, beside a truth that breaks another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.stages.some_worlds import a_table, a_unit, published, release_of
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.reality import Reality
from tweeluik.checks.audit.worlds import Publication, Records, Unit, World

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
