"""Text files of keys as people have them: in UTF-8, or in UTF-16 as Windows writes what a program shows."""

from __future__ import annotations

import codecs

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes) -> str:
    """The text, without the mark of its encoding. Raises `UnicodeDecodeError` when it is in neither."""
    mark, encoding = next((each for each in MARKS if data.startswith(each[0])), (b"", "utf-8"))
    return data.removeprefix(mark).decode(encoding)
