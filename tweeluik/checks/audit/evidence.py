"""The certificate: the true records and other worlds, and the questions that they answer, for a verifier that counts.

It shows what is sensitive, so it stays with the confidential side. Ids in it are numbers of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from tweeluik.checks.audit.answers import Demand, Wanted
from tweeluik.checks.audit.lines import NO_LINES, Lines, meaning
from tweeluik.checks.audit.questions import Asked, Expression, Label, Question
from tweeluik.checks.audit.worlds import Pair, Publication, Records, Talk, Truth, Unit, World

SCHEMA = "tweeluik-certificate-5"

Sensitive = Sequence[tuple[Question, Demand]]
"""Questions, and what each asks of the worlds."""

READ = (".html", ".csv", ".ods", "release.json")
"""The files of an edition that numbers were read from."""


def compose_certificate(
    files: Mapping[str, bytes], truth: Truth, worlds: Sequence[World], sensitive: Sensitive, *,
    forgotten: frozenset[Publication] = frozenset(), lines: Lines = NO_LINES,
) -> bytes:  # fmt: skip
    """The certificate as JSON, the same bytes for the same audit; `worlds` are those that fit."""
    paper = _Paper(truth, worlds)
    said = {
        "schema": SCHEMA,
        "files": {path: sha256(files[path]).hexdigest() for path in sorted(files) if _is_read(path)},
        "forgotten": [_key(publication) for publication in sorted(forgotten)],
        "lines": _lines(truth, lines),
        "truth": {_key(publication): paper.records(truth[publication]) for publication in sorted(truth)},
        "worlds": [paper.world(world) for world in worlds],
        "questions": [
            paper.question(question, demand) for question, demand in sensitive if question.asked is not Asked.DOUBT
        ],
    }
    return (json.dumps(said, separators=(",", ":")) + "\n").encode()


def _lines(truth: Truth, lines: Lines) -> Mapping[str, Sequence[str]]:
    """Per category ("kind code") that continues another, is continued or takes others together the lines behind it."""
    units = (unit.codes for records in truth.values() for unit in records.units.values())
    pairs = frozenset[Pair](lines).union(*dict.fromkeys(units))
    meant = ((pair, *meaning(frozenset({pair}), lines)) for pair in sorted(pairs))
    return {f"{name} {code}": [name, *sorted(of)] for (name, code), (_, of) in meant if of != frozenset({code})}


def _is_read(path: str) -> bool:
    return path.startswith("edities/") and path.endswith(READ)


def _key(publication: Publication) -> str:
    return f"{publication[0]}/{publication[1]}"


class _Paper:
    """Puts records and questions into JSON, every id a number."""

    def __init__(self, truth: Truth, worlds: Sequence[World]) -> None:
        units = {name: unit for records in truth.values() for name, unit in records.units.items()}
        others = [unit for world in worlds for unit in world.units.values() if unit is not None]
        talks = [talk for records in truth.values() for talk in records.talks.values()]
        talks += [talk for world in worlds for talk in world.talks.values() if talk is not None]
        known = {each.holding for records in truth.values() for each in records.units.values()}
        holdings = known.union((each.holding for each in others), *(talk.holdings for talk in talks))
        names = units.keys() | {name for world in worlds for _, name in world.units}
        said = {name for records in truth.values() for name in records.talks} | {n for w in worlds for _, n in w.talks}
        self._unit, self._holding, self._talk = (
            _numbered(each, letter) for each, letter in ((names, "u"), (holdings, "h"), (said, "t"))
        )
        self._attackers = (
            "",
            *sorted(known.union(*(talk.holdings for records in truth.values() for talk in records.talks.values()))),
        )

    def records(self, records: Records) -> dict[str, Any]:
        """Those of a publication."""
        return {
            "partners": {self._unit[name]: self._of_unit(records.units[name]) for name in sorted(records.units)},
            "conversations": {self._talk[name]: self._of_talk(records.talks[name]) for name in sorted(records.talks)},
        }

    def world(self, world: World) -> list[list[Any]]:
        """What is counted, publication, id, and the record there or null."""
        units = (
            ["partners", _key(key), self._unit[name], None if unit is None else self._of_unit(unit)]
            for (key, name), unit in sorted(world.units.items(), key=lambda item: item[0])
        )
        talks = (
            ["conversations", _key(key), self._talk[name], None if talk is None else self._of_talk(talk)]
            for (key, name), talk in sorted(world.talks.items(), key=lambda item: item[0])
        )
        return [*units, *talks]

    def _of_unit(self, unit: Unit) -> dict[str, Any]:
        return {"holding": self._holding[unit.holding], "named": unit.named, "codes": sorted(unit.codes)}

    def _of_talk(self, talk: Talk) -> dict[str, Any]:
        units, holdings = sorted(self._unit[u] for u in talk.units), sorted(self._holding[h] for h in talk.holdings)
        return {"units": units, "holdings": holdings, "codes": sorted(talk.codes), "month": talk.month}

    def question(self, question: Question, demand: Demand) -> list[Any]:
        """The set, what is asked, the sets taken for one, and of a group to whom it says anything new."""
        same = [_expression(each) for each in question.same]
        who = {name for each in demand.wanted for name in self._names(each)} if question.asked is Asked.SOMEBODY else ()
        return [_expression(question.of), question.asked.value, same, sorted(who)]

    def _names(self, wanted: Wanted) -> Iterable[str]:
        told = (name for i, name in enumerate(self._attackers) if wanted.attackers >> i & 1)
        return (self._holding[name] if name else "" for name in told)


def _numbered(names: Iterable[str], letter: str) -> Mapping[str, str]:
    return {name: f"{letter}{i}" for i, name in enumerate(sorted(names))}


def _expression(of: Expression) -> Any:  # noqa: ANN401 (JSON is anything)
    if isinstance(of, Label):
        return [_key(of.publication), *(of.pair or ())]
    return {"of": [_expression(part) for part in of.parts], "least": of.least, "most": of.most}
