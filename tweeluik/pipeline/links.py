"""Links of running text to pages of the site itself: whether they lead to a file that was made."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Iterator

from tweeluik.problems import Place
from tweeluik.source.page_text import links_in
from tweeluik.source.records import Page

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|$", re.IGNORECASE)
"""The web, mail, an address from the root up, or a place in the page itself."""


def find_dead_links(pages: Iterable[Page], files: Container[str]) -> Iterator[Place]:
    """Where in the source a link of a page begins that leads to none of the files of the site."""
    for page in pages:
        for line, position, target in links_in(page.text.split("\n")):
            if not _ELSEWHERE.match(target) and not _leads(page.slug, target, files):
                yield Place(page.place.file, page.begins + line, position + 1)


def _leads(slug: str, target: str, files: Container[str]) -> bool:
    """Whether a target leads to a file, from `<slug>/index.html`; what lies above the site nobody knows."""
    path = posixpath.normpath(posixpath.join(slug, re.split("[?#]", target)[0]))
    return path.startswith("..") or path in files or posixpath.normpath(f"{path}/index.html") in files
