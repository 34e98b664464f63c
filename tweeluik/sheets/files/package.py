"""The parts of a packed file (ZIP of XML), opened without trusting how big they say they are."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple
from xml.parsers import expat

from tweeluik.sheets.files.model import Unreadable

MOST = 256 * 1024 * 1024
"""Bytes that a file may unfold into."""

FREE = 256 * 1024
FOLD = 50
"""A file may unfold into so many bytes, and so many times its own size: spreadsheets fold to a twentieth at most."""

_BLOCK = 1 << 16
_DAMAGED = ("not a spreadsheet, or a damaged one", "open it in a spreadsheet program, and save it again")

_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    RuntimeError, OSError, EOFError, ValueError, LookupError,
)  # fmt: skip
"""What the standard library raises of a damaged archive; NotImplementedError is a RuntimeError."""

Kind = Literal["start", "end"]


class Event(NamedTuple):
    """A tag, by its name without namespace, its attributes, and the text that stood in front of it."""

    kind: Kind
    name: str
    attributes: Mapping[str, str]
    text: str

    def __repr__(self) -> str:
        return f"<{self.kind} of {self.name}>"


class Package:
    """A packed file."""

    def __init__(self, data: bytes) -> None:
        self._left = min(MOST, FREE + FOLD * len(data))
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise Unreadable(*_DAMAGED) from None
        self.names = frozenset(self._archive.namelist())

    def read(self, name: str) -> bytes:
        """A part of the file.

        Raises:
            Unreadable: there is no such part, it is damaged or sealed, or all together unfolds too far.
        """
        try:
            with self._archive.open(name) as part:
                data = part.read(self._left + 1)
        except _BROKEN:
            raise Unreadable(*_DAMAGED) from None
        self._left -= len(data)
        if self._left < 0:
            hint = "copy the list to a new file, and save that"
            raise Unreadable("a file that unfolds into far more than a list", hint)
        return data

    def events(self, name: str) -> Iterator[Event]:
        """The tags of a part, in their order. Documents that define entities of their own are refused.

        Raises:
            Unreadable: as `read` does, or it is no XML.
        """
        return _events(self.read(name))


def _events(data: bytes) -> Iterator[Event]:
    found: list[Event] = []
    texts: list[str] = []

    def add(kind: Kind, name: str, attributes: Mapping[str, str]) -> None:
        found.append(Event(kind, name.rpartition(" ")[2], attributes, "".join(texts)))
        texts.clear()

    def start(name: str, attributes: dict[str, str]) -> None:
        add("start", name, {_plain(key): value for key, value in attributes.items()} if attributes else attributes)

    def end(name: str) -> None:
        add("end", name, {})

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for position in range(0, len(data), _BLOCK):
            parser.Parse(data[position : position + _BLOCK], False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
        yield from found
    except (expat.ExpatError, LookupError, ValueError):  # no XML, or in an encoding that nobody knows
        raise Unreadable(*_DAMAGED) from None


def _refuse(*_declared: object) -> None:
    raise Unreadable(*_DAMAGED)


def _plain(name: str) -> str:
    """LibreOffice says some things twice, once in a namespace of its own: that one keeps its mark."""
    space, _, local = name.rpartition(" ")
    return f"calcext:{local}" if "calc" in space else local
