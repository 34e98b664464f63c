"""What is shipped with the product: every package has a reason, a lock and a licence to which somebody agreed."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tools.bill import ROOT_REF, NotABill, completed
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


A_BILL = json.dumps(
    {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": ROOT_REF, "name": "tweeluik"}},
        "components": [{"type": "library", "bom-ref": "a==1", "name": "a", "version": "1", "licenses": [{"license": {"id": "MIT"}}]}],
        "dependencies": [{"ref": "a==1"}, {"ref": ROOT_REF, "dependsOn": ["a==1"]}],
    }
)  # fmt: skip


A_LOCK = f"# een slot\na==1 \\\n    --hash=sha256:{'0' * 64} \\\n    --hash=sha256:{'1' * 64}\n    # via b\n"


def test_a_package_has_the_digests_of_its_lock() -> None:
    told = json.loads(completed(A_BILL, A_LOCK))
    (a,) = (each for each in told["components"] if each["bom-ref"] == "a==1")
    (files,) = (each for each in a["externalReferences"] if each["type"] == "distribution")
    assert [each["content"] for each in files["hashes"]] == ["0" * 64, "1" * 64]


@pytest.mark.parametrize(
    "lock",
    [A_LOCK.replace("a==1", "a==2"), A_LOCK + A_LOCK.replace("a==1", "b==1"), ""],
    ids=["another version", "one that is not installed", "nothing"],
)
def test_a_bill_of_others_than_are_locked_is_none(lock: str) -> None:
    with pytest.raises(NotABill):
        completed(A_BILL, lock)


def test_who_says_nothing_of_its_licence_has_the_one_that_is_known_in_the_bill() -> None:
    silent = json.loads(A_BILL.replace('"name": "a"', '"name": "pyrage"'))
    del silent["components"][0]["licenses"]
    told = json.loads(completed(json.dumps(silent), A_LOCK.replace("a==1", "pyrage==1")))
    assert [each["licenses"][0]["expression"] for each in told["components"] if each["name"] == "pyrage"] == ["MIT"]


def test_the_bill_has_what_is_in_the_opener_and_every_font_and_list_of_others() -> None:
    told = json.loads(completed(A_BILL, A_LOCK))
    found = {each["bom-ref"] for each in told["components"]}
    needed = next(each for each in told["dependencies"] if each["ref"] == ROOT_REF)["dependsOn"]
    fonts = {f"file:{each.relative_to(ROOT).as_posix()}" for each in ROOT.glob("tweeluik/**/*.ttf")}
    lists = {f"file:tweeluik/words/{name}" for name in ("confusables.py", "frequencies.txt")}
    assert len(fonts) > 20
    assert {"a==1", *fonts, *lists} < found
    assert {re.sub("@[^@]*$", "", each) for each in found - fonts - lists} >= {
        "pkg:npm/%40noble/hashes", "pkg:npm/%40noble/curves", "pkg:npm/age-encryption"
    }  # fmt: skip
    assert not any("esbuild" in each for each in found)
    assert set(needed) == found
    assert refused(packages(completed(A_BILL, A_LOCK))) == ()


def test_a_list_of_words_that_says_whose_it_is_is_in_the_bill() -> None:
    licensed = {
        f"file:{each.relative_to(ROOT).as_posix()}"
        for each in ROOT.glob("tweeluik/**/*.txt")
        if re.search("licen[cs]e", each.read_text("utf-8")[:1000], re.IGNORECASE) and each.name != "OFL.txt"
    }
    assert licensed <= {each["bom-ref"] for each in json.loads(completed(A_BILL, A_LOCK))["components"]}
    assert licensed


def test_the_licence_of_a_font_is_none_for_a_program() -> None:
    font = {"name": "letters", "licenses": [{"license": {"id": "OFL-1.1"}}]}
    assert refused(packages(bill({**font, "type": "file"}))) == ()
    assert refused(packages(bill({**font, "type": "library"}))) == ("letters : OFL-1.1",)


def test_no_bill_is_written_that_is_none() -> None:
    with pytest.raises(NotABill):
        completed(A_BILL.replace('"bomFormat": "CycloneDX"', '"bomFormat": "anders"'), A_LOCK)


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
