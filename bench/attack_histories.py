"""Histories by chance, published step by step, and attacked over everything that was ever published.

`python bench/attack_histories.py FROM UNTIL [SECONDS]`: the seeds from and until, each in a process of its own.

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
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.attacker.attack import Effort, attack  # noqa: E402
from bench.attacker.history import History  # noqa: E402
from bench.children import Row, run_each  # noqa: E402
from bench.histories import history, setting  # noqa: E402
from bench.in_docs import publish, table  # noqa: E402
from bench.publishing import UNSAFE, follow_advice, publish_all  # noqa: E402

EFFORT = Effort(following=200, by_chance=150, insiders=15, whole_numbers=300, told=10)
OUTCOMES = {0: "published", UNSAFE: "refused: not safe", 15: "refused: does not agree with what was published"}


def one(seed: int) -> Row:
    """Publish and attack one history."""
    with tempfile.TemporaryDirectory() as folder:
        steps = history(seed)
        done = publish_all(steps, Path(folder) / "content", cure=follow_advice)
    report = attack(History(done.events), seed=seed, effort=EFFORT)
    return {
        "outcome": OUTCOMES.get(done.code, f"failed with {done.code}"),
        "method": setting(seed).method,
        "plan": setting(seed).plan,
        "said": done.said[:400],
        "publications": len(done.events),
        "steps": len(steps),
        "cured": done.cured,
        "counts": dict(report.counts),
        "told": [str(each) for each in report.findings],
        "beliefs": sorted({each.belief for each in report.findings}),
    }


def main(arguments: list[str]) -> None:
    """Run the seeds and sum up."""
    first, last, *more = (int(each) for each in arguments if each.isdigit())
    total, telling = Counter[str](), Counter[str]()
    for seed, row in run_each(__file__, map(str, range(first, last)), seconds=more[0] if more else 180):
        total.update({"histories": 1, row["outcome"]: 1, "seconds of processor": round(row["seconds"])})
        total.update({name: row.get(name, 0) for name in ("publications", "cured")})
        total.update(row.get("counts", {}))
        telling.update(row.get("beliefs", []))
        for line in row.get("told", [row.get("said", "")] if row["outcome"] == "broken" else [])[:3]:
            print(f"seed {seed}: {line}", flush=True)
    total.update({f"histories in which something is told ({belief})": number for belief, number in telling.items()})
    publish(
        "bench/attack_histories.py", table(("", ""), [(name, f"{number:,}") for name, number in sorted(total.items())])
    )


if __name__ == "__main__":
    if sys.argv[1] == "--case":
        print(json.dumps(one(int(sys.argv[2]))))
    else:
        main(sys.argv[1:])
