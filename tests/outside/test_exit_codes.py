"""Every exit code of the contract, from the outside; after every one but 0 nothing has changed on disk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests import desk as desks
from tests.desk import files_of
from tests.stages.some_approvals import a_key
from tweeluik.source.load import read_source
from tweeluik.source.records import Source

ROOT = Path(__file__).parents[2]
EDITION = "2025"


class Desk(desks.SimpleDesk):
    """A desk, and what lies there at a moment."""

    def snapshot(self) -> dict[str, bytes]:
        return files_of(self.root)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def site_of_the_small_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk(tmp_path_factory.mktemp("built"))
    assert desk.run("build") == 0
    return desk.site


@pytest.fixture
def built(desk: Desk, site_of_the_small_content: Path) -> Desk:
    shutil.copytree(site_of_the_small_content, desk.site)
    return desk


def test_0_the_site_is_there(built: Desk) -> None:
    assert (built.site / "index.html").exists()
    assert not (built.site / "edities").exists()
    assert built.run("publish", EDITION) == 0
    assert built.run("build") == 0
    assert (built.site / "edities" / EDITION / "release.json").exists()


def test_0_checking_writes_nothing(desk: Desk) -> None:
    before = desk.snapshot()
    assert desk.run("check") == 0
    assert desk.snapshot() == before


def fails(desk: Desk, code: int, *arguments: str) -> None:
    before = desk.snapshot()
    assert desk.run(*arguments) == code
    assert desk.snapshot() == before


def fails_as_json(desk: Desk, code: int, *arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    fails(desk, code, *arguments, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["exit"] == code
    assert all(problem["file"] and problem["what"] for problem in told["problems"])
    assert told["problems"]


def test_1_a_place_that_the_system_refuses(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (built.root / ".site.new").write_text("in de weg")
    fails(built, 1, "build")
    said = capsys.readouterr().err
    assert "site: cannot be written: file exists" in said
    assert "traceback" not in said
    fails_as_json(built, 1, "build", capsys=capsys)


def test_1_a_bug_is_a_traceback_without_the_values_that_it_happened_with(
    built: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_on_a_name(source: Source, *_: object, **_options: object) -> None:
        raise ValueError(source.partners[0].name)

    monkeypatch.setattr("tweeluik.protection.editions.prove_editions", fails_on_a_name)
    name = read_source(built.content).partners[0].name
    fails(built, 1, "build")
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "tweeluik/pipeline/steps.py" in said
    assert name not in said


def test_2_an_edition_that_does_not_exist(built: Desk) -> None:
    fails(built, 2, "publish", "1999")


def test_2_an_option_that_does_not_exist(built: Desk) -> None:
    with pytest.raises(SystemExit) as stopped:
        built.run("build", "--protect=no")
    assert stopped.value.code == 2


def test_2_a_site_folder_that_is_somebody_elses(built: Desk) -> None:
    shutil.rmtree(built.site)
    built.site.mkdir()
    (built.site / "eigen.txt").write_text("van een ander")
    fails(built, 2, "build")


@pytest.mark.parametrize("command", ["build", "check", "publish", "bundle", "explain"])
def test_10_a_source_with_problems(built: Desk, command: str) -> None:
    built.change(f"editions/{EDITION}.yaml", "status:", "statuz:")
    fails(built, 10, command, *([EDITION] if command in ("publish", "bundle") else []))


def test_11_tables_that_cannot_be_published_safely(
    built: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One organisation has nearly all conversations: no rounded number leaves it 10 % of doubt, and none may be hidden."""

    def hides_nothing(*given: object) -> None:
        raise given[-1]  # type: ignore[misc]

    monkeypatch.setattr("tweeluik.protection.editions._Maker._withholding", hides_nothing)
    partner = next(each for each in read_source(built.content).partners if each.endorsed and each.collaborations)
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 26)]
    measures = partner.collaborations[-1].measures[0]
    lines = [f"{day};{partner.id};agenda;gesprek;{measures};integratie-en-samenleven" for day in days]
    heading = "date;partners;context;form;measures;subject"
    (built.content / "conversations" / "meer.csv").write_text("\n".join([heading, *lines, ""]), "utf-8")
    built.change("editions/2026.yaml", "status: concept\nas_of: 2026-10-31", "status: final")
    capsys.readouterr()
    fails(built, 11, "build")
    said = capsys.readouterr().err
    assert "editions/2026.yaml" in said
    assert partner.id not in said and partner.name not in said  # noqa: PT018 (one law: no value)
    fails_as_json(built, 11, "check", capsys=capsys)


def test_12_a_name_in_the_running_text(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    name = a_name(built)
    page = next((built.content / "pages").glob("*.md"))
    page.write_text(page.read_text("utf-8") + f"\n\nMet dank aan {name}.\n", "utf-8")
    capsys.readouterr()
    fails(built, 12, "build")
    said = capsys.readouterr()
    assert name not in said.out + said.err
    assert "holds the name of a record" in said.err
    fails_as_json(built, 12, "check", capsys=capsys)


def test_13_no_recipients(built: Desk) -> None:
    shutil.rmtree(built.content / "recipients", ignore_errors=True)
    (built.content / "recipients.txt").unlink(missing_ok=True)
    fails(built, 13, "bundle", EDITION, "-o", str(built.root / "bundel"))


def test_14_a_file_that_is_no_bundle(built: Desk) -> None:
    assert built.run("keygen", "-o", str(built.root / "sleutel")) == 0
    (built.root / "geen.age").write_bytes(b"age-encryption.org/v1\nrommel")
    fails(
        built,
        14,
        "open",
        str(built.root / "geen.age"),
        "-i",
        str(built.root / "sleutel"),
        "-o",
        str(built.root / "uit"),
    )


def test_0_a_source_that_says_otherwise_by_now_is_told_and_changes_nothing(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built.run("publish", EDITION) == 0
    assert built.run("build") == 0
    before = built.snapshot()
    built.change(f"editions/{EDITION}.yaml", "title: ", "title: Ander ")
    capsys.readouterr()
    assert built.run("check") == 0
    assert "2025, version 1: the source now differs in the title" in capsys.readouterr().out
    assert built.run("build") == 0
    after = {name: data for name, data in built.snapshot().items() if not name.startswith("content/editions/")}
    assert after == {name: data for name, data in before.items() if not name.startswith("content/editions/")}


def test_15_a_record_that_was_changed(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert built.run("publish", EDITION) == 0
    assert built.run("build") == 0
    built.change(f"published/{EDITION}/release-1.json", '"title": "', '"title": "Ander ')
    for command in ("build", "check", "publish"):
        fails(built, 15, command, *([EDITION] if command == "publish" else []))
    fails_as_json(built, 15, "check", capsys=capsys)


def a_name(desk: Desk) -> str:
    names = [each.name for each in read_source(desk.content).partners if not each.named_in]
    return max(names, key=len)


def test_problems_and_summary_as_json(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    built.change(f"editions/{EDITION}.yaml", "status:", "statuz:")
    capsys.readouterr()
    assert built.run("check", "--json") == 10
    told = json.loads(capsys.readouterr().out)
    assert told["exit"] == 10
    assert all(f"editions/{EDITION}.yaml" in json.dumps(each) for each in told["problems"])


def test_16_an_edition_that_nobody_approved(built: Desk) -> None:
    built.change("policy.yaml", "approvals: {value: 0,", "approvals: {value: 2,")
    fails(built, 16, "publish", EDITION)
    fails(built, 16, "approve", EDITION, "-i", str(a_key("vreemde")))
