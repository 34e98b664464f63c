"""Remarks of an editor beside a text: in a comment behind it, which may be its rest, or within a name.

`name: Buurthuis # Samen Verder` is a name of one word to YAML, without a word said. A remark begins in small letters,
with a day, or two spaces away from what it is about, or is a sentence; a name goes on with a capital or a number.
"""

from __future__ import annotations

import re

MAY_BE_CUT = (
    "a comment that may be the rest of the text before it",
    "put quotes around the text; or begin a new line for the comment",
)

IN_A_NAME = (
    "a remark in a name",
    "write the name alone: the day of an end stands behind `ended`, an older name in `before`",
)

_IN_A_NAME = re.compile(
    r"""(?: [(\[]|\s[-–—/:]\s*)(?:nu\s|inmiddels\s|is\s|per\s[\w-]+\s|sinds\s[\w-]+\s)?
    (?:gestopt|opgeheven|vervallen|inactief|niet\smeer\sactief|bestaat\sniet\smeer|failliet|gefuseerd|fusie|dubbel|oude?\snaam
    |nieuwe?\snaam|oud|nieuw|voorheen|voormalig|vroeger|navragen|nagaan|nakijken|checken|controleren|nog|zie|\?+|tbc|pm)
    (?:[\s:,)\]?!]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Behind a bracket or a dash: as a part of the name such words stand before it."""

_COMMENT = re.compile(r"[ \t](#)[ \t](\S.*)")
_DAY = re.compile(
    r"\d{1,2}[-/.]\d|\d{4}-\d|\d{1,2}\s+(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^:]{0,30}:(?:\s|$)|.*[.?!]$")
_NOTE = re.compile(r"(?:T[OE] ?DO|XXX+|FIXME|N\.?B\.?|P\.?M\.?|OK|KVK|KvK|RSIN|Nog|Let op|Zie)(?!\w)")


def may_be_cut(line: str, end: int) -> int | None:
    """Where in a line the comment begins that may be the rest of the text that ends at `end`; both counted from 0."""
    found = _COMMENT.match(line, end)
    return found.start(1) if found is not None and _goes_on(found[2].rstrip()) else None


def _goes_on(comment: str) -> bool:
    """Whether a comment begins as a text may go on, and not as a remark about it."""
    is_remark = any(each.match(comment) for each in (_DAY, _SENTENCE, _NOTE))
    return not is_remark and (comment[0].isdecimal() or comment[0].isupper())


def is_in(name: str) -> bool:
    """Whether a remark stands in a name: that the organisation ended, what it was called, or what is to be asked."""
    return _IN_A_NAME.search(name) is not None
