"""The published vectors of age (C2SP/CCTV) by the command itself: its exit code, how long it takes and how much memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stages.age_vectors import read_vectors
from tweeluik.confidential.age.header import is_armoured
from tweeluik.confidential.age.sealing import new_identity

ROOT = Path(__file__).parents[2]
VECTORS = read_vectors()
SECONDS = 2
KIBIBYTES = 200 * 1000 * 1000 // 1024

MEASURED = """
import json, os, sys, time
from pathlib import Path
import build
import tweeluik.confidential.bundle.opening, tweeluik.cli.commands.open

build.main(["open", "--verify", "--json", "-i", "geen", "geen"])  # what is imported late, before the forks
found = {}
for file in sorted(Path(sys.argv[1]).glob("*.age")):
    out = file.with_suffix(".out")
    start = time.monotonic()
    child = os.fork()
    if not child:
        os.dup2(os.open(out, os.O_CREAT | os.O_WRONLY), 1)
        sys.stdout = os.fdopen(1, "w")
        code = build.main(["open", "--verify", "--json", "-i", str(file.with_suffix(".key")), str(file)])
        sys.stdout.flush()
        os._exit(code)
    _, status, used = os.wait4(child, 0)
    found[file.stem] = (os.waitstatus_to_exitcode(status), time.monotonic() - start, used.ru_maxrss, out.read_text())
Path(sys.argv[1], "found.json").write_text(json.dumps(found))
"""


@dataclass(frozen=True)
class Answer:
    """What the command did with a vector."""

    code: int
    seconds: float
    kibibytes: int
    what: str


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("vectors")
    for vector in VECTORS:
        (folder / f"{vector.name}.age").write_bytes(vector.data)
        (folder / f"{vector.name}.key").write_text("\n".join(vector.identities or (new_identity()[0],)))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, folder], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((folder / "found.json").read_text())
    return {
        name: Answer(code, seconds, size, json.loads(said)["problems"][0]["what"])
        for name, (code, seconds, size, said) in found.items()
    }


def test_all_of_them_are_here_and_none_is_a_bundle(answers: dict[str, Answer]) -> None:
    """All are refused with the exit code for it: also what opens, because none of them holds a bundle."""
    assert len(answers) == len(VECTORS) == 143
    assert {answer.code for answer in answers.values()} == {14}


def test_none_takes_two_seconds_or_two_hundred_megabytes(answers: dict[str, Answer]) -> None:
    assert max(answer.seconds for answer in answers.values()) < SECONDS
    assert max(answer.kibibytes for answer in answers.values()) < KIBIBYTES


def test_what_should_open_opens_or_is_refused_for_its_kind(answers: dict[str, Answer]) -> None:
    kinds = {"opened": 0, "text form": 0, "passphrase": 0, "post-quantum": 0}
    for vector in (each for each in VECTORS if each.should_open):
        if is_armoured(vector.data):
            kind, reason = "text form", "this is the text form of age, in which no bundle is made"
        elif vector.has_passphrase:
            kind, reason = "passphrase", "sealed with a passphrase"
        elif vector.is_post_quantum:
            kind, reason = "post-quantum", "a post-quantum identity is opened with"
        else:
            kind, reason = "opened", "this is no bundle as it was made"
        assert reason in answers[vector.name].what, vector.name
        kinds[kind] += 1
    assert kinds == {"opened": 14, "text form": 7, "passphrase": 1, "post-quantum": 4}


def test_what_should_not_open_does_not(answers: dict[str, Answer]) -> None:
    for vector in (each for each in VECTORS if not each.should_open):
        assert "no bundle as it was made" not in answers[vector.name].what, vector.name
