"""A small ministry, as a person has it: a few organisations, four yearly editions, and a correction of the first.

`python -m bench.small_ministry [NUMBER ...]`: so many organisations, of whom nobody to everybody is named, by both
methods. Every year one leaves, one joins, one moves and one lets itself be named; after the third year it turns out
that one was forgotten in the first. A refusal is answered as it advises, and asked again. Every case has a process of
its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from bench.attacker.history import Event
from bench.children import run_each
from bench.histories import MEASURES, ground, name_of
from bench.in_docs import numbers, publish, table
from bench.kept import Row
from bench.publishing import UNSAFE, Step, follow_advice, publish_all

Raw = dict[str, Any]

SIZES, SHARES, METHODS = (12, 20, 30, 45), (0.0, 0.3, 0.6, 1.0), ("suppression", "rounding")
TABLES = ("kind pillar", "region", "theme")
YEARS = range(2025, 2029)
KINDS = {"k0": 8, "k1": 6, "k2": 4, "k3": 2, "k4": 1}
REGIONS = {"r0": 6, "r1": 5, "r2": 4, "r3": 3, "r4": 2, "r5": 1}
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Setting:
    """So many organisations, the part of them that is named from the first year on, and the method."""

    organisations: int
    named: float
    method: str


class _Ministry:
    """Its organisations as they are by now, and what it publishes of them."""

    def __init__(self, asked: Setting) -> None:
        self._asked, self._chance = asked, Random(f"small ministry {asked.organisations}")
        self._partners: list[Raw] = []
        for _ in range(asked.organisations):
            self._joins(YEARS[0])
        self._named = [each["id"] for each in self._partners[: round(asked.named * asked.organisations)]]

    def steps(self) -> Iterator[Step]:
        """Every edition in its year, and after the third the first again."""
        files = ground([*KINDS], [*REGIONS], threshold=5, seed=self._asked.organisations)
        for year in YEARS:
            if year > YEARS[0]:
                self._passes(year)
            files |= {f"editions/{year}.yaml": self._edition(year), "partners/all.yaml": self._signed(year)}
            yield Step(files, str(year))
            files = {}
            if year == YEARS[2]:
                yield self._corrected(year)

    def _passes(self, year: int) -> None:
        """One joins; of the others one leaves, one moves and one is named from now on. At 100 % all are named."""
        stayed = [each for each in self._partners if each["collaborations"][-1]["year"] == year - 1]
        leaves, moves = self._chance.sample(stayed, 2)
        for each in stayed:
            if each is not leaves:
                each["collaborations"].append(self._work(year))
        moves["before"] = [{"until": date(year - 1, 12, 31), "region": moves["region"]}]
        moves["region"] = self._chance.choice([code for code in REGIONS if code != moves["region"]])
        self._joins(year)
        unnamed = [each["id"] for each in self._partners if each["id"] not in self._named]
        if self._asked.named == 1:
            self._named += unnamed
        elif self._asked.named:
            self._named.append(self._chance.choice(unnamed))

    def _joins(self, year: int) -> None:
        chance, number = self._chance, len(self._partners)
        self._partners.append(
            {
                "id": f"p-{number:03}z",
                "name": name_of(number),
                "kind": chance.choices([*KINDS], weights=[*KINDS.values()])[0],
                "region": chance.choices([*REGIONS], weights=[*REGIONS.values()])[0],
                "traceable_to_persons": False,
                "endorsed": date(YEARS[0], 1, 1),
                "collaborations": [self._work(year)],
            }
        )

    def _work(self, year: int) -> Raw:
        return {"year": year, "measures": sorted(self._chance.sample([*MEASURES], self._chance.choice((1, 1, 2))))}

    def _signed(self, year: int) -> list[Raw]:
        """The organisations, who is named in this edition and in those before it for good."""
        for each in self._partners:
            if each["id"] in self._named:
                each.setdefault("named_in", []).append({"edition": str(year), "consent": date(YEARS[0], 2, 1)})
        return deepcopy(self._partners)

    def _edition(self, year: int) -> Raw:
        sides = (dict(zip(("rows", "columns"), words.split(), strict=False)) for words in TABLES)
        return {
            "title": f"Overzicht {year}",
            "population": "agenda-partners",
            "period": {"from": date(year, 1, 1), "until": date(year, 12, 31)},
            "status": "final",
            "protection": self._asked.method,
            "tables": [
                {"id": f"t{n}", "title": f"Tabel {n}", "counts": "partners", **each} for n, each in enumerate(sides)
            ],
        }

    def _corrected(self, year: int) -> Step:
        """One was forgotten in the first year, and is in the source now."""
        self._joins(YEARS[0])
        if self._asked.named == 1:
            forgotten = self._partners[-1]
            forgotten["named_in"] = [{"edition": str(YEARS[0]), "consent": date(YEARS[0], 2, 1)}]
        words = {"version": 2, "date": date(year + 1, 3, 1), "note": "Een organisatie was vergeten."}
        made = self._edition(YEARS[0]) | {"corrections": [words]}
        return Step({f"editions/{YEARS[0]}.yaml": made, "partners/all.yaml": deepcopy(self._partners)}, str(YEARS[0]))


def steps(asked: Setting) -> list[Step]:
    """What is published, and how the source changes before."""
    return list(_Ministry(asked).steps())


def run(asked: Setting) -> Row:
    """Publish all of it; where it is refused, do what is advised and ask again."""
    with tempfile.TemporaryDirectory() as folder:
        made = publish_all(steps(asked), Path(folder) / "content", cure=follow_advice)
    outcome = {0: "published", UNSAFE: "refused"}.get(made.code, f"failed with {made.code}")
    if made.cured and not made.code:
        outcome = f"published, {made.cured} as advised"
    told = {"publications": len(made.events), "hidden": _share(made.events, "silent"), "cells": _cells(made.events)}
    return {"outcome": outcome, "said": made.said[-400:] if made.code else "", "refused": made.refused, **told} | {
        "exact": _share(made.events, "exact")
    }


def _cells(events: Sequence[Event]) -> int:
    return sum(len(event.publication.cells) for event in events)


def _share(events: Sequence[Event], what: str) -> float:
    cells = [each for event in events for each in event.publication.cells.values()]
    return sum(bool(getattr(each, what)) for each in cells) / max(1, len(cells))


def _cases(sizes: Sequence[int]) -> Iterator[str]:
    yield from (f"{n} {share} {method}" for n, share, method in product(sizes, SHARES, METHODS))


def main(arguments: list[str]) -> None:
    """Run what is asked for."""
    if arguments[:1] == ["--case"]:
        number, share, method = arguments[1].split()
        print(json.dumps(run(Setting(int(number), float(share), method))))
        return
    found = []
    for case, row in run_each("bench.small_ministry", _cases(numbers() or SIZES), seconds=SECONDS):
        found.append((case, row))
        print(*_line(case, row), row.get("said", "")[:300], flush=True)
    publish("bench/small_ministry.py", summed(found))


def summed(found: Sequence[tuple[str, Row]]) -> str:
    """The table of so many cases."""
    head = ("organisations", "named", "method", "", "hidden", "exact", "publications of 5", "processor")
    return table(head, (_line(*each) for each in found))


def _line(case: str, row: Row) -> tuple[object, ...]:
    number, share, method = case.split()
    told = (f"{row['hidden']:.0%}", f"{row['exact']:.0%}", row["publications"]) if "hidden" in row else ("", "", "")
    return (number, f"{float(share):.0%}", method, row["outcome"], *told, f"{row['seconds']:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
