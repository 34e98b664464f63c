"""The files of a site in groups, by what they follow from; and what a renderer says beside them.

Whoever asks for groups need not know how they are rendered: nothing is imported here that renders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from tweeluik.record.model import Page

GROUPS = ("downloads", "editions", "texts", "fixed", "knowable", "assets", "machines")
"""The files of a site by what they follow from, but for its pages of running text; `texts` is the list of those."""

_TEXT = "text "


def text_group(page: Page) -> str:
    """The group of one page of running text: a group by itself, so that a sentence asks for that page alone."""
    return f"{_TEXT}{page.slug}"


def groups_of(pages: Iterable[Page]) -> tuple[str, ...]:
    """All groups of a site with these pages."""
    return (*GROUPS, *map(text_group, pages))


WITH_DOWNLOADS = frozenset({"downloads", "editions", "fixed", "machines"})
"""Those that the downloads are needed for."""

Groups = Mapping[str, Mapping[str, bytes]]
"""Per group its files."""

Used = dict[str, set[str]]
"""Per group the names of the templates that it looked for, be they there or not."""

TAKEN, COMPILED, USED = "taken", "compiled", "used"
"""Groups for a next request: the downloads in one file; templates as they were compiled, by their names; in one file
which templates every group looked for.
"""


def whole(groups: Groups, proofs: Mapping[str, bytes]) -> dict[str, bytes]:
    """The site that groups of files make together, with the list of them."""
    files = {path: data for group in groups.values() for path, data in group.items()} | dict(proofs)
    files["manifest.txt"] = manifest(files)
    return dict(sorted(files.items()))


def manifest(files: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of every file, in the format of `sha256sum`, sorted by path."""
    return "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()
