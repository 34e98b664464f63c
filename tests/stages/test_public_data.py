"""What machines read: descriptions that are complete, valid and true of the files beside them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.html import first
from tests.stages.a_publication import (
    a_publication,
    a_release,
    a_site,
    dimension,
    not_published,
    rounded_2026,
    suppressed_2025,
    table,
)
from tests.templates import PUBLIC
from tweeluik.public.message import plain
from tweeluik.public.series import all_series, shared_breaks, totals_chart
from tweeluik.public.site import render_site
from tweeluik.record.canonical import serialise
from tweeluik.record.model import Release
from tweeluik.record.schema import release_schema

pytestmark = pytest.mark.usefixtures("undrawn")

SITE = a_site()
every_release = pytest.mark.parametrize(
    "release", [suppressed_2025(), rounded_2026(), not_published()], ids=lambda r: r.edition
)


# --- the record's schema ----------------------------------------------------------------------------------------------


@every_release
def test_a_record_is_valid_by_the_published_schema(release: Release) -> None:
    schema = json.loads(SITE["data/release.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(serialise(release)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("status",), "draft"),
        (("extra",), 1),
        (("threshold",), "5"),
        (("tables", 0, "cells", 0, "value"), -1),
        (("tables", 0, "cells", 0, "value"), None),
        (("tables", 0, "cells", 7, "value"), 3),
        (("tables", 0, "cells", 0, "reason"), "primary"),
        (("tables", 0, "dimensions"), []),
    ],
)
def test_a_record_with_a_mistake_is_not_valid(path: tuple[Any, ...], value: Any) -> None:
    record = json.loads(serialise(suppressed_2025()))
    holder = record
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert not jsonschema.Draft202012Validator(release_schema()).is_valid(record)


# --- CSV on the web ---------------------------------------------------------------------------------------------------

CSVS = sorted(path for path in SITE if path.startswith("edities/") and path.endswith(".csv"))


@pytest.mark.parametrize("path", CSVS)
def test_a_csv_is_what_its_description_says(path: str) -> None:
    described = json.loads(SITE[f"{path}-metadata.json"])
    text = SITE[path].decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    columns = described["tableSchema"]["columns"]
    assert described["url"] == path.rsplit("/", 1)[1]
    assert [each["titles"] for each in columns] == header
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1
    keys = [header.index(name) for name in described["tableSchema"]["primaryKey"]]
    assert len({tuple(row[at] for at in keys) for row in rows}) == len(rows)
    for row in rows:
        value, status, low, high, edition_status, as_of = row[-6:]
        assert status in columns[-5]["datatype"]["format"].split("|")
        assert (value == "") == (status == "suppressed")
        assert value == "" or str(int(value)) == value
        assert value == "" or int(low) <= int(value) <= int(high)
        assert status != "shown" or (low, high) == (value, value)
        assert (edition_status, as_of[5:]) == ("final", "12-31")
        assert all(row[:-6])


def test_a_description_says_that_numbers_are_rounded() -> None:
    told = {
        edition: json.loads(SITE[f"edities/{edition}/regio.csv-metadata.json"])["tableSchema"]["columns"][-6]
        for edition in ("2025", "2026")
    }
    assert told["2025"]["dc:description"] == "Aantal partners. Leeg als het niet getoond is."
    assert told["2026"]["dc:description"] == "Aantal partners, afgerond op vijftallen. Leeg als het niet getoond is."


def test_a_description_says_why_a_rounded_number_of_partners_is_no_multiple() -> None:
    files = render_site(a_publication(replace(rounded_2026(), named=("Stichting Linderoord",))), PUBLIC)
    for name, is_told in (("regio", True), ("gesprekken", False)):
        columns = json.loads(files[f"edities/2026/{name}.csv-metadata.json"])["tableSchema"]["columns"]
        (value,) = (each["dc:description"] for each in columns if each["name"] == "value")
        assert value.endswith("Daarom zijn niet alle aantallen vijftallen.") is is_told


# --- DCAT -------------------------------------------------------------------------------------------------------------


def nodes(kind: str) -> list[dict[str, Any]]:
    return [each for each in json.loads(SITE["data.jsonld"])["@graph"] if each["@type"] == kind]


ASKED_OF_A_DATASET = (
    "dct:identifier", "dct:title", "dct:description", "dct:publisher", "dct:creator", "dcat:contactPoint", "dcat:theme",
    "dct:accessRights", "dcat:distribution", "dcat:inSeries", "dct:temporal",
)  # fmt: skip
ASKED_OF_A_DISTRIBUTION = (
    "dcat:accessURL",
    "dct:license",
    "dcat:downloadURL",
    "dcat:mediaType",
    "spdx:checksum",
    "dct:title",
)


def test_the_catalogue_has_a_dataset_per_edition_with_tables() -> None:
    assert [each["dct:title"]["@value"] for each in nodes("dcat:Dataset")] == [
        "Partneroverzicht 2026",
        "Partneroverzicht 2025",
    ]
    (series,) = nodes("dcat:DatasetSeries")
    for dataset in nodes("dcat:Dataset"):
        assert set(ASKED_OF_A_DATASET) <= dataset.keys()
        assert dataset["dcat:inSeries"] == {"@id": series["@id"]}


def test_an_edition_with_too_few_for_a_table_is_a_dataset() -> None:
    release = replace(rounded_2026(), tables=(), compared=None)
    graph = json.loads(render_site(a_publication(release), PUBLIC)["data.jsonld"])["@graph"]
    (found,) = (each for each in graph if each["@type"] == "dcat:Dataset")
    assert found["dct:title"]["@value"] == "Partneroverzicht 2026"
    assert len([each for each in graph if each["@type"] == "dcat:DatasetSeries"]) == 1
    assert found["dcat:distribution"]


def test_what_is_not_public_is_no_dataset_and_a_catalogue_of_nothing_is_none() -> None:
    """DCAT-AP-NL asks a dataset of a catalogue: a site with notices alone has none, nor a link to one."""
    beside = json.loads(render_site(a_publication(not_published(), rounded_2026()), PUBLIC)["data.jsonld"])["@graph"]
    assert [each["dcat:version"] for each in beside if each["@type"] == "dcat:Dataset"] == ["1"]
    alone = render_site(a_publication(not_published()), PUBLIC)
    assert "data.jsonld" not in alone
    assert b"data.jsonld" not in b"".join(data for path, data in alone.items() if path.endswith((".html", ".txt")))


def test_a_dataset_has_a_name_that_no_other_site_has_also_without_an_address() -> None:
    for base_url in ("https://partners.example.org/", None):
        files = render_site(a_publication(base_url=base_url), PUBLIC)
        graph = json.loads(files["data.jsonld"])["@graph"]
        names = {each["dct:identifier"] for each in graph if each["@type"] == "dcat:Dataset"}
        assert len(names) == 2
        assert all(name.startswith(base_url or "urn:uuid:") for name in names)
        page = LexborHTMLParser(files["edities/2025/index.html"].decode())
        described = json.loads(first(page, 'script[type="application/ld+json"]').text())
        assert described["identifier"] in names
        assert described.get("url") == (f"{base_url}edities/2025/" if base_url else None)


def test_every_distribution_is_a_file_with_its_size_and_checksum() -> None:
    found = nodes("dcat:Distribution")
    asked = {each["@id"] for dataset in nodes("dcat:Dataset") for each in dataset["dcat:distribution"]}
    assert {each["@id"] for each in found} == asked
    for each in found:
        assert set(ASKED_OF_A_DISTRIBUTION) <= each.keys()
        data = SITE[each["dcat:downloadURL"]["@id"].removeprefix("https://partners.example.org/")]
        assert each["dcat:byteSize"]["@value"] == str(len(data))
        assert each["spdx:checksum"]["spdx:checksumValue"]["@value"] == sha256(data).hexdigest()


def test_every_reference_in_the_catalogue_leads_to_a_node_of_it_or_to_the_web() -> None:
    graph = json.loads(SITE["data.jsonld"])["@graph"]
    known = {each["@id"] for each in graph}
    for each in graph:
        for name in ("dct:publisher", "dcat:contactPoint", "dct:creator", "dcat:inSeries"):
            assert each.get(name, {"@id": next(iter(known))})["@id"] in known


# --- spreadsheet ------------------------------------------------------------------------------------------------------


def test_the_spreadsheet_is_a_zip_without_times_or_a_maker() -> None:
    with zipfile.ZipFile(io.BytesIO(SITE["edities/2025/tabellen.ods"])) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"):
            ET.fromstring(archive.read(name))
        assert b"generator" not in archive.read("meta.xml")
        assert b"creator" not in archive.read("meta.xml")


def test_the_spreadsheet_says_its_language_its_title_and_which_row_is_the_head() -> None:
    with zipfile.ZipFile(io.BytesIO(SITE["edities/2025/tabellen.ods"])) as archive:
        style, about, content = (archive.read(name).decode() for name in ("styles.xml", "meta.xml", "content.xml"))
        listed = re.findall(r'full-path="([^"]+)"', archive.read("META-INF/manifest.xml").decode())
        assert {"/", *archive.namelist()} - {"mimetype", "META-INF/manifest.xml"} == set(listed)
    assert 'fo:language="nl"' in style
    assert "<dc:language>nl</dc:language>" in about
    assert "<dc:title>Partneroverzicht 2025</dc:title>" in about
    assert content.count("<table:table-header-rows>") == len(suppressed_2025().tables)
    assert "spanned" not in content
    assert "<text:p>beleidskeuze van het ministerie.</text:p>" in content


# --- series -----------------------------------------------------------------------------------------------------------


def test_a_series_has_one_line_per_code_and_label_and_says_where_it_breaks() -> None:
    kinds = next(each for each in all_series((rounded_2026(), suppressed_2025())) if each.id == "soort")
    values = {row.label: [None if seen is None else seen.value for seen in row.figures] for row in kinds.rows}
    assert values["Kennisinstelling"] == [14, None]
    assert values["Kennis- of onderzoeksinstelling"] == [None, 15]
    assert values["Vrijwilligersorganisatie"] == [47, 50]
    assert [each.split(",")[0] for each in kinds.breaks] == ["Wat in 2025 ‘Kennisinstelling’ heette"]
    labels = [row.label for row in kinds.rows]
    assert labels.index("Kennisinstelling") == labels.index("Kennis- of onderzoeksinstelling") + 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["De getallen van 2025 zijn precies, die van 2026 zijn afgerond op vijftallen."]),
        ({"protection": "suppression", "rounding_base": None}, []),
        (
            {"protection": "suppression", "rounding_base": None, "period_until": date(2026, 6, 30)},
            [
                "Niet elke periode is een heel jaar: vergelijk 2025 niet zomaar met 1 januari 2026 tot en met 30 juni 2026."
            ],
        ),
    ],
)
def test_what_breaks_in_every_table_is_said_once_and_drawn_in_each(
    changes: dict[str, Any], expected: list[str]
) -> None:
    releases = (replace(rounded_2026(), **changes), suppressed_2025())
    assert list(shared_breaks(releases)) == expected
    drawn = {tuple(broken for _, _, broken in each.columns) for each in all_series(releases)}
    assert drawn == {(False, bool(expected))}
    page = render_site(a_publication(*releases), PUBLIC)["door-de-jaren/index.html"].decode()
    assert page.count("".join(expected) or "Let op bij vergelijken") == len(expected)
    assert ("breuk" in page) == bool(expected)


def test_the_column_of_rounded_numbers_is_marked() -> None:
    (kinds, *_) = all_series((rounded_2026(), suppressed_2025()))
    assert [mark for _, mark, _ in kinds.columns] == ["", " (afgerond)"]


# --- the drawing of the totals ----------------------------------------------------------------------------------------


def drawn_totals(then: int | None, now: int | None, **changes: Any) -> tuple[str, list[str]]:
    def total(value: int | None) -> Any:
        return table("vorm", "Vorm", "partners", (dimension("form", [("a", "A"), ("b", "B")]),), [1, 1, value])

    releases = (a_release("2026", tables=(total(now),), **changes), a_release("2025", tables=(total(then),)))
    drawing = totals_chart(releases, "partners")
    assert drawing is not None
    return plain(drawing.title), [group.label for group in drawing.groups]


@pytest.mark.parametrize(
    ("then", "now", "changes", "expected"),
    [
        (10, 12, {}, "In 2026 meer partners dan in 2025: van 10 naar 12"),
        (12, 10, {}, "In 2026 minder partners dan in 2025: van 12 naar 10"),
        (10, 10, {}, "Partners in 2025 en 2026: 10 en 10"),
        (None, 10, {}, "Partners per editie"),
        (10, 12, {"period_until": date(2026, 6, 30)}, "Partners in 2025 en 1 januari 2026 tot en met 30 juni 2026: 10 en 12"),
    ],
)  # fmt: skip
def test_the_title_says_more_or_less_only_of_whole_years_that_surely_differ(
    then: int | None, now: int | None, changes: dict[str, Any], expected: str
) -> None:
    assert drawn_totals(then, now, **changes)[0] == expected


def test_rounded_totals_are_marked_in_the_title_and_at_the_bar() -> None:
    drawing = totals_chart((rounded_2026(), suppressed_2025()), "partners")
    assert drawing is not None
    assert plain(drawing.title) == "Partners in 2025 en 2026: 116 en ongeveer 120 (116–124)"
    assert [group.label for group in drawing.groups] == ["2025", "2026 (afgerond)"]


def test_a_table_of_one_edition_is_no_series() -> None:
    assert all_series((suppressed_2025(),)) == ()
    assert "thema" not in {each.id for each in all_series((rounded_2026(), suppressed_2025()))}


def test_a_category_that_only_got_another_code_goes_on_in_its_row_and_that_is_told() -> None:
    def of(edition: str, code: str) -> Release:
        side = dimension("region", [("NL11", "Groningen"), (code, "Utrecht")])
        return a_release(edition, tables=(table("regio", "Regio", "partners", (side,), [9, 8, 17]),))

    (series,) = all_series((of("2025", "NL31"), of("2026", "NL35")))
    assert [(row.code, row.label) for row in series.rows] == [
        ("NL11", "Groningen"),
        ("NL35", "Utrecht"),
        ("_T", "Totaal"),
    ]
    assert all(None not in row.figures for row in series.rows)
    assert series.breaks == ("‘Utrecht’ heeft in 2026 een andere code.",)
