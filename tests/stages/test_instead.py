"""Where much would be hidden a reader is told of what would show more; it was tried, and changes nothing by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_partner, a_source, a_table, an_edition
from tweeluik.pipeline.summary import EditionSummary, TableSummary
from tweeluik.problems import Place
from tweeluik.protection import editions as maker
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.instead import Contents, Instead, hides_much, instead
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.cell import Codes, Content, Shown, Suppressed
from tweeluik.source.records import Edition, Merge, Period, Protection, Source
from tweeluik.words.messages import translate

MANY = {"A": 9, "B": 8, "C": 7, "D": 2, "E": 3, "F": 1}


def source(method: Protection = "suppression", sizes: Mapping[str, int] = MANY) -> Source:
    """One table of regions, of which three are small."""
    made = a_source(tuple(a_partner(f"p-{code}{n}", region=code) for code, size in sizes.items() for n in range(size)))
    regions = tuple(replace(made.vocabulary.regions[0], code=code, label=f"Gebied {code}") for code in sizes)
    edition = an_edition(a_table("partners", "region"), protection=method, status="final")
    return replace(made, vocabulary=replace(made.vocabulary, regions=regions), editions=(edition,))


def cells(shown: int, hidden: int) -> Sequence[Mapping[Codes, Content]]:
    return [{(code,): Shown(9) if n < shown else Suppressed() for n, code in enumerate("ABCDEFGHI"[: shown + hidden])}]


NOW = cells(3, 6)
Numbers = tuple[int, int] | None
"""How many numbers are shown and how many are hidden; None: it cannot be published."""


def found(alone: Sequence[Numbers], beside: Sequence[Numbers], rounded: bool = False) -> tuple[Instead, list[Edition]]:
    """What is advised where ways show so much by themselves and then beside all else; and what was tried then."""
    by_itself, together, tried = iter(alone), iter(beside), list[Edition]()

    def protect(_: Edition) -> Sequence[Mapping[Codes, Content]] | None:
        one = next(by_itself, None)
        return None if one is None else cells(*one)

    def publish(edition: Edition) -> Sequence[Mapping[Codes, Content]] | None:
        tried.append(edition)
        one = next(together) if edition.protection == "suppression" else (9, 0) if rounded else None
        return None if one is None else cells(*one)

    return instead(source(), source().editions[0], NOW, protect, publish), tried


@pytest.mark.parametrize(
    ("alone", "beside", "best"),
    [
        ([(4, 1), (6, 2), (5, 0)], [(6, 2)], (6, 8)),
        ([(4, 1), (6, 2), (5, 0)], [(5, 3), (5, 0)], (5, 5)),
        ([(4, 1), (6, 2), (5, 0)], [(2, 6), None, (4, 1)], (4, 5)),
        ([(6, 2), (5, 0), (4, 1)], [(4, 4), (4, 1)], (4, 5)),
        ([(4, 1), (4, 0), (4, 3)], [(4, 0)], (4, 4)),
        ([None, (4, 4), None], [(4, 4)], (4, 8)),
        ([None, (4, 4), None], [(3, 6)], None),
        ([(3, 0), (2, 0)], [], None),
        ([(4, 0), (4, 0)], [(3, 0), (3, 1)], None),
        ([(2, 0), (3, 6)], [], None),
        ([], [], None),
    ],
)  # fmt: skip
def test_most_numbers_as_published_are_best_and_of_as_many_those_that_hide_least(
    alone: list[Numbers], beside: list[Numbers], best: tuple[int, int] | None
) -> None:
    made, tried = found(alone, beside)
    assert ((made.shown, made.cells) if made.words else None) == best
    assert len(tried) == len(beside) + 1, "no more is tried than may show more, and then rounding"


@pytest.mark.parametrize("works", [True, False])
def test_rounding_is_tried_whatever_shows_more(works: bool) -> None:
    made, tried = found([], [], rounded=works)
    assert made == Instead("", 3, 9, by_rounding=works)
    assert [each.protection for each in tried] == ["rounding"]


@pytest.mark.parametrize(("shown", "hidden", "much"), [(8, 2, False), (7, 2, True), (0, 0, False)])
def test_a_fifth_is_not_much(shown: int, hidden: int, much: bool) -> None:
    assert hides_much(cells(shown, hidden)) == much


def test_all_are_taken_together_by_twos_and_fours_then_two_that_are_hidden_then_columns_go() -> None:
    asked = list[Edition]()
    edition = replace(source().editions[0], tables=(a_table("partners", "region", "kind"),))
    now: Contents = [{("A", "_T"): Suppressed(), ("B", "_T"): Shown(8)}]
    instead(source(), edition, now, asked.append, lambda _: None)
    assert [[each.codes for each in made.merge] for made in asked] == [
        [("A", "B"), ("C", "D"), ("E", "F")], [("A", "B", "C", "D"), ("E", "F")], [("A", "B")], [],
    ]  # fmt: skip
    assert [each.tables[0].columns for each in asked] == ["kind"] * 3 + [None]


def shown(made: ProtectedEdition) -> int:
    return sum(isinstance(cell, Shown) for table in made.contents for cell in table.values())


def over_two_years() -> Source:
    """Five regions, with an edition a year: of one region one left, and of another one came."""
    made = source(sizes={"A": 2, "B": 8, "C": 7, "D": 5, "E": 3})
    first, second = (
        replace(made.editions[0], id=str(year), period=Period(date(year, 1, 1), date(year, 12, 31)))
        for year in (2025, 2026)
    )
    years = {"p-D2": (2025,), "p-C6": (2026,)}
    partners = (
        replace(each, collaborations=tuple(map(a_collaboration, years.get(each.id, (2025, 2026)))))
        for each in made.partners
    )
    return replace(made, partners=tuple(partners), editions=(first, second))


def merges_in(words: str) -> tuple[Merge, ...]:
    """What an editor copies out of the advice."""
    found = re.findall(r'\{dimension: region, codes: \[(.*?)\], label: "(.*?)"\}', words)
    return tuple(
        Merge("region", tuple(codes.split(", ")), label, Place("editions/2026.yaml")) for codes, label in found
    )


def test_who_asks_for_what_is_advised_sees_the_numbers_that_were_told() -> None:
    """Of the second edition, of which by itself another way shows as much, and beside the first does not."""
    years = over_two_years()
    first, second = years.editions
    told = prove_editions(years, {}, advise=True).editions[1].instead
    assert told is not None
    followed = replace(years, editions=(first, replace(second, merge=merges_in(told.words))))
    made = prove_editions(followed, {}).editions[1]
    assert (shown(made), sum(map(len, made.contents))) == (told.shown, told.cells)


def test_who_does_not_ask_is_not_advised_and_what_is_hidden_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    (made,) = prove_editions(source(), {}, advise=True).editions
    assert made.instead is not None
    assert made.instead.shown > shown(made)
    assert made.instead.words.startswith("write merge: [{dimension: region, codes: [")
    monkeypatch.setattr(maker, "instead", lambda *_: pytest.fail("it was tried"))
    (again,) = prove_editions(source(), {}).editions
    assert (again.contents, again.instead) == (made.contents, None)


@pytest.mark.parametrize("asked", [source("rounding"), source(sizes=dict.fromkeys("ABCD", 9))], ids=["all", "nothing"])
def test_an_edition_that_shows_enough_is_not_advised(monkeypatch: pytest.MonkeyPatch, asked: Source) -> None:
    monkeypatch.setattr(maker, "instead", lambda *_: pytest.fail("it was tried"))
    (made,) = prove_editions(asked, {}, advise=True).editions
    assert made.instead is None


MERGE = 'write merge: [{dimension: region, codes: [D, E], label: "D en E"}]'
ROUNDED_NL = "schrijf protection: rounding; dat is ook geprobeerd en toont alle getallen, afgerond"
MERGE_NL = 'schrijf in de editie merge: [{dimension: region, codes: [D, E], label: "D en E"}]'
ROUNDED = "write protection: rounding, which was tried and shows all numbers, rounded"


@pytest.mark.parametrize(
    ("told", "english", "dutch"),
    [
        (
            Instead(MERGE, 10, 13, by_rounding=True),
            f"{MERGE}; that was tried and shows 10 of 13 numbers, now 8 of 14; or {ROUNDED}",
            f"{MERGE_NL}; dat is geprobeerd en toont 10 van de 13 getallen, nu 8 van de 14; of {ROUNDED_NL}",
        ),
        (
            Instead("leave out columns of table a", 9, 9, by_rounding=False),
            "leave out columns of table a; that was tried and shows 9 of 9 numbers, now 8 of 14",
            "laat de kolommen (columns) van tabel a weg; dat is geprobeerd en toont 9 van de 9 getallen, nu 8 van de 14",
        ),
        (
            Instead("", 8, 14, by_rounding=True),
            ROUNDED,
            "schrijf protection: rounding; dat is geprobeerd en toont alle getallen, afgerond",
        ),
        (
            Instead("", 8, 14, by_rounding=False),
            "neither coarser categories nor protection: rounding shows more: ask for other tables",
            "grovere categorieën tonen niet meer, en protection: rounding kan niet: vraag andere tabellen",
        ),
        (
            None,
            "take small categories together with merge, or write protection: rounding; the command check tries both",
            "neem kleine categorieën samen met merge, of schrijf protection: rounding; de opdracht check probeert beide",
        ),
    ],
)  # fmt: skip
def test_it_is_said_in_numbers_in_both_languages(told: Instead | None, english: str, dutch: str) -> None:
    tables = (TableSummary("a", 4, 6, 0, None, 0.0), TableSummary("b", 4, 0, 0, None, 0.0))
    summary = EditionSummary("2025", notice_only=False, status="final", version=1, protection="suppression",
                             tables=tables, instead=told)  # fmt: skip
    assert summary.would_show_more == english
    assert translate(english, "nl") == dutch


def test_who_rounds_already_is_not_told_to_round() -> None:
    tables = (TableSummary("a", 0, 6, 8, None, 0.0),)
    summary = EditionSummary("2025", notice_only=False, status="final", version=1, protection="rounding", tables=tables)
    assert summary.would_show_more == "take small categories together with merge, or ask for other tables"
    assert (
        translate(summary.would_show_more, "nl") == "neem kleine categorieën samen met merge, of vraag andere tabellen"
    )
