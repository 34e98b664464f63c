"""What is drawn on top of a sheet: text boxes and other shapes with words in them, that people remark something with.

A shape stands at the cell below its upper left corner, and is taken for a comment on that cell. Pictures, charts and
shapes without words say nothing about a record.
"""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.sheets.files.package import Package
from tweeluik.sheets.files.xlsx_shared import whole

_ANCHORS = frozenset(("oneCellAnchor", "twoCellAnchor", "absoluteAnchor"))

OPEN_DOCUMENT = frozenset((
    "shapes", "frame", "g", "rect", "ellipse", "circle", "caption", "custom-shape", "line", "polyline", "polygon",
    "regular-polygon", "path", "connector", "measure", "control", "scene",
))  # fmt: skip
"""Tags within which an open document draws; texts in them are none of the cell that they stand in."""


def read_drawing(package: Package, path: str | None) -> Iterator[tuple[tuple[int, int], str]]:
    """Of a drawing of an `.xlsx` every text, with the row and the column of its place, counted from 1."""
    corner, words, is_corner = [0, 0], list[str](), False
    for event in package.events(path) if path and path in package.names else ():
        if event.kind == "start":
            is_corner |= event.name == "from"
            corner, words = ([0, 0], []) if event.name in _ANCHORS else (corner, words)
        elif event.name == "from":
            is_corner = False
        elif is_corner and event.name in ("row", "col"):
            corner[event.name == "col"] = whole(event.text)
        elif event.name == "t":
            words.append(event.text)
        elif event.name in _ANCHORS and (said := " ".join(" ".join(words).split())):
            yield (corner[0] + 1, corner[1] + 1), said
