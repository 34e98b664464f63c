"""The largest source that anybody thought of, once from its files to a site.

`python -m bench.million [PARTNERS...] [--write]`: so many organisations of invented names, ten times as many
conversations in CSV, one edition of 2025 with three tables of partners and two of conversations, rounded; everything
that a build does. In a process of its own, of which the processor time, the clock and the most memory are told, with
those of all that it starts.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.in_docs import numbers, publish, table
from tools.example.dice import Dice
from tweeluik.source.load import read_source
from tweeluik.source.records import Source

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
YEAR = 2025
TIMES = 10
"""Conversations per organisation."""
MB = 1 << 10
"""Of the kilobytes in which the system counts memory."""

EDITION = """title: Partneroverzicht 2025
population: agenda-partners
period: {from: 2025-01-01, until: 2025-12-31}
status: final
protection: rounding
due: 2026-07-01
sent: 2026-06-28
parliament: {dossier: 32 824}
tables:
  - {id: soort, title: Partners naar soort organisatie en pijler, counts: partners, rows: kind, columns: pillar}
  - {id: regio, title: Partners naar regio, counts: partners, rows: region}
  - {id: thema, title: Partners naar thema, counts: partners, rows: theme}
  - {id: gesprekken, title: Gesprekken naar vorm, counts: conversations, rows: form}
  - {id: gesprekken-soort, title: Gesprekken naar soort en vorm, counts: conversations, rows: kind, columns: form}
"""


def a_word(dice: Dice) -> str:
    """Letters by chance, of which no two organisations have the same."""
    return "".join(dice.pick("bdfgklmnprstvz") + dice.pick("aeiou") for _ in range(3 + dice.below(3)))


def partners(source: Source, number: int) -> Iterator[str]:
    """Records in YAML."""
    dice = Dice(20)
    known = [each for each in source.partners if any(work.year == YEAR for work in each.collaborations)]
    measures = sorted(
        {code for each in known for work in each.collaborations for code in work.measures if work.year == YEAR}
    )
    kinds, regions = sorted({each.kind for each in known}), sorted({each.region for each in known})
    for each in range(number):
        name = f"{a_word(dice)} {a_word(dice)} {a_word(dice)}".title()
        done = ", ".join(sorted({f'"{dice.pick(measures)}"' for _ in range(1 + dice.below(3))}))
        yield (
            f"- id: o-{each:06}\n  name: {name}\n  kind: {dice.pick(kinds)}\n  region: {dice.pick(regions)}\n"
            f"  traceable_to_persons: false\n  endorsed: {YEAR}-01-15\n"
            f"  collaborations:\n    - {{year: {YEAR}, measures: [{done}]}}\n"
        )


def conversations(source: Source, organisations: int) -> Iterator[str]:
    """A table in CSV."""
    dice = Dice(21)
    held = [each for each in source.conversations if each.date.year == YEAR]
    forms = sorted({each.form for each in held})
    measures = sorted({code for each in held for code in each.measures})
    yield "date,partners,context,form,measures,subject\n"
    for _ in range(organisations * TIMES):
        day = date(YEAR, 1, 1) + timedelta(days=dice.below(365))
        who = ";".join(dict.fromkeys(f"o-{dice.below(organisations):06}" for _ in range(1 + dice.below(3))))
        yield f"{day},{who},agenda,{dice.pick(forms)},{dice.pick(measures)},integratie-en-samenleven\n"


def a_source(content: Path, organisations: int) -> None:
    """The example's words and measures with these organisations, nothing published."""
    example = read_source(CONTENT)
    apart = shutil.ignore_patterns("published", "conversations", "partners", "editions", "exceptions.yaml", "approvals")
    shutil.copytree(CONTENT, content, ignore=apart)
    for folder in ("partners", "conversations", "editions"):
        (content / folder).mkdir()
    (content / "editions" / f"{YEAR}.yaml").write_text(EDITION, "utf-8")
    with (content / "partners" / "alle.yaml").open("w", encoding="utf-8") as file:
        file.writelines(partners(example, organisations))
    with (content / "conversations" / "alle.csv").open("w", encoding="utf-8") as file:
        file.writelines(conversations(example, organisations))


def measure(organisations: int) -> tuple[str, ...]:
    """A row: organisations, conversations, seconds of the processor, seconds of the clock, MB."""
    with tempfile.TemporaryDirectory() as folder:
        content, site = Path(folder) / "content", Path(folder) / "site"
        a_source(content, organisations)
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command: list[str | Path] = [sys.executable, ROOT / "build.py", "build", "--content", content, "--site", site]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    counts = f"{organisations:,}", f"{organisations * TIMES:,}"
    return (*counts, f"{cpu:.0f}", f"{wall:.0f}", f"{after.ru_maxrss / MB:,.0f}")


def main() -> None:
    """Measure, and publish the table."""
    rows = [measure(each) for each in numbers() or (1_000, 10_000, 100_000)]
    heads = ("organisations", "conversations", "s of processor", "s of the clock", "MB at most")
    publish("bench/million.py", table(heads, rows))


if __name__ == "__main__":
    main()
