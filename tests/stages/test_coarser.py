"""Where much would be hidden a reader is told of what would show more; it was tried, and changes nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.factories import a_partner, a_source, a_table, an_edition
from tweeluik.pipeline.summary import EditionSummary, TableSummary
from tweeluik.protection import editions as maker
from tweeluik.protection.coarser import Coarser, coarser, hides_much
from tweeluik.protection.editions import prove_editions
from tweeluik.record.cell import Codes, Content, Shown, Suppressed
from tweeluik.source.records import Edition, Protection, Source
from tweeluik.words.messages import translate

MANY = {"A": 9, "B": 8, "C": 7, "D": 2, "E": 3, "F": 1}


def source(method: Protection = "suppression", sizes: Mapping[str, int] = MANY) -> Source:
    """One table of regions, of which three are small."""
    made = a_source(tuple(a_partner(f"p-{code}{n}", region=code) for code, size in sizes.items() for n in range(size)))
    regions = tuple(replace(made.vocabulary.regions[0], code=code, label=f"Gebied {code}") for code in sizes)
    edition = an_edition(a_table("partners", "region"), protection=method, status="final")
    return replace(made, vocabulary=replace(made.vocabulary, regions=regions), editions=(edition,))


def cells(shown: int, hidden: int) -> Sequence[Mapping[Codes, Content]]:
    return [{(str(n),): Shown(9) if n < shown else Suppressed() for n in range(shown + hidden)}]


NOW = cells(3, 6)


@pytest.mark.parametrize(
    ("tried", "best"),
    [
        ([(4, 1), (6, 2), (5, 0)], (6, 8)),
        ([(4, 1), (4, 0), (4, 3)], (4, 4)),
        ([(3, 0), (2, 0)], (3, 3)),
        ([(2, 0), (3, 6)], None),
        ([None, (4, 4), None], (4, 8)),
        ([], None),
    ],
)
def test_most_numbers_are_best_and_of_as_many_those_that_hide_least(
    tried: list[tuple[int, int] | None], best: tuple[int, int] | None
) -> None:
    made = iter(tried)

    def protect(_: Edition) -> Sequence[Mapping[Codes, Content]] | None:
        one = next(made, None)
        return None if one is None else cells(*one)

    found = coarser(source(), source().editions[0], NOW, protect)
    assert (None if found is None else (found.shown, found.cells)) == best


@pytest.mark.parametrize(("shown", "hidden", "much"), [(8, 2, False), (7, 2, True), (0, 0, False)])
def test_a_fifth_is_not_much(shown: int, hidden: int, much: bool) -> None:
    assert hides_much(cells(shown, hidden)) == much


def test_all_are_taken_together_by_twos_and_fours_and_then_two_that_are_hidden() -> None:
    asked: list[Edition] = []
    coarser(source(), source().editions[0], [{("A",): Suppressed(), ("B",): Shown(8)}], asked.append)
    assert [[each.codes for each in made.merge] for made in asked] == [
        [("A", "B"), ("C", "D"), ("E", "F")], [("A", "B", "C", "D"), ("E", "F")], [("A", "B")],
    ]  # fmt: skip


def test_an_edition_that_hides_much_is_told_of_and_hides_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    (made,) = prove_editions(source(), {}).editions
    assert made.coarser is not None
    assert made.coarser.shown > sum(isinstance(cell, Shown) for cell in made.contents[0].values())
    assert made.coarser.merge.startswith("{dimension: region, codes: [")
    monkeypatch.setattr(maker, "coarser", lambda *_: None)
    (again,) = prove_editions(source(), {}).editions
    assert (again.contents, again.coarser) == (made.contents, None)


@pytest.mark.parametrize("asked", [source("rounding"), source(sizes=dict.fromkeys("ABCD", 9))], ids=["all", "nothing"])
def test_an_edition_that_shows_enough_is_not(monkeypatch: pytest.MonkeyPatch, asked: Source) -> None:
    monkeypatch.setattr(maker, "coarser", lambda *_: pytest.fail("it was tried"))
    (made,) = prove_editions(asked, {}).editions
    assert made.coarser is None


def test_it_is_said_in_numbers_in_both_languages() -> None:
    tables = (TableSummary("a", 4, 6, 0, None, 0.0), TableSummary("b", 4, 0, 0, None, 0.0))
    merge = '{dimension: region, codes: [D, E], label: "D en E"}'
    told = EditionSummary("2025", notice_only=False, status="final", version=1, protection="suppression",
                          tables=tables, coarser=Coarser(merge, 10, 13))  # fmt: skip
    said = told.would_show_more
    assert said == (
        f"try merge: [{merge}]: the edition then shows 10 of 13 numbers, now 8 of 14; or write protection: rounding"
    )
    assert translate(said, "nl") == (
        f"probeer in de editie merge: [{merge}]: dan toont zij 10 van de 13 getallen, nu 8 van de 14; "
        "of schrijf protection: rounding"
    )
    assert "take small categories together" in replace(told, coarser=None).would_show_more
