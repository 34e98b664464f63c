"""Everything the public, the House and the editors read is plain Dutch: short sentences, short words, polite.

Measured as R. Flesch did, with W. H. Douma's weights for Dutch (1960): 206.84 - 77 syllables per word - 0.93 words per
sentence. Their scale calls 60 to 70 ordinary and 70 to 80 fairly easy; below 60 it is difficult.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.html import first
from tests.outside.sites import example
from tests.stages.a_bundle import a_desk
from tweeluik.confidential.bundle.documents import READ_ME, Issue, render_documents, text_of, wording
from tweeluik.confidential.bundle.dossier import compose_dossier
from tweeluik.words.messages import chapters
from tweeluik.words.papers import PAPERS
from tweeluik.words.phrases import Words
from tweeluik.words.reviewing import REVIEW

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "confidential"
OPENER = ROOT / "tools" / "opener" / "src"

LONGEST, MEAN, EASE = 20, 12, 60
"""Most words in a sentence, most words in the average sentence, least ease of reading."""

FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
NO_PROSE = re.compile(r"^(#|\||\d+\. \[).*$", re.MULTILINE)
NO_RUNNING_TEXT = ".controlegetal, table, svg, nav, figure, script, style, h1, h2, h3, .downloads, .namen, .kerncijfers, .citaat, .bron"
END = re.compile(r"(?<=[.?!:;])[\"’')]?\s+(?=[A-ZÀ-Þ‘\"'(`\d])")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d.]*")
NUCLEUS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ëi|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]")
"""What makes a syllable; a diaeresis begins another one."""


# --- measuring --------------------------------------------------------------------------------------------------------


def sentences(blocks: Iterator[str] | list[str]) -> list[list[str]]:
    """The words of every sentence; a colon or semicolon before a capital ends one too. Code counts as one word."""
    plain = (re.sub(r"`[^`]*`", "Code", block) for block in blocks)
    return [words for block in plain for each in END.split(block) if (words := WORD.findall(each))]


def mean(found: list[list[str]]) -> float:
    return sum(map(len, found)) / len(found)


def ease(found: list[list[str]]) -> float:
    words = [word.lower() for each in found for word in each]
    syllables = sum(max(1, len(NUCLEUS.findall(word))) for word in words)
    return 206.84 - 77 * syllables / len(words) - 0.93 * mean(found)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("boom", 1), ("ideeën", 3), ("organisatie", 5), ("vijftal", 2), ("geëist", 2), ("leeuw", 1), ("kwitantie", 3)],
)
def test_syllables_are_counted(word: str, syllables: int) -> None:
    assert len(NUCLEUS.findall(word)) == syllables


def test_an_official_sentence_would_not_pass() -> None:
    official = (
        "Ingevolge de desbetreffende rubriceringsvoorschriften kunnen statistische gegevens betreffende "
        "maatschappelijke samenwerkingsorganisaties uitsluitend geaggregeerd openbaar gemaakt worden, teneinde "
        "herleidbaarheid tot individuele rechtspersonen redelijkerwijs uit te sluiten."
    )
    found = sentences([official])
    assert mean(found) > LONGEST
    assert ease(found) < 0


# --- what is read -----------------------------------------------------------------------------------------------------


def in_html(html: bytes | str) -> Iterator[str]:
    main = first(LexborHTMLParser(html), "main")
    for each in main.css(NO_RUNNING_TEXT):
        each.decompose()
    yield from (" ".join(each.text().split()) for each in main.css("p, li, dd, label"))


def in_markdown(text: str) -> Iterator[str]:
    prose = NO_PROSE.sub("", FENCE.sub("", text))
    items = re.sub(r"^ *(?:[-*]|\d+\.) +", "\n", prose, flags=re.MULTILINE)
    yield from (" ".join(each.split()).replace("*", "") for each in re.split(r"\n\s*\n", items) if each.strip())


def in_catalogue(words: Words) -> Iterator[str]:
    """The sentences of a catalogue; what is filled in counts as one word."""
    said = (words.raw(key) for key in words.keys)
    yield from (re.sub(r"\{\w+\}", "`d`", text) for text in said if re.match(r"[A-Z].*[.?]$", text))


def in_script(text: str) -> Iterator[str]:
    """What the opener says, from capital to full stop; what is filled in counts as one word."""
    said = re.findall(r"[\"`]([A-Z][^\"\n]* [^\"\n]*[.?])[\"`]", text)
    yield from (re.sub(r"\$\{[^}]*\}", "`d`", each) for each in said)


@cache
def site() -> dict[str, list[str]]:
    return {path: list(in_html(data)) for path, data in example().items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a bundle holds to read: the letter, the first file, the overview, and the other papers."""
    desk = a_desk(tmp_path_factory.mktemp("desk"))
    dossier = compose_dossier(desk.source, desk.selection, desk.tables)
    issue = Issue(dossier.inspection_from)
    words = wording(dossier, mark="Exemplaar 1 van 1", issue=issue)
    made = render_documents(dossier, mark="Exemplaar 1 van 1", issue=issue, templates=TEMPLATES)
    letter = text_of(TEMPLATES, "aanbiedingsbrief.txt", words)
    return [
        *in_markdown(letter.replace("\r", "")),
        *made[READ_ME].decode().splitlines(),
        *in_html(made["01-overzicht.html"]),
        *in_catalogue(PAPERS),
    ]


def opener() -> list[str]:
    said = [text for script in sorted(OPENER.glob("*.js")) for text in in_script(script.read_text("utf-8"))]
    return [*in_html((OPENER / "page.html").read_text("utf-8")), *said]


def guide() -> list[str]:
    return list(in_markdown((ROOT / "docs" / "handleiding.md").read_text("utf-8")))


# --- and how ----------------------------------------------------------------------------------------------------------


def check(blocks: list[str], *, least: int) -> None:
    found = sentences(blocks)
    assert len(found) >= least
    assert [" ".join(each) for each in found if len(each) > LONGEST] == []
    assert mean(found) < MEAN
    assert ease(found) >= EASE


def test_the_site_is_plain() -> None:
    check(list(dict.fromkeys(block for blocks in site().values() for block in blocks)), least=150)


@pytest.mark.parametrize("page", ["methode", "over", "woordenlijst", "data", "edities/2025", "edities/2026"])
def test_a_page_is_plain(page: str) -> None:
    check(site()[f"{page}/index.html"], least=10)


def test_what_messages_mean_is_plain() -> None:
    check([kind.about["nl"] for chapter in chapters() for kind in chapter.kinds], least=300)


def test_the_guide_is_plain() -> None:
    check(guide(), least=400)


def test_the_bundle_is_plain(bundle: list[str]) -> None:
    check(bundle, least=30)


def test_what_reviewers_are_told_is_plain() -> None:
    check(list(in_catalogue(REVIEW)), least=60)


def test_the_opener_is_plain() -> None:
    check(opener(), least=30)


def test_readers_are_addressed_politely(bundle: list[str]) -> None:
    blocks = [*guide(), *bundle, *opener(), *(block for blocks in site().values() for block in blocks)]
    assert [each for each in blocks if re.search(r"\b(je|jij|jou|jouw|jullie)\b", each, re.IGNORECASE)] == []
