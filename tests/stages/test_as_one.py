"""Who continues another: for readers of everything published one organisation, that rounds alike and did not come or go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tests.stages.some_worlds import NEXT, THIS, a_talk, a_unit
from tweeluik.checks.audit.worlds import Records, Truth
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.worlds.lineage import Ended, as_one
from tweeluik.record.cell import Shown
from tweeluik.source.records import Edition, Partner, Period

DAYS = {THIS: date(2025, 12, 31), NEXT: date(2026, 12, 31), ("2027", 1): date(2027, 12, 31)}
OLD = {"old": Ended(date(2025, 12, 31), ["new"])}


def told_in(**years: str) -> Truth:
    """`old="2025 2026"`: who is in which publications; each of a holding of its own in each."""
    who = {(each, 1): name for name, each in ((name, e) for name, told in years.items() for e in told.split())}
    names = {key: [name for name, told in years.items() if key[0] in told.split()] for key in sorted(who)}
    return {
        key: Records({name: a_unit("kind:a", f"h-{name}-{key[0]}") for name in told}) for key, told in names.items()
    }


@pytest.mark.parametrize("holding", ["h1", "h2"])
def test_a_successor_has_the_id_of_whom_it_continues_at_every_table_too(holding: str) -> None:
    """Also where one of the two is a member of an umbrella and the other is not."""
    before, after = a_unit("kind:a", "h1"), a_unit("kind:b", holding)
    truth = {
        THIS: Records({"old": before}),
        NEXT: Records({"new": after}, {"t1": a_talk("form:g", "new", holdings=[holding])}),
    }
    found = as_one(truth, OLD, DAYS)
    assert found[THIS].units == {"new": before}
    assert found[NEXT].units == {"new": after}
    assert found[NEXT].talks["t1"].units == {"new"}


@pytest.mark.parametrize(
    ("years", "of"),
    [
        ({"old": "2025", "new": "2026"}, {"2025": ["new"], "2026": ["new"]}),
        ({"old": "2025", "new": "2025 2026"}, {"2025": ["new", "old"], "2026": ["new"]}),  # there beside it
        ({"old": "2025 2026", "new": "2026"}, {"2025": ["old"], "2026": ["new", "old"]}),
        ({"old": "2026", "new": "2025 2027"}, {"2025": ["new"], "2026": ["old"], "2027": ["new"]}),  # there before
        ({"old": "2025", "newest": "2027"}, {"2025": ["newest"], "2027": ["newest"]}),  # by one that is nowhere
        ({"old": "2025", "new": "2026", "newest": "2027"}, {"2025": ["new"], "2026": ["new"], "2027": ["new"]}),
        ({"old": "2025", "other": "2025", "new": "2026"}, {"2025": ["new", "other"], "2026": ["new"]}),  # a merger
        ({"old": "2025", "other": "2026", "new": "2027"}, {"2025": ["new"], "2026": ["other"], "2027": ["new"]}),
        ({"split": "2025", "new": "2026", "part": "2026"}, {"2025": ["split"], "2026": ["new", "part"]}),
    ],
)  # fmt: skip
def test_who_goes_on_as_whom(years: dict[str, str], of: dict[str, list[str]]) -> None:
    ended = {
        **OLD,
        "other": Ended(date(2025, 12, 31), ["new"]),
        "split": Ended(date(2025, 12, 31), ["new", "part"]),
        "new": Ended(date(2026, 12, 31), ["newest"]),
    }
    found = as_one(told_in(**years), ended, DAYS)
    assert {key[0]: sorted(records.units) for key, records in found.items()} == of


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


def of_two_years(*partners: Partner) -> Truth:
    """The records behind 2025 and 2026, of these and nine others who were there in both."""
    table = a_table("partners", "kind")
    editions = [
        replace(an_edition(table, id=str(year), status="final"), period=Period(date(year, 1, 1), date(year, 12, 31)))
        for year in (2025, 2026)
    ]
    others = (a_partner(f"p-{n}", collaborations=(a_collaboration(2025), a_collaboration(2026))) for n in range(9))
    proven = prove_editions(replace(a_source((*partners, *others)), editions=tuple(editions)), {})
    assert proven.handed is not None
    return proven.handed.truth


@pytest.mark.parametrize(("was", "is_now"), [(None, None), ("p-0", None), (None, "p-0")])
def test_a_successor_is_whom_it_continues_whoever_is_its_umbrella(was: str | None, is_now: str | None) -> None:
    """Two roundings of four partners, 0 to 4 and 1 to 9, were published: another set, for whom nobody continues."""
    ended = {"ended": date(2025, 12, 31), "successors": ("s-2",)}
    truth = of_two_years(
        a_partner("s-1", umbrella=was, **ended), a_partner("s-2", umbrella=is_now, collaborations=(a_collaboration(2026),))
    )  # fmt: skip
    assert truth[THIS].units.keys() == truth[NEXT].units.keys()


@pytest.mark.parametrize(("gone", "stays"), [("s-1", "s-2"), ("s-2", "s-1")])
def test_who_goes_on_with_the_work_of_another_was_there_beside_it(gone: str, stays: str) -> None:
    """By the order of two digests one of them was lost, and the next publication refused without a cure."""
    truth = of_two_years(
        a_partner(gone, ended=date(2025, 12, 31), successors=(stays,)),
        a_partner(stays, collaborations=(a_collaboration(2025), a_collaboration(2026))),
    )
    assert [len(truth[each].units) for each in (THIS, NEXT)] == [11, 10]
    assert truth[NEXT].units.keys() < truth[THIS].units.keys()
