"""The colours of the theme have enough contrast, in light and in dark (WCAG 2.2: 4.5 for text, 3 for graphics)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates" / "public"


def schemes() -> dict[str, dict[str, str]]:
    light, dark = (TEMPLATES / "theme.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--tweeluik-color-([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[1]}


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "hidden"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
def test_text_stands_out(scheme: str, text: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_both_schemes_have_the_same_colours() -> None:
    assert schemes()["light"].keys() == schemes()["dark"].keys()


def test_the_style_has_no_colour_of_its_own() -> None:
    assert re.findall(r"#[0-9a-f]{3,6}\b", (TEMPLATES / "style.css").read_text(encoding="utf-8")) == []


def test_every_property_that_the_style_uses_is_one_of_the_theme() -> None:
    theme, style, paper = (
        (TEMPLATES / f"{name}.css").read_text(encoding="utf-8") for name in ("theme", "style", "print")
    )
    given = set(re.findall(r"(--[\w-]+):", theme))
    assert set(re.findall(r"var\((--[\w-]+)", theme + style + paper)) <= given
    assert set(re.findall(r"(--[\w-]+):", paper)) <= given
