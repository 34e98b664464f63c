"""The structure of a PDF, for who has it read aloud: the first cell of a row names the row.

Of files as typst writes them, and no others: every object stands by itself, and a plain table at the end says where
each begins. What looks otherwise ends the build, and the tests when typst is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


class NotAsTypstWrites(ValueError):
    """A PDF that is put together in another way; the message holds none of it."""


def mark_row_heads(document: bytes) -> bytes:
    """The same PDF, in which the first cell of every row of a table is a head of that row (PDF/UA-1, 7.5).

    Typst marks the heads of columns only. Its explicit links from a cell to them go: with a scope at every head a
    reader finds both heads by itself. No other object changes, so that the bytes are the same on every machine.

    Raises:
        NotAsTypstWrites: see there.
    """
    head, objects, trailer = _parts(document)
    for each in [each for each in objects.values() if _is(each, b"TBody")]:
        for row in _below(each, objects):
            for at, cell in enumerate(_below(objects[row], objects)):
                objects[cell] = _head(objects[cell]) if at == 0 else _without_attributes(objects[cell])
    return _put_together(head, objects, trailer)


# --- elements (ISO 32000-2, 14.7.2) -----------------------------------------------------------------------------------

_ELEMENT = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(\w+)/P \d+ 0 R(?:/ID\((?:[^()\\]|\\.)*\))?", re.DOTALL)
_SIGN = re.compile(rb"\((?:[^()\\]|\\.)*+\)|\[|\]", re.DOTALL)
_BELOW = re.compile(rb"(?:/\w+(?:\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f]*+>))*+/K\[([^\]]*)\]", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")


def _is(written: bytes, kind: bytes) -> bool:
    found = _ELEMENT.match(written)
    return found is not None and found[1] == kind


def _below(written: bytes, objects: Mapping[int, bytes]) -> list[int]:
    """The elements right below one; what is no element is a part of a page."""
    _, after = _around_attributes(written)
    below = _BELOW.match(written, after)
    if below is None:
        raise NotAsTypstWrites
    return [number for each in _REFERENCE.findall(below[1]) if _ELEMENT.match(objects[number := int(each)])]


def _head(cell: bytes) -> bytes:
    """The head of a row."""
    before, after = _around_attributes(cell)
    written = cell[:before].replace(b"/S/TD/P ", b"/S/TH/P ", 1)
    return written + b"/A<</O/Table/Scope/Row>>" + cell[after:]


def _without_attributes(cell: bytes) -> bytes:
    before, after = _around_attributes(cell)
    return cell[:before] + cell[after:]


def _around_attributes(written: bytes) -> tuple[int, int]:
    """Where the attributes of an element begin and end, which stand in front of what is below it."""
    element = _ELEMENT.match(written)
    if element is None:
        raise NotAsTypstWrites
    start = element.end()
    if not written.startswith(b"/A[", start):
        return start, start
    depth = 0
    for sign in _SIGN.finditer(written, start):
        depth += (sign[0] == b"[") - (sign[0] == b"]")
        if depth == 0:
            return start, sign.end()
    raise NotAsTypstWrites


# --- the file (7.5) ---------------------------------------------------------------------------------------------------

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\Z")
_TABLE = re.compile(rb"xref\n0 \d+\n0{10} 65535 f\r\n((?:\d{10} 00000 n\r\n)+)(trailer\n.*)startxref\n", re.DOTALL)


def _parts(document: bytes) -> tuple[bytes, dict[int, bytes], bytes]:
    """What stands in front, every object by its number, and the trailer."""
    end = _END.search(document)
    table = end and _TABLE.match(document, int(end[1]))
    if table is None:
        raise NotAsTypstWrites
    starts = [int(each[:10]) for each in table[1].splitlines()]
    if starts != sorted(starts):
        raise NotAsTypstWrites
    objects = {
        number: document[start:stop]
        for number, (start, stop) in enumerate(zip(starts, (*starts[1:], table.start()), strict=True), start=1)
    }
    if not all(each.startswith(b"%d 0 obj\n" % number) for number, each in objects.items()):
        raise NotAsTypstWrites
    return document[: starts[0]], objects, table[2]


def _put_together(head: bytes, objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    starts = list(_starts(len(head), objects))
    entries = b"".join(b"%010d 00000 n\r\n" % each for each in starts[:-1])
    table = b"xref\n0 %d\n%010d 65535 f\r\n%b" % (len(starts), 0, entries)
    return b"".join((head, *objects.values(), table, trailer, b"startxref\n%d\n%%%%EOF" % starts[-1]))


def _starts(place: int, objects: Mapping[int, bytes]) -> Iterator[int]:
    """Where every object begins, and where the last one ends."""
    for each in objects.values():
        yield place
        place += len(each)
    yield place
