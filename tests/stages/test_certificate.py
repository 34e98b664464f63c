"""The certificate of worlds, and the verifier that believes nothing but counting."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.adversary.test_audit_cases import CASES, examined, releases_of, truth_of
from tests.stages.some_worlds import NEXT, THIS, a_table, a_unit, files_of, hiding, release_of, units
from tests.stages.some_worlds import truth_of as truth_of_years
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.evidence import compose_certificate
from tweeluik.checks.audit.fitting import Attackers
from tweeluik.checks.audit.questions import Memory
from tweeluik.checks.audit.worlds import Publication, Records, World
from verify_certificate import Attackers as Verifier
from verify_certificate import Worlds, verify

ROOT = Path(__file__).parents[2]
ANSWERED = [
    "a small number is shown",
    "two editions over one period each hide another pair",
    "three themes of whom one partner is in two",
    "a name was published and then withdrawn",
    "an insider knows that it is not in a number",
]
"""Whose cured form answers every question."""


@cache
def certified(name: str) -> tuple[dict[str, bytes], bytes]:
    """The files of a case in its cured form, and their certificate."""
    case = CASES[name][1]
    files, (examination, worlds) = files_of(*releases_of(case)), examined(case)
    found = examination.examine(worlds)
    assert found.unanswered == ()
    return files, compose_certificate(files, truth_of(case), worlds, found.sensitive)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", ANSWERED)
def test_the_verifier_agrees_with_the_audit(name: str, tmp_path: Path) -> None:
    files, paper = certified(name)
    assert verify(json.loads(paper), written(tmp_path, files)).startswith("holds: ")


def test_it_runs_alone_with_the_standard_library(tmp_path: Path) -> None:
    files, paper = certified(ANSWERED[0])
    (tmp_path / "certificate.json").write_bytes(paper)
    site = written(tmp_path / "site", files)
    command: list[str | Path] = [
        sys.executable,
        "-I",
        ROOT / "verify_certificate.py",
        tmp_path / "certificate.json",
        site,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[:6]) == (0, "holds:")


def refuses(paper: Any, site: Path) -> str:
    with pytest.raises(SystemExit) as refused:
        verify(paper, site)
    return str(refused.value)


def test_a_question_about_more_parts_than_it_has_takes_no_memory(tmp_path: Path) -> None:
    files, paper = certified(ANSWERED[0])
    site, changed = written(tmp_path, files), json.loads(paper)
    whole = next(of for of, *_ in changed["questions"] if isinstance(of, dict))
    whole["most"] = 10**15
    assert refuses(changed, site) == "does not hold: a question is about more parts than it has"


Change = Callable[[Any], object]


def _true_unit(paper: Any) -> Any:
    return next(iter(paper["truth"]["2025/1"]["partners"].values()))


def _only(keeps: Callable[[Any], bool]) -> Change:
    def change(paper: Any) -> None:
        paper["worlds"] = [world for world in paper["worlds"] if keeps(world)]

    return change


def _in_worlds(change: Callable[[Any], Any]) -> Change:
    def every(paper: Any) -> None:
        for world in paper["worlds"]:
            for row in world:
                row[3] = change(row[3])

    return every


TAMPERED: dict[str, tuple[Change, str]] = {
    "no worlds": (_only(lambda _: False), "a number that is not shown is known"),
    "worlds that somebody excludes": (_only(lambda world: any(row[2] == "u1" for row in world)), "a question has no answer"),
    "another true record": (lambda paper: _true_unit(paper).update(codes=[["kind", "c"]]), "a world gives others"),
    "a true record less": (lambda paper: paper["truth"]["2025/1"]["partners"].pop("u1"), "a world gives others"),
    "a name more": (lambda paper: [one.update(named=True) for one in paper["truth"]["2025/1"]["partners"].values()], "a number that is not shown is known"),
    "a world that gives another number": (_in_worlds(lambda one: one and {**one, "codes": [["kind", "c"]]}), "a world gives others"),
    "records of two kinds": (_in_worlds(lambda one: one and {**one, "codes": [["kind", "a"], ["kind", "b"]]}), "a record has other categories"),
    "records of a kind that is not published": (_in_worlds(lambda one: one and {**one, "codes": [["kind", "z"]]}), "a record has other categories"),
    "everything of one holding": (_in_worlds(lambda one: one and {**one, "holding": "h0"}), "a question has no answer"),
    "a file is not listed": (lambda paper: paper["files"].clear(), "an edition was not audited"),
    "a digest of another file": (lambda paper: paper["files"].update(dict.fromkeys(paper["files"], "0" * 64)), "is another file"),
    "another kind of paper": (lambda paper: paper.update(schema="tweeluik-certificate-2"), "another kind of certificate"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_a_certificate_that_was_tampered_with_is_refused(name: str, tmp_path: Path) -> None:
    files, data = certified("a small number is shown")
    paper, (change, what) = json.loads(data), TAMPERED[name]
    before = copy.deepcopy(paper)
    change(paper)
    assert paper != before
    assert what in refuses(paper, written(tmp_path, files))


@pytest.mark.parametrize("name", ANSWERED)
def test_a_site_that_shows_one_hidden_number_is_refused(name: str, tmp_path: Path) -> None:
    files, data = certified(name)
    assert any(b'"suppressed"' in each for each in files.values())
    for path in files:
        record = json.loads(files[path])
        hidden = [cell for table in record["tables"] for cell in table["cells"] if cell["status"] == "suppressed"]
        for cell in hidden:
            cell.update(value=0, status="shown")
            changed = {**files, path: json.dumps(record).encode()}
            paper = json.loads(data)
            paper["files"] = {name: sha256(each).hexdigest() for name, each in changed.items()}
            assert refuses(paper, written(tmp_path, changed))
            cell.update(value=None, status="suppressed")


Moved = Mapping[tuple[Publication, str], str]


def verdict(folder: Path, *moves: Moved) -> str:
    """Of kind a two and of kind b ten, the same in two years and hidden in both; worlds that move some of them."""
    truth = truth_of_years(y2025=units((2, "kind:a"), (10, "kind:b")), y2026=units((2, "kind:a"), (10, "kind:b")))
    releases = []
    for key, records in truth.items():
        days = {"period_from": date(int(key[0]), 1, 1), "period_until": date(int(key[0]), 12, 31)}
        hidden = a_table(records, "soort", "partners", "kind", hides=hiding(soort="a b"))
        releases.append(release_of(key, hidden, **days))
    worlds = [
        World({at: a_unit(f"kind:{code}", f"h{at[1][1:]}") for at, code in move.items()})
        for move in moves
    ]  # fmt: skip
    files = files_of(*releases)
    paper = json.loads(compose_certificate(files, truth, worlds, []))
    site = written(folder, files)
    try:
        return verify(paper, site)[:6]
    except SystemExit as refused:
        return str(refused)


def test_who_knows_that_a_set_stood_still_is_answered_by_worlds_in_which_it_does(tmp_path: Path) -> None:
    """Worlds that move organisations in one year alone are excluded by whoever knows that nobody moved."""
    groups = ["u0 u1", "u0", "u1", *(" ".join(f"u{n}" for n in trio) for trio in ((2, 3, 4), (5, 6, 7), (8, 9, 10)))]
    turned = [{name: "b" if name in {"u0", "u1"} else "a" for name in group.split()} for group in groups]
    years = (("2025", 1), ("2026", 1))
    in_both = [{(year, name): code for name, code in each.items() for year in years} for each in turned]
    in_one = [{(year, name): code for name, code in each.items()} for each in turned for year in years]
    assert verdict(tmp_path / "both", *in_both) == "holds:"
    assert verdict(tmp_path / "one", *in_one).endswith("a question has no answer")


def test_a_number_is_enough_by_the_threshold_that_it_was_published_with(tmp_path: Path) -> None:
    files, paper = certified(ANSWERED[0])
    site, said = written(tmp_path, files), json.loads(paper)
    for path in site.glob("edities/**/release.json"):
        path.write_bytes(path.read_bytes().replace(b'"threshold": 2', b'"threshold": 9'))
        said["files"][path.relative_to(site).as_posix()] = sha256(path.read_bytes()).hexdigest()
    assert "a question has no answer" in refuses(said, site)


def test_who_went_to_another_holding_knows_itself_in_all_years_to_the_verifier_too() -> None:
    here = units((2, "kind:a"), (2, "kind:b"))
    truth = {THIS: Records(here, {}), NEXT: Records(here | {"u0": a_unit("kind:a", "h9")}, {})}
    world = World({(NEXT, "u0"): None})
    paper = json.loads(compose_certificate({}, truth, [world], ()))
    (_, able), audit = (
        Verifier(Worlds(paper), "ever", [True, True]).able,
        Attackers(Counting(truth, [world]), Memory.EVER),
    )
    assert set(audit.names_in(audit.untouched[1])) == {"", "h1", "h2", "h3"}
    assert able.bit_count() == audit.untouched[1].bit_count()


def test_the_same_audit_gives_the_same_bytes() -> None:
    files, data = certified(ANSWERED[0])
    certified.cache_clear()
    assert certified(ANSWERED[0]) == (files, data)


def test_what_is_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "certificate.json").write_bytes(b"[]")
    command: list[str | Path] = [
        sys.executable,
        "-I",
        ROOT / "verify_certificate.py",
        tmp_path / "certificate.json",
        tmp_path,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "does not hold: the certificate or the site cannot be read\n")
