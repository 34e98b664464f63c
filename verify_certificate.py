"""Check a certificate of the audit: `python verify_certificate.py CERTIFICATE SITE`. Exit 0 when it holds, 1 when not.

Its worlds must give every published number; some of them leave, to everybody, "none" or "enough" of what is sensitive.
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
LEVELS, TRAITS, MANY = {"pillar", "theme", "measure"}, {"kind", "region", "first_year"}, 1 << 40


def need(holds: object, what: str) -> None:
    """Go on only when this holds."""
    if not holds:
        sys.exit(f"does not hold: {what}")


class Worlds:
    """All worlds, the true one first, and what differs in each; a set of records is a number per world, in bits."""

    def __init__(self, paper: Json) -> None:
        self.true, self.size = paper["truth"], 1 + len(paper["worlds"])
        self.changed = [{(key, c, name): one for c, key, name, one in world} for world in ([], *paper["worlds"])]
        self.place: dict[str, dict[str, int]] = {"partners": {}, "conversations": {}}
        self.memo: dict[str, tuple[list[int], set[str]]] = {}

    def at(self, world: int, key: str, counts: str, name: str) -> Json:
        """A record as it is in a world; None: there is none."""
        return self.changed[world].get((key, counts, name), self.true[key][counts].get(name))

    def has(self, world: int, key: str, counts: str, name: str, pair: Json) -> bool:
        """Whether a record is in a category; a conversation is in those of its partners."""
        record = self.at(world, key, counts, name)
        if counts == "conversations" and record and pair and pair[0] in TRAITS:
            return any(self.has(world, key, "partners", unit, pair) for unit in record["units"])
        return record is not None and (not pair or pair in record["codes"])

    def members(self, counts: str, of: Json) -> tuple[list[int], set[str]]:
        """A set, `[publication, dimension, code]` or what is in `least` to `most` of `of`; and its publications."""
        said, place, found = json.dumps([counts, of]), self.place[counts], list[int]()
        if said in self.memo:
            return self.memo[said]
        for world, changed in enumerate(self.changed if isinstance(of, list) else ()):
            again, bits = self.true[of[0]][counts] if not world or counts == "conversations" else (), sum(found[:1])
            for name in {*again, *(name for key, c, name in changed if (key, c) == (of[0], counts))}:
                there, bit = self.has(world, of[0], counts, name, of[1:]), 1 << place.setdefault(name, len(place))
                bits = bits | bit if there else bits & ~bit
            found.append(bits)
        need(isinstance(of, list) or of["most"] <= len(of["of"]), "a question is about more parts than it has")
        for row in () if isinstance(of, list) else zip(*(self.members(counts, p)[0] for p in of["of"]), strict=True):
            reached = [-1] + [0] * (of["most"] + 1)  # everything, nothing
            for bits in row:
                for number in range(of["most"] + 1, 0, -1):
                    reached[number] |= reached[number - 1] & bits
            found.append(reached[of["least"]] & ~reached[of["most"] + 1])
        keys = {of[0]} if isinstance(of, list) else {k for part in of["of"] for k in self.members(counts, part)[1]}
        return self.memo.setdefault(said, (found, keys))


def numbers(record: Json) -> Iterator[tuple[str, Json, int, int, str]]:
    """Every published number: what it counts, of whom, the least and the most that it may be, and its status."""
    for table, cell in ((each, cell) for each in record["tables"] for cell in each["cells"]):
        key, names = f"{record['edition']}/{record['version']}", (side["name"] for side in table["dimensions"])
        of = [[key, name, cell[name]] for name in names if cell[name] != "_T"]
        value, off = cell["value"], record.get("rounding_base", 1) - 1 if cell["status"] == "rounded" else 0
        low, high = (cell.get("named", 0), MANY) if value is None else (value - off, value + off)
        every = {"of": of, "least": len(of), "most": len(of)} if len(of) > 1 else of[0] if of else [key]
        yield table["counts"], every, low, high, cell["status"]


def need_coded(worlds: Worlds, record: Json) -> None:
    """Whatever a world changes has published categories: one per dimension, of the agenda at least one."""
    for counts, side in ((table["counts"], side) for table in record["tables"] for side in table["dimensions"]):
        name, published = side["name"], {category["code"] for category in side["categories"]}
        where = (f"{record['edition']}/{record['version']}", "partners" if name in TRAITS else counts)
        for one in (one for world in worlds.changed for place, one in world.items() if one and place[:2] == where):
            own = {code for dimension, code in one["codes"] if dimension == name}
            need(own and own <= published and (name in LEVELS or own == {max(own)}), "a record has other categories")


class Attackers:
    """Everybody, as bits; per world who cannot exclude it. They know names told here, ever, or what stood still too."""

    def __init__(self, worlds: Worlds, memory: str, still: list[bool]) -> None:
        self.worlds, self.true, self.place = worlds, worlds.true, worlds.place["partners"]
        self.ever, self.still = memory != "here", memory == "still"
        units = [(key, name, one) for key, both in self.true.items() for name, one in both["partners"].items()]
        talks = [talk for both in self.true.values() for talk in both["conversations"].values()]
        self.named = {each[:2] for each in units if each[2]["named"]}
        self.unnamed = set() if self.ever else {each[:2] for each in units} - self.named
        self.own = own = {(one["holding"], name) for _, name, one in units}
        met = {(holding, name) for talk in talks for holding in talk["holdings"] for name in talk["units"]} | own
        self.names = sorted({"", *(h for h, _ in met), *(h for talk in talks for h in talk["holdings"])})
        self.met = {name: self.bits(each for holding, each in met if holding == name) for name in self.names}
        self.shared = self.bits({name for holding, name in own if [h for h, _ in own].count(holding) > 1})
        shy = [self.touched(world) if stood or not self.still else {*self.names} for world, stood in enumerate(still)]
        self.able = [sum((name not in each) << i for i, name in enumerate(self.names)) for each in shy]

    def bits(self, names: Iterable[str]) -> int:
        """Organisations as bits."""
        return sum(1 << self.place.setdefault(name, len(self.place)) for name in names)

    def touched(self, world: int) -> set[str]:
        """Who knows that a world is not so: of his own records, of his tables, of those who sat there."""
        found, once = set[str](), {name for _, name in self.named} if self.ever else set()
        for (key, counts, name), one in self.worlds.changed[world].items():
            if counts == "partners" and ((key, name) in self.named or name in once):
                return {*self.names}
            true, talks = self.worlds.at(0, key, counts, name), self.true[key]["conversations"].values()
            looks = [[pair for pair in each["codes"] if pair[0] in TRAITS] if each else None for each in (true, one)]
            seen = [t for t in talks if counts == "partners" and looks[0] != looks[1] and name in t["units"]]
            found |= {h for each in (true, one, *seen) if each for h in each.get("holdings") or [each["holding"]]}
            found |= {holding for holding, owned in self.own if counts == "partners" and owned == name}
        return found

    def holdings(self, bits: int, keys: set[str]) -> int:
        """How many contributors some organisations are: one for a holding, that of the latest of the publications."""
        every = [*self.true, *sorted(keys)] if bits & self.shared else []
        whose = {name: one["holding"] for key in every for name, one in self.true[key]["partners"].items()}
        mine = {whose[name] for name in whose if bits & self.shared & 1 << self.place[name]}
        return (bits & ~self.shared).bit_count() + len(mine)

    def answered(self, question: Json, floor: dict[str, int]) -> bool:
        """Whether the answer is harmless, or every attacker has worlds with none, or enough for what was published."""
        of, asked, same, whom = question
        (sets, keys), somebody = self.worlds.members("partners", of), asked == "somebody"
        named, least = {name for key, name in self.named if self.ever or key in keys}, min(floor[key] for key in keys)
        known = self.bits(named - {name for key, name in self.unnamed if key in keys})
        values = [self.holdings(bits & ~known, keys) for bits in sets]
        if (same and not self.ever) or (self.still if somebody else not 0 < values[0] < least):
            return True  # harmless, or asked of others
        alike, by_value = [self.worlds.members("partners", each)[0] for each in same], dict[int, int]()
        for world, value in enumerate(values):
            by_value[value] = by_value.get(value, 0) | self.able[world] * (len({each[world] for each in alike}) <= 1)
        for name, met in self.met.items():
            low = self.holdings(sets[0] & ~known & met, keys)
            down = reduce(or_, (bits for value, bits in by_value.items() if value <= low), 0)
            up = reduce(or_, (bits for value, bits in by_value.items() if value >= (low + 1 if somebody else least)), 0)
            found = up if somebody else down | up if self.still or asked == "none or enough" else down & up
            if not found >> self.names.index(name) & 1 and (name in whom or not somebody):
                return False
        return True


def verify(paper: Json, site: Path) -> str:
    """Check everything; what holds, in words."""
    need(paper["schema"] == "tweeluik-certificate-5", "another kind of certificate")
    for path, digest in paper["files"].items():
        need(hashlib.sha256((site / path).read_bytes()).hexdigest() == digest, f"{path} is another file")
    paths = sorted(site.glob("edities/**/release.json"))
    need({path.relative_to(site).as_posix() for path in paths} <= paper["files"].keys(), "an edition was not audited")
    every, worlds, told = [json.loads(path.read_bytes()) for path in paths], Worlds(paper), dict[Json, list[Json]]()
    records = [each for each in every if f"{each['edition']}/{each['version']}" not in paper["forgotten"]]
    floor = {f"{record['edition']}/{record['version']}": record["threshold"] for record in records}
    log = [each for out in site.glob("publicaties.json") for each in json.loads(out.read_bytes())["publications"]]
    order = {f"{each['edition']}/{each['version']}": each["number"] for each in log}
    ever, questions = Attackers(worlds, "ever", [True] * worlds.size), paper["questions"][:]
    named = ever.bits({name for _, name in ever.named})
    for key, record in zip(floor, records, strict=True):
        need_coded(worlds, record)
        for counts, of, low, high, status in numbers(record):
            sets, labels = worlds.members(counts, of)[0], of["of"] if isinstance(of, dict) else [of]
            need(all(low <= bits.bit_count() <= high for bits in sets), "a world gives others")
            meant = sorted(str(paper["lines"].get(" ".join(each[1:]), each[1:])) for each in labels)
            known = (sets[0] & named).bit_count()
            told.setdefault((counts, *meant), []).append((of, key, low - known, high - known, status, sets))
    cells = [cells for (counts, *_), cells in told.items() if counts == "partners"]
    rounded = [(*each[1:4], each[5][0] & ~named) for cell in cells for each in cell if each[4] == "rounded"]
    for each in cells:
        shown = {sets[0] for *_, status, sets in each if status == "shown"}
        for of, key, *_, status, sets in each:
            fair = {bits.bit_count() for bits, able in zip(sets, ever.able, strict=True) if able & 1}
            need(len(fair) > 1 or sets[0] in shown, "a number that is not shown is known")
            before = [ends for out, *ends in rounded if order.get(out, MANY) < order.get(key, MANY)]
            few = any(high < floor[key] and not sets[0] & ~named & ~them for _, high, them in before)
            either = few or status == "rounded" or any(low > 0 and not them & ~sets[0] for low, _, them in before)
            questions.append([of, "none or enough" if either else "none and enough", [], []])
    pairs = [[{(sets[0], sets[world]) for *_, sets in each} for each in cells] for world in range(worlds.size)]
    still = [all(len({true for true, _ in each}) == len(each) for each in there) for there in pairs]
    for attackers in (ever, Attackers(worlds, "here", still), Attackers(worlds, "still", still)):
        need(all(attackers.answered(each, floor) for each in questions), "a question has no answer")
    gone = f"; without {len(every) - len(records)} whose records are gone" * (records != every)
    return f"holds: {len(questions)} questions, {worlds.size} worlds{gone}"


if __name__ == "__main__":
    try:
        sys.stdout.write(verify(json.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2])) + "\n")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        sys.exit("does not hold: the certificate or the site cannot be read")
