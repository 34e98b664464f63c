"""The true counts of an edition, straight from the YAML by the letter's words, with nothing of the product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """Per table its true counts by codes (`_T`: all), and per dimension the labels of its codes in their order."""

    counts: Mapping[str, Mapping[Codes, int]]
    sides: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]

    def cell(self, table: str, codes: Codes) -> int:
        """One of them; what nobody is in is 0."""
        return self.counts[table].get(codes, 0)


def recount(content: Path, year: int) -> Truth:
    """The truth of an edition about the partners of one calendar year."""
    tables = _read(content / "editions" / f"{year}.yaml")["tables"]
    partners = [*_partners(content, year)]
    talks = [*_talks(content, year, {who["id"] for who, _ in partners})]
    counts: dict[str, Counter[Codes]] = {}
    for table in tables:
        sides = [table["rows"], *([table["columns"]] if "columns" in table else [])]
        told = (
            (_traits(who, work, year) for who, work in partners)
            if table["counts"] == "partners"
            else ({"form": {talk["form"]}} for talk in talks)
        )
        counts[table["id"]] = Counter(
            codes for traits in told for codes in product(*(sorted({*traits[side], "_T"}) for side in sides))
        )
    dimensions = {table["id"]: tuple(table[key] for key in ("rows", "columns") if key in table) for table in tables}
    titles = {table["id"]: table["title"] for table in tables}
    return Truth(counts, dimensions, _labels(content, year), titles)


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever an editor wrote
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: TID251 - by other means, on purpose


def _partners(content: Path, year: int) -> Iterator[tuple[Any, set[str]]]:
    kinds = {each["code"] for each in _read(content / "vocabulary.yaml")["kinds"] if "left_out" not in each}
    for who in _read(content / "partners" / "alle.yaml"):
        work = {
            code for each in who.get("collaborations", ()) if each["year"] == str(year) for code in each["measures"]
        }
        counts = who["kind"] in kinds and who["traceable_to_persons"] == "false"
        if work and counts and who.get("endorsed", "9") <= f"{year}-12-31":
            yield who, work


def _talks(content: Path, year: int, ids: set[str]) -> Iterator[Any]:
    for talk in _read(content / "conversations" / "alle.yaml"):
        if talk["date"].startswith(str(year)) and talk["context"] == "agenda" and ids & set(talk["partners"]):
            yield talk


def _traits(who: Any, work: Iterable[str], year: int) -> Mapping[str, set[str]]:  # noqa: ANN401
    themes = {code[:3] for code in work}  # the codes of this source say where they belong: 1.1a is below 1.1
    first = min(each["year"] for each in who["collaborations"] if int(each["year"]) <= year)
    return {
        "kind": {who["kind"]}, "region": {who["region"]}, "theme": themes, "pillar": {each[0] for each in themes},
        "first_year": {first},
    }  # fmt: skip


def _labels(content: Path, year: int) -> Mapping[str, Mapping[str, str]]:
    words, agenda = _read(content / "vocabulary.yaml"), _read(content / "agenda.yaml")
    lists = {
        "kind": [each for each in words["kinds"] if "left_out" not in each], "region": words["regions"],
        "form": words["forms"], "theme": agenda["themes"], "pillar": agenda["pillars"],
    }  # fmt: skip
    # Readers see groups in the order of their codes.
    ordered = {name: sorted(terms, key=lambda each: str(each["code"])) for name, terms in lists.items()}
    found = {name: {each["code"]: each["label"] for each in terms} for name, terms in ordered.items()}
    years = {
        str(each): f"Nieuw in {each}" if each == year else f"Partner sinds {each}" for each in range(2024, year + 1)
    }
    return {**found, "first_year": years}
