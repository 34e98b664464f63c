"""Markers: a text of its own in every confidential field, and in no file, message or log of a build, good or broken."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
import yaml

import build
from tests.desk import keep_simple_tables
from tweeluik.source import records

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


def is_named(partner: dict[str, Any]) -> bool:
    return any("withdrawn" not in each for each in partner.get("named_in", ()))


def is_umbrella(partner: dict[str, Any]) -> bool:
    return str(partner["name"]).startswith("Koepel ")


def is_traceable(partner: dict[str, Any]) -> bool:
    return bool(partner["traceable_to_persons"])


def into_organisation(content: Path) -> None:
    names = {"name": f"Huis {word(0)}", "aliases": [word(1), f"{word(2)} Zuid"]}
    found = yaml.safe_load((content / "partners" / "partners.yaml").read_text("utf-8"))  # noqa: TID251
    umbrella = next(each["id"] for each in found if is_umbrella(each))
    former = {"name": f"Vroeger {word(19)}", "aliases": [word(20)], "registration": "17263544", "umbrella": umbrella}
    before = [{"until": date(2025, 3, 31), **former}]
    changed(content, is_never_named, **names, registration="81726354", rsin="871234567", id=word(3), before=before)


def into_named_organisation(content: Path) -> None:
    """Of an organisation with consent the name is public, and nothing else."""
    changed(content, is_named, aliases=[word(9)], registration="71625384", id=word(10))


def into_umbrella(content: Path) -> None:
    changed(content, is_umbrella, name=f"Koepel {word(11)}", id=word(12))


def into_left_out_organisation(content: Path) -> None:
    changed(content, is_traceable, name=f"Atelier {word(13)}", aliases=[f"Zuid {word(2)}"], id=word(14))


def into_judgement(content: Path) -> None:
    """The alias of this organisation is like that of the first; somebody judged that it is another."""
    (content / "judgements.yaml").write_text(
        f"- {{a: {word(3)}, b: {word(14)}, judged: different, on: 2026-11-27}}\n", "utf-8"
    )


def into_withdrawn_name(content: Path) -> None:
    changed(content, has_withdrawn, name=f"Stichting {word(4)}")


def into_policy(content: Path) -> None:
    path = content / "policy.yaml"
    policy = yaml.safe_load(path.read_text("utf-8"))  # noqa: TID251
    policy["p_percent"]["source"] = word(5)
    policy["approvals"]["source"] = word(15)
    policy["conversations_per_year"]["source"] = word(16)
    path.write_text(yaml.safe_dump(policy, allow_unicode=True), "utf-8")


def into_comments(content: Path) -> None:
    """What editors write beside the records, and what they call the files of them."""
    for folder in ("partners", "conversations"):
        file = next((content / folder).glob("*.yaml"))
        file.write_text(f"# {word(17)}\n{file.read_text('utf-8')}", "utf-8")
    (content / "partners" / "gemeenten.yaml").rename(content / "partners" / f"{word(18)}.yaml")


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
PLANTED = (
    into_organisation, into_named_organisation, into_umbrella, into_left_out_organisation, into_withdrawn_name,
    into_judgement, into_policy, into_key, into_recipients, into_exception, into_comments,
)  # fmt: skip
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
    "alias of a named organisation": word(9),
    "registration of a named organisation": "71625384",
    "id of a named organisation": word(10),
    "name of an umbrella": word(11),
    "id of an umbrella": word(12),
    "name of an organisation that is left out": word(13),
    "id of an organisation that is left out": word(14),
    "source of the number of approvals": word(15),
    "source of the number of conversations": word(16),
    "comment in a file": word(17),
    "name of a file": word(18),
    "former name": word(19),
    "former alias": word(20),
    "former registration": "17263544",
}

PLACES = {
    "Partner": {"id", "name", "aliases", "registration", "rsin", "umbrella", "successors"},
    "Former": {"name", "aliases", "registration", "umbrella"},
    "Judgement": {"a", "b"},
    "Conversation": {"partners"},
    "Number": {"source"},
    "Approvals": {"source"},
    "Source": {"protection_key"},
}
"""Per record, its confidential fields that hold text of the editors' own, each with a marker; but an RSIN is refused in
every text before anything is made of it, for it passes the test of a citizen service number."""

CODES = {
    "Partner": {"kind", "region"}, "Former": {"kind", "region"}, "Judgement": {"judged"}, "Collaboration": {"measures"}, "Naming": {"edition"},
    "Conversation": {"context", "form", "subject", "measures"},
}  # fmt: skip
"""Confidential fields that hold one of the public codes: which one, no text can show."""


def texts_of(record: type) -> set[str]:
    """The confidential fields of a record whose type is text, or a list of texts."""
    hints = get_type_hints(record)
    kept = {*records.confidential_fields(record)}
    return {name for name in kept if is_text(hints[name])}


def is_text(hint: Any) -> bool:
    return hint is str or get_origin(hint) is Literal or any(is_text(each) for each in get_args(hint))


def all_records() -> list[type]:
    return [each for each in vars(records).values() if isinstance(each, type) and issubclass(each, records.Record)]


def test_every_confidential_text_of_every_record_has_a_marker_or_is_a_public_code() -> None:
    """A new field of a record fails here until it is planted."""
    planned = {name: PLACES.get(name, set()) | CODES.get(name, set()) for name in PLACES | CODES}
    found = {each.__name__: texts_of(each) for each in all_records() if dataclasses.is_dataclass(each)}
    assert {name: texts for name, texts in found.items() if texts} == planned


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("markers") / "content"
    shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    keep_simple_tables(content)
    for plant in PLANTED:
        plant(content)
    return content


@pytest.mark.parametrize("field", MARKERS)
def test_a_marker_is_planted(content: Path, field: str) -> None:
    files = [each for each in content.rglob("*") if each.is_file()]
    assert any(MARKERS[field] in f"{each.name}\n{each.read_text('utf-8')}" for each in files)


def said(content: Path, site: Path, exit_code: int) -> bytes:
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
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == exit_code, done.stderr.decode()
    files = [each for each in site.rglob("*") if each.is_file()]
    assert bool(files) is (exit_code == 0)
    names = [str(each.relative_to(site)).encode() for each in files]
    return b"\n".join((done.stdout, done.stderr, *names, *(each.read_bytes() for each in files))).lower()


def said_to_programs(content: Path, exit_code: int) -> bytes:
    """Everything that a build says as JSON, in this process."""
    where = ("--content", content, "--templates", ROOT / "templates", "--site", content.parent / "never")
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        assert build.main([*map(str, where), "--json"]) == exit_code
    return told.getvalue().lower().encode()


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
    return said(copy, site, 10) + said_to_programs(copy, 10)


@pytest.fixture(scope="module")
def refused(content: Path) -> bytes:
    """Every marker stands in a page: the guard finds it and does not repeat it."""
    copy = content.parent / "refused"
    shutil.copytree(content, copy)
    page = copy / "pages" / "over.md"
    page.write_text(page.read_text("utf-8") + "\n\n" + ", ".join(MARKERS.values()) + "\n", "utf-8")
    site = content.parent / "never"
    return said(copy, site, 12) + said_to_programs(copy, 12)


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
