"""Text as XML has it (XML 1.0, 2.4 and 3.3.3). The library's own way to write it loads a client of the web with it."""

from __future__ import annotations

_SPACES = {ord("\t"): "&#9;", ord("\n"): "&#10;", ord("\r"): "&#13;"}
"""A reader makes plain spaces of these in a value, unless they are written so."""


def escape(text: str) -> str:
    """Text between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text as the value of an attribute, with its quotes: double ones unless it has these and no single ones."""
    value = escape(text).translate(_SPACES)
    return f"'{value}'" if '"' in value and "'" not in value else '"{}"'.format(value.replace('"', "&quot;"))
