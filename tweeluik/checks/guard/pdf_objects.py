"""Every object of a PDF, read from its first byte to its last (ISO 32000-2, 7.5).

A viewer goes where the table at the end sends it, and whoever hides something puts it elsewhere. So the file is read in
a row: bytes that belong to no object are refused, and so is a table that sends anywhere else than to what was read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tweeluik.checks.guard.pdf_signs import SIGNS, SPACE, entries, names_in, number_of
from tweeluik.checks.guard.raw import NotReadable
from tweeluik.checks.guard.streams import unpacked


@dataclass(frozen=True, slots=True)
class Item:
    """An object, or what stands at the end: as it stands in the file, and the bytes of its stream, unpacked.

    `entries` are those of its dictionary where it has a stream, which is `data`.
    """

    about: bytes
    entries: Mapping[str, bytes] = field(default_factory=dict)
    data: bytes | None = None

    def names(self, key: str) -> tuple[str, ...]:
        """The names that stand at a key."""
        return names_in(self.entries.get(key, b""))


@dataclass(slots=True)
class _Read:
    """What was read until now, by number: objects, where each begins; lengths that stand alone, and those believed."""

    items: dict[int, Item] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    believed: dict[int, int] = field(default_factory=dict)


_HEAD = re.compile(rb"%PDF-\d\.\d *(?:\r\n|\r|\n)(?:%[^\r\n]{0,16}(?:\r\n|\r|\n))?")
_OBJECT = re.compile(
    SPACE + rb"*+(?P<start>\d{1,10}) \d{1,5} obj\b(?P<about>" + SIGNS + rb")(?:endobj\b|(?P<stream>stream)\r?\n)",
    re.DOTALL,
)
_END_OF_STREAM = re.compile(rb"(?:\r\n|\n|\r)?endstream" + SPACE + rb"++endobj\b")
_ALL_SIGNS = re.compile(SIGNS, re.DOTALL)


def read_items(data: bytes) -> tuple[Item, ...]:
    """All objects, also those that are packed together, and what stands at the end.

    Raises:
        NotReadable: damaged, encrypted, changed later on, packed as nobody can search, or with bytes of no object.
    """
    head = _HEAD.match(data)
    read, place = _Read(), head.end() if head else 0
    while one := _OBJECT.match(data, place):
        number = int(one["start"])
        _ask(number not in read.items)
        read.starts[number] = one.start("start")
        read.items[number], place = _item(data, one, read)
    last = _last(data, place, read)
    for number, length in read.believed.items():
        _ask(number in read.items and read.items[number].about.strip() == b"%d" % length)
    together = [packed for each in read.items.values() for packed in _packed_in(each)]
    return (*read.items.values(), *together, last)


def _ask(holds: bool) -> None:
    if not holds:
        raise NotReadable("a PDF that cannot be opened")


# --- streams (7.3.8, 7.4) ---------------------------------------------------------------------------------------------


def _item(data: bytes, one: re.Match[bytes], read: _Read) -> tuple[Item, int]:
    """An object, and where it ends."""
    if not one["stream"]:
        return Item(one["about"]), one.end()
    about = entries(one["about"])
    end = one.end() + _length(data, about.get("/Length", b""), read)
    closing = _END_OF_STREAM.match(data, end)
    if closing is None:
        raise NotReadable("a PDF that cannot be opened")
    return Item(one["about"], about, _unpacked(data[one.end() : end], about)), closing.end()


_ALONE = re.compile(rb"\b(\d{1,10}) \d{1,5} obj\s+(\d{1,10})\s+endobj\b")
_ELSEWHERE = re.compile(rb"(\d{1,10}) \d{1,5} R\Z")


def _length(data: bytes, value: bytes, read: _Read) -> int:
    """Where it stands in an object of its own, that may come later: believed for now, and compared at the end."""
    elsewhere = _ELSEWHERE.match(value)
    if elsewhere is None:
        return number_of(value)
    if not read.lengths:
        read.lengths = {int(number): int(length) for number, length in _ALONE.findall(data)}
    number = int(elsewhere[1])
    _ask(number in read.lengths)
    return read.believed.setdefault(number, read.lengths[number])


def _unpacked(data: bytes, about: Mapping[str, bytes]) -> bytes:
    if "/F" in about:
        raise NotReadable("a PDF that takes a part of itself from elsewhere")
    packed = names_in(about.get("/Filter", b""))
    if packed not in ((), ("/FlateDecode",)):
        raise NotReadable("a PDF with something that nobody can search in it")
    try:
        inner = unpacked(zlib.decompressobj(), data) if packed else data
    except (zlib.error, EOFError):
        raise NotReadable("a PDF that cannot be opened") from None
    how = entries(about.get("/DecodeParms", b""))
    return inner if how.get("/Predictor", b"1") == b"1" else _as_predicted(inner, how)


_NOTHING, _AS_ABOVE = 0, 2


def _as_predicted(data: bytes, how: Mapping[str, bytes]) -> bytes:
    """Rows of which each says how it differs from the one above it, as programs write their tables (7.4.4.4)."""
    wide = number_of(how.get("/Columns", b"1"))
    _ask(0 < wide <= len(data) and len(data) % (wide + 1) == 0 and not how.keys() - {"/Columns", "/Predictor"})
    above, rows = bytes(wide), list[bytes]()
    for start in range(0, len(data), wide + 1):
        row = data[start + 1 : start + 1 + wide]
        _ask(data[start] in (_NOTHING, _AS_ABOVE))
        above = row if data[start] == _NOTHING else bytes((a + b) & 255 for a, b in zip(above, row, strict=True))
        rows.append(above)
    return b"".join(rows)


def _packed_in(item: Item) -> Iterator[Item]:
    """Objects that are packed together in one (7.5.7): what stands behind the list of their places."""
    if item.data is not None and "/ObjStm" in item.names("/Type"):
        rest = item.data[number_of(item.entries.get("/First", b"")) :]
        _ask(_ALL_SIGNS.fullmatch(rest) is not None)
        yield Item(rest)


# --- the end (7.5.4, 7.5.5, 7.5.8) ------------------------------------------------------------------------------------

_ENTRY = rb"(\d{10}) \d{5} ([fn])(?:\r\n| \n| \r)"
_PART = re.compile(rb"\s*(\d{1,10}) (\d{1,10}) *(?:\r\n|\n|\r)((?:" + _ENTRY + rb")*+)")
_EACH_ENTRY = re.compile(_ENTRY)
_TABLE = re.compile(SPACE + rb"*+(?P<start>xref)\b")
_TRAILER = re.compile(rb"\s*trailer\b(" + SIGNS + rb")", re.DOTALL)
_END = re.compile(SPACE + rb"*+startxref\s+(\d{1,12})\s+%%EOF\s*\Z")


def _last(data: bytes, place: int, read: _Read) -> Item:
    """What stands behind the objects, when the table sends to all of them and to nothing else."""
    table = _TABLE.match(data, place)
    if table is None:
        number = max(read.starts, key=lambda each: read.starts[each], default=0)
        start, last = read.starts.get(number, 0), read.items.get(number, Item(b""))
        _ask("/XRef" in last.names("/Type"))
        told = _as_stream(last, read)
    else:
        start = table.start("start")
        told, last, place = _as_table(data, table.end())
    end = _END.match(data, place)
    _ask(end is not None and int(end[1]) == start and told == read.starts)
    if "/Encrypt" in last.entries:
        raise NotReadable("a PDF that is encrypted")
    if last.entries.keys() & {"/Prev", "/XRefStm"}:
        raise NotReadable("a PDF with earlier revisions in it")
    return last


def _as_table(data: bytes, place: int) -> tuple[dict[int, int], Item, int]:
    """Where every object begins, what stands behind the table, and where that ends."""
    told: dict[int, int] = {}
    while part := _PART.match(data, place):
        first, found = int(part[1]), _EACH_ENTRY.findall(part[3])
        _ask(len(found) == int(part[2]))
        told |= {first + at: int(start) for at, (start, kind) in enumerate(found) if kind == b"n"}
        place = part.end()
    trailer = _TRAILER.match(data, place)
    if trailer is None:
        raise NotReadable("a PDF that cannot be opened")
    return told, Item(trailer[1], entries(trailer[1])), trailer.end()


_BEGINS_AT, _PACKED = 1, 2


def _as_stream(table: Item, read: _Read) -> dict[int, int]:
    """Where every object begins that is not packed; those that are, are in an object that holds such."""
    widths = _numbers(table.entries.get("/W", b""))
    _ask(len(widths) == 3 and sum(widths) > 0)  # noqa: PLR2004 - kind, and two that go with it
    size, data = sum(widths), table.data or b""
    parts = _numbers(table.entries.get("/Index", b"")) or [0, number_of(table.entries.get("/Size", b""))]
    _ask(sum(parts[1::2]) * size == len(data))
    numbers = [first + at for first, many in zip(parts[::2], parts[1::2], strict=False) for at in range(many)]
    told: dict[int, int] = {}
    for number, start in zip(numbers, range(0, len(data), size), strict=True):
        kind, where = _fields(data[start : start + size], widths)
        if kind == _BEGINS_AT:
            told[number] = where
        elif kind == _PACKED:
            _ask(where in read.items and "/ObjStm" in read.items[where].names("/Type"))
    return told


def _fields(entry: bytes, widths: Sequence[int]) -> tuple[int, int]:
    kind, where = entry[: widths[0]], entry[widths[0] : widths[0] + widths[1]]
    return int.from_bytes(kind) if kind else _BEGINS_AT, int.from_bytes(where)


_DIGITS = re.compile(rb"\d{1,10}")


def _numbers(value: bytes) -> list[int]:
    return [int(each) for each in _DIGITS.findall(value)]
