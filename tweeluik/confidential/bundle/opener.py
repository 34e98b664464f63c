"""The page that opens a bundle, in the look of the ministry: its tokens take the place of those that it came with.

Only what stands between two marks of its style is changed, and in its Content-Security-Policy the digest of that style.
In the theme that comes with Tweeluik it is the page that `make opener` makes, byte for byte.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from tweeluik.confidential.bundle.documents import theme_of
from tweeluik.problems import Place, Problem, SealingFailed

OPENER = "opener.html"
"""Made by `make opener` from `tools/opener`, kept with the templates, and given along with every bundle."""

_STYLE = re.compile(r"<style>(/\* theme \*/\n).*?(/\* page \*/\n.*?)</style>", re.DOTALL)
_ALLOWED = re.compile(r"style-src 'sha256-[A-Za-z0-9+/=]+'")


def read_opener(templates: Path) -> bytes:
    """The page among the templates of the papers, in the theme beside them.

    Raises:
        SealingFailed: it is missing, or not the page that came with Tweeluik; or the theme is wrong.
    """
    try:
        page = (templates / OPENER).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise _failed("the page that opens a bundle is missing") from None
    return dressed(page, theme_of(templates).css).encode()


def dressed(page: str, css: str) -> str:
    """The page with these tokens.

    Raises:
        SealingFailed: it has no place for them.
    """
    found = _STYLE.search(page)
    if found is None or len(_ALLOWED.findall(page)) != 1:
        raise _failed("the page that opens a bundle has no place for the theme")
    style = f"{found[1]}{css}{found[2]}"
    digest = b64encode(sha256(style.encode()).digest()).decode()
    page = f"{page[: found.start()]}<style>{style}</style>{page[found.end() :]}"
    return _ALLOWED.sub(f"style-src 'sha256-{digest}'", page)


def _failed(what: str) -> SealingFailed:
    place = Place(f"templates/confidential/{OPENER}")
    return SealingFailed(Problem(place, "", what, "take it from the Tweeluik that these templates came with"))
