"""Readers of what strangers hand over end in words for people, whatever the bytes: changes of known files, and what was found."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.fuzz.changes import changed
from tools.fuzz.targets import IN_JSON, TARGETS, try_one
from tools.fuzz.trees import changed_tree

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).parent / "data" / "fuzzed"
HOW_MANY = {"spreadsheets": 60, "certificate": 100, "guard": 60, "source": 100}


@pytest.mark.parametrize("name", TARGETS)
def test_changed_bytes_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]
    for data in changed(target.seeds(), HOW_MANY.get(name, 200), seed=19):
        try_one(target, data)


@pytest.mark.parametrize("name", sorted(IN_JSON))
def test_json_that_says_something_else_is_read_or_refused(name: str) -> None:
    seeds = TARGETS[name].seeds()
    changes = [changed_tree(seeds[number % len(seeds)], number) for number in range(100)]
    assert sum(each not in seeds for each in changes) > 90
    for data in changes:
        assert data is not None
        try_one(TARGETS[name], data)


@pytest.mark.parametrize("name", TARGETS)
def test_bytes_as_they_should_be_are_read(name: str) -> None:
    for data in TARGETS[name].seeds():
        TARGETS[name].read(data)


OVER_AND_OVER = (
    b"[", b'{"a":', b"- ", b"a: ", b"<", b"=41", b"&#", b"\\u{1", b"A", b"0", b"a b ", b"12 ", b"<b ", b'="', b"/*", b"<!--",
    b"<script>", b"<a hidden>", b"x-", b"data:,", b"begin 644 x\n", b'"', b"a,", b"%41", b"\xc3\xa9",
)  # fmt: skip
"""A reader that looks again at all that follows needs the square of their number: minutes for these, where a tenth of a second is due."""


@pytest.mark.parametrize("name", TARGETS)
def test_one_thing_over_and_over_takes_no_square_of_time(name: str) -> None:
    started = time.process_time()
    for each in OVER_AND_OVER:
        try_one(TARGETS[name], each * 30_000)
    assert time.process_time() - started < 60, "it takes about two seconds; a busy machine may take ten times that"


@pytest.mark.parametrize("program", ["verify_certificate.py"])
def test_a_verifier_says_in_words_that_a_file_cannot_be_read(program: str, tmp_path: Path) -> None:
    (tmp_path / "proof.json").write_bytes(b"[" * 100_000)
    command = [sys.executable, program, str(tmp_path / "proof.json"), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("does not hold: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("file", sorted(FOUND.rglob("*.bin")), ids=lambda each: f"{each.parent.name}-{each.stem}")
def test_what_was_found_once_stays_mended(file: Path) -> None:
    try_one(TARGETS[file.parent.name], file.read_bytes())
