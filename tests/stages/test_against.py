"""The numbers of a bundle against the public record: one that was changed, anywhere, is told by its cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.factories import a_source, a_table
from tests.stages.a_bundle import PARTNERS, TALKS, a_desk, an_inspected_edition
from tweeluik.confidential.bundle.against import refuse_other_numbers
from tweeluik.confidential.bundle.data_files import HINGE, NUMBERS, render_data
from tweeluik.confidential.bundle.dossier import compose_dossier
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.door.release import release
from tweeluik.problems import OpeningFailed
from tweeluik.protection.editions import protect_editions
from tweeluik.record.canonical import parse as parse_record
from tweeluik.record.canonical import serialise as serialise_record
from tweeluik.record.cell import Shown
from tweeluik.record.hinge import serialise
from tweeluik.selection.hinge import openings_of
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.selection.tables import tabulate

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def bundle() -> tuple[Members, bytes]:
    """What a bundle holds of numbers, and the public record of the same edition."""
    many = tuple(
        replace(PARTNERS[0], id=f"p-{number:06}", name=f"Stichting Verzonnen {number}") for number in range(12)
    )
    edition = replace(an_inspected_edition(status="final"), tables=(a_table("partners", "kind"),))
    source = replace(a_source(many, TALKS), editions=(edition,))
    selection = select(source, edition)
    tables = tabulate(source, selection)
    openings = openings_of(edition, tables, secret_of(source))
    members = {**render_data(compose_dossier(source, selection, tables)), HINGE: serialise(openings)}
    return members, serialise_record(release(source, protect_editions(source, {})[0]))


def site(folder: Path, record: bytes, below: str = "edities/2025") -> Path:
    (folder / below).mkdir(parents=True)
    (folder / below / "release.json").write_bytes(record)
    return folder


def told(members: Members, site: Path) -> list[str]:
    with pytest.raises(OpeningFailed) as refused:
        refuse_other_numbers(members, site)
    return [each.what for each in refused.value.problems]


@pytest.mark.parametrize("below", ["edities/2025", "edities/2025/versie-1"])
def test_one_source_gives_one_hinge(bundle: tuple[Members, bytes], tmp_path: Path, below: str) -> None:
    members, record = bundle
    refuse_other_numbers(members, site(tmp_path, record, below))
    refuse_other_numbers(members, tmp_path / below / "release.json")


def changed(data: bytes, edit: Callable[[Any], None]) -> bytes:
    raw = json.loads(data)
    edit(raw)
    return (json.dumps(raw, ensure_ascii=False, indent=1) + "\n").encode()


def one_more(cell: dict[str, Any]) -> None:
    cell["value"] += 1


def cell_of(raw: dict[str, Any]) -> str:
    """The table and the codes of the first opening."""
    first = raw["cells"][0]
    return f"table {first['table']}, cell {', '.join(first['codes'])}"


def test_a_value_changed_in_the_openings_is_told_by_its_cell(bundle: tuple[Members, bytes], tmp_path: Path) -> None:
    members, record = bundle
    where = cell_of(json.loads(members[HINGE]))
    forged = {**members, HINGE: changed(members[HINGE], lambda raw: one_more(raw["cells"][0]))}
    said = told(forged, site(tmp_path, record))
    assert f"{where}: the tables and the openings in the bundle say different numbers" in said
    assert any("hinge in the public record" in each for each in said)


def test_a_value_changed_in_the_tables_is_told_by_its_cell(bundle: tuple[Members, bytes], tmp_path: Path) -> None:
    members, record = bundle
    where = cell_of(json.loads(members[HINGE]))
    forged = {**members, NUMBERS: changed(members[NUMBERS], lambda raw: one_more(raw["tables"][0]["cells"][0]))}
    assert told(forged, site(tmp_path, record)) == [
        f"{where}: the tables and the openings in the bundle say different numbers"
    ]


def test_a_value_changed_on_the_site_is_told_by_its_cell(bundle: tuple[Members, bytes], tmp_path: Path) -> None:
    members, record = bundle
    public = parse_record(record)
    (table,) = public.tables
    codes, content = next((codes, each) for codes, each in table.cells.items() if isinstance(each, Shown))
    forged = replace(public, tables=(replace(table, cells={**table.cells, codes: Shown(content.value + 1)}),))
    (said,) = told(members, site(tmp_path, serialise_record(forged)))
    assert said == f"table {table.id}, cell {codes[0]}: the site shows a number that is not the sealed one"


def test_another_record_is_refused(bundle: tuple[Members, bytes], tmp_path: Path) -> None:
    members, good = bundle
    later = serialise_record(replace(parse_record(good), version=2))
    assert told(members, site(tmp_path / "1", later)) == ["the public record is of another edition or version"]
    for number, broken in enumerate((good[:-1], b"{}", b"")):
        assert told(members, site(tmp_path / f"stuk-{number}", broken)) == ["the public record is none"]


def test_a_record_that_says_nothing_agrees_with_nothing(bundle: tuple[Members, bytes], tmp_path: Path) -> None:
    """As that of an edition that was taken back; with its hinge alone, as of a list for inspection, there is one thing to ask."""
    members, good = bundle
    public = replace(parse_record(good), tables=())
    refuse_other_numbers(members, site(tmp_path / "1", serialise_record(public)))
    assert told(members, site(tmp_path / "2", serialise_record(replace(public, hinge=None)))) == [
        "the public record has neither a hinge nor numbers to compare with"
    ]


def test_a_folder_without_a_record_is_told_as_that(bundle: tuple[Members, bytes], tmp_path: Path) -> None:
    members, _ = bundle
    assert told(members, tmp_path) == ["there is no public record there"]
    assert told({**members, HINGE: b"{}"}, tmp_path) == ["the bundle holds no openings of a hinge"]


@pytest.mark.parametrize("edit", [{"edition": 2025}, {"edition": "../2025"}, {"version": "1"}, {"version": True}])
def test_openings_of_no_edition_are_none(
    bundle: tuple[Members, bytes], tmp_path: Path, edit: dict[str, object]
) -> None:
    members, record = bundle
    forged = {**members, HINGE: changed(members[HINGE], lambda raw: raw.update(edit))}
    assert told(forged, site(tmp_path, record)) == ["the bundle holds no openings of a hinge"]


def test_the_command_compares_what_it_opens(tmp_path: Path) -> None:
    """A bundle sealed by the product, and a site that is of another source."""
    desk = a_desk(tmp_path, "archief", "cip")
    desk.seal()
    with pytest.raises(OpeningFailed):
        open_bundle(
            tmp_path / "bundel" / "exemplaar-01-van-01.age",
            identities=[desk.key("cip")],
            into=tmp_path / "uit",
            site=tmp_path,
        )
    assert not (tmp_path / "uit").exists()
