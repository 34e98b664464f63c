"""Two small files in PDF that hold one of each: a seed of a fuzzer is changed best where it is short."""

from __future__ import annotations

import zlib
from itertools import accumulate, pairwise

_ROOT = b"<</Type/Catalog/Pages 2 0 R/Lang(nl)>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 99 99.5]/T<feff0041>/N/A#42/S(a\\(b\\051 \\\nc)>>"
_END = b"startxref\n%d\n%%%%EOF\n"
_WIDTHS = (1, 2, 1)


def pdfs() -> list[bytes]:
    """One with a table at its end and a length that comes later, and one of which nearly all is packed."""
    return [_with_a_table(), _packed()]


def _object(number: int, about: bytes, data: bytes | None = None, length: bytes = b"") -> bytes:
    if data is None:
        return b"%d 0 obj\n%b\nendobj\n" % (number, about)
    told = b"<<%b/Filter/FlateDecode/Length %b>>\nstream\n%b\nendstream" % (about, length or b"%d" % len(data), data)
    return _object(number, told)


def _with_a_table() -> bytes:
    text = zlib.compress(b"BT (tekst) Tj ET")
    about = [_object(number, each) for number, each in enumerate((_ROOT, _PAGES, _PAGE), start=1)]
    later = (_object(4, b"", text, b"5 0 R"), _object(5, b"%d" % len(text)))
    parts = (b"%PDF-1.7\n%\x80\x80\x80\x80\n", *about, *later)
    *starts, end = accumulate(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % each for each in starts)
    trailer = b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<</Size 6/Root 1 0 R>>\n" % table
    return b"".join(parts) + trailer + _END % end


def _packed() -> bytes:
    head, inner = b"%PDF-1.7\n", (_ROOT, _PAGES, _PAGE)
    at = (0, *accumulate(len(each) + 1 for each in inner))
    places = b" ".join(b"%d %d" % each for each in zip((1, 2, 3), at, strict=False)) + b"\n"
    together = zlib.compress(places + b"\n".join(inner))
    holder = _object(4, b"/Type/ObjStm/N 3/First %d" % len(places), together)
    start = len(head) + len(holder)
    entries = ((0, 0, 0), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, len(head), 0), (1, start, 0))
    rows = [b"".join(each.to_bytes(wide) for each, wide in zip(entry, _WIDTHS, strict=True)) for entry in entries]
    up = (bytes((b - a) & 255 for a, b in zip(*two, strict=True)) for two in pairwise((bytes(sum(_WIDTHS)), *rows)))
    table = zlib.compress(b"".join(b"\x02" + row for row in up))
    about = b"/Type/XRef/W[1 2 1]/Size 6/Root 1 0 R/DecodeParms<</Columns 4/Predictor 12>>"
    return head + holder + _object(5, about, table) + _END % start
