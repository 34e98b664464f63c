"""An exception lets one sentence of one file pass, for a reason, until a day; nothing more, and no longer than needed."""

from __future__ import annotations

import hashlib
import html
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.desk import keep_simple_tables
from tests.factories import HERE, a_partner, a_source, an_edition
from tweeluik.checks.guard.exemptions import Exemption
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.door.withheld import withheld
from tweeluik.pipeline.steps import make_site
from tweeluik.problems import Problem, SourceHasProblems, WithheldValueFound
from tweeluik.source.exemptions import EXCEPTION, read_exceptions
from tweeluik.words.said import shown

ROOT = Path(__file__).parents[2]
SENTENCE = "De zaal heet Samen en is van de gemeente."
SECRETS = (Secret("ordinary", "name", HERE, "Samen"), Secret("distinctive", "name", HERE, "Zandbank Oost"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def an_exemption(sentence: str = SENTENCE, file: str = "over/index.html", name: str = "Samen") -> Exemption:
    return Exemption(file, sentence.replace(name, "…"), sha256(sentence), HERE)


def found(text: str, *exemptions: Exemption, path: str = "over/index.html") -> list[Problem]:
    return list(find_leaks({path: f"<p>{text}</p>".encode()}, SECRETS, exemptions))


def test_the_sentence_may_stand_in_its_file() -> None:
    assert found(SENTENCE)
    assert not found(SENTENCE, an_exemption())


def test_the_sentence_may_be_broken_over_lines_and_written_as_text_in_a_page() -> None:
    assert not found(SENTENCE.replace(" en ", "\n en "), an_exemption())
    quoted = '\'t Huis "Samen" & de zaal zijn er.'
    escaped = quoted.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&quot;")
    assert not found(escaped, an_exemption(quoted))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{SENTENCE} Dank aan Samen.", "over/index.html"),
        ("De zaal heet Samen en is van ons.", "over/index.html"),
        (f"{SENTENCE} Dank aan Zandbank Oost.", "over/index.html"),
        (SENTENCE, "index.html"),
    ],
)
def test_nothing_else_may(text: str, path: str) -> None:
    problems = found(text, an_exemption(), path=path)
    assert any(each.place.file == path for each in problems)


@pytest.mark.parametrize(
    "sentence",
    [
        "De zaal Samen ligt naast Stichting Zandbank Oost.",
        "De zaal Samen ligt naast Zandbank  Oost.",
        "De zaal Samen heeft nummer p-cc22d1 op de deur.",
        "De zaal Samen ligt naast die van Hand in Hand.",
        "De zaal Samen Sterker ligt hier.",
    ],
)
def test_it_lets_through_its_own_name_and_nothing_else_in_its_sentence(sentence: str) -> None:
    secrets = (
        *SECRETS,
        Secret("distinctive", "id", HERE, "p-cc22d1"),
        Secret("ordinary", "name", HERE, "Hand in Hand"),
        Secret("distinctive", "name", HERE, "Sterker ligt hier"),
    )
    files = {"over/index.html": f"<p>{sentence}</p>".encode()}
    (problem, *_) = find_leaks(files, secrets, [an_exemption(sentence)])
    assert problem.place.file == "over/index.html"
    assert problem.what != "an exception that nothing needs"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("Samen", "Stichting Samen Overdorp"), "Wij zijn bij Stichting … Overdorp in de zaal."),
        (("Samen", "Samen Overdorp"), "Wij zijn bij … Overdorp in de zaal."),
        (("Samen", "Jong Samen"), "Wij zijn bij Jong … in de zaal."),
        (("Samen", "Thuis"), "De zaal … (Thuis) is open."),
        (("Samen", "Thuis"), "De zaal … & Thuis is open."),
        (("Samen", "Zandkasteel Overdorp"), "Er is zandkasteel … overdorp geweest vandaag."),
        (("Samen", "Samensterk Noord"), "Wij zijn bij …sterk Noord in de zaal."),
    ],
)
def test_a_name_of_which_the_excepted_one_is_a_part_or_that_stands_around_or_beside_it_is_found(
    names: tuple[str, ...], sentence: str
) -> None:
    secrets = withheld(a_source(tuple(a_partner(f"p-cc22d{n}", name=each) for n, each in enumerate(names))), ())
    files = {"over/index.html": f"<p>Hier.</p>\n<p>{sentence.replace('…', 'Samen')}</p>".encode()}
    exemption = Exemption("over/index.html", sentence, sha256(sentence.replace("…", "Samen")), HERE)
    found = [each for each in find_leaks(files, secrets, [exemption]) if each.place.file == "over/index.html"]
    assert [each.place.line for each in found] == [2] * len(found) != []


@pytest.mark.parametrize(
    ("name", "way"),
    [
        *(("Hand in Hand", way) for way in ("Hand-in-hand", "handinhand", "Hand in Hand's", "hand in\nhand")),
        *(("'t Oude Huis", way) for way in ("’t Oude Huis", "‘t Oude Huis", "'T OUDE HUIS")),
        *(("Stichting Café Kolimbra", way) for way in ("Cafe Kolimbra", "café kolimbra", "Stichting Café Kolimbra")),
        *(("Brood & Spelen", way) for way in ("Brood en Spelen", "Brood & Spelen")),
    ],
)
def test_a_sentence_lets_its_name_through_in_whatever_spelling_it_stands_there(name: str, way: str) -> None:
    secrets = withheld(a_source((a_partner("p-cc22d0", name=name),)), ())
    for sentence in ("De zaal … is open in deze wijk.", "… is open in deze wijk", "Open in deze wijk is …"):
        page = f"<p>{html.escape(sentence.replace('…', way))}</p>"
        whole = sentence.replace("…", " ".join(way.split()))
        exemption = Exemption("over/index.html", sentence, sha256(whole), HERE)
        assert list(find_leaks({"over/index.html": page.encode()}, secrets, [exemption])) == []


@pytest.mark.parametrize("way", ["hand in hand", "Hand in hand", "HAND IN HAND", "Hand in Hand"])
def test_a_name_may_stand_in_its_sentence_as_the_word_that_it_is(way: str) -> None:
    sentence = f"Taal en werk gaan {way} in deze wijk."
    secrets = (Secret("distinctive", "name", HERE, "Hand in Hand"),)
    files = {"over/index.html": f"<p>{sentence}</p>".encode()}
    assert list(find_leaks(files, secrets))
    assert not list(find_leaks(files, secrets, [an_exemption(sentence, name=way)]))


@pytest.mark.parametrize("gap", ["Samen bij Zandbank Oost", "zaal heet Samen", "Samen van Kolimbra"])
def test_a_gap_that_holds_more_than_the_name_lets_nothing_through(gap: str) -> None:
    text = f"De zaal is van {gap} in de buurt."
    assert found(text, an_exemption(text, name=gap))


def test_another_name_does_not_fit_the_gap() -> None:
    assert found(SENTENCE.replace("Samen", "Zandbank Oost"), an_exemption())


@pytest.mark.parametrize(
    "exemption",
    [
        an_exemption("Een zin die hier niet Samen staat."),
        an_exemption(file="weg/index.html"),
        an_exemption("De zaal heet Anders en is van de gemeente.", name="Anders"),
    ],
)
def test_an_exemption_that_nothing_needs_is_a_problem(exemption: Exemption) -> None:
    (problem,) = found("Een gewone zin.", exemption)
    assert problem.what == "an exception that nothing needs"


def test_the_message_names_the_way_out_for_a_word() -> None:
    assert "exception" in found("Dank aan Samen.")[0].hint
    assert "exception" not in found("Dank aan Zandbank Oost.")[0].hint


# --- the file ---------------------------------------------------------------------------------------------------------


def written(folder: Path, **changes: str) -> Path:
    values = {
        "file": "over/index.html", "sentence": "De zaal heet … en is van de gemeente.", "sha256": f'"{sha256(SENTENCE)}"',
        "reason": "De zaal stond er eerder.", "decided_by": "redactie", "until": "2026-07-01",
    } | changes  # fmt: skip
    lines = [f"{key}: {value}" for key, value in values.items() if value]
    (folder / "exceptions.yaml").write_text("- " + "\n  ".join(lines) + "\n", "utf-8")
    return folder


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert read_exceptions(tmp_path, ()) == ()


def test_the_file_holds_what_was_decided(tmp_path: Path) -> None:
    (exemption,) = read_exceptions(written(tmp_path), ())
    assert [each for each in ("Iets", "Samen", "samen") if exemption.fits(each)] == ["Samen"]
    assert "Samen" not in (tmp_path / "exceptions.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "what", "hint"),
    [
        ({"reason": ""}, "the key 'reason' is missing", ""),
        ({"until": ""}, "the key 'until' is missing", ""),
        ({"decided_by": ""}, "the key 'decided_by' is missing", ""),
        ({"sha256": "afb1"}, "not in the form that is asked", "64 hexadecimal digits"),
        ({"sentence": "De zaal heet anders."}, "expected one … where the name stands", "write the sentence with one …"),
        ({"sentence": "… en …"}, "expected one … where the name stands", "write the sentence with one …"),
        ({"sentence": "Dank aan …"}, "too short a sentence", "at least 3 words besides the name"),
        (
            {"waarom": "zomaar"},
            "unknown key",
            "remove it; known here: file, sentence, sha256, reason, decided_by, until",
        ),
    ],
)
def test_a_mistake_in_the_file_is_a_problem_of_the_source(
    tmp_path: Path, changes: dict[str, str], what: str, hint: str
) -> None:
    with pytest.raises(SourceHasProblems) as failure:
        read_exceptions(written(tmp_path, **changes), ())
    assert (what, hint) in [(each.what, each.hint) for each in failure.value.problems]


@pytest.mark.parametrize(("due", "expired"), [(date(2026, 7, 1), False), (date(2026, 7, 2), True), (None, False)])
def test_an_exception_expires_when_an_edition_is_due_after_its_last_day(
    tmp_path: Path, due: date | None, expired: bool
) -> None:
    editions = (an_edition(due=due),)
    if not expired:
        assert read_exceptions(written(tmp_path), editions)
        return
    with pytest.raises(SourceHasProblems) as failure:
        read_exceptions(written(tmp_path), editions)
    (problem,) = failure.value.problems
    assert problem.path == "until"
    assert problem.what == "an exception that has expired: an edition is due after it"
    assert problem.hint == "ask who decided it again, or write the sentence in another way"


def test_a_build_counts_its_exceptions(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    keep_simple_tables(content)
    page = content / "pages" / "over.md"
    page.write_text(page.read_text("utf-8") + f"\n{SENTENCE}\n", "utf-8")
    with pytest.raises(WithheldValueFound) as failure:
        make_site(content, ROOT / "templates")
    assert {each.place.file for each in failure.value.problems} == {"over/index.html"}
    written(content, until="2099-01-01")
    summary = make_site(content, ROOT / "templates").summary
    assert summary.exceptions == 1
    assert any("1 exception" in shown(line, "en") for line in summary.as_lines())


def test_the_documentation_holds_every_key() -> None:
    text = (ROOT / "docs" / "source-format.md").read_text("utf-8")
    for field in EXCEPTION.fields:
        assert f"| `{field.key}` | yes | {field.kind.words()} | {field.about} |" in text
