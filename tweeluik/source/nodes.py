"""What every source format is read into before it becomes a record: texts, lists and mappings that know their place.

YAML and CSV both end here, so that one description of a record serves both. A repr shows a place, never a value.
"""

from __future__ import annotations

import collections.abc
from typing import Literal, NamedTuple

from tweeluik.problems import Place

ScalarKind = Literal["text", "a whole number", "a number", "a truth value", "a date", "nothing"]
"""What YAML 1.1 takes a plain word for; all that stands in quotes, and every CSV cell, is text."""


class Scalar(NamedTuple):
    """One value, as it was written.

    `plain`: without quotes. `cut_at`: where a `#` ends it, with no space behind. `remark_at`: where a comment begins
    that may be the rest of it.
    """

    place: Place
    text: str
    kind: ScalarKind
    plain: bool = False
    cut_at: Place | None = None
    remark_at: Place | None = None

    def __repr__(self) -> str:
        return f"<{self.kind} at {self.place}>"


class Listing(NamedTuple):
    """A list."""

    place: Place
    items: tuple[Node, ...]

    def __repr__(self) -> str:
        return f"<a list at {self.place}>"


class Entry(NamedTuple):
    """A value with the place of its key."""

    place: Place
    value: Node

    def __repr__(self) -> str:
        return f"<an entry at {self.place}>"


Entries = collections.abc.Mapping[str, Entry]


class Mapping(NamedTuple):
    """Keys with values; every key stands once."""

    place: Place
    entries: Entries

    def __repr__(self) -> str:
        return f"<a mapping at {self.place}>"


Node = Scalar | Listing | Mapping


def name_of(node: Node) -> str:
    """What a message calls this node."""
    if isinstance(node, Scalar):
        return node.kind
    return "a list" if isinstance(node, Listing) else "keys with values"
