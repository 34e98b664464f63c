"""Names of people that a page may hold: of a minister, a writer, who is known by an office or by work.

The head of the page names them, as they stand in its text; so it is a choice that somebody made for that page. Nothing
else is let through with them: what stands beside such a name is looked at as ever, and what no text needs is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tweeluik.problems import Place
from tweeluik.source.nodes import Listing, Mapping, Node, Scalar
from tweeluik.source.texts import Written

PERSON = Written(
    r"(?=.*[A-ZÀ-Þ])[^\s\d@,;:]+(?: [^\s\d@,;:]+){1,5}", "a name of two to six words, as it stands in the text"
)


class Named(NamedTuple):
    """A name in the head of a page, with its place and its path."""

    name: str
    place: Place
    path: str


def people_of(head: Node) -> tuple[Named, ...]:
    """Every whole name that the head of a page allows; of a head that is not in its form what can be read."""
    entry = head.entries.get("people") if isinstance(head, Mapping) else None
    listed = entry.value.items if entry is not None and isinstance(entry.value, Listing) else ()
    written = ((at, each, " ".join(each.text.split())) for at, each in enumerate(listed) if isinstance(each, Scalar))
    return tuple(
        Named(name, each.place, f"people[{at}]") for at, each, name in written if re.fullmatch(PERSON.pattern, name)
    )


def without(names: Iterable[str], text: str) -> str:
    """The text with small letters in place of those of every such name, so that all else stands where it stood.

    Between the words of a name there may be several spaces, and behind it an s that says whose something is.
    """
    for name in sorted(names, key=lambda each: (-len(each), each)):
        pattern = r"\s+".join(map(re.escape, name.split()))
        text = re.sub(
            rf"(?<!\w){pattern}(?=['’]?s?(?!\w))", lambda found: re.sub(r"\w", "x", found[0]), text, flags=re.IGNORECASE
        )
    return text
