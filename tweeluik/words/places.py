"""What a name of an organisation says about where it is: a place, a country, a branch. People leave it out, or add it.

Places: the municipalities of the Netherlands (CBS, Gemeentelijke indeling), its provinces and islands, and the names
that large places have beside their own. A place that is not here is still one behind "te" or "afdeling".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tweeluik.words.folding import letters

_OTHER_NAMES = (
    (re.compile(r"(?<!\w)['\u2019]s[- ]?Gravenhage(?!\w)", re.IGNORECASE), "Den Haag"),
    (re.compile(r"(?<!\w)['\u2019]s[- ]?Hertogenbosch(?!\w)", re.IGNORECASE), "Den Bosch"),
    (re.compile(r"(?<!\w)A['\u2019]dam(?!\w)", re.IGNORECASE), "Amsterdam"),
    (re.compile(r"(?<!\w)R['\u2019]dam(?!\w)", re.IGNORECASE), "Rotterdam"),
    (re.compile(r"(?<=\w\s)NL$"), "Nederland"),
    (re.compile(r"(?<=\w\s)(?:NH|N\.H\.|N-H)$"), "Noord-Holland"),
    (re.compile(r"(?<=\w\s)(?:ZH|Z\.H\.|Z-H)$"), "Zuid-Holland"),
    (re.compile(r"(?<=\w\s)(?:NB|N\.B\.|N-B)$"), "Noord-Brabant"),
    *(
        (
            re.compile(
                rf"(?<!\w){wind[0]}[.-]+\s?(?=(?:Brabant|Holland|Limburg|Gelderland|Nederland|Friesland)(?!\w))"
            ),
            f"{wind}-",
        )
        for wind in ("Noord", "Oost", "Zuid", "West")
    ),
)

_FILE = "places.txt"

_MOST_WORDS = 4
"""Of a place: Capelle aan den IJssel."""

_PARTS = (
    r"afdeling|afd|regio|reg|provincie|prov|gemeente|gem|locatie|loc|vestiging|vest|district|distr|kring|wijk|"
    r"stadsdeel|rayon|filiaal|steunpunt|departement|dept|sectie|branch|chapter"
)
_BRANCH = re.compile(rf"(?<=\S)[\s,(\u2013\u2014-]+(?:{_PARTS})\b\.?\s+((?:\S+\s+){{0,2}}\S+)$", re.IGNORECASE)
_AT = re.compile(r"(?<=\S)[\s,(]+(?:gevestigd\s+)?(?:te|in|uit)\s+((?:(?:de|den|het)\s+)?[A-Z'\u2019][^\s,()]+)\)?$")
_OF_THE_COUNTRY = re.compile(
    r"^(?:de\s+|het\s+)?(?:nederlandse?|ned\.|landelijke?|land\.|nationale?|nat\.|hollandse?|centraal|centrale)\s+(?=\S)",
    re.IGNORECASE,
)

_OF_A_PLACE = re.compile(r"^(?:de\s+|het\s+)?(\w{3,}?)(?:er|se|e)\s+(?=\S{4})", re.IGNORECASE)
"""`Delftse` and `Groninger` in front of what it is called."""


@cache
def places() -> frozenset[str]:
    """The folded letters of every place."""
    lines = (Path(__file__).parent / _FILE).read_text("utf-8").splitlines()
    return frozenset(letters(each) for each in lines if not each.startswith("#"))


def by_its_own_name(text: str) -> str:
    """A text with places by the name that most people use: Den Haag for 's-Gravenhage."""
    for pattern, name in _OTHER_NAMES:
        text = pattern.sub(name, text)
    return text


def without_place(name: str) -> Iterator[str]:
    """What is left of a name without its legal form and without where it is; several ways where it tells that twice."""
    left = [_OF_THE_COUNTRY.sub("", name)]
    for each in (name, left[0]):
        for pattern in (_BRANCH, _AT):
            found = pattern.search(each)
            if found is not None:
                before = each[: found.start()]
                left += [before, f"{before} {found[1]}"]
        left += _without_last(each)
        if (found := _OF_A_PLACE.match(each)) is not None and letters(found[1]) in places():
            left.append(each[found.end() :])
    yield from (
        each for each in dict.fromkeys(text.strip(" ,-\u2013\u2014(") for text in left) if each not in {"", name}
    )


def _without_last(name: str) -> Iterator[str]:
    """Without the place that it ends with."""
    found = name.replace("-", " - ").split()
    for number in range(1, min(_MOST_WORDS * 2, len(found) - 1) + 1):
        if letters("".join(found[-number:])) in places() and found[-number] != "-":
            yield " ".join(found[:-number]).replace(" - ", "-")
