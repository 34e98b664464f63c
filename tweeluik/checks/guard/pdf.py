"""Everything that a PDF says: the text of its pages, every string and name, metadata, attachments, earlier revisions.

PDFium reads the text as a reader would copy it; `pdf_objects.py` reads every object of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from tweeluik.checks.guard.contexts import BLOCK
from tweeluik.checks.guard.pdf_objects import Item, read_items
from tweeluik.checks.guard.pdf_signs import numbers_in, text_of, texts_in
from tweeluik.checks.guard.raw import NotReadable, printable_runs

_PDFIUM = Lock()
"""PDFium is made for one thread at a time, and a preview checks in two: together they end the process by a trap."""

_EOF = b"%%EOF"
_FONT_PROGRAMS = ("/Type1C", "/CIDFontType0C", "/OpenType")
_APART = BLOCK
_INLINE_IMAGE = re.compile(rb"(?<![^\s])BI\s+/[^\0]{1,300}?\sID[\s]")
"""An image among the instructions of a page (ISO 32000-2, 8.9.7)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Text, or bytes that may be anything.

    `pointed`: where any use of a name counts; `plain`: nothing is encoded in it as text in a page may be.
    """

    where: str
    content: str | bytes
    pointed: bool = False
    plain: bool = False


def read_pdf(data: bytes) -> Iterator[Part]:
    """All parts.

    Raises:
        NotReadable: damaged, encrypted, with more behind its end, or with an image, which nobody can search.
    """
    if data.count(_EOF) > 1:
        raise NotReadable("a PDF with earlier revisions in it")
    if data.rpartition(_EOF)[2].strip():
        raise NotReadable("a PDF with something behind its end")
    for number, text in enumerate(pages(data), start=1):
        yield Part(f"page {number} of a PDF", text)
    yield from _objects(data)


def pages(data: bytes) -> tuple[str, ...]:
    """The text of every page, hidden text included."""
    import pypdfium2  # noqa: PLC0415 (heavy: 30 ms)

    try:
        with _PDFIUM, pypdfium2.PdfDocument(data) as document:
            return tuple(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError:
        raise NotReadable("a PDF that cannot be opened") from None


def _objects(data: bytes) -> Iterator[Part]:
    pointed, numbers = dict[str, None](), dict[str, None]()
    for each in read_items(data):
        pointed.update(dict.fromkeys(texts_in(each.about)))
        numbers.update(dict.fromkeys(numbers_in(each.about)))
        if each.data is not None:
            yield from _stream(each, each.data)
    yield Part("string or name in a PDF", _APART.join(pointed), pointed=True)
    yield Part("number in a PDF", _APART.join(numbers), plain=True)


def _stream(item: Item, data: bytes) -> Iterator[Part]:
    kinds = item.names("/Subtype")
    if "/Image" in kinds:
        raise NotReadable("a PDF with an image in it")
    is_font = "/Length1" in item.entries or any(each in _FONT_PROGRAMS for each in kinds)
    if _INLINE_IMAGE.search(data) and not is_font:
        raise NotReadable("a PDF with an image in it")
    if any(each in ("/Metadata", "/EmbeddedFile") for each in item.names("/Type")):
        yield Part("metadata or attachment of a PDF", data)
    elif is_font:
        yield Part("font in a PDF", printable_runs(data), plain=True)
    else:
        yield Part("stream in a PDF", data.decode("latin-1"), plain=True)
        yield Part("string in a stream of a PDF", _literals(data), plain=True)


# --- strings in the instructions of a page (ISO 32000-2, 7.3.4): `ActualText` and the like ----------------------------

_LITERAL = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F\s]+>", re.DOTALL)


def _literals(data: bytes) -> str:
    return "".join(map(text_of, dict.fromkeys(_LITERAL.findall(data))))
