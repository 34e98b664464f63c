"""The whole product runs on a machine without a network: nothing is asked, nothing is sent."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.desk import keep_simple_tables

ROOT = Path(__file__).parents[2]

GUARDED = """
import json, sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        raise SystemExit(f"the network was asked: {event}")
sys.addaudithook(refuse)
from build import main
for arguments in json.loads(sys.argv[1]):
    if main(arguments) != 0:
        raise SystemExit(f"{arguments[0]} failed")
"""
"""Runs commands, and ends at the first question to a network, however it is asked from Python."""


@cache
def apart() -> tuple[str, ...]:
    """Also in a world of its own without a network, for what asks from below Python; where the system allows that."""
    program = shutil.which("unshare")
    command = (program or "", "--map-root-user", "--net")
    allowed = program and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if allowed else ()


class Desk:
    def __init__(self, root: Path) -> None:
        self.root, self.content = root, root / "content"
        shutil.copytree(ROOT / "tests" / "golden" / "content", self.content)
        keep_simple_tables(self.content)

    def run(self, *commands: tuple[str | Path, ...]) -> str:
        """What they say, one after another in one program: it starts once."""
        where = ("--content", self.content, "--templates", ROOT / "templates", "--site", self.root / "site")
        asked = json.dumps([[str(each) for each in (*command, *where)] for command in commands])
        done = subprocess.run(
            [*apart(), sys.executable, "-c", GUARDED, asked],
            cwd=ROOT,
            env={**os.environ, "XDG_CACHE_HOME": str(self.root / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_every_command_but_preview_does_its_work(desk: Desk) -> None:
    """`preview` listens on this machine, and is watched in `test_preview_live.py`."""
    key, names = desk.root / "houder", desk.root / "lijst.txt"
    recipient = desk.run(("keygen", "-o", key)).strip()
    (desk.content / "recipients.txt").write_text(f"# Archief\n{recipient}\n")
    names.write_text("Stichting Kwaakzwaluw\n")
    edition = next(
        path.stem for path in desk.content.glob("editions/*.yaml") if "inspection" in path.read_text("utf-8")
    )
    said = desk.run(
        ("exclusions", "seal", names, "-i", key),
        ("check", "-i", key),
        ("build", "-i", key),
        ("organisations",),
        ("explain",),
        ("schema", "-o", desk.root / "schemas"),
        ("bundle", edition, "-o", desk.root / "bundels", "-i", key),
    )
    assert "the exclusion list was tested" in said
    assert (desk.root / "site" / "index.html").is_file()
    sealed = sorted((desk.root / "bundels").glob("*.age"))
    assert sealed
    desk.run(*(("open", each, "-i", key, "--verify") for each in sealed))


def test_a_question_to_the_network_is_noticed() -> None:
    """The guard itself can fail."""
    asking = GUARDED.replace("main(arguments)", "__import__('socket').create_connection(('127.0.0.1', 9))")
    done = subprocess.run(
        [sys.executable, "-c", asking, '[["check"]]'], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "the network was asked" in done.stderr
