"""Everything that a PDF says: the text of its pages, every string and name, metadata, attachments, earlier revisions.

PDFium reads the text as a reader would copy it; qpdf (pikepdf) opens every object of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from tweeluik.checks.guard.contexts import BLOCK
from tweeluik.checks.guard.raw import NotReadable, printable_runs

if TYPE_CHECKING:
    from pikepdf import Object, Stream

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
    import pikepdf  # noqa: PLC0415 (heavy: 60 ms)

    pointed: dict[str, None] = {}
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
            if document.is_encrypted:
                raise NotReadable("a PDF that is encrypted")
            for each in (*document.objects, document.trailer):
                pointed.update(dict.fromkeys(_strings(each)))
                if isinstance(each, pikepdf.Stream):
                    yield from _stream(each)
    # Damaged objects fail in many ways once they are looked at.
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OverflowError):
        raise NotReadable("a PDF that cannot be opened") from None
    yield Part("string or name in a PDF", _APART.join(pointed), pointed=True)


def _stream(item: Stream) -> Iterator[Part]:
    subtype = item.get("/Subtype")
    if subtype == "/Image":
        raise NotReadable("a PDF with an image in it")
    data = item.read_bytes()
    if _INLINE_IMAGE.search(data) and subtype not in _FONT_PROGRAMS and "/Length1" not in item:
        raise NotReadable("a PDF with an image in it")
    if item.get("/Type") in ("/Metadata", "/EmbeddedFile"):
        yield Part("metadata or attachment of a PDF", data)
    elif subtype in _FONT_PROGRAMS or "/Length1" in item:
        yield Part("font in a PDF", printable_runs(data), plain=True)
    else:
        yield Part("stream in a PDF", data.decode("latin-1"), plain=True)
        yield Part("string in a stream of a PDF", _literals(data), plain=True)


def _strings(item: Object) -> Iterator[str]:
    """Every string and name in an object; objects that it refers to come by themselves."""
    import pikepdf  # noqa: PLC0415 (see `_objects`)

    if isinstance(item, (pikepdf.String, pikepdf.Name)):
        yield str(item)
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in item.items():
            yield key
            yield from () if _is_reference(value) else _strings(value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            yield from () if _is_reference(value) else _strings(value)


def _is_reference(value: Object) -> bool:
    return bool(getattr(value, "is_indirect", False))


# --- strings in the instructions of a page (ISO 32000-2, 7.3.4): `ActualText` and the like ----------------------------

_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9a-fA-F\s]+)>", re.DOTALL)
_OCTAL = re.compile(rb"\\([0-7]{1,3})|\\(.)", re.DOTALL)


def _literals(data: bytes) -> str:
    found: list[tuple[bytes, bytes]] = _LITERAL.findall(data)
    return "".join(_text(literal, digits) for literal, digits in dict.fromkeys(found))


def _text(literal: bytes, digits: bytes) -> str:
    if digits:
        packed = b"".join(digits.split())
        raw = bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode())
    else:
        raw = _OCTAL.sub(lambda found: bytes([int(found[1], 8) & 255]) if found[1] else found[2], literal)
    return raw.decode("utf-16", errors="replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
