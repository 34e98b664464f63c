"""Text after every escape that a browser, a program or a mail reader would undo."""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Callable
from urllib.parse import unquote

from tweeluik.checks.guard.rows import one_byte_each

_ROUNDS = 6


def decode(text: str) -> str:
    """A text without its escapes, undone until nothing changes."""
    for _ in range(_ROUNDS):
        before = text
        for undo in _ESCAPES:
            text = undo(text)
        if text == before:
            break
    return text


def _undo_percent(text: str) -> str:
    return unquote(text, errors="replace") if "%" in text else text


_BACKSLASH = re.compile(
    r"[\\%]u([dD][89abAB][0-9a-fA-F]{2})[\\%]u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u\{([0-9a-fA-F]{1,6})\}|[\\%]u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{1,6})\s?"
    r"|\\'([0-9a-fA-F]{2})|(\\[nrtv])"
)
r"""JSON, JavaScript (`\u`, `\x`, `%u`), CSS (`\5a `) and RTF (`\'e0`); a pair of surrogates is one character."""


def _undo_backslash(text: str) -> str:
    return _BACKSLASH.sub(_character, text) if "\\" in text or "%u" in text else text


def _character(found: re.Match[str]) -> str:
    high, low, *single, in_rtf, space = found.groups()
    if space:
        return " "
    if in_rtf:
        return bytes.fromhex(in_rtf).decode("cp1252", errors="replace")
    if high:
        return (bytes.fromhex(high) + bytes.fromhex(low)).decode("utf-16-be")
    code = int(next(group for group in single if group), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"  # noqa: PLR2004


def _undo_quoted_printable(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    return _QUOTED.sub(lambda run: quopri.decodestring(run[0].encode()).decode(errors="replace"), text)


_QUOTED = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)(?:=(?:[0-9A-F]{2}|\r?\n))*")


def _undo_punycode(text: str) -> str:
    return _PUNYCODE.sub(_unpunycoded, text) if b"xn--" in one_byte_each(text).lower() else text


_PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)


def _unpunycoded(found: re.Match[str]) -> str:
    try:
        return found[1].encode().decode("punycode")
    except (UnicodeError, ValueError):
        return found[1]


_ESCAPES: tuple[Callable[[str], str], ...] = (
    html.unescape,
    _undo_backslash,
    _undo_percent,
    _undo_quoted_printable,
    _undo_punycode,
)
