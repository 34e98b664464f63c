"""Marked up text as a reader sees it, and the places in it at which a program or a browser points."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(r"<!--|-->|<[^<>]*>")
_QUOTING_TAG = re.compile(r"""<[/!?a-zA-Z](?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|tspan|u|var|wbr)\b"
    r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->|/\*.*?\*/", re.DOTALL)
_UNSEEN = re.compile(
    r"<(script|style|template|noscript)\b[^>]*>.*?</\1\s*>|<(\w+)[^<>]*\shidden\b[^<>]*>.*?</\2\s*>",
    re.DOTALL | re.IGNORECASE,
)

_OPEN_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r"""[\w:-]+\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""")
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)
_KEY = re.compile(r'"([^"\n]{1,200})"\s*:')


def without_markup(text: str) -> Iterator[str]:
    """What is left without comments, elements that are not shown, and tags; a tag within a line parts no words."""
    seen = text
    if "<!--" in text or "/*" in text:
        seen = _COMMENT.sub("", text)
        yield seen
    if "<" not in text:
        return
    yield _TAG.sub(" ", text)
    yield _TAG.sub(" ", _QUOTING_TAG.sub(" ", _INLINE_TAG.sub("", _UNSEEN.sub("", seen))))


def attributes(text: str) -> list[str]:
    """The values of all attributes, each once."""
    tags: list[str] = _OPEN_TAG.findall(text)
    found = [value for tag in dict.fromkeys(tags) for value in _values(tag)]
    return list(dict.fromkeys(found))


def _values(tag: str) -> Iterator[str]:
    found: list[tuple[str, str, str]] = _ATTRIBUTE.findall(tag)
    return (double or single or bare for double, single, bare in found)


def titles(text: str) -> list[str]:
    """Titles of pages and of parts of drawings."""
    return _TITLE.findall(text)


def keys(text: str) -> list[str]:
    """Keys of JSON, each once."""
    found: list[str] = _KEY.findall(text)
    return list(dict.fromkeys(found))
