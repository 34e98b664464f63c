"""Histories by chance, published step by step, and attacked over everything that was ever published.

`python -m bench.attack_histories FROM UNTIL [SECONDS] [--write]`: the seeds from and until, each in its own process.
What came of a seed is kept in `build-output/attack_histories/` and not done again; with 0 seconds nothing new is done.

A disclosure is a small number of partners that is proven exactly, or to lie from 1 to the threshold less 1; where a
number is not shown also when "none" or "enough" is excluded; for conversations a contribution known to within p %.
Readers know the facts of the method; suppose besides that kinds and regions stay and that who works together is a
partner ("settled"); or know which sets did not change ("still").
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.attacker.attack import Effort, attack
from bench.attacker.history import History
from bench.children import run_each
from bench.histories import history, setting
from bench.in_docs import publish, table
from bench.kept import Row
from bench.publishing import UNSAFE, Published, follow_advice, publish_all

ROOT = Path(__file__).parents[1]

EFFORT = Effort(following=200, by_chance=150, insiders=15, whole_numbers=300, told=10)
OUTCOMES = {0: "published", UNSAFE: "refused: not safe", 15: "refused: does not agree with what was published"}


KEPT = ROOT / "build-output" / "attack_histories"


def one(seed: int) -> Row:
    """Publish and attack one history."""
    with tempfile.TemporaryDirectory() as folder:
        done = publish_all(history(seed), Path(folder) / "content", cure=follow_advice)
    return attacked(seed, done)


def attacked(seed: int, done: Published) -> Row:
    """What the stranger makes of what a seed published."""
    report = attack(History(done.events), seed=seed, effort=EFFORT)
    return {
        "outcome": OUTCOMES.get(done.code, f"failed with {done.code}"),
        "method": setting(seed).method,
        "plan": setting(seed).plan,
        "said": done.said[:400],
        "publications": len(done.events),
        "steps": len(history(seed)),
        "cured": done.cured,
        "counts": dict(report.counts),
        "told": [str(each) for each in report.findings],
        "beliefs": sorted({each.belief for each in report.findings}),
    }


def rows(first: int, last: int, seconds: int) -> Iterator[tuple[int, Row]]:
    """Per seed what came of it: kept, or done now."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for seed in range(first, last):
        kept = KEPT / f"{seed}.json"
        if not kept.exists() and seconds:
            ((_, row),) = run_each("bench.attack_histories", [str(seed)], seconds=seconds)
            kept.write_text(json.dumps(row), "utf-8")
        if kept.exists():
            yield seed, json.loads(kept.read_text("utf-8"))


def main(arguments: list[str]) -> None:
    """Run the seeds and sum up."""
    first, last, *more = (int(each) for each in arguments if each.isdigit())
    total, telling, seeds = Counter[str](), Counter[str](), list[int]()
    for seed, row in rows(first, last, more[0] if more else 180):
        seeds.append(seed)
        total.update({"histories": 1, row["outcome"]: 1, "seconds of processor": round(row["seconds"])})
        total.update({name: row.get(name, 0) for name in ("publications", "cured")})
        total.update(row.get("counts", {}))
        telling.update(row.get("beliefs", []))
        for line in row.get("told", [row.get("said", "")] if row["outcome"] == "broken" else [])[:3]:
            print(f"seed {seed}: {line}", flush=True)
    total.update({f"histories in which something is told ({belief})": number for belief, number in telling.items()})
    total.update(dict.fromkeys(("told (facts)", "told (settled)", "told (still)", "open in fractions"), 0))
    lines = [(name, f"{number:,}") for name, number in sorted(total.items())]
    publish("bench/attack_histories.py", table(("seeds", ", ".join(map(str, seeds))), lines))


if __name__ == "__main__":
    if sys.argv[1] == "--case":
        print(json.dumps(one(int(sys.argv[2]))))
    else:
        main(sys.argv[1:])
