"""The shipped example goes on: published year after year by the program as it is, and corrected, it is never refused.

What it says was published is not looked at: the records of these editions are made anew, one beside the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tweeluik.door.release import release
from tweeluik.pipeline.content import only
from tweeluik.problems import Place
from tweeluik.protection.agreement import numbered
from tweeluik.protection.beside import Memories
from tweeluik.protection.editions import prove_editions
from tweeluik.record.cell import Rounded, Shown, Suppressed
from tweeluik.record.model import Release
from tweeluik.selection.microdata import microdata
from tweeluik.selection.secret import secret_of
from tweeluik.source.load import read_source
from tweeluik.source.records import Correction, Edition, Partner, Source

EXAMPLE = Path(__file__).parents[2] / "content"
MOST_HIDDEN = 0.35
"""Of all numbers, in the edition that hides some."""


def published(source: Source, edition: str, before: dict[str, tuple[Release, ...]], memories: Memories) -> Memories:
    """The next version of an edition, in the register, a concept as far as it goes; and the memories with it."""
    source = numbered(source, before)
    (asked,) = (each for each in source.editions if each.id == edition)
    (protected,) = prove_editions(only(source, (asked,)), before, memories).editions
    made = release(source, protected)
    made = replace(made, status="provisional") if made.status == "concept" else made
    before[edition] = (*before.get(edition, ()), made)
    memory = replace(microdata(source, protected.selection, secret_of(source)), version=made.version)
    return {**memories, (edition, made.version): memory}


def hidden(made: Release) -> float:
    cells = [each for table in made.tables for each in table.cells.values()]
    assert all(isinstance(each, Shown | Rounded | Suppressed) for each in cells)
    return sum(isinstance(each, Suppressed) for each in cells) / len(cells)


def worked_elsewhere(partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """The partners, of whom one turns out to have worked on another measure in 2025."""
    first, *others = partners
    measures = {measure for each in others for work in each.collaborations for measure in work.measures}
    own = {measure for work in first.collaborations for measure in work.measures}
    other = min(measures - own)
    work = tuple(replace(each, measures=(other,)) if each.year == 2025 else each for each in first.collaborations)
    return (replace(first, collaborations=work), *others)


def with_correction(source: Source, edition: str) -> tuple[Edition, ...]:
    told = Correction(2, date(2027, 8, 1), "Een partner stond bij een verkeerd thema.", Place("editions/2025.yaml"))
    return tuple(replace(each, corrections=(told,)) if each.id == edition else each for each in source.editions)


@pytest.mark.long
def test_it_is_published_and_published_on_and_corrected() -> None:
    source, before = read_source(EXAMPLE), dict[str, tuple[Release, ...]]()
    memories = published(source, "2025", before, {})
    assert hidden(before["2025"][0]) < MOST_HIDDEN
    memories = published(source, "2026", before, memories)
    assert hidden(before["2026"][0]) == 0
    in_agenda = sorted(source.partners, key=lambda each: not any(work.year == 2025 for work in each.collaborations))
    corrected = replace(source, partners=worked_elsewhere(in_agenda), editions=with_correction(source, "2025"))
    beside = dict(before)
    published(corrected, "2025", beside, memories)
    assert len(beside["2025"]) == 2
    assert hidden(beside["2025"][1]) < MOST_HIDDEN
    goes_on_in_its_third_year(source, before, memories)


def goes_on_in_its_third_year(source: Source, before: dict[str, tuple[Release, ...]], memories: Memories) -> None:
    """As far as it went, and then whole."""
    memories = published(source, "2027", before, memories)
    whole = tuple(replace(each, status="final", as_of=None) if each.id == "2027" else each for each in source.editions)
    published(replace(source, editions=whole), "2027", before, memories)
    assert [each.status for each in before["2027"]] == ["provisional", "final"]
    assert [hidden(each) for each in before["2027"]] == [0, 0]
