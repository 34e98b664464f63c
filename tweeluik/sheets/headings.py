"""What people write above their columns, where in a sheet that is, and which key of the source each column holds."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal, NamedTuple

from tweeluik.sheets.files.model import Row, Sheet
from tweeluik.words.folding import letters

Kind = Literal["partners", "conversations"]

PARTNERS = {
    "id": ("Kenmerk", "id"),
    "name": ("Naam", "name", "organisatie", "naam organisatie", "naam van de organisatie", "naam partner", "partner"),
    "aliases": ("Andere namen", "aliases", "alias", "afkorting", "afkortingen", "ook bekend als"),
    "registration": ("KvK-nummer", "registration", "kvk", "kvk nr", "nummer kvk", "nummer handelsregister"),
    "rsin": ("RSIN", "rsin-nummer", "fiscaal nummer"),
    "kind": ("Soort", "kind", "soort organisatie", "type", "type organisatie"),
    "region": ("Regio", "region", "gebied", "provincie", "werkgebied"),
    "umbrella": ("Koepel", "umbrella", "koepelorganisatie"),
    "traceable_to_persons": (
        "Herleidbaar",
        "traceable_to_persons",
        "herleidbaar tot personen",
        "herleidbaar naar personen",
        "herleidbaar tot een persoon",
        "traceable",
    ),
    "endorsed": ("Onderschreven", "endorsed", "onderschreven op", "onderschreven sinds", "datum onderschrijving"),
    "since": ("Gewijzigd per", "per", "since", "wijziging per", "ingangsdatum"),
    "ended": ("Laatste dag", "ended", "gestopt op", "opgeheven op", "einddatum"),
    "successor": ("Opvolger", "successor", "opvolgers", "opgevolgd door"),
    "named_in": ("Genoemd in", "named_in"),
    "before": ("Eerder", "before"),
}
"""Per key the heading that an export writes, and what else is understood."""

CONVERSATIONS = {
    "id": ("Kenmerk", "id"),
    "date": ("Datum", "date", "datum gesprek", "datum van het gesprek", "gespreksdatum"),
    "partners": (
        "Organisaties",
        "partners",
        "partner",
        "organisatie",
        "gesprekspartners",
        "gesprekspartner",
        "deelnemers",
        "deelnemende organisaties",
        "gesproken met",
        "gesprek met",
        "met wie",
    ),
    "context": ("Kader", "context", "in het kader van"),
    "form": ("Vorm", "form", "vorm gesprek", "vorm van het gesprek", "gespreksvorm", "soort gesprek", "type gesprek"),
    "measures": ("Maatregelen", "measures", "maatregel"),
    "subject": ("Onderwerp", "subject"),
}

AGREED = "Toch overnemen"
REASON = "Waarom niet overgenomen"
ORIGIN = "Stond in"

OURS = {"agreed": (AGREED,), "ours": (REASON, ORIGIN)}
"""Columns of what an import gave back."""

YEAR = "collaborations."
"""Before the year, in the key of a column with the measures of one year."""

MEASURES = "Maatregelen"

_MEASURES_OF_A_YEAR = re.compile(
    r"(?:measures|maatregel(?:en)?|samenwerking)?(?:in|van|voor)?(20\d\d)(?:measures|maatregel(?:en)?)?"
)
_YEAR = re.compile(r"20\d\d")
_REMARK = re.compile(r"\([^()]*\)|[?*:]+$|[?*]")
"""What people add to a heading: how to fill it in, that it must be, that it is a question."""

_OVER_YEARS = frozenset(
    {"", *(letters(each) for each in ("Maatregelen", "Maatregel", "Measures", "Samenwerking", "Jaar"))}
)
"""What stands above a row of years; of merged cells all but the first are empty."""

_DEEPEST = 40
"""So many rows are looked at for the headings: above them stand a title and a note at most."""


class Cross(NamedTuple):
    """A column of crosses: the key that all of its kind are one list of, and the code that a cross stands for."""

    key: str
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class Columns:
    """The columns of a sheet: what each holds, by number.

    `row` holds the headings, the last of them where they `begins` on a row above. `again`: columns with a key that an
    earlier one has, with the number of that one. `crosses`: columns that each hold a part of what their key says.
    """

    kind: Kind
    row: int
    keys: Mapping[int, str]
    headings: Mapping[int, str]
    again: Mapping[int, int] = field(default_factory=dict)
    begins: int | None = None
    crosses: Mapping[int, Cross] = field(default_factory=dict)

    @property
    def unread(self) -> tuple[int, ...]:
        """The columns with a heading that is not understood."""
        return tuple(each for each in self.headings if each not in self.keys)

    def named(self, keys: Container[str]) -> frozenset[int]:
        """The columns that hold one of these keys."""
        return frozenset(column for column, key in self.keys.items() if key in keys)

    def whole(self, key: str) -> frozenset[int]:
        """The columns that each hold all that a key says."""
        return frozenset(column for column, each in self.keys.items() if each == key and column not in self.crosses)

    def heading(self, column: int) -> str:
        """What stands above a column."""
        return self.headings.get(column, "")


def find_columns(sheet: Sheet, meant: Mapping[str, str]) -> Columns | None:
    """The row that names most columns, of the first rows; None when none does.

    Args:
        sheet: the sheet.
        meant: what people answered about headings: a heading that is understood, by folded other ones.
    """
    near = [row for row in sheet.rows if row.number <= _DEEPEST + sheet.rows[0].number]
    found = [each for row in near for each in _read(row, meant)]
    best = max(found, key=lambda each: (len(each.keys), -each.row), default=None)
    if best is None:
        return None
    below = next((row for row in sheet.rows if row.number > best.row), None)
    return best if below is None else _with_years_of(below, best)


def nearest_heading(text: str, kind: Kind) -> str:
    """The heading that was probably meant, or nothing."""
    year = re.search(r"20\d\d", text)
    known = [names[0] for names in (PARTNERS if kind == "partners" else CONVERSATIONS).values()]
    known += [f"{MEASURES} {year[0]}"] if year else []
    close = get_close_matches(text.casefold(), [each.casefold() for each in known], n=1, cutoff=0.75)
    return next((each for each in known if close and each.casefold() == close[0]), "")


def _read(row: Row, meant: Mapping[str, str]) -> Iterator[Columns]:
    headings = {at: " ".join(cell.text.split()) for at, cell in row.cells.items() if cell.text}
    conversations = _match(headings, CONVERSATIONS, meant)
    if {"date", "partners"} <= {*conversations.values()}:
        yield _columns("conversations", row.number, conversations, headings)
        return
    partners = _match(headings, PARTNERS, meant)
    if not {"id", "name", "registration"}.isdisjoint(partners.values()):
        yield _columns("partners", row.number, partners, headings)


def _with_years_of(below: Row, columns: Columns) -> Columns:
    """The columns with the years that stand alone on a second row of headings, below `Maatregelen`."""
    texts = {at: " ".join(cell.text.split()) for at, cell in below.cells.items() if cell.text}
    may_hold = [at for at in texts if letters(columns.heading(at)) in _OVER_YEARS]
    if columns.kind != "partners" or not texts or len(may_hold) < len(texts):
        return columns
    if not all(_YEAR.fullmatch(each) for each in texts.values()):
        return columns
    keys = {at: f"{YEAR}{year}" for at, year in texts.items()}
    headings = {at: f"{MEASURES} {year}" for at, year in texts.items()}
    found = _columns("partners", below.number, {**columns.keys, **keys}, {**columns.headings, **headings})
    return replace(found, begins=columns.row)


def _columns(kind: Kind, row: int, matched: Mapping[int, str], headings: Mapping[int, str]) -> Columns:
    first: dict[str, int] = {}
    for column, key in matched.items():
        first.setdefault(key, column)
    again = {column: first[key] for column, key in matched.items() if first[key] != column and key != "ours"}
    return Columns(kind, row, matched, headings, again)


def _match(
    headings: Mapping[int, str], known: Mapping[str, tuple[str, ...]], meant: Mapping[str, str]
) -> dict[int, str]:
    meaning = {letters(heading): key for key, all_ in {**known, **OURS}.items() for heading in all_}
    found = {}
    for column, heading in headings.items():
        folded = letters(heading)
        folded = letters(meant.get(folded, "")) or folded
        if folded not in meaning:
            folded = _without_remarks(heading, meaning) or folded
        year = _MEASURES_OF_A_YEAR.fullmatch(folded)
        key = f"{YEAR}{year[1]}" if year and known is PARTNERS else meaning.get(folded)
        if key is not None:
            found[column] = key
    return found


def _without_remarks(heading: str, meaning: Mapping[str, str]) -> str | None:
    """The heading that is meant, without what it says in brackets, or as one of two words for the same."""
    plain = _REMARK.sub(" ", heading)
    bare = letters(plain)
    if bare in meaning or _MEASURES_OF_A_YEAR.fullmatch(bare):
        return bare
    ways = [letters(each) for each in plain.split("/")]
    keys = {meaning.get(each) for each in ways}
    return ways[0] if len(keys) == 1 and None not in keys else None


def begins_other_list(row: Row, kind: Kind) -> bool:
    """Whether a row below the headings is the headings of a list of the other kind."""
    return any(each.kind != kind and len(each.keys) > 1 for each in _read(row, {}))
