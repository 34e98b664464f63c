"""One browser and one copy of each site for all tests that look from outside."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import once as outer
from tests.conftest import need_browser, need_program
from tests.once import put
from tests.outside import once
from tests.outside.sites import OPENER, ROOT, write
from tests.stages.a_publication import a_site


@pytest.fixture(scope="module", autouse=True)
def made_within_once(made_once: None) -> Iterator[None]:
    """Who looks from outside asks for the same time and again: it is made once in a worker (`once.py`)."""
    with put(once.ONCE):
        yield


@pytest.fixture(scope="module")
def afresh(made_within_once: None) -> Iterator[None]:
    """Nothing is taken from what other tests had made."""
    with put((*outer.AFRESH, *once.AFRESH)):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = need_browser()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented site on disk: it has what the example happens not to have."""
    return write(a_site(), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def opener(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that opens a bundle, made from the locked packages as its README says."""
    make = need_program("make")
    for name in ("npm", "node"):
        need_program(name)
    folder = tmp_path_factory.mktemp("opener")
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / OPENER, folder / OPENER, ignore=shutil.ignore_patterns("node_modules"))
    done = subprocess.run([make, "opener"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "build-output" / "opener.html"
