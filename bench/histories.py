"""Histories by chance, from a seed: two to five publications of one source that lives on.

Organisations join, leave, move, change kind, end and are succeeded; consent is given and withdrawn; editions cover the
same period twice, halves of a year and the year, two years and their sum; some are corrected. Tables, method and the
share of named partners are drawn as well. What is drawn are only the files of a source (`publishing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from bench.publishing import Files, Step

Raw = dict[str, Any]

FIRST = 2025
TAKEN_TOGETHER = 2
MEASURES = {"1.1a": "1.1", "1.1b": "1.1", "1.2a": "1.2", "2.1a": "2.1", "2.1b": "2.1"}
THEMES = {"1.1": "1", "1.2": "1", "2.1": "2"}
CHOICES = {
    "partners": ("kind", "region", "pillar", "theme", "measure", "first_year"),
    "conversations": ("kind", "region", "pillar", "theme", "form"),
}
PLANS: dict[str, tuple[tuple[str, date, date], ...]] = {
    "years": tuple((str(y), date(y, 1, 1), date(y, 12, 31)) for y in range(FIRST, FIRST + 4)),
    "halves": (
        ("2025-1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ),
    "sums": (
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2025-2026", date(2025, 1, 1), date(2026, 12, 31)),
    ),
    "twice": (
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-en", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ),
}


def name_of(number: int) -> str:
    """A name like no other: syllables by a digest."""
    digest = sha256(f"name {number}".encode()).digest()
    return "Vereniging " + "".join("bdfgklmnprstvz"[b % 14] + "aeiou"[b // 14 % 5] for b in digest[:6]).capitalize()


def ground(kinds: list[str], regions: list[str], *, threshold: int, seed: int) -> Raw:
    """The files of a source that hold no records: policy, agenda, words and a key of its own."""
    numbers = {"threshold": threshold, "p_percent": 10, "approvals": 0, "conversations_per_year": 1}
    years = {"from": FIRST, "until": FIRST + 4}
    contact = {"name": "Proef", "email": "proef@example.org"}
    return {
        "report.yaml": {"title": "Proef", "publisher": "Proef", "contact": contact, "licence": "CC0-1.0"},
        "policy.yaml": {name: {"value": value, "source": "proef"} for name, value in numbers.items()},
        "agenda.yaml": {
            "pillars": [{"code": code, "label": f"Pijler {code}", **years} for code in "12"],
            "themes": [{"code": code, "pillar": up, "label": f"Thema {code}"} for code, up in THEMES.items()],
            "measures": [{"code": code, "theme": up, "label": f"Maatregel {code}"} for code, up in MEASURES.items()],
        },
        "vocabulary.yaml": {
            "kinds": [{"code": code, "label": f"Soort {code}"} for code in kinds],
            "regions": [{"code": code, "label": f"Regio {code}"} for code in regions],
            "forms": [{"code": code, "label": code.capitalize()} for code in ("gesprek", "werkbezoek")],
        },
        "protection.key": sha256(f"key {seed}".encode()).hexdigest() + "\n",
    }


@dataclass(frozen=True, slots=True)
class Setting:
    """How a history is drawn: its plan and size, what may happen in it, and how it is protected."""

    plan: str
    method: str
    threshold: int
    organisations: int
    conversations: int
    named: float
    settled: bool
    publications: int
    corrections: int
    merges: float = 0.0
    """The share of editions that take two kinds, or two regions, together."""


def setting(seed: int) -> Setting:
    """The setting of a seed. Every plan and method comes by turns."""
    chance = Random(f"setting {seed}")
    plan = ("years", "sums", "halves", "twice")[seed % 4]
    method = ("suppression", "rounding", "mixed")[seed // 4 % 3]
    return Setting(
        plan=plan,
        method=method,
        threshold=chance.choice((3, 5, 5, 5, 10)),
        organisations=chance.randint(8, 70),
        conversations=chance.choice((0, 0, 30, 90)),
        named=chance.choice((0.0, 0.0, 0.05, 0.3, 0.6, 1.0)),
        settled=chance.random() < 0.5,
        publications=chance.randint(2, 4 if plan in ("years", "halves") else 3),
        corrections=chance.choice((0, 0, 1, 1, 2)),
    )


def history(seed: int) -> list[Step]:
    """The steps of a seed."""
    return list(_Maker(setting(seed), Random(f"history {seed}"), seed).steps())


def small_setting(seed: int) -> Setting:
    """The setting of a small source, with two publications at least, and more of what may happen."""
    chance = Random(f"small {seed}")
    return replace(
        setting(seed),
        organisations=chance.randint(6, 26),
        conversations=chance.choice((0, 0, 12, 30)),
        corrections=chance.choice((0, 0, 1, 2)),
        merges=chance.choice((0.0, 0.0, 0.0, 0.4)),
    )


def small_history(seed: int) -> list[Step]:
    """The steps of a small source."""
    return list(_Maker(small_setting(seed), Random(f"small history {seed}"), seed).steps())


class _Maker:
    """Draws one history."""

    def __init__(self, asked: Setting, chance: Random, seed: int) -> None:
        self._asked, self._chance, self._seed = asked, chance, seed
        self._kinds = [f"k{n}" for n in range(chance.randint(2, 5))]
        self._regions = [f"r{n}" for n in range(chance.randint(2, 4))]
        self._editions = PLANS[asked.plan][: asked.publications]
        self._years = sorted({y for _, start, until in self._editions for y in range(start.year, until.year + 1)})
        self._tables = self._draw_tables()
        self._out: dict[str, Raw] = {}
        self._partners = [self._partner(n) for n in range(asked.organisations)]
        self._talks = sorted((self._talk() for _ in range(asked.conversations)), key=lambda each: each["date"])
        if not asked.settled:
            self._give_past(Random(f"past {seed}"))

    def steps(self) -> Iterator[Step]:
        """The editions in their order, corrections in between; the source changes before each."""
        files = ground(self._kinds, self._regions, threshold=self._asked.threshold, seed=self._seed)
        left = self._asked.corrections
        for number, (name, start, until) in enumerate(self._editions):
            self._out[name] = self._edition(name, start, until, number)
            yield Step({**files, f"editions/{name}.yaml": deepcopy(self._out[name]), **self._records()}, name)
            files, last = {}, number == len(self._editions) - 1
            while left and (last or self._chance.random() < 0.5):
                left -= 1
                yield self._correction()

    # --- the source ---------------------------------------------------------------------------------------------------

    def _records(self) -> Files:
        """Organisations, and conversations where there are any; consent only for editions that are there."""
        partners = deepcopy(self._partners)
        for each in partners:
            if "named_in" in each:
                each["named_in"] = [consent for consent in each["named_in"] if consent["edition"] in self._out]
        last = max(edition["period"]["until"] for edition in self._out.values())
        held = [each for each in self._talks if each["date"] <= last]
        talks = {"conversations/all.yaml": held} if held else {}
        return {"partners/all.yaml": partners, **talks}

    # --- editions -----------------------------------------------------------------------------------------------------

    def _draw_tables(self) -> list[Raw]:
        found: dict[tuple[str, ...], Raw] = {}
        for number in range(self._chance.randint(2, 5)):
            counts = "partners" if number == 0 or not self._asked.conversations else self._chance.choice(list(CHOICES))
            names = self._chance.sample(CHOICES[counts], self._chance.choice((1, 2, 2)))
            table = {"id": f"t{number}", "title": f"Tabel {number}", "counts": counts, "rows": names[0]}
            found.setdefault((counts, *sorted(names)), table | ({"columns": names[1]} if names[1:] else {}))
        return list(found.values())

    def _edition(self, name: str, start: date, until: date, number: int) -> Raw:
        method = self._asked.method
        if method == "mixed":
            method = ("suppression", "rounding")[number % 2]
        # The same tables every time, or another choice of them.
        some = self._chance.sample(self._tables, self._chance.randint(1, len(self._tables)))
        tables = self._tables if self._chance.random() < 0.6 else sorted(some, key=lambda each: str(each["id"]))
        return {
            "title": f"Overzicht {name}",
            "population": "agenda-partners",
            "period": {"from": start, "until": until},
            "status": "final",
            "protection": method,
            "tables": deepcopy(tables),
            **self._together(name, tables),
        }

    def _together(self, name: str, tables: list[Raw]) -> Raw:
        """Two kinds, or two regions, that an edition takes together, where its tables have them."""
        chance = Random(f"together {self._seed} {name}")
        sides = {table[side] for table in tables for side in ("rows", "columns") if side in table}
        many = {"kind": self._kinds, "region": self._regions}
        some = [(side, codes) for side, codes in many.items() if side in sides and len(codes) > TAKEN_TOGETHER]
        if not some or chance.random() >= self._asked.merges:
            return {}
        dimension, codes = chance.choice(some)
        merged = sorted(chance.sample(codes, TAKEN_TOGETHER))
        return {"merge": [{"dimension": dimension, "codes": merged, "label": " en ".join(merged)}]}

    # --- records ------------------------------------------------------------------------------------------------------

    def _partner(self, n: int) -> Raw:
        chance = self._chance
        first = chance.choices(self._years, weights=[4] + [1] * (len(self._years) - 1))[0]
        years = [year for year in self._years if year >= first and (year == first or chance.random() < 0.9)]
        endorsed = date(FIRST, 1, 1) if self._asked.settled or chance.random() < 0.8 else _day(chance, self._years)
        partner: Raw = {
            "id": f"p-{n:03}z",
            "name": name_of(n),
            "kind": chance.choices(self._kinds, weights=[3**-i for i in range(len(self._kinds))])[0],
            "region": chance.choices(self._regions, weights=[2**-i for i in range(len(self._regions))])[0],
            "traceable_to_persons": False,
            "endorsed": endorsed,
            "collaborations": [{"year": year, "measures": self._measures()} for year in years],
        }
        if n % 8 and chance.random() < 0.15:
            partner["umbrella"] = f"p-{n // 8 * 8:03}z"
        if chance.random() < self._asked.named:
            partner["named_in"] = [{"edition": name, "consent": date(FIRST, 2, 1)} for name, _, _ in self._editions]
        return partner

    def _give_past(self, chance: Random) -> None:
        """Some moved or were of another kind before; some ended, and another that began to work then succeeds them."""
        for each in self._partners:
            trait, codes = chance.choice([("region", self._regions), ("kind", self._kinds)])
            others = [code for code in codes if code != each[trait]]
            if chance.random() < 0.12:
                each["before"] = [{"until": _day(chance, self._years), trait: chance.choice(others)}]
        later = [each for each in self._partners if each["collaborations"][0]["year"] > FIRST]
        ended = [each for each in self._partners if self._can_end(each)]
        for successor in later[:3]:
            if ended and chance.random() < 0.6:
                old = ended.pop(chance.randrange(len(ended)))
                if old is not successor:
                    old |= {"ended": date(FIRST, 12, 20), "successor": successor["id"]}

    def _can_end(self, each: Raw) -> bool:
        """Worked in the first year alone, endorsed then, and is in nothing that is later."""
        met = [talk["date"] for talk in self._talks if each["id"] in talk["partners"]]
        alone = [work["year"] for work in each["collaborations"]] == [FIRST] and "before" not in each
        early = each["endorsed"].year == FIRST and each["endorsed"] < date(FIRST, 12, 1)
        return alone and early and all(day < date(FIRST, 12, 1) for day in met) and not self._is_umbrella(each["id"])

    def _is_umbrella(self, id_: str) -> bool:
        return any(each.get("umbrella") == id_ for each in self._partners)

    def _measures(self) -> list[str]:
        return sorted(self._chance.sample(list(MEASURES), self._chance.choice((1, 1, 2, 3))))

    def _talk(self) -> Raw:
        chance = self._chance
        present = {chance.choice(self._partners)["id"] for _ in range(chance.choice((1, 1, 1, 2, 3)))}
        return {
            "date": _day(chance, self._years),
            "partners": sorted(present),
            "context": "agenda",
            "form": "gesprek" if chance.random() < 0.8 else "werkbezoek",
            "measures": [chance.choice(list(MEASURES))],
            "subject": "integratie-en-samenleven",
        }

    # --- corrections --------------------------------------------------------------------------------------------------

    def _correction(self) -> Step:
        """A new version of an edition that is out, after something that made it wrong, or only a name that goes."""
        name = self._chance.choice(list(self._out))
        self._chance.choice((self._found_late, self._never_was, self._withdrawn, self._other_words))(name)
        edition = self._out[name]
        made = edition.setdefault("corrections", [])
        version = len(made) + 2
        made.append({"version": version, "date": date(FIRST + 5, 1, version), "note": "Een verbetering."})
        return Step({f"editions/{name}.yaml": deepcopy(edition), **self._records()}, name)

    def _found_late(self, name: str) -> None:
        """An organisation that should have been in it."""
        made = self._partner(len(self._partners))
        made["collaborations"] = [{"year": self._out[name]["period"]["until"].year, "measures": self._measures()}]
        self._partners.append(made | {"endorsed": date(FIRST, 1, 1)})

    def _never_was(self, _name: str) -> None:
        """An organisation that endorsed nothing, it turned out."""
        del self._chance.choice(self._partners)["endorsed"]

    def _withdrawn(self, name: str) -> None:
        """An organisation that does not want to be named any more."""
        named = [each for each in self._partners if "named_in" in each]
        for consent in self._chance.choice(named)["named_in"] if named else ():
            if consent["edition"] == name:
                consent["withdrawn"] = date(FIRST + 5, 1, 1)

    def _other_words(self, name: str) -> None:
        """Nothing that is counted."""
        self._out[name]["title"] += " (verbeterd)"


def _day(chance: Random, years: list[int]) -> date:
    return date(chance.choice(years), 1, 1) + timedelta(days=chance.randrange(365))
