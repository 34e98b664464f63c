"""Worlds found by trying: every way to change a few organisations of a small truth. An oracle for the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from tests.stages.some_worlds import a_unit
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.worlds import Publication, Truth, Unit, World

Life = Mapping[Publication, str | None]
"""What an organisation is in every publication: its codes, or that it is not there."""


def lives(**choices: Sequence[str | None]) -> list[Life]:
    """Every way through the publications: `y2025=("kind:a", None), …`."""
    keys = [(name[1:].replace("_", "-"), 1) for name in choices]
    return [dict(zip(keys, each, strict=True)) for each in product(*choices.values())]


def every_change(truth: Truth, lives: Sequence[Life], *, most: int, new: int = 0) -> Iterator[World]:
    """Up to `most` organisations otherwise; `new` ones may join that the truth does not know."""
    known = {name: unit.holding for records in truth.values() for name, unit in records.units.items()}
    known |= {f"n{i}": f"hn{i}" for i in range(new)}
    for number in range(1, most + 1):
        for names in combinations(sorted(known), number):
            for chosen in product(lives, repeat=number):
                yield World(dict(_changes(truth, zip(names, chosen, strict=True), known)))


def _changes(
    truth: Truth, chosen: Iterable[tuple[str, Life]], holdings: Mapping[str, str]
) -> Iterator[tuple[tuple[Publication, str], Unit | None]]:
    for name, life in chosen:
        for key, codes in life.items():
            unit = None if codes is None else a_unit(codes, holdings[name])
            if unit != truth[key].units.get(name):
                yield (key, name), unit


def fitting_worlds(examination: Examination, worlds: Iterable[World], *, batch: int = 2000) -> list[World]:
    """Those that fit everything published."""
    found, waiting = list[World](), list[World]()
    for world in worlds:
        waiting.append(world)
        if len(waiting) == batch:
            found += _kept(examination, waiting)
            waiting = []
    return found + _kept(examination, waiting)


def _kept(examination: Examination, worlds: Sequence[World]) -> list[World]:
    fits = examination.fits(worlds)[1:]
    return [world for world, fit in zip(worlds, fits, strict=True) if fit and (world.units or world.talks)]
