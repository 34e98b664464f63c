"""Arguments become one frozen record per command, and a name that no record has is an error before anything runs."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest

from tweeluik.cli.arguments import COMMANDS, parse_arguments, record_of
from tweeluik.cli.command import Command
from tweeluik.cli.commands.build import Build
from tweeluik.cli.commands.bundle import Bundle
from tweeluik.cli.commands.check import Check
from tweeluik.cli.commands.exclusions import Exclusions
from tweeluik.cli.commands.forget import Forget
from tweeluik.cli.commands.open import Open
from tweeluik.cli.commands.publish import Publish
from tweeluik.cli.commands.seal_source import SealSource

ROOT = Path(__file__).parents[2]
COMMON = {each.name for each in fields(Command)}


def declared(name: str) -> set[str]:
    parser = argparse.ArgumentParser(add_help=False)
    record_of(name).declare(parser)
    return {each.dest for each in parser._actions}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_is_a_field_and_every_field_an_argument(name: str) -> None:
    assert declared(name) == {each.name for each in fields(record_of(name))} - COMMON


@pytest.mark.parametrize("name", COMMANDS)
def test_a_record_is_frozen_typed_and_says_nothing_of_its_values(name: str) -> None:
    record = record_of(name)
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert not record.__dataclass_params__.repr  # type: ignore[attr-defined]
    assert object not in get_type_hints(record).values()


def test_every_command_has_a_module_of_its_own() -> None:
    modules = {each.stem for each in (ROOT / "tweeluik" / "cli" / "commands").glob("*.py")} - {"__init__"}
    assert sorted(record_of(name).__module__.rpartition(".")[2] for name in COMMANDS) == sorted(modules)


GIVEN = [
    ("", Build()),
    ("--site uit", Build(site=Path("uit"))),
    ("build --certificate c -i a -i b", Build(certificate=Path("c"), identity=(Path("a"), Path("b")))),
    ("--content bron check --json --staged", Check(content=Path("bron"), json=True, staged=True)),
    ("--site check build", Build(site=Path("check"))),
    ("--site build check", Check(site=Path("build"))),
    ("bundle 2025 --copies 3", Bundle(edition="2025", copies=3)),
    ("bundle bundle -o open", Bundle(edition="bundle", output=Path("open"))),
    ("open x -i k --verify", Open(file=Path("x"), identity=(Path("k"),), verify=True)),
    ("build --candidates --site x", Build(candidates=(), site=Path("x"))),
    ("build --candidates 2025 --day 2026-07-03", Build(candidates=("2025",), day=date(2026, 7, 3))),
    ("publish 2025 --provisional --dry-run", Publish(edition="2025", provisional=True, dry_run=True)),
    ("forget 2025", Forget(edition="2025")),
    ("exclusions add -i k", Exclusions(action="add", identity=(Path("k"),))),
    ("seal-source", SealSource()),
    ("seal-source a b", SealSource(file=(Path("a"), Path("b")))),
]


@pytest.mark.parametrize(("words", "record"), GIVEN, ids=[words for words, _ in GIVEN])
def test_what_is_given_becomes_a_record_and_what_is_not_is_its_default(words: str, record: Command) -> None:
    assert parse_arguments(words.split()) == record


def test_a_record_cannot_be_changed() -> None:
    command = parse_arguments(["check"])
    with pytest.raises(FrozenInstanceError):
        command.json = True  # type: ignore[misc]


WRONG = """
from tweeluik.cli.commands.bundle import Bundle
from tweeluik.cli.commands.check import Check

def reads(bundle: Bundle, check: Check) -> None:
    print(check.staegd)
    print(bundle.copys)

Bundle(edition="2025", copy=2)
Check(staged="yes")
print(Bundle(edition="2025").copies + 1)
"""
"""The last line is right; the four before it that use an argument are not."""


def test_a_wrong_name_of_an_argument_is_an_error_of_the_type_checker(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG)
    about = [f"tweeluik/cli/{name}.py" for name in ("command", "commands/bundle", "commands/check")]
    checker: list[str | Path] = [
        "mypy",
        "--strict",
        "--follow-imports",
        "skip",
        "--cache-dir",
        os.devnull,
        tmp_path / "wrong.py",
        *about,
    ]
    done = subprocess.run([sys.executable, "-m", *checker], cwd=ROOT, capture_output=True, text=True, check=False)
    found = [line.partition("wrong.py:")[2].partition(": ")[::2] for line in done.stdout.splitlines()[:-1]]
    assert [(line, text.rpartition("[")[2]) for line, text in found if "error" in text] == [
        ("6", "attr-defined]"),
        ("7", "attr-defined]"),
        ("9", "call-arg]"),
        ("10", "arg-type]"),
    ]
