"""Partners that become one contributor, after a year in which all of them were counted: an alliance is founded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_former, a_partner, a_source, a_table, an_edition
from tests.stages.some_worlds import files_of
from tweeluik.checks.audit.hearing import hear
from tweeluik.door.release import release
from tweeluik.problems import UnsafeTables
from tweeluik.protection.editions import prove_editions
from tweeluik.record.cell import Content, Shown, Suppressed
from tweeluik.selection.microdata import microdata
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Edition, Period


def edition(year: int) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return an_edition(a_table("partners", "kind"), id=str(year), period=period, status="final")


def of_two_years(number: int, joining: int) -> tuple[Content, Content]:
    """The number of foundations in 2025 and then in 2026, when so many of them have one umbrella."""
    both = (a_collaboration(2025), a_collaboration(2026))
    joined = {"umbrella": "u-1", "before": (a_former(date(2026, 2, 1), umbrella="none"),)}
    members = [a_partner(f"p-{n}", collaborations=both, **(joined if n < joining else {})) for n in range(number)]
    others = [a_partner(f"v-{n}", kind="vereniging", collaborations=both) for n in range(20)]
    umbrella = a_partner("u-1", kind="vereniging", collaborations=both[1:])
    source = replace(a_source((*members, *others, umbrella)), editions=(edition(2025),))
    (before,) = prove_editions(source, {}).editions
    old, memory = release(source, before), microdata(source, before.selection, secret_of(source))
    source = replace(source, editions=(edition(2025), edition(2026)))
    proven = prove_editions(source, {"2025": (old,)}, {("2025", 1): memory})
    (after,) = proven.editions
    assert proven.handed is not None
    assert not hear(files_of(old, release(source, after)), proven.handed).problems
    one, other = (each["stichting",] for each in (before.contents[0], after.contents[0]))
    return one, other


@pytest.mark.parametrize("number", [5, 7])
def test_a_number_of_whom_all_are_members_now_is_hidden(number: int) -> None:
    """They may be others, each of a holding of its own: no move between kinds tells that, and it was refused."""
    assert of_two_years(number, number) == (Shown(number), Suppressed())


def test_a_number_with_enough_others_is_shown() -> None:
    assert of_two_years(8, 4) == (Shown(8), Shown(8))


def test_whoever_joined_knows_how_many_did_not() -> None:
    """Of seven that were shown, four are one now, and know that the others are three."""
    with pytest.raises(UnsafeTables):
        of_two_years(7, 4)
