"""What is shipped with the product: every package has a reason, a lock and a licence to which somebody agreed."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tools.licences import main, packages, refused

ROOT = Path(__file__).parents[2]


def component(name: str, *licences: dict[str, object]) -> dict[str, object]:
    return {"name": name, "version": "1.0", "licenses": list(licences)}


def bill(*components: dict[str, object]) -> str:
    return json.dumps({"components": components})


@pytest.mark.parametrize(
    ("licences", "expected"),
    [
        (({"license": {"id": "MIT"}},), ()),
        (({"expression": "Apache-2.0 OR GPL-3.0-only"},), ()),
        (({"expression": "MIT AND BSD-3-Clause"},), ()),
        (({"license": {"name": "License :: OSI Approved :: BSD License"}},), ()),
        (({"license": {"id": "GPL-3.0-only"}},), ("iets 1.0: GPL-3.0-only",)),
        (({"license": {"id": "MIT"}}, {"license": {"id": "AGPL-3.0-only"}}), ("iets 1.0: AGPL-3.0-only",)),
        (({"license": {"name": "zie LICENSE.txt"}},), ("iets 1.0: zie, LICENSE.txt",)),
        ((), ("iets 1.0: none",)),
    ],
)
def test_a_licence_to_which_nobody_agreed_is_refused(
    licences: tuple[dict[str, object], ...], expected: tuple[str, ...]
) -> None:
    assert refused(packages(bill(component("iets", *licences)))) == expected


def test_the_command_ends_with_1_when_one_is_refused_or_nothing_is_there(tmp_path: Path) -> None:
    for text, code in ((bill(component("a", {"license": {"id": "MIT"}})), 0), (bill(component("a")), 1), (bill(), 1)):
        (tmp_path / "bill.json").write_text(text)
        assert main(tmp_path / "bill.json") == code


def test_every_dependency_has_its_reason_and_its_lock() -> None:
    named = [
        re.split(r"[<>=]", each)[0]
        for each in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    ]
    table = re.findall(r"^\| ([\w-]+)[^|]* \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE)
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert len(named) > 10
    assert [each for each in named if each not in table] == []
    assert [each for each in named if each.replace("_", "-") not in locked] == []
