"""The script of the play, and the table of it in the manual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.play.ministry import OPERATIONS, PUBLISH, Ministry
from tweeluik.words.messages import translate

SCRIPT = Path(__file__).parent / "script.yaml"
GUIDE = Path(__file__).parents[2] / "docs" / "handleiding.md"
BEGIN, END = "<!-- spel: gemaakt uit tests/play/script.yaml -->\n\n", "\n\n<!-- einde van het spel -->"


@dataclass(frozen=True, eq=False)
class Event:
    """Something that happens on a day, what the editors do, and what `check` says then (nothing: all is well)."""

    year: int
    day: date
    told: str
    do: Mapping[str, Any]
    problem: str = ""
    differs: str = ""
    site: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.day} {self.told}"


def events() -> tuple[Event, ...]:
    years = yaml.load(SCRIPT.read_text("utf-8"), yaml.CSafeLoader)  # noqa: TID251 - the play's own file
    return tuple(Event(year["year"], **event) for year in years for event in year["events"])


def play(ministry: Ministry, event: Event) -> str:
    """Change the source as the event says; what the editor writes or types, in Dutch."""
    told = [OPERATIONS[name](ministry, what) for name, what in event.do.items() if name in OPERATIONS]
    told += [f"`{' '.join(command(event))}`"] if command(event) else []
    return "; ".join(told)


def command(event: Event) -> tuple[str, ...]:
    """How an event publishes; nothing when it does not."""
    for name, options in PUBLISH.items():
        if name in event.do:
            return "publish", event.do[name], *options, "--day", str(event.day)
    return ()


def tables() -> str:
    """The chapter of the manual: a table per year."""
    ministry = Ministry(Path())
    by_year: dict[int, list[str]] = {}
    for event in events():
        by_year.setdefault(event.year, []).append(_row(event, play(ministry, event)))
    return "\n\n".join(_table(year, rows) for year, rows in by_year.items())


def write_guide() -> None:
    """Put the tables into the manual, after a change of the script."""
    before, rest = GUIDE.read_text("utf-8").split(BEGIN)
    GUIDE.write_text(before + BEGIN + tables() + END + rest.split(END)[1], "utf-8")


def _row(event: Event, written: str) -> str:
    return f"| {event.day} | {event.told} | {written} | {_said(event)} |"


def _said(event: Event) -> str:
    if event.problem:
        return f"een melding: {translate(event.problem, 'nl')}"
    if event.differs:
        edition, _, version = event.differs.partition(", version ")
        return f"de bron zegt nu iets anders over versie {version} van {edition}"
    return "in orde"


def _table(year: int, rows: list[str]) -> str:
    head = "| dag | wat er gebeurt | wat u opschrijft | wat `check` zegt |"
    return "\n".join((f"### De editie over {year}", "", head, "|---|---|---|---|", *rows))


if __name__ == "__main__":
    write_guide()
