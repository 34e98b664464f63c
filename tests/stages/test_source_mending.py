"""`check --fix` mends what is mechanical, and nothing else: fewer problems, the same meaning, all files or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import build
from tests.mistakes import BROKEN, CASES, DUTCH, FIXED, TEMPLATES, mended, with_mistake
from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.source import mending
from tweeluik.source.csv_repairs import repair_cell, reshape
from tweeluik.source.load import read_changed
from tweeluik.source.mending import may_mend, mend
from tweeluik.source.recoding import decode_otherwise
from tweeluik.source.repairs import repair
from tweeluik.source.tokens import quoted, token_at

LABEL = "a label where a code is meant"
MENDED = [name for name in CASES if (BROKEN / name / FIXED).exists()]


def problems(content: Path, changes: dict[str, str] | None = None) -> tuple[Problem, ...]:
    try:
        read_changed(content, changes or {})
    except SourceHasProblems as found:
        return found.problems
    return ()


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_mended_as_its_file_says_or_not_at_all(name: str, tmp_path: Path) -> None:
    expected = BROKEN / name / FIXED
    assert mended(with_mistake(name, tmp_path)) == (expected.read_text("utf-8") if expected.exists() else "")


@pytest.mark.parametrize("name", CASES)
def test_whoever_is_told_to_try_mending_finds_something_mended(name: str) -> None:
    says = "`check --fix`" in (BROKEN / name / DUTCH).read_text("utf-8")
    assert says == (BROKEN / name / FIXED).exists()


def test_of_many_that_look_mechanical_a_few_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, tried = with_mistake("a-measure-without-quotes", tmp_path), list[Path]()

    def read(folder: Path, _changed: object, *, unseal: object = None) -> None:
        tried.append(folder)
        raise SourceHasProblems(wrong)

    wrong = tuple(
        Problem(Place("policy.yaml", 1, n), "x", f"expected text, found {n}", "put quotes") for n in range(20)
    )
    monkeypatch.setattr(mending, "read_changed", read)
    assert not may_mend(content, wrong)
    assert len(tried) == 1 + mending.MOST_TRIES


def test_many_are_mended() -> None:
    assert len(MENDED) > 80


@pytest.mark.parametrize("name", MENDED)
def test_what_was_mended_is_no_problem_any_more_and_is_not_mended_again(name: str, tmp_path: Path) -> None:
    content = with_mistake(name, tmp_path)
    before, mending = problems(content), mend(content)
    after = problems(content, dict(mending.texts))
    assert len({each for each in before if each not in after}) > 0
    for file, text in mending.texts.items():
        (content / file).write_text(text, "utf-8")
    assert mend(content).lines == ()


# --- one line ---------------------------------------------------------------------------------------------------------


def mend_line(line: str, what: str, position: int, cure: str = "") -> str | None:
    return repair(line, Problem(Place("a.yaml", 1, position + 1), "", what, cure))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("01-03-2025", "2025-03-01"),
        ("1/3/2025", "2025-03-01"),
        ("01.03.2025", "2025-03-01"),
        ("1 3 2025", "2025-03-01"),
        ("31-12-2025", "2025-12-31"),
        ("2025/3/1", "2025-03-01"),
        ("2025-3-1", "2025-03-01"),
        ("20250301", "2025-03-01"),
        ("2025-31-03", "2025-03-31"),
        ("1 maart 2025", "2025-03-01"),
        ("1 mrt. 2025", "2025-03-01"),
        ("1-mei-2025", "2025-05-01"),
        ("12 oktober 2025", "2025-10-12"),
        ("45717", "2025-03-01"),
        ("01-03-25", None),
        ("2025", None),
        ("2025-03", None),
        ("31-02-2025", None),
        ("1 march 2025", None),
        ("morgen", None),
        ("2025-13-13", None),
    ],
)
def test_a_day_is_mended_where_it_can_mean_one_day_only(written: str, day: str | None) -> None:
    line = f"endorsed: {written}"
    assert mend_line(line, "expected a date, found text", 10) == (None if day is None else f"endorsed: {day}")


@pytest.mark.parametrize(
    ("word", "value"),
    [("ja", "true"), ("Nee", "false"), ("1", "true"), ("0", "false"), ('"true"', "true"), ("misschien", None)],
)
def test_a_truth_value_is_mended_where_the_word_is_one(word: str, value: str | None) -> None:
    mended_line = mend_line(f"herleidbaar: {word}", "expected true or false, found text", 13)
    assert mended_line == (None if value is None else f"herleidbaar: {value}")


@pytest.mark.parametrize(
    ("line", "position", "token"),
    [
        ("a: b", 3, "b"),
        ("a: b c  # d", 3, "b c"),
        ("a: b#c", 3, "b#c"),
        ("- {a: b, c: d}", 6, "b"),
        ("- {a: b c}", 6, "b c"),
        ("a: [b, c]", 7, "c"),
        ('a: "b, c" # d', 3, '"b, c"'),
        ("a: 'b, c", 3, "'b, c"),
        ("a: b, c", 3, "b, c"),
    ],
)
def test_a_value_ends_where_yaml_ends_it(line: str, position: int, token: str) -> None:
    found = token_at(line, position)
    assert found.text == token
    assert f"{found.before}{found.text}{found.behind}" == line


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a", '"a"'),
        ("'t Huis", '"\'t Huis"'),
        ('de "brug"', "'de \"brug\"'"),
        ('\'t "a"', "'''t \"a\"'"),
        ("a\\b", "'a\\b'"),
    ],
)
def test_quotes_are_those_that_the_text_does_not_hold(text: str, written: str) -> None:
    assert quoted(text) == written


@pytest.mark.parametrize(
    ("line", "what", "position", "cure"),
    [
        ("kind: stichtng", "unknown kind", 6, "did you mean 'stichting'?"),
        ("status: conzept", "unknown value", 8, "did you mean 'concept'?"),
        ("nme: A", "unknown key", 0, "did you mean 'name'?"),
        ("aliases: Kunst, Cultuur en Sport", "expected a list, found text", 9, "write it as [one, two]"),
        ("year: twee", "expected a whole number, found text", 6, "from 1900 to 2999"),
        ("name: [a, b]", "expected text, found a list", 6, "write one value, without brackets"),
        ("name: x", "a name that is used already", 6, ""),
        ("p: p-1", "no organisation has this id", 3, "look for a typing error"),
    ],
)
def test_what_a_person_must_look_at_is_left(line: str, what: str, position: int, cure: str) -> None:
    assert mend_line(line, what, position, cure) is None


# --- the command ------------------------------------------------------------------------------------------------------


def fix(content: Path, *options: str) -> int:
    return build.main(["check", "--fix", "--content", str(content), "--templates", str(TEMPLATES), *options])


def test_it_shows_each_line_writes_them_and_goes_on_with_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = with_mistake("a-year-as-text", tmp_path)
    file = content / "partners" / "nieuw.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    others = {each: each.read_bytes() for each in content.rglob("*.*") if each.is_file() and each != file}
    before = file.read_bytes()
    assert fix(content, "--lang", "nl") == 10
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "partners/nieuw.yaml:7:1: verwacht: een heel getal; gevonden: tekst [E220]",
        '  -   - {year: "2025", measures: ["1.1a"]}',
        '  +   - {year: 2025, measures: ["1.1a"]}',
        "1 regel hersteld",
    ]
    assert said.err.splitlines()[0].startswith("vertrouwelijk: ")
    assert said.err.splitlines()[-1] == "1 probleem; verder is er niets veranderd"
    assert file.read_bytes() == before.replace(b'year: "2025"', b"year: 2025")
    assert {each: each.read_bytes() for each in others} == others


def test_programs_get_the_lines_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = with_mistake("a-dutch-key", tmp_path)
    fix(content, "--json")
    (line,) = json.loads(capsys.readouterr().out)["mended"]
    assert line["code"] == "E206"
    assert line["place"] == "partners/nieuw.yaml:2:1"
    assert line["after"].startswith("name: ")


def test_where_nothing_can_be_mended_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = with_mistake("a-key-is-missing", tmp_path)
    before = {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in content.rglob("*.*") if each.is_file()}
    assert fix(content) == 10
    assert capsys.readouterr().out == "nothing could be mended\n"
    assert {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in before} == before


# --- tables -----------------------------------------------------------------------------------------------------------


CELLS = {
    "1-5-2025;a;b": (Problem(Place("", 2, 1), "[0].date", "expected a date, found text"), "2025-05-01;a;b"),
    'a;"1-5-2025";b': (Problem(Place("", 2, 3), "[0].date", "expected a date, found text"), 'a;"2025-05-01";b'),
    'a;"open': (Problem(Place("", 2, 3), "[0].date", "expected a date, found text"), None),
    "a; 45717 ;b": (Problem(Place("", 2, 3), "[0].date", "a date as Excel counts days"), "a; 2025-03-01 ;b"),
    'a;"p-1;Naam"': (Problem(Place("", 2, 3), "[0].measures[1]", LABEL, "write its code, '1.1a'"), 'a;"p-1;1.1a"'),
    'a;"Naam;;Naam"': (Problem(Place("", 2, 3), "[0].measures[1]", LABEL, "write its code, '1.1a'"), 'a;"Naam;;1.1a"'),
    'a;"Naam"': (Problem(Place("", 2, 3), "[0].measures[1]", LABEL, "write its code, '1.1a'"), None),
    "a;Vorm": (Problem(Place("", 2, 3), "[0].form", "unknown form", "did you mean 'vorm'?"), "a;vorm"),
    "a;Vorrm": (Problem(Place("", 2, 3), "[0].form", "unknown form", "did you mean 'vorm'?"), None),
    "Datum;b": (Problem(Place("", 1, 1), "", "unknown column", "write it as 'date'"), "date;b"),
    "datun;b": (Problem(Place("", 1, 1), "", "unknown column", "did you mean 'date'?"), None),
}


@pytest.mark.parametrize("line", CELLS)
def test_a_cell_is_mended_as_a_value_of_yaml_is(line: str) -> None:
    problem, mended_line = CELLS[line]
    assert repair_cell("a;b;c", line, problem) == mended_line


def test_a_cell_with_what_parts_cells_gets_quotes() -> None:
    problem = Problem(Place("a.csv", 2, 1), "[0].form", LABEL, "write its code, 'a,b'")
    assert repair_cell("x,y", "Naam,b", problem) == '"a,b",b'


def test_a_list_in_a_cell_stays_one_cell_where_tabs_become_semicolons() -> None:
    assert reshape("a\tb\n1;2\t3\n") == 'a;b\n"1;2";3\n'
    assert reshape('sep=\t\na\tb\n"x\ty"\t\n') == "a;b\nx\ty;\n"
    assert reshape("a;b\n1;2\n") is None
    assert reshape("a,b\n1\t2\n") is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café één".encode("cp1252"), "Café één"),
        ("‘Hóvestin’ – €5".encode("cp1252"), "‘Hóvestin’ – €5"),
        ("collega’s".encode("cp1252"), "collega’s"),
        ("\ufeffCafé".encode("utf-16-le"), "Café"),
        ("\ufeffCafé".encode("utf-16-be"), "Café"),
        ("\ufeffx".encode("utf-16-le") + b"\0", None),
        ("Café één".encode("cp850"), None),
        ("Café één".encode("mac-roman"), None),
        ("Ukraïne".encode("cp850"), None),
        ("noord–zuid".encode("cp1252"), "noord–zuid"),
        ("part€ners".encode("cp1252"), None),
        (b"\x81\x8d", None),
        (b"PK\x03\x04\0\0\xff", None),
    ],
)
def test_what_was_saved_in_another_way_is_read_where_that_is_sure(data: bytes, text: str | None) -> None:
    assert decode_otherwise(data) == text


def test_a_file_is_written_in_utf_8_and_its_other_lines_stay(tmp_path: Path) -> None:
    content = with_mistake("a-file-is-not-utf-8", tmp_path)
    build.main(["check", "--fix", "--content", str(content), "--templates", str(TEMPLATES)])
    was = (BROKEN / "a-file-is-not-utf-8" / "pages" / "over.md").read_bytes()
    assert (content / "pages" / "over.md").read_text("utf-8") == was.decode("cp1252")


def test_a_dry_run_shows_what_would_be_mended_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = with_mistake("a-csv-with-tabs", tmp_path)
    before = {each: each.read_bytes() for each in content.rglob("*") if each.is_file()}
    where = ["--content", str(content), "--templates", str(TEMPLATES)]
    assert build.main(["check", "--fix", "--dry-run", *where]) == 0
    assert {each: each.read_bytes() for each in content.rglob("*") if each.is_file()} == before
    said = capsys.readouterr().out.splitlines()
    assert said[-2:] == ["2 lines mended", "problems left after that: 0; nothing was written"]
    assert build.main(["check", "--dry-run", *where]) == 2


def test_of_many_lines_that_are_mended_alike_the_first_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = with_mistake("a-csv-with-tabs", tmp_path)
    table = content / "conversations" / "nieuw.csv"
    head, row = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([head, *[row] * 30, ""]), "utf-8")
    where = ["--content", str(content), "--templates", str(TEMPLATES)]
    build.main(["check", "--fix", "--dry-run", *where])
    assert "  and 21 more lines like these; all: --all" in capsys.readouterr().out
    build.main(["check", "--fix", "--dry-run", "--all", *where])
    assert "more lines like these" not in capsys.readouterr().out


@pytest.mark.parametrize(("name", "advised"), [("a-csv-with-tabs", True), ("a-key-is-unknown", False)])
def test_who_may_have_it_mended_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, advised: bool
) -> None:
    content = with_mistake(name, tmp_path)
    assert build.main(["check", "--content", str(content), "--templates", str(TEMPLATES)]) == 10
    assert ("`check --fix` does it" in capsys.readouterr().err) is advised
