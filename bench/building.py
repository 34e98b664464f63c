"""The build of the example stage by stage, beside what the work costs at the least, and how it grows with the source.

`python -m bench.building [ROUNDS] [--write]`

Every stage is timed in processor seconds, the least of the rounds. The floors do the same work with the libraries alone
and no check: parse the same YAML, render the same number of bytes through one compiled template, typeset the same
annexes. Growth: the newest final edition of the example alone, with every partner and conversation once, twice and four
times, nothing published before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import jinja2
import yaml

from bench.in_docs import numbers, publish, table
from tests.templates import PUBLIC
from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.door.release import publication, release
from tweeluik.door.withheld import withheld
from tweeluik.protection.agreement import numbered
from tweeluik.protection.claims import claims
from tweeluik.protection.editions import protect_editions
from tweeluik.public.site import render_site
from tweeluik.record.register import Register, read_published
from tweeluik.source.load import read_source
from tweeluik.source.records import Source

ROOT = Path(__file__).parents[1]

CONTENT = ROOT / "content"
Times = dict[str, float]
T = TypeVar("T")


def timed(times: Times, name: str, work: Callable[[], T]) -> T:
    """Do the work, note its processor seconds, give what it made."""
    started = time.process_time()
    made = work()
    times[name] = time.process_time() - started
    return made


def stages(times: Times, source: Source, register: Register) -> None:
    """Everything after reading, each stage on what the one before made."""
    protected = timed(times, "protect", lambda: protect_editions(source, register))
    current = tuple(versions[-1] for versions in register.values())
    releases = (*current, *(release(source, each, current) for each in protected))
    files = timed(times, "render", lambda: render_site(publication(source.shell, releases), PUBLIC))
    # What is found is not judged here: the exceptions of a build are not part of what is timed.
    timed(times, "guard", lambda: len(list(find_leaks(files, withheld(source, releases)))))
    made = timed(times, "audit", lambda: audit(files, claims(protected)))
    assert made.problems == ()
    times["bytes"] = sum(map(len, files.values()))


def a_round() -> Times:
    times: Times = {}
    source = timed(times, "read", lambda: read_source(CONTENT))
    register = read_published(CONTENT).register
    stages(times, numbered(source, register), register)
    timed(times, "floor of read", _parse)
    timed(times, "floor of render", lambda: _render(int(times["bytes"])))
    return times


def _parse() -> None:
    for path in sorted(CONTENT.rglob("*.yaml")):
        yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)  # noqa: TID251 (the floor keeps no places)


def _render(size: int) -> None:
    row = "<tr><th scope='row'>{{ label }}</th><td>{{ value }}</td></tr>\n"
    template = jinja2.Environment(autoescape=True).from_string("{% for label, value in rows %}" + row + "{% endfor %}")
    template.render(rows=[("Vrijwilligersorganisatie", n) for n in range(size // 70)])


def grown(source: Source, times: int) -> Source:
    """Every organisation and conversation so many times, each copy an organisation of its own; one edition of them."""
    copies = range(times)
    partners = tuple(
        replace(each, id=f"{each.id}-{n}", name=f"{each.name} {n}", registration=None, aliases=(),
                umbrella=each.umbrella and f"{each.umbrella}-{n}")
        for n in copies for each in source.partners
    )  # fmt: skip
    conversations = tuple(
        replace(each, partners=tuple(f"{partner}-{n}" for partner in each.partners))
        for n in copies
        for each in source.conversations
    )
    final = (each for each in source.editions if each.status == "final" and each.population == "agenda-partners")
    newest = max(final, key=lambda each: each.period.until)
    held = tuple(sorted(conversations, key=lambda each: each.date))
    return replace(source, partners=partners, conversations=held, editions=(newest,))


STAGES = ("protect", "render", "guard", "audit")


def main() -> None:
    rounds = [a_round() for _ in range(numbers()[0] if numbers() else 5)]
    least = {name: min(each[name] for each in rounds) for name in rounds[0]}
    publish("bench/building.py", f"{_stages(least)}\n\n{_growth()}")


def _stages(least: Times) -> str:
    """Every stage, the least of the rounds, beside its floor where there is one."""
    rows = [(name, f"{least[name] * 1000:.0f} ms", *_floor(least, name)) for name in ("read", *STAGES)]
    return table(("stage", "processor", "floor", "times the floor"), rows)


def _floor(least: Times, name: str) -> tuple[str, str]:
    floor = least.get(f"floor of {name}")
    return (f"{floor * 1000:.0f} ms", f"{least[name] / floor:.1f}") if floor else ("", "")


def _growth() -> str:
    source, rows = read_source(CONTENT), []
    for copies in (1, 2, 4):
        times: Times = {}
        larger = grown(source, copies)
        stages(times, larger, {})
        told = (f"{times[name]:.2f} s" for name in STAGES)
        rows.append((copies, len(larger.partners), len(larger.conversations), *told))
    return table(("times the example", "partners", "conversations", *STAGES), rows)


if __name__ == "__main__":
    main()
