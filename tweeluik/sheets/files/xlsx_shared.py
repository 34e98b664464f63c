"""What all sheets of an `.xlsx` refer to: its texts, and what the styles of cells mean for their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tweeluik.sheets.files.model import Counter
from tweeluik.sheets.files.package import Event, Package

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of built-in formats that show a date or a time (ECMA-376 part 1, 18.8.30)."""

_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_LONGEST_NUMBER = 12
_NO_FILL = ("none", "gray125")
"""The two that every file has and no cell shows."""

NO = frozenset(("0", "false"))
"""How an attribute says no."""


class Style(NamedTuple):
    """What a cell's style means for its value."""

    is_date: bool = False
    is_struck: bool = False
    colour: str = ""


class Text(NamedTuple):
    """A text, and whether any of it is struck through. Its repr shows nothing of it."""

    text: str
    is_struck: bool

    def __repr__(self) -> str:
        return "<Text>"


@dataclass(frozen=True, slots=True, repr=False)
class Shared:
    """What all sheets of a file refer to."""

    texts: tuple[Text, ...]
    styles: tuple[Style, ...]
    epoch: date
    counter: Counter

    def text(self, index: str) -> Text:
        """The text that a cell refers to by its number."""
        number = whole(index) if index.strip() else len(self.texts)
        return self.texts[number] if number < len(self.texts) else Text("", is_struck=False)


def read_texts(package: Package, path: str | None) -> Iterator[Text]:
    """The texts, in the order by which cells refer to them."""
    run = Run()
    for event in package.events(path) if path else ():
        if event.kind == "start" and event.name == "si":
            run = Run()
        run.take(event)
        if event.kind == "end" and event.name == "si":
            yield run.text()


class Run:
    """Gathers the text of a cell from its runs, without what only says how it sounds."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._is_struck = self._has_struck = self._is_sound = False

    def take(self, event: Event) -> None:
        """The next tag."""
        if event.name == "r" and event.kind == "start":
            self._is_struck = False
        elif event.name == "strike" and event.kind == "start":
            self._is_struck = event.attributes.get("val", "1") not in NO
        elif event.name == "rPh":
            self._is_sound = event.kind == "start"
        elif event.name == "t" and event.kind == "end" and not self._is_sound:
            self._parts.append(event.text)
            self._has_struck |= self._is_struck and bool(event.text.strip())

    def text(self) -> Text:
        """What was gathered."""
        return Text("".join(self._parts), self._has_struck)


def read_styles(package: Package, path: str | None) -> Iterator[Style]:
    """The styles, in the order by which cells refer to them."""
    formats: dict[str, str] = {}
    struck: list[bool] = []
    fills: list[str] = []
    inside = ""
    for event in package.events(path) if path else ():
        name, given = event.name, event.attributes
        if event.kind == "end":
            inside = "" if name == inside else inside
        elif name in ("fonts", "fills", "cellXfs"):
            inside = name
        elif name == "numFmt":
            formats[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "font" and inside == "fonts":
            struck.append(False)
        elif name == "strike" and inside == "fonts" and struck:
            struck[-1] = given.get("val", "1") not in NO
        elif name == "fill" and inside == "fills":
            fills.append("")
        elif name == "patternFill" and inside == "fills" and fills and given.get("patternType", "none") not in _NO_FILL:
            fills[-1] = str(len(fills))
        elif name == "xf" and inside == "cellXfs":
            font, fill = whole(given.get("fontId", "0")), whole(given.get("fillId", "0"))
            is_struck = font < len(struck) and struck[font]
            colour = fills[fill] if fill < len(fills) else ""
            yield Style(_is_date(given.get("numFmtId", "0"), formats), is_struck, colour)


def _is_date(number: str, formats: Mapping[str, str]) -> bool:
    if number in formats:
        return any(each in _NOT_LETTERS.sub("", formats[number]).lower() for each in "dmy")
    return whole(number) in _DATES


def whole(text: str) -> int:
    """A whole number that stands in an attribute; 0 for anything else."""
    return int(text) if text.isascii() and text.strip().isdigit() and len(text) < _LONGEST_NUMBER else 0
