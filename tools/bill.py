"""What is shipped and is no package of Python, in the bill of materials: `make sbom` calls it.

    python -m tools.bill build-output/sbom.cdx.json

The packages of npm within the page that opens a bundle, from the lock of `tools/opener`; and data and fonts that others
made, each with its digest. The packages of Python get the digests that the lock allows, and the licence that is known
where their metadata are silent. What comes out is CycloneDX 1.6 still, or nothing is written.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.licences import NOT_DECLARED
from tweeluik import __version__

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
LOCK_OF_NPM = ROOT / "tools" / "opener" / "package-lock.json"
ROOT_REF = "root-component"

Component = dict[str, Any]
"""As JSON has it (CycloneDX 1.6, `component`)."""


class NotABill(ValueError):
    """What would be written is not what the schema asks, or not what is locked."""


class Data(NamedTuple):
    """Files in the package that somebody else made, and under which licence, by its name in SPDX."""

    pattern: str
    made_by: str
    version: str
    licence: str


OF_OTHERS = (
    Data("paper/fonts/*.ttf", "The Noto Project Authors", "", "OFL-1.1"),
    Data("words/confusables.py", "Unicode, Inc.", "17.0.0", "Unicode-3.0"),
    Data("words/frequencies.txt", "Robyn Speer (wordfreq)", "3.1.1", "CC-BY-SA-4.0"),
)


def completed(bill: str, lock: str) -> str:
    """A bill with these beside the packages of Python, in the order of their references.

    Raises:
        NotABill: it was none, or would be none any more; or its packages of Python are others than those of the lock.
    """
    told = json.loads(bill)
    more = (*_of_npm(json.loads(LOCK_OF_NPM.read_text("utf-8"))), *_of_others())
    of_python = _as_locked(told.get("components", []), _locked(lock))
    told["components"] = sorted((*of_python, *more), key=lambda each: str(each["bom-ref"]))
    told["metadata"]["component"]["version"] = __version__
    told["dependencies"] = _with_dependencies(told.get("dependencies", []), [str(each["bom-ref"]) for each in more])
    text = json.dumps(told, indent=2, sort_keys=True) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise NotABill(str(wrong))
    return text


def _locked(lock: str) -> Mapping[tuple[str, str], list[str]]:
    """Per name and version in a lock file the digests of all its files, any of which pip takes."""
    pinned = re.finditer(r"^([\w.-]+)==([^\s\\;]+)((?:.*\\\n)*.*)$", lock, re.MULTILINE)
    return {(_plain(each[1]), each[2]): re.findall(r"--hash=sha256:([0-9a-f]{64})", each[3]) for each in pinned}


def _plain(name: str) -> str:
    """A name of a package as registries compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _as_locked(installed: list[Component], locked: Mapping[tuple[str, str], list[str]]) -> Iterator[Component]:
    """Each with the digests of its files, as CycloneDX has them of more than one, and with a licence."""
    found = {(_plain(each["name"]), each["version"]) for each in installed}
    if others := found ^ locked.keys():
        raise NotABill(f"not both installed and locked: {', '.join(sorted(map('=='.join, others)))}")
    for each in installed:
        name = _plain(each["name"])
        digests = [{"alg": "SHA-256", "content": digest} for digest in sorted(locked[name, each["version"]])]
        files = {"type": "distribution", "url": f"https://pypi.org/simple/{name}/", "hashes": digests}
        known = NOT_DECLARED.get(each["name"])
        concluded = (
            [{"expression": known, "acknowledgement": "concluded"}] if known and not each.get("licenses") else []
        )
        licence = {"licenses": concluded} if concluded else {}
        yield {**each, **licence, "externalReferences": [*each.get("externalReferences", ()), files]}


def _with_dependencies(known: list[Component], refs: list[str]) -> list[Component]:
    """The product needs them; among themselves nothing is said."""
    own: Component = next((each for each in known if each["ref"] == ROOT_REF), {"ref": ROOT_REF})
    others = [each for each in known if each["ref"] != ROOT_REF]
    needed = {**own, "dependsOn": sorted((*own.get("dependsOn", ()), *refs))}
    return sorted((needed, *others, *({"ref": ref} for ref in refs)), key=lambda each: str(each["ref"]))


def _of_npm(lock: Component) -> Iterator[Component]:
    """Everything that may be put into the page; what only makes it is marked in the lock."""
    for path, package in lock["packages"].items():
        if not path or package.get("dev"):
            continue
        name = path.rpartition("node_modules/")[2]
        group, _, last = name.rpartition("/")
        ref = f"pkg:npm/{quote(name, safe='/')}@{package['version']}"
        kind, _, digest = package["integrity"].partition("-")
        yield {
            "type": "library", "bom-ref": ref, "purl": ref, "name": last, "version": package["version"],
            "licenses": [{"license": {"id": package["license"]}}],
            "hashes": [{"alg": {"sha512": "SHA-512"}[kind], "content": base64.b64decode(digest).hex()}],
            **({"group": group} if group else {}),
        }  # fmt: skip


def _of_others() -> Iterator[Component]:
    for data in OF_OTHERS:
        for file in sorted((ROOT / "tweeluik").glob(data.pattern)):
            path = file.relative_to(ROOT).as_posix()
            yield {
                "type": "file", "bom-ref": f"file:{path}", "name": path, "publisher": data.made_by,
                "licenses": [{"license": {"id": data.licence}}],
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
                **({"version": data.version} if data.version else {}),
            }  # fmt: skip


if __name__ == "__main__":
    BILL = Path(sys.argv[1])
    BILL.write_text(completed(BILL.read_text("utf-8"), LOCK.read_text("utf-8")), encoding="utf-8")
