"""Names tell of all numbers that are out, also those of an edition without numbers: an overview that only names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tests.stages.some_worlds import THIS, a_unit
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.hearing import Handed, hear
from tweeluik.checks.audit.worlds import Records, Unit
from tweeluik.door.release import release
from tweeluik.problems import UnsafeTables
from tweeluik.protection.beside import Memories
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.worlds.lineage import Ended, as_one
from tweeluik.record.canonical import serialise
from tweeluik.record.cell import TOTAL, Rounded
from tweeluik.record.model import Release
from tweeluik.selection.microdata import Microdata, microdata
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Edition, Naming, Period, Source

KINDS = ("stichting",) * 6 + ("vereniging",) * 9


def edition(year: int, *, tables: bool) -> Edition:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    asked = (a_table("partners", "kind"),) if tables else ()
    return an_edition(*asked, id=str(year), period=period, status="final")


def source(named: Mapping[int, int], *, withdrawn: date | None = None) -> Source:
    """Six foundations and nine associations in two years; per year the first so many are named."""
    work = tuple(map(a_collaboration, (2025, 2026)))

    def consents(n: int) -> tuple[Naming, ...]:
        asked = (year for year, number in named.items() if n < number)
        return tuple(Naming(str(year), date(2025, 2, 1), withdrawn, a_partner().place) for year in asked)

    members = (
        a_partner(f"p-{n}", kind=kind, collaborations=work, named_in=consents(n)) for n, kind in enumerate(KINDS)
    )
    return replace(a_source(tuple(members)), protection_key="a" * 64)


def out(of: Source, first: Edition) -> tuple[Release, Microdata]:
    """The first year as it is public, and what is remembered of it."""
    (protected,) = prove_editions(replace(of, editions=(first,)), {}).editions
    made = release(of, protected)
    return made, replace(microdata(of, protected.selection, secret_of(of)), version=made.version)


def test_who_names_all_but_one_of_a_number_that_is_out_tells_that_one() -> None:
    before, memory = out(source({}), edition(2025, tables=True))
    register, memories = {"2025": (before,)}, {("2025", 1): memory}
    names = edition(2026, tables=False)

    def publish(number: int) -> object:
        return prove_editions(replace(source({2026: number}), editions=(names,)), register, memories).handed

    assert publish(0) is None
    assert publish(1) is not None
    with pytest.raises(UnsafeTables) as refused:
        publish(5)
    said = str(refused.value.problems[0])
    assert "readers can work out, of edition 2025: a number of the table" in said
    assert "name nobody in edition 2026, and take out its named_in; that was tried and is safe" in said


def test_who_was_named_before_is_no_news() -> None:
    before, memory = out(source({2025: 6}), edition(2025, tables=True))
    asked = replace(source({2026: 6}), editions=(edition(2026, tables=False),))
    assert prove_editions(asked, {"2025": (before,)}, {("2025", 1): memory}).handed is None


@pytest.mark.parametrize("remembered", [True, False])
def test_who_was_named_without_numbers_is_known_in_the_numbers_that_follow(remembered: bool) -> None:
    """Five of six have no secret, so that the sixth may not be known either: the six are not shown."""
    named = source({2025: 5}, withdrawn=None if remembered else date(2025, 9, 1))
    was = source({2025: 5})
    before, memory = out(was, edition(2025, tables=False))
    assert len(before.named) == 5
    memories: Memories = {("2025", 1): memory} if remembered else {}
    proven = prove_editions(replace(named, editions=(edition(2026, tables=True),)), {"2025": (before,)}, memories)
    told = {codes[0]: type(cell).__name__ for codes, cell in proven.editions[0].contents[0].items()}
    assert told["stichting"] == "Suppressed"
    assert proven.handed is not None
    assert sum(unit.named for unit in proven.handed.truth["2025", 1].units.values()) == 5


def test_a_name_that_was_withdrawn_is_known_in_numbers_that_are_recalled() -> None:
    before, _ = out(source({2025: 2}), edition(2025, tables=True))
    today = source({2025: 2}, withdrawn=date(2025, 9, 1))
    editions = (edition(2025, tables=True), edition(2026, tables=True))
    proven = prove_editions(replace(today, editions=editions), {"2025": (before,)})
    assert proven.handed is not None
    assert sum(unit.named for unit in proven.handed.truth["2025", 1].units.values()) == 2


def test_a_name_stands_for_the_whole_line_of_whom_it_continues() -> None:
    truth = {THIS: Records({"old": a_unit("kind:a", "h1")}), ("2026", 1): Records({"new": a_unit("kind:a", "h1")})}
    days = {THIS: date(2025, 12, 31), **{(str(year), 1): date(year, 12, 31) for year in (2026, 2027, 2028)}}
    ended = {"old": Ended(date(2025, 12, 31), ["new"])}
    found = as_one(truth, ended, days, {("2027", 1): {"old", "stranger"}, ("2028", 1): ()})
    nothing: frozenset[tuple[str, str]] = frozenset()
    assert found["2027", 1].units == {
        "new": Unit("h1", named=True, codes=nothing), "stranger": Unit("stranger", named=True, codes=nothing),
    }  # fmt: skip
    assert ("2028", 1) not in found


@pytest.mark.parametrize(("known", "said"), [(5, []), (4, ["names of whom the records tell nothing"])])
def test_records_that_tell_of_fewer_names_than_are_public_are_refused(known: int, said: list[str]) -> None:
    before, _ = out(source({2025: 5}), edition(2025, tables=False))
    units = {f"u{n}": Unit(f"h{n}", named=True, codes=frozenset()) for n in range(known)}
    files = {"edities/2025/release.json": serialise(before)}
    found = hear(files, Handed({("2025", 1): Records(units)}, (), Rules(5, 10), {}))
    assert [(problem.what, problem.path) for problem in found.problems] == [(each, "named") for each in said]


# --- rounding beside the named ----------------------------------------------------------------------------------------

WORK = (("1.1a",),) * 3 + (("1.1a", "2.1a"),) * 2 + (("2.1a",),)
"""What six who are named worked on."""


@pytest.mark.parametrize("others", [(("1.1a",), ("2.1a",)), (("1.1a",),)], ids=["of each pillar one", "one"])
def test_a_few_beside_many_who_are_named_are_rounded_to_none(others: tuple[tuple[str, ...], ...]) -> None:
    """Of a total less a pillar the named are known too: it cannot be as many as if nobody were."""
    consent = Naming("2025", date(2025, 2, 1), None, a_partner().place)
    members = [
        a_partner(
            f"p-{n}", collaborations=(a_collaboration(2025, *work),), named_in=(consent,) if n < len(WORK) else ()
        )
        for n, work in enumerate((*WORK, *others))
    ]
    asked = replace(edition(2025, tables=False), tables=(a_table("partners", "pillar"),), protection="rounding")
    (made,) = prove_editions(replace(a_source(tuple(members)), editions=(asked,)), {}).editions
    (cells,) = made.contents
    assert {codes[0]: cell for codes, cell in cells.items()} == {
        "1": Rounded(5), "2": Rounded(3), TOTAL: Rounded(6),
    }  # fmt: skip
