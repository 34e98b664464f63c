"""Memories under another key: found again in the source while it says the same, and refused when it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import a_collaboration, a_conversation, a_partner, a_source, a_table
from tests.stages.test_worlds import YEAR_2026, final
from tweeluik.confidential.at_rest.remembering import keep_key
from tweeluik.protection.rejoining import find_strangers, rejoin
from tweeluik.selection.microdata import Microdata, microdata
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import KEY_FILE, SEALED
from tweeluik.source.records import Source

YEARS = (a_collaboration(2025, "1.1a"), a_collaboration(2026, "1.1a"))
BY_KIND, BY_FORM = (
    replace(a_table(*asked), id=asked[1]) for asked in (("partners", "kind"), ("conversations", "form"))
)
EDITIONS = (final(BY_KIND, BY_FORM), replace(final(BY_KIND, BY_FORM), id="2026", period=YEAR_2026))
ONE, OTHER = "a" * 64, "b" * 64


def with_key(key: str | None, *more: str) -> Source:
    """Four organisations of two kinds, two of them one holding, that met twice; and whoever came since."""
    kinds = {
        "p-1": "stichting",
        "p-2": "stichting",
        "p-3": "vereniging",
        "p-4": "vereniging",
        **dict.fromkeys(more, "stichting"),
    }
    umbrella = {"p-4": "p-1"}
    members = (
        a_partner(each, kind=kind, collaborations=YEARS, umbrella=umbrella.get(each)) for each, kind in kinds.items()
    )
    talks = (a_conversation(date(2025, 2, 3), "p-1", "p-3"), a_conversation(date(2025, 5, 3), "p-2"))
    return replace(a_source(tuple(members), talks), editions=EDITIONS, protection_key=key)  # fmt: skip


def remembered(source: Source, year: str = "2025") -> dict[tuple[str, int], Microdata]:
    edition = next(each for each in source.editions if each.id == year)
    return {(year, 1): replace(microdata(source, select(source, edition), secret_of(source)), version=1)}


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_under_the_same_key_a_memory_is_what_it_is(year: str) -> None:
    memories = remembered(with_key(ONE), year)
    later = with_key(ONE, "p-5")
    assert rejoin(later, memories) == memories
    assert list(find_strangers(later, memories)) == []


def test_of_all_who_were_in_it_one_that_is_left_tells_that_the_key_is_the_same() -> None:
    memories, source = remembered(with_key(ONE)), with_key(ONE)
    assert list(find_strangers(replace(source, partners=source.partners[:1]), memories)) == []


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_under_another_key_it_is_made_anew_while_the_source_says_the_same(year: str) -> None:
    later = with_key(OTHER)
    memories = rejoin(later, remembered(with_key(ONE), year))
    assert memories == remembered(later, year)
    assert list(find_strangers(later, memories)) == []


@pytest.mark.parametrize(
    ("old", "new"), [(ONE, OTHER), (ONE, None), (None, ONE), (None, None)], ids=["other", "gone", "late", "never"]
)
def test_under_another_key_it_is_refused_when_the_source_says_otherwise(old: str | None, new: str | None) -> None:
    later = with_key(new, "p-5")
    found = rejoin(later, remembered(with_key(old)))
    (problem,) = find_strangers(later, found)
    assert (problem.place.file, problem.what) == (KEY_FILE, "not the key with which version 1 of 2025 was published")


@pytest.mark.parametrize(
    "change",
    [
        lambda source: replace(source, conversations=source.conversations[1:]),
        lambda source: replace(source, conversations=(replace(source.conversations[0], partners=("p-1", "p-2")), source.conversations[1])),
        lambda source: replace(source, partners=(*source.partners[:3], replace(source.partners[3], umbrella=None))),
        lambda source: replace(source, partners=(*source.partners[:3], replace(source.partners[3], kind="stichting"))),
        lambda source: replace(source, editions=source.editions[1:]),
    ],
    ids=["a talk less", "another at the table", "no umbrella", "another kind", "no such edition"],
)  # fmt: skip
def test_the_same_is_all_that_the_records_say(change: object) -> None:
    later = change(with_key(OTHER))  # type: ignore[operator]
    assert len(list(find_strangers(later, rejoin(later, remembered(with_key(ONE)))))) == 1


def test_who_counted_nobody_has_nobody_to_find_again() -> None:
    nobody = replace(with_key(ONE), partners=(), conversations=())
    assert list(find_strangers(with_key(OTHER), remembered(nobody))) == []


def test_a_key_is_kept_once_in_clear_or_sealed(tmp_path: Path) -> None:
    assert keep_key(tmp_path, ONE, None) == tmp_path / KEY_FILE
    assert (tmp_path / KEY_FILE).read_text("utf-8") == f"{ONE}\n"
    (tmp_path / f"partners.yaml{SEALED}").touch()  # records lie sealed, so the key does
    sealed = keep_key(tmp_path, OTHER, lambda data: data[::-1])
    assert (sealed.name, sealed.read_bytes()) == (f"{KEY_FILE}{SEALED}", f"{OTHER}\n".encode()[::-1])
    with pytest.raises(FileExistsError):
        keep_key(tmp_path, OTHER, None)
    assert (tmp_path / KEY_FILE).read_text("utf-8") == f"{ONE}\n"
