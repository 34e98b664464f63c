"""Words are data: none stands in the program, a ministry replaces any, and a published edition keeps those of its day."""

from __future__ import annotations

import ast
import html
import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from tests.factories import a_source, an_edition
from tests.stages.a_bundle import DAY, a_desk
from tests.stages.a_bundle import TEMPLATES as PAPERS_FOLDER
from tests.stages.a_publication import IMPRINT, a_publication, a_release, rounded_2026, suppressed_2025
from tests.templates import PUBLIC
from tweeluik.checks.guard.pdf import pages
from tweeluik.confidential.bundle.documents import Issue, render_documents
from tweeluik.confidential.bundle.dossier import compose_dossier
from tweeluik.confidential.bundle.letter import render_letter
from tweeluik.confidential.bundle.stated import HEADS, SUPERSEDES
from tweeluik.door.release import imprint
from tweeluik.problems import Place, SealingFailed
from tweeluik.public.figure import Figure
from tweeluik.public.site import render_site
from tweeluik.record.canonical import digest, parse, serialise
from tweeluik.record.publication import parse_publication, serialise_publication
from tweeluik.source.records import Phrase, in_year
from tweeluik.words import papers
from tweeluik.words.papers import PAPERS
from tweeluik.words.phrases import DUTCH, FIXED, OWN, find_wrong, places
from tweeluik.words.reviewing import REVIEW

pytestmark = pytest.mark.usefixtures("undrawn")

PAPERS_KEYS = tuple(key for key in PAPERS.keys if not key.startswith(("term.", "noun.")))
ROOT = Path(__file__).parents[2]
PUBLIC_CODE = sorted((ROOT / "tweeluik" / "public").glob("*.py"))
REVIEW_CODE = [
    *sorted((ROOT / "tweeluik" / "review").glob("*.py")),
    *sorted((ROOT / "tweeluik" / "cli").glob("*.py")),
    ROOT / "tweeluik" / "pipeline" / "looking.py",
]
PAPERS_CODE = sorted((ROOT / "tweeluik" / "confidential").rglob("*.py"))
REVIEW_TEMPLATES = sorted((ROOT / "templates" / "review").iterdir())
PAPERS_TEMPLATES = sorted(
    each for each in (ROOT / "templates" / "confidential").iterdir() if each.name != "opener.html"
)
"""The opener is made of scripts by a tool of its own."""

OTHER = (("noun.pillar", "Spoor|Sporen"), ("term.programme_short", "Samenlevingsagenda"))
"""Of another day: another programme, and another word for its parts."""


def test_a_place_is_filled_and_a_published_number_stays_a_part_of_its_own() -> None:
    seen = Figure(120, "rounded", 116, 124)
    told = DUTCH.parts("point.headline", **{"in": "In 2026", "about": "ongeveer ", "noun": "partners"}, total=seen)
    assert told == ("In 2026 werkten ongeveer ", seen, " maatschappelijke partners mee aan de Actieagenda.")
    with pytest.raises(KeyError):
        DUTCH.text("point.headline", about="")


def test_every_text_has_only_places_that_somebody_fills_or_terms() -> None:
    code = {*re.findall(r"\w+", told())}
    assert {(key, place) for key in DUTCH.keys for place in places(DUTCH.raw(key)) - DUTCH.standing - code} == set()


def sources() -> str:
    files = [
        *PUBLIC_CODE,
        ROOT / "tweeluik" / "selection" / "tables.py",
        *(ROOT / "templates" / "public").glob("*"),
        *(ROOT / "tweeluik" / "words").glob("*.py"),
    ]
    return "\n".join(each.read_text("utf-8") for each in files if each.is_file())


@cache
def told() -> str:
    return sources()


@cache
def is_put_together(section: str) -> bool:
    begun = rf'f"{section}[._]|"{section}\.[a-z_]*" ~|f"{{{section.upper()}S}}\.'
    return re.search(begun, told()) is not None


@pytest.mark.parametrize("key", DUTCH.keys)
def test_every_text_is_said_somewhere(key: str) -> None:
    """By its key, or by its name behind a key that is put together."""
    section, _, name = key.partition(".")
    by_place = section == "term" and f"{{{name}}}" in (ROOT / "tweeluik/words/phrases.toml").read_text("utf-8")
    parts = re.split(r"[_.]", name)
    assert key in told() or by_place or (is_put_together(section) and any(part in told() for part in (name, *parts)))


DUTCH_WORD = re.compile(r"\b(de|het|een|van|niet|zijn|deze|worden|staat|aantal)\b")


@pytest.mark.parametrize("key", REVIEW.keys)
def test_every_text_for_reviewers_is_said_somewhere_with_all_its_places(key: str) -> None:
    check_said(key, REVIEW.raw(key), joined(*REVIEW_CODE, *REVIEW_TEMPLATES))


@pytest.mark.parametrize("key", PAPERS_KEYS)
def test_every_text_of_the_papers_is_said_somewhere_with_all_its_places(key: str) -> None:
    check_said(key, PAPERS.raw(key), joined(*PAPERS_CODE, *PAPERS_TEMPLATES))


@cache
def joined(*files: Path) -> str:
    return "\n".join(each.read_text("utf-8") for each in files)


def check_said(key: str, text: str, code: str) -> None:
    section, _, name = key.partition(".")
    begun = any(f"{each}{section}.{after}" in code for each in "\"'" for after in "{\"'")
    assert is_quoted(key, code) or (begun and is_quoted(name, code)) or f'f"{section}.{{' in code
    for place in places(text) - DUTCH.standing:
        assert is_quoted(place, code) or re.search(rf"\b{place}(?:=|: )", code), place


def is_quoted(text: str, code: str) -> bool:
    return f'"{text}"' in code or f"'{text}'" in code


BY_PROGRAMS = {"In de plaats van", "naar het archief"}
"""A head of a receipt, and a word of the register: what programs read again."""


def is_pattern(text: str) -> bool:
    """Whether it finds sentences, and is none."""
    return "(?:" in text or "\\b" in text or text.startswith("|")


CODE = [*PUBLIC_CODE, *REVIEW_CODE, *PAPERS_CODE]


@pytest.mark.parametrize("file", CODE, ids=lambda each: f"{each.parent.name}-{each.name}")
def test_no_dutch_sentence_stands_in_the_program(file: Path) -> None:
    nodes = [*ast.walk(ast.parse(file.read_text("utf-8")))]
    docs = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    lone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = (
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | lone
    )
    found = [text for text in texts if " " in text and DUTCH_WORD.search(text) and not is_pattern(text)]
    assert set(found) <= BY_PROGRAMS


TEMPLATES = sorted(each for each in (ROOT / "templates" / "public").glob("*.*") if each.is_file())
PAGES = [each for each in (*TEMPLATES, *REVIEW_TEMPLATES, *PAPERS_TEMPLATES) if each.suffix in {".html", ".svg"}]
TAG = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
READ_ALOUD = re.compile(r'\s(?:title|alt|aria-label|content)="([^"]*)"')
KINDS = {"csv", "csvw", "json", "SHA-256"}
"""What kinds of files are called everywhere, which is no language."""
CODE_ON_PAGES = re.compile(r"<code>.*?</code>", re.DOTALL)
"""Commands and keys of the source."""
FOR_MACHINES = re.compile(r'<meta (?:http-equiv|name="(?:viewport|referrer|robots)|property="og:|name="twitter)[^>]*>')


def shown_by(template: str) -> str:
    """What a reader of a template's page would read that the template did not get from elsewhere."""
    plain = re.sub(r"<(style|script)\b.*?</\1>", "", CODE_ON_PAGES.sub("", TAG.sub("", template)), flags=re.DOTALL)
    bare = re.sub(r"'sha256-'", "", FOR_MACHINES.sub("", plain))
    return " ".join((re.sub(r"<[^>]*>", " ", bare, flags=re.DOTALL), *READ_ALOUD.findall(bare)))


@pytest.mark.parametrize("file", PAGES, ids=lambda each: f"{each.parent.name}-{each.name}")
def test_no_word_stands_in_a_template(file: Path) -> None:
    read = shown_by(file.read_text("utf-8"))
    assert set(re.findall(r"[A-Za-zÀ-ÿ][\w-]+", html.unescape(read))) <= KINDS


TYPESET = [each for each in (*REVIEW_TEMPLATES, *PAPERS_TEMPLATES) if each.suffix == ".typ"]
NO_LANGUAGE = {"NL", "DejaVu", "Sans", "Mono"}


@pytest.mark.parametrize("file", TYPESET, ids=lambda each: each.name)
def test_no_word_stands_in_a_paper_that_is_typeset(file: Path) -> None:
    text = re.sub(r"^ *//.*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
    assert set(re.findall(r"\b[A-ZÀ-Þ]\w+", text)) <= NO_LANGUAGE
    assert DUTCH_WORD.findall(text) == []


@pytest.mark.parametrize(
    "file", [each for each in PAPERS_TEMPLATES if each.suffix == ".txt"], ids=lambda each: each.name
)
def test_no_word_stands_in_a_paper_of_plain_text_but_the_heads_that_programs_read(file: Path) -> None:
    lines = [line for line in TAG.sub("", file.read_text("utf-8")).splitlines() if re.search(r"\w", line)]
    assert [line for line in lines if line.partition(":")[0] not in {*HEADS, SUPERSEDES}] == []


@pytest.mark.parametrize(
    "file", [each for each in PAPERS_TEMPLATES if each.suffix == ".xml"], ids=lambda each: each.name
)
def test_no_sentence_stands_in_the_metadata_for_the_archive(file: Path) -> None:
    text = re.sub(r"<[^>]*>", "\n", TAG.sub("", file.read_text("utf-8")))
    assert [line for line in text.splitlines() if DUTCH_WORD.search(line)] == []


LOGIC = [*TEMPLATES, *REVIEW_TEMPLATES, *PAPERS_TEMPLATES]


@pytest.mark.parametrize("file", LOGIC, ids=lambda each: f"{each.parent.name}-{each.name}")
def test_no_sentence_stands_in_the_logic_of_a_template_or_in_a_script(file: Path) -> None:
    text = re.sub(r"{#.*?#}", "", file.read_text("utf-8"), flags=re.DOTALL)
    found = (one or other for one, other in re.findall(r'"([^"\n]*)"|`([^`\n]*)`', text))
    assert [each for each in found if " " in each and DUTCH_WORD.search(each)] == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Niets</p>",
        '<a title="Meer hierover">{{ a }}</a>',
        "{% if a %}Nog niet{% endif %}",
        "<p>&eacute;&eacute;n</p>",
        "<code>check</code> zegt het",
    ],
)
def test_a_word_in_a_template_would_be_seen(text: str) -> None:
    assert re.search(r"[A-Za-zÀ-ÿ]{2}", html.unescape(shown_by(text)))


def test_markup_in_a_sentence_stays_and_what_is_around_it_is_escaped() -> None:
    own = DUTCH.own({"standing.use": "Gebruik <b> de {newest} & niet {version}."})
    told = own.text("standing.use", newest=Markup("<a>nieuwste</a>"), version="<i>")
    assert told == "Gebruik &lt;b&gt; de <a>nieuwste</a> &amp; niet &lt;i&gt;."
    assert isinstance(told, Markup)
    assert not isinstance(own.text("standing.use", newest="<a>", version=""), Markup)


# --- a ministry's own -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "text", "wrong"),
    [
        ("term.programme", "Actieagenda Samenleven", None),
        ("noun.pillar", "Spoor|Sporen", None),
        ("noun.pillar", "Spoor", "expected a word for one and a word for more, with a line between them"),
        ("point.as_of", " Tot en met {day}.", None),
        ("point.as_of", " Tot en met de laatste dag.", None),
        ("point.as_of", " Tot {date}.", "a place that this text does not have"),
        ("point.as_of", " Tot {day.", "the braces do not match"),
        ("text.too_few", "Te weinig voor de {programme}.", None),
        ("text.too_few", "{More_pillar} met te weinig.", None),
        ("text.too_few", "{More_spoor} met te weinig.", "a place that this text does not have"),
        ("term.programme", "{letter}", "a term holds no places"),
        ("noun.pillar", "{one_pillar}|Sporen", "a term holds no places"),
    ],
)
def test_a_text_of_its_own_has_the_places_of_what_it_replaces(key: str, text: str, wrong: str | None) -> None:
    assert find_wrong(key, text, DUTCH) == wrong


@pytest.mark.parametrize(
    ("key", "text", "wrong"),
    [
        ("letter.to", "Aan de Voorzitter van de {programme}", None),
        ("letter.until", "Dat geldt tot {until}.", None),
        ("letter.until", "Dat geldt tot {day}.", "a place that this text does not have"),
    ],
)
def test_a_text_for_the_papers_has_the_places_of_what_it_replaces(key: str, text: str, wrong: str | None) -> None:
    assert find_wrong(key, text, PAPERS) == wrong


def test_no_key_of_the_papers_is_one_of_the_site_and_marks_of_copies_stay() -> None:
    assert set(DUTCH.keys).isdisjoint(PAPERS_KEYS)
    assert {"copy.numbered", "receipt.title"}.isdisjoint(papers.OWN)


def test_a_paper_says_what_a_ministry_says_in_the_year_of_the_edition_and_the_site_does_not(tmp_path: Path) -> None:
    own = (
        a_phrase("letter.to", "Aan de Kamer", last=2025),
        a_phrase("letter.to", "Aan het parlement", first=2026),
        a_phrase("ground.L3", "Een overheid"),
        a_phrase("term.programme_short", "Samenlevingsagenda"),
    )
    desk = a_desk(tmp_path)
    source = replace(desk.source, wording=own)
    dossier = compose_dossier(source, desk.selection, desk.tables)
    assert "Samenlevingsagenda" in in_pdf(
        render_documents(dossier, mark="", issue=Issue(DAY), templates=PAPERS_FOLDER)["01-overzicht.pdf"]
    )
    page = render_documents(dossier, mark="", issue=Issue(DAY), templates=PAPERS_FOLDER)["01-overzicht.html"].decode()
    assert "Een overheid" in page
    assert "aan de Actieagenda" not in page
    letter = in_pdf(render_letter(source, dossier, issue=Issue(DAY), templates=PAPERS_FOLDER))
    assert "Aan de Kamer" in letter
    assert "parlement" not in letter
    assert imprint(source, 2025).wording == (("term.programme_short", "Samenlevingsagenda"),)


def test_a_letter_that_counts_in_the_words_of_a_ministry_is_refused(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    source = replace(desk.source, wording=(a_phrase("letter.public", "Er staan 3 organisaties in."),))
    dossier = compose_dossier(source, desk.selection, desk.tables)
    with pytest.raises(SealingFailed):
        render_letter(source, dossier, issue=Issue(DAY), templates=PAPERS_FOLDER)


def in_pdf(data: bytes) -> str:
    return " ".join(" ".join(pages(data)).split())


def test_words_by_which_programs_read_files_stay() -> None:
    assert {"cell.suppressed", "text.total"} <= FIXED
    assert FIXED.isdisjoint(OWN)


def a_phrase(key: str, text: str, **years: int) -> Phrase:
    return Phrase(key, text, Place("wording.yaml", 1, 1), **years)


def test_an_edition_is_published_in_the_words_of_its_year() -> None:
    wording = (a_phrase("term.programme", "Nieuw", first=2026), a_phrase("term.letter", "Brief", last=2025))
    source = replace(a_source(()), editions=(an_edition(),), wording=wording)
    assert imprint(source, 2025).wording == in_year(wording, 2025) == (("term.letter", "Brief"),)
    assert imprint(source, 2026).wording == (("term.programme", "Nieuw"),)


def test_a_record_holds_its_words_and_one_without_is_as_it_was() -> None:
    own = replace(suppressed_2025(), imprint=replace(IMPRINT, wording=OTHER))
    assert parse(serialise(own)) == own
    assert b"wording" not in serialise(suppressed_2025())
    assert digest(own) != digest(suppressed_2025())
    publication = a_publication(own, wording=OTHER)
    assert parse_publication(serialise_publication(publication)) == publication


def test_every_file_of_an_edition_has_the_words_of_its_day_and_the_rest_of_the_site_those_of_today() -> None:
    own = replace(suppressed_2025(), imprint=replace(IMPRINT, wording=OTHER))
    site = render_site(a_publication(rounded_2026(), own, wording=OTHER), PUBLIC)
    for path in ("edities/2025/index.html", "edities/2025/soort.csv-metadata.json", "methode/index.html"):
        assert "Samenlevingsagenda" in site[path].decode() or "Spoor" in site[path].decode(), path
    with zipfile.ZipFile(io.BytesIO(site["edities/2025/annex.docx"])) as archive:
        assert "Samenlevingsagenda" in archive.read("word/document.xml").decode()
    page = site["edities/2026/index.html"].decode()
    body = page[page.index("<main") : page.index("</main>")]
    assert "Samenlevingsagenda" not in body.replace("wording", "")
    assert "Pijler" in site["edities/2026/soort.csv-metadata.json"].decode()


OTHER_NOUNS = (
    ("noun.pillar", "Spoor|Sporen"),
    ("noun.theme", "Onderwerp|Onderwerpen"),
    ("noun.measure", "Actie|Acties"),
    ("noun.kind", "EU-type|EU-typen"),
    ("noun.region", "Gewest|Gewesten"),
    ("noun.partners", "deelnemer|deelnemers"),
    ("noun.conversations", "bijeenkomst|bijeenkomsten"),
    ("term.programme", "Plan Samen"),
    ("term.programme_short", "Plan"),
    ("term.programme_article", "het"),
)
THEIRS = re.compile(
    r"\b(?:[Pp]ijler|[Tt]hema|[Mm]aatregel|[Ss]oorten? organisatie|[Rr]egio|[Pp]artners?\b|[Gg]esprekken\b)"
)


def test_a_ministry_says_its_nouns_once_and_they_stand_everywhere() -> None:
    """Also within sentences, with a small letter there; an abbreviation keeps its capitals."""
    told = suppressed_2025()
    titled = (replace(each, title=f"Tabel {at}") for at, each in enumerate(told.tables))
    imprint = replace(IMPRINT, wording=OTHER_NOUNS)
    own = replace(told, tables=tuple(titled), corrections=(), version=1, imprint=imprint)
    told_by: dict[str, Any] = {"title": "Deelnemers", "base_url": None, "pages": (), "wording": OTHER_NOUNS}
    site = render_site(a_publication(own, **told_by), PUBLIC)
    read = {path: html.unescape(shown_by(data.decode())) for path, data in site.items() if path.endswith(".html")}
    assert {path: THEIRS.findall(text) for path, text in read.items() if THEIRS.search(text)} == {}
    page, method = (" ".join(read[path].split()) for path in ("edities/2025/index.html", "methode/index.html"))
    assert "De sporen tellen daarom niet op tot het totaal." in page
    assert "De grootste groep naar EU-type is" in page
    assert "meewerkte aan minstens één actie van het Plan Samen" in page
    assert "Een deelnemer kan bij meer dan één onderwerp horen." in page
    assert "Een bijeenkomst met meer deelnemers telt ook één keer." in method
    assert {path for path, text in read.items() if re.search(r"\b[Dd]e Plan\b", text)} == set()
    assert "Sporen, onderwerpen en acties kunnen per jaar een andere naam of inhoud hebben." in method
    assert "Een onderdeel van een spoor. Onder een onderwerp vallen acties." in read["woordenlijst/index.html"]


def test_markup_in_a_text_of_its_own_is_text() -> None:
    hostile = replace(a_release(), imprint=replace(IMPRINT, wording=(("text.too_few", "<script>x</script>"),)))
    assert b"<script>x" not in render_site(a_publication(hostile), PUBLIC)["edities/2025/index.html"]
