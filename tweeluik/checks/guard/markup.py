"""Marked up text as a reader sees it."""

from __future__ import annotations

import re

from tweeluik.checks.guard.contexts import BLOCK
from tweeluik.checks.guard.rows import one_byte_each

_TAG = re.compile(r"<!--|-->|<[^<>]*>")
_QUOTING_TAG = re.compile(r"""<[/!?a-zA-Z](?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|tspan|u|var|wbr)\b"
    r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""",
    re.IGNORECASE,
)
_LINKS = re.compile(r"</a>\s*<a\b", re.IGNORECASE)
"""Between two links of a menu."""

CDATA = "<![CDATA["
_COMMENTS = (("<!--", "-->"), ("/*", "*/"))
_NEVER_SEEN = r"<(script|style|template|noscript|rt|rp)\b[^<>]*>"
_UNSEEN = (
    re.compile(_NEVER_SEEN, re.IGNORECASE),
    re.compile(rf"{_NEVER_SEEN}|<(\w+)[^<>]*\shidden\b[^<>]*>", re.IGNORECASE),
)
"""The second also what is hidden in this page: it looks through all of every tag, and few texts hide anything."""

_HIDES = re.compile(r"\shidden\b", re.IGNORECASE)
_OF_UNSEEN = (b"hidden", b"<script", b"<style", b"<template", b"<noscript", b"<rt", b"<rp")


def without_comments(text: str) -> str:
    """Without the comments of markup, styles and scripts; one that is not closed is none."""
    for begin, end in _COMMENTS:
        text = _without_between(text, begin, end)
    return text


def _without_between(text: str, begin: str, end: str) -> str:
    parts, at = list[str](), 0
    while (opened := text.find(begin, at)) >= 0 and (closed := text.find(end, opened + len(begin))) >= 0:
        parts.append(text[at:opened])
        at = closed + len(end)
    return "".join((*parts, text[at:]))


def _without_unseen(text: str) -> str:
    """Without elements that are not shown."""
    small = one_byte_each(text).lower()
    if not any(each in small for each in _OF_UNSEEN):
        return text
    parts, at, never_closed = list[str](), 0, set[str]()
    for opened in _UNSEEN[_HIDES.search(text) is not None].finditer(text):
        name = opened[opened.lastindex or 0].lower()
        if opened.start() < at or name in never_closed:
            continue
        closed = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, opened.end())
        if closed is None:
            # Nor is any that comes later: a page of nothing but openings is not searched over and over.
            never_closed.add(name)
            continue
        parts.append(text[at : opened.start()])
        at = closed.end()
    return "".join((*parts, text[at:]))


def without_sections(text: str) -> str:
    """Without the marks around text that XML takes as it stands, which read as a tag with all of that in it."""
    return text.replace(CDATA, "").replace("]]>", "") if CDATA in text else text


def without_tags(text: str) -> str:
    """With a space for every tag, the brackets of comments among them."""
    return _TAG.sub(" ", text)


def _one_line(text: str) -> str:
    return BLOCK.join(" ".join(block.split()) for block in text.split(BLOCK))


def as_seen(text: str) -> str:
    """As a reader sees it: without what is not shown; a tag within a line parts no words, others part blocks."""
    seen = _INLINE_TAG.sub("", _LINKS.sub(f"{BLOCK}<a", _without_unseen(without_comments(text))))
    return _TAG.sub(BLOCK, _QUOTING_TAG.sub(BLOCK, _one_line(seen)))
