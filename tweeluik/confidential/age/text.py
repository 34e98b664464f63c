"""Text files of keys as people have them: in UTF-8, or in UTF-16 as Windows writes what a program shows."""

from __future__ import annotations

import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes) -> str:
    """The text, without the mark of its encoding. Raises `UnicodeDecodeError` when it is in neither."""
    mark, encoding = next((each for each in MARKS if data.startswith(each[0])), (b"", "utf-8"))
    return data.removeprefix(mark).decode(encoding)


BLANK = " \t\xa0\ufeff"
"""At the ends of a line: also a space that does not break, and the mark of an encoding where two files were joined."""


def lines_of(text: str) -> tuple[str, ...]:
    """Its lines without what is blank at their ends. Python's own know ten more ends of a line; the opener does not."""
    return tuple(each.strip(BLANK) for each in re.split(r"\r\n|\r|\n", text))
