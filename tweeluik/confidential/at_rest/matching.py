"""Whether an organisation is one that a list of names and numbers means, however either is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tweeluik.source.past import names, registrations
from tweeluik.source.records import Partner, Source
from tweeluik.words.folding import squeeze

LEGAL_FORMS = frozenset(
    {
        b"stichting", b"st", b"vereniging", b"ver", b"cooperatie", b"bv", b"nv", b"vof", b"foundation", b"association",
    }
)  # fmt: skip
"""Words that do not tell two organisations apart, squeezed."""

DIGITS = 8
"""Of a registration number; a spreadsheet drops the zeros with which one begins."""

NUMBER = re.compile(rf"(?<!\d)\d(?:[ .]?\d){{{DIGITS - 1}}}(?!\d)")
CELLS = re.compile(r"[;\t|]")


def count_matches(source: Source, lines: Iterable[str]) -> int:
    """How many organisations have a name, other name or number that the lines exclude."""
    excluded = frozenset(_excluded(lines))
    return sum(1 for partner in source.partners if not excluded.isdisjoint(map(telling, _texts(partner))))


def telling(text: str) -> bytes:
    """What is compared of a name: its folded letters and digits without its legal form; of a number its digits."""
    words = [squeeze(word) for word in text.split()]
    return b"".join(word for word in words if word not in LEGAL_FORMS) or b"".join(words)


def _excluded(lines: Iterable[str]) -> Iterator[bytes]:
    """Everything that a line may mean: all of it, each cell of a row that was pasted, each number in it."""
    for line in lines:
        if line.startswith("#"):
            continue
        found = [telling(each) for each in (line, *CELLS.split(line))]
        found += [each.zfill(DIGITS) for each in found if each.isdigit()]
        found += [squeeze(number) for number in NUMBER.findall(line)]
        yield from filter(None, found)


def _texts(partner: Partner) -> tuple[str, ...]:
    return (*names(partner), *registrations(partner))
