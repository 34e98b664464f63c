"""What a reader would read otherwise on a page: its text, block by block, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

_MOST = 30
"""So many blocks of a page are told on either side; the rest is counted."""

_INLINE = frozenset(
    {"a", "abbr", "b", "code", "dfn", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
)
_UNSEEN = frozenset({"script", "style", "template", "head"})
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page by its path: the blocks of text that go, those that come, and how many more there are of both."""

    path: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    more: int


def find_page_changes(path: str, before: bytes, after: bytes) -> PageChange:
    """Of a page that was there and is there still."""
    then, now = blocks(before), blocks(after)
    gone, new = list[str](), list[str]()
    for kind, start, end, begin, until in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += then[start:end]
            new += now[begin:until]
    return PageChange(
        path, tuple(gone[:_MOST]), tuple(new[:_MOST]), max(0, len(gone) - _MOST) + max(0, len(new) - _MOST)
    )


def blocks(page: bytes) -> list[str]:
    """The text that a reader sees, a block a line; a row of a table is one block, its cells parted by bars."""
    reader = _Reader()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    return list(reader.taken())


class _Reader(HTMLParser):
    """Gathers text; what is no inline element ends a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._part = ""
        self._unseen = 0
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Text of an element that nobody sees is passed over."""
        del attrs
        self._unseen += tag in _UNSEEN
        self._turn(tag, opens=True)

    def handle_endtag(self, tag: str) -> None:
        """Where a block ends."""
        self._unseen -= tag in _UNSEEN and self._unseen > 0
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

    def _end(self) -> None:
        text = " ".join(self._part.split())
        if text:
            self._blocks.append(text)
        self._part = ""
