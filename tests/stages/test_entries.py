"""`new` adds what is right in form and empty where a person must write; `check` tells exactly that, and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import build
from tests.contributing import GOLDEN
from tweeluik.problems import Problem, SourceHasProblems, WrongUsage
from tweeluik.source.entries import edition, latest_edition
from tweeluik.source.load import read_source

pytestmark = pytest.mark.usefixtures("parsed_once")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(GOLDEN, tmp_path / "content")


def new(content: Path, *arguments: str) -> int:
    return build.main(["new", *arguments, "--content", str(content)])


def problems(content: Path) -> tuple[Problem, ...]:
    try:
        read_source(content)
    except SourceHasProblems as found:
        return found.problems
    return ()


EMPTY = {"has no value", "an empty list"}


@pytest.mark.parametrize(
    ("arguments", "file", "asked"),
    [
        (["partner", "--kind", "taalorganisatie"], "partners/taalorganisatie.yaml", {"name", "region", "endorsed", "measures"}),
        (["partner"], "partners/nieuw.yaml", {"name", "kind", "region", "endorsed", "measures"}),
        (["conversation", "--day", "2026-04-01"], "conversations/2026.yaml", {"partners", "form", "measures"}),
        (["conversation"], "conversations/2026.yaml", {"date", "partners", "form", "measures"}),
    ],
)  # fmt: skip
def test_what_is_empty_is_all_that_check_asks_for(
    content: Path, arguments: list[str], file: str, asked: set[str]
) -> None:
    if "--kind" in arguments:
        arguments = ["partner", "--kind", read_source(content).vocabulary.kinds[0].code]
        file = f"partners/{arguments[-1]}.yaml"
    assert new(content, *arguments) == 0
    left = problems(content)
    assert {each.what for each in left} == EMPTY
    assert {each.place.file for each in left} == {file}
    assert {each.path.rpartition(".")[2] for each in left} == asked


def test_what_was_there_stays_as_it_was(content: Path) -> None:
    before = {each: each.read_bytes() for each in content.rglob("*.*") if each.is_file()}
    new(content, "conversation", "--day", "2026-04-01")
    after = {each: each.read_bytes() for each in content.rglob("*.*") if each.is_file()}
    grown = content / "conversations" / "2026.yaml"
    assert after[grown].startswith(before[grown].rstrip())
    assert {each: data for each, data in after.items() if each != grown} == {each: data for each, data in before.items() if each != grown}  # fmt: skip


def test_ids_are_fresh_and_without_meaning(content: Path) -> None:
    for _ in range(3):
        new(content, "partner")
    ids = re.findall(r"^- id: (p-[0-9a-f]{6})$", (content / "partners" / "nieuw.yaml").read_text(), re.MULTILINE)
    assert len(set(ids)) == 3


def test_a_new_edition_is_that_of_the_next_year_and_has_no_problems(content: Path) -> None:
    assert new(content, "edition") == 0
    source = read_source(content)
    made = next(each for each in source.editions if each.id == "2027")
    like = next(each for each in source.editions if each.id == "2026")
    assert (made.title, made.status, made.sent, made.corrections) == ("Partneroverzicht 2027", "concept", None, ())
    assert (made.period.start.year, made.period.until.year) == (2027, 2027)
    assert made.as_of == made.period.start
    assert [each.id for each in made.tables] == [each.id for each in like.tables]


@pytest.mark.parametrize(
    ("days", "reach"),
    [([], "2026-01-01"), (["2025-12-31", "2027-01-01"], "2026-01-01"), (["2026-03-02", "2026-02-03"], "2026-03-02")],
)
@pytest.mark.parametrize(
    "period", ["{from: 2025-01-01, until: 2025-12-31}", "\n  from: 2025-01-01\n  until: 2025-12-31"]
)
def test_its_data_reach_the_last_conversation_that_there_is(days: list[str], reach: str, period: str) -> None:
    former = f"title: T 2025\nperiod: {period}\nstatus: final\nsent: 2026-02-01\ndue: 2026-01-31\n"
    texts = {"editions/2025.yaml": former, "conversations/a.yaml": "".join(f"- {{date: {day}}}\n" for day in days)}
    made = edition(texts, like="2025").text
    assert f"status: concept\nas_of: {reach}\n" in made
    assert "sent:" not in made
    assert "due: 2027-01-31" in made


@pytest.mark.parametrize(
    ("days", "year", "reached"), [([], 2025, "01-01"), (["2025-11-02", "2026-03-14"], 2026, "03-14")]
)
def test_the_first_edition_of_a_source_is_of_its_latest_year_and_has_no_problems(
    tmp_path: Path, days: list[str], year: int, reached: str
) -> None:
    content = tmp_path / "bron"
    assert build.main(["init", str(content)]) == 0
    spoken = "".join(f"- {{date: {day}, context: society, partners: [], form: gesprek}}\n" for day in days)
    if days:
        (content / "conversations").mkdir()
        (content / "conversations" / "toen.yaml").write_text(spoken)
    assert new(content, "edition") == 0
    assert "status: concept\nas_of: " + f"{year}-{reached}" in (content / "editions" / f"{year}.yaml").read_text(
        "utf-8"
    )
    assert [each for each in problems(content) if each.place.file.startswith("editions/")] == []
    assert new(content, "edition", "--like", "1999") == 2


def test_a_source_without_editions_says_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["init", str(tmp_path / "bron")]) == 0
    assert new(tmp_path / "bron", "edition", "--like", "2025", "--lang", "nl") == 2
    assert "de bron heeft er nog geen: maak er een met `new edition`" in capsys.readouterr().err


def test_an_edition_that_is_there_is_not_made_again(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (content / "editions" / "2026.yaml").read_bytes()
    assert new(content, "edition", "--like", "2025", "--lang", "nl") == 2
    assert "de editie van een jaar later is er al" in capsys.readouterr().err
    assert (content / "editions" / "2026.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["edition", "--like", "1999"], "there is no such edition"),
        (["partner", "--kind", "stichtng"], "unknown kind"),
    ],
)
def test_what_is_not_there_is_told(
    content: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    before = sorted(each.name for each in content.rglob("*"))
    assert new(content, *arguments) == 2
    assert says in capsys.readouterr().err
    assert sorted(each.name for each in content.rglob("*")) == before


@pytest.mark.parametrize(
    ("editions", "latest"),
    [
        (["2025", "2026", "2025-b"], "2026"),
        (["2026", "2026-b"], "2026"),
        (["gesprekspartners-2025-2026", "2026"], "2026"),
        (["oud"], "oud"),
        ([], None),
    ],
)
def test_the_latest_edition_is_that_of_the_latest_year(editions: list[str], latest: str | None) -> None:
    assert latest_edition({"edition": dict.fromkeys(editions, "")}) == latest


@pytest.mark.parametrize(
    "more", [["edition", "2028"], ["partner", "Stichting Voorbeeldbrug"], ["conversation", "2026-04-01"]]
)
def test_a_word_too_many_is_told_with_what_new_takes(
    content: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=str(WrongUsage.exit_code)):
        new(content, *more, "--lang", "en")
    told = capsys.readouterr().err
    assert "build.py new: unrecognized arguments" in told
    assert "an edition gets the year after the one that it is like" in told


@pytest.mark.parametrize("what", ["partner", "conversation", "edition"])
@pytest.mark.parametrize(
    ("option", "of"), [(["--kind", "x"], "partner"), (["--day", "2026-04-01"], "conversation"), (["--like", "2025"], "edition")]
)  # fmt: skip
def test_an_option_of_something_else_is_refused_and_nothing_is_added(
    content: Path, what: str, option: list[str], of: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(content)
    is_refused = f"only with `new {of}`" in told_by(content, [what, *option], capsys)
    assert is_refused == (what != of)
    assert not is_refused or files_of(content) == before


def told_by(content: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    new(content, *arguments, "--lang", "en")
    return capsys.readouterr().err


def files_of(content: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in content.rglob("*") if each.is_file()}
