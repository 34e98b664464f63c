"""Marked up text as a reader sees it."""

from __future__ import annotations

import re

from tweeluik.checks.guard.contexts import BLOCK

_TAG = re.compile(r"<!--|-->|<[^<>]*>")
_QUOTING_TAG = re.compile(r"""<[/!?a-zA-Z](?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|tspan|u|var|wbr)\b"
    r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""",
    re.IGNORECASE,
)
_LINKS = re.compile(r"</a>\s*<a\b", re.IGNORECASE)
"""Between two links of a menu."""

_COMMENT = re.compile(r"<!--.*?-->|/\*.*?\*/", re.DOTALL)
_UNSEEN = re.compile(
    r"<(script|style|template|noscript)\b[^>]*>.*?</\1\s*>|<(\w+)[^<>]*\shidden\b[^<>]*>.*?</\2\s*>",
    re.DOTALL | re.IGNORECASE,
)


def without_comments(text: str) -> str:
    """Without the comments of markup, styles and scripts."""
    return _COMMENT.sub("", text)


def without_tags(text: str) -> str:
    """With a space for every tag, the brackets of comments among them."""
    return _TAG.sub(" ", text)


def _one_line(text: str) -> str:
    return BLOCK.join(" ".join(block.split()) for block in text.split(BLOCK))


def as_seen(text: str) -> str:
    """As a reader sees it: without what is not shown; a tag within a line parts no words, others part blocks."""
    seen = _INLINE_TAG.sub("", _LINKS.sub(f"{BLOCK}<a", _UNSEEN.sub("", without_comments(text))))
    return _TAG.sub(BLOCK, _QUOTING_TAG.sub(BLOCK, _one_line(seen)))
