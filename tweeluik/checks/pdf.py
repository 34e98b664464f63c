"""Everything that a PDF says: the text of its pages, every string and name, metadata, attachments, earlier revisions.

PDFium reads the text as a reader would copy it; qpdf (pikepdf) opens every object of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

_EOF = b"%%EOF"


_FONT_PROGRAMS = ("/Type1C", "/CIDFontType0C", "/OpenType")


class NotReadable(Exception):
    """A part of a file that can be read in no known way. Its message holds none of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Text, or bytes that may be anything. `pointed`: where any use of a name counts."""

    where: str
    content: str | bytes
    pointed: bool = False


def read_pdf(data: bytes) -> Iterator[Part]:
    """All parts.

    Raises:
        NotReadable: damaged, encrypted, or with an image, which nobody can search.
    """
    if data.count(_EOF) > 1:
        raise NotReadable("a PDF with earlier revisions in it")
    for number, text in enumerate(pages(data), start=1):
        yield Part(f"page {number} of a PDF", text)
    yield from _objects(data)


def pages(data: bytes) -> tuple[str, ...]:
    """The text of every page, hidden text included."""
    import pypdfium2  # noqa: PLC0415 (heavy: 30 ms)

    try:
        with pypdfium2.PdfDocument(data) as document:
            return tuple(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError:
        raise NotReadable("a PDF that cannot be opened") from None


def _objects(data: bytes) -> Iterator[Part]:
    import pikepdf  # noqa: PLC0415 (heavy: 60 ms)

    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
            if document.is_encrypted:
                raise NotReadable("a PDF that is encrypted")
            for each in document.objects:
                yield from _object(pikepdf, each)
            yield from _strings(pikepdf, document.trailer)
    except pikepdf.PdfError:
        raise NotReadable("a PDF that cannot be opened") from None


def _object(pikepdf: Any, item: Any) -> Iterator[Part]:  # noqa: ANN401 (pikepdf's objects have no useful types)
    if not isinstance(item, pikepdf.Stream):
        yield from _strings(pikepdf, item)
        return
    yield from _strings(pikepdf, item)
    kind, subtype = item.get("/Type"), item.get("/Subtype")
    if subtype == "/Image":
        raise NotReadable("a PDF with an image in it")
    if kind in ("/Metadata", "/EmbeddedFile"):
        yield Part("metadata or attachment of a PDF", item.read_bytes())
    elif subtype not in _FONT_PROGRAMS and "/Length1" not in item:
        yield Part("stream in a PDF", item.read_bytes().decode("latin-1"))


def _strings(pikepdf: Any, item: Any) -> Iterator[Part]:  # noqa: ANN401
    """Every string and name in an object; objects that it refers to come by themselves."""
    if isinstance(item, pikepdf.String):
        yield Part("string in a PDF", str(item), pointed=True)
    elif isinstance(item, pikepdf.Name):
        yield Part("name in a PDF", str(item), pointed=True)
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in item.items():
            yield Part("name in a PDF", key, pointed=True)
            yield from () if _is_reference(value) else _strings(pikepdf, value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            yield from () if _is_reference(value) else _strings(pikepdf, value)


def _is_reference(value: Any) -> bool:  # noqa: ANN401
    return bool(getattr(value, "is_indirect", False))
