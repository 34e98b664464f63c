"""The look in one place: colours, type and logo, for pages, print, PDF, Word and the papers for the House alike.

A theme is a folder: `theme.toml` holds the tokens, `logo.svg` the logo. What NL Design System has a name for goes by
that name too, so that the tokens of one of its themes can be put in here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TOKENS, LOGO = "theme.toml", "logo.svg"

FOLDER = Path("public", "theme")
"""Among the templates."""

SCHEMES = ("light", "dark", "print")
COLOURS = ("paper", "panel", "ink", "muted", "line", "accent", "accent-soft", "hidden")
FONTS = ("text", "heading", "pdf", "word_text", "word_heading")

TEXT, GROUND = ("ink", "muted", "accent", "hidden"), ("paper", "panel")
"""The colours of text, and those that it stands on."""

LEAST_CONTRAST = 4.5
"""Of text with its ground: WCAG 2.2, success criterion 1.4.3."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FONT = re.compile(r"[\w ,\"'-]+")
_AT_LINE = re.compile(r"\(at line (\d+), ")
_DANGER = re.compile(r"<script|<foreignObject|<!|\son\w+\s*=|(?:href|src)\s*=\s*[\"'](?!#)|url\((?!#)", re.IGNORECASE)
"""What a logo has no business with: programs, and files from elsewhere."""


class ThemeIsWrong(Exception):
    """What is the matter with a file of a theme, and in which line (0: not known); it quotes nothing of it."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(what)
        self.file, self.line, self.what = file, line, what


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours per scheme, names of fonts, and the logo as SVG."""

    colours: Mapping[str, Mapping[str, str]]
    fonts: Mapping[str, str]
    logo: str

    @property
    def on_paper(self) -> Mapping[str, str]:
        """The colours of what is printed."""
        return self.colours["print"]

    @property
    def for_typst(self) -> dict[str, object]:
        """What a paper is told: the colours of what is printed, a font inside typst, and the logo."""
        return {"colours": dict(self.on_paper), "font": self.fonts["pdf"], "logo": self.logo}

    @property
    def css(self) -> str:
        """The tokens as custom properties, light, dark and printed."""
        fonts = "".join(f"  --tweeluik-font-{name}: {self.fonts[name]};\n" for name in ("text", "heading"))
        dark = f"@media (prefers-color-scheme: dark) {{\n  :root {{\n{self._properties('dark')}  }}\n}}\n"
        printed = f"@media print {{\n  :root {{\n  color-scheme: light;\n{self._properties('print')}  }}\n}}\n"
        return f":root {{\n  color-scheme: light dark;\n{fonts}{self._properties('light')}{_ALIASES}}}\n{dark}{printed}"

    def _properties(self, scheme: str) -> str:
        return "".join(f"  --tweeluik-color-{name}: {colour};\n" for name, colour in self.colours[scheme].items())


_ALIASES = """\
  --utrecht-document-background-color: var(--tweeluik-color-paper);
  --utrecht-document-color: var(--tweeluik-color-ink);
  --utrecht-document-font-family: var(--tweeluik-font-text);
  --utrecht-heading-font-family: var(--tweeluik-font-heading);
  --utrecht-link-color: var(--tweeluik-color-accent);
  --utrecht-focus-outline-color: var(--tweeluik-color-accent);
  --tweeluik-measure: 42rem;
  --tweeluik-page: 68rem;
"""


def read_theme(folder: Path) -> Theme:
    """The theme in a folder.

    Raises:
        ThemeIsWrong: see `parse_theme`; or one of its files cannot be read.
    """
    return parse_theme(*(_text(folder, name) for name in (TOKENS, LOGO)))


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ThemeIsWrong(name, 0, "the template is not there") from None


def parse_theme(tokens: str, logo: str) -> Theme:
    """A theme of its two files.

    Raises:
        ThemeIsWrong: a token is missing or wrong, text does not stand out enough, or the logo is no plain drawing.
    """
    raw = _read(tokens)
    theme = Theme(
        {each: _tokens(tokens, raw, each, COLOURS, _COLOUR) for each in SCHEMES},
        _tokens(tokens, raw, "type", FONTS, _FONT),
        logo,
    )
    for line in _too_faint(theme, tokens):
        raise ThemeIsWrong(TOKENS, line, "a colour of text that does not stand out enough from its ground")
    if not logo.lstrip().startswith("<svg") or _DANGER.search(logo):
        raise ThemeIsWrong(LOGO, 1, "a logo is a plain drawing in SVG, without programs or other files")
    return theme


def _read(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = _AT_LINE.search(str(error))  # no attribute before Python 3.14
        raise ThemeIsWrong(TOKENS, int(told[1]) if told else 0, "this is not TOML") from None


def _tokens(
    text: str, raw: Mapping[str, object], section: str, names: Iterable[str], form: re.Pattern[str]
) -> dict[str, str]:
    tokens = raw.get(section)
    return {name: _token(text, tokens, section, name, form) for name in names}


def _token(text: str, tokens: object, section: str, name: str, form: re.Pattern[str]) -> str:
    value = tokens.get(name) if isinstance(tokens, dict) else None
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ThemeIsWrong(TOKENS, line_of(text, section, name), "a token of the theme is missing or wrong")
    return value


def line_of(text: str, section: str, name: str) -> int:
    """The line of a token, that of its section when it is missing, or 0."""
    found, inside = 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("["):
            inside = line.strip() == f"[{section}]"
            found = number if inside else found
        elif inside and line.partition("=")[0].strip() == name:
            return number
    return found


def _too_faint(theme: Theme, text: str) -> Iterator[int]:
    for scheme, colours in theme.colours.items():
        for name in TEXT:
            if any(contrast(colours[name], colours[ground]) < LEAST_CONTRAST for ground in GROUND):
                yield line_of(text, scheme, name)


def contrast(one: str, other: str) -> float:
    """How much two colours differ, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
