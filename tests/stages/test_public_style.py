"""The theme: tokens in one place, with enough contrast (WCAG 2.2), for pages, print, PDF and Word alike."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from tests import templates
from tests.stages.a_publication import a_publication, a_site
from tests.templates import PUBLIC, THEME
from tweeluik.paper.theme import COLOURS, GROUND, SCHEMES, TEXT, contrast
from tweeluik.problems import SourceHasProblems
from tweeluik.public.site import render_site
from tweeluik.public.templates import Templates
from tweeluik.public.theme import LOGO, TOKENS, read_theme

TEMPLATES = Path(__file__).parents[2] / "templates"
OTHER = templates.of(TEMPLATES / "themes" / "voorbeeld")
"""The second example: only the folder of the theme is another."""


def with_theme(tokens: str | None = None, logo: str | None = None) -> Templates:
    own = {
        TOKENS: PUBLIC.texts[TOKENS] if tokens is None else tokens,
        LOGO: PUBLIC.texts[LOGO] if logo is None else logo,
    }
    return Templates("sjablonen", {**PUBLIC.texts, **own})


def other() -> Templates:
    return with_theme(OTHER.texts["theme.toml"], OTHER.texts["logo.svg"])


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [THEME, read_theme(other())], ids=["own", "other"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", TEXT)
@pytest.mark.parametrize("ground", GROUND)
def test_text_stands_out(theme: object, scheme: str, text: str, ground: str) -> None:
    colours: Mapping[str, Mapping[str, str]] = theme.colours  # type: ignore[attr-defined]
    assert contrast(colours[scheme][text], colours[scheme][ground]) >= 4.5


def refused(made: Templates) -> tuple[str, int, str]:
    with pytest.raises(SourceHasProblems) as failure:
        render_site(a_publication(), made)
    (problem,) = failure.value.problems
    return problem.place.file, problem.place.line, problem.what


FAINT = "a colour of text that does not stand out enough from its ground"
WRONG = "a token of the theme is missing or wrong"


def line(text: str) -> int:
    """Of the first place where a text stands in our own theme."""
    return PUBLIC.texts[TOKENS].partition(text)[0].count("\n") + 1


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('muted = "#545d59"', 'muted = "#8b9590"', FAINT),
        ('ink = "#1c2220"', 'ink = "black"', WRONG),
        ('ink = "#1c2220"', 'ink = "#1c2220;}"', WRONG),
        ('ink = "#1c2220"', "ink = 12", WRONG),
        ('pdf = "Libertinus Serif"', 'pdf = "x; } body { display: none"', WRONG),
    ],
)
def test_a_token_that_does_not_do_is_told_by_its_line(before: str, after: str, what: str) -> None:
    made = with_theme(PUBLIC.texts[TOKENS].replace(before, after, 1))
    assert refused(made) == (f"sjablonen/{TOKENS}", line(before), what)


def test_a_token_that_is_missing_is_told_at_its_section() -> None:
    made = with_theme(PUBLIC.texts[TOKENS].replace('accent-soft = "#3d7264"\n', "", 1))
    assert refused(made) == (f"sjablonen/{TOKENS}", line("[dark]"), WRONG)
    assert refused(with_theme("[light")) == (f"sjablonen/{TOKENS}", 0, "this is not TOML")  # at the end of the file


def test_a_colour_without_quotes_is_told_by_its_line() -> None:
    made = with_theme(PUBLIC.texts[TOKENS].replace('ink = "#1c2220"', "ink = #1c2220", 1))
    assert refused(made) == (f"sjablonen/{TOKENS}", line('ink = "#1c2220"'), "this is not TOML")


@pytest.mark.parametrize(
    "logo",
    [
        "",
        "<p>x</p>",
        "<svg><script>x</script></svg>",
        '<svg><image href="https://elders.example/x.png"/></svg>',
        '<svg onload="x"></svg>',
        "<svg><style>a{fill:url(https://elders.example)}</style></svg>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
    ],
)
def test_a_logo_is_a_drawing_and_nothing_more(logo: str) -> None:
    assert refused(with_theme(logo=logo))[0] == f"sjablonen/{LOGO}"


def test_a_second_theme_needs_no_template_touched_and_leaves_nothing_of_the_first() -> None:
    site, own = render_site(a_publication(), other()), a_site()
    first = {colour for scheme in SCHEMES for colour in THEME.colours[scheme].values()} - {"#ffffff"}
    for path, data in site.items():
        if path.endswith((".css", ".svg", ".html")):
            assert not [each for each in first if each in data.decode().casefold()], path
        if path.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                text = "".join(archive.read(name).decode() for name in archive.namelist())
            assert not [each for each in first if f'"{each[1:].upper()}"' in text], path
            assert '"2B3F8C"' in text
    assert b"#2b3f8c" in site["stijl/stijl.css"]
    assert site["stijl/logo.svg"].decode() == OTHER.texts["logo.svg"]
    same = {path for path in own if path.endswith("index.html")}
    assert all(site[path] == own[path] or b"annex" in own[path] for path in same)
    assert fonts(site["edities/2025/annex.pdf"]) != fonts(own["edities/2025/annex.pdf"])


def fonts(pdf: bytes) -> set[bytes]:
    assert pypdfium2.PdfDocument(pdf)
    return set(re.findall(rb"/BaseFont ?/[A-Z]+\+([\w-]+)", pdf))


def test_no_template_has_a_colour_or_a_font_of_its_own() -> None:
    for name, text in PUBLIC.texts.items():
        if not name.startswith("theme/") and name.endswith((".css", ".typ", ".html", ".xml")):
            assert re.findall(r"#[0-9a-fA-F]{6}\b|\brgb\(\"|w:val=\"[0-9A-F]{6}\"", text) == [], name
    assert "Libertinus" not in PUBLIC.texts["annex.typ"]
    assert re.findall(r"#[0-9a-f]{3,6}\b", PUBLIC.texts["style.css"]) == []


def test_every_property_that_the_style_uses_is_one_of_the_theme() -> None:
    given = set(re.findall(r"(--[\w-]+):", THEME.css))
    for name in ("style.css", "print.css"):
        assert set(re.findall(r"var\((--[\w-]+)", PUBLIC.texts[name])) <= given
    assert {f"--tweeluik-color-{name}" for name in COLOURS} <= given
