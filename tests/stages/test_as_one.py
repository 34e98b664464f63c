"""Who continues another: for readers of everything published one organisation, that rounds alike and did not come or go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tests.stages.some_worlds import NEXT, THIS, a_talk, a_unit
from tweeluik.checks.audit.worlds import Records
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.worlds.lineage import as_one
from tweeluik.record.cell import Shown
from tweeluik.source.records import Edition, Period


def test_a_successor_has_the_id_of_whom_it_continues_at_every_table_too() -> None:
    before, after = a_unit("kind:a", "h1"), a_unit("kind:b", "h1")
    truth = {
        THIS: Records({"old": before}),
        NEXT: Records({"new": after}, {"t1": a_talk("form:g", "new", holdings=["h1"])}),
    }
    found = as_one(truth)
    assert found[THIS].units == {"new": before}
    assert found[NEXT].units == {"new": after}
    assert found[NEXT].talks["t1"].units == {"new"}


@pytest.mark.parametrize("together", [THIS, NEXT])
def test_two_that_are_ever_there_together_are_two(together: tuple[str, int]) -> None:
    truth = {THIS: Records({"old": a_unit("kind:a", "h1")}), NEXT: Records({"new": a_unit("kind:b", "h1")})}
    truth[together] = Records({name: a_unit("kind:a", "h1") for name in ("old", "new")})
    assert as_one(truth) == truth


def half(months: tuple[int, int], id: str) -> Edition:
    first, last = months
    period = Period(date(2025, first, 1), date(2025, last, 30))
    table = replace(a_table("partners", "measure"), id="maatregel")
    return replace(an_edition(table, id=id, status="final", protection="rounding"), period=period)


MEASURES = ("1.1a", "1.1b", "1.2a", "2.1a")


def test_the_same_sets_round_alike_when_one_of_each_was_succeeded() -> None:
    """The draw of rounding follows from whose line it is."""
    members, heirs = [], []
    for measure in MEASURES:
        for n in range(3):
            heir = f"s-{measure}-{n}"
            work = (a_collaboration(2025, measure),)
            ended = {"ended": date(2025, 8, 1), "successors": (heir,)} if n == 0 else {}
            members.append(a_partner(f"p-{measure}-{n}", collaborations=work, **ended))
            heirs += [a_partner(heir, collaborations=(a_collaboration(2026, measure),))] if ended else []
    halves = half((1, 6), "2025-1"), half((7, 11), "2025-2")
    source = a_source((*members, *heirs))
    # Each alone too: side by side the second may keep the rounding of the first, whatever it would draw itself.
    for editions in ((halves,), ((halves[0],), (halves[1],))):
        proven = (prove_editions(replace(source, editions=each), {}).editions for each in editions)
        one, other = (each.contents[0] for found in proven for each in found)
        assert one == other


@pytest.mark.parametrize(("others", "shown"), [(3, False), (4, True)])
def test_an_umbrella_that_continues_another_is_one_contributor_with_its_members(others: int, shown: bool) -> None:
    """Of five or six partners of a kind two are an umbrella and its member; the umbrella before it ended."""
    worked = {year: (a_collaboration(year),) for year in (2025, 2026)}
    source = a_source((
        a_partner("u-1", ended=date(2025, 12, 31), successors=("u-2",)),
        a_partner("u-2", collaborations=worked[2026]),
        a_partner("m-1", collaborations=worked[2026], umbrella="u-2"),
        *(a_partner(f"p-{n}", collaborations=worked[2026]) for n in range(others)),
        *(a_partner(f"v-{n}", kind="vereniging", collaborations=worked[2026]) for n in range(9)),
    ))  # fmt: skip
    edition = an_edition(a_table("partners", "kind"), id="2026", status="final")
    edition = replace(edition, period=Period(date(2026, 1, 1), date(2026, 12, 31)))
    (protected,) = prove_editions(replace(source, editions=(edition,)), {}).editions
    assert (protected.contents[0]["stichting",] == Shown(others + 2)) is shown
