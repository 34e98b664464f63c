"""The Dutch words for what the public record names in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NOT_SHOWN = "niet getoond"
"""For a suppressed cell. Never a bare symbol: screen readers skip those."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A word in its two forms."""

    one: str
    other: str


COUNTED: Mapping[str, Noun] = {
    "partners": Noun("partner", "partners"),
    "conversations": Noun("gesprek", "gesprekken"),
}
"""What a table counts."""

DIMENSIONS: Mapping[str, Noun] = {
    "kind": Noun("Soort organisatie", "soorten organisaties"),
    "region": Noun("Regio", "regio’s"),
    "pillar": Noun("Pijler", "pijlers"),
    "theme": Noun("Thema", "thema’s"),
    "measure": Noun("Maatregel", "maatregelen"),
    "form": Noun("Vorm", "vormen"),
    "first_year": Noun("Eerste jaar", "jaren"),
}
"""The sides of a table."""

WITH_MOST: Mapping[str, Noun] = {
    "kind": Noun("De soort organisatie", "soorten organisaties"),
    "region": Noun("De regio", "regio’s"),
    "pillar": Noun("De pijler", "pijlers"),
    "theme": Noun("Het thema", "thema’s"),
    "measure": Noun("De maatregel", "maatregelen"),
    "form": Noun("De vorm", "vormen"),
    "first_year": Noun("De groep", "groepen"),
}
"""How a sentence about the largest category of a dimension begins; the plural stands without its article."""

STATUSES: Mapping[str, str] = {"concept": "Concept", "provisional": "Voorlopig", "final": "Definitief"}
"""Of an edition. What is published is provisional or final; a concept stands in a preview only."""

CELL_STATUSES: Mapping[str, str] = {"shown": "getoond", "rounded": "afgerond", "suppressed": NOT_SHOWN}

LICENCES: Mapping[str, tuple[str, str]] = {
    "CC0-1.0": ("CC0 1.0 (vrij te gebruiken)", "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"),
    "CC-BY-4.0": (
        "CC BY 4.0 (vrij te gebruiken, met bronvermelding)",
        "https://creativecommons.org/licenses/by/4.0/deed.nl",
    ),
}
"""Per licence (SPDX) its name and the page that explains it."""


MULTIPLES: Mapping[int, str] = {
    2: "tweetallen",
    3: "drietallen",
    4: "viertallen",
    5: "vijftallen",
    6: "zestallen",
    7: "zeventallen",
    8: "achttallen",
    9: "negentallen",
    10: "tientallen",
}


def multiples(base: int) -> str:
    """The word for what numbers are rounded to."""
    return MULTIPLES.get(base, f"veelvouden van {base}")
