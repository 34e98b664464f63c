"""A spreadsheet becomes source files that the reader takes; what does not fit is told by row, without values."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.mistakes import BASE, MARKER
from tweeluik.problems import SourceHasProblems, WrongUsage
from tweeluik.source.importing import Imported, import_file
from tweeluik.source.load import read_source

HEADER = (
    "Naam organisatie",
    "Andere namen",
    "KvK-nummer",
    "Soort",
    "Regio",
    "Koepel",
    "Herleidbaar tot personen",
    "Onderschreven op",
    "Maatregelen 2025",
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "content")


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"p-{next(numbers):06x}"


def a_book(folder: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "partners.xlsx")
    return folder / "partners.xlsx"


def imported(path: Path, content: Path) -> Imported:
    made = import_file(path, content, new_id=ids())
    if made.taken:
        assert not (content / made.name).exists()
        (content / made.name).write_bytes(made.text)
    return made


def test_a_spreadsheet_of_organisations(tmp_path: Path, content: Path) -> None:
    path = a_book(
        tmp_path,
        HEADER,
        (
            "Buurthuis 't Hoekje",
            "Hoekje; De Hoek",
            12345678,
            "Stichting",
            "Utrecht",
            "Koepel Midden",
            "nee",
            datetime.fromisoformat("2025-03-01"),
            "1.1a; 2.1A",
        ),
        (None,) * 9,
        ("Koepel Midden", None, None, "stichting", "landelijk", None, False, "1-4-2025", "Eerste maatregel"),
    )
    made = imported(path, content)
    assert (made.name, made.rows, made.taken, made.problems) == ("partners/import.yaml", 2, 2, ())
    new = {partner.name: partner for partner in read_source(content).partners if partner.place.file == made.name}
    corner, umbrella = new["Buurthuis 't Hoekje"], new["Koepel Midden"]
    assert corner.aliases == ("De Hoek", "Hoekje")
    assert (corner.registration, corner.kind, corner.region) == ("12345678", "stichting", "NL31")
    assert corner.umbrella == umbrella.id
    assert [each.start for each in corner.endorsed] == [date(2025, 3, 1)]
    assert [each.start for each in umbrella.endorsed] == [date(2025, 4, 1)]
    assert [(each.year, each.measures) for each in corner.collaborations] == [(2025, ("1.1a", "2.1a"))]
    assert [(each.year, each.measures) for each in umbrella.collaborations] == [(2025, ("1.1a",))]


def test_what_does_not_fit_is_told_by_row_without_values(tmp_path: Path, content: Path) -> None:
    path = a_book(
        tmp_path,
        (*HEADER, "Contactpersoon"),
        ("Goede Buur", None, None, "stichting", "NL", None, "nee", None, None, MARKER),
        (f"{MARKER} een", None, MARKER, MARKER, "NL", MARKER, "misschien", f"{MARKER}", MARKER, None),
        (f"{MARKER} 06 12345678", None, None, "stichtng", "NL", None, "nee", None, None, None),
        ("stichting voorbeeldbrug", None, None, "stichting", "NL", None, "nee", None, None, None),
        ("GOEDE BUUR", None, None, "stichting", "NL", None, "nee", None, None, None),
        (None, None, None, "stichting", "NL", None, "nee", None, None, None),
    )
    made = imported(path, content)
    assert (made.rows, made.taken) == (6, 1)
    assert [str(problem) for problem in made.problems] == [
        "partners.xlsx:1:10: a column that is not taken over (the source has no place for it)",
        "partners.xlsx:3:3: registration: no number of the trade register (the eight digits of the trade register, in quotes)",
        "partners.xlsx:3:4: kind: unknown kind (kinds are in vocabulary.yaml)",
        "partners.xlsx:3:6: umbrella: an organisation that is not in the source (import organisations first)",
        "partners.xlsx:3:7: traceable_to_persons: expected true or false, found text (true or false, without quotes)",
        "partners.xlsx:3:8: endorsed: expected a date, found text (year-month-day, such as 2025-01-31)",
        "partners.xlsx:3:9: collaborations[0].measures[0]: unknown measure (measures are in agenda.yaml)",
        "partners.xlsx:4:1: name: a telephone number in the text (the source holds no contact details; remove it)",
        "partners.xlsx:4:4: kind: unknown kind (did you mean 'stichting'?)",
        "partners.xlsx:5:1: an organisation that is in the source already (change it there)",
        "partners.xlsx:6:1: an organisation that is in the source already (change it there)",
        "partners.xlsx:7:1: the key 'name' is missing",
    ]
    assert MARKER not in repr(made)
    read_source(content)


def test_a_csv_of_conversations_with_names_and_labels(tmp_path: Path, content: Path) -> None:
    path = tmp_path / "gesprekken.csv"
    path.write_text(
        "Datum;Organisaties;Kader;Vorm;Maatregelen;Onderwerp\n"
        '14-03-2025;"Stichting Voorbeeldbrug;Vereniging Verzonnen";Actieagenda;Gesprek;1.1a, 2.1a;Integratie en samenleven\n'
        "15-03-2025;SVB;samenleving;werkbezoek;;Overig\n"
        "16-03-2025;Onbekende Club;samenleving;werkbezoek;;Overig\n",
        encoding="cp1252",
    )
    made = imported(path, content)
    assert (made.name, made.rows, made.taken) == ("conversations/import.yaml", 3, 2)
    assert [str(problem) for problem in made.problems] == [
        "gesprekken.csv:4:12: partners[0]: an organisation that is not in the source (import organisations first)"
    ]
    new = [each for each in read_source(content).conversations if each.place.file == made.name]
    assert [(each.date, each.partners, each.context, each.form, each.measures, each.subject) for each in new] == [
        (
            date(2025, 3, 14),
            ("p-55aa01", "p-7f3a9c"),
            "agenda",
            "gesprek",
            ("1.1a", "2.1a"),
            "integratie-en-samenleven",
        ),
        (date(2025, 3, 15), ("p-7f3a9c",), "society", "werkbezoek", (), "overig"),
    ]


def test_an_import_never_takes_the_place_of_a_file(tmp_path: Path, content: Path) -> None:
    (content / "partners" / "import.yaml").write_text(
        "id: p-bb0001\nname: Al Hier\nkind: stichting\nregion: NL\ntraceable_to_persons: false\n"
    )
    path = a_book(tmp_path, HEADER, ("Goede Buur", None, None, "stichting", "NL", None, "nee", None, None))
    assert imported(path, content).name == "partners/import-2.yaml"


def test_a_made_id_that_is_taken_is_made_again(tmp_path: Path, content: Path) -> None:
    path = a_book(tmp_path, HEADER, ("Goede Buur", None, None, "stichting", "NL", None, "nee", None, None))
    made = iter(("p-7f3a9c", "p-19d2e0", "p-000001"))
    assert b'id: "p-000001"' in import_file(path, content, new_id=lambda: next(made)).text


NO_LIST = (
    "lijst.csv: neither a list of organisations nor one of conversations (the first row names the columns: "
    "'naam' for organisations, 'datum' and 'partners' for conversations)"
)
NO_SPREADSHEET = "lijst.xlsx: not a spreadsheet (open it, and save it as .xlsx again)"


@pytest.mark.parametrize(("name", "data", "message"), [
    ("lijst.csv", b"kleur,maat\nrood,12\n", NO_LIST),
    ("lijst.csv", b"", NO_LIST),
    ("lijst.csv", b'naam\n"Goede', "lijst.csv:2:1: a quoted cell that does not end (close the quotes)"),
    ("lijst.xlsx", b"PK\x03\x04 kapot", NO_SPREADSHEET),
    ("lijst.xlsx", b"", NO_SPREADSHEET),
])  # fmt: skip
def test_a_file_that_cannot_be_understood(tmp_path: Path, content: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceHasProblems) as caught:
        import_file(tmp_path / name, content, new_id=ids())
    assert str(caught.value.problems[0]) == message


@pytest.mark.parametrize(("name", "message"), [
    ("lijst.ods", "lijst.ods: not a kind of file that can be read (save it as .xlsx or .csv)"),
    ("weg.csv", "weg.csv: the file is not there"),
])  # fmt: skip
def test_a_file_of_another_kind_or_not_there(tmp_path: Path, content: Path, name: str, message: str) -> None:
    (tmp_path / "lijst.ods").write_bytes(b"x")
    with pytest.raises(WrongUsage) as caught:
        import_file(tmp_path / name, content, new_id=ids())
    assert [str(problem) for problem in caught.value.problems] == [message]


def test_a_list_that_its_separator_cuts_in_two_is_not_taken_over_by_half(tmp_path: Path, content: Path) -> None:
    path = tmp_path / "partners.csv"
    path.write_text(
        "naam;soort;regio;herleidbaar;maatregelen 2025\n"
        "Goede Buur;stichting;NL;nee;1.1a;2.1a\n"
        'Nieuwe Buur;stichting;NL;nee;"1.1a;2.1a"\n',
        "utf-8",
    )
    made = imported(path, content)
    assert (made.rows, made.taken) == (2, 1)
    assert [(str(each.place), each.what) for each in made.problems] == [
        ("partners.csv:2:34", "a value below no heading")
    ]
    cure = "name its column in the first row, or put quotes around a list that holds the separator of the file"
    assert made.problems[0].hint == cure
    new = next(each for each in read_source(content).partners if each.place.file == made.name)
    assert new.collaborations[0].measures == ("1.1a", "2.1a")
