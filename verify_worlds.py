"""Check a certificate of the audit: `python verify_certificate.py CERTIFICATE SITE`. Exit 0 when it holds, 1 when not.

It shares no line with the program that made it. The certificate has the bare records behind everything published, other
worlds, told as what differs, and questions. Every world is counted again: it must give every number of every
`release.json` and hang together as a real source does. Every question with a sensitive answer must have, for every
attacker, worlds that he cannot exclude in which the answer is none, or enough.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

Json = Any
LEVELS, TRAITS, MANY = ["pillar", "theme", "measure"], {"kind", "region", "first_year"}, 1 << 40


def need(holds: object, what: str) -> None:
    """Go on only when this holds."""
    if not holds:
        sys.exit(f"does not hold: {what}")


def codes(record: Json, names: Json) -> set[tuple[str, str]]:
    """The categories of a record in some dimensions; none where it is not there."""
    return {(name, code) for name, code in (record["codes"] if record else ()) if name in names}


class Worlds:
    """All worlds, the true one first: `records[world][publication][counts]` are the records by id."""

    def __init__(self, paper: Json) -> None:
        self.size, self.records, self.touched = 1 + len(paper["worlds"]), [paper["truth"]], [dict[Json, set[str]]()]
        for world in paper["worlds"]:
            made = {key: {counts: dict(each) for counts, each in both.items()} for key, both in paper["truth"].items()}
            touched = {(key, counts): set[str]() for key, both in made.items() for counts in both}
            for counts, key, name, record in world:
                made[key][counts].pop(name, None)
                made[key][counts] |= {} if record is None else {name: record}
                touched[key, counts].add(name)
            for key, both in made.items():  # a conversation is another one when a partner in it is
                was, now = paper["truth"][key]["partners"], both["partners"]
                moved = {n for n in touched[key, "partners"] if codes(was.get(n), TRAITS) != codes(now.get(n), TRAITS)}
                met = (name for name, talk in both["conversations"].items() if moved & {*talk["units"]})
                touched[key, "conversations"].update(met)
            self.records.append(made)
            self.touched.append(touched)
        every = {(c, n) for world in self.records for both in world.values() for c, each in both.items() for n in each}
        self.names = {counts: sorted(n for c, n in every if c == counts) for counts in ("partners", "conversations")}
        self.place = {counts: {name: i for i, name in enumerate(names)} for counts, names in self.names.items()}
        self.memo: dict[str, list[int]] = {}

    def has(self, world: int, key: str, counts: str, name: str, pair: Json) -> bool:
        """Whether a record is in a category; a conversation is in those of its partners."""
        record = self.records[world][key][counts].get(name)
        if counts == "conversations" and record and pair and pair[0] in TRAITS:
            return any(self.has(world, key, "partners", unit, pair) for unit in record["units"])
        return record is not None and (not pair or pair in record["codes"])

    def members(self, counts: str, of: Json) -> list[int]:
        """A set as bits per world: `[publication, dimension, code]`, or what is in so many of the parts."""
        said = json.dumps([counts, of])
        if said not in self.memo:
            self.memo[said] = self.label(counts, of[0], of[1:]) if isinstance(of, list) else self.among(counts, **of)
        return self.memo[said]

    def label(self, counts: str, key: str, pair: Json) -> list[int]:
        """The records of a publication that are in a category."""
        place, found = self.place[counts], list[int]()
        for world, touched in enumerate(self.touched):
            bits = found[0] if world else 0
            for name in touched[key, counts] if world else self.records[0][key][counts]:
                bits = bits & ~(1 << place[name]) | self.has(world, key, counts, name, pair) << place[name]
            found.append(bits)
        return found

    def among(self, counts: str, of: Json, least: int, most: int) -> list[int]:
        """The records that are in at least so many and at most so many of the parts."""
        found, everything = list[int](), (1 << len(self.names[counts])) - 1
        for row in zip(*(self.members(counts, part) for part in of), strict=True):
            reached = [everything] + [0] * (most + 1)
            for bits in row:
                for number in range(most + 1, 0, -1):
                    reached[number] |= reached[number - 1] & bits
            found.append(reached[least] & ~reached[most + 1])
        return found


def numbers(record: Json) -> Iterator[tuple[str, Json, int, int, str]]:
    """Every published number: what it counts, of whom, the least and the most that it may be, and its status."""
    key = f"{record['edition']}/{record['version']}"
    for table in record["tables"]:
        names = [side["name"] for side in table["dimensions"]]
        for cell in table["cells"]:
            of = [[key, name, cell[name]] for name in names if cell[name] != "_T"]
            value, off = cell["value"], record.get("rounding_base", 1) - 1 if cell["status"] == "rounded" else 0
            low, high = (0, MANY) if value is None else (value - off, value + off)
            every = {"of": of, "least": len(of), "most": len(of)} if len(of) > 1 else of[0] if of else [key]
            yield table["counts"], every, low, high, cell["status"]


def need_coded(worlds: Worlds, record: Json) -> None:
    """Whatever a world changes has published categories: one per dimension, of the agenda at least one."""
    key = f"{record['edition']}/{record['version']}"
    for counts, side in ((table["counts"], side) for table in record["tables"] for side in table["dimensions"]):
        name, published = side["name"], {category["code"] for category in side["categories"]}
        place = (key, "partners" if name in TRAITS else counts)
        for world, touched in enumerate(worlds.touched):
            for one in (worlds.records[world][key][place[1]].get(each) for each in touched.get(place, ())):
                own = {code for _, code in codes(one, {name})}
                fine = own and own <= published and (name in LEVELS or not own - {max(own)})
                need(one is None or fine, "a record of a world has no such categories")


class Attackers:
    """The outsider and every holding, as bits: whom they know, and per world to whom it leaves alone what they know."""

    def __init__(self, worlds: Worlds, *, ever: bool) -> None:
        self.worlds, self.true, self.ever, self.place = worlds, worlds.records[0], ever, worlds.place["partners"]
        units = [(key, name, one) for key, both in self.true.items() for name, one in both["partners"].items()]
        talks = [talk for both in self.true.values() for talk in both["conversations"].values()]
        self.there, self.named = {each[:2] for each in units}, {each[:2] for each in units if each[2]["named"]}
        own = {(one["holding"], name) for _, name, one in units}
        met = {(holding, name) for talk in talks for holding in talk["holdings"] for name in talk["units"]} | own
        self.names = sorted({"", *(h for h, _ in met), *(h for talk in talks for h in talk["holdings"])})
        self.met = {name: self.bits(each for holding, each in met if holding == name) for name in self.names}
        several = [holding for holding, _ in own]
        self.shared = self.bits({name for holding, name in own if several.count(holding) > 1})
        touched = [self.touched(world) for world in range(worlds.size)]
        self.able = [sum((name not in shy) << i for i, name in enumerate(self.names)) for shy in touched]

    def bits(self, names: Iterable[str]) -> int:
        """Organisations as bits."""
        return sum(1 << self.place[name] for name in names)

    def touched(self, world: int) -> set[str]:
        """Who knows that a world is not so."""
        found, once = set[str](), {name for _, name in self.named} if self.ever else set()
        for (key, counts), name in ((place, n) for place, names in self.worlds.touched[world].items() for n in names):
            if counts == "partners" and ((key, name) in self.named or name in once):
                return {*self.names}
            for record in (each[key][counts].get(name) for each in (self.true, self.worlds.records[world])):
                found |= {*(record["holdings"] if "holdings" in record else [record["holding"]])} if record else set()
        return found

    def known(self, keys: set[str]) -> int:
        """Whom everybody knows in these publications."""
        unknown = set() if self.ever else {name for key, name in self.there - self.named if key in keys}
        return self.bits({name for key, name in self.named if self.ever or key in keys} - unknown)

    def holdings(self, bits: int, keys: set[str]) -> int:
        """How many contributors some organisations are: one for a holding, that of the latest of the publications."""
        every = [*self.true, *sorted(keys)] if bits & self.shared else []
        whose = {name: one["holding"] for key in every for name, one in self.true[key]["partners"].items()}
        mine = [name for name in whose if bits & self.shared & 1 << self.place[name]]
        return (bits & ~self.shared).bit_count() + len({whose[name] for name in mine})

    def answered(self, question: Json, least: int) -> bool:
        """Whether the answer is harmless, or every attacker has worlds in which it is none, or enough."""
        counts, of, asked, same, claims = question
        keys, values = publications(of), [bits.bit_count() for bits in self.worlds.members(counts, of)]
        if counts == "partners" and asked != "doubt":
            rest = [bits & ~self.known(keys) for bits in self.worlds.members(counts, of)]
            values = [self.holdings(bits, keys) for bits in rest]
            if asked != "somebody":
                own = [[self.holdings(rest[0] & self.met[name], keys), least, [name]] for name in self.names]
                claims = own if 0 < values[0] < least else []
        alike = [self.worlds.members(counts, each) for each in same]
        able = [bits * all(each[w] == alike[0][w] for each in alike) for w, bits in enumerate(self.able)]
        wanted: dict[Json, int] = {}
        for low, high, names in claims:
            wanted[low, high] = wanted.get((low, high), 0) | sum(1 << self.names.index(name) for name in names)
        for (low, high), who in wanted.items():
            down = reduce(or_, (bits for value, bits in zip(values, able, strict=True) if value <= low), 0)
            up = reduce(or_, (bits for value, bits in zip(values, able, strict=True) if value >= high), 0)
            if who & ~(down | up if asked in {"none or enough", "doubt"} else down & up):
                return False
        return True


def publications(of: Json) -> set[str]:
    """Those that a set is put in."""
    return {of[0]} if isinstance(of, list) else set[str]().union(*map(publications, of["of"]))


def verify(paper: Json, site: Path) -> str:
    """Check everything; what holds, in words."""
    need(paper["schema"] == "tweeluik-certificate-2", "another kind of certificate")
    for path, digest in paper["files"].items():
        need(hashlib.sha256((site / path).read_bytes()).hexdigest() == digest, f"{path} is another file")
    paths = sorted(site.glob("edities/**/release.json"))
    need({path.relative_to(site).as_posix() for path in paths} <= paper["files"].keys(), "an edition was not audited")
    records, worlds = [json.loads(path.read_bytes()) for path in paths], Worlds(paper)
    asked = [question[:3] for question in paper["questions"]]
    for record in records:
        need_coded(worlds, record)
        for counts, of, low, high, status in numbers(record):
            need(all(low <= n.bit_count() <= high for n in worlds.members(counts, of)), "a world gives another number")
            need(status == "shown" or [counts, of, "doubt"] in asked, "a number is not asked about")
    for attackers in (Attackers(worlds, ever=True), Attackers(worlds, ever=False)):
        need(
            all(attackers.answered(each, paper["threshold"]) for each in paper["questions"]), "a question has no answer"
        )
    return f"holds: {len(paper['questions'])} questions, {worlds.size} worlds"


if __name__ == "__main__":
    try:
        sys.stdout.write(verify(json.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2])) + "\n")
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        sys.exit("does not hold: the certificate or the site cannot be read")
