"""Each kind of attack on everything ever published, on a sample of its own: protected, or refused with a working cure?

`python -m bench.cases [--write]`. The samples are those of `samples.py`; the stranger of `attacker/` attacks what came
out, as an outsider and as every insider, and leaves no question open.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bench.attacker.attack import Effort, attack
from bench.attacker.history import History
from bench.children import run_each
from bench.in_docs import publish, table
from bench.kept import Row
from bench.publishing import follow_advice, publish_all
from bench.samples import SAMPLES

EFFORT = Effort(following=400, by_chance=150, insiders=15, whole_numbers=300, told=5)
HEADS = ("sample", "publications", "outcome", "sensitive questions", "attackers", "told", "left open", "processor")


def one(name: str) -> Row:
    """Publish and attack one sample."""
    with tempfile.TemporaryDirectory() as folder:
        done = publish_all(SAMPLES[name](), Path(folder) / "content", cure=follow_advice)
    report = attack(History(done.events), effort=EFFORT)
    for each in report.findings:
        print(f"{name}: {each}", file=sys.stderr)
    cured = "published as advised" if done.cured else "published"
    groups = sum(number for what, number in report.counts.items() if what.startswith("groups told"))
    return {
        "publications": len(done.events),
        "outcome": f"refused with {done.code}" if done.code else cured,
        "questions": report.counts["sensitive questions"],
        "attackers": report.counts["attackers"],
        "told": len(report.findings) + groups,
        "open": report.counts["open in fractions"],
    }


def main() -> None:
    """Run all of them, each in a process of its own."""
    rows = []
    for name, row in run_each("bench.cases", SAMPLES, seconds=150):
        known = [row.get(key, "") for key in ("publications", "outcome", "questions", "attackers", "told", "open")]
        rows.append((name, *known, f"{row['seconds']:.1f} s"))
        print(*rows[-1], row.get("said", "")[-300:], flush=True)
    publish("bench/cases.py", table(HEADS, rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--case"]:
        print(json.dumps(one(sys.argv[2])))
    else:
        main()
