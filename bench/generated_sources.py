"""Whole sources by chance, published step by step and attacked: what is published, refused, cured, and told.

`python -m bench.generated_sources [NUMBER [FIRST]] [--write]`: so many seeds of small histories (`histories.py`): two
to five publications, versions, withdrawn consent, halves of a year, categories taken together, by both methods.

The commands alone publish; a refusal is answered as it advises, once an edition. The stranger of `attacker/`, who kept
every version of every record, attacks what came out as an outsider and as insiders. Refused: without a cure that works.
Groups that only follow for who supposes that nothing changed are counted apart: nothing is promised about these
(docs/threat-model.md, "What stood still").
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.attacker.attack import Effort, attack
from bench.attacker.history import History
from bench.children import CORES, run_each
from bench.histories import small_history, small_setting
from bench.in_docs import numbers, publish, table
from bench.kept import Kept, Row
from bench.publishing import UNSAFE, follow_advice, publish_all

EFFORT = Effort(following=150, by_chance=100, insiders=8, whole_numbers=200, told=5)
SECONDS = 90
OUTCOMES = ("published", "published as advised", "refused", "no answer in time", "broken")
COUNTED = ("publications", "sensitive questions", "attempts", "told", "left open", "groups that only follow so")


def one(seed: int) -> Row:
    """Publish and attack one source."""
    with tempfile.TemporaryDirectory() as folder:
        done = publish_all(small_history(seed), Path(folder) / "content", cure=follow_advice)
    report = attack(History(done.events), seed=seed, effort=EFFORT)
    told = {
        "told": len(report.findings) + report.counts["groups told (facts)"],
        "left open": report.counts["open in fractions"],
        "groups that only follow so": report.counts["groups told (settled)"],
    }
    return {
        "outcome": _outcome(done.code, done.cured),
        "said": [line for line in done.said.splitlines() if done.code and not line.startswith("warning")],
        "findings": [str(each) for each in report.findings],
        "publications": len(done.events),
        **{name: report.counts[name] for name in ("sensitive questions", "attempts")},
        **told,
    }


def _outcome(code: int, cured: int) -> str:
    if code:
        return "refused" if code == UNSAFE else f"failed with {code}"
    return "published as advised" if cured else "published"


def main() -> None:
    """Run the seeds and sum up by method; stopped with Ctrl-C, those that were done."""
    number, first = (*numbers(), *(1000, 0)[len(numbers()) :])
    total, last, kept = dict[str, Counter[str]](), first, Kept("bench.generated_sources")
    cases = [*map(str, range(first, first + number))]
    with contextlib.suppress(KeyboardInterrupt):
        for case, row in run_each("bench.generated_sources", cases, seconds=SECONDS, at_once=CORES, kept=kept):
            last = int(case)
            _count(total, last, row)
    shown = ["sources", *OUTCOMES, *COUNTED]
    shown += sorted({name for of in total.values() for name in of} - set(shown))
    rows = [(name, *(f"{of[name]:,}" for of in total.values())) for name in shown]
    by = kept.versions(cases[: last - first + 1])
    publish("bench/generated_sources.py", f"{table((f'seeds {first} to {last}', *total), rows)}\n\nBy version: {by}.")


def _count(total: dict[str, Counter[str]], seed: int, row: Row) -> None:
    asked = small_setting(seed)
    of = total.setdefault(asked.method, Counter())
    of.update({"sources": 1, row["outcome"]: 1, **{name: row.get(name, 0) for name in COUNTED}})
    lines = row.get("findings", []) or row.get("said", [])
    told = lines[:3] if isinstance(lines, list) else [lines]
    print(f"seed {seed} ({asked.plan}, {asked.method}): {row['outcome']}", *told, sep="\n    ", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--case"]:
        print(json.dumps(one(int(sys.argv[2]))))
    else:
        main()
