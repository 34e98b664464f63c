"""Partners over several years, told in other categories: what one publication takes together and another in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.factories import HERE, a_collaboration, a_partner, a_table
from tests.stages.test_changed_conversations import hidden, put_out
from tests.stages.test_told_together import a_ministry, an_overview
from tweeluik.source.records import Edition, Merge, Partner

A_AND_B = Merge("kind", ("a", "b"), "a en b", HERE)


def partners(kind: str, *groups: tuple[int, Sequence[int]]) -> list[Partner]:
    """So many of a kind that worked along in these years."""
    every = [years for number, years in groups for _ in range(number)]
    return [
        a_partner(f"p-{kind}{n:02}", kind=kind, collaborations=tuple(map(a_collaboration, years)))
        for n, years in enumerate(every)
    ]


def of_partners(first: int, until: int | None = None, *, merge: tuple[Merge, ...] = (), name: str = "") -> Edition:
    return replace(an_overview(first=first, until=until, name=name), tables=(a_table("partners", "kind"),), merge=merge)


BOTH = (2025, 2026)


@pytest.mark.parametrize("merge", [(), (A_AND_B,)], ids=["apart", "taken together"])
def test_who_stayed_is_not_told_by_two_years_and_both_of_them(merge: tuple[Merge, ...]) -> None:
    """21 a and 22 b in either year, 83 of both in the two together: three stayed, one a and two b."""
    who = partners("a", (20, [2025]), (20, [2026]), (1, BOTH)) + partners("b", (20, [2025]), (20, [2026]), (2, BOTH))
    who += partners("c", (20, [2025]), (20, [2026]), (20, BOTH))
    years = of_partners(2025), of_partners(2026)
    releases, told = put_out(a_ministry(who, [], *years), a_ministry(who, [], *years, of_partners(*BOTH, merge=merge)))
    assert told == set()
    assert hidden(list(releases.values())[-1]) >= ({"a+b"} if merge else {"a", "b"})


def test_that_all_of_a_kind_are_in_what_it_is_taken_together_with_is_no_secret() -> None:
    """Another edition of the year takes kinds together: refused before, for "all of a category are in another"."""
    who = partners("a", (9, [2025])) + partners("b", (8, [2025])) + partners("c", (7, [2025]))
    first, again = of_partners(2025), of_partners(2025, merge=(A_AND_B,), name="samen")
    releases, told = put_out(a_ministry(who, [], first), a_ministry(who, [], first, again))
    assert (told, [hidden(each) for each in releases.values()]) == (set(), [set(), set()])
