"""The public certificate: made from public records alone, and true of every number that is not shown exactly."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.adversary.test_audit_oracle import some_partners, worlds
from tests.stages.a_publication import a_publication
from tests.stages.an_audit import KIND, PILLAR, REGION, a_table, an_edition, counted, files_of, rounded
from tests.templates import PUBLIC
from tweeluik.checks.audit.outsider import prove
from tweeluik.checks.audit.published import read_editions
from tweeluik.pipeline import outsider
from tweeluik.problems import UnsafeTables
from tweeluik.public.site import render_site
from tweeluik.record.cell import TOTAL, Codes
from tweeluik.record.model import Release

pytestmark = pytest.mark.usefixtures("drawn_once")

PARTNERS = [
    {"kind": kind, "region": region, "pillar": pillar}
    for kind, region, pillar, times in [
        ("a", "n", "1", 4),
        ("b", "z", "1 2", 3),
        ("b", "n", "2", 6),
        ("c", "z", "1", 2),
    ]
    for _ in range(times)
]


def records(*releases: Release) -> dict[str, bytes]:
    return {path: data for path, data in files_of(*releases).items() if path.endswith("release.json")}


def proof(*releases: Release) -> Any:
    return json.loads(prove(records(*releases))["edities/2025/proof.json"])


def spans(made: Any) -> dict[tuple[str, ...], tuple[int, int]]:
    """Per set of codes the least and the greatest."""
    columns = list(zip(*made["tables"], strict=True))
    return {
        tuple(code for _, code in pairs): (columns[i][low], columns[i][high])
        for i, ((_, pairs), (low, high, *_)) in enumerate(zip(made["numbers"], made["shown"], strict=True))
    }


@pytest.mark.parametrize("number", range(20))
def test_it_tells_the_least_and_the_greatest_that_brute_force_finds(number: int) -> None:
    chance = random.Random(number)
    sides = (KIND, chance.choice((REGION, PILLAR)))
    truth = counted(some_partners(chance), sides)
    hidden = sorted(chance.sample(sorted(set(truth) - {(TOTAL, TOTAL)}), 6))
    possible = worlds(truth, hidden, sides, {})
    found = spans(proof(an_edition(a_table(truth, sides, hidden))))
    for codes in hidden:
        names = tuple(code for code in codes if code != TOTAL)
        assert found.get(names, (truth[codes],) * 2) == (possible[codes].min(), possible[codes].max())


def test_a_rounded_number_has_its_window() -> None:
    table = rounded(a_table(counted(PARTNERS, (PILLAR,)), (PILLAR,)))
    assert spans(proof(an_edition(table, rounding_base=5)))["1",] == (6, 14)


def test_it_names_the_record_it_is_about() -> None:
    made = proof(an_edition(a_table(counted(PARTNERS, (KIND,)), (KIND,), [("a",), ("b",)]), version=3))
    assert (made["schema"], made["edition"], made["version"]) == ("tweeluik-proof-1", "2025", 3)
    assert made["numbers"] == [["partners", [["kind", "a"]]], ["partners", [["kind", "b"]]]]
    assert {len(table) for table in made["tables"]} == {2}


def test_what_nothing_bounds_may_be_more() -> None:
    made = proof(an_edition(a_table(counted(PARTNERS, (KIND,)), (KIND,), [("a",), (TOTAL,)])))
    assert [more for *_, more in made["shown"]] == [True, True]


def test_what_is_named_of_hidden_numbers_may_add_up_to_more_than_any_bound() -> None:
    truth = dict[Codes, int]({("a",): 21, ("b",): 21, ("c",): 21, (TOTAL,): 63})
    named = {codes: 20 for codes in truth if codes != (TOTAL,)}
    made = proof(an_edition(replace(a_table(truth, (KIND,), truth), named=named), threshold=3))
    assert {low for low, _ in spans(made).values()} == {20, 60}
    assert all(more for *_, more in made["shown"])


def test_numbers_that_no_table_fits_have_no_certificate() -> None:
    truth = dict[Codes, int]({("a",): 20, ("b",): 19, ("c",): 8, (TOTAL,): 40})
    with pytest.raises(ValueError, match="no table fits"):
        proof(
            an_edition(
                replace(a_table(truth, (KIND,), [("a",), ("b",), ("c",)]), named={("a",): 20, ("b",): 19, ("c",): 8})
            )
        )


def test_of_an_edition_too_large_to_try_all_it_does_not_say_that_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    sides, hidden = (KIND, REGION), [("a", "n"), ("a", "z"), ("b", "n"), ("b", "z"), ("c", "n"), ("c", "z")]
    edition = an_edition(a_table(counted(PARTNERS, sides), sides, hidden))
    whole = proof(edition)
    monkeypatch.setattr("tweeluik.checks.audit.extremes.EACH", 2)
    part = proof(edition)
    assert not any(less or more for *_, less, more in whole["shown"])
    for codes, (low, high) in spans(part).items():
        assert spans(whole)[codes][0] <= low < high <= spans(whole)[codes][1]
    assert all(more for *_, more in part["shown"])


def test_an_edition_without_tables_has_none() -> None:
    assert prove(records(an_edition())) == {}


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        prove({"edities/2025/release.json": b"{}"})


# --- a program of its own ---------------------------------------------------------------------------------------------


def some_records() -> dict[str, bytes]:
    return records(an_edition(a_table(counted(PARTNERS, (KIND, REGION)), (KIND, REGION), [("b", "n"), ("b", "z"), ("c", "n"), ("c", "z")])))  # fmt: skip


def test_the_build_and_whoever_has_the_site_make_the_same_bytes(tmp_path: Path) -> None:
    for path, data in some_records().items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes(data)
    made = outsider.prove_outside(some_records())
    command = [sys.executable, "-m", outsider.PROGRAM, str(tmp_path)]
    for seed in ("1", "2"):
        settings = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        printed = subprocess.run(command, env=settings, capture_output=True, check=True).stdout
        assert {path: text.encode() for path, text in json.loads(printed).items()} == made


def test_the_other_program_is_given_the_public_records_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def run(command: list[str], **options: Any) -> Any:
        given.update(options, command=command)
        return subprocess.CompletedProcess(command, 0, stdout=b"{}")

    monkeypatch.setenv("GEHEIM", "Stichting Vlierhuis")
    monkeypatch.setattr("subprocess.run", run)
    outsider.prove_outside(some_records())
    assert json.loads(given["input"]) == {path: data.decode() for path, data in some_records().items()}
    assert set(given["env"]) <= {"SYSTEMROOT", "TMPDIR", "TEMP"}
    assert "Vlierhuis" not in repr(given)


def test_without_records_no_program_is_started() -> None:
    assert outsider.prove_outside({}) == {}


def test_a_program_that_fails_stops_the_build() -> None:
    with pytest.raises(UnsafeTables):
        outsider.prove_outside({"edities/2025/release.json": b"{}"})


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_tells_what_everyone_can_work_out() -> None:
    publication = a_publication()
    bare = render_site(publication, PUBLIC)
    taken = {path: data for path, data in bare.items() if path.endswith("release.json")}
    site = render_site(publication, PUBLIC, prove(taken))
    page = site["wat-kan-iemand-weten/index.html"].decode()
    editions = [each for each in read_editions(taken)[0] if each.tables]
    assert all(f'data-narekenen="../edities/{each.id}/"' in page for each in editions)
    assert page.count("niet getoond") >= 1
    assert "edities/2025/proof.json" in site["manifest.txt"].decode()
    assert "wat-kan-iemand-weten/" in site["sitemap.xml"].decode()
    assert "wat-kan-iemand-weten" in site["methode/index.html"].decode()
    assert "wat-kan-iemand-weten/index.html" not in bare
    read = LexborHTMLParser(page)
    heads = [each.text() for each in read.css("tbody th")]
    assert "Totaal" in heads
    assert "Totaal, Totaal" not in heads
    folds = read.css("details")
    assert len(folds) == len(read.css("table")) > 2
    assert ["open" in each.attributes for each in folds] == [True, *[False] * (len(folds) - 1)]
