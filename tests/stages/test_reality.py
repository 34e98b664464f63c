"""What a world changes must be as in a real source; what it leaves alone needs no excuse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.stages.some_worlds import a_table, a_talk, a_unit, published, release_of
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.reality import Reality, agenda_of
from tweeluik.checks.audit.worlds import Publication, Records, Unit, World

Y25, Y25_AGAIN, HALF, REST = ("2025", 1), ("2025-b", 1), ("2025-h1", 1), ("2025-h2", 1)
Y26, BOTH = ("2026", 1), ("2025-2026", 1)
PERIODS = {
    Y25: ("2025-01-01", "2025-12-31"), Y25_AGAIN: ("2025-01-01", "2025-12-31"), HALF: ("2025-01-01", "2025-06-30"),
    REST: ("2025-07-01", "2025-12-31"), Y26: ("2026-01-01", "2026-12-31"), BOTH: ("2025-01-01", "2026-12-31"),
}  # fmt: skip
A, B = "kind:a pillar:1 theme:1.1", "kind:b pillar:2 theme:2.1"
TABLES = (("soort", "partners", "kind", "pillar"), ("thema", "partners", "theme"), ("vorm", "conversations", "form"))


def editions(truth: dict[Publication, Records], *tables: tuple[str, ...]) -> tuple[Edition, ...]:
    made = []
    for key, records in truth.items():
        first, last = map(date.fromisoformat, PERIODS[key])
        shown = [a_table(records, *each) for each in tables or TABLES]
        made.append(release_of(key, *shown, period_from=first, period_until=last))
    return published(*made)


def is_real(*tables: tuple[str, ...], talks: Any = None, **codes: str | Unit | None) -> bool:
    """Of a world in which one organisation, `a` everywhere in truth, is otherwise: `y2025="kind:b …"`."""
    keys = {"y" + key[0].replace("-", ""): key for key in PERIODS}
    table = {"t": a_talk("form:g", "u0", "u1")}
    truth = {keys[name]: Records({"u0": a_unit(A, "h0"), "u1": a_unit(A, "h1")}, table) for name in codes}
    changed = {
        (keys[name], "u0"): a_unit(each, "h0") if isinstance(each, str) else each for name, each in codes.items()
    }
    told = editions(truth, *tables)
    return Reality(told, agenda_of(told)).holds(Counting(truth, [World(changed, talks or {})]), 1)


POSSIBLE: dict[str, dict[str, Any]] = {
    "another kind": {"y2025": B},
    "two themes of one pillar": {"y2025": "kind:a pillar:1 theme:1.1 theme:1.2"},
    "another kind next year": {"y2025": A, "y2026": B},
    "not there at first": {"y2025h1": None, "y2025": A, "talks": {(HALF, "t"): a_talk("form:g", "u1", holdings=("h0", "h1"))}},
    "two years that add up": {"y2025": A, "y2026": B, "y20252026": "kind:b pillar:1 pillar:2 theme:1.1 theme:2.1"},
    "the same over the same days": {"y2025": B, "y2025b": B},
}  # fmt: skip
IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "no kind": {"y2025": "pillar:1 theme:1.1"},
    "two kinds": {"y2025": "kind:a kind:b pillar:1 theme:1.1"},
    "a kind that is not published": {"y2025": "kind:x pillar:1 theme:1.1"},
    "a dimension that is not published": {"y2025": A + " region:n"},
    "no pillar": {"y2025": "kind:a theme:1.1"},
    "a theme outside its pillar": {"y2025": "kind:a pillar:2 theme:1.1"},
    "a pillar without a theme": {"y2025": "kind:a pillar:1 pillar:2 theme:1.1"},
    "another kind on the same day": {"y2025": A, "y2025b": "kind:b pillar:1 theme:1.1"},
    "another theme over the same year": {"y2025h1": A, "y2025": B},
    "at the end of the year and not in the whole of it": {"y2025": None, "y2025h2": A, "talks": {(Y25, "t"): None}},
    "in the whole year and not at the end of it": {"y2025": A, "y2025h2": None, "talks": {(REST, "t"): None}},
    "gone within the year": {"y2025h1": A, "y2025": None},
    "two years with more than either": {"y2025": A, "y2026": A, "y20252026": "kind:a pillar:1 pillar:2 theme:1.1 theme:2.1"},
    "two years with less than one": {"y2025": A, "y2026": B, "y20252026": B},
    "in neither year": {"y2025": None, "y2026": None, "y20252026": A},
    "not at the table where it sat": {"y2025": None},
    "under another holding at the table": {"y2025": a_unit(A, "h9")},
}  # fmt: skip


@pytest.mark.parametrize("name", POSSIBLE)
def test_a_real_source_can_be_so(name: str) -> None:
    assert is_real(**POSSIBLE[name])


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_no_real_source_is_so(name: str) -> None:
    assert not is_real(**IMPOSSIBLE[name])


SINCE = ("jaar", "partners", "first_year")
FIRST_YEARS = {
    "since the year it came": ("first_year:2025", "first_year:2025", True),
    "since a year before it": ("first_year:2025", "first_year:2026", False),
    "new, though it was there": ("first_year:2026", "first_year:2026", False),
    "since a year that does not know it": (None, "first_year:2025", False),
    "new, and not there before": (None, "first_year:2026", True),
}


@pytest.mark.parametrize("name", FIRST_YEARS)
def test_the_first_year_is_one_and_its_publication_knows_it(name: str) -> None:
    before, after, real = FIRST_YEARS[name]
    talks = {(Y25, "t"): None, (Y26, "t"): None}
    assert is_real(SINCE, talks=talks, y2025=before, y2026=after) is real


TALKS = {
    "another form": ({(Y25, "t"): a_talk("form:w", "u0", "u1")}, True),
    "another month": ({(Y25, "t"): a_talk("form:g", "u0", "u1", month="2025-11")}, True),
    "one more": ({(Y25, "x"): a_talk("form:g", "u0")}, True),
    "one less": ({(Y25, "t"): None}, True),
    "outside the period": ({(Y25, "t"): a_talk("form:g", "u0", "u1", month="2026-01")}, False),
    "no form": ({(Y25, "t"): a_talk("", "u0", "u1")}, False),
    "nobody at the table": ({(Y25, "t"): a_talk("form:g", holdings=("h0",))}, False),
    "somebody who is not there": ({(Y25, "t"): a_talk("form:g", "u0", "u7")}, False),
}


@pytest.mark.parametrize("name", TALKS)
def test_conversations_are_those_of_a_real_source(name: str) -> None:
    talks, real = TALKS[name]
    assert is_real(talks=talks, y2025=A) is real


def test_a_conversation_is_the_same_in_every_publication_of_its_days() -> None:
    other = a_talk("form:w", "u0", "u1")
    assert not is_real(talks={(Y25, "t"): other}, y2025=A, y2025b=A)
    assert not is_real(talks={(Y25, "t"): None}, y2025=A, y2025b=A)
    assert is_real(talks={(Y25, "t"): other, (Y25_AGAIN, "t"): other}, y2025=A, y2025b=A)


def test_at_a_table_sit_the_same_in_every_publication_that_they_are_in() -> None:
    both, one = (a_talk("form:w", *members, holdings=("h0", "h1")) for members in (("u0", "u1"), ("u0",)))
    assert is_real(talks={(Y25, "t"): both, (Y25_AGAIN, "t"): both}, y2025=A, y2025b=A)
    assert not is_real(talks={(Y25, "t"): both, (Y25_AGAIN, "t"): one}, y2025=A, y2025b=A)
