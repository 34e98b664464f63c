"""The truth, counted from the files of a source by rules of our own: to judge attacks, and for what insiders know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bench.attacker.published import Publication

Raw = dict[str, Any]

NEVER = 9999
"""The first year of who never was a partner."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Per measure its theme, per theme its pillar."""

    parents: Mapping[str, str]

    def climb(self, measures: Iterable[str], level: str) -> frozenset[str]:
        """The codes of a level that these measures belong to."""
        codes = frozenset(measures)
        for _ in range(("measure", "theme", "pillar").index(level)):
            codes = frozenset(self.parents[each] for each in codes)
        return codes


@dataclass(frozen=True, slots=True)
class Organisation:
    """One record of `partners/`, as it stands in one state of the source."""

    id: str
    name: str
    holding: str
    raw: Raw

    @property
    def work(self) -> Mapping[int, frozenset[str]]:
        """Per year the measures it worked on."""
        found: dict[int, set[str]] = defaultdict(set)
        for each in self.raw.get("collaborations", ()):
            found[each["year"]] |= set(each["measures"])
        return {year: frozenset(measures) for year, measures in found.items()}

    @property
    def successors(self) -> list[str]:
        """Who goes on with its work after it ended."""
        return _several(self.raw.get("successor"))

    def successors_on(self, day: date) -> list[str]:
        """The same, once it has ended before a day."""
        return self.successors if self.raw.get("ended", day) < day else []


@dataclass(frozen=True, slots=True)
class Seen:
    """An organisation as one publication sees it."""

    kind: str
    region: str
    measures: frozenset[str]
    first: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: when, how, on what, and who was there."""

    day: date
    form: str
    measures: frozenset[str]
    partners: frozenset[str]


@dataclass(frozen=True, slots=True)
class State:
    """A source at one moment."""

    agenda: Agenda
    left_out: frozenset[str]
    organisations: Mapping[str, Organisation]
    talks: tuple[Talk, ...]
    p_percent: int

    def seen_in(self, publication: Publication) -> dict[str, Seen]:
        """Who is in a publication, and as what (Kamerstuk 32 824 nr. 447: L2, L3, L6, L7).

        Who goes on with the work of one that ended before the last day is counted with that work, in its place.
        """
        inside, heirs = self._counted(publication)
        return {each: seen for each, seen in inside.items() if each not in heirs}

    def _counted(self, publication: Publication) -> tuple[dict[str, Seen], dict[str, frozenset[str]]]:
        """Who meets the rules, and per organisation that ended before the last day the nearest that continue it."""
        inside = self._inside(publication)
        found = {each: frozenset(self._heirs(each, publication.until, inside)) for each in self.organisations}
        return inside, {each: heirs for each, heirs in found.items() if heirs}

    def _heirs(self, id_: str, day: date, inside: Container[str]) -> Iterator[str]:
        for successor in self.organisations[id_].successors_on(day):
            if successor in inside:
                yield successor
            elif successor in self.organisations:
                yield from self._heirs(successor, day, inside)

    def _inside(self, publication: Publication) -> dict[str, Seen]:
        found, before = {}, self._before(publication.until)
        for each in self.organisations.values():
            line = self._line(each, before)
            worked = (one.work.get(year, frozenset()) for one in line for year in publication.years)
            measures = frozenset[str]().union(*worked)
            if measures and self._belongs(each, publication.until):
                kind, region = _on(each.raw, "kind", publication.until), _on(each.raw, "region", publication.until)
                found[each.id] = Seen(kind, region, measures, min(year for one in line for year in one.work))
        return found

    def _before(self, day: date) -> dict[str, list[Organisation]]:
        """Per organisation those that had ended by a day and that it continues."""
        found = defaultdict[str, list[Organisation]](list)
        for each in self.organisations.values():
            for successor in each.successors_on(day):
                found[successor].append(each)
        return found

    @staticmethod
    def _line(each: Organisation, before: Mapping[str, list[Organisation]]) -> list[Organisation]:
        """Itself, and everyone that it continues."""
        line = {each.id: each}
        for one in (waiting := [each]):
            new = [other for other in before.get(one.id, ()) if other.id not in line]
            waiting += new
            line |= {other.id: other for other in new}
        return waiting

    def _belongs(self, each: Organisation, day: date) -> bool:
        traceable = _on(each.raw, "traceable_to_persons", day)
        return _on(each.raw, "kind", day) not in self.left_out and not traceable and _endorsed(each.raw, day)

    def names_for(self, each: Organisation) -> frozenset[str]:
        """Its name, and those of whoever succeeds it."""
        after = (self.organisations[other] for other in each.successors)
        return frozenset({each.name}).union(*map(self.names_for, after))

    def met_in(self, publication: Publication) -> dict[str, frozenset[Seen]]:
        """Per organisation as whom a publication sees it at a conversation: itself, or those in its place."""
        inside, heirs = self._counted(publication)
        seen = {each: frozenset({it}) for each, it in inside.items() if each not in heirs}
        return seen | {
            each: frozenset[Seen]().union(*(seen.get(heir, ()) for heir in of)) for each, of in heirs.items()
        }

    def talks_in(self, publication: Publication) -> list[Talk]:
        """The conversations of a publication (L8): inside its period, with one of its partners at least."""
        met = self.met_in(publication)
        return [
            each
            for each in self.talks
            if publication.start <= each.day <= publication.until and not each.partners.isdisjoint(met)
        ]


def _several(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _on(raw: Raw, key: str, day: date) -> Any:  # noqa: ANN401 (a value of YAML)
    """The value of a key on a day: of the earliest entry of `before` that still held, or else the record's own.

    Of an organisation that ended before, on its last day.
    """
    day = min(day, raw.get("ended", day))
    held = sorted((each["until"], n) for n, each in enumerate(raw.get("before", ())) if key in each)
    return next((raw["before"][n][key] for until, n in held if until >= day), raw.get(key))


def _endorsed(raw: Raw, day: date) -> bool:
    endorsed, day = raw.get("endorsed"), min(day, raw.get("ended", day))
    if isinstance(endorsed, list):
        return any(each["from"] <= day <= each.get("until", date.max) for each in endorsed)
    return endorsed is not None and endorsed <= day


# --- reading ----------------------------------------------------------------------------------------------------------


def read_state(content: Path) -> State:
    """A whole `content/` as it is now."""
    agenda, vocabulary, policy = (_yaml(content / f"{name}.yaml") for name in ("agenda", "vocabulary", "policy"))
    parents = {
        each["code"]: each[up] for name, up in (("measures", "theme"), ("themes", "pillar")) for each in agenda[name]
    }
    partners = list(_records(content / "partners"))
    return State(
        agenda=Agenda(parents),
        left_out=frozenset(each["code"] for each in vocabulary["kinds"] if each.get("left_out")),
        organisations={each["id"]: _organisation(each) for each in partners},
        talks=tuple(_talk(each) for each in _records(content / "conversations") if each["context"] == "agenda"),
        p_percent=policy["p_percent"]["value"],
    )  # fmt: skip


def _organisation(raw: Raw) -> Organisation:
    return Organisation(raw["id"], raw["name"], raw.get("umbrella") or raw["id"], raw)


def _talk(raw: Raw) -> Talk:
    return Talk(raw["date"], raw["form"], frozenset(raw.get("measures", ())), frozenset(raw["partners"]))


def _records(folder: Path) -> Iterator[Raw]:
    for path in sorted(folder.glob("*.yaml")):
        made = _yaml(path)
        yield from made if isinstance(made, list) else [made]


def _yaml(path: Path) -> Any:  # noqa: ANN401 (whatever stands there)
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)  # noqa: TID251 (a stranger's own reader)
