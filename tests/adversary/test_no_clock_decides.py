"""Law: the same source gives the same bytes on a slow, a fast and a busy machine, also where its effort ends the search.

The clocks of Python run as fast as a machine that is as many times slower would see them. HiGHS is never told of time.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.generated import generate
from tests.templates import PUBLIC
from tweeluik.checks.audit.hearing import hear
from tweeluik.disclosure import effort
from tweeluik.door.release import publication, release
from tweeluik.problems import UnsafeTables
from tweeluik.protection.editions import prove_editions
from tweeluik.public.site import render_site
from tweeluik.source.records import Source

ROOT = Path(__file__).parents[2]
SPEEDS = (1, 8)
MORE_SPEEDS = (1, 2, 4, 1000)
"""What a clock decides at one of these it decides at eight as well, unless it turns back: that takes minutes to see."""

CLOCKS = ("monotonic", "perf_counter", "process_time", "time")
SOURCES = (("suppression", 9, 1, 6_000_000), ("suppression", 14, 2, effort.UNITS), ("rounding", 3, 2, effort.UNITS))
MORE_SOURCES = (("suppression", 3, 1, 24_000_000), ("suppression", 31, 1, 20_000_000), ("suppression", 13, 1, 60_000_000),
                ("suppression", 7, 2, effort.UNITS))  # fmt: skip
"""Method, seed, editions, and an effort: that of those with one edition is small."""


def cases() -> Iterator[ParameterSet]:
    """In the gate few sources at two speeds; more of both take minutes."""
    for made_by, speeds in product((*SOURCES, *MORE_SOURCES), (SPEEDS, MORE_SPEEDS)):
        is_long = made_by in MORE_SOURCES or speeds is MORE_SPEEDS
        name = f"{made_by[0]}-{made_by[1]}-{'two' if speeds is SPEEDS else 'more'}"
        yield pytest.param(made_by, speeds, id=name, marks=[pytest.mark.long] if is_long else [])


def run_faster(monkeypatch: pytest.MonkeyPatch, speed: int) -> None:
    for name in CLOCKS:
        for suffix in ("", "_ns"):
            clock = getattr(time, name + suffix)
            monkeypatch.setattr(time, name + suffix, lambda clock=clock: clock() * speed)


def everything_made(source: Source) -> dict[str, bytes]:
    """The site and the certificate, or why there are none."""
    try:
        proven = prove_editions(source, {})
    except UnsafeTables as refused:
        return {"refused": str(refused.problems).encode()}
    releases = tuple(release(source, each) for each in proven.editions)
    site = render_site(publication(source.shell, releases), PUBLIC)
    assert proven.handed is not None
    return {**site, "certificate": hear(site, proven.handed).certificate}


@pytest.mark.parametrize(("made_by", "speeds"), [*cases()])
def test_the_same_bytes_under_every_clock(
    made_by: tuple[str, int, int, int], speeds: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    protection, seed, editions, units = made_by
    monkeypatch.setattr(effort, "UNITS", units)
    source = generate(seed, protection, editions=editions)  # type: ignore[arg-type]
    made = []
    for speed in speeds:
        with monkeypatch.context() as clock:
            run_faster(clock, speed)
            made.append(everything_made(source))
    assert all(each == made[0] for each in made)
    assert made[0]["certificate"]


def modules_that_decide() -> list[Path]:
    """All of the search, but for the command that may compare it with others at equal time."""
    rooms = (ROOT / "tweeluik" / name for name in ("disclosure", "protection", "checks/audit"))
    return sorted(path for path in chain.from_iterable(room.rglob("*.py") for room in rooms) if path.stem != "__main__")


@pytest.mark.parametrize("path", modules_that_decide(), ids=lambda path: path.relative_to(ROOT / "tweeluik").as_posix())
def test_nothing_that_decides_can_see_a_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert names.isdisjoint({"time", "signal", "threading", "asyncio", "timeit"})
    assert "time_limit" not in texts
