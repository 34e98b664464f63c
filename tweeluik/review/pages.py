"""What a reader would read otherwise on a page: its text, block by block, before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest

_MOST = 30
"""So many changes of a page are told; the rest is counted."""

_INLINE = frozenset(
    {"a", "abbr", "b", "code", "data", "dfn", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
)
_UNSEEN = frozenset({"script", "style", "template", "head"})
_BESIDE = _UNSEEN | {"nav", "svg"}
"""What of a new page is not told either: links to its parts, and pictures of numbers that stand in a table too."""

_HEADS = {"h2": 2, "h3": 3, "h4": 4}
_CELLS = frozenset({"td", "th"})


_SIZE = re.compile(r"\((\w+), [\d.,]+ (?:bytes?|[kM]B)\)")
"""Behind a link to a file; which files are otherwise is told apart."""

_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page by its path and title: (was, becomes) per block of text, one of the two empty where it comes or goes.

    `rows`: how many rows of tables are otherwise, which are told as numbers; `more`: how many blocks are not told.
    """

    path: str
    title: str
    texts: tuple[tuple[str, str], ...]
    rows: int
    more: int


@dataclass(frozen=True, slots=True)
class Part:
    """Of a page, in its order: a heading (`level` 2 to 4), a text (0), or rows of a table, the heads first."""

    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page that readers did not know: its path and title, and all that they will read on it."""

    path: str
    title: str
    parts: tuple[Part, ...]


def read_new_page(path: str, page: bytes) -> NewPage:
    """What stands in the body of a page, between its menu and its foot."""
    reader = _BodyReader()
    reader.feed(page[page.find(b"<main") : page.find(b"</main>")].decode("utf-8", "replace"))
    reader.close()
    texts = [_SIZE.sub(r"(\1)", each) for each in reader.taken()]
    return NewPage(path, reader.title or path, tuple(_parts(texts, reader)))


def _parts(texts: list[str], reader: _BodyReader) -> Iterator[Part]:
    rows = list[tuple[str, ...]]()
    for number, text in enumerate(texts):
        if number in reader.rows:
            rows.append(tuple(each.strip() for each in text.split(_BETWEEN)))
            continue
        if rows:
            yield Part(rows=_even(rows))
            rows = []
        if text != reader.title:
            yield Part(text, reader.levels.get(number, 0))
    if rows:
        yield Part(rows=_even(rows))


def _even(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows of one length: an empty first cell of the heads leaves no mark of itself."""
    most = max(map(len, rows))
    head, *others = rows
    filled = (*(("",) * (most - len(head))), *head)
    return (filled, *((*row, *(("",) * (most - len(row)))) for row in others))


def find_page_changes(path: str, before: bytes, after: bytes) -> PageChange:
    """Of a page that was there and is there still."""
    title, now = _read(after)
    then = blocks(before)
    found, rows = list[tuple[str, str]](), 0
    for kind, start, end, begin, until in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind != "equal":
            gone, new = then[start:end], now[begin:until]
            rows += max(sum(_BETWEEN in each for each in side) for side in (gone, new))
            was, becomes = ([each for each in side if _BETWEEN not in each] for side in (gone, new))
            found += zip_longest(was, becomes, fillvalue="")
    return PageChange(path, title or path, tuple(found[:_MOST]), rows, max(0, len(found) - _MOST))


def blocks(page: bytes) -> list[str]:
    """The text that a reader sees, a block a line; a row of a table is one block, its cells parted by bars."""
    return _read(page)[1]


def _read(page: bytes) -> tuple[str, list[str]]:
    """Its heading, and its blocks without the sizes of files."""
    reader = _Reader()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    return reader.title, [_SIZE.sub(r"(\1)", each) for each in reader.taken()]


class _Reader(HTMLParser):
    """Gathers text; what is no inline element ends a block."""

    def __init__(self, unseen: frozenset[str] = _UNSEEN) -> None:
        super().__init__(convert_charrefs=True)
        self._passed_over = unseen
        self._blocks: list[str] = []
        self._part = ""
        self._unseen = 0
        self._in_row = False
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Text of an element that nobody sees is passed over."""
        del attrs
        self._unseen += tag in self._passed_over
        self._turn(tag, opens=True)

    def handle_endtag(self, tag: str) -> None:
        """Where a block ends."""
        self._unseen -= tag in self._passed_over and self._unseen > 0
        self._turn(tag, opens=False)

    def handle_data(self, data: str) -> None:
        """Text, with the line ends of the file in it."""
        if not self._unseen:
            self._part += data

    def taken(self) -> Iterator[str]:
        """The blocks that hold anything."""
        self._end()
        yield from self._blocks

    def _turn(self, tag: str, *, opens: bool) -> None:
        if tag == "tr":
            self._end()
            self._in_row = opens
        elif tag in _CELLS and self._in_row:
            self._part += " | " if opens and self._part.strip() else " "
        elif tag not in _INLINE and not self._in_row:
            self._end()
            if tag == "h1" and not opens and self._blocks:
                self.title = self.title or self._blocks[-1]

    def _end(self) -> None:
        text = " ".join(self._part.split())
        if text:
            self._blocks.append(text)
        self._part = ""


class _BodyReader(_Reader):
    """Of the body of a page also which blocks are rows of tables and which are headings.

    A fact stands behind its name. Lists of links to files, and those that no reader hears, are passed over.
    """

    def __init__(self) -> None:
        super().__init__(_BESIDE)
        self.rows: set[int] = set()
        self.levels: dict[int, int] = {}
        self._lists: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As ever, and a list is passed over or not."""
        if tag == "ul":
            self._lists.append(("class", "downloads") in attrs or ("aria-hidden", "true") in attrs)
            self._unseen += self._lists[-1]
        if tag != "dd":
            super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """What the block that ends here is."""
        if tag == "dt":
            self._part += ": "
            return
        if tag == "ul" and self._lists:
            self._unseen -= self._lists.pop()
        known = len(self._blocks)
        super().handle_endtag(tag)
        ended = range(known, len(self._blocks))
        if tag == "tr":
            self.rows |= {*ended}
        elif tag in _HEADS:
            self.levels |= dict.fromkeys(ended, _HEADS[tag])
