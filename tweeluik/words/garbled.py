"""Whether a text lost letters on its way: from one program, or one way of writing letters as bytes, to another."""

from __future__ import annotations

import re

_LOST = re.compile(r"""(?:^|["'(‘“-])\?[^\W\d_]|[^\W\d_]\?[a-zß-ÿ]""")
"""A question mark where a letter was: before a letter at the beginning of a word, or before a small one within it."""

_NO_WORD = re.compile("[/=&.@]")
"""Signs of addresses, in which a question mark has its own place."""


def is_garbled(text: str) -> bool:
    """Whether it holds the sign for a lost letter, a question mark in its place, or UTF-8 taken for Windows text."""
    return "\ufffd" in text or _is_misread(text) or any(map(_has_lost, text.split()))


def _is_misread(text: str) -> bool:
    """Whether a text in UTF-8 was taken for Windows text: then the way back gives UTF-8 again."""
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def _has_lost(word: str) -> bool:
    return _LOST.search(word) is not None and not _NO_WORD.search(word)
