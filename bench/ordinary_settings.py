"""What a ministry would ask for: is it published, what does it cost, and does the advice work where it is not?

`python -m bench.ordinary_settings settings [NUMBER]`: ordinary settings by seed, two yearly editions each: 40 to 400
organisations, thresholds 3, 5 and 10, eight sets of tables, nobody to everybody named, both methods; Ctrl-C sums up
those that were done. `python -m bench.ordinary_settings figures`: the cases whose figures the design names. `python -m
bench.ordinary_settings sizes`: 5 to 400 organisations by both methods, one year and two. Every case has a process of
its own; its processor seconds are those of the whole program, start and rendering included.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.children import CORES, run_each
from bench.histories import ground, name_of
from bench.in_docs import publish, table
from bench.kept import Kept, Row
from bench.publishing import UNSAFE, Step, follow_advice, publish_all

Raw = dict[str, Any]
Weights = dict[str, float]

KINDS = {f"k{n}": weight for n, weight in enumerate((30, 22, 15, 10, 8, 6, 5, 4))}
REGIONS = {f"r{n}": weight for n, weight in enumerate((17, 15, 12, 11, 10, 8, 7, 6, 5, 4, 3, 2))}
THEMES = {f"{pillar}.{n}": str(pillar) for pillar in (1, 2) for n in range(1, 5)}
MEASURES = {f"{theme}{letter}": theme for theme in THEMES for letter in "abc"}
EXAMPLE = ("kind pillar", "region", "theme", "kind first_year", "conversations form", "conversations kind form")
TABLE_SETS = (
    ("kind",),
    ("region",),
    ("kind", "region", "theme"),
    ("kind pillar", "region"),
    ("kind pillar", "region", "theme"),
    ("kind first_year", "theme"),
    ("region pillar", "kind theme"),
    EXAMPLE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A source that a ministry might have, and what it asks for."""

    organisations: int
    conversations: int
    threshold: int
    tables: tuple[str, ...]
    named: float
    method: str
    years: int = 2
    kinds: int = len(KINDS)
    regions: int = len(REGIONS)
    seed: int = 0


def ordinary(seed: int) -> Setting:
    """The setting of a seed; sets of tables and methods come by turns."""
    chance = Random(f"ordinary {seed}")
    organisations = chance.choice((40, 60, 100, 150, 250, 400))
    return Setting(
        organisations=organisations,
        conversations=3 * organisations,
        threshold=(3, 5, 10)[seed // 16 % 3],
        tables=TABLE_SETS[seed % 8],
        named=chance.choice((0.0, 0.05, 0.15, 0.3, 0.6, 1.0)),
        method=("suppression", "rounding")[seed // 8 % 2],
        seed=seed,
    )


def _figures() -> Iterator[tuple[str, Setting]]:
    """The cases whose figures the design names, by name."""
    methods = METHODS[::-1]
    for method in methods:
        yield f"60 organisations, 400 conversations, {method}", Setting(60, 400, 5, EXAMPLE, 0.0, method)
    for number in (60, 150, 300):
        asked = Setting(number, 0, 5, EXAMPLE[:4], 0.0, "rounding", years=5)
        yield f"five yearly editions by rounding, {number} organisations", asked
    few = ("kind pillar", "region", "theme", *EXAMPLE[4:])
    yield "19 organisations, threshold 10, rounding", Setting(19, 60, 10, few, 0.0, "rounding", 1, kinds=5, regions=5)
    large = Setting(600, 0, 5, ("kind region",), 0.0, "rounding", years=1, kinds=40, regions=30)
    yield "one table of 40 by 30, 600 organisations, rounding", large
    for share, method in product((0.3, 0.6, 1.0), methods):
        yield f"300 organisations, {share:.0%} named, {method}", Setting(300, 900, 5, EXAMPLE, share, method)


METHODS = ("rounding", "suppression")
FIGURES = dict(_figures())
SIZES = {
    f"{number} organisations, {method}, {years}": Setting(number, 3 * number, 5, EXAMPLE, 0.0, method, years)
    for number, years, method in product((5, 10, 25, 60, 120, 180, 400), (1, 2), METHODS)
}


# --- sources ----------------------------------------------------------------------------------------------------------


def steps(asked: Setting) -> list[Step]:
    """One edition a year, published in its turn."""
    chance = Random(f"source {asked}")
    kinds, regions = _weighted("k", KINDS, asked.kinds), _weighted("r", REGIONS, asked.regions)
    files = ground(list(kinds), list(regions), threshold=asked.threshold, seed=asked.seed)
    years = range(2025, 2025 + asked.years)
    files["agenda.yaml"] = _agenda()
    partners = [
        _partner(chance, n, (kinds, regions), years=years, named=asked.named) for n in range(asked.organisations)
    ]
    talks = [_talk(chance, partners, years) for _ in range(asked.conversations)]
    return [_step(files if year == years[0] else {}, asked, year, partners, talks) for year in years]


def _weighted(letter: str, usual: dict[str, int], number: int) -> Weights:
    return {**usual} if number == len(usual) else {f"{letter}{n}": 1 / (n + 2) for n in range(number)}


def _agenda() -> Raw:
    years = {"from": 2025, "until": 2029}
    return {
        "pillars": [{"code": code, "label": f"Pijler {code}", **years} for code in "12"],
        "themes": [{"code": code, "pillar": up, "label": f"Thema {code}"} for code, up in THEMES.items()],
        "measures": [{"code": code, "theme": up, "label": f"Maatregel {code}"} for code, up in MEASURES.items()],
    }


def _partner(chance: Random, n: int, where: tuple[Weights, Weights], *, years: range, named: float) -> Raw:
    kinds, regions = where
    first = chance.choices(list(years), weights=[6] + [1] * (len(years) - 1))[0]
    active = [year for year in years if year >= first and (year == first or chance.random() < 0.92)]
    usual = chance.sample(list(MEASURES), chance.choice((1, 1, 2, 3)))
    work = [{"year": y, "measures": sorted({*usual, *chance.sample(list(MEASURES), y % 2)})} for y in active]
    made: Raw = {
        "id": f"p-{n:03}z",
        "name": name_of(n),
        "kind": chance.choices(list(kinds), weights=list(kinds.values()))[0],
        "region": chance.choices(list(regions), weights=list(regions.values()))[0],
        "traceable_to_persons": False,
        "endorsed": date(2025, 1, 1),
        "collaborations": work,
    }
    if chance.random() < named:
        made["named_in"] = [{"edition": str(year), "consent": date(2025, 2, 1)} for year in years]
    return made


def _talk(chance: Random, partners: list[Raw], years: range) -> Raw:
    day = date(chance.choice(years), 1, 1) + timedelta(days=chance.randrange(365))
    present = {chance.choice(partners)["id"] for _ in range(chance.choice((1, 1, 1, 2)))}
    measures, form = [chance.choice(list(MEASURES))], "gesprek" if chance.random() < 0.7 else "werkbezoek"
    told = {"context": "agenda", "form": form, "measures": measures, "subject": "integratie-en-samenleven"}
    return {"date": day, "partners": sorted(present), **told}


def _step(files: Raw, asked: Setting, year: int, partners: list[Raw], talks: list[Raw]) -> Step:
    def until(consents: Iterable[Raw]) -> list[Raw]:
        return [each for each in consents if int(each["edition"]) <= year]

    now = [{**each, **({"named_in": until(each["named_in"])} if "named_in" in each else {})} for each in partners]
    held = [each for each in talks if each["date"].year <= year]
    made = {**files, "partners/all.yaml": now, f"editions/{year}.yaml": _edition(asked, year)}
    return Step({**made, **({"conversations/all.yaml": held} if held else {})}, str(year))


def _edition(asked: Setting, year: int) -> Raw:
    tables = []
    for n, words in enumerate(each.split() for each in asked.tables):
        counts = "conversations" if words[0] == "conversations" else "partners"
        rows, *columns = [word for word in words if word != "conversations"]
        made = {"id": f"t{n}", "title": f"Tabel {n}", "counts": counts, "rows": rows}
        tables.append({**made, **({"columns": columns[0]} if columns else {})})
    return {
        "title": f"Overzicht {year}",
        "population": "agenda-partners",
        "period": {"from": date(year, 1, 1), "until": date(year, 12, 31)},
        "status": "final",
        "protection": asked.method,
        "tables": tables,
    }


# --- one case ---------------------------------------------------------------------------------------------------------


def run(asked: Setting) -> Row:
    """Publish everything that is asked for; where it is refused, do what is advised and ask again."""
    with tempfile.TemporaryDirectory() as folder:
        made = publish_all(steps(asked), Path(folder) / "content", cure=follow_advice)
    cells = [each for event in made.events for each in event.publication.cells.values()]
    outcome = {0: "published", UNSAFE: "refused"}.get(made.code, f"failed with {made.code}")
    if made.cured:
        outcome = "published as advised" if not made.code else outcome
    told = {"hidden": _share([each.silent for each in cells]), "exact": _share([each.exact for each in cells])}
    return {"outcome": outcome, "said": made.said[:300], "refused": made.refused[:300], **told}


def _share(of: list[bool]) -> float | None:
    return sum(of) / len(of) if of else None


# --- all of them ------------------------------------------------------------------------------------------------------


def settings(number: int) -> str:
    """The ordinary settings, summed per method; stopped with Ctrl-C, those that were done."""
    found: dict[str, list[Row]] = {"suppression": [], "rounding": []}
    cases, kept = [f"ordinary {n}" for n in range(number)], Kept("bench.ordinary_settings")
    with contextlib.suppress(KeyboardInterrupt):
        for case, row in run_each("bench.ordinary_settings", cases, seconds=90, at_once=CORES, kept=kept):
            found[ordinary(int(case.split()[1])).method].append(row)
            print(
                case, row["outcome"], row.get("hidden"), round(row["seconds"], 1), row.get("said", "")[:100], flush=True
            )
    rows = [(method, *_summed(each)) for method, each in found.items()]
    head = ("method", "settings", "published", "after the advice", "refused", "no answer in 90 s")
    told = table((*head, "hidden, median", "hidden, nine in ten", "processor, median"), rows)
    return f"{told}\n\nBy version: {kept.versions(cases[: sum(map(len, found.values()))])}."


def _summed(rows: list[Row]) -> tuple[object, ...]:
    outcomes = Counter(row["outcome"] for row in rows)
    hidden = sorted(row["hidden"] for row in rows if row["outcome"].startswith("published"))
    most = hidden[len(hidden) * 9 // 10] if hidden else 0
    return (
        len(rows),
        outcomes["published"],
        outcomes["published as advised"],
        outcomes["refused"],
        outcomes["no answer in time"],
        f"{median(hidden or [0]):.0%}",
        f"{most:.0%}",
        f"{median(row['seconds'] for row in rows):.1f} s",
    )


def figures() -> str:
    """The cases that the design names."""
    rows = []
    for case, row in run_each("bench.ordinary_settings", FIGURES, seconds=150):
        hidden = "" if row.get("hidden") is None else f"{row['hidden']:.0%} hidden, {row['exact']:.0%} exact"
        rows.append((case, row["outcome"], hidden, f"{row['seconds']:.1f} s"))
        print(*rows[-1], row.get("said", "")[:100], flush=True)
    return table(("case", "", "of all cells", "processor"), rows)


def sizes() -> str:
    """Processor seconds of one edition and of two, and how much of them is hidden."""
    found: dict[int, list[str]] = {}
    for case, row in run_each("bench.ordinary_settings", SIZES, seconds=150):
        found.setdefault(SIZES[case].organisations, []).append(_in_short(row))
        print(case, row["outcome"], row.get("hidden"), round(row["seconds"], 1), row.get("said", "")[:100], flush=True)
    head = [f"{method}, {years}" for years, method in product(("one year", "two years"), METHODS)]
    return table(("organisations", *head), [(number, *cells) for number, cells in found.items()])


def _in_short(row: Row) -> str:
    hidden = row.get("hidden")
    told = [f"{row['seconds']:.1f} s", *([] if row["outcome"] == "published" else [row["outcome"]])]
    return ", ".join([*told, *([f"{hidden:.0%} hidden"] if hidden else [])])


def main(arguments: list[str]) -> None:
    """Run what is asked for."""
    if arguments[0] == "--case":
        name = arguments[1]
        asked = ordinary(int(name.split()[1])) if name.startswith("ordinary") else {**FIGURES, **SIZES}[name]
        print(json.dumps(run(asked)))
        return
    what: dict[str, Callable[[], str]] = {
        "settings": lambda: settings(int(arguments[1]) if arguments[1:] and arguments[1].isdigit() else 200),
        "figures": figures,
        "sizes": sizes,
    }
    publish(f"bench/ordinary_settings.py {arguments[0]}", what[arguments[0]]())


if __name__ == "__main__":
    main(sys.argv[1:])
