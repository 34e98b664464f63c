"""`release.json` is canonical, holds the contract's keys, and refuses everything else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweeluik.record.canonical import NotARecord, digest, parse, serialise
from tweeluik.record.cell import TOTAL, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Category, Correction, Dimension, Imprint, Notice, Parliament, Release, ReleasedTable
from tweeluik.record.names import salted, strike

contents = st.one_of(
    st.builds(Shown, st.integers(0, 99)), st.builds(Rounded, st.integers(0, 99)), st.builds(Suppressed)
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def a_release(cells: dict[tuple[str, ...], Content], **changes: object) -> Release:
    dimension = Dimension("kind", partition=True, categories=(Category("a", "Ä"), Category("b", "B", "a")))
    values: dict[str, object] = {
        "edition": "2025", "version": 1, "title": "Titel", "status": "final", "population": "agenda-partners",
        "period_from": date(2025, 1, 1), "period_until": date(2025, 12, 31), "protection": "suppression",
        "rounding_base": None, "threshold": 5, "due": None, "sent": None, "parliament": None, "notice": None,
        "corrections": (), "tables": (ReleasedTable("soort", "Soort", "partners", (dimension,), cells),), "named": (),
    }  # fmt: skip
    return Release(**{**values, **changes})  # type: ignore[arg-type]


releases = st.builds(
    lambda a, b, total, **changes: a_release({("a",): a, ("b",): b, (TOTAL,): total}, **changes),
    contents, contents, contents,
    title=st.text(), due=st.none() | days, rounding_base=st.none() | st.just(5),
    parliament=st.none() | st.builds(Parliament, st.text(), st.none() | st.integers(1, 999), st.none() | st.text()),
    notice=st.none() | st.builds(Notice, st.text(), st.text(), days, st.text(), days, days, st.text(), st.text()),
    corrections=st.lists(st.builds(Correction, st.integers(2, 9), days, st.text())).map(tuple),
    named=st.lists(st.text()).map(tuple),
)  # fmt: skip


@given(releases)
def test_parsing_what_was_serialised_gives_the_same_release(release: Release) -> None:
    assert parse(serialise(release)) == release


def test_a_suppressed_cell_has_no_value_and_a_dimension_names_its_code() -> None:
    record = json.loads(serialise(a_release({("a",): Suppressed(), ("b",): Shown(7), (TOTAL,): Rounded(10)})))
    assert record["tables"][0]["cells"] == [
        {"kind": "a", "value": None, "status": "suppressed"},
        {"kind": "b", "value": 7, "status": "shown"},
        {"kind": "_T", "value": 10, "status": "rounded"},
    ]


def of_whom(named: dict[tuple[str, ...], int], counts: str = "partners") -> Release:
    release = a_release({("a",): Suppressed(), ("b",): Shown(7), (TOTAL,): Rounded(10)})
    return replace(release, tables=(replace(release.tables[0], named=named, counts=counts),))


def test_a_cell_that_is_not_exact_says_how_many_in_it_are_named() -> None:
    release = of_whom({("a",): 3, (TOTAL,): 5})
    assert [each.get("named") for each in json.loads(serialise(release))["tables"][0]["cells"]] == [3, None, 5]
    assert parse(serialise(release)) == release


@pytest.mark.parametrize(
    "release",
    [of_whom({("b",): 3}), of_whom({("a",): 0}), of_whom({("a",): -1}), of_whom({("a",): 3}, "conversations")],
    ids=["an exact one", "nobody", "less than nobody", "conversations"],
)
def test_of_no_other_number_it_is_said(release: Release) -> None:
    with pytest.raises(NotARecord):
        parse(serialise(release))


GOOD = a_release({("a",): Shown(1), ("b",): Shown(7), (TOTAL,): Shown(8)})
WITH_LOG = replace(
    GOOD, imprint=Imprint("Titel", "Ministerie", "Redactie", "redactie@example.org", "CC0-1.0", "Een handreiking"),
    named=("Naam",), salts=("ab" * 16,),
)  # fmt: skip


def test_the_good_ones_are_good() -> None:
    assert [parse(serialise(each)) for each in (GOOD, WITH_LOG)] == [GOOD, WITH_LOG]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"[]", b"{}", b'{"schema": "other"}',
        serialise(GOOD).replace(b'"value": 1', b'"value": "1"'),
        serialise(GOOD).replace(b'"status": "shown"', b'"status": "seen"'),
        serialise(GOOD) + b" ",
        serialise(GOOD).replace(b'"version": 1', b'"version":  1'),
        serialise(GOOD).replace(b'"named": []', b'"named": [], "more": 1'),
        serialise(a_release({("a",): Shown(1), ("b",): Shown(7)})),
        serialise(a_release({("b",): Shown(7), ("a",): Shown(1), (TOTAL,): Shown(8)})),
        serialise(a_release({("a",): Shown(1), ("b",): Shown(7), ("c",): Shown(0), (TOTAL,): Shown(8)})),
        serialise(replace(WITH_LOG, as_of=date(2025, 6, 1))),
        serialise(replace(WITH_LOG, status="provisional")),
        serialise(WITH_LOG).replace(b'handreiking"', b'handreiking",\n    "wording": {\n      "a.b": 1\n    }'),
        serialise(WITH_LOG).replace(b'"salts": [\n    "' + b"ab" * 16 + b'"\n  ]', b'"salts": []'),
    ],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    assert data not in (serialise(GOOD), serialise(WITH_LOG))
    with pytest.raises(NotARecord):
        parse(data)


def test_the_digest_of_a_record_is_of_all_of_it_but_the_names_themselves() -> None:
    others = [
        replace(WITH_LOG, status="provisional"), replace(WITH_LOG, as_of=date(2025, 6, 1)), replace(WITH_LOG, version=2), replace(WITH_LOG, title="Een"),
        replace(WITH_LOG, named=("Ander",)), replace(WITH_LOG, salts=("cd" * 16,)), replace(WITH_LOG, tables=()),
    ]  # fmt: skip
    assert len({digest(WITH_LOG), *map(digest, others)}) == 1 + len(others)
    assert digest(strike(WITH_LOG, {"Naam"})) == digest(WITH_LOG)
    assert salted("Naam", "ab" * 16) != salted("Naam", "cd" * 16)
