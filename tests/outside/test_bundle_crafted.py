"""One folder of crafted files through `open`, the opener and plain programs: the first two agree on every one of them."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.outside.test_bundle_opener import TOOL
from tests.outside.test_bundle_opener import opener as opener  # noqa: PLC0414 (a fixture)
from tests.stages.crafted import DAY, Case, a_craft, cases
from tests.stages.crafted_notes import notes
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.problems import OpeningFailed

LEAST = 200
Said = Mapping[str, object]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gemaakt")


@pytest.fixture(scope="module")
def crafted(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Case]]:
    """Every case, and the folder in which it lies."""
    for name in ("age", "ssh-keygen"):
        need_program(name)
    craft = a_craft(tmp_path_factory.mktemp("sleutels"))
    found = [*cases(craft), *notes(craft)]
    return [(_put(folder / f"{number:03}", case), case) for number, case in enumerate(found)]


def _put(here: Path, case: Case) -> Path:
    here.mkdir()
    (here / "sealed.age").write_bytes(case.sealed)
    (here / "key").write_bytes(case.key)
    if case.signers is not None:
        (here / "signers").write_bytes(case.signers)
    for kind, texts in (("kwitantie", case.receipts), ("opnieuw-verzegeld", case.notes)):
        for number, (text, signed) in enumerate(texts):
            (here / f"{kind}-{number}.txt").write_bytes(text)
            if signed:
                (here / f"{kind}-{number}.txt.sig").write_bytes(signed)
    return here


def _open(here: Path) -> Said:
    signers = here / "signers"
    allowed = signers if signers.exists() else None
    try:
        found = open_bundle(
            here / "sealed.age", identities=[here / "key"], into=None, allowed_signers=allowed, today=DAY
        )
    except OpeningFailed as failure:
        return {"refused": failure.problems[0].what}
    origin = found.origin
    receipt = origin.receipt is not None
    renewed = found.renewed.isoformat() if found.renewed else ""
    return {
        "opens": origin.signed_by or "", "lapsed": origin.lapsed, "receipt": receipt, "newest": origin.newest, "renewed": renewed,
    }  # fmt: skip


def _plain(here: Path) -> bool:
    """Whether `age -d`, a reader of ZIP files and the checksums inside find nothing wrong."""
    done = subprocess.run(["age", "-d", "-i", here / "key", here / "sealed.age"], capture_output=True, check=False)
    if done.returncode:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
            sums = archive.read("manifest-sha256.txt").decode()
            return all(
                sha256(archive.read(name)).hexdigest() == digest
                for digest, _, name in (line.partition("  ") for line in sums.splitlines())
            )
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False


@pytest.fixture(scope="module")
def table(crafted: list[tuple[Path, Case]], folder: Path, opener: Path) -> list[tuple[Case, Said, Said, bool]]:
    sources = opener.parents[1] / TOOL / "src"
    program = Path(__file__).with_name("open_crafted.mjs")
    done = subprocess.run([need_program("node"), program, sources, folder], capture_output=True, text=True, check=True)
    told = dict(json.loads(line) for line in done.stdout.splitlines())
    return [(case, _open(here), told[here.name], _plain(here)) for here, case in crafted]


def test_open_and_the_opener_say_what_they_must_of_every_file(table: list[tuple[Case, Said, Said, bool]]) -> None:
    assert len(table) >= LEAST
    wrong = [(case.name, case.opens, ours) for case, ours, _, _ in table if ours.get("opens") != case.opens]
    assert wrong == []


def test_the_opener_agrees_with_open_on_every_file(table: list[tuple[Case, Said, Said, bool]]) -> None:
    """Also on who sent it, on the receipt and on the newest; a refusal has words of its own, and is never a crash."""
    assert [(case.name, theirs) for case, _, theirs, _ in table if "bug" in theirs] == []
    differ = [
        (case.name, ours, theirs)
        for case, ours, theirs, _ in table
        if ("refused" in ours) != ("refused" in theirs) or ("refused" not in ours and ours != theirs)
    ]
    assert differ == []


def test_nothing_is_opened_that_plain_programs_find_damaged(table: list[tuple[Case, Said, Said, bool]]) -> None:
    """Keys as Windows writes them are read by us and not by `age`."""
    lenient = {
        "key: with a byte order mark",
        "key: in UTF-16",
        "key: in UTF-16, the other way",
        "key: with spaces",
        "key: with a comment behind a space",
    }
    opened = {case.name for case, ours, _, plain in table if "opens" in ours and not plain}
    assert opened <= lenient
    taken = sum(plain for *_, plain in table)
    kept = sum("opens" in ours for _, ours, _, _ in table)
    print(f"{len(table)} files: plain programs take {taken}, open and the opener {kept}")
