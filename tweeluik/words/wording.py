"""The codes of the public record, each with its Dutch words, as the catalogue has them."""

from __future__ import annotations

from collections.abc import Mapping

from tweeluik.words.phrases import DUTCH, Noun, Words

NOT_SHOWN = DUTCH.text("cell.suppressed")
"""For a suppressed cell. Never a bare symbol: screen readers skip those."""

COUNTED: Mapping[str, Noun] = {code: DUTCH.noun(code) for code in ("partners", "conversations")}
"""What a table counts."""

DIMENSIONS: Mapping[str, Noun] = {
    code: DUTCH.noun(code) for code in ("kind", "region", "pillar", "theme", "measure", "form", "first_year")
}
"""The sides of a table."""

STATUSES: Mapping[str, str] = {code: DUTCH.text(f"status.{code}") for code in ("concept", "provisional", "final")}
"""Of an edition. What is published is provisional or final; a concept stands in a preview only."""

CELL_STATUSES: Mapping[str, str] = {code: DUTCH.text(f"cell.{code}") for code in ("shown", "rounded", "suppressed")}

LICENCES: Mapping[str, str] = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.nl",
}
"""Per licence (SPDX) the page that explains it."""


def multiples(words: Words, base: int) -> str:
    """The word for what numbers are rounded to."""
    key = f"multiples.{base}"
    return words.text(key) if words.has(key) else words.text("multiples.other", base=str(base))
