"""Protect generated sources and attack what would go public, with every class of attacker.

`python bench/generated_sources.py 1000 [--write]`

A disclosure is a claim that the independent audit refutes in the finished files. Refused: nothing safe was found, and
nothing would be published.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.in_docs import numbers, publish, table  # noqa: E402
from tests.generated import generate  # noqa: E402
from tests.templates import PUBLIC  # noqa: E402
from tweeluik.checks.audit.auditor import audit  # noqa: E402
from tweeluik.door.release import publication, release  # noqa: E402
from tweeluik.problems import UnsafeTables  # noqa: E402
from tweeluik.protection.claims import claims  # noqa: E402
from tweeluik.protection.editions import protect_editions  # noqa: E402
from tweeluik.public.site import render_site  # noqa: E402

CLASSES = (("suppression", 1), ("rounding", 1), ("rounding", 2), ("suppression", 2))


def attack(seed: int) -> Counter[str]:
    """One source, by the method and with the number of editions that its seed says."""
    protection, editions = CLASSES[seed % len(CLASSES)]
    source = generate(seed, protection, editions=editions)  # type: ignore[arg-type]
    try:
        protected = protect_editions(source, {})
    except UnsafeTables:
        return Counter({"sources": 1, f"refused ({protection}, {editions} editions)": 1})
    releases = tuple(release(source, each) for each in protected)
    audited = audit(render_site(publication(source.shell, releases), PUBLIC), claims(protected))
    for problem in audited.problems:
        print(f"seed {seed}: {problem}")
    return Counter(
        {
            "sources": 1,
            "cells": audited.summary.cells,
            "not exactly known": audited.summary.unknown,
            "claims attacked": audited.summary.claims,
            "disclosures": len(audited.problems),
        }
    )


def main() -> None:
    """Sum over so many seeds."""
    started, total = time.process_time(), Counter[str]({"disclosures": 0})
    for seed in range(numbers()[0] if numbers() else 1000):
        total.update(attack(seed))
    total["seconds of processor"] = round(time.process_time() - started)
    rows = [(name, f"{number:,}") for name, number in sorted(total.items())]
    publish("bench/generated_sources.py", table(("", ""), rows))


if __name__ == "__main__":
    main()
