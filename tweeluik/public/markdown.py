"""CommonMark to HTML. Raw HTML and images are text; a link goes to the web, to mail or to another page of the site."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

SCHEME = re.compile(r"([^/?#:]*):")
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
"""How a link outside the site may begin. With any other scheme (`javascript:`, `data:`) it is plain text."""


def render_markdown(text: str) -> Markup:
    """The HTML of running text. Its headings start at level 2: the page has a title of its own."""
    return Markup(_parser().render(text))  # noqa: S704 — raw HTML is off, links are on an allow-list


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 — 40 ms that `--help` need not pay

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = _is_safe  # type: ignore[method-assign, assignment]
    parser.core.ruler.push("lower_headings", _lower_headings)
    parser.core.ruler.push("scope_heads", _scope_heads)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _is_safe(target: str) -> bool:
    scheme = SCHEME.match(target)
    return not target.startswith("//") and (scheme is None or scheme[1].lower() in SAFE_SCHEMES)


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"


def _scope_heads(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")


def _open_table(*_: object) -> str:
    return '<div class="tabelvak" role="region" aria-label="Tabel" tabindex="0">\n<table>\n'


def _close_table(*_: object) -> str:
    return "</table>\n</div>\n"
