"""Reading pages in tests: what must be there is found, or the test fails at that place."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode


def first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first node that a selector matches."""
    found = tree.css_first(selector)
    assert found is not None, selector
    return found
