"""The licences of everything that is installed with the product, from its bill of materials: `make sbom` calls it.

    python -m tools.licences build-output/sbom.cdx.json

A package without a licence, or with one that nobody agreed to, ends with code 1.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

AGREED = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT MIT-CMU MPL-2.0 PSF-2.0 Zlib".split()  # noqa: SIM905 - a list
)
"""By their names in SPDX; all go together with the EUPL-1.2 of the product."""

OF_FILES = frozenset(("OFL-1.1", "Unicode-3.0", "CC-BY-SA-4.0"))
"""Of fonts and lists, which are shipped as files of their own; not of a program."""

CLASSIFIERS = {"License :: OSI Approved :: BSD License": "BSD-3-Clause"}

NOT_DECLARED = {
    "ahocorasick_rs": "Apache-2.0",
    "pypdfium2": "Apache-2.0 OR BSD-3-Clause",
    "pyrage": "MIT",
}
"""Packages whose metadata are silent, by the licence file that they bring."""

_OPERATORS = frozenset(("AND", "OR", "WITH"))


class Package(NamedTuple):
    """What is installed, in which version, under which licences."""

    name: str
    version: str
    licence: str
    is_file: bool = False

    @property
    def refused(self) -> tuple[str, ...]:
        """The licences to which nobody agreed; of a choice (`OR`) one will do."""
        choices = [re.findall(r"[\w.+-]+", choice) for choice in self.licence.split(" OR ")]
        agreed = AGREED | _OPERATORS | (OF_FILES if self.is_file else frozenset())
        others = [tuple(each for each in choice if each not in agreed) for choice in choices]
        return min(others, key=len) if self.licence else ("none",)


def packages(bill: str) -> tuple[Package, ...]:
    """Every package of a bill of materials in CycloneDX."""
    found = json.loads(bill).get("components", [])
    return tuple(
        Package(each["name"], each.get("version", ""), _licence(each), each.get("type") == "file") for each in found
    )


def refused(found: Iterable[Package]) -> tuple[str, ...]:
    """A line per package that may not be shipped."""
    return tuple(f"{each.name} {each.version}: {', '.join(each.refused)}" for each in found if each.refused)


def _licence(component: dict[str, list[dict[str, dict[str, str] | str]]]) -> str:
    told = dict.fromkeys(filter(None, map(_name, component.get("licenses", ()))))
    return " AND ".join(told) or NOT_DECLARED.get(str(component["name"]), "")


def _name(choice: dict[str, dict[str, str] | str]) -> str:
    licence = choice.get("license")
    if isinstance(licence, dict):
        name = licence.get("id") or licence.get("name", "")
        return CLASSIFIERS.get(name, name)
    return str(choice.get("expression", ""))


def main(file: Path) -> int:
    """Print a line per package; 1 when one may not be shipped."""
    found = packages(file.read_text(encoding="utf-8"))
    for each in found:
        sys.stdout.write(f"{each.name} {each.version}".rstrip() + f": {each.licence}\n")
    wrong = refused(found)
    for line in wrong:
        sys.stderr.write(f"not agreed to: {line}\n")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
