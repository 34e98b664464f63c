"""What every test may ask for."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from tests import in_memory
from tests.dealing import Dealing

os.environ["LC_ALL"] = "C"
"""What the program says is compared in English, unless a test asks for another language."""
os.environ["XDG_CACHE_HOME"] = os.devnull
"""Every build of a test does its work; those about what an earlier run left behind name a folder of their own."""
signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell that runs the tests in the background lets nothing interrupt them, nor the programs that they start."""
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment] # cannot be imported
"""A grammar of addresses that `jsonschema` builds in a second or two; no schema of ours asks for an address."""

settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")
"""No test fails because the machine is busy."""

gc.set_threshold(300_000, 20, 20)
"""Hundreds of thousands of objects stay as long as the tests: to look for rings among them costs, and next to none is found."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Whoever starts workers gives them a folder in memory, where there is room for all that tests write."""
    if config.getoption("numprocesses", None) and config.option.basetemp is None and not hasattr(config, "workerinput"):
        config.option.basetemp = in_memory.a_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        in_memory.clear(config.option.basetemp)


def pytest_collection_finish() -> None:
    """What was collected is there until the end: no search for rings goes through it again."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Pytest searches five times for what fails when it goes; what is there after the first is there after all."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Dealing | None:
    return Dealing(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What other programs make of their input alone is made once in a worker (`once.py`).

    And nobody pulls out a plug: no test waits for a disk, nor for one on which some code makes folders of its own. When
    one is asked to keep what it was given is for `test_files.py`.
    """
    from tests import once  # noqa: PLC0415 - whoever deals the tests out runs none: workers wait until it has read this file

    own = str(tmp_path_factory.getbasetemp())
    with once.put((*once.ONCE, (os, "fsync", fsync), (tempfile, "tempdir", own))):
        yield


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As pytest's, which reads the names of all folders of all tests before it to number one more."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}{next(_numbers)}"
    folder.mkdir(mode=0o700)
    return folder


_numbers = count()


def fsync(descriptor: int) -> None:
    """Refuses what is no file, as the real one."""
    os.fstat(descriptor)


@pytest.fixture(scope="module")
def afresh() -> Iterator[None]:
    """Nothing is taken from what other tests had made."""
    from tests import once  # noqa: PLC0415 - as above

    with once.put(once.AFRESH):
        yield


def need_program(name: str) -> str:
    """The path of a system program; without it a test fails in CI and is skipped elsewhere, with the reason."""
    path = shutil.which(name)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"the program {name} is not installed")
    if path is None:
        pytest.skip(f"needs the program {name}")
    return path


def need_browser() -> str:
    """Chromium; where the one that has no windows is installed too, that one: for the same pages it does half the work."""
    return shutil.which("chromium-headless-shell") or need_program("chromium")


def need_node_file(path: str) -> Path:
    """A file of a package in `tests/node/`; without it a test fails in CI and is skipped elsewhere, with the reason."""
    file = Path(__file__).parent / "node" / "node_modules" / path
    if not file.exists() and os.environ.get("CI"):
        pytest.fail(f"{path} is not installed: npm ci --prefix tests/node")
    if not file.exists():
        pytest.skip(f"needs {path}: npm ci --prefix tests/node")
    return file


def nu_checker() -> list[str]:
    """The command of the Nu checker. It ends before it would pay to compile its code twice; for that it needs more stack."""
    jar = need_node_file("vnu-jar/build/dist/vnu.jar")
    return [need_program("java"), "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)]
