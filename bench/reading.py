"""How long a table in CSV takes to read: `python -m bench.reading [ROWS] [--write]`.

The example's source with so many conversations in one table in place of its own, checked as any source is; processor
seconds, the least of three, without those of the same source with one row.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench.in_docs import numbers, publish, table
from tools.example.dice import Dice
from tweeluik.source.load import read_source
from tweeluik.source.records import Source

CONTENT = Path(__file__).parents[1] / "content"
HEAD = "date,partners,context,form,measures,subject\n"


def rows(source: Source, number: int) -> str:
    """Conversations by chance with organisations that live on, in forms and on measures of the first year."""
    dice = Dice(19)
    partners = [each.id for each in source.partners if each.ended is None]
    forms = sorted({each.form for each in source.conversations if each.date.year == YEAR})
    measures = sorted({code for each in source.conversations if each.date.year == YEAR for code in each.measures})
    made = [HEAD]
    for _ in range(number):
        day = date(YEAR, 1, 1) + timedelta(days=dice.below(365))
        who = ";".join(dict.fromkeys(dice.pick(partners) for _ in range(1 + dice.below(3))))
        made.append(f"{day},{who},agenda,{dice.pick(forms)},{dice.pick(measures)},integratie-en-samenleven\n")
    return "".join(made)


YEAR = 2025


def seconds(source: Source, number: int) -> float:
    """To read the source with so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns("published", "conversations"))
        (content / "conversations").mkdir()
        (content / "conversations" / "alles.csv").write_text(rows(source, number), encoding="utf-8")
        return min(_timed(content) for _ in range(3))


def _timed(content: Path) -> float:
    started = time.process_time()
    read_source(content)
    return time.process_time() - started


def main() -> None:
    """Measure, and publish the table."""
    most = (numbers() or [100_000])[0]
    source = read_source(CONTENT)
    alone = seconds(source, 1)
    told = [(f"{number:,}", f"{seconds(source, number) - alone:.2f} s") for number in (most // 10, most)]
    publish("bench/reading.py", table(("rows", "processor"), told))


if __name__ == "__main__":
    main()
