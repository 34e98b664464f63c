"""What people type in a cell becomes a value of the source, or a reason in Dutch: nothing is guessed that can be two things."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from tests.factories import a_source
from tweeluik.problems import Place
from tweeluik.sheets import dates, values
from tweeluik.sheets.answers import Answer, Answers, read_answers, with_answers
from tweeluik.sheets.codes import Code, Codes, codes_of
from tweeluik.sheets.files.model import Cell, Row, Sheet
from tweeluik.sheets.headings import find_columns, nearest_heading
from tweeluik.sheets.misfits import DoesNotFit
from tweeluik.sheets.terms import Words
from tweeluik.source.nodes import Scalar
from tweeluik.source.reading import Reading
from tweeluik.source.texts import Name


def cell(text: str, *, number: bool = False) -> Cell:
    return Cell(2, 1, text, is_number=number)


@pytest.mark.parametrize(("written", "day"), [
    ("1-3-2025", date(2025, 3, 1)), ("01/03/2025", date(2025, 3, 1)), ("1.3.2025", date(2025, 3, 1)),
    ("1 3 2025", date(2025, 3, 1)), ("1-3-25", date(2025, 3, 1)), ("2025-03-01", date(2025, 3, 1)),
    ("2025-03-01 14:30:00", date(2025, 3, 1)), ("2025-03-01T14:30", date(2025, 3, 1)), ("1 maart 2025", date(2025, 3, 1)),
    ("1 mrt 2025", date(2025, 3, 1)), ("1 mrt. 2025", date(2025, 3, 1)), ("31 december 2025", date(2025, 12, 31)),
    ("15 JUNI 2025", date(2025, 6, 15)), ("15 jul 2025", date(2025, 7, 15)), ("29-2-2024", date(2024, 2, 29)),
])  # fmt: skip
def test_dates_as_the_dutch_write_them(written: str, day: date) -> None:
    assert dates.day(cell(written)) == day


@pytest.mark.parametrize(("number", "day"), [("45717", date(2025, 3, 1)), ("20250301", date(2025, 3, 1))])
def test_a_number_that_is_a_date_to_a_spreadsheet(number: str, day: date) -> None:
    assert dates.day(cell(number, number=True)) == day


@pytest.mark.parametrize(
    "written", ["maart 2025", "2025", "30-2-2025", "1 mrtx 2025", "morgen", "1-3", "1-3/2025", "1--3-2025"]
)
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(DoesNotFit):
        dates.day(cell(written))


@pytest.mark.parametrize("number", ["2025", "12", "99999", "0.5", "20251399"])
def test_a_number_that_is_no_date(number: str) -> None:
    with pytest.raises(DoesNotFit):
        dates.day(cell(number, number=True))


def test_a_month_in_front_is_asked_and_makes_its_column_doubtful() -> None:
    with pytest.raises(DoesNotFit) as refused:
        dates.day(cell("3/14/2025"))
    assert refused.value.what.shown("nl") == "de maand staat voorop: is dit 14-3-2025?"
    with pytest.raises(DoesNotFit) as refused:
        dates.day(cell("1/3/2025"), may_be_american=True)
    assert refused.value.what.shown("nl").startswith("is dit 1-3-2025 of 3-1-2025?")
    for clear in ("14/3/2025", "3/3/2025", "1-3-2025"):
        assert dates.day(cell(clear), may_be_american=True).year == 2025


@pytest.mark.parametrize(("written", "periods"), [
    ("1-3-2025", [(date(2025, 3, 1), None)]),
    ("2025-02-09 t/m 2026-02-28; 2026-09-01", [(date(2025, 2, 9), date(2026, 2, 28)), (date(2026, 9, 1), None)]),
    ("1-3-2025 tot en met 31-1-2027", [(date(2025, 3, 1), date(2027, 1, 31))]), ("1-3-2025 t/m", [(date(2025, 3, 1), None)]),
    ("n.v.t.", []), ("-", []),
])  # fmt: skip
def test_periods_of_endorsement(written: str, periods: list[tuple[date, date | None]]) -> None:
    assert [tuple(each) for each in dates.periods(cell(written))] == periods


@pytest.mark.parametrize(("written", "number"), [
    ("12345678", "12345678"), ("1234 5678", "12345678"), ("12.345.678", "12345678"), ("KvK 12345678", "12345678"),
    ("KvK-nummer: 01234567", "01234567"), ("n.v.t.", None), ("onbekend", None), ("-", None), ("geen", None),
])  # fmt: skip
def test_numbers_of_the_trade_register(written: str, number: str | None) -> None:
    assert values.registration(cell(written)) == number


@pytest.mark.parametrize(("written", "is_number", "told"), [
    ("1234567", True, "een KvK-nummer van 7 cijfers: vermoedelijk zijn nullen vooraan weggevallen; maak van de kolom tekst"),
    ("1234567", False, "een KvK-nummer van 7 cijfers: het heeft er acht"),
    ("123456789", False, "een KvK-nummer van 9 cijfers: het heeft er acht"),
    ("001112223", False, "dit is een RSIN (negen cijfers): zet het in de kolom RSIN"),
    ("12345678 (oud)", False, "geen KvK-nummer: dat heeft acht cijfers"), ("volgt", False, "geen KvK-nummer: dat heeft acht cijfers"),
    ("00000000", False, "een KvK-nummer van 8 cijfers: het heeft er acht"),
])  # fmt: skip
def test_what_is_no_number_of_the_trade_register(written: str, is_number: bool, told: str) -> None:
    with pytest.raises(DoesNotFit) as refused:
        values.registration(cell(written, number=is_number))
    assert refused.value.what.shown("nl") == told


@pytest.mark.parametrize("written", [
    "Stichting X, bel 06-12345678", "x@example.org", "t.a.v. mevr. Verzonnen", "CafÃ© Verzonnen", "Caf\ufffd", "A\u200bB", "Vereniging ?elmiran", "Stra?enkrant", "â€œVerzonnenâ€\x9d",
])  # fmt: skip
def test_text_that_is_not_taken_over(written: str) -> None:
    with pytest.raises(DoesNotFit) as refused:
        values.text(cell(written))
    assert not any(word in refused.value.what.shown("nl") for word in ("06-", "example", "Verzonnen"))


@pytest.mark.parametrize("written", ["Stichting", "B.V. i.o.", "Vereniging"])
def test_a_legal_form_alone_is_no_name(written: str) -> None:
    assert values.text(cell(written)) == written
    with pytest.raises(DoesNotFit, match="fit"):
        values.name(cell(written))


@pytest.mark.parametrize("written", ["SA", "De Stichting", "Fonds", "Koepel", "B.V. Samen", "Stichting i.o. Samen"])
def test_what_looks_like_a_legal_form_may_be_a_name(written: str) -> None:
    assert values.name(cell(written)) == written


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_a_name_has_at_most_two_hundred_signs_in_a_sheet_and_in_yaml(length: int, fits: bool) -> None:
    name, reading = "k" * length, Reading()
    assert Name().read(Scalar(Place(""), name, "text"), "name", reading) == (name if fits else None)
    assert [each.what for each in reading.problems] == [] if fits else ["a name of more than 200 signs"]
    if fits:
        assert values.text(cell(name)) == name
    else:
        with pytest.raises(DoesNotFit, match="fit"):
            values.text(cell(name))


@pytest.mark.parametrize(
    ("written", "is_name"),
    [("De", False), ("het", False), ("THE", True), ("Een", True), ("De Brug", True), ("https://klaver.example", False),
     ("www.klaver.example/over", False), ("klaver.example", True), ("Stichting", False), ("SA", True)],
)  # fmt: skip
def test_what_is_left_of_a_name_or_stands_in_its_place_is_none(written: str, is_name: bool) -> None:
    read = Name().read(Scalar(Place(""), written, "text"), "name", Reading())
    assert read == (written if is_name else None)


@pytest.mark.parametrize("written", ["Café ’t Hoekje", "Ïda & Co", "Mâlik École", "Größe", "Дом дружбы"])
def test_letters_of_others_are_no_garble(written: str) -> None:
    assert values.text(cell(written)) == written


@pytest.mark.parametrize(("written", "names"), [
    ("SVB", ("SVB",)), ("SVB, SVZ", ("SVB", "SVZ")), ("Brug; De Brug", ("Brug", "De Brug")), ("Een\nTwee", ("Een", "Twee")),
    ("Sport, cultuur en zo", ("Sport, cultuur en zo",)), ("SVB; svb", ("svb",)), ("-", ()), ("n.v.t.", ()),
])  # fmt: skip
def test_other_names(written: str, names: tuple[str, ...]) -> None:
    assert values.aliases(cell(written)) == names


# --- words ------------------------------------------------------------------------------------------------------------


def codes(*named: tuple[str, str], first: int = 2025, last: int = 2029) -> Codes:
    return Codes(Code(code, label, (label,), first, last) for code, label in named)


MEASURES = codes(
    ("1.1a", "Taal op het werk"),
    ("1.1b", "Ontmoeten, eten en delen"),
    ("1.10", "Tien"),
    ("1.1", "Een"),
    ("2.1", "Twee"),
)
THEMES = codes(("1.1x", "Een thema"))
REGIONS = Codes([
    Code("NL31", "Utrecht", ("Utrecht",), 0, 2025), Code("NL35", "Utrecht", ("Utrecht",), 2026, 9999),
    Code("NL12", "Friesland", ("Friesland", "Frieslân oud"), 0, 9999), Code("NL33", "Zuid-Holland", ("Zuid-Holland",), 0, 9999),
])  # fmt: skip


def words(*answers: Answer) -> Words:
    return Words(
        {"region": REGIONS, "kind": REGIONS, "form": REGIONS, "measure": MEASURES, "theme": THEMES}, Answers(answers)
    )


@pytest.mark.parametrize(("written", "code"), [
    ("NL12", "NL12"), ("nl12", "NL12"), ("Friesland", "NL12"), ("FRIESLAND ", "NL12"), ("zuid holland", "NL33"),
    ("Friesland (NL12)", "NL12"), ("NL12 Friesland", "NL12"), ("NL12 - Friesland", "NL12"), ("Utrecht (NL31)", "NL31"),
])  # fmt: skip
def test_a_code_by_its_label(written: str, code: str) -> None:
    assert words().code("region", cell(written)) == code


@pytest.mark.parametrize("written", ["Fryslân", "Friesland (NL33)", "Friesland, Utrecht", "NL", "n.v.t."])
def test_a_word_that_is_not_known_is_a_question(written: str) -> None:
    with pytest.raises(DoesNotFit) as refused:
        words().code("region", cell(written))
    assert refused.value.question is not None
    assert (refused.value.question.about, refused.value.question.written) == ("region", written)


def test_a_label_of_two_codes_is_that_of_the_one_at_hand_or_of_its_years() -> None:
    utrecht = cell("Utrecht")
    assert words().code("region", utrecht, present="NL31") == "NL31"
    assert words().code("region", utrecht, years=(2025,)) == "NL31"
    assert words().code("region", utrecht, years=(2025, 2026)) == "NL35"
    assert words().code("region", utrecht) == "NL35"


def test_an_answer_is_remembered() -> None:
    told = words(Answer("region", "fryslân", "Friesland"), Answer("traceable", "n.v.t.", "nee"), Answer("measure", "taal en werk", "1.1a; 1.1b"),
                 Answer("measure", "alles", "geen"))  # fmt: skip
    assert told.code("region", cell("FRYSLÂN ")) == "NL12"
    assert told.truth(cell("N.v.t.")) is False
    assert told.measures(cell("Taal en werk"), 2025) == ("1.1a", "1.1b")
    assert told.measures(cell("alles"), 2025) == ()


@pytest.mark.parametrize(("written", "found"), [
    ("1.1a", ("1.1a",)), ("1.1A", ("1.1a",)), ("1.1a; 1.1b", ("1.1a", "1.1b")), ("1.1b,1.1a", ("1.1a", "1.1b")), ("1.1a en 1.1b", ("1.1a", "1.1b")),
    ("1.1a/1.1b", ("1.1a", "1.1b")), ("1.1a\n1.1b", ("1.1a", "1.1b")), ("1.1a;1.1a", ("1.1a",)), ("-", ()), ("geen", ()),
    ("Taal op het werk", ("1.1a",)), ("Ontmoeten, eten en delen", ("1.1b",)), ("Ontmoeten, eten en delen; 1.1a", ("1.1a", "1.1b")),
    ("1.1a Taal op het werk", ("1.1a",)), ("1.1a: Taal op het werk; 1.10", ("1.10", "1.1a")),
])  # fmt: skip
def test_measures_however_they_are_parted(written: str, found: tuple[str, ...]) -> None:
    assert words().measures(cell(written), 2025) == found


def test_a_measure_that_a_spreadsheet_made_a_number_of_may_be_two() -> None:
    with pytest.raises(DoesNotFit) as refused:
        words().measures(cell("1.1", number=True), 2025)
    assert refused.value.what.shown("nl") == "een getal dat 1.1 of 1.10 kan zijn: maak van de kolom tekst"
    assert words().measures(cell("2.1", number=True), 2025) == ("2.1",)


@pytest.mark.parametrize(("written", "year", "told"), [
    ("1.1a", 2030, "maatregel 1.1a bestaat niet in 2030"),
    ("1.1x", 2025, "een thema (1.1x), geen maatregel: noem de maatregelen"),
    ("1.1a; kwaakzwaluw", 2025, "deze maatregel is niet bekend"),
])  # fmt: skip
def test_what_is_no_measure(written: str, year: int, told: str) -> None:
    with pytest.raises(DoesNotFit) as refused:
        words().measures(cell(written), year)
    assert refused.value.what.shown("nl") == told


def test_the_label_of_a_code_is_found_again() -> None:
    for each in (REGIONS, MEASURES, *codes_of(a_source()).values()):
        assert all(each.find(each.label(code)) == (code,) for code in each.known)


# --- answers ----------------------------------------------------------------------------------------------------------


def test_answers_are_added_a_line_each_and_the_rest_stays() -> None:
    text = '# mijn eigen opmerking\nregion:\n  "Fryslân": NL12 # zo heet het\n'
    added = with_answers(
        text,
        [Answer("region", "fryslân", "NL33"), Answer("region", 'Nij: "#', "NL33"), Answer("kind", "1", "stichting")],
    )
    assert added.startswith("# mijn eigen opmerking\nregion:\n")
    assert '  "Fryslân": NL12 # zo heet het\n' in added
    found = Answers(read_answers(added))
    assert (found.find("region", "FRYSLÂN"), found.find("region", 'Nij: "#'), found.find("kind", "1")) == (
        "NL12",
        "NL33",
        "stichting",
    )
    assert with_answers(added, []) == added


# --- headings ---------------------------------------------------------------------------------------------------------


def a_sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("Blad", tuple(
        Row(at, {column: Cell(at, column, text) for column, text in enumerate(row, 1) if text}) for at, row in enumerate(rows, 1) if any(row)
    ))  # fmt: skip


@pytest.mark.parametrize(("heading", "key"), [
    ("Maatregelen 2027", "collaborations.2027"), ("Maatregelen (2027)", "collaborations.2027"), ("maatregel 2027", "collaborations.2027"),
    ("2027", "collaborations.2027"), ("Maatregelen in 2027", "collaborations.2027"), ("2027 - maatregelen", "collaborations.2027"),
    ("KvK nr.", "registration"), ("KVK-NUMMER", "registration"), ("Provincie", "region"), ("Soort  organisatie", "kind"), ("Gewijzigd per", "since"),
])  # fmt: skip
def test_what_a_heading_means(heading: str, key: str) -> None:
    columns = find_columns(a_sheet(("Naam", heading)), {})
    assert columns is not None
    assert columns.keys == {1: "name", 2: key}


@pytest.mark.parametrize(("heading", "key"), [
    ("Gesproken met", "partners"), ("Gesprekspartner(s)", "partners"), ("Deelnemende organisaties", "partners"),
    ("Datum van het gesprek", "date"), ("Gespreksvorm", "form"), ("Soort gesprek", "form"), ("In het kader van", "context"),
])  # fmt: skip
def test_what_a_heading_of_conversations_means(heading: str, key: str) -> None:
    around = {"date": "Datum", "partners": "Organisaties"}
    others = [text for name, text in around.items() if name != key]
    columns = find_columns(a_sheet((heading, *others, "Onderwerp")), {})
    assert columns is not None
    assert (columns.kind, columns.keys[1]) == ("conversations", key)


def test_headings_below_a_title_and_a_note() -> None:
    columns = find_columns(
        a_sheet(("Overzicht van partners",), ("",), ("organisatie: zie hieronder",), ("Naam", "Soort"), ("Soort", "x")),
        {},
    )
    assert columns is not None
    assert columns.row == 4


@pytest.mark.parametrize(("rows", "kind"), [
    ((("Datum", "Organisaties", "Vorm"),), "conversations"), ((("Organisatie", "Datum onderschrijving"),), "partners"),
    ((("Kleur", "Maat"),), None), ((("Datum", "Vorm"),), None),
])  # fmt: skip
def test_what_a_sheet_is_about(
    rows: tuple[tuple[str, ...], ...], kind: Literal["partners", "conversations"] | None
) -> None:
    columns = find_columns(a_sheet(*rows), {})
    assert (columns.kind if columns else None) == kind


def test_a_heading_that_was_answered_and_one_that_is_there_twice() -> None:
    columns = find_columns(a_sheet(("Naam", "Sector", "Soort", "Kleur")), {"sector": "soort"})
    assert columns is not None
    assert (columns.keys, columns.again, columns.unread) == ({1: "name", 2: "kind", 3: "kind"}, {3: 2}, (4,))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Maatregeln 2027", "Maatregelen 2027"), ("Koeple", "Koepel"), ("Telefoon", ""), ("E-mail", "")],
)
def test_the_heading_that_was_probably_meant(typed: str, meant: str) -> None:
    assert nearest_heading(typed, "partners") == meant
