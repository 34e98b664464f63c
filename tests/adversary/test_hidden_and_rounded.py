"""An edition by rounding that hides what no rounding keeps beside another: its proof, its pages, and who attacks it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bench import samples
from bench.attacker.attack import Effort, attack
from bench.attacker.history import History
from bench.histories import small_history
from bench.publishing import Step, publish_all
from tests.adversary.a_producer import DAY, Out, publish
from tests.adversary.small_sources import of, overview, rounded, sources
from tests.adversary.test_verifier_alone import HOLDS, UNANSWERED, certificate, verified, written
from tests.outside.sites import ROOT
from tests.stages.test_hearing_controls import as_told, only_asked
from tweeluik.checks.audit.hearing import hear
from tweeluik.checks.audit.outsider import prove
from tweeluik.pipeline.steps import make_site
from tweeluik.protection.beside import Beside
from tweeluik.record.canonical import parse
from tweeluik.record.log import PUBLIC, Log, follow, serialise_public

SOME = of(3), of(7, "k1"), of(9, "k2")
ASKED = overview("2025", "kind"), rounded("2025-en", "kind")
EFFORT = Effort(following=400, by_chance=150, insiders=15, whole_numbers=300, told=5)


def told(files: Mapping[str, bytes], edition: str) -> dict[str, tuple[int | None, str]]:
    (table,) = json.loads(files[f"edities/{edition}/release.json"])["tables"]
    return {each["kind"]: (each["value"], each["status"]) for each in table["cells"]}


@pytest.fixture(scope="module")
def out() -> Out:
    return publish(*sources(SOME, *ASKED))


def test_what_the_other_edition_hides_is_hidden_and_all_else_is_rounded(out: Out) -> None:
    assert not out.said.by_sums | out.said.by_worlds
    found = told(out.files, "2025-en")
    assert found.pop("k0") == (None, "suppressed")
    assert {status for _, status in found.values()} == {"rounded"}


def test_the_verifier_of_one_file_finds_that_it_holds(out: Out, tmp_path: Path) -> None:
    paper, site = certificate(out), written(out, tmp_path)
    assert [verified(each, site) for each in (paper, {**paper, "questions": []})] == [HOLDS, HOLDS]


def test_the_public_certificate_shows_how_small_and_how_large_what_is_hidden_can_be(out: Out) -> None:
    proof = json.loads(prove(out.files)["edities/2025-en/proof.json"])
    place = proof["numbers"].index(["partners", [["kind", "k0"]]])
    low, high, *_ = proof["shown"][place]
    assert proof["tables"][low][place] == 0
    assert proof["tables"][high][place] >= 5


@pytest.mark.parametrize("value", [0, 5])
def test_whichever_way_the_hidden_number_were_rounded_the_audit_notices(out: Out, value: int) -> None:
    values = {code: number for code, (number, _) in told(out.files, "2025-en").items()}
    hidden: dict[str, int | None] = {code: None for code, (n, _) in told(out.files, "2025").items() if n is None}
    with pytest.MonkeyPatch.context() as put:
        put.setattr(
            "tweeluik.protection.one_edition.protect", as_told({"2025": hidden, "2025-en": {**values, "k0": value}})
        )
        put.setattr("tweeluik.protection.editions.is_safe", lambda *_: True)
        put.setattr("tweeluik.protection.beside.make_safe", only_asked)
        put.setattr(Beside, "_told_by_sums", lambda *_: iter(()))
        assert publish(*sources(SOME, *ASKED)).said.by_worlds


# --- rounded first, and hidden then --------------------------------------------------------------------------------


ONE_END = {0: (of(1), of(8, "k1"), of(9, "k2")), 5: SOME}
"""Of kind k0 it is rounded to nothing, so that there are fewer than five; or to five, so that there is one."""


@pytest.fixture(scope="module", params=ONE_END)
def rounded_first(request: pytest.FixtureRequest) -> Out:
    out = publish(*sources(ONE_END[request.param], rounded("2025", "kind"), overview("2025-en", "kind")))
    assert told(out.files, "2025")["k0"] == (request.param, "rounded")
    return out


def test_what_was_rounded_before_may_be_hidden_then(rounded_first: Out) -> None:
    """One end of it is out, and the other edition leaves it at that."""
    assert not rounded_first.said.by_sums | rounded_first.said.by_worlds
    assert told(rounded_first.files, "2025-en")["k0"] == (None, "suppressed")


def in_the_other_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same site with a log in which the edition that hides came first."""
    log: Log = ()
    for each in ("2025-en", "2025"):
        log = follow(log, parse(files[f"edities/{each}/release.json"]), DAY)
    return {**files, PUBLIC: serialise_public(log)}


def test_had_it_been_hidden_first_both_ends_would_be_asked_of_it(rounded_first: Out) -> None:
    handed, files = rounded_first.handed, rounded_first.files
    assert handed is not None
    assert not hear(files, handed).problems
    for others in (in_the_other_order(files), {path: data for path, data in files.items() if path != PUBLIC}):
        assert any("a number of the table" in each.what for each in hear(others, handed).problems)


def test_the_verifier_reads_in_the_log_what_was_out_before(rounded_first: Out, tmp_path: Path) -> None:
    paper = {**certificate(rounded_first), "questions": []}
    assert verified(paper, written(rounded_first, tmp_path / "one")) == HOLDS
    turned = replace(rounded_first, files=in_the_other_order(rounded_first.files))
    assert verified(paper, written(turned, tmp_path / "other")) == UNANSWERED


# --- what is published by the commands, and attacked by a stranger -----------------------------------------------------


def out_of(made: list[Step], content: Path) -> dict[str, dict[str, str]]:
    """Per edition the status of each category of its newest version, where nothing was refused and nothing is told."""
    done = publish_all(made, content)
    assert done.code == 0, done.said
    report = attack(History(done.events), effort=EFFORT)
    assert [str(each) for each in report.findings] == []
    assert not report.counts["open in fractions"]
    found = {}
    for step in made:
        newest = max((content / "published" / step.publish).glob("release-*.json"), key=lambda path: path.name)
        (table,) = json.loads(newest.read_bytes())["tables"]
        (name,) = (side["name"] for side in table["dimensions"])
        found[step.publish] = {each[name]: each["status"] for each in table["cells"]}
    return found


def hidden(statuses: Mapping[str, str]) -> set[str]:
    assert "shown" not in statuses.values()
    return {code for code, status in statuses.items() if status == "suppressed"}


def test_a_number_that_is_turned_there_and_back_is_hidden(tmp_path: Path) -> None:
    """Two halves with the same organisations: a reader who knows that nothing changed."""
    found = out_of(samples.halves_hidden_and_rounded(), tmp_path / "content")
    assert 0 < len(hidden(found["2025-2"])) < len(found["2025-2"])


def test_a_correction_goes_on_hiding_it(tmp_path: Path) -> None:
    content = tmp_path / "content"
    found = out_of(samples.a_rounded_year_that_hides_and_is_corrected(), content)
    assert "k0" in hidden(found["2025-b"])
    first = json.loads((content / "published/2025-b/release-1.json").read_bytes())["tables"][0]["cells"]
    assert {each["kind"] for each in first if each["status"] == "suppressed"} <= hidden(found["2025-b"])


def test_what_no_rounding_keeps_by_itself_is_hidden_and_told_by_nothing_beside_it(tmp_path: Path) -> None:
    """Nearly all conversations of a form are one organisation's: seventy-five, so that it may be eighty-three."""
    found = out_of(samples.one_with_nearly_all_conversations(), tmp_path / "content")
    assert hidden(found["2025"]) == {"gesprek"}


def test_a_year_that_was_rounded_and_is_hidden_then_tells_nothing(tmp_path: Path) -> None:
    found = out_of(samples.one_year_rounded_and_hidden(), tmp_path / "content")
    assert set(found["2025"].values()) == {"rounded"}
    assert found["2025-b"]["k0"] == "suppressed"


@pytest.mark.parametrize("seed", [81, 95, 179, 214])
def test_of_sources_that_take_both_methods_by_turns_nothing_is_told(seed: int, tmp_path: Path) -> None:
    """Refused, as long as both ends were asked of what is hidden; or a rounded edition might not hide more than half of its
    numbers, or more where what was left could not be rounded; or that a kind of which it is shown that nobody is of it was
    not to be known as empty."""
    done = publish_all(small_history(seed), tmp_path / "content")
    assert done.code == 0, done.said
    report = attack(History(done.events), effort=EFFORT)
    assert [str(each) for each in report.findings] == []
    assert not report.counts["open in fractions"]


@pytest.mark.parametrize("seed", [9, 34, 47])
def test_of_sources_made_by_chance_nothing_is_told(seed: int, tmp_path: Path) -> None:
    """Refused, before rounded editions hid anything; several tables, names, conversations, organisations that came and went."""
    done = publish_all(small_history(seed), tmp_path / "content")
    assert done.code == 0, done.said
    report = attack(History(done.events), effort=EFFORT)
    assert [str(each) for each in report.findings] == []
    assert not report.counts["open in fractions"]
    records = [json.loads(path.read_bytes()) for path in (tmp_path / "content/published").rglob("release-*.json")]
    cells = [
        {cell["status"] for table in each["tables"] for cell in table["cells"]}
        for each in records
        if each["protection"] == "rounding"
    ]
    assert {"rounded", "suppressed"} in cells


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The site of a year hidden and rounded: the audit compared every page, drawing and file of it with the record."""
    content = tmp_path_factory.mktemp("hidden and rounded") / "content"
    done = publish_all(samples.one_year_hidden_and_rounded(), content)
    assert done.code == 0, done.said
    return make_site(content, ROOT / "templates").files


def test_pages_explain_both_signs(site: Mapping[str, bytes]) -> None:
    page = site["edities/2025-b/index.html"].decode()
    assert "De getallen zijn afgerond op vijftallen." in page
    assert "Soms staat er ‘niet getoond’ in plaats van een getal." in page
    assert "Alle getallen" not in page
    assert "getallen afgerond op vijftallen, sommige niet getoond" in page
    method = site["methode/index.html"].decode()
    assert "Daarom staat er ook in een afgeronde editie soms <em>niet getoond</em>." in method


def test_files_hold_both(site: Mapping[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(site["edities/2025-b/t0.csv"].decode(), newline="")))
    (gone,) = (row for row in rows if row["status"] == "suppressed")
    assert (gone["kind"], gone["value"]) == ("k0", "")
    assert {row["status"] for row in rows if row is not gone} == {"rounded"}


def test_the_page_of_what_anybody_can_know_has_both(site: Mapping[str, bytes]) -> None:
    page = site["wat-kan-iemand-weten/index.html"].decode()
    assert "niet getoond" in page
    assert "ongeveer" in page


def test_where_all_is_rounded_no_page_says_that_something_is_hidden() -> None:
    method = make_site(ROOT / "content", ROOT / "templates").files["methode/index.html"].decode()
    assert "afgeronde editie soms" not in method
