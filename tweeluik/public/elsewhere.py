"""What a page would fetch or do by itself outside the site: whoever is asked for it sees who reads the report.

A link that somebody follows is none of it. The site's own Content-Security-Policy forbids browsers most of it, but
not to be led away (`http-equiv="refresh"`), and a template may have left it out.
"""

from __future__ import annotations

import re
from html import unescape

CHECKED = (".html", ".svg", ".css")
"""The templates of which a browser works out what comes of them."""

_VALUE = r"""\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)"""
_ELEMENT = re.compile(
    r"<(applet|audio|base|body|button|embed|fe?image|form|frame|iframe|img|image|input|link|meta|object|portal|script|source"
    r"""|track|use|video)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rf"""([^\s"'<>/=]+){_VALUE}""")
_ANYWHERE = re.compile(rf"""<[a-z][^<>]*[\s/"'](?:ping|background){_VALUE}""", re.IGNORECASE)
"""Attributes that fetch, of elements that are on every page."""
_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?\s*(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}""", re.IGNORECASE)

_FETCHES = frozenset({
    "action", "archive", "background", "codebase", "data", "formaction", "href", "imagesrcset", "manifest", "ping",
    "poster", "src", "srcset", "xlink:href",
})  # fmt: skip
_TOLD = frozenset({"content-security-policy", "content-type", "content-language", "default-style", "x-ua-compatible"})
"""What `http-equiv` may say; anything else makes a browser do something."""
_ONLY_SAID = frozenset({
    "alternate", "author", "bookmark", "canonical", "contents", "first", "help", "index", "last", "license", "me",
    "next", "nofollow", "prev", "search", "shortlink", "start", "up",
})  # fmt: skip
"""Links between pages that a browser fetches nothing for."""

_OUTSIDE = re.compile(r"(?:^|[\s,])(?!data:)(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_NOT_READ = re.compile(r"[\t\r\n]")
"""Browsers leave these out of an address, and take \\ for /."""

_FROM_HERE = re.compile(r"'(?:self|none|sha(?:256|384|512)-[\w+/=-]+)'|file:|data:")


def leads_out(text: str, own: str | None = None) -> str | None:
    """What leads out of the site by itself, as it is written there; None: nothing does. `own`: where the site is."""
    for element in _ELEMENT.finditer(text):
        given = {name.lower(): _address(value) for name, value in _ATTRIBUTE.findall(element[2])}
        if _does(element[1].lower(), given, own):
            return element[0]
    found = next((each for each in _ANYWHERE.finditer(text) if _is_outside(_address(each[1]), own)), None)
    found = found or _STYLE.search(text)
    return None if found is None else found[0]


def _does(element: str, given: dict[str, str], own: str | None) -> bool:
    if element == "meta":
        return "http-equiv" in given and given["http-equiv"].lower() not in _TOLD
    if element == "link" and _ONLY_SAID.issuperset(given.get("rel", "").lower().split()):
        return False
    return any(name in _FETCHES and _is_outside(value, own) for name, value in given.items())


def _address(value: str) -> str:
    return _NOT_READ.sub("", unescape(value.strip("\"'"))).replace("\\", "/").strip()


def _is_outside(address: str, own: str | None) -> bool:
    return _OUTSIDE.search(address) is not None and not (own is not None and address.startswith(own))


def forbids_the_rest(text: str) -> bool:
    """Whether a page asks browsers to fetch nothing but from the site, before it asks for anything."""
    for element in _ELEMENT.finditer(text):
        given = {name.lower(): unescape(value[1:-1]) for name, value in _ATTRIBUTE.findall(element[2])}
        if given.get("http-equiv", "").lower() == "content-security-policy":
            return _is_strict(given.get("content", ""))
        if element[1].lower() != "meta":
            return False
    return False


def _is_strict(policy: str) -> bool:
    rules = {name.lower(): sources for name, *sources in map(str.split, filter(str.strip, policy.split(";")))}
    return rules.get("default-src") == ["'none'"] and all(
        _FROM_HERE.fullmatch(source) or (name.startswith("style-src") and source == "'unsafe-inline'")
        for name, sources in rules.items()
        for source in sources
    )
