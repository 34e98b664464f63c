"""What somebody writes in a page and readers would not see as meant: pictures, HTML, links to files, half a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tweeluik.source import slips
from tweeluik.words.merged import MERGED, merged_at

_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_CODE = re.compile(r"`[^`]*`")
_PICTURE = re.compile(r"!\[[^\]]*\]\(")
_TAG = re.compile(
    r"</?(?:a\s+href|br|center|details|div|figure|font|hr|iframe|img|script|span|style|summary|table|tbody|td|th|thead|tr"
    r"|video)(?:[\s=][^<>]*)?/?>",
    re.IGNORECASE,
)
"""What somebody pastes to get a layout. `<b>` in running text may be meant to be seen."""

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(\s*<?([^)\s>]+)")
_ELSEWHERE = re.compile(r"(?:(?!https?:|mailto:)[a-z][a-z0-9+.-]*:|\\|//)", re.IGNORECASE)
_SOURCE_FILE = re.compile(
    r"^(?!https?:|mailto:)[^?#]*\.(?:md|ya?ml|xlsx?|ods|docm?|msg|pptx?|te?xt)(?:[?#]|$)", re.IGNORECASE
)
_ROW = re.compile(r"^\s{0,3}\|.*\|\s*$")
_RULE = re.compile(r"^\s{0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")

_BULLET = re.compile(rf"^\s{{0,3}}([{re.escape(slips.BULLETS.replace('*', ''))}])\s*\S")
"""`*` and `-` are bullets of a page itself."""

_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s")
_INDENTED = re.compile(r"^(?: {4}| {0,3}\t)[ \t]*\S")

_CELLS = re.compile(r"(?<!\\)\|")
_OTHER_SIGNS = re.compile(
    r"\[\^[^\]\s]+\]|~~\S(?:[^~]*\S)?~~|(?<!=)==[^=\s](?:[^=]*[^=\s])?==(?!=)|^\s*[-*+] \[[ xX]\] "
)
"""A footnote, a strike, a marking, a box to tick: other programs draw them."""

PAGES = "link to a page of the web with https://, or to one of this site as ../over/"


class Unshown(NamedTuple):
    """Where it begins (both from 0), what it is, and what to do."""

    line: int
    position: int
    what: str
    cure: str


def find_unshown(lines: Sequence[str]) -> Iterator[Unshown]:
    """Everything of it in the lines of a page; what stands as code is meant to be seen as it stands."""
    if (marked := merged_at(lines)) is not None:
        yield Unshown(marked, 0, *MERGED)
        return
    for number, plain in _beside_code(lines):
        yield from (Unshown(number, *each) for each in _in_line(plain))
        if (bullet := _BULLET.match(lines[number])) is not None:
            yield Unshown(number, bullet.start(1), *slips.BULLET)
        if _is_indented(lines, number):
            what = "an indented paragraph, which readers would see as code"
            yield Unshown(number, 0, what, "remove the spaces before it")
        if _is_half_a_table(lines, number):
            what = "a table without a line of dashes below its first row"
            yield Unshown(number, 0, what, "put | --- | --- | below the first row")
        yield from (Unshown(at, 0, *_TOO_WIDE) for at in _rows_too_wide(lines, number))


def links_in(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every link in the lines of a page: its line and where it begins in that, both from 0, and where it leads."""
    for number, plain in _beside_code(lines):
        yield from ((number, found.start(), found[1]) for found in _LINK.finditer(plain))


def _beside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that are no code, with their numbers from 0, and spaces where code stands within them."""
    is_code = False
    for number, line in enumerate(lines):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code:
            yield number, _CODE.sub(lambda found: " " * len(found[0]), line)


def _in_line(line: str) -> Iterator[tuple[int, str, str]]:
    for found in _PICTURE.finditer(line):
        yield found.start(), "a picture in a page", "a site has no pictures but its own: say it in words"
    for found in _TAG.finditer(line):
        yield (
            found.start(),
            "HTML in a page, which readers would see as it stands",
            "remove it; **bold** and lists need none",
        )
    for found in _LINK.finditer(line):
        if _ELSEWHERE.match(found[1]) or _SOURCE_FILE.match(found[1]):
            yield found.start(), "a link to what readers do not have", PAGES

    for found in _OTHER_SIGNS.finditer(line):
        cure = "a page has no footnotes, strikes, markings or boxes to tick: say it in words"
        yield found.start(), "signs of another program, which readers would see as they stand", cure


def _is_indented(lines: Sequence[str], number: int) -> bool:
    """Whether a paragraph begins here that is indented and no part of a list; code of one's own has its fence."""
    if not _INDENTED.match(lines[number]) or (number and lines[number - 1].strip()):
        return False
    at_margin = (each for each in reversed(lines[:number]) if each.strip() and not each.startswith((" ", "\t")))
    return not _LIST_ITEM.match(lines[number]) and not _LIST_ITEM.match(next(at_margin, ""))


def _is_half_a_table(lines: Sequence[str], number: int) -> bool:
    """Whether two rows follow each other, of which the first is the first of all and the second is no rule."""
    if number + 1 >= len(lines) or not (_ROW.match(lines[number]) and _ROW.match(lines[number + 1])):
        return False
    is_first = number == 0 or not _ROW.match(lines[number - 1])
    return is_first and not _RULE.match(lines[number + 1]) and not _RULE.match(lines[number])


_TOO_WIDE = (
    "a row of a table with more cells than its first row, of which readers would not see the last",
    "give the first row and the dashes as many cells",
)


def _rows_too_wide(lines: Sequence[str], head: int) -> Iterator[int]:
    """The rows of the table that begins with the line `head`, if one does, with words where that has no cell."""
    if head + 1 >= len(lines) or "|" not in lines[head] or not _RULE.match(lines[head + 1]):
        return
    width = len(_cells(lines[head]))
    if len(_cells(lines[head + 1])) != width:
        return  # a heading with a line below it
    for at in range(head + 2, len(lines)):
        if not lines[at].strip():
            return
        if any(map(str.strip, _cells(lines[at])[width:])):
            yield at


def _cells(row: str) -> list[str]:
    """What stands in the cells of a row; a bar at its ends parts nothing, nor does one with a backslash before it."""
    cells = _CELLS.split(row.strip())
    first = 0 if cells[0].strip() else 1
    return cells[first : len(cells) - (not cells[-1].strip())]
