"""What is otherwise about an organisation or a conversation, as a person reads it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tweeluik.sheets.headings import CONVERSATIONS, MEASURES, PARTNERS, YEAR
from tweeluik.source.records import Endorsement


class Change(NamedTuple):
    """One thing that is otherwise from now on, in the words of a person; nothing: there was, or will be, none."""

    key: str
    before: str
    after: str
    since: date | None = None

    @property
    def heading(self) -> str:
        """What the column is called."""
        if self.key.startswith(YEAR):
            return f"{MEASURES} {self.key.removeprefix(YEAR)}"
        return (PARTNERS.get(self.key) or CONVERSATIONS[self.key])[0]

    def __repr__(self) -> str:
        return f"<a change of {self.key}>"


def shown_periods(periods: tuple[Endorsement, ...]) -> str:
    """Periods as a cell has them: `2025-02-09 t/m 2026-02-28; 2026-09-01`."""
    return "; ".join(f"{each.start} t/m {each.until}" if each.until else str(each.start) for each in periods)


def shown(value: object) -> str:
    """A value as a person reads it in a table of changes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
