"""The HTML of every page of the example is valid, by the Nu checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need_node_file, need_program
from tweeluik.pipeline import make_site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for path, data in make_site(ROOT / "content", ROOT / "templates").files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_the_nu_checker_finds_no_error(site: Path) -> None:
    checker = need_node_file("vnu-jar/build/dist/vnu.jar")
    command = [need_program("java"), "-jar", str(checker), "--skip-non-html", "--format", "json", str(site)]
    done = subprocess.run(command, capture_output=True, check=False)
    said = json.loads(done.stderr)["messages"]
    # On disk `'self'` matches nothing, so the checker thinks that the policy blocks our own style sheet.
    errors = [each for each in said if "Content Security Policy" not in each["message"]]
    assert errors == []
