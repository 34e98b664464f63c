"""The papers for the House and for reviewers have the look of the ministry's theme, and no template is touched for it."""

from __future__ import annotations

import io
import re
import shutil
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.stages.a_bundle import DAY, a_desk
from tests.stages.a_bundle import TEMPLATES as CONFIDENTIAL
from tweeluik.confidential.bundle.documents import LETTER, Issue, render_documents
from tweeluik.confidential.bundle.dossier import Dossier, compose_dossier
from tweeluik.confidential.bundle.letter import render_letter
from tweeluik.confidential.bundle.opener import OPENER, dressed, read_opener
from tweeluik.paper.theme import FOLDER, LEAST_CONTRAST, LOGO, TOKENS, ThemeIsWrong, contrast, read_theme
from tweeluik.problems import SealingFailed, SourceHasProblems
from tweeluik.review.rendering import render_html, render_pdf
from tweeluik.source.records import Source

TEMPLATES = CONFIDENTIAL.parent
EXAMPLE = TEMPLATES / "themes" / "voorbeeld"

Papers = Mapping[str, bytes]


def with_theme(root: Path, theme: Path) -> Path:
    """Our templates, with another folder in the place of that of the theme."""
    shutil.copytree(TEMPLATES, root)
    shutil.rmtree(root / FOLDER)
    shutil.copytree(theme, root / FOLDER)
    return root


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Source, Dossier]:
    desk = a_desk(tmp_path_factory.mktemp("desk"))
    return desk.source, compose_dossier(desk.source, desk.selection, desk.tables)


def papers(given: tuple[Source, Dossier], templates: Path) -> Papers:
    source, dossier = given
    confidential = templates / "confidential"
    letter = render_letter(source, dossier, issue=Issue(DAY), templates=confidential)
    return {
        LETTER: letter,
        **render_documents(dossier, mark="Exemplaar 1 van 3", issue=Issue(DAY), templates=confidential),
    }


@pytest.fixture(scope="module")
def own(given: tuple[Source, Dossier]) -> Papers:
    return papers(given, TEMPLATES)


@pytest.fixture(scope="module")
def other(given: tuple[Source, Dossier], tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(given, with_theme(tmp_path_factory.mktemp("other") / "templates", EXAMPLE))


def letters(pdf: bytes) -> str:
    """What stands on a paper; where its lines end is the font's."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return re.sub(r"\s", "", "".join(pages))


def fonts(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = (each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each)
        return {str(each.BaseFont).partition("+")[2] for each in found}


def colours(pdf: bytes) -> set[tuple[int, ...]]:
    """The colours that something is filled or drawn with, from 0 to 255."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        drawn = (each for page in opened.pages for each in pikepdf.parse_content_stream(page))
        asked = [each.operands for each in drawn if str(each.operator) in {"rg", "RG", "sc", "SC", "scn", "SCN"}]
    numbers = ([float(part) for part in parts] for parts in map(list, asked) if len(parts) == 3)
    return {tuple(round(255 * part) for part in parts) for parts in numbers}


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


PDFS = (LETTER, "01-overzicht.pdf", "04-ontvangstbewijs.pdf", "05-inzageregister.pdf", "06-afsluiting.pdf")


@pytest.mark.parametrize("name", PDFS)
def test_a_paper_has_the_colours_and_fonts_of_the_theme_and_says_the_same(
    own: Papers, other: Papers, name: str
) -> None:
    first, second = read_theme(TEMPLATES / FOLDER), read_theme(EXAMPLE)
    assert letters(own[name]) == letters(other[name])
    for paper, theme, strange in ((own[name], first, second), (other[name], second, first)):
        assert rgb(theme.on_paper["accent"]) in colours(paper)
        assert rgb(strange.on_paper["accent"]) not in colours(paper)
    assert fonts(own[name]).isdisjoint(fonts(other[name]))


def test_the_page_has_the_tokens_and_the_logo(own: Papers, other: Papers) -> None:
    for papers, theme in ((own, read_theme(TEMPLATES / FOLDER)), (other, read_theme(EXAMPLE))):
        page = papers["01-overzicht.html"].decode()
        assert theme.css in page
        assert theme.logo in page
    text = (
        re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", each["01-overzicht.html"].decode(), flags=re.DOTALL)
        for each in (own, other)
    )
    assert len({*text}) == 1


def test_no_template_of_a_paper_has_a_colour_or_a_font_of_its_own() -> None:
    for file in (*(TEMPLATES / "confidential").iterdir(), *(TEMPLATES / "review").iterdir()):
        text = file.read_text("utf-8")
        if file.name == OPENER:
            text = own_style(text)
        assert re.findall(r"#[0-9a-fA-F]{6}\b|\bluma\(|\brgb\(\"|Libertinus|Georgia|CanvasText", text) == [], file.name


STATES = ("plain", "good", "bad", "warn")


def own_style(page: str) -> str:
    """The style of the opener behind the tokens, without the colours of its states."""
    style = page.partition("/* page */")[2].partition("</style>")[0]
    return re.sub(rf"--(?:ground|{'|'.join(STATES)}): #[0-9a-f]{{6}};", "", style)


def test_the_opener_has_the_tokens_of_the_theme_and_allows_its_style_and_no_other(tmp_path: Path) -> None:
    own, other = (
        read_opener(with_theme(tmp_path / theme.name, theme) / "confidential").decode()
        for theme in (TEMPLATES / FOLDER, EXAMPLE)
    )
    assert own.encode() == (CONFIDENTIAL / OPENER).read_bytes()
    for page, theme in ((own, TEMPLATES / FOLDER), (other, EXAMPLE)):
        style = page.partition("<style>")[2].partition("</style>")[0]
        assert read_theme(theme).css in style
        assert re.findall(r"style-src '([^']*)'", page) == [
            f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
        ]
    assert own_style(own) == own_style(other)
    assert own.partition("<script")[2] == other.partition("<script")[2]


def test_the_states_of_the_opener_stand_out_from_their_own_ground() -> None:
    grounds = re.findall(r"--ground: #\w+;.*?}", (CONFIDENTIAL / OPENER).read_text("utf-8"))
    assert len(grounds) == 3
    for each in grounds:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", each))
        assert min(contrast(colours[state], colours["ground"]) for state in STATES) >= LEAST_CONTRAST


@pytest.mark.parametrize(("before", "after"), [("/* page */", ""), ("style-src 'sha256-", "style-src 'sha512-")])
def test_an_opener_without_a_place_for_the_theme_is_refused(before: str, after: str) -> None:
    page = (CONFIDENTIAL / OPENER).read_text("utf-8")
    assert before in page
    with pytest.raises(SealingFailed):
        dressed(page.replace(before, after), "")


@pytest.mark.parametrize(
    ("file", "before", "after", "line"),
    [
        (TOKENS, 'muted = "#545d59"', 'muted = "#8b9590"', 1),
        (TOKENS, "[print]", "[druk]", 0),
        (LOGO, "<svg", "<p><svg", 1),
    ],
)
def test_a_theme_that_does_not_do_makes_no_paper(  # noqa: PLR0917
    tmp_path: Path, given: tuple[Source, Dossier], file: str, before: str, after: str, line: int
) -> None:
    templates = with_theme(tmp_path / "templates", TEMPLATES / FOLDER)
    wrong = templates / FOLDER / file
    text = wrong.read_text("utf-8")
    assert before in text
    wrong.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(SealingFailed) as sealing:
        papers(given, templates)
    place = sealing.value.problems[0].place
    assert place.file == f"templates/public/theme/{file}"
    assert bool(place.line) is bool(line)
    with pytest.raises(SourceHasProblems) as page:
        render_html(templates, "rapport.html", {})
    with pytest.raises(SourceHasProblems) as paper:
        render_pdf(templates, "rapport.typ", {}, DAY)
    assert page.value.problems == paper.value.problems == sealing.value.problems


def test_a_theme_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ThemeIsWrong) as found:
        read_theme(tmp_path)
    assert (found.value.file, found.value.line) == (TOKENS, 0)
