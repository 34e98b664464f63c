"""Editions from the outside: what stands on the site, what a preview shows, what stays when all that is confidential goes."""

from __future__ import annotations

import csv
import errno
import io
import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests import desk as desks
from tests.desk import files_of, keep_simple_tables
from tests.everything import publish, unchecked
from tests.golden.refresh import TEMPLATES
from tweeluik.pipeline.content import with_versions
from tweeluik.pipeline.making import Making
from tweeluik.pipeline.steps import make_candidates, make_preview, make_site
from tweeluik.record.cell import Shown, Suppressed
from tweeluik.record.log import PUBLIC, head, parse_public
from tweeluik.record.register import read_published
from tweeluik.selection.hinge import openings_of
from tweeluik.selection.microdata import parse as parse_memory
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.selection.tables import tabulate
from tweeluik.source.load import read_source

CONFIDENTIAL = ("partners", "conversations", "agenda.yaml", "vocabulary.yaml", "protection.key", "policy.yaml")


class Desk(desks.Desk):
    """A desk that corrects editions, and its site in memory."""

    def correct(self, edition: str, version: int, day: str) -> None:
        file = self.content / "editions" / f"{edition}.yaml"
        line = f"  - {{version: {version}, date: {day}, note: Een telling is hersteld.}}\n"
        known = "corrections:\n" in file.read_text("utf-8")
        with file.open("a", encoding="utf-8") as text:
            text.write(line if known else f"corrections:\n{line}")

    @property
    def files(self) -> Mapping[str, bytes]:
        with unchecked():
            return make_site(self.content, TEMPLATES).files


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """With simple tables; `history` and `unfinished` have them all."""
    desk = Desk(tmp_path)
    keep_simple_tables(desk.content)
    return desk


# --- the site holds what was published, and nothing else ----------------------------------------------------------------


def test_before_anything_is_published_the_site_has_no_edition_and_says_what_waits(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.run("build") == 0
    said = capsys.readouterr().out
    assert "2025: final, version 1, not published yet, suppression" in said
    assert "2026: concept, in the preview only" in said
    assert not any(path.startswith("edities/") for path in files_of(desk.site))
    assert b"Er is nog niets gepubliceerd." in files_of(desk.site)["publicaties/index.html"]


def test_the_candidates_are_byte_for_byte_what_publish_puts_out(desk: Desk) -> None:
    assert desk.run("build", "--candidates", "--site", str(desk.root / "proef")) == 0
    for edition in ("gesprekspartners", "2025"):
        assert desk.run("publish", edition) == 0
    assert desk.run("build") == 0
    assert files_of(desk.root / "proef") == files_of(desk.site)


def test_one_candidate_can_be_asked_for_and_its_day_given(desk: Desk) -> None:
    asked = make_candidates(desk.content, TEMPLATES, editions=("2025",), day=date(2026, 8, 1)).files
    publish(desk.content, "2025", date(2026, 8, 1))
    assert desk.files == asked


def test_candidates_never_go_into_the_published_site(desk: Desk) -> None:
    assert desk.run("build") == 0
    before = files_of(desk.site)
    assert desk.run("build", "--candidates") == 2
    assert files_of(desk.site) == before
    assert desk.run("build", "--candidates", "--site", str(desk.root / "proef")) == 0
    assert desk.run("build", "--candidates", "--site", str(desk.root / "proef")) == 0


def test_a_candidate_without_a_day_is_refused_and_a_build_tries_it_all_the_same(desk: Desk) -> None:
    desk.change("editions/2025.yaml", "sent: 2026-07-03\n", "")
    assert desk.run("build", "--candidates", "--site", str(desk.root / "proef")) == 2
    assert desk.run("publish", "2025") == 2
    assert desk.run("build") == 0


def test_a_dry_run_tells_what_would_be_frozen_and_writes_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(desk.root)
    assert desk.run("publish", "2025", "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert files_of(desk.root) == before
    assert desk.run("publish", "2025", "--json") == 0
    frozen = json.loads(capsys.readouterr().out)
    only_now = [each["code"] for each in told["warnings"] if each not in frozen["warnings"]]
    assert set(only_now) == {"W107"}, "what would show more is of use before it is frozen only"
    assert {**told, "warnings": frozen["warnings"]} == frozen


def test_publishing_twice_says_so_and_changes_nothing(desk: Desk) -> None:
    assert desk.run("publish", "2025") == 0
    before = files_of(desk.content)
    assert desk.run("publish", "2025") == 0
    assert files_of(desk.content) == before


def test_a_site_that_knows_more_than_the_log_is_a_witness(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line and its record taken away together leave a log that is whole: only the site and paper know."""
    publish(desk.content, "2025")
    shutil.copytree(desk.content, desk.root / "eerder")
    publish(desk.content, "2026", date(2026, 12, 1), provisional=True)
    assert desk.run("build") == 0
    before = files_of(desk.site)
    shutil.rmtree(desk.content)
    (desk.root / "eerder").rename(desk.content)
    assert desk.run("build") == 15
    assert "published/log.jsonl:2:1: the site in" in capsys.readouterr().err
    assert files_of(desk.site) == before


# --- records alone ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """All editions published: 2025 with a correction, 2026 first provisional and then final."""
    desk = Desk(tmp_path_factory.mktemp("history"))
    publish(desk.content, "gesprekspartners")
    publish(desk.content, "2025")
    publish(desk.content, "2026", date(2026, 11, 15), provisional=True)
    desk.correct("2025", 2, "2026-12-01")
    publish(desk.content, "2025")
    desk.change("editions/2026.yaml", "status: concept\nas_of: 2026-10-31", "status: final\nsent: 2027-06-30")
    publish(desk.content, "2026")
    return desk


@pytest.fixture(scope="module")
def site(history: Desk) -> Mapping[str, bytes]:
    return history.files


def test_with_everything_confidential_gone_the_site_is_the_same_to_the_byte(
    history: Desk, site: Mapping[str, bytes], tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(history.content, content)
    for name in CONFIDENTIAL:
        path = content / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    assert make_site(content, TEMPLATES).files == site
    for memory in (content / "published").glob("*/memory-*"):
        memory.unlink()
    shutil.rmtree(content / "editions")
    assert make_site(content, TEMPLATES).files == site


def test_whatever_the_source_says_by_now_what_was_published_stays(
    history: Desk, site: Mapping[str, bytes], tmp_path: Path
) -> None:
    """Another publisher, other labels, other organisations: the files of an edition are those of its day."""
    content = tmp_path / "content"
    shutil.copytree(history.content, content)
    later = Desk.__new__(Desk)
    later.content = content
    later.change("report.yaml", "publisher: ", "publisher: Nieuw ")
    later.change("report.yaml", "title: ", "title: Nieuw ")
    later.change("vocabulary.yaml", "label: Welzijnsorganisatie", "label: Organisatie voor welzijn")
    (content / "partners" / "partners.yaml").write_text(
        (content / "partners" / "partners.yaml").read_text("utf-8").replace("region: NL33", "region: NL31"), "utf-8"
    )
    made = make_site(content, TEMPLATES)
    kept = {path for path in site if path.startswith("edities/") and not path.endswith(".html")}
    assert {path for path in kept if made.files[path] != site[path]} == set()
    assert [each.partition(":")[0] for each in made.summary.differences] == ["2025, version 2", "2026, version 2"]


def test_superseded_versions_stay_marked_with_their_files_and_what_changed(site: Mapping[str, bytes]) -> None:
    for edition, names in (("2025", {"soort", "regio", "gesprekken"}), ("2026", {"soort", "thema", "gesprekken"})):
        folder = f"edities/{edition}/versie-1/"
        files = {path.removeprefix(folder) for path in site if path.startswith(folder)}
        drawn = {each for each in files if each.endswith((".svg", ".png"))}
        assert files - drawn == {
            "index.html", "annex.pdf", "annex.docx", "tabellen.ods", "release.json",
            *(f"{each}.csv" for each in names), *(f"{each}.csv-metadata.json" for each in names),
        }  # fmt: skip
        assert drawn == {each[:-4] + kind for each in drawn for kind in (".svg", ".png")}
        page = site[f"{folder}index.html"].decode()
        assert "Dit is een oude versie" in page
        assert '<meta name="robots" content="noindex">' in page
        assert f'href="../../../edities/{edition}/index.html">nieuwste versie: versie 2</a>' in page
        assert f"edities/{edition}/versie-1/index.html" in site[f"edities/{edition}/index.html"].decode()
        assert f"edities/{edition}/versie-1/" not in site["sitemap.xml"].decode()
    assert "Een telling is hersteld." in site["edities/2025/versie-1/index.html"].decode()
    assert "De cijfers waren voorlopig, en zijn nu definitief." in site["edities/2026/versie-1/index.html"].decode()


def test_the_page_and_the_annex_print_the_log(history: Desk, site: Mapping[str, bytes]) -> None:
    log = read_published(history.content).log
    assert parse_public(site[PUBLIC]) == log
    page = site["publicaties/index.html"].decode()
    assert head(log) in page
    assert all(entry.record in page for entry in log)
    for entry in log:
        folder = f"edities/{entry.edition}/" if entry.version == 2 else f"edities/{entry.edition}/versie-1/"
        if f"{folder}annex.pdf" in site:
            said = "".join(words_of(site[f"{folder}annex.pdf"]).split())
            assert entry.record in said
            assert entry.before in said


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


# --- an unfinished period -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    desk = Desk(tmp_path_factory.mktemp("unfinished"))
    publish(desk.content, "2025")
    publish(desk.content, "2026", date(2026, 11, 15), provisional=True)
    return desk.files


MARK = "stand per 31 oktober 2026"


def test_every_file_with_its_numbers_says_which_day_they_reach(unfinished: Mapping[str, bytes]) -> None:
    folder = "edities/2026/"
    address = f"{folder}versie-1/index.html"
    assert "Dit is het vaste adres van deze versie" in unfinished[address].decode()  # it holds no numbers
    for path in (path for path in unfinished if path.startswith(folder) and path != address):
        data = unfinished[path]
        if path.endswith(".csv"):
            rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
            assert {(row["edition_status"], row["as_of"]) for row in rows} == {("provisional", "2026-10-31")}
        elif path.endswith(".pdf"):
            assert all(MARK in page for page in words_of(data).replace("\r\n", " ").split("\f") if page)
        elif path.endswith(".svg"):
            assert MARK in " ".join(re.sub(r"<[^>]+>", " ", data.decode()).split())
        elif path.endswith(".png"):
            assert path.replace(".png", ".svg") in unfinished, path  # what it was drawn from, and says
        elif path.endswith((".ods", ".docx")):
            assert MARK.encode() in data
        elif path.endswith("release.json"):
            record = json.loads(data)
            assert (record["status"], record["as_of"], record["compared"]) == ("provisional", "2026-10-31", None)
        elif path.endswith("proof.json"):
            proof = json.loads(data)
            assert (proof["status"], proof["as_of"]) == ("provisional", "2026-10-31")
        else:
            assert MARK in data.decode().casefold(), path
    dataset = next(each for each in json.loads(unfinished["data.jsonld"])["@graph"] if "2026/" in each["@id"])
    assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == "2026-10-31"
    assert MARK in json.dumps(dataset, ensure_ascii=False).casefold()
    assert MARK in unfinished["index.html"].decode().casefold()
    assert MARK in unfinished["data/index.html"].decode().casefold()
    assert MARK in unfinished["feed.xml"].decode().casefold()


def test_every_sentence_caption_and_key_figure_about_it_has_the_mark(unfinished: Mapping[str, bytes]) -> None:
    page = re.sub(r"<(?!/?(li|figcaption|caption)\b)[^>]*>", "", unfinished["edities/2026/index.html"].decode())
    told = re.findall(r"<(li|figcaption|caption)\b[^>]*>(.*?)</\1>", page, re.DOTALL)
    numbers = [text for _, text in told if re.search(r"ongeveer|partners in 2026|Aantal|aantal", text)]
    assert len(numbers) >= 8
    assert [text for text in numbers if MARK not in text.casefold()] == []


def test_nothing_compares_it_with_a_whole_year(unfinished: Mapping[str, bytes]) -> None:
    everything = " ".join(data.decode() for path, data in unfinished.items() if path.endswith(".html"))
    for comparison in ("meer dan in 2025", "minder dan in 2025", "toen waren het er", "van 2025 naar", "In 2025:"):
        assert comparison not in everything
    years = unfinished["door-de-jaren/index.html"].decode()
    assert "Partneroverzicht 2026 staat hier niet bij." in years
    assert "data-reeks" not in years
    assert "door-de-jaren/reeksen.csv" not in unfinished


def test_of_two_whole_years_the_later_is_compared_and_the_series_has_both(site: Mapping[str, bytes]) -> None:
    assert json.loads(site["edities/2026/release.json"])["compared"] == {"edition": "2025", "version": 2}
    rows = list(csv.DictReader(io.StringIO(site["door-de-jaren/reeksen.csv"].decode(), newline="")))
    assert {(row["edition"], row["edition_status"], row["as_of"]) for row in rows} == {
        ("2025", "final", "2025-12-31"), ("2026", "final", "2026-12-31"),
    }  # fmt: skip


def test_a_correction_of_an_earlier_year_does_not_change_what_the_later_one_was_compared_with(
    history: Desk, site: Mapping[str, bytes], tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(history.content, content)
    later = Desk.__new__(Desk)
    later.content = content
    later.correct("2025", 3, "2027-07-01")
    publish(content, "2025")
    made = make_site(content, TEMPLATES).files
    same = [path for path in site if path.startswith("edities/2026/") and not path.endswith(".html")]
    assert [path for path in same if made[path] != site[path]] == []


# --- provisional versions -----------------------------------------------------------------------------------------------


def test_a_concept_is_published_on_purpose_only(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    publish(desk.content, "2025")
    assert desk.run("publish", "2026") == 2
    assert "--provisional" in capsys.readouterr().err
    assert desk.run("publish", "2026", "--provisional") == 2
    assert "on which day" in capsys.readouterr().err
    assert desk.run("publish", "2026", "--provisional", "--day", "2026-10-30") == 2
    assert "before the last day that its data reach" in capsys.readouterr().err
    assert desk.run("publish", "2025", "--provisional") == 2
    assert desk.run("publish", "2026", "--provisional", "--day", "2026-11-15") == 0
    assert desk.run("publish", "2026", "--provisional", "--day", "2026-11-16") == 0
    assert "published already" in capsys.readouterr().out
    assert len(read_published(desk.content).register["2026"]) == 1


@pytest.mark.parametrize("more", [("--day", "2026-10-30"), ()])
def test_the_day_is_asked_for_before_the_tables_are_protected(
    desk: Desk, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Making, "protect", lambda *_: pytest.fail("protected before it was asked"))
    assert desk.run("publish", "2026", "--provisional", *more) == 2


def test_a_concept_that_reaches_another_day_is_the_next_provisional_version(desk: Desk) -> None:
    publish(desk.content, "2025")
    publish(desk.content, "2026", date(2026, 11, 15), provisional=True)
    desk.change("editions/2026.yaml", "as_of: 2026-10-31", "as_of: 2026-11-30")
    assert make_site(desk.content, TEMPLATES).summary.concepts == ("2026",)
    publish(desk.content, "2026", date(2026, 12, 15), provisional=True)
    versions = read_published(desk.content).register["2026"]
    assert [(each.version, each.status, each.as_of) for each in versions] == [
        (1, "provisional", date(2026, 10, 31)),
        (2, "provisional", date(2026, 11, 30)),
    ]


def test_a_correction_that_skips_a_version_is_a_problem_of_the_edition(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(desk.content, "2025")
    desk.correct("2025", 3, "2026-12-01")
    assert desk.run("check") == 10
    assert "the next version of this edition is 2" in capsys.readouterr().err


NAMES = (
    "Averlicht", "Brinkeroord", "Duinderhout", "Eikerstee", "Ganzelrode", "Hazelmonde", "Kerverdijk", "Linderoord",
    "Morgenzijde", "Peelderbosch", "Roderhage", "Sterrewierum", "Tijmerzijl", "Vechterhage", "Zilvermeide",
)  # fmt: skip


def an_organisation(number: int, kind: str) -> str:
    return (
        f"- id: p-c{number:05}\n  name: {NAMES[number]}\n  kind: {kind}\n  region: NL\n"
        "  traceable_to_persons: false\n  endorsed: 2025-01-01\n  collaborations:\n"
        '    - {year: 2025, measures: ["1.1a"]}\n    - {year: 2026, measures: ["1.1a"]}\n'
    )


def a_small_source(content: Path) -> None:
    """Nine of one kind and five of another, in one table."""
    texts = {
        "report.yaml": "title: Titel\npublisher: Uitgever\nlicence: CC0-1.0\n"
        "contact: {name: Redactie, email: redactie@example.org}\n",
        "policy.yaml": "".join(
            f"{key}: {{value: {value}, source: Keuze}}\n"
            for key, value in (("threshold", 5), ("p_percent", 10), ("approvals", 0), ("conversations_per_year", 1))
        ),
        "agenda.yaml": 'pillars: [{code: "1", label: Een, from: 2025, until: 2029}]\n'
        'themes: [{code: "1.1", pillar: "1", label: Een}]\nmeasures: [{code: "1.1a", theme: "1.1", label: Een}]\n',
        "vocabulary.yaml": "kinds: [{code: buurtgroep, label: Buurtgroep}, {code: taalhuis, label: Taalhuis}]\n"
        "regions: [{code: NL, label: Landelijk}]\nforms: [{code: gesprek, label: Gesprek}]\n",
        "partners/alle.yaml": "\n".join(an_organisation(n, "buurtgroep" if n < 9 else "taalhuis") for n in range(14)),
        "editions/2025.yaml": "title: Overzicht 2025\npopulation: agenda-partners\n"
        "period: {from: 2025-01-01, until: 2025-12-31}\nstatus: concept\nas_of: 2025-10-31\nprotection: suppression\n"
        "tables:\n  - {id: soort, title: Naar soort, counts: partners, rows: kind}\n",
    }
    for name, text in texts.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")


def test_a_concept_that_was_online_is_known_when_the_final_edition_comes(tmp_path: Path) -> None:
    """One organisation comes to it: a reader who kept the first would subtract the two, and see of what kind it is."""
    desk = Desk.__new__(Desk)
    desk.content = tmp_path / "content"
    a_small_source(desk.content)
    publish(desk.content, "2025", date(2025, 11, 15), provisional=True)
    with (desk.content / "partners" / "alle.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{an_organisation(14, 'buurtgroep')}")
    desk.change("editions/2025.yaml", "status: concept\nas_of: 2025-10-31", "status: final\nsent: 2026-07-01")
    publish(desk.content, "2025")
    first, second = (each.tables[0].cells for each in read_published(desk.content).register["2025"])
    assert first == {("buurtgroep",): Shown(9), ("taalhuis",): Shown(5), ("_T",): Shown(14)}
    assert second["buurtgroep",] == second["_T",] == Suppressed()


# --- a preview ----------------------------------------------------------------------------------------------------------


def test_a_preview_shows_everything_and_marks_what_is_not_published(desk: Desk) -> None:
    publish(desk.content, "gesprekspartners")
    shown = make_preview(desk.content, TEMPLATES).files
    for edition in ("2025", "2026"):
        page = shown[f"edities/{edition}/index.html"].decode()
        assert "Concept: nog niet gepubliceerd." in page
        assert json.loads(shown[f"edities/{edition}/release.json"])["status"] == "concept"
        assert "nog niet gepubliceerd" in words_of(shown[f"edities/{edition}/annex.pdf"]).replace("\r\n", " ")
        assert b"nog niet gepubliceerd" in shown[f"edities/{edition}/tabellen.ods"]
        assert b"nog niet gepubliceerd" in shown[f"edities/{edition}/annex.docx"]
        rows = list(csv.DictReader(io.StringIO(shown[f"edities/{edition}/gesprekken.csv"].decode(), newline="")))
        assert {row["edition_status"] for row in rows} == {"concept"}
    assert b"Concept: nog niet gepubliceerd." not in shown["edities/gesprekspartners/index.html"]
    assert parse_public(shown[PUBLIC]) == read_published(desk.content).log


def test_what_only_a_preview_shows_changes_no_byte_of_the_site(desk: Desk) -> None:
    publish(desk.content, "2025")
    before = desk.files
    desk.change("editions/2026.yaml", "protection: rounding", "protection: suppression")
    assert desk.files == before
    desk.change("editions/2026.yaml", "as_of: 2026-10-31", "as_of: 2026-11-30")
    assert desk.files == before


# --- a consent that is withdrawn ----------------------------------------------------------------------------------------


def test_a_name_goes_from_every_version_and_the_log_stays_whole(desk: Desk) -> None:
    publish(desk.content, "2025")
    before = read_published(desk.content)
    (name,) = before.register["2025"][0].named
    desk.change(
        "partners/partners.yaml",
        'edition: "2025", consent: 2026-02-03}',
        'edition: "2025", consent: 2026-02-03, withdrawn: 2026-08-01}',
    )
    (difference,) = make_site(desk.content, TEMPLATES).summary.differences
    assert "names (1 that stand there would not" in difference
    desk.correct("2025", 2, "2026-09-01")
    publish(desk.content, "2025")
    after = read_published(desk.content)
    assert after.log[:1] == before.log
    assert [(each.named, len(each.struck)) for each in after.register["2025"]] == [((), 1), ((), 0)]
    files = desk.files
    assert not any(name.encode() in data for data in (*files.values(), *after.files.values()))
    assert "Deze lijst is ingekort." in files["edities/2025/versie-1/index.html"].decode()
    memory = parse_memory(after.files["2025/memory-1.json"])
    assert sum(each.named for each in memory.units) == 1


# --- memory -------------------------------------------------------------------------------------------------------------


def test_a_memory_holds_no_name_id_or_number_and_is_for_its_owner_only(history: Desk) -> None:
    source = (history.content / "partners" / "partners.yaml").read_text("utf-8")
    secrets = [*re.findall(r"id: (\S+)", source), *re.findall(r"name: (.+)", source), *re.findall(r"\d{8}", source)]
    files = sorted((history.content / "published").glob("*/memory-*.json"))
    assert [each.relative_to(history.content / "published").as_posix() for each in files] == [
        "2025/memory-1.json", "2025/memory-2.json", "2026/memory-1.json", "2026/memory-2.json",
    ]  # fmt: skip
    for file in files:
        text = file.read_text("utf-8")
        assert file.stat().st_mode & 0o777 == 0o600
        assert [each for each in secrets if each.strip('"') in text] == []


TRAIL = "approvals/trail.jsonl"


def test_who_is_named_without_numbers_is_remembered_too(desk: Desk) -> None:
    file = desk.content / "editions" / "2025.yaml"
    file.write_text(re.sub(r"(?ms)^tables:\n(?:[ -].*?\n)+", "", file.read_text("utf-8")), "utf-8")
    publish(desk.content, "2025")
    after = read_published(desk.content)
    assert [(len(each.tables), len(each.named)) for each in after.register["2025"]] == [(0, 1)]
    memory = parse_memory(after.files["2025/memory-1.json"])
    assert sum(each.named for each in memory.units) == 1


def test_forget_removes_it_and_nothing_else(history: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk.__new__(Desk)
    desk.root, desk.content, desk.site = tmp_path, tmp_path / "content", tmp_path / "site"
    shutil.copytree(history.content, desk.content)
    before = files_of(desk.content)
    assert desk.run("forget", "2025") == 0
    assert "files removed: 2;" in capsys.readouterr().out
    gone = before.keys() - files_of(desk.content).keys()
    assert gone == {"published/2025/memory-1.json", "published/2025/memory-2.json"}
    after = files_of(desk.content)
    assert {name: data for name, data in before.items() if name not in gone} | {TRAIL: after[TRAIL]} == after
    (line,) = map(json.loads, after[TRAIL].splitlines())
    assert (line["what"], line["edition"], line["version"]) == ("forgot", "2025", 2)
    assert desk.run("forget", "2025") == 0
    assert desk.run("forget", "1999") == 2
    assert files_of(desk.content) == after


def test_forget_removes_what_a_killed_run_left_beside_the_register_too(
    history: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The register that was exchanged for the one without the memory, by a run that was killed right behind that."""
    desk = Desk.__new__(Desk)
    desk.root, desk.content, desk.site = tmp_path, tmp_path / "content", tmp_path / "site"
    shutil.copytree(history.content, desk.content)
    shutil.copytree(desk.content / "published", desk.content / ".published.new")
    for each in (desk.content / "published" / "2025").glob("memory-*"):
        each.unlink()
    assert desk.run("forget", "2025") == 0
    assert "files removed: 2;" in capsys.readouterr().out
    assert not (desk.content / ".published.new").exists()
    (line,) = map(json.loads, files_of(desk.content)[TRAIL].splitlines())
    assert line["what"] == "forgot"
    assert desk.run("forget", "2025") == 0
    assert "there is no memory of 2025" in capsys.readouterr().out


def test_forget_is_not_done_while_a_memory_stands_where_it_cannot_be_removed(
    history: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.__new__(Desk)
    desk.root, desk.content, desk.site = tmp_path, tmp_path / "content", tmp_path / "site"
    shutil.copytree(history.content, desk.content)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "geen recht")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", refuse)
        assert desk.run("forget", "2025") == 1
    assert list((desk.content / ".published.new").rglob("memory-*"))
    assert desk.run("forget", "2025") == 0
    assert not (desk.content / ".published.new").exists()


def test_without_a_memory_every_number_shown_before_is_one_that_may_have_changed_by_one(tmp_path: Path) -> None:
    """Two exact years of the same organisations: remembered, nothing need be hidden for the other's sake."""
    desk = Desk.__new__(Desk)
    desk.root, desk.content, desk.site = tmp_path, tmp_path / "content", tmp_path / "site"
    a_small_source(desk.content)
    desk.change("editions/2025.yaml", "status: concept\nas_of: 2025-10-31", "status: final\nsent: 2026-07-01")
    later = (desk.content / "editions" / "2025.yaml").read_text("utf-8").replace("2026", "2027").replace("2025", "2026")
    (desk.content / "editions" / "2026.yaml").write_text(later, "utf-8")
    publish(desk.content, "2025")
    assert cells_of(desk) == {Shown(9), Shown(5), Shown(14)}
    assert desk.run("forget", "2025") == 0
    assert cells_of(desk) == {Suppressed()}


def cells_of(desk: Desk) -> set[object]:
    (release,) = make_candidates(desk.content, TEMPLATES).releases
    return set(release.tables[0].cells.values())


# --- a register from before the log -------------------------------------------------------------------------------------


def older(desk: Desk) -> None:
    """As a program from before the log left it: records without their imprint, and nothing else."""
    publish(desk.content, "2025")
    folder = desk.content / "published"
    record = json.loads((folder / "2025" / "release-1.json").read_bytes())
    record["schema"] = "tweeluik-release-1"
    for key in ("as_of", "imprint", "compared", "next_due", "salts", "struck"):
        del record[key]
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / "2025" / "release-1.json").write_text(text, "utf-8")
    (folder / "2025" / "memory-1.json").unlink()
    (folder / "log.jsonl").unlink()


def test_a_register_from_before_the_log_is_adopted_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.change("editions/2025.yaml", "late: Het tellen van de gesprekken duurde twee dagen langer.\n", "")
    publish(desk.content, "2025")
    fresh = files_of(desk.content / "published")
    shutil.rmtree(desk.content / "published")
    older(desk)
    for command in ("build", "check"):
        assert desk.run(command) == 15
        assert "run `publish` once" in capsys.readouterr().err
    assert desk.run("publish", "2025") == 0
    assert "versions from before the log that are in it now: 1\n" in capsys.readouterr().out
    adopted = files_of(desk.content / "published")
    # What was not known then stays so: the day on which the next edition is due.
    assert adopted.keys() == fresh.keys()
    assert adopted["2025/memory-1.json"] == fresh["2025/memory-1.json"]
    assert desk.run("build") == 0


# --- the sealed side ----------------------------------------------------------------------------------------------------


def test_a_bundle_and_a_record_of_one_edition_have_one_version_and_one_hinge(desk: Desk) -> None:
    """Behind a provisional version the final edition is version 2, on both sides."""
    publish(desk.content, "2025")
    publish(desk.content, "2026", date(2026, 11, 15), provisional=True)
    desk.change("editions/2026.yaml", "status: concept\nas_of: 2026-10-31", "status: final\nsent: 2027-06-30")
    publish(desk.content, "2026")
    source = with_versions(read_source(desk.content), desk.content)
    edition = next(each for each in source.editions if each.id == "2026")
    record = read_published(desk.content).register["2026"][-1]
    assert edition.version == record.version == 2
    tables = tabulate(source, select(source, edition))
    assert openings_of(edition, tables, secret_of(source)).root == record.hinge


def test_a_memory_is_sealed_where_the_source_is_and_asked_for_by_later_editions(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    key = desk.root / "redacteur"
    (desk.content / "protection.key").write_text("5" * 64, "utf-8")
    assert desk.run("keygen", "-o", str(key)) == 0
    editors = desk.content / "recipients" / "source"
    editors.mkdir(parents=True)
    (editors / "redacteur.txt").write_text(f"# holder: Redacteur\n{key.read_text().split()[2]}\n", "utf-8")
    assert desk.run("publish", "2025") == 0
    memory = desk.content / "published" / "2025" / "memory-1.json.age"
    assert memory.read_bytes().startswith(b"age-encryption.org/v1")
    assert not memory.with_suffix("").exists()
    capsys.readouterr()
    assert desk.run("build") == 10
    assert "published/2025/memory-1.json.age: the file is sealed" in capsys.readouterr().err
    assert desk.run("build", "-i", str(key)) == 0
    assert desk.run("forget", "2025") == 0
    assert not memory.exists()
    assert desk.run("build") == 0
