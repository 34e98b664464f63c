"""Markers: a text of its own in every confidential field, and in no file, message or log of a build, good or broken."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def word(number: int) -> str:
    """A word that no page holds."""
    return "q" + hashlib.sha256(bytes([number])).hexdigest().translate(str.maketrans("0123456789", "ghjklmnpqr"))[:9]


def changed(content: Path, choose: Callable[[dict[str, Any]], bool], **values: Any) -> None:
    """Change the first organisation that is chosen."""
    path = content / "partners" / "partners.yaml"
    found = yaml.safe_load(path.read_text("utf-8"))  # noqa: TID251 (a file of this test)
    chosen = next(each for each in found if choose(each))
    old = chosen["id"]
    chosen.update(values)
    path.write_text(yaml.safe_dump(found, allow_unicode=True), "utf-8")
    for each in [*(content / "partners").iterdir(), *(content / "conversations").iterdir()]:
        each.write_text(each.read_text("utf-8").replace(old, chosen["id"]), "utf-8")


def is_never_named(partner: dict[str, Any]) -> bool:
    return "named_in" not in partner and "umbrella" not in partner and partner["name"] != "Samen"


def has_withdrawn(partner: dict[str, Any]) -> bool:
    return any("withdrawn" in each for each in partner.get("named_in", ()))


def into_organisation(content: Path) -> None:
    names = {"name": f"Huis {word(0)}", "aliases": [word(1), f"{word(2)} Zuid"]}
    changed(content, is_never_named, **names, registration="81726354", id=word(3))


def into_withdrawn_name(content: Path) -> None:
    changed(content, has_withdrawn, name=f"Stichting {word(4)}")


def into_policy(content: Path) -> None:
    path = content / "policy.yaml"
    policy = yaml.safe_load(path.read_text("utf-8"))  # noqa: TID251
    policy["p_percent"]["source"] = word(5)
    path.write_text(yaml.safe_dump(policy, allow_unicode=True), "utf-8")


def into_key(content: Path) -> None:
    (content / "protection.key").write_text(KEY + "\n")


def into_recipients(content: Path) -> None:
    (content / "recipients.txt").write_text(f"# {word(6)}\nage1" + "q" * 58 + "\n", "utf-8")


def into_exception(content: Path) -> None:
    """Why a sentence of the page may hold the name `Samen`, and who said so."""
    sentence = "De zaal heet Samen en is van de gemeente."
    page = content / "pages" / "over.md"
    page.write_text(page.read_text("utf-8") + f"\n{sentence}\n", "utf-8")
    decision = {
        "file": "over/index.html", "sentence": sentence.replace("Samen", "…"), "reason": word(7), "decided_by": word(8),
        "sha256": hashlib.sha256(sentence.encode()).hexdigest(),
    }  # fmt: skip
    text = json.dumps(decision, ensure_ascii=False).replace("}", ', "until": 2099-01-01}')
    (content / "exceptions.yaml").write_text(f"- {text}\n", "utf-8")


KEY = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
PLANTED = (into_organisation, into_withdrawn_name, into_policy, into_key, into_recipients, into_exception)
MARKERS = {
    "name": word(0),
    "first alias": word(1),
    "second alias": word(2),
    "registration": "81726354",
    "id": word(3),
    "name whose consent was withdrawn": word(4),
    "source of p": word(5),
    "protection key": KEY,
    "holder of a recipient": word(6),
    "reason of an exception": word(7),
    "decider of an exception": word(8),
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("markers") / "content"
    shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    for plant in PLANTED:
        plant(content)
    return content


def said(content: Path, site: Path, exit_code: int, *options: str) -> bytes:
    """Everything that a build says and writes, names of files included."""
    command: list[str | Path] = [
        sys.executable,
        ROOT / "build.py",
        "--content",
        content,
        "--templates",
        ROOT / "templates",
        "--site",
        site,
    ]
    done = subprocess.run([*command, *options], capture_output=True, check=False)
    assert done.returncode == exit_code, done.stderr.decode()
    files = [each for each in site.rglob("*") if each.is_file()]
    assert bool(files) is (exit_code == 0)
    names = [str(each.relative_to(site)).encode() for each in files]
    return b"\n".join((done.stdout, done.stderr, *names, *(each.read_bytes() for each in files))).lower()


@pytest.fixture(scope="module")
def good(content: Path) -> bytes:
    return said(content, content.parent / "site", 0)


@pytest.fixture(scope="module")
def broken(content: Path) -> bytes:
    """What stands beside the markers is wrong, so that messages come from their neighbourhood."""
    copy = content.parent / "broken"
    shutil.copytree(content, copy)
    for each in ("partners/partners.yaml", "policy.yaml", "exceptions.yaml"):
        text = (copy / each).read_text("utf-8")
        (copy / each).write_text(text.replace("kind: ", "kindd: ").replace("source: ", "sources: "), "utf-8")
    (copy / "protection.key").write_text(KEY[:-1] + "\n")
    site = content.parent / "never"
    return said(copy, site, 10) + said(copy, site, 10, "--json")


@pytest.fixture(scope="module")
def refused(content: Path) -> bytes:
    """Every marker stands in a page: the guard finds it and does not repeat it."""
    copy = content.parent / "refused"
    shutil.copytree(content, copy)
    page = copy / "pages" / "over.md"
    page.write_text(page.read_text("utf-8") + "\n\n" + ", ".join(MARKERS.values()) + "\n", "utf-8")
    site = content.parent / "never"
    return said(copy, site, 12) + said(copy, site, 12, "--json")


@pytest.mark.parametrize("field", MARKERS)
def test_a_marker_is_in_no_file_message_or_log_of_a_good_build(good: bytes, field: str) -> None:
    assert MARKERS[field].encode() not in good


@pytest.mark.parametrize("field", MARKERS)
def test_a_marker_is_in_no_message_or_log_of_a_broken_source(broken: bytes, field: str) -> None:
    assert MARKERS[field].encode() not in broken


@pytest.mark.parametrize("field", MARKERS)
def test_a_marker_is_in_no_message_or_log_of_a_leak_that_was_stopped(refused: bytes, field: str) -> None:
    assert MARKERS[field].encode() not in refused


def test_the_guard_names_every_field_of_an_organisation_that_stands_in_a_page(refused: bytes) -> None:
    for field in ("name", "alias", "registration", "id", "protection key"):
        assert f"holds the {field} of a record".encode() in refused, field
