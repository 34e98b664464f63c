"""Check a certificate of the audit: `python verify_certificate.py CERTIFICATE SITE`. Exit 0 when it holds, 1 when not.

It shares no line with the program that made it. It reads `release.json` of every edition, works out which numbers a
reader does not know and how they hang together, and adds up: every table of the certificate must fit everything
published, and every claim must be met by two tables that its attacker cannot exclude.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from itertools import permutations, product
from pathlib import Path
from typing import Any

Json = Any
LEVELS, OF_PARTNERS, INFINITY = ["pillar", "theme", "measure"], {"kind", "region", "first_year"}, float("inf")
Rule = tuple[dict[Json, int], bool]  # coefficients by cell; whether their sum is 0, or at least 0


def need(holds: object, what: str) -> None:
    """Go on only when this holds."""
    if not holds:
        sys.exit(f"does not hold: {what}")


def read_cells(published: list[tuple[Json, Json]]) -> dict[Json, Json]:
    """What is published: (edition, counts, categories) -> (least, most, hidden)."""
    cells: dict[Json, Json] = {}
    for r, table in published:
        for cell in table["cells"]:
            pairs = frozenset((s["name"], cell[s["name"]]) for s in table["dimensions"] if cell[s["name"]] != "_T")
            value, off = cell["value"], r.get("rounding_base", 1) - 1 if cell["status"] == "rounded" else 0
            seen = (0, INFINITY, True) if value is None else (max(0, value - off), value + off, False)
            need(cells.setdefault((r["edition"], table["counts"], pairs), seen) == seen, "tables contradict each other")
    return cells


def rules_within(edition: str, table: Json) -> Iterator[Rule]:
    """Categories against totals, and the overlaps of two multi-valued dimensions."""

    def key(*pairs: Json) -> Json:
        return edition, table["counts"], frozenset(pair for pair in pairs if pair)

    sides = [[(side["name"], each["code"]) for each in side["categories"]] for side in table["dimensions"]]
    several = [i for i, side in enumerate(table["dimensions"]) if not side["partition"]]
    for axis, side in enumerate(sides):
        for rest in product(*([*each, None] for i, each in enumerate(sides) if i != axis)):
            yield {key(*rest): -1, **{key(*rest, pair): 1 for pair in side}}, axis not in several
            yield from (({key(*rest): 1, key(*rest, pair): -1}, False) for pair in side if axis in several)
    for one, other in permutations([sides[axis] for axis in several], 2):
        for a in one:
            ends, both = {key(b): 1 for b in other}, {key(a, b): -1 for b in other}
            yield {key(): -1, key(a): 1, **ends, **both}, False
            yield from (({key(): 1, key(a): -1, key(b): -1, key(a, b): 1}, False) for b in other)


def ancestors(agenda: Json, edition: str, pair: tuple[str, str]) -> list[tuple[str, str]]:
    """What a theme or measure lies in, nearest first; an empty code for what nothing tells."""
    found = [pair]
    for level in reversed(LEVELS[: LEVELS.index(pair[0])] if pair[0] in LEVELS else []):
        found.append((level, agenda.get((edition, *found[-1])) or agenda.get(("", *found[-1]), "")))
    return found[1:]


def rules_between(cells: Json, agenda: Json) -> Iterator[Rule]:
    """Parts of the agenda are in the whole, and the whole only in its parts; a conversation needs a partner."""
    parts: Json = {}
    for key in cells:
        edition, counts, pairs = key
        for low, above in ((p, above) for p in pairs for above in ancestors(agenda, edition, p)):
            whole, same = (edition, counts, pairs - {low} | {above}), (edition, counts, pairs - {above})
            if above in pairs and same in cells:
                yield {key: 1, same: -1}, True
            elif above not in pairs and whole in cells:
                yield {whole: 1, key: -1}, False
                parts.setdefault((whole, low[0]), []).append(key)
        if counts == "conversations" and {*dict(pairs)} <= OF_PARTNERS and (edition, "partners", pairs) in cells:
            yield {(edition, "partners", pairs): 10_000, key: -1}, False
    lost = {(e, p[0]) for e, _, pairs in cells for p in pairs if not all(map(all, ancestors(agenda, e, p)))}
    for (whole, name), below in parts.items():
        if (whole[0], name) not in lost:
            yield {whole: -1, **dict.fromkeys(below, 1)}, False


def verify(paper: Json, site: Path) -> str:
    """Check everything; what holds, in words."""
    need(paper["schema"] == "tweeluik-certificate-1", "another kind of certificate")
    for path, digest in paper["files"].items():
        need(hashlib.sha256((site / path).read_bytes()).hexdigest() == digest, f"{path} is another file")
    paths = sorted(site.glob("edities/*/release.json"))
    need({p.relative_to(site).as_posix() for p in paths} <= paper["files"].keys(), "an edition was not audited")
    published = [(r, table) for r in (json.loads(path.read_bytes()) for path in paths) for table in r["tables"]]
    cells = read_cells(published)
    names = [(edition, what, frozenset(map(tuple, pairs))) for edition, what, pairs in paper["unknowns"]]
    number, bounds = {name: i for i, name in enumerate(names)}, [cells.get(name, (0, INFINITY))[:2] for name in names]
    unknown = {key for key, (least, most, _) in cells.items() if least != most}
    need(len(number) == len(names) and unknown == cells.keys() & number.keys(), "other numbers are unknown")
    rules = [rule for record, table in published for rule in rules_within(record["edition"], table)]
    sides = [(r["edition"], side["name"], side["categories"]) for r, t in published for side in t["dimensions"]]
    agenda = {(edition, name, c["code"]): c["parent"] for edition, name, cs in sides for c in cs if "parent" in c}
    rules += rules_between(cells, {("", name, code): parent for name, code, parent in paper["agenda"]} | agenda)
    for edition, what, *sets in paper["complements"]:  # the own name, the cells added, those taken off
        own, more, less = ([(edition, what, frozenset(map(tuple, pairs))) for pairs in each] for each in sets)
        rules.append((dict.fromkeys(more, 1) | dict.fromkeys([*less, *own], -1), True))
    for i, least, most in paper["known"]:
        bounds[i] = (max(least, bounds[i][0]), bounds[i][1] if most is None else most)
    home = {i: at for at, block in enumerate(paper["blocks"]) for i in block["cells"]}
    need(sorted(i for b in paper["blocks"] for i in b["cells"]) == [*range(len(names))], "a number is in no block")
    rows: list[Json] = [[] for _ in paper["blocks"]]
    for terms, equal in rules:
        rest = sum(times * cells[key][0] for key, times in terms.items() if key not in number)
        mine = [(number[key], times) for key, times in terms.items() if key in number]
        need(len({home[i] for i, _ in mine}) <= 1, "blocks are not apart")
        need(mine or (rest == 0 if equal else rest >= 0), "the published numbers contradict each other")
        for at in {home[i] for i, _ in mine}:
            rows[at].append((mine, rest, equal))
    held = (block_holds(*each, bounds, paper["attackers"]) for each in zip(paper["blocks"], rows, strict=True))
    wide, hidden = set[int]().union(*held), {number[key] for key in unknown if cells[key][2]}
    need(hidden <= wide, "a hidden number is not claimed to be unknown")
    return f"holds: {len(names)} unknown numbers, {sum(len(block['claims']) for block in paper['blocks'])} claims"


def block_holds(block: Json, rows: list[Json], bounds: list[Json], attackers: list[Json]) -> set[int]:
    """Check the tables and claims of a block; the numbers that no outsider can work out."""
    tables = [dict(zip(block["cells"], table, strict=True)) for table in block["tables"]]
    for table in tables:
        need(all(type(value) is int for value in table.values()), "a table is not whole")
        need(all(bounds[i][0] <= v <= bounds[i][1] for i, v in table.items()), "a table is out of bounds")
        for terms, rest, equal in rows:
            total = rest + sum(times * table[i] for i, times in terms)
            need(total == 0 if equal else total >= 0, "a table does not add up")
    fits = [{at for at, t in enumerate(tables) if all(t.get(i, v) >= v for i, v in floors)} for floors in attackers]
    need(all(fits), "an attacker excludes every table")
    for i, who, low, high, width, down, up in block["claims"]:
        need({down, up} <= fits[who], "a claim rests on a table that its attacker excludes")
        least, most = tables[down][i], tables[up][i]
        reached = (INFINITY if low is None else low) >= least and (high or 0) <= most
        need(reached and most - least >= (width or 0), "a claim is not met")
    return {i for i, who, *_, down, up in block["claims"] if not attackers[who] and tables[down][i] < tables[up][i]}


if __name__ == "__main__":
    try:
        sys.stdout.write(verify(json.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2])) + "\n")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        sys.exit("does not hold: the certificate or the site cannot be read")
