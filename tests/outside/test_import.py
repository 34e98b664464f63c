"""`import` and `export` from outside: what they say and write, and that nothing changes when anything is wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import build
from tests.mistakes import MARKER
from tests.stages.a_sheet import a_book, a_content
from tweeluik.sheets.files.reading import read_book
from tweeluik.source.load import read_source

TEMPLATES = Path(__file__).parents[2] / "templates"
HEADER = ("Naam", "Soort", "Regio", "Herleidbaar", "Maatregelen 2026")
NEW = ("Goede Buur", "stichting", "NL", "nee", "1.1a")
BRIDGE = ("Stichting Voorbeeldbrug", None, None, None, "2.1a")
ODD = (f"{MARKER.capitalize()}huis", MARKER, "NL", "nee", None)


class Desk:
    def __init__(self, root: Path) -> None:
        self.root, self.content = root, a_content(root)

    def run(self, *arguments: str) -> int:
        folders = ["--content", str(self.content), "--templates", str(TEMPLATES), "--site", str(self.root / "site")]
        return build.main(["--lang", "nl", *arguments, *folders])

    def files(self) -> dict[str, bytes]:
        return {
            each.relative_to(self.root).as_posix(): each.read_bytes() for each in self.root.rglob("*") if each.is_file()
        }

    def book(self, *rows: tuple[str | None, ...]) -> str:
        return str(a_book(self.root, HEADER, *rows))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_what_is_new_what_changed_and_what_comes_back(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    file, before = desk.book(NEW, BRIDGE, ODD), desk.files()
    assert desk.run("import", file) == 0
    assert changed(before, desk.files()) == {
        "content/partners/import.yaml",
        "content/partners/een.yaml",
        "lijst-terug.xlsx",
    }
    said = capsys.readouterr()
    assert "3 rijen: 1 nieuw, 1 gewijzigd, 0 stonden er al zo, 1 terug" in said.out
    assert "Blad, rij 3: Stichting Voorbeeldbrug: Maatregelen 2026: (leeg) → 2.1a" in said.out
    assert "vertrouwelijk" in said.err
    assert (desk.root / "lijst-terug.xlsx").stat().st_mode & 0o777 == 0o600
    assert [cell.text for cell in read_book(desk.root / "lijst-terug.xlsx").sheets[0].rows[1].cells.values()][2] == ODD[
        0
    ]
    assert desk.run("import", file) == 0
    assert "0 nieuw, 0 gewijzigd, 2 stonden er al zo, 1 terug" in capsys.readouterr().out
    assert "lijst-terug-2.xlsx" in desk.files()


def test_a_dry_run_writes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    file, before = desk.book(NEW, BRIDGE, ODD), desk.files()
    assert desk.run("import", file, "--dry-run") == 0
    assert desk.files() == before
    assert "er is niets geschreven" in capsys.readouterr().out


def test_the_same_in_english(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """What is given back is in Dutch all the same, as its headings are."""
    assert desk.run("import", desk.book(NEW, BRIDGE, ODD), "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "  sheet ‘Blad’: organisations, 3 rows below the headings in row 1" in said
    assert "  Blad, row 3: Stichting Voorbeeldbrug: Maatregelen 2026: (empty) → 2.1a" in said
    assert "  1 row: Soort: this word is not known (row 4)" in said
    assert "3 rows: 1 new, 1 changed, 0 were there like this, 1 given back" in said
    back = read_book(desk.root / "lijst-terug.xlsx").sheets[0].rows[1].cells
    assert back[1].text == "Soort (B4): dit woord is niet bekend"
    assert back[3].text == "Blad, rij 4"


def test_a_name_that_looks_like_a_sentence_stays_a_name(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    odd = ("unknown key or nothing", *NEW[1:])
    assert desk.run("import", desk.book(odd), "--dry-run") == 0
    assert "  Blad, rij 2: unknown key or nothing, nieuw" in capsys.readouterr().out


def test_for_programs(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("import", desk.book(NEW, ODD), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "exit": 0, "problems": [], "warnings": [], "rows": 2, "new": 1, "changed": 0, "known": 0, "returned": 1,
        "reasons": [{"what": "Soort: dit woord is niet bekend", "rows": ["Blad, rij 3"]}],
        "questions": [{"about": "kind", "written": MARKER, "rows": 1}],
        "written": ["partners/import.yaml"], "returned_in": str(desk.root / "lijst-terug.xlsx"),
    }  # fmt: skip


def test_when_no_row_fits_the_exit_code_says_so_and_the_source_is_what_it_was(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    file, before = desk.book(ODD), desk.files()
    assert desk.run("import", file) == 10
    assert changed(before, desk.files()) == {"lijst-terug.xlsx"}
    assert "geen van de 1 rijen past" in capsys.readouterr().err


def test_nothing_is_given_back_into_the_site(desk: Desk) -> None:
    (desk.root / "site").mkdir()
    file = desk.root / "site" / "lijst.xlsx"
    file.write_bytes(Path(desk.book(NEW, ODD)).read_bytes())
    before = desk.files()
    assert desk.run("import", str(file)) == 2
    assert desk.files() == before


def test_a_person_at_the_terminal_sees_it_first_and_may_stop(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = desk.book(NEW), desk.files()
    monkeypatch.setattr("tweeluik.cli.console.Console.is_attended", lambda _self: True)
    monkeypatch.setattr("sys.stdin.readline", lambda: "\n", raising=False)
    assert desk.run("import", file) == 0
    assert desk.files() == before
    assert "Goede Buur, nieuw" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.readline", lambda: "j\n", raising=False)
    assert desk.run("import", file) == 0
    assert changed(before, desk.files()) == {"content/partners/import.yaml"}


def test_a_person_at_the_terminal_is_asked_what_words_mean(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"Vraagrij {word}", "stichtng", "Fryslân", "nvt", None) for word in ("appel", "banaan")]
    answers = iter(["1\n", "landelijk\n", "\n", "j\n"])  # the first that was offered, typed, not now; and go on
    monkeypatch.setattr("tweeluik.cli.console.Console.is_attended", lambda _self: True)
    monkeypatch.setattr("sys.stdin.readline", lambda: next(answers), raising=False)
    assert desk.run("import", desk.book(*rows, NEW)) == 0
    assert (desk.content / "import.map.yaml").read_text("utf-8").splitlines()[1:] == [
        "kind:", '  "stichtng": "Stichting"', "region:", '  "Fryslân": "landelijk"',
    ]  # fmt: skip
    back = read_book(desk.root / "lijst-terug.xlsx")
    assert len(back.sheets[0].rows) == 3
    assert [row.cells[2].text for row in back.sheets[1].rows] == ["Wat er staat", "nvt"]


def test_a_full_disk_leaves_everything_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file, before = desk.book(NEW, BRIDGE, ODD), desk.files()
    for fails in range(3):
        left = iter([True] * fails + [False] * 9)

        def write(handle: int, data: object, *, left: object = left, real: object = os.write) -> int:
            if not next(left):  # type: ignore[call-overload]
                raise OSError(28, "No space left on device")
            return real(handle, data)  # type: ignore[operator,no-any-return]

        with monkeypatch.context() as patched:
            patched.setattr(os, "write", write)
            assert desk.run("import", file) == 1
        assert desk.files() == before
    assert desk.run("import", file) == 0


def test_a_file_in_the_way_half_way_is_taken_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file, before = desk.book(NEW, BRIDGE), desk.files()
    real, calls = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")
        return real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        assert desk.run("import", file) == 1
    assert len(calls) >= 2
    assert desk.files() == before


def test_what_another_wrote_meanwhile_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, target = desk.book(BRIDGE), desk.content / "partners" / "een.yaml"
    text = target.read_text()
    monkeypatch.setattr(
        "tweeluik.sheets.profile.tell_plan", lambda *_args, **_more: [str(target.write_text(text + "# net\n"))]
    )
    assert desk.run("import", file) == 2
    assert target.read_text() == text + "# net\n"
    assert "iemand anders heeft dit bestand intussen veranderd" in capsys.readouterr().err


def test_line_ends_and_marks_of_a_file_stay(desk: Desk) -> None:
    target = desk.content / "partners" / "een.yaml"
    target.write_bytes(b"\xef\xbb\xbf" + target.read_bytes().replace(b"\n", b"\r\n"))
    before = target.read_bytes()
    assert desk.run("import", desk.book(BRIDGE)) == 0
    after = target.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert set(before.split(b"\r\n")) <= set(after.split(b"\r\n"))


def test_messages_of_a_failure_hold_nothing_of_the_sheet(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("import", desk.book(ODD)) == 10
    assert MARKER not in "".join(capsys.readouterr()).casefold()


# --- export -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["partners", "conversations"])
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_an_export_is_private_the_same_twice_and_goes_round(
    desk: Desk, capsys: pytest.CaptureFixture[str], what: str, suffix: str
) -> None:
    for name in ("een", "twee"):
        assert desk.run("export", what, f"{name}.{suffix}") == 0
    one, two = (desk.root / f"{name}.{suffix}" for name in ("een", "twee"))
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    before = desk.files()
    assert desk.run("import", str(one)) == 0
    assert desk.files() == before
    assert "0 nieuw, 0 gewijzigd" in capsys.readouterr().out


def test_an_export_takes_nobodys_place(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("export", "partners") == 0
    before = desk.files()
    assert desk.run("export", "partners") == 2
    assert desk.run("export", "partners", "partners.csv") == 2
    assert desk.run("export", "partners", str(desk.content / "partners.xlsx")) == 2
    assert desk.run("export", "partners", "ander.xlsx", "--year", "2035") == 2
    assert desk.files() == before
    assert "de Actieagenda heeft geen maatregelen in 2035" in capsys.readouterr().err


def test_the_year_of_an_editor(desk: Desk) -> None:
    """Export, fill in next year, import: every organisation has its measures, and nothing else changed."""
    assert desk.run("export", "partners", "jaar.ods", "--year", "2026") == 0
    before = {each.id: each for each in read_source(desk.content).partners}
    rows = read_book(desk.root / "jaar.ods").sheets[0].rows
    headings = {cell.text: at for at, cell in rows[0].cells.items()}
    filled = [tuple(row.cells[at].text if at in row.cells else None for at in headings.values()) for row in rows]
    at = list(headings).index("Maatregelen 2026")
    book = a_book(desk.root, filled[0], *((*row[:at], "1.1a; 2.1a", *row[at + 1 :]) for row in filled[1:]))
    assert desk.run("import", str(book)) == 0
    for partner in read_source(desk.content).partners:
        assert partner.collaborations[-1].measures == ("1.1a", "2.1a")
        assert partner.collaborations[:-1] == before[partner.id].collaborations
