"""Export, then import, says the same; and what somebody fills in between is what the source says from then on."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Protocol

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_former, a_partner, an_endorsement
from tests.stages.a_sheet import a_content, carried_out, counts, planned, reasons
from tweeluik.problems import WrongUsage
from tweeluik.sheets.exporting import export_conversations, export_partners
from tweeluik.sheets.files.written import WrittenBook
from tweeluik.sheets.rendering import partner_entries, record_lines, render_conversations, render_partners
from tweeluik.sheets.returned import render
from tweeluik.sheets.sameness import told, told_of
from tweeluik.source.load import read_source
from tweeluik.source.records import Conversation, Endorsement, Naming, Partner, Source

pytestmark = pytest.mark.usefixtures("parsed_once")


class Exporting(Protocol):
    """How a spreadsheet is made of a source."""

    def __call__(self, source: Source, *, year: int | None = None) -> WrittenBook: ...


SEEDS = range(6)
EXPORTS = (export_partners, export_conversations)
WORDS = (
    "appel",
    "banaan",
    "citroen",
    "druif",
    "es",
    "framboos",
    "gember",
    "hazelnoot",
    "iep",
    "jasmijn",
    "kers",
    "linde",
)
ODD = (
    "{}: de {}",
    "{} # {}",
    '\'t {} & "{}"',
    "{}, {}; {}",
    "{} | {}",
    "Größe {}",
    "- {}",
    "{} (NL)",
    "No {}",
    "{} 1.10",
    "[{}]",
    "Дом {}",
)


def some_partners(seed: int) -> tuple[Partner, ...]:
    """Organisations with names that are hard to write, a past, an end, an umbrella."""
    chance = Random(seed)
    found = []
    for n, word in enumerate(WORDS):
        name = ODD[(n + seed) % len(ODD)].format(word.capitalize(), f"{word}aar", f"{word}ling")
        found.append(
            a_partner(
                f"p-{n:02}", name=name, aliases=tuple(f"{word}{end}" for end in chance.sample(("ij", "oo; x", ", y"), chance.randint(0, 2))),
                registration=f"{chance.randint(1, 9)}{n:07}" if chance.random() < 0.5 else None,
                rsin="001112223" if n == 3 else None, kind=chance.choice(("stichting", "gemeente")), region=chance.choice(("NL31", "NL")),
                umbrella="p-00" if n > 8 and chance.random() < 0.5 else None, traceable_to_persons=chance.random() < 0.2,
                endorsed=some_endorsements(chance),
                collaborations=tuple(a_collaboration(year, *chance.sample(("1.1a", "2.1a"), chance.randint(1, 2)))
                                     for year in (2025, 2026) if chance.random() < 0.7),
            )
        )  # fmt: skip
    past = a_former(date(2024, 6, 30), name="Een andere naam", umbrella="none", traceable_to_persons=True)
    found[1] = replace(found[1], before=(past,), umbrella="p-00", traceable_to_persons=False)
    found[2] = replace(found[2], ended=date(2026, 12, 31), successors=("p-03",))
    found[3] = replace(found[3], ended=date(2027, 6, 30), successors=("p-04",))
    naming = Naming("2025", date(2026, 2, 10), date(2026, 5, 1) if seed % 2 else None, HERE)
    found[1] = replace(found[1], named_in=(naming,))
    return tuple(found)


def some_endorsements(chance: Random) -> tuple[Endorsement, ...]:
    return chance.choice((
        (), (an_endorsement(date(2025, 1, 1)),), (an_endorsement(date(2025, 1, 1), date(2025, 6, 30)),),
        (an_endorsement(date(2025, 1, 1), date(2025, 6, 30)), an_endorsement(date(2026, 1, 1))),
    ))  # fmt: skip


def some_conversations(seed: int) -> tuple[Conversation, ...]:
    chance = Random(seed)
    return tuple(
        a_conversation(
            date(2025, chance.randint(1, 12), chance.randint(1, 28)), *sorted(f"p-{n:02}" for n in chance.sample(range(12), chance.randint(1, 3))),
            form=chance.choice(("gesprek", "werkbezoek")), context=(context := chance.choice(("agenda", "society"))),
            subject=chance.choice(("overig", "integratie-en-samenleven")), measures=("1.1a",) if context == "agenda" else (),
        )
        for _ in range(40)
    )  # fmt: skip


def a_source_of(folder: Path, seed: int) -> Path:
    content = a_content(folder)
    for file in (*content.glob("partners/*"), *content.glob("conversations/*")):
        file.unlink()
    talks = some_conversations(seed)
    (content / "partners" / "alle.yaml").write_text(render_partners(some_partners(seed)), "utf-8")
    (content / "conversations" / "alle.yaml").write_text(render_conversations((*talks, talks[0])), "utf-8")
    return content


def as_file(book: WrittenBook, path: Path) -> Path:
    path.write_bytes(render(book, path.suffix))
    return path


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_rendered_is_read_as_what_it_was(tmp_path: Path, seed: int) -> None:
    read = read_source(a_source_of(tmp_path, seed))
    assert [told(each) for each in read.partners] == [told(each) for each in some_partners(seed)]
    talks = some_conversations(seed)
    assert sorted(map(str, map(told_of, read.conversations))) == sorted(map(str, map(told_of, (*talks, talks[0]))))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_an_export_that_nobody_touched_changes_nothing(tmp_path: Path, seed: int, suffix: str) -> None:
    content = a_source_of(tmp_path, seed)
    source = read_source(content)
    for export in EXPORTS:
        book = export(source)
        plan = planned(as_file(book, tmp_path / f"uit{suffix}"), content)
        assert counts(plan) == (0, 0, sum(len(each.rows) for each in book.sheets[:-1]), 0)
        assert plan.files == {}


def test_an_export_explains_its_own_columns_and_codes(tmp_path: Path) -> None:
    source = read_source(a_source_of(tmp_path, 1))
    partners, talks = ([row[0] for row in export(source).sheets[-1].rows] for export in EXPORTS)
    assert {"1.1a", "NL31", "Herleidbaar", "Onderschreven", "Gewijzigd per", "Een nieuwe organisatie"} <= {*partners}
    assert {"1.1a", "Kader", "Onderwerp", "Een nieuw gesprek"} <= {*talks}
    assert not {"Gewijzigd per", "Een nieuwe organisatie"} & {*talks}
    for export in EXPORTS:
        told = {row[2] for row in export(source).sheets[-1].rows if len(row) > 2}
        assert told == {"Maatregelen", "Soort", "Regio", "Vorm"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_an_export_makes_the_same_source_where_there_was_none(tmp_path: Path, seed: int, suffix: str) -> None:
    content = a_source_of(tmp_path, seed)
    source = read_source(content)
    books = [(export, as_file(export(source), tmp_path / f"{export.__name__}{suffix}")) for export in EXPORTS]
    for file in (*content.glob("partners/*"), *content.glob("conversations/*")):
        file.unlink()
    for _, book in books:
        carried_out(planned(book, content), content)
    again = read_source(content)
    assert [told(each) for each in again.partners] == [told(each) for each in source.partners]
    both = ([str(told_of(each)) for each in each_source.conversations] for each_source in (source, again))
    assert sorted(next(both)) == sorted(next(both))


@pytest.mark.parametrize(
    ("heading", "written", "reason"),
    [
        ("Genoemd in", '{edition: "2025", consent: 2026-02-11}', "Genoemd in: verander dit in de bron zelf"),
        ("Eerder", "{until: 2024-06-30, name: Nog een naam}", "Eerder: verander dit in de bron zelf"),
        ("Eerder", "vroeger in Utrecht", "niet zoals een export het schrijft"),
    ],
)
def test_what_an_export_carries_along_is_changed_in_the_source(
    tmp_path: Path, heading: str, written: str, reason: str
) -> None:
    content = a_source_of(tmp_path, 0)
    exported = export_partners(read_source(content))
    sheet = exported.sheets[0]
    at = [column.heading for column in sheet.columns].index(heading)
    (number,) = [row for row in sheet.rows if row[0] == "p-01"]
    changed = tuple(written if column == at else cell for column, cell in enumerate(number))
    book = replace(exported, sheets=(replace(sheet, rows=(changed,)),))
    (told_why,) = reasons(planned(as_file(book, tmp_path / "uit.xlsx"), content)).values()
    assert reason in told_why[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_next_year_filled_in_and_a_move_are_what_the_source_says_and_all_else_stays(tmp_path: Path, seed: int) -> None:
    content = a_source_of(tmp_path, seed)
    before = {each.id: each for each in read_source(content).partners}
    chance = Random(seed)
    exported = export_partners(read_source(content), year=2027)
    sheet = exported.sheets[0]
    at = {column.heading: number for number, column in enumerate(sheet.columns)}
    rows, worked, moved = [], set(), set()
    for row in sheet.rows:
        cells = [*row]
        if chance.random() < 0.6:
            cells[at["Maatregelen 2027"]] = "1.1a"
            worked.add(row[0])
        if chance.random() < 0.3:
            cells[at["Regio"]] = "Landelijk" if cells[at["Regio"]] == "Utrecht" else "Utrecht"
            cells[at["Gewijzigd per"]] = "1-3-2027"
            moved.add(row[0])
        rows.append(tuple(cells))
    filled = replace(exported, sheets=(replace(sheet, rows=tuple(rows)), *exported.sheets[1:]))
    plan = planned(as_file(filled, tmp_path / "ingevuld.ods"), content)
    ended = len(exported.sheets[1].rows)
    assert counts(plan) == (0, len(worked | moved), len(rows) + ended - len(worked | moved), 0)
    carried_out(plan, content)
    after = {each.id: each for each in read_source(content).partners}
    for id_, partner in before.items():
        wanted = partner
        if id_ in worked:
            wanted = replace(wanted, collaborations=(*wanted.collaborations, a_collaboration(2027, "1.1a")))
        if id_ in moved:
            region = "NL" if partner.region == "NL31" else "NL31"
            past = a_former(date(2027, 2, 28), region=partner.region)
            wanted = replace(wanted, region=region, before=(*wanted.before, past))
        assert told(after[id_]) == told(wanted)
    again = export_partners(read_source(content), year=2027).sheets[0]
    told_again = [column.heading for column in again.columns if column.heading not in ("Gewijzigd per", "Eerder")]
    assert [[row[at[heading]] for heading in told_again] for row in again.rows] == [
        [row[at[heading]] for heading in told_again] for row in rows
    ]


def as_csv(conversations: Sequence[Conversation], separator: str) -> str:
    heads = ("date", "partners", "context", "form", "measures", "subject")
    rows = [
        (str(each.date), ";".join(each.partners), each.context, each.form, ";".join(each.measures), each.subject) for each in conversations
    ]  # fmt: skip
    quoted = [['"' + text + '"' if ";" in text else text for text in row] for row in (heads, *rows)]
    return "".join(f"{separator.join(row)}\n" for row in quoted)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["yaml", ",", ";"])
def test_a_conversation_that_is_changed_in_an_export_is_changed_where_it_stands(
    tmp_path: Path, seed: int, form: str
) -> None:
    content = a_source_of(tmp_path, seed)
    file = content / "conversations" / "alle.yaml"
    if form == "yaml":
        file.write_text("# bovenaan\n" + file.read_text().replace("}\n", "}  # zo\n", 3) + "# onderaan\n")
    else:
        file.unlink()
        file = file.with_suffix(".csv")
        file.write_text(as_csv(some_conversations(seed), form))
    before, lines = read_source(content).conversations, file.read_text().splitlines()
    exported = export_conversations(read_source(content))
    sheet, chance = exported.sheets[0], Random(seed)
    rows = [[*row] for row in sheet.rows]
    touched = sorted(chance.sample(range(len(rows)), 7))
    for number in touched:
        rows[number][1] = f"{number % 28 + 1}-11-2025"
        rows[number][4] = "Werkbezoek" if rows[number][4] == "Gesprek" else "Gesprek"
    rows.append(["", "30-11-2025", "p-05", "Samenleving", "Gesprek", "", "Overig"])
    filled = replace(exported, sheets=(replace(sheet, rows=tuple(map(tuple, rows))), *exported.sheets[1:]))
    plan = planned(as_file(filled, tmp_path / "ingevuld.xlsx"), content)
    assert counts(plan) == (1, 7, len(rows) - 8, 0)
    carried_out(plan, content)
    assert len(set(lines) - set(file.read_text().splitlines())) <= 7
    assert len(read_source(content).conversations) == len(before) + 1
    again = export_conversations(read_source(content)).sheets[0].rows
    dated = [
        (f"2025-11-{int(row[1].split('-')[0]):02}" if row[1].endswith("-11-2025") else row[1], *row[2:]) for row in rows
    ]
    assert sorted((row[1], *row[3:]) for row in again) == sorted((row[0], *row[2:]) for row in dated)
    assert counts(planned(as_file(filled, tmp_path / "ingevuld.xlsx"), content)) == (0, 0, len(rows), 0)


def test_a_mark_that_is_nobodys_comes_back(tmp_path: Path) -> None:
    content = a_source_of(tmp_path, 0)
    exported = export_conversations(read_source(content))
    row = ("g-0000000000", "1-11-2025", *exported.sheets[0].rows[0][2:])
    sheet = replace(exported.sheets[0], rows=(row,))
    plan = planned(as_file(replace(exported, sheets=(sheet,)), tmp_path / "ingevuld.xlsx"), content)
    assert [each[0].partition(":")[0] for each in reasons(plan).values()] == [
        "dit kenmerk is van geen gesprek in de bron (meer)"
    ]


def test_the_lists_to_choose_from_are_those_of_the_source(tmp_path: Path) -> None:
    source = read_source(a_content(tmp_path))
    book = export_partners(source)
    assert book.lists == {
        "Soort": ("Gemeente", "Stichting"), "Regio": ("Landelijk", "Utrecht"), "Ja of nee": ("ja", "nee"), "Maatregelen 2026": ("1.1a", "2.1a"),
    }  # fmt: skip
    chosen = {column.heading: column.choices for column in book.sheets[0].columns if column.choices}
    assert chosen == {
        "Soort": "Soort",
        "Regio": "Regio",
        "Herleidbaar": "Ja of nee",
        "Maatregelen 2026": "Maatregelen 2026",
    }
    assert export_partners(source, year=2029).lists["Maatregelen 2029"] == ("1.1a",)
    with pytest.raises(WrongUsage):
        export_partners(source, year=2031)


def a_source_with_ended_codes(folder: Path) -> Path:
    """In 2026 Utrecht has another code, no visits are paid any more, and an organisation ended."""
    content = a_content(folder)
    vocabulary = (content / "vocabulary.yaml").read_text("utf-8")
    vocabulary = vocabulary.replace(
        "{code: NL31, label: Utrecht}",
        "{code: NL31, label: Utrecht, until: 2025}\n  - {code: NL35, label: Utrecht en omgeving, from: 2026, replaces: NL31}",
    ).replace("{code: werkbezoek, label: Werkbezoek}", "{code: werkbezoek, label: Werkbezoek, until: 2025}")
    (content / "vocabulary.yaml").write_text(vocabulary, "utf-8")
    (content / "partners" / "gestopt.yaml").write_text(
        "- {id: p-0c0c0c, name: Buurtkring Elzenhof, kind: stichting, region: NL31, traceable_to_persons: false, ended: 2025-06-30}\n",
        "utf-8",
    )
    return content


@pytest.mark.parametrize(
    ("export", "year", "name", "offered"),
    [
        (export_partners, None, "Regio", ("Landelijk", "Utrecht en omgeving")),
        (export_partners, 2025, "Regio", ("Landelijk", "Utrecht")),
        (export_partners, 2027, "Regio", ("Landelijk", "Utrecht en omgeving")),
        (export_conversations, None, "Vorm", ("Gesprek", "Werkbezoek")),
        (export_conversations, 2025, "Vorm", ("Gesprek", "Werkbezoek")),
        (export_conversations, 2026, "Vorm", ("Gesprek",)),
        (
            export_conversations,
            2025,
            "Organisaties",
            ("Buurtkring Elzenhof", "Koepel van Voorbeelden", "Stichting Voorbeeldbrug", "Vereniging Verzonnen"),
        ),
        (
            export_conversations,
            2026,
            "Organisaties",
            ("Koepel van Voorbeelden", "Stichting Voorbeeldbrug", "Vereniging Verzonnen"),
        ),
    ],
)
def test_a_list_offers_what_there_is_in_the_year_that_is_filled_in(
    tmp_path: Path, export: Exporting, year: int | None, name: str, offered: tuple[str, ...]
) -> None:
    assert export(read_source(a_source_with_ended_codes(tmp_path)), year=year).lists[name] == offered


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_what_a_record_has_already_can_stay_though_its_years_are_over(tmp_path: Path, form: str) -> None:
    content = a_source_with_ended_codes(tmp_path)
    book = export_partners(read_source(content))
    rows, at = book.sheets[0].rows, [each.heading for each in book.sheets[0].columns].index("Regio")
    assert [row[at] for row in rows] == ["Landelijk", "Utrecht", "Utrecht"]
    path = as_file(book, tmp_path / f"lijst.{form}")
    assert counts(planned(path, content)) == (0, 0, 4, 0)
    assert refusing(path) == [True, False, False]


def refusing(path: Path) -> list[bool]:
    """Of the first three rows, whether their region can be nothing but what the list offers."""
    with zipfile.ZipFile(path) as archive:
        if path.suffix == ".xlsx":
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
            kinds = re.findall(r'<dataValidation type="list" ([^>]*)sqref="([^"]*)"', sheet)
            closed = {cell for more, cells in kinds if "showErrorMessage" in more for cell in in_range(cells)}
            return [f"G{row}" in closed for row in (2, 3, 4)]
        rows = re.findall(r"<table:table-row>(.*?)</table:table-row>", archive.read("content.xml").decode(), re.DOTALL)
        cells = [re.findall(r'<table:table-cell[^>]*?(?:validation-name="(\w+)"[^>]*)?/?>', row) for row in rows[1:4]]
        return [row[6].startswith("vast") for row in cells]


def in_range(cells: str) -> Iterator[str]:
    for column, first, last in re.findall(r"([A-Z]+)(\d+):[A-Z]+(\d+)", cells):
        yield from (f"{column}{row}" for row in range(int(first), int(last) + 1))


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("export", EXPORTS)
def test_a_source_without_anything_in_it_can_be_exported(tmp_path: Path, export: Exporting, form: str) -> None:
    content = a_content(tmp_path)
    for folder in ("partners", "conversations"):
        shutil.rmtree(content / folder)
        (content / folder).mkdir()
    book = export(read_source(content))
    assert book.sheets[0].rows == ()
    assert counts(planned(as_file(book, tmp_path / f"leeg.{form}"), content)) == (0, 0, 0, 0)


def test_the_codes_that_are_explained_say_until_when_they_were(tmp_path: Path) -> None:
    source = read_source(a_source_with_ended_codes(tmp_path))
    told = {row[0]: row[1] for row in export_partners(source).sheets[-1].rows}
    assert (told["NL31"], told["NL35"]) == ("Utrecht (tot en met 2025)", "Utrecht en omgeving")
    told = {row[0]: row[1] for row in export_partners(source, year=2025).sheets[-1].rows}
    assert told["NL31"] == "Utrecht"


def test_who_has_ended_is_not_brought_forward(tmp_path: Path) -> None:
    source = read_source(a_source_of(tmp_path, 0))
    assert "p-02" not in {row[0] for row in export_partners(source).sheets[0].rows}


def test_one_record_as_the_manual_writes_it() -> None:
    partner = replace(
        a_partner("p-7f3a9c", name="Stichting Brug", aliases=("SB",), registration="00000001", umbrella="p-19d2e0", endorsed=date(2025, 3, 1)),
        before=(a_former(date(2026, 12, 31), region="NL", umbrella="none"),), ended=date(2029, 6, 30), successors=("p-1",), place=HERE,
    )  # fmt: skip
    assert record_lines(partner) == [
        "- id: p-7f3a9c", "  name: Stichting Brug", "  aliases: [SB]", '  registration: "00000001"', "  kind: stichting", "  region: NL31",
        "  umbrella: p-19d2e0", "  traceable_to_persons: false", "  endorsed: 2025-03-01", "  collaborations:",
        '    - {year: 2025, measures: ["1.1a"]}', "  before:", "    - {until: 2026-12-31, region: NL, umbrella: none}", "  ended: 2029-06-30",
        "  successor: p-1",
    ]  # fmt: skip
    assert list(partner_entries(a_partner())) == [
        "id",
        "name",
        "kind",
        "region",
        "traceable_to_persons",
        "endorsed",
        "collaborations",
    ]
