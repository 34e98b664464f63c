"""Which kinds of files a site has: all others are refused, whatever they hold.

The guard reads what it knows how to read; what a program of a reader makes of another kind of file, it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from tweeluik.checks.guard.png import is_picture
from tweeluik.checks.guard.streams import is_text
from tweeluik.problems import Place, Problem

WELL_KNOWN = ".well-known"
"""The one folder whose name may begin with a dot (RFC 8615)."""


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-")


def _is_zip(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


PICTURE, DRAWING = ".png", ".svg"

KINDS: Mapping[str, Callable[[bytes], bool]] = {
    **dict.fromkeys((".html", ".css", ".js", ".svg", ".xml", ".json", ".jsonld", ".csv", ".txt"), is_text),
    ".pdf": _is_pdf,
    **dict.fromkeys((".ods", ".docx"), _is_zip),
    PICTURE: is_picture,
}
"""Per ending of a name, whether the bytes can be of that kind."""


def find_undeclared(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Every file of a kind that a site does not have, or that is not what its name says."""
    for path in sorted(files):
        is_kind = KINDS.get(PurePosixPath(path).suffix)
        if is_kind is None or any(part.startswith(".") and part != WELL_KNOWN for part in path.split("/")):
            yield Problem(Place(path), "", "a kind of file that a site does not have", f"have {', '.join(KINDS)} only")
        elif not is_kind(files[path]):
            yield Problem(Place(path), "", "not the kind of file that its name says", "give it the ending of its kind")
        elif path.endswith(PICTURE) and f"{path.removesuffix(PICTURE)}{DRAWING}" not in files:
            what = "a picture without the drawing that it was made from"
            yield Problem(Place(path), "", what, "build the site again")
