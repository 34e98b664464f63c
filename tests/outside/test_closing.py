"""The form to close an inspection with fills itself from the register that a clerk kept; no name of a reader is in it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

import build
from tests.conftest import need_program
from tests.golden.refresh import CONTENT
from tests.stages.a_bundle import DAY, TEMPLATES, Desk, a_desk
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.bundle.closing import OUT, Closing, close, find_latest, render_closing, write_closing
from tweeluik.confidential.bundle.dossier import Dossier, compose_dossier
from tweeluik.confidential.bundle.receipt import Receipt
from tweeluik.confidential.bundle.register import Event, blank, read_registers
from tweeluik.problems import SourceHasProblems, WrongUsage
from tweeluik.sheets.files.to_ods import render_ods
from tweeluik.sheets.files.to_xlsx import render_xlsx
from tweeluik.sheets.files.written import Column, WrittenBook, WrittenSheet
from tweeluik.words.messages import translate

TODAY = date(2025, 3, 1)
HEAD = "datum;exemplaar;gebeurtenis;lezers"
WHOLE = """\
19-12-2024;archief;naar het archief;
19-12-2024;1;ontvangen;
19-12-2024;2;ontvangen;
20-12-2024;1;inzage;2
14-1-2025;1;inzage;
15-1-2025;2;inzage;3
14-2-2025;1;terug;
17-2-2025;1;vernietigd;
14-2-2025;2;naar het archief;
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("desk"), "archief", "cip")
    desk.seal(copies=2)
    return desk


@pytest.fixture(scope="module")
def dossier(desk: Desk) -> Dossier:
    return compose_dossier(desk.source, desk.selection, ())


@pytest.fixture(scope="module")
def receipt(desk: Desk) -> Receipt:
    return find_latest(desk.root / "bundel", "2025")


def a_register(folder: Path, *lines: str, head: str = HEAD, name: str = "register.csv") -> Path:
    file = folder / name
    file.write_text("\n".join((head, *lines)) + "\n")
    return file


def closed(file: Path, receipt: Receipt, dossier: Dossier) -> Closing:
    return close(read_registers([file]), receipt, dossier, today=TODAY)


# --- as it was meant --------------------------------------------------------------------------------------------------


def test_every_copy_is_followed_from_its_first_day_to_its_last(
    tmp_path: Path, receipt: Receipt, dossier: Dossier
) -> None:
    closing = closed(a_register(tmp_path, WHOLE), receipt, dossier)
    first, second, archive = closing.courses
    assert (first.mark, second.mark, archive.mark) == ("Exemplaar 1 van 2", "Exemplaar 2 van 2", "Archiefexemplaar")
    assert (first.roles, archive.roles) == ("cip, archief", "archief")
    assert (first.readings, first.readers, second.readers) == (2, 3, 3)
    assert (closing.readings, closing.readers) == (3, 6)
    assert first.days[Event.RETURNED] == date(2025, 2, 14)
    assert first.days[Event.DESTROYED] == date(2025, 2, 17)
    assert second.days[Event.ARCHIVED] == date(2025, 2, 14)
    assert closing.remarks == ()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_register_may_be_kept_in_any_spreadsheet(
    tmp_path: Path, receipt: Receipt, dossier: Dossier, kind: str
) -> None:
    rows = tuple(tuple(line.split(";")) for line in WHOLE.splitlines())
    sheet = WrittenSheet("Register", tuple(Column(each) for each in HEAD.split(";")), rows)
    file = tmp_path / f"register.{kind}"
    book = WrittenBook((sheet,))
    data = {"xlsx": render_xlsx, "ods": render_ods}.get(kind, lambda _: f"{HEAD}\n{WHOLE}".encode("utf-8-sig"))(book)
    file.write_bytes(data)
    assert closed(file, receipt, dossier).readers == 6


def test_the_registers_of_several_clerks_make_one_form(tmp_path: Path, receipt: Receipt, dossier: Dossier) -> None:
    lines = WHOLE.splitlines()
    files = [a_register(tmp_path, *lines[at::2], name=f"{at}.csv") for at in (0, 1)]
    assert close(read_registers(files), receipt, dossier, today=TODAY) == closed(
        a_register(tmp_path, WHOLE), receipt, dossier
    )


def test_the_blank_register_lies_in_every_copy_and_is_read_once_its_day_is_filled_in(
    tmp_path: Path, receipt: Receipt, dossier: Dossier
) -> None:
    for copy, event in ((1, Event.RECEIVED), (0, Event.ARCHIVED)):
        file = tmp_path / f"{copy}.csv"
        file.write_bytes(blank(copy))
        with pytest.raises(SourceHasProblems) as caught:
            read_registers([file])
        assert [each.what for each in caught.value.problems] == ["no date that can be read"]
        file.write_bytes(blank(copy).replace(b"\n;", b"\n19-12-2024;"))
        (entry,) = read_registers([file])
        assert (entry.day, entry.copy, entry.event) == (DAY, copy, event)


def test_the_form_has_the_days_and_no_longer_asks_for_them(tmp_path: Path, receipt: Receipt, dossier: Dossier) -> None:
    closing = closed(a_register(tmp_path, WHOLE), receipt, dossier)
    text = text_of(render_closing(closing, receipt, dossier, TEMPLATES))
    for words in (
        "Alle exemplaren", "19-12-2024", "14-2-2025", "17-2-2025", "2 (3)", "1 (3)", "3 keer, door 6 lezers samen", "Volgnummer 1, gemaakt op",
        "ingevuld uit het inzageregister",
    ):  # fmt: skip
        assert words in text
    assert "Let op" not in text
    assert not any(each.name in text for each in dossier.organisations)


def text_of(pdf: bytes) -> str:
    program = need_program("pdftotext")
    done = subprocess.run([program, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_the_same_register_makes_the_same_form(tmp_path: Path, receipt: Receipt, dossier: Dossier) -> None:
    closing = closed(a_register(tmp_path, WHOLE), receipt, dossier)
    assert render_closing(closing, receipt, dossier, TEMPLATES) == render_closing(closing, receipt, dossier, TEMPLATES)


# --- what should not have been ----------------------------------------------------------------------------------------


EARLY = "Exemplaar 1 van 2: destroyed before the archive had its copy"


@pytest.mark.parametrize(
    ("lines", "told", "printed"),
    [
        (["18-12-2024;1;inzage;1"], None, ""),
        (["19-12-2024;1;inzage;1"], [], ""),
        (["13-2-2025;1;inzage;1"], [], ""),
        (["14-2-2025;1;inzage;1"], ["Exemplaar 1 van 2: read on 2025-02-14, outside the inspection"], "buiten de periode"),
        (["17-2-2025;1;vernietigd;"], [EARLY], "nog niet had"),
        (["18-2-2025;archief;naar het archief;", "17-2-2025;1;vernietigd;"], [EARLY], "nog niet had"),
        (["17-2-2025;archief;naar het archief;", "17-2-2025;1;vernietigd;"], [], ""),
    ],
)  # fmt: skip
def test_what_should_not_have_been_is_told_and_stands_on_the_form(
    tmp_path: Path, receipt: Receipt, dossier: Dossier, *, lines: list[str], told: list[str] | None, printed: str
) -> None:
    file = a_register(tmp_path, *lines)
    if told is None:  # before the bundle was made
        with pytest.raises(SourceHasProblems):
            closed(file, receipt, dossier)
        return
    closing = closed(file, receipt, dossier)
    found = [each.told for each in closing.remarks if each.kind != OUT]
    assert found == told
    assert printed in text_of(render_closing(closing, receipt, dossier, TEMPLATES))
    assert all(translate(each, "nl") != each for each in found)


def test_a_copy_that_is_nowhere_is_told_and_one_that_went_back_is_not(
    tmp_path: Path, receipt: Receipt, dossier: Dossier
) -> None:
    lines = ("19-12-2024;1;ontvangen;", "19-12-2024;2;ontvangen;", "14-2-2025;2;terug;", "14-2-2025;archief;archief;")
    closing = closed(a_register(tmp_path, *lines), receipt, dossier)
    assert [each.told for each in closing.remarks] == ["Exemplaar 1 van 2: the register does not say where it is now"]
    assert "Exemplaar 1 van 2: in het register staat niet waar het nu is" in text_of(
        render_closing(closing, receipt, dossier, TEMPLATES)
    )


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        (["31-2-2025;1;inzage;1"], 2, "no date that can be read"),
        ([";1;terug;"], 2, "no date that can be read"),
        (["14-1-2025;;inzage;1"], 2, "no copy"),
        (["14-1-2025;drie;inzage;1"], 2, "no copy"),
        (["14-1-2025;3;inzage;1"], 2, "there is no such copy in this bundle"),
        (["14-1-2025;1;gekopieerd;"], 2, "not something that happens to a copy"),
        (["14-1-2025;1;inzage;de heer Verzonnen"], 2, "not a number of readers"),
        (["14-1-2025;1;inzage;0"], 2, "not a number of readers"),
        (["14-1-2025;1;terug;2"], 2, "readers of something that is no reading"),
        (["18-12-2024;1;ontvangen;"], 2, "a day before the bundle was made, or still to come"),
        (["2-3-2025;1;terug;"], 2, "a day before the bundle was made, or still to come"),
        (["14-1-2025;archief;vernietigd;"], 2, "the archive's copy is never destroyed"),
        (["14-1-2025;1;terug;", "15-1-2025;1;terug;"], 3, "this happened to the copy already"),
        (["14-1-2025;1;terug;", "15-1-2025;1;inzage;1"], 3, "this copy had gone back by then"),
        (["15-1-2025;1;inzage;1", "14-1-2025;1;terug;"], 2, "this copy had gone back by then"),
        (["14-1-2025;1;inzage;1", "15-1-2025;1;ontvangen;"], 3, "this copy was read before it was received"),
        (["14-1-2025;1;vernietigd;", "15-1-2025;1;inzage;1"], 3, "this copy was at the archive or destroyed by then"),
        (["14-1-2025;1;naar het archief;", "15-1-2025;1;vernietigd;"], 3, "this copy was at the archive or destroyed by then"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_line(
    tmp_path: Path, receipt: Receipt, dossier: Dossier, *, lines: list[str], line: int, what: str
) -> None:
    with pytest.raises(SourceHasProblems) as caught:
        closed(a_register(tmp_path, *lines), receipt, dossier)
    (problem,) = caught.value.problems
    assert (problem.place.file, problem.place.line, problem.what) == ("register.csv", line, what)
    assert "Verzonnen" not in f"{problem}"
    assert translate(problem.what, "nl") != problem.what
    assert translate(problem.hint, "nl") != problem.hint


@pytest.mark.parametrize(
    "head",
    [
        "datum;exemplaar;gebeurtenis;lezers;naam",
        "datum;exemplaar;gebeurtenis",
        "a;b;c;d",
        "datum;datum;exemplaar;lezers",
    ],
)
def test_a_column_for_names_or_another_head_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(SourceHasProblems) as caught:
        read_registers([a_register(tmp_path, "14-1-2025;1;inzage;1", head=head)])
    assert "not the heads of a register" in caught.value.problems[0].what


def test_something_beside_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceHasProblems) as caught:
        read_registers([a_register(tmp_path, "14-1-2025;1;inzage;1;de heer Verzonnen")])
    assert [each.what for each in caught.value.problems] == ["there is something in a column without a head"]


@pytest.mark.parametrize("unseen", ["row", "column", "struck", "failed"])
def test_what_a_person_does_not_see_counts_for_nothing_and_is_refused(tmp_path: Path, unseen: str) -> None:
    """In a spreadsheet a line may be hidden, struck through, or be made by a formula that failed."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEAD.split(";"), ["14-1-2025", "1", "inzage", "1"], ["15-1-2025", "1", "inzage", "1"]):
        sheet.append(row)
    if unseen == "row":
        sheet.row_dimensions[3].hidden = True
    if unseen == "column":
        sheet.column_dimensions["D"].hidden = True
    if unseen == "struck":
        sheet["C3"].font = Font(strike=True)
    if unseen == "failed":
        sheet["D3"] = "#N/B"
    book.save(tmp_path / "register.xlsx")
    with pytest.raises(SourceHasProblems) as caught:
        read_registers([tmp_path / "register.xlsx"])
    lines = [2, 3] if unseen == "column" else [3]
    assert [(each.place.line, each.what) for each in caught.value.problems] == [
        (line, "a line that is not all seen") for line in lines
    ]


def test_all_lines_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceHasProblems) as caught:
        read_registers([a_register(tmp_path, "x;x;x;x", "14-1-2025;1;inzage;1", "14-1-2025;1;x;")])
    assert [each.place.line for each in caught.value.problems] == [2, 2, 2, 2, 4]


def test_the_command_writes_the_form_of_a_real_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An edition for inspection in a folder of files, with its own bundle."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    edition, bundle = "gesprekspartners", tmp_path / "bundel"
    call = ("--content", str(content), "--lang", "nl")
    (content / "recipients").mkdir()
    for role in ("archief", "cip"):
        key = write_identity(tmp_path / role)
        (content / "recipients" / f"{role}.txt").write_text(f"# holder: {role}\n{key}\n")
    assert build.main(["bundle", edition, "-o", str(bundle), *call]) == 0
    made = find_latest(bundle, edition).created
    file = a_register(tmp_path, f"{made:%d-%m-%Y};archief;naar het archief;")
    target = tmp_path / "afsluiting.pdf"
    assert build.main(["closing", edition, str(file), "--bundle", str(bundle), "-o", str(target), *call]) == 0
    told = capsys.readouterr()
    assert "2 exemplaren, 0 keer ingezien door 0 lezers" in told.out
    assert "Exemplaar 1 van 1: het register zegt niet waar het nu is" in told.err
    assert "Alle exemplaren" in text_of(target.read_bytes())
    assert build.main(["closing", edition, str(file), "--bundle", str(bundle), "-o", str(target), *call]) == 2


def test_without_the_receipt_nobody_knows_how_many_copies_there_are(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        find_latest(tmp_path, "2025")


def test_of_two_bundles_the_latest_counts(desk: Desk, tmp_path: Path) -> None:
    desk.seal(str(tmp_path / "later"), copies=3, supersedes=desk.root / "bundel")
    for folder in (desk.root / "bundel", tmp_path / "later"):
        for file in folder.glob("kwitantie-*.txt"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    found = find_latest(tmp_path, "2025")
    assert (found.sequence, len(found.copies)) == (2, 4)


def test_a_form_is_private_new_and_never_in_the_source(tmp_path: Path) -> None:
    write_closing(b"%PDF", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o600
    for target in (tmp_path / "a.pdf", tmp_path / "bron" / "a.pdf"):
        (tmp_path / "bron").mkdir(exist_ok=True)
        with pytest.raises(WrongUsage):
            write_closing(b"%PDF", target, tmp_path / "bron")
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF"
