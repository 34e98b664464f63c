"""What editors and reviewers are told in Dutch: the texts of the preview, the review room and the change report."""

from __future__ import annotations

import html
from collections.abc import Mapping
from types import MappingProxyType

from tweeluik.words.phrases import Words, read_file

REVIEW = Words(read_file("review.toml"))
"""By key, as those of the public side are."""


def in_html(key: str, marked: Mapping[str, str] = MappingProxyType({}), **given: object) -> str:
    """A text as a part of a page: all of it escaped but the places that are `marked` up already."""
    filled = {**{name: html.escape(str(each)) for name, each in given.items()}, **marked}
    return "".join(
        html.escape(before) + (filled[place] if place is not None else "") for before, place in REVIEW.pieces(key)
    )
