"""The example is invented and says so, is what its maker makes, and has the shape of the real thing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tools.example.organisations import GOVERNMENT
from tools.example.words import LOCAL, NATIONAL, PLACES, WORDS
from tools.make_example import SEED, make_example
from tweeluik.record.model import Reference
from tweeluik.record.register import read_published
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate
from tweeluik.source.load import read_source, read_unjudged
from tweeluik.source.organisations import find_questions
from tweeluik.source.records import TRAITS, Edition, Partner, Source

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
GOLDEN = ROOT / "tests" / "golden" / "content"
WRITTEN_BY_OTHERS = ("published/", "protection.key")


@cache
def example() -> Source:
    return read_source(CONTENT)


# --- the maker --------------------------------------------------------------------------------------------------------


def test_the_committed_content_is_exactly_what_the_maker_makes() -> None:
    made = {name: text.encode() for name, text in make_example(SEED).items()}
    there = {path.relative_to(CONTENT).as_posix(): path.read_bytes() for path in CONTENT.rglob("*") if path.is_file()}
    assert {name: data for name, data in there.items() if not name.startswith(WRITTEN_BY_OTHERS)} == made


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-m", "tools.make_example", str(tmp_path)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    written = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes().decode()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert written == make_example(SEED)


def test_another_seed_gives_other_organisations_around_the_same_texts() -> None:
    here, there = make_example(SEED), make_example(SEED + 1)
    differs = {name.split("/")[0] for name in here if here[name] != there[name]}
    assert here.keys() == there.keys()
    assert differs == {"partners", "conversations"}


@pytest.mark.parametrize("seed", [100, 103, *(pytest.param(n, marks=pytest.mark.long) for n in (101, 102, 104, 105))])
def test_any_seed_makes_a_source_without_problems_but_for_few_names_that_are_alike(seed: int, tmp_path: Path) -> None:
    for name, text in make_example(seed).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    partners = read_unjudged(tmp_path).partners
    assert len(partners) == len(example().partners)
    assert len(find_questions(partners)) <= len(partners) / 50


# --- invented, and says so --------------------------------------------------------------------------------------------


def test_every_file_that_can_hold_a_comment_begins_by_saying_that_it_is_invented() -> None:
    texts = {name: text for name, text in make_example(SEED).items() if not name.endswith(".csv")}
    silent = [
        name for name, text in texts.items() if not text.removeprefix("---\n").startswith("# Verzonnen voorbeeld")
    ]
    assert len(texts) > 15
    assert silent == []


def test_the_page_about_the_site_says_so_in_its_first_words() -> None:
    about = next(page for page in example().pages if page.slug == "over")
    assert "verzonnen" in about.text[:200]


def test_the_title_on_every_page_says_so() -> None:
    assert "voorbeeld" in example().report.title


def test_every_name_is_made_from_an_invented_place_or_word_or_from_the_list_of_invented_national_names() -> None:
    invented = {*WORDS, *(place for places in PLACES.values() for place in places)}
    national = {name for names in NATIONAL.values() for name in names}
    assert [
        each.place for each in example().partners if each.name not in national and not _has_any(each.name, invented)
    ] == []


def _has_any(name: str, words: set[str]) -> bool:
    return any(word in name for word in words)


def test_registration_numbers_are_of_a_form_that_was_never_given_out() -> None:
    numbers = [each.registration for each in example().partners if each.registration]
    assert len(numbers) > 50
    assert all(number.startswith("00") and len(number) == 8 for number in numbers)


# --- what was published -----------------------------------------------------------------------------------------------


def test_two_years_are_published_whole_and_one_as_far_as_it_went() -> None:
    published = read_published(CONTENT)
    told = [(entry.edition, entry.status, published.register[entry.edition][0].as_of) for entry in published.log]
    assert told == [
        ("gesprekspartners-2023-2024", "final", None),
        ("2025", "final", None),
        ("2026", "final", None),
        ("2027", "provisional", date(2027, 6, 30)),
    ]
    assert published.register["2026"][0].compared == Reference("2025", 1)
    assert published.register["2027"][0].compared is None


# --- the shape of the real thing --------------------------------------------------------------------------------------


def test_size() -> None:
    source = example()
    assert 170 <= len(source.partners) <= 190
    assert 2700 <= len(source.conversations) <= 2900
    assert {each.date.year for each in source.conversations} == {2023, 2024, 2025, 2026, 2027}
    assert [each.label for each in source.agenda.pillars] == [
        "De normen en waarden van onze open en vrije samenleving",
        "Nieuwkomers aan het werk",
    ]
    assert len({each.code for each in source.agenda.themes}) == 8
    assert len({each.code for each in source.agenda.measures}) == 24


def test_it_holds_every_sort_of_organisation_that_a_rule_is_about() -> None:
    partners = example().partners
    umbrellas = Counter(each.umbrella for each in partners if each.umbrella)
    assert len(umbrellas) >= 4
    assert max(umbrellas.values()) >= 4
    assert sum(each.kind in GOVERNMENT for each in partners) >= 15
    assert sum(each.traceable_to_persons for each in partners) == 9
    assert sum(bool(each.aliases) for each in partners) >= 20
    assert sum(not each.endorsed and bool(each.collaborations) for each in partners) >= 2


def test_it_has_a_past() -> None:
    """Of every sort of change there is one, and none of them shows in the edition before it."""
    source = example()
    changed = {
        trait
        for each in source.partners
        for former in each.before
        for trait in TRAITS
        if getattr(former, trait) is not None
    }
    assert changed == {"name", "kind", "region", "traceable_to_persons"}
    assert sum(each.endorsed[-1].until is not None for each in source.partners if each.endorsed) == 1
    assert sum(len(each.endorsed) > 1 for each in source.partners) == 1
    assert sum(bool(each.successors) for each in source.partners) == 2
    regions = [
        {each.region for each in select(source, _edition(edition)).partners} & {"NL31", "NL33", "NL35", "NL36"}
        for edition in ("2025", "2026")
    ]
    assert regions == [{"NL31", "NL33"}, {"NL35", "NL36"}]


@pytest.mark.parametrize("trait", ["é", "&", "'", "-", "Samen", "Het Begint met Soep", ".example"])
def test_names_have_what_makes_names_hard(trait: str) -> None:
    assert any(trait in each.name for each in example().partners)


def test_a_name_is_the_beginning_of_another() -> None:
    names = {each.name for each in example().partners}
    assert any(other.startswith(f"{name} ") for name in names for other in names)


def test_the_patterns_cover_every_kind() -> None:
    kinds = {term.code for term in example().vocabulary.kinds}
    assert set(LOCAL) == kinds
    assert set(NATIONAL) <= kinds


def test_partners_come_and_go_between_the_years() -> None:
    first, second = _members("2025"), _members("2026")
    assert 95 <= len(first) <= 125
    assert 110 <= len(second) <= 130
    assert first - second
    assert 5 <= len(second - first) <= 20


def _members(edition: str) -> set[str]:
    source = example()
    return {each.id for each in select(source, _edition(edition)).partners}


def _edition(edition: str) -> Edition:
    return next(each for each in example().editions if each.id == edition)


def test_every_rule_leaves_someone_out() -> None:
    source = example()
    rules = {(each.id, left.rule.number) for each in source.editions for left in select(source, each).left_out}
    lists = ("gesprekspartners-2023-2024", "gesprekspartners-2025-2026")
    expected = {(each, number) for each in lists for number in ("L1", "L2", "L3")}
    expected |= {(year, number) for year in ("2025", "2026", "2027") for number in ("L2", "L3", "L6", "L7")}
    assert rules == expected


def test_some_numbers_are_too_small_to_show() -> None:
    source, edition = example(), _edition("2025")
    values = {
        table.spec.id: [len(members) for members in table.cells.values()]
        for table in tabulate(source, select(source, edition))
    }
    assert {name for name in ("soort", "regio", "thema") if any(0 < value < 5 for value in values[name])} == {
        "soort",
        "regio",
        "thema",
    }


def test_partners_are_named_with_consent_and_one_withdrew() -> None:
    named = [naming for each in example().partners for naming in each.named_in]
    assert sum(each.edition == "2025" and each.withdrawn is None for each in named) == 6
    assert sum(each.withdrawn is not None for each in named) == 1
    assert all(_is_partner_in_its_editions(each) for each in example().partners)


def _is_partner_in_its_editions(partner: Partner) -> bool:
    return all(partner.id in _members(naming.edition) for naming in partner.named_in)


def test_the_golden_content_is_a_source_without_problems() -> None:
    source = read_source(GOLDEN)
    assert {each.id for each in source.editions} == {"gesprekspartners", "2025", "2026"}
    assert len(source.partners) == 24
