"""From a saved file to the site that the preview shows: per kind of edit, over many edits of the example.

`python -m bench.preview [EDITS] [--write]`

What is timed is the draft: all that stands between the saving and the new page but the notice of the system (10 to
20 ms) and the browser. After each kind the draft is compared with the whole preview, byte for byte.
"""

from __future__ import annotations

import gc
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.in_docs import numbers, publish, table
from tweeluik.pipeline.drafting import Drafting
from tweeluik.pipeline.steps import make_preview

ROOT = Path(__file__).parents[1]

EDITS = 50
Edit = Callable[[int], None]


def edits(content: Path, templates: Path) -> dict[str, Edit]:
    """What people change: each adds something, or puts it there and takes it away."""
    page, partners = min((content / "pages").glob("*.md")), sorted((content / "partners").glob("*.yaml"))[1]
    public, talks = templates / "public", max((content / "conversations").glob("*.yaml"))
    return {
        "a sentence of a page": lambda turn: add(page, f"\nZin {turn}.\n"),
        "a style": lambda turn: add(public / "style.css", f"\n.x{turn} {{ color: red; }}\n"),
        "a template": lambda turn: swap(public / "home.html", turn, "<h1", '<h1 data-a="b"'),
        "the frame of all pages": lambda turn: swap(public / "base.html", turn, "<main", '<main data-a="b"'),
        "the name of a partner": lambda turn: swap(partners, turn, "name: ", "name: Nieuw "),
        "the form of a conversation": lambda turn: swap(talks, turn, "form: gesprek", "form: werkbezoek"),
    }


def add(file: Path, text: str) -> None:
    """At the end."""
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text)


def swap(file: Path, turn: int, one: str, other: str) -> None:
    """There and, the next time, back."""
    text = file.read_text("utf-8")
    old, new = (other, one) if turn % 2 else (one, other)
    file.write_text(text.replace(old, new, 1), "utf-8")


def measure(turns: int) -> list[list[str]]:
    """Per kind the median, the 95th percentile, and what the process itself worked, in milliseconds."""
    rows = []
    with TemporaryDirectory() as folder:
        content, templates = Path(folder) / "content", Path(folder) / "templates"
        shutil.copytree(ROOT / "content", content)
        shutil.copytree(ROOT / "templates", templates)
        stages = Drafting(content, templates)
        stages.draft()
        gc.disable()
        for kind, edit in edits(content, templates).items():
            walls, works, files = list[float](), list[float](), dict[str, bytes]()
            for turn in range(turns):
                edit(turn)
                wall, work = time.perf_counter(), time.process_time()
                files = dict(stages.draft())
                walls.append(time.perf_counter() - wall)
                works.append(time.process_time() - work)
            if files != make_preview(content, templates).files:
                sys.exit(f"{kind}: the draft is not the whole preview")
            last = sorted(walls)[max(0, round(0.95 * turns) - 1)]
            told = (statistics.median(walls), last, statistics.median(works))
            rows.append([kind, *(f"{1000 * each:.0f}" for each in told)])
    return rows


def main() -> None:
    """Measure, and tell under which load."""
    turns = (numbers() or [EDITS])[0]
    before = os.getloadavg()[0]
    rows = measure(turns)
    load = f"load of the machine {before:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    heads = ["edit", "median (ms)", "95th percentile (ms)", "of which this process (ms)"]
    publish("bench/preview.py", f"{turns} edits of each kind, of the example; {load}.\n\n{table(heads, rows)}")


if __name__ == "__main__":
    main()
