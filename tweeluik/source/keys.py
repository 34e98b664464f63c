"""How a key is written: slips in it, and what is no key at all."""

from __future__ import annotations

import re

from tweeluik.source import slips
from tweeluik.source.nodes import Node, Scalar

STUCK_COLON = re.compile(r"([A-Za-z_]\w*):(\S+)")
"""A key with its value stuck to the colon."""

KEY_SLIPS = (
    (re.compile(r"^-+(?=\w)"), slips.NO_SPACE),
    (re.compile(rf"^[{slips.LONG_DASHES}]\s*(?=\w)"), slips.LONG),
    (re.compile(rf"[{slips.HARD_SPACES}]+"), slips.HARD),
    (re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+"), ("a character that cannot be seen", "type the key again")),
)
"""What may be wrong within a key that is meant as one: how it is found, what it is called, and its cure."""


CUT_OFF = ("a comma in a text without quotes", "put quotes around the whole text")
"""What is said of the rest of a text that a comma in braces cut in two, so that it stands there as a key."""

CUT_LIST = ("a comma in a text without quotes", "write it as [one, two]")
LISTS = frozenset({"aliases", "partners", "measures", "codes"})
"""Keys of lists, of which the brackets were forgotten."""


def no_key(key: Node, value: Node) -> tuple[str, str]:
    """What to say of a key that is none: in braces a decimal comma parts a number into a value and such a key."""
    is_alone = isinstance(value, Scalar) and value.kind == "nothing" and not value.text
    if is_alone and isinstance(key, Scalar) and key.kind == "a whole number":
        return "a number with a comma", "write the digits alone, without a point or comma"
    if isinstance(key, Scalar) and re.fullmatch(r"(?:19|20)\d\d", key.text) and not is_alone:
        return "a key that is not text", "write it as a record: '- {year: 2025, …}'"
    return "a key that is not text", "put quotes around it"
