"""The codes that a source defines, each with what people call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tweeluik.source.drafts import AgendaDraft
from tweeluik.source.reading import Reading
from tweeluik.source.records import Edition, Partner, Vocabulary

Codes = Mapping[str, Mapping[str, str]]
"""Per target (`kind`, `measure`, `edition`, …) the label of every code."""


class Labelled(NamedTuple):
    """A code of a target, and its label."""

    target: str
    code: str
    label: str


def labelled(reading: Reading) -> Iterator[Labelled]:
    """Every code that has a label, in the order of the files."""
    for vocabulary in reading.all(Vocabulary):
        record = vocabulary.record
        for target, terms in (("kind", record.kinds), ("region", record.regions), ("form", record.forms)):
            yield from (Labelled(target, each.code, each.label) for each in terms)
    for found in reading.all(AgendaDraft):
        yield Labelled(found.record.level, found.record.code, found.record.label)
    for edition in reading.all(Edition):
        yield Labelled("edition", Path(edition.node.place.file).stem, edition.record.title)


def codes_of(reading: Reading, *, names: bool) -> Codes:
    """All codes that could be read, and the ids of organisations with their names, or without (`names`)."""
    found: dict[str, dict[str, str]] = {}
    for target, code, label in labelled(reading):
        found.setdefault(target, {})[code] = label
    for partner in reading.all(Partner):
        found.setdefault("partner", {})[partner.record.id] = partner.record.name if names else ""
    return {target: dict(sorted(codes.items())) for target, codes in found.items()}
