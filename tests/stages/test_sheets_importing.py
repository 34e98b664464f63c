"""A spreadsheet against a source: what is new, what changes, what was known, what is given back. Every row is one of these."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.mistakes import MARKER
from tests.stages.a_sheet import Value, a_book, a_content, a_csv, carried_out, counts, planned, reasons
from tweeluik.problems import SourceHasProblems
from tweeluik.sheets.conversation_rows import SHOWN
from tweeluik.sheets.files.reading import read_book
from tweeluik.sheets.importing import Plan
from tweeluik.sheets.profile import tell_plan
from tweeluik.sheets.returned import give_back, render
from tweeluik.source.load import read_source
from tweeluik.source.records import Partner

pytestmark = pytest.mark.usefixtures("parsed_once")

HEADER = ("Naam", "Soort", "Regio", "Herleidbaar", "Maatregelen 2026", "Onderschreven")
BRIDGE = "Stichting Voorbeeldbrug"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_content(tmp_path)


def a_row(name: str, *rest: Value) -> tuple[Value, ...]:
    return (name, *(rest or ("stichting", "NL", "nee", "1.1a", "1-3-2025")))


def partner(content: Path, id_: str) -> Partner:
    return next(each for each in read_source(content).partners if each.id == id_)


def done(path: Path, content: Path, since: date | None = None) -> Plan:
    plan = planned(path, content, since)
    carried_out(plan, content)
    read_source(content)
    return plan


# --- new --------------------------------------------------------------------------------------------------------------


def test_new_organisations_and_their_umbrella_in_any_order(tmp_path: Path, content: Path) -> None:
    path = a_book(
        tmp_path,
        (
            "Naam organisatie",
            "Andere namen",
            "KvK-nummer",
            "Soort",
            "Regio",
            "Koepel",
            "Herleidbaar tot personen",
            "Onderschreven op",
            "Maatregelen 2025",
        ),
        (
            "Buurthuis 't Hoekje",
            "Hoekje; De Hoek",
            12345678,
            "Stichting",
            "Utrecht",
            "Koepel Midden",
            "nee",
            date(2025, 3, 1),
            "1.1a; 2.1A",
        ),
        (None,) * 9,
        ("Koepel Midden", None, None, "stichting", "landelijk", None, False, "1-4-2025", "Eerste maatregel"),
    )
    plan = done(path, content)
    assert (counts(plan), list(plan.files)) == ((2, 0, 0, 0), ["partners/import.yaml"])
    new = {each.name: each for each in read_source(content).partners if each.place.file == "partners/import.yaml"}
    corner, umbrella = new["Buurthuis 't Hoekje"], new["Koepel Midden"]
    assert corner.aliases == ("De Hoek", "Hoekje")
    assert (corner.registration, corner.kind, corner.region, corner.umbrella) == (
        "12345678",
        "stichting",
        "NL31",
        umbrella.id,
    )
    assert [(each.year, each.measures) for each in corner.collaborations] == [(2025, ("1.1a", "2.1a"))]
    assert [each.start for each in umbrella.endorsed] == [date(2025, 4, 1)]
    assert counts(planned(path, content)) == (0, 0, 2, 0)


def test_new_organisations_that_name_one_another_along_a_chain_in_any_order(tmp_path: Path, content: Path) -> None:
    """Who names one of a row further down waits for it, and so does who names that one."""
    header = ("Naam", "Soort", "Regio", "Herleidbaar", "Maatregelen 2026", "Onderschreven", "Laatste dag", "Opvolger")
    usual = ("stichting", "NL", "nee", "1.1a", "1-3-2025")
    plan = done(
        a_book(
            tmp_path, header,
            ("Buurthuis Eerst", *usual, "31-12-2026", "Buurthuis Daarna"),
            ("Buurthuis Daarna", *usual, "31-12-2027", "Buurthuis Laatst"),
            ("Buurthuis Laatst", *usual, None, None),
        ),
        content,
    )  # fmt: skip
    assert counts(plan) == (3, 0, 0, 0)
    new = {each.name: each for each in read_source(content).partners if each.place.file == "partners/import.yaml"}
    chain = ("Buurthuis Eerst", "Buurthuis Daarna", "Buurthuis Laatst")
    after = [*((new[each].id,) for each in chain[1:]), ()]
    assert [new[each].successors for each in chain] == after


def test_an_import_never_takes_the_place_of_a_file(tmp_path: Path, content: Path) -> None:
    (content / "partners" / "import.yaml").write_text(
        "id: p-bb0001\nname: Al Hier\nkind: stichting\nregion: NL\ntraceable_to_persons: false\n"
    )
    assert list(planned(a_book(tmp_path, HEADER, a_row("Goede Buur")), content).files) == ["partners/import-2.yaml"]


# --- changes ----------------------------------------------------------------------------------------------------------


def test_next_years_measures_of_who_is_known_by_its_name_its_number_or_its_id(tmp_path: Path, content: Path) -> None:
    path = a_book(
        tmp_path, ("Kenmerk", "Naam", "KvK", "Maatregelen 2026"),
        (None, "Voorbeeldbrug", None, "1.1a"), (None, "Vereniging Verzonnen", "12345678", "2.1a"), ("p-19d2e0", None, None, "1.1a"),
    )  # fmt: skip
    plan = done(path, content)
    assert counts(plan) == (0, 3, 0, 0)
    bridge = partner(content, "p-7f3a9c")
    assert (bridge.name, [each.year for each in bridge.collaborations]) == (BRIDGE, [2025, 2026])
    assert partner(content, "p-55aa01").registration == "12345678"
    assert [each.measures for each in partner(content, "p-19d2e0").collaborations] == [("1.1a",)]
    by_number = a_book(tmp_path, ("KvK", "Naam", "Maatregelen 2026"), ("00000001", "SVB", "2.1a"))
    assert counts(done(by_number, content)) == (0, 1, 0, 0)
    assert partner(content, "p-7f3a9c").collaborations[-1].measures == ("2.1a",)


def test_an_empty_cell_changes_nothing_and_a_dash_takes_a_year_away(tmp_path: Path, content: Path) -> None:
    header = ("Naam", "Andere namen", "KvK", "Koepel", "Onderschreven", "Maatregelen 2025")
    path = a_book(
        tmp_path, header, (BRIDGE, None, None, None, None, None), ("Vereniging Verzonnen", "-", "-", None, "-", "-")
    )
    assert counts(planned(path, content)) == (0, 0, 2, 0)
    done(a_book(tmp_path, header, (BRIDGE, None, None, None, None, "-")), content)
    after = partner(content, "p-7f3a9c")
    assert (after.aliases, after.registration, after.umbrella, after.collaborations) == (
        ("SVB",),
        "00000001",
        "p-19d2e0",
        (),
    )


MOVED = ("Naam", "Regio", "Koepel", "Gewijzigd per")


def test_a_move_needs_its_day_and_the_past_keeps_where_it_was(tmp_path: Path, content: Path) -> None:
    without = planned(a_book(tmp_path, MOVED, (BRIDGE, "Landelijk", None, None)), content)
    assert reasons(without) == {2: [
        "Regio is anders dan in de bron: vul bij ‘Gewijzigd per’ de dag in waarop dit inging, of ‘verbetering’ als de bron fout was"
    ]}  # fmt: skip
    done(a_book(tmp_path, MOVED, (BRIDGE, "Landelijk", "geen", "1-7-2025")), content)
    after = partner(content, "p-7f3a9c")
    assert (after.region, after.umbrella) == ("NL", None)
    assert [(each.until, each.region, each.umbrella) for each in after.before] == [
        (date(2025, 6, 30), "NL31", "p-19d2e0")
    ]


def test_a_correction_says_that_it_was_always_so(tmp_path: Path, content: Path) -> None:
    done(a_book(tmp_path, MOVED, (BRIDGE, "Landelijk", None, "verbetering")), content)
    after = partner(content, "p-7f3a9c")
    assert (after.region, after.before) == ("NL", ())


@pytest.mark.parametrize(("day", "fits"), [("1-7-2025", False), ("30-6-2025", False), ("2-7-2025", True)])
def test_a_change_comes_after_the_one_before_it(tmp_path: Path, content: Path, day: str, fits: bool) -> None:
    done(a_book(tmp_path, MOVED, (BRIDGE, "Landelijk", None, "1-7-2025")), content)
    plan = done(a_book(tmp_path, MOVED, (BRIDGE, "Utrecht", None, day)), content)
    assert counts(plan) == ((0, 1, 0, 0) if fits else (0, 0, 0, 1))
    assert fits or reasons(plan) == {2: ["Regio: in de bron staat al een wijziging op die dag of later"]}


def test_another_spelling_of_the_name_is_meant_where_the_row_names_the_id(tmp_path: Path, content: Path) -> None:
    written = "stichting Voorbeeld-Brug"
    assert counts(planned(a_book(tmp_path, ("Naam", "Maatregelen 2026"), (written, None)), content)) == (0, 0, 1, 0)
    done(a_book(tmp_path, ("Kenmerk", "Naam"), ("p-7f3a9c", written)), content)
    after = partner(content, "p-7f3a9c")
    assert (after.name, after.before) == (written, ())


def test_the_day_of_the_command_is_for_rows_without_one(tmp_path: Path, content: Path) -> None:
    path = a_book(
        tmp_path, MOVED, (BRIDGE, "Landelijk", None, None), ("Vereniging Verzonnen", "Landelijk", None, "1-9-2025")
    )
    done(path, content, since=date(2025, 7, 1))
    assert [partner(content, id_).before[0].until for id_ in ("p-7f3a9c", "p-55aa01")] == [
        date(2025, 6, 30),
        date(2025, 8, 31),
    ]


def test_another_name_and_an_end_with_a_successor(tmp_path: Path, content: Path) -> None:
    header = ("Kenmerk", "Naam", "Gewijzigd per", "Laatste dag", "Opvolger")
    path = a_book(
        tmp_path, header, ("p-7f3a9c", "Stichting De Nieuwe Oever", "1-6-2025", None, None),
        ("p-55aa01", "Vereniging Verzonnen", None, "31-12-2025", BRIDGE),
    )  # fmt: skip
    done(path, content)
    renamed, ended = partner(content, "p-7f3a9c"), partner(content, "p-55aa01")
    assert (renamed.name, renamed.before[0].name) == ("Stichting De Nieuwe Oever", BRIDGE)
    assert (ended.ended, ended.successors) == (date(2025, 12, 31), ("p-7f3a9c",))


@pytest.mark.parametrize(("had", "told", "has"), [
    ("", "1-3-2026", ["2026-03-01"]),
    ("endorsed: 2025-03-01", "1-3-2025 t/m 31-12-2025", ["2025-03-01 t/m 2025-12-31"]),
    ("endorsed: [{from: 2025-03-01, until: 2025-05-31}]", "1-9-2025", ["2025-03-01 t/m 2025-05-31", "2025-09-01"]),
    ("endorsed: 2025-03-01", "1-4-2025", None),
    ("endorsed: [{from: 2025-03-01, until: 2025-05-31}]", "1-3-2025 t/m 30-6-2025", None),
])  # fmt: skip
def test_an_endorsement_begins_ends_and_begins_again(
    tmp_path: Path, content: Path, had: str, told: str, has: list[str] | None
) -> None:
    file = content / "partners" / "een.yaml"
    file.write_text(file.read_text().replace("endorsed: 2025-03-01", had).replace("\n\n", "\n"))
    plan = done(a_book(tmp_path, ("Naam", "Onderschreven"), (BRIDGE, told)), content)
    if has is None:
        assert reasons(plan)[2][0].startswith("Onderschreven is anders dan in de bron")
    else:
        periods = partner(content, "p-7f3a9c").endorsed
        assert [f"{each.start} t/m {each.until}" if each.until else str(each.start) for each in periods] == has


# --- who it is --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "told"), [
    (("p-000000", BRIDGE, None), "dit kenmerk staat niet in de bron: laat het leeg voor een nieuwe organisatie"),
    (("p-55aa01", BRIDGE, None), "het kenmerk is van een andere organisatie dan de naam of het nummer"),
    (("p-55aa01", None, "00000001"), "het kenmerk is van een andere organisatie dan de naam of het nummer"),
    ((None, "Vereniging Verzonnen", "00000001"), "het nummer is van een andere organisatie dan de naam: kijk welke van de twee het is"),
    ((None, "Heel Iets Anders", "00000001"), "het nummer is van een organisatie met een heel andere naam: is dit dezelfde?"),
    ((None, "Vereniging Verzomnen", None), "lijkt op een organisatie die er al is: is het dezelfde, of een nieuwe?"),
    ((None, None, "12345678"), "er staat geen naam"),
    ((None, "Nieuw", None), "voor een nieuwe organisatie ontbreekt Soort, Regio en Herleidbaar"),
])  # fmt: skip
def test_who_a_row_is_about_is_never_guessed(tmp_path: Path, content: Path, row: tuple[Value, ...], told: str) -> None:
    plan = planned(a_book(tmp_path, ("Kenmerk", "Naam", "KvK"), row), content)
    assert (reasons(plan), plan.files) == ({2: [told]}, {})


@pytest.mark.parametrize(
    ("answer", "outcome"), [("p-55aa01 (Vereniging Verzonnen)", (0, 1, 0, 0)), ("nieuw", (1, 0, 0, 0))]
)
def test_an_answer_about_a_name_is_given_once(
    tmp_path: Path, content: Path, answer: str, outcome: tuple[int, ...]
) -> None:
    path = a_book(tmp_path, HEADER, a_row("Vereniging Verzomnen", "stichting", "Utrecht", "nee", "1.1a", None))
    asked = planned(path, content)
    assert [question.written for question, _ in asked.questions] == ["Vereniging Verzomnen"]
    back = answered(asked, tmp_path, {"Vereniging Verzomnen": answer})
    plan = done(back, content)
    assert counts(plan) == outcome
    assert counts(planned(path, content)) == (0, 0, 1, 0)
    assert "Verzomnen" in (content / "import.map.yaml").read_text()
    assert ("judgements.yaml" in plan.files) == (answer == "nieuw")


def answered(plan: Plan, folder: Path, answers: dict[str, str], name: str = "terug.xlsx") -> Path:
    """The spreadsheet that was given back, with answers filled in behind its questions."""
    (folder / name).write_bytes(render(give_back(plan), ".xlsx"))
    book = openpyxl.load_workbook(folder / name)
    for row in book["Vragen"].iter_rows(min_row=2):
        row[3].value = answers.get(row[1].value)
    book.save(folder / name)
    return folder / name


def test_a_number_of_many_is_nobodys(tmp_path: Path, content: Path) -> None:
    rows = [("Een Buur", "87654321"), ("Twee Torens", "87654321"), ("Drie Eiken", "11111111")]
    path = a_book(tmp_path, ("Naam", "KvK", *HEADER[1:]), *((*row, "stichting", "NL", "nee") for row in rows))
    told = "dit nummer staat in dit bestand bij meer organisaties: kijk van wie het is"
    assert reasons(planned(path, content)) == {2: [told], 3: [told]}


def test_one_organisation_on_two_rows(tmp_path: Path, content: Path) -> None:
    header = ("Naam", "Soort", "Regio", "Herleidbaar", "Maatregelen 2025", "Maatregelen 2026")
    path = a_book(
        tmp_path, header, ("Goede Buur", "stichting", "NL", "nee", "1.1a", None), ("Goede Buur", None, None, None, None, "2.1a"),
        ("GOEDE BUUR", "stichting", "NL", "nee", "1.1a", None), ("Stichting Goede Buur", None, None, None, "2.1a", None),
    )  # fmt: skip
    plan = done(path, content)
    assert counts(plan) == (1, 1, 1, 1)
    assert reasons(plan) == {5: ["Maatregelen 2025: een andere rij zegt iets anders: houd er een"]}
    (new,) = (each for each in read_source(content).partners if each.name == "Goede Buur")
    assert [each.year for each in new.collaborations] == [2025, 2026]


# --- nothing is lost --------------------------------------------------------------------------------------------------


def an_odd_book(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Partners"
    sheet.append(("Overzicht 2026",))
    sheet.append((*HEADER, "E-mail", "Maatregelen 2026"))
    for n in range(3, 11):
        sheet.append(a_row(f"Odderij {n:02}{'ab'[n % 2] * n}"))
    sheet.row_dimensions[3].hidden = True
    sheet["A4"].font = Font(strike=True)
    sheet["B5"].comment = Comment("gestopt", "iemand")
    sheet["HV6"] = "ver weg"
    sheet["A7"] = '=CONCATENATE("Een ","formule")'
    sheet["B8"] = "#N/B"
    sheet["H9"] = "2.1a"
    sheet["A11"] = "Totaal: 8"
    sheet["G10"] = "wie@example.org"
    sheet.column_dimensions["E"].hidden = True
    book.create_sheet("Noord").append(HEADER)
    book["Noord"].append(a_row("Tweede Blad"))
    book.create_sheet("Kladblok").append(("zomaar",))
    book.create_sheet("Oud").append(HEADER)
    book["Oud"].append(a_row("Verborgen Blad"))
    book["Oud"].sheet_state = "hidden"
    book.save(folder / "lijst.xlsx")
    return folder / "lijst.xlsx"


def test_every_row_is_taken_or_given_back_with_its_reason(tmp_path: Path, content: Path) -> None:
    plan = planned(an_odd_book(tmp_path), content)
    agree = ", of vul bij ‘Toch overnemen’ ja in"
    assert counts(plan) == (2, 0, 0, 8)
    assert reasons(plan) == {
        3: [f"de rij is verborgen: maak haar zichtbaar{agree}"],
        4: [f"doorgestreept: haal de streep of de rij weg{agree}"],
        5: [f"er staat een opmerking bij: verwerk die{agree}"],
        6: [f"een waarde onder geen enkele kop: zet er een kop boven, haal haar weg{agree}"],
        7: ["een formule zonder uitkomst: open het bestand in een spreadsheetprogramma en bewaar het opnieuw"],
        8: ["een formule die mislukte: vul de waarde in"],
        9: ["in twee kolommen (E en H) staat niet hetzelfde: houd er een"],
        11: ["een totaal, geen organisatie: haal de rij weg"],
    }


def test_rows_that_are_coloured_otherwise_than_the_others_are_told(tmp_path: Path, content: Path) -> None:
    book = openpyxl.load_workbook(a_book(tmp_path, HEADER, *(a_row(f"Kleurrijk {n * 'ab'}") for n in range(1, 6))))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=1, max_col=2):
        row[1].fill = PatternFill("solid", fgColor="00EEEEEE")
    sheet["A3"].fill = sheet["B5"].fill = PatternFill("solid", fgColor="00FF0000")
    book.save(tmp_path / "lijst.xlsx")
    told = [each.shown("nl").strip() for each in tell_plan(planned(tmp_path / "lijst.xlsx", content))]
    assert "anders gekleurd dan de rest: rij 3, 5; kleuren worden niet gelezen" in told


def test_a_column_or_a_heading_of_one_colour_is_not_told(tmp_path: Path, content: Path) -> None:
    book = openpyxl.load_workbook(a_book(tmp_path, HEADER, *(a_row(f"Kleurrijk {n * 'ab'}") for n in range(1, 6))))
    for cells in book.worksheets[0].iter_rows(max_col=2):
        cells[0].fill = PatternFill("solid", fgColor="00EEEEEE")
    book.worksheets[0]["B1"].fill = PatternFill("solid", fgColor="0000FF00")
    book.save(tmp_path / "lijst.xlsx")
    told = [each.shown("nl").strip() for each in tell_plan(planned(tmp_path / "lijst.xlsx", content))]
    assert not any(each.startswith("anders gekleurd") for each in told)


def test_a_list_of_another_kind_below_the_first_comes_back_for_one_reason(tmp_path: Path, content: Path) -> None:
    below = (
        ("Datum", "Organisaties", "Kader"),
        ("1-2-2026", "Goede Buur", "actieagenda"),
        ("2-2-2026", "Goede Buur", "actieagenda"),
    )
    plan = planned(a_book(tmp_path, HEADER, a_row("Goede Buur"), *below), content)
    assert counts(plan) == (1, 0, 0, 3)
    told = "in rij 3 begint een andere lijst: geef die een eigen blad"
    assert reasons(plan) == {3: [told], 4: [told], 5: [told]}
    assert not plan.questions


@pytest.mark.parametrize(
    ("heading", "is_read"),
    [
        ("Regio / provincie", True),
        ("Regio (verplicht)", True),
        ("Regio*", True),
        ("Regio?", True),
        ("Regio / soort", False),
        ("Regionaal", False),
    ],
)
def test_what_people_add_to_a_heading_does_not_hide_it(
    tmp_path: Path, content: Path, heading: str, is_read: bool
) -> None:
    header = tuple(heading if each == "Regio" else each for each in HEADER)
    assert "Regio" in HEADER
    assert (counts(planned(a_book(tmp_path, header, a_row("Goede Buur")), content)) == (1, 0, 0, 0)) == is_read


def test_what_is_in_the_file_is_told_before_anything_is_written(tmp_path: Path, content: Path) -> None:
    told = "\n".join(each.shown("nl") for each in tell_plan(planned(an_odd_book(tmp_path), content)))
    for line in (
        "  blad ‘Partners’: organisaties, 9 rijen onder de koppen in rij 2",
        "    boven de koppen, niet gelezen: rij 1",
        "    kolom G ‘E-mail’ wordt niet overgenomen: 1 gevuld",
        "    kolom H ‘Maatregelen 2026’ is er al: kolom E",
        "    verborgen kolommen, wel gelezen: E",
        "    verborgen: rij 3",
        "    doorgestreept: rij 4",
        "    met een opmerking: rij 5",
        "  blad ‘Kladblok’ is niet gelezen: geen koppen herkend, 1 rij",
        "  blad ‘Oud’ is niet gelezen: verborgen, 2 rijen",
        "10 rijen: 2 nieuw, 0 gewijzigd, 0 stonden er al zo, 8 terug",
    ):
        assert line in told.splitlines()
    assert "example.org" not in told
    assert "gestopt" not in told


def test_of_what_is_new_every_cell_is_told_as_it_was_read(tmp_path: Path, content: Path) -> None:
    row = ("Goede Buur", "stichting", "NL", "ja", "Tweede maatregel, 1.1a", "1 maart 2025 t/m 2-2-2026")
    book = openpyxl.load_workbook(a_book(tmp_path, (*HEADER, "KvK-nummer"), (*row, "1234 5678")))
    talks = book.create_sheet("Gesprekken")
    talks.append(("Datum", "Organisaties", "Kader", "Vorm", "Maatregelen", "Onderwerp"))
    talks.append(("1-6-25", "SVB", "Samenleving", "Gesprek", None, "Overig"))
    book.save(tmp_path / "lijst.xlsx")
    told = [each.shown("nl").strip() for each in tell_plan(planned(tmp_path / "lijst.xlsx", content))]
    assert (
        "Blad, rij 2: Goede Buur, nieuw: KvK-nummer: 12345678, Soort: stichting, Regio: NL, Herleidbaar: ja, "
        "Onderschreven: 2025-03-01 t/m 2026-02-02, Maatregelen 2026: 1.1a; 2.1a"
    ) in told
    assert (
        "Gesprekken, rij 2: een nieuw gesprek: Datum: 2025-06-01, Organisaties: Stichting Voorbeeldbrug, "
        f"Kader: {SHOWN['society']}, Vorm: gesprek, Onderwerp: {SHOWN['overig']}"
    ) in told


def test_measures_below_no_year_are_told_with_their_cure(tmp_path: Path, content: Path) -> None:
    plan = planned(a_book(tmp_path, ("Naam", "Maatregel 1", "Maatregel 2"), (BRIDGE, "1.1a", "2.1a")), content)
    told = "\n".join(each.shown("nl") for each in tell_plan(plan))
    assert counts(plan) == (0, 0, 1, 0)
    assert told.count("(maatregelen? zet die van een jaar in één kolom, zoals Maatregelen 2027, met puntkomma's") == 2


def test_what_comes_back_says_where_it_stood_and_is_taken_once_it_is_mended(tmp_path: Path, content: Path) -> None:
    plan = done(an_odd_book(tmp_path), content)
    (tmp_path / "terug.ods").write_bytes(render(give_back(plan), ".ods"))
    sheet = read_book(tmp_path / "terug.ods").sheets[0]
    first = [cell.text for cell in sheet.rows[0].cells.values()]
    assert first == [
        "Waarom niet overgenomen",
        "Toch overnemen",
        "Stond in",
        *HEADER,
        "E-mail",
        "Maatregelen 2026",
        "(zonder kop: HV)",
    ]
    assert sheet.rows[3].cells[1].text.endswith("(B5: “gestopt”)")
    assert [row.cells[3].text for row in sheet.rows[1:]] == [f"Partners, rij {n}" for n in (3, 4, 5, 6, 7, 8, 9, 11)]
    (tmp_path / "terug.xlsx").write_bytes(render(give_back(plan), ".xlsx"))
    book = openpyxl.load_workbook(tmp_path / "terug.xlsx")
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[1].value = "ja"
    book.save(tmp_path / "terug.xlsx")
    again = done(tmp_path / "terug.xlsx", content)
    assert counts(again) == (4, 0, 0, 4)
    assert [row[0].partition(":")[0] for row in reasons(again).values()] == ["er staat geen naam", "een formule die mislukte", "in twee kolommen (H en K) staat niet hetzelfde", "een totaal, geen organisatie"]  # fmt: skip


@pytest.mark.parametrize("over", [("Maatregelen", "Maatregelen"), ("Maatregelen", None), ("Samenwerking", "")])
def test_years_on_a_second_row_of_headings_belong_to_the_first(
    tmp_path: Path, content: Path, over: tuple[Value, Value]
) -> None:
    heads, years = ("Naam", "Soort", "Regio", "Herleidbaar", *over), (None, None, None, None, 2025, "2026")
    path = a_book(tmp_path, heads, years, ("Goede Buur", "Stichting", "Utrecht", "nee", "1.1a", "2.1a"))
    plan = done(path, content)
    assert counts(plan) == (1, 0, 0, 0)
    (new,) = [each for each in read_source(content).partners if each.name == "Goede Buur"]
    assert [(each.year, each.measures) for each in new.collaborations] == [(2025, ("1.1a",)), (2026, ("2.1a",))]
    assert not [each for each in tell_plan(plan) if "niet gelezen" in each.shown("nl")]


@pytest.mark.parametrize("below", [("Goede Buur", None), (None, 45000), (2025, 2026)])
def test_a_row_below_the_headings_that_is_more_than_years_is_no_heading(
    tmp_path: Path, content: Path, below: tuple[Value, Value]
) -> None:
    path = a_book(tmp_path, ("Naam", "Maatregelen"), below, ("Betere Buur", "1.1a"))
    assert sum(counts(planned(path, content))) == 2


def test_idem_is_no_value(tmp_path: Path, content: Path) -> None:
    row = a_row("Goede Buur", "stichting", "idem", "nee", None, None)
    assert reasons(planned(a_book(tmp_path, HEADER, row), content)) == {
        2: ["verwijst naar de rij erboven: vul de waarde zelf in"]
    }


@pytest.mark.parametrize("row", [("Totaal", "2"), ("", "Totaal: 2"), ("Subtotaal maart", "")])
def test_a_total_below_conversations_is_none(tmp_path: Path, content: Path, row: tuple[str, ...]) -> None:
    heads = ("Datum", "Organisaties", "Kader", "Vorm", "Onderwerp")
    path = a_book(tmp_path, heads, ("14-3-2026", "Vereniging Verzonnen", "samenleving", "Gesprek", "overig"), row)
    assert reasons(planned(path, content))[3] == ["een totaal, geen gesprek: haal de rij weg"]


def test_a_name_that_failed_is_told_once(tmp_path: Path, content: Path) -> None:
    path = a_book(tmp_path, ("Naam", "KvK", *HEADER[1:]), ("#N/B", "12345678", "stichting", "NL", "nee", None, None))
    assert reasons(planned(path, content)) == {2: ["een formule die mislukte: vul de waarde in"]}


def test_a_reason_names_the_cell_as_a_person_sees_it(tmp_path: Path, content: Path) -> None:
    plan = planned(a_book(tmp_path, HEADER, a_row("Goede Buur", "stichting", MARKER, "nee", None, None)), content)
    assert give_back(plan).sheets[0].rows[0][0] == "Regio (C2): dit woord is niet bekend"
    assert MARKER not in repr(plan) + repr(plan.outcomes) + repr(plan.book)


def test_words_that_are_not_known_are_asked_once_and_remembered(tmp_path: Path, content: Path) -> None:
    rows = [
        a_row(f"Vraagrij {word}", "stichting", "Fryslân", "nvt", "1.1a", None)
        for word in ("appel", "banaan", "citroen")
    ]
    path = a_book(tmp_path, HEADER, *rows)
    plan = planned(path, content)
    assert [(question.about, question.written, n) for question, n in plan.questions] == [
        ("region", "Fryslân", 3),
        ("traceable", "nvt", 3),
    ]
    back = answered(plan, tmp_path, {"Fryslân": "Landelijk", "nvt": "nee"})
    assert counts(done(back, content)) == (3, 0, 0, 0)
    assert counts(planned(path, content)) == (0, 0, 3, 0)
    assert (content / "import.map.yaml").read_text().splitlines()[1:] == [
        "region:", '  "Fryslân": "Landelijk"', "traceable:", '  "nvt": "nee"',
    ]  # fmt: skip


def test_a_heading_may_be_answered_too(tmp_path: Path, content: Path) -> None:
    (content / "import.map.yaml").write_text("column:\n  Sector: Soort\n")
    path = a_book(tmp_path, ("Naam", "Sector", *HEADER[2:]), a_row("Goede Buur"))
    assert counts(done(path, content)) == (1, 0, 0, 0)


@pytest.mark.parametrize(("text", "told"), [
    ("regio:\n  a: NL\n", "import.map.yaml:1:1: unknown key (did you mean 'region'?)"),
    ("- a\n", "import.map.yaml:1:1: expected keys with values"), ("region:\n  a: [NL]\n", "import.map.yaml:2:3: region: expected what the word means"),
    ("region: NL\n", "import.map.yaml:1:1: expected words with what they mean"),
])  # fmt: skip
def test_answers_that_cannot_be_read_stop_the_import(tmp_path: Path, content: Path, text: str, told: str) -> None:
    (content / "import.map.yaml").write_text(text)
    with pytest.raises(SourceHasProblems) as refused:
        planned(a_book(tmp_path, HEADER, a_row("Goede Buur")), content)
    assert str(refused.value.problems[0]).startswith(told)


# --- the source decides -----------------------------------------------------------------------------------------------


def test_a_row_that_does_not_fit_into_the_source_comes_back_and_the_others_are_taken(
    tmp_path: Path, content: Path
) -> None:
    header = ("Naam", "Soort", "Regio", "Herleidbaar", "Koepel", "Maatregelen 2026")
    path = a_book(
        tmp_path,
        header,
        ("Goede Buur", "stichting", "NL", "nee", BRIDGE, None),
        ("Andere Buur", "stichting", "NL", "nee", None, "1.1a"),
    )
    plan = done(path, content)
    assert counts(plan) == (1, 0, 0, 1)
    assert reasons(plan)[2][0].startswith("past niet in de bron")


def test_a_row_with_which_another_record_goes_wrong_comes_back(tmp_path: Path, content: Path) -> None:
    """An umbrella gets an umbrella: the problem is told at its member, which is in no row."""
    rows: list[tuple[Value, ...]] = [
        (f"Buurt {word}", "stichting", "NL", "nee", None, None) for word in ("appel", "banaan", "citroen", "druif")
    ]
    rows.insert(2, ("Koepel van Voorbeelden", None, None, None, "Vereniging Verzonnen", "1-1-2026"))
    plan = done(a_book(tmp_path, (*HEADER[:4], "Koepel", "Gewijzigd per"), *rows), content)
    assert counts(plan) == (4, 0, 0, 1)
    assert reasons(plan) == {4: ["past niet in de bron: een koepel die zelf een koepel heeft: noem de hoogste"]}


@pytest.mark.parametrize(("row", "told"), [
    (HEADER, "de koppen, nog een keer: haal de rij weg"), (a_row("..."), "een naam zonder letters"),
    (a_row("x" * 201), "een naam van meer dan 200 tekens"), (a_row("Buur", "stichting", "NL", "nee", None, "1-3-1825"), "een jaar dat niet kan kloppen: kijk naar de datum"),
    (a_row("Buur", "stichting", "Fryslân", "nee", None, None), "dit woord is niet bekend, en het antwoord dat u erop gaf ook niet"),
])  # fmt: skip
def test_more_that_comes_back(tmp_path: Path, content: Path, row: tuple[Value, ...], told: str) -> None:
    (content / "import.map.yaml").write_text("region:\n  Fryslân: XX99\n")
    assert reasons(planned(a_book(tmp_path, HEADER, row), content)) == {2: [told]}


def test_a_record_that_only_a_person_can_change_comes_back(tmp_path: Path, content: Path) -> None:
    file = content / "partners" / "een.yaml"
    text = file.read_text().replace(
        '  - {year: 2025, measures: ["1.1a", "2.1a"]}',
        "  - year: 2025\n    measures:\n      - 1.1a # zie brief\n      - 2.1a",
    )
    file.write_text(text)
    plan = planned(a_book(tmp_path, ("Naam", "Maatregelen 2025"), (BRIDGE, "1.1a")), content)
    assert reasons(plan) == {
        2: ["de organisatie staat in de bron (partners/een.yaml) op een manier die alleen met de hand te wijzigen is"]
    }


def test_a_source_with_problems_is_not_added_to(tmp_path: Path, content: Path) -> None:
    (content / "partners" / "een.yaml").write_text("id: p-1\n")
    with pytest.raises(SourceHasProblems):
        planned(a_book(tmp_path, HEADER, a_row("Goede Buur")), content)


@pytest.mark.parametrize("text", ["kleur,maat\nrood,12\n", ""])
def test_a_file_that_is_no_list(tmp_path: Path, content: Path, text: str) -> None:
    with pytest.raises(SourceHasProblems) as refused:
        planned(a_csv(tmp_path, text), content)
    assert str(refused.value.problems[0]) == (
        "lijst.csv: neither a list of organisations nor one of conversations "
        "(a row names the columns: 'Naam' for organisations, 'Datum' and 'Organisaties' for conversations)"
    )


def test_a_list_that_its_separator_cuts_in_two_is_not_taken_over_by_half(tmp_path: Path, content: Path) -> None:
    path = a_csv(tmp_path, "naam;soort;regio;herleidbaar;maatregelen 2025\nGoede Buur;stichting;NL;nee;1.1a;2.1a\n"
                           'Nieuwe Kans;stichting;NL;nee;"1.1a;2.1a"\n')  # fmt: skip
    assert counts(planned(path, content)) == (1, 0, 0, 1)


# --- conversations ----------------------------------------------------------------------------------------------------

TALKS = ("Datum", "Organisaties", "Kader", "Vorm", "Maatregelen", "Onderwerp")


def test_conversations_with_names_and_labels(tmp_path: Path, content: Path) -> None:
    path = a_csv(
        tmp_path,
        "Datum;Organisaties;Kader;Vorm;Maatregelen;Onderwerp\n"
        '14-03-2025;"Stichting Voorbeeldbrug;Vereniging Verzonnen";Actieagenda;Gesprek;1.1a, 2.1a;Integratie en samenleven\n'
        "15-03-2025;SVB;samenleving;werkbezoek;;Overig\n"
        "16-03-2025;Onbekende Club;samenleving;werkbezoek;;Overig\n"
        "17-03-2025;SVB;Actieagenda;Gesprek;;Overig\n"
        "18-03-2025;SVB;;Gesprek;;Overig\n",
        "cp1252",
    )
    plan = done(path, content)
    assert reasons(plan) == {
        4: ["deze organisatie staat niet in de bron"],
        5: ["een gesprek voor de Actieagenda noemt zijn maatregelen"],
        6: ["er ontbreekt Kader"],
    }
    new = [each for each in read_source(content).conversations if each.place.file == "conversations/import.yaml"]
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


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("Stichting Voorbeeldbrug, Vereniging Verzonnen", True),
        ("Voorbeeldbrug en Verzonnen", True),
        ("SVB / Vereniging Verzonnen", True),
        ("SVB & p-55aa01", True),
        ("SVB, Onbekende Club", False),
        ("SVB, Verzonen", False),
    ],
)
def test_organisations_in_one_cell_are_told_apart_where_each_is_known_for_sure(
    tmp_path: Path, content: Path, written: str, is_read: bool
) -> None:
    plan = done(a_book(tmp_path, TALKS, ("1-6-2025", written, "Samenleving", "Gesprek", None, "Overig")), content)
    assert counts(plan) == ((1, 0, 0, 0) if is_read else (0, 0, 0, 1))
    new = [each.partners for each in read_source(content).conversations if each.date == date(2025, 6, 1)]
    assert new == ([("p-55aa01", "p-7f3a9c")] if is_read else [])


def test_what_a_conversation_has_no_measures_for_and_the_words_that_are_offered(tmp_path: Path, content: Path) -> None:
    rows = (
        ("1-6-2025", "SVB", "Samenleving", "Gesprek", "n.v.t.", "Overig"),
        ("2-6-2025", "SVB", "Actieagenda", "Gesprek", "nvt", "Overig"),
        ("3-6-2025", "SVB", "informeel", "Gesprek", None, "diversen"),
    )
    plan = planned(a_book(tmp_path, TALKS, *rows), content)
    assert counts(plan) == (1, 0, 0, 2)
    assert reasons(plan) == {
        3: ["een gesprek voor de Actieagenda noemt zijn maatregelen"],
        4: [
            "dit woord is niet bekend: kies Actieagenda of Samenleving",
            "dit woord is niet bekend: kies Integratie en samenleven of Overig",
        ],
    }


def test_the_same_sheet_twice_adds_nothing_and_a_second_conversation_is_asked(tmp_path: Path, content: Path) -> None:
    talk = ("1-6-2025", "SVB", "Samenleving", "Gesprek", None, "Overig")
    path = a_book(tmp_path, TALKS, talk, ("2-6-2025", *talk[1:]))
    assert counts(done(path, content)) == (2, 0, 0, 0)
    assert counts(planned(path, content)) == (0, 0, 2, 0)
    again = planned(a_book(tmp_path, TALKS, talk, talk, (*talk[:3], "Werkbezoek", *talk[4:])), content)
    assert counts(again) == (0, 0, 1, 2)
    assert [each[0].partition(":")[0] for each in reasons(again).values()] == [
        "hetzelfde gesprek als in een andere rij", "op die dag staat al een gesprek met deze organisaties in de bron",
    ]  # fmt: skip
    agreed = a_book(tmp_path, (*TALKS, "Toch overnemen"), (*talk, None), (*talk, "ja"))
    assert counts(planned(agreed, content)) == (1, 0, 1, 0)


def test_an_odd_conversation_comes_back_too(tmp_path: Path, content: Path) -> None:
    path = a_book(tmp_path, TALKS, ("1-6-2025", "SVB", "Samenleving", "Gesprek", None, "Overig"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].row_dimensions[2].hidden = True
    book.save(path)
    assert counts(planned(path, content)) == (0, 0, 0, 1)


def with_hidden_rows(path: Path, *numbers: int, by_filter: bool) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for each in numbers:
        sheet.row_dimensions[each].hidden = True
    if by_filter:
        sheet.auto_filter.ref = sheet.dimensions
        sheet.auto_filter.add_filter_column(0, ["iets"])
    book.save(path)
    return path


@pytest.mark.parametrize("by_filter", [True, False])
def test_a_hidden_row_that_changes_nothing_is_known_and_another_comes_back(
    tmp_path: Path, content: Path, *, by_filter: bool
) -> None:
    done(a_book(tmp_path, HEADER, a_row("Open Huis Eldrecht"), a_row("Buurtkeuken Zoutelaar")), content)
    changed = a_row("Buurtkeuken Zoutelaar", "stichting", "NL", "nee", "2.1a", "1-3-2025")
    path = a_book(tmp_path, HEADER, a_row("Open Huis Eldrecht"), changed, a_row("Nieuw Verborgen Licht"))
    plan = planned(with_hidden_rows(path, 2, 3, 4, by_filter=by_filter), content)
    assert counts(plan) == (0, 0, 1, 2)
    why = "de rij is verborgen: maak haar zichtbaar"
    if by_filter:
        why = "een filter verbergt de rij: zet het filter uit en sla op"
    assert reasons(plan) == {row: [f"{why}, of vul bij ‘Toch overnemen’ ja in"] for row in (3, 4)}
    told = [line.shown("nl").strip() for line in tell_plan(plan)]
    assert ("verborgen door een filter: rij 2, 3, 4" if by_filter else "verborgen: rij 2, 3, 4") in told


def test_a_row_that_is_struck_through_comes_back_though_it_changes_nothing(tmp_path: Path, content: Path) -> None:
    done(a_book(tmp_path, HEADER, a_row("Open Huis Eldrecht")), content)
    path = a_book(tmp_path, HEADER, a_row("Open Huis Eldrecht"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"].font = Font(strike=True)
    book.save(path)
    assert counts(planned(path, content)) == (0, 0, 0, 1)


def test_a_hidden_conversation_that_is_known_changes_nothing(tmp_path: Path, content: Path) -> None:
    talk = ("1-6-2025", "SVB", "Samenleving", "Gesprek", None, "Overig")
    done(a_book(tmp_path, TALKS, talk), content)
    path = with_hidden_rows(a_book(tmp_path, TALKS, talk, ("2-6-2025", *talk[1:])), 2, 3, by_filter=True)
    assert counts(planned(path, content)) == (0, 0, 1, 1)


def test_a_conversation_with_who_had_ended_and_one_too_late(tmp_path: Path, content: Path) -> None:
    done(a_book(tmp_path, ("Naam", "Laatste dag"), ("Vereniging Verzonnen", "30-6-2025")), content)
    rows = [
        (day, "Vereniging Verzonnen", "Samenleving", "Gesprek", None, "Overig") for day in ("30-6-2025", "1-7-2025")
    ]
    plan = done(a_book(tmp_path, TALKS, *rows, ("1-2-2027", "SVB", *rows[0][2:])), content)
    assert counts(plan) == (1, 0, 0, 2)
    assert reasons(plan)[3] == ["een organisatie die toen niet meer bestond: kijk naar de datum, of noem haar opvolger"]


def test_organisations_and_conversations_in_one_file(tmp_path: Path, content: Path) -> None:
    book = openpyxl.load_workbook(
        a_book(tmp_path, TALKS, ("1-6-2025", "Goede Buur", "Samenleving", "Gesprek", None, "Overig"))
    )
    sheet = book.create_sheet("Partners")
    sheet.append(HEADER)
    sheet.append(a_row("Goede Buur"))
    book.save(tmp_path / "lijst.xlsx")
    plan = done(tmp_path / "lijst.xlsx", content)
    assert (counts(plan), sorted(plan.files)) == ((2, 0, 0, 0), ["conversations/import.yaml", "partners/import.yaml"])
