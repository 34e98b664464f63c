"""What people write in the place of a value, or beside one: `n.v.t.`, `idem`, `2025 (vanaf mei)`, `Utrecht (NL31)`."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from itertools import combinations

from tweeluik.problems import Place
from tweeluik.words.folding import letters, words

NOTHING = "a word for nothing where a value is meant"
AGAIN = "a word that points at the value above"
WRITE_AGAIN = "write the value itself, in every record"
APART = "put a semicolon between them"
BESIDE = "a code with something beside it"
SEVERAL = "several values where one is meant"

_NOTHING = frozenset({
    "nvt", "nietvantoepassing", "geen", "onbekend", "nogonbekend", "nietbekend", "weetniet", "leeg", "nb", "nnb", "ntb",
    "na", "nog", "later", "volgt", "nogintevullen", "invullen", "tbd",
})  # fmt: skip
_AGAIN = frozenset({"idem", "ditto", "dito", "hetzelfde", "zelfde", "zieboven", "alsboven", "ziehierboven"})
_AGAIN_SIGNS = frozenset({'"', "''", ",,", "\u201d", "\u201e", "\u2033", "\u3003"})
_TICKS = frozenset("✓✔☑☒✗✘×√")  # noqa: RUF001 - those are meant
_CODE = re.compile(r"[A-Za-z0-9](?:[\w.-]*\w)?")
_SPLIT_CODE = re.compile(r"[A-Za-z]+ \d+")
"""As `NL 31` for `NL31`."""

_LONGEST = 12
"""Words of a text in which a label is looked for."""


def says_nothing(text: str) -> bool:
    """Whether a text says that there is no value, or not yet, in words or with a mere sign."""
    is_sign = bool(text.strip()) and not letters(text) and not says_again(text) and not _TICKS.issuperset(text)
    return letters(text) in _NOTHING or is_sign


def says_again(text: str) -> bool:
    """Whether a text says that the value is that of the row above."""
    return text in _AGAIN_SIGNS or letters(text) in _AGAIN


def leave_out(place: Place, *, required: bool) -> str:
    """What to do with a word for nothing: in a table a cell is left empty, elsewhere the key is left out."""
    if required:
        return "write the value"
    return "leave the cell empty" if is_table(place) else "write the value, or leave the key out"


def is_table(place: Place) -> bool:
    """Whether a value stands in a table."""
    return place.file.endswith(".csv")


def codes_in(text: str, known: Container[str]) -> tuple[str, ...]:
    """The known codes that stand in a text as words of their own, each once, in their order; a code alone is none."""
    found = [each for each in _CODE.findall(text) if each in known]
    is_a_slip = len(found) == 1 and letters(text).startswith(letters(found[0])) and _SPLIT_CODE.fullmatch(text)
    return () if is_a_slip else tuple(dict.fromkeys(found))


def label_in(text: str, labels: Mapping[str, str]) -> str | None:
    """The code of the one label that stands in a text, of all such labels the longest; `labels` by their letters."""
    said = words(text)[:_LONGEST]
    spans = sorted(combinations(range(len(said) + 1), 2), key=lambda each: each[0] - each[1])
    return next((labels[span] for first, last in spans if (span := "".join(said[first:last])) in labels), None)
