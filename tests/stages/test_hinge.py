"""The hinge binds a public record to the exact numbers: anybody with the openings can check, nobody without can guess."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import HERE, a_conversation, a_partner, a_source, a_table, an_edition
from tests.stages.a_publication import a_release
from tweeluik.door.release import release
from tweeluik.protection.editions import protect_editions
from tweeluik.record.canonical import parse as parse_record
from tweeluik.record.canonical import serialise as serialise_record
from tweeluik.record.cell import TOTAL, Content, Rounded, Shown, Suppressed
from tweeluik.record.hinge import NotOpenings, Opening, Openings, address, find_disagreements, parse, serialise
from tweeluik.record.model import Category, Dimension, Release, ReleasedTable
from tweeluik.selection.hinge import openings_of
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.selection.tables import tabulate
from tweeluik.source.records import Correction, Source

SALT = "ab" * 32


def leaf(*said: str, value: int, salt: str = SALT) -> bytes:
    place = json.dumps(said, separators=(",", ":")).replace('"1"', "1", 1)
    return sha256(b"\x00" + bytes.fromhex(salt) + place.encode() + str(value).encode()).digest()


def test_the_root_is_that_of_a_merkle_tree_over_the_cells_in_their_order() -> None:
    a, b, c = (Opening("soort", (code,), number, SALT) for code, number in (("a", 3), ("b", 9), (TOTAL, 12)))
    one, two, three = (leaf("2025", "1", "soort", code, value=n) for code, n in (("a", 3), ("b", 9), (TOTAL, 12)))
    assert address("2025", 1, "soort", ("a",)) == b'["2025",1,"soort","a"]'
    assert Openings("2025", 1, (a,)).root == one.hex()
    pair = sha256(b"\x01" + one + two).digest()
    assert Openings("2025", 1, (a, b)).root == pair.hex()
    assert Openings("2025", 1, (a, b, c)).root == sha256(b"\x01" + pair + three).hexdigest()
    assert Openings("2025", 1, ()).root == sha256(b"").hexdigest()


cells = st.builds(
    Opening, st.text(max_size=4), st.lists(st.text(max_size=3), max_size=2).map(tuple), st.integers(0, 99), st.binary(min_size=32, max_size=32).map(bytes.hex)
)  # fmt: skip
some_openings = st.builds(
    Openings, st.text("a1-", max_size=3).map("e{}".format), st.integers(1, 9), st.lists(cells, max_size=6).map(tuple)
)


@given(some_openings)
def test_openings_are_read_back_as_they_were_written(openings: Openings) -> None:
    assert parse(serialise(openings)) == openings


@given(some_openings, some_openings)
def test_other_numbers_have_another_root(one: Openings, other: Openings) -> None:
    assert (one == other) is (one.root == other.root) or not (one.cells or other.cells)


UNSOUND: dict[str, Callable[[Any], object]] = {
    "another schema": lambda raw: raw.update(schema="tweeluik-hinge-2"),
    "a negative number": lambda raw: raw["cells"][0].update(value=-1),
    "a truth value": lambda raw: raw["cells"][0].update(value=True),
    "a short salt": lambda raw: raw["cells"][0].update(salt="ab"),
    "a salt in capitals": lambda raw: raw["cells"][0].update(salt=SALT.upper()),
    "a salt that is none": lambda raw: raw["cells"][0].update(salt="z" * 64),
    "a code that is no text": lambda raw: raw["cells"][0].update(codes=[3]),
    "a field more": lambda raw: raw["cells"][0].update(why="small"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_what_are_no_openings_is_refused(name: str) -> None:
    raw = json.loads(serialise(Openings("2025", 1, (Opening("soort", ("a",), 3, SALT),))))
    UNSOUND[name](raw)
    with pytest.raises(NotOpenings):
        parse((json.dumps(raw, indent=1) + "\n").encode())


# --- the door and the bundle ------------------------------------------------------------------------------------------


def a_small_source(population: Any = "agenda-partners", **changes: Any) -> Source:
    partners = tuple(a_partner(f"p-{i}", kind="stichting" if i < 9 else "vereniging", **changes) for i in range(16))
    talks = (a_conversation(date(2025, 3, 1), "p-1"), a_conversation(date(2025, 4, 1), "p-1", "p-12"))
    edition = an_edition(a_table("partners", "kind"), population=population, id="2025")
    return replace(a_source(partners, talks), editions=(edition,), protection_key="4f" * 32)


def released(source: Source) -> Release:
    return release(source, protect_editions(source, {})[0])


def opened(source: Source) -> Openings:
    selection = select(source, source.editions[0])
    return openings_of(source.editions[0], tabulate(source, selection), secret_of(source))


def test_the_public_record_and_the_sealed_numbers_are_of_one_source() -> None:
    source = a_small_source()
    record = released(source)
    assert record.hinge == opened(source).root
    assert list(find_disagreements(opened(source), record)) == []
    final = replace(record, status="final")
    assert parse_record(serialise_record(final)) == final


def test_an_edition_for_inspection_only_has_a_hinge_too() -> None:
    source = a_small_source("conversation-partners")
    record = released(source)
    assert record.tables == ()
    assert record.hinge == opened(source).root != sha256(b"").hexdigest()
    assert list(find_disagreements(opened(source), record)) == []


def test_a_renaming_changes_no_hinge_and_a_number_does() -> None:
    source = a_small_source()
    assert released(a_small_source(name="Een heel andere naam")).hinge == released(source).hinge
    assert released(replace(source, partners=source.partners[1:])).hinge != released(source).hinge
    assert released(replace(source, protection_key="5e" * 32)).hinge != released(source).hinge


def test_every_cell_has_a_salt_of_its_own_in_every_version() -> None:
    source = a_small_source()
    later = replace(source.editions[0], corrections=(Correction(2, date(2026, 9, 1), "Later", HERE),))
    first, second = (opened(replace(source, editions=(each,))) for each in (source.editions[0], later))
    salts = [cell.salt for each in (first, second) for cell in each.cells]
    assert len(set(salts)) == len(salts) == 2 * len(first.cells)


# --- what does not agree ----------------------------------------------------------------------------------------------

SIDE = Dimension("kind", True, (Category("a", "Anker"), Category("b", "Baken")))
SEALED = Openings("2025", 1, tuple(Opening("t", (code,), n, SALT) for code, n in (("a", 3), ("b", 9), (TOTAL, 12))))


TRUE: tuple[Content, ...] = (Suppressed(), Shown(9), Rounded(10))


def a_record(cells: tuple[Content, ...] = TRUE, **changes: Any) -> Release:
    table = ReleasedTable("t", "T", "partners", (SIDE,), dict(zip((("a",), ("b",), (TOTAL,)), cells, strict=False)))
    return a_release("2025", **{"tables": (table,), "hinge": SEALED.root, "rounding_base": 5, **changes})


OTHERS = {
    "another hinge": (a_record(hinge="0" * 64), "the hinge in the public record is that of other numbers, and the difference is in one that the site does not show"),
    "another number": (a_record((Suppressed(), Shown(8), Rounded(10))), "table t, cell b: the site shows a number that is not the sealed one"),
    "a larger number": (a_record((Suppressed(), Shown(10), Rounded(10))), "table t, cell b: the site shows a number that is not the sealed one"),
    "a number too far": (a_record((Suppressed(), Shown(9), Rounded(20))), "table t, cell _T: the site shows a number that is not the sealed one"),
    "a number one base away": (a_record((Suppressed(), Shown(9), Rounded(17))), "table t, cell _T: the site shows a number that is not the sealed one"),
    "a cell less": (a_record((Suppressed(), Shown(9))), "table t has other cells"),
    "another version": (a_record(version=2), "they are of another edition or version"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_does_not_agree_is_told_without_a_value(name: str) -> None:
    record, what = OTHERS[name]
    assert list(find_disagreements(SEALED, record)) == [what]


def test_a_record_from_before_the_hinge_is_compared_number_by_number() -> None:
    assert list(find_disagreements(SEALED, a_record())) == []
    assert list(find_disagreements(SEALED, a_record(hinge=None))) == []
