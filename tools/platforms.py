"""`docs/platforms.md`, on which systems the locked packages install: `python -m tools.platforms`.

For each system and version of Python pip says which file of every package it would take, as that system would. A file
that is not in `requirements.lock`, or none at all, is told, and what the ranges of `pyproject.toml` give there instead.
Nothing is installed; it asks the package index, so no test runs it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
PAGE = ROOT / "docs" / "platforms.md"

PYTHONS = ("3.11", "3.12", "3.13", "3.14")

_GLIBC = (5, 12, 17, 24, 26, 27, 28, 31, 34)


def _linux(machine: str) -> tuple[str, ...]:
    return (f"manylinux2014_{machine}", *(f"manylinux_2_{each}_{machine}" for each in _GLIBC))


def _mac(machine: str, last: int, *older: str) -> tuple[str, ...]:
    releases = [*older, *(f"{each}_0" for each in range(11, last + 1))]
    return tuple(f"macosx_{release}_{kind}" for release in releases for kind in (machine, "universal2"))


PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "Windows, x64": ("win_amd64",),
    "Windows, ARM": ("win_arm64",),
    "macOS 15, ARM": _mac("arm64", 15),
    "macOS 14, ARM": _mac("arm64", 14),
    "macOS 15, Intel": _mac("x86_64", 15, "10_9", "10_12", "10_13", "10_14", "10_15"),
    "macOS 14, Intel": _mac("x86_64", 14, "10_9", "10_12", "10_13", "10_14", "10_15"),
    "Linux (glibc 2.34), x64": _linux("x86_64"),
    "Linux (glibc 2.34), ARM": _linux("aarch64"),
    "Linux (musl 1.2), x64": ("musllinux_1_1_x86_64", "musllinux_1_2_x86_64"),
}

_MISSING = re.compile(r"No matching distribution found for ([\w.-]+)==")


class _Archive(TypedDict):
    hashes: dict[str, str]


class _Download(TypedDict):
    url: str
    archive_info: _Archive


class _Chosen(TypedDict):
    download_info: _Download


class _Report(TypedDict):
    install: list[_Chosen]


@dataclass(slots=True)
class Resolved:
    """What pip would take on one system: files, packages without one, and files that are not locked.

    `missing`: of each package without a wheel of the locked version the file that its range gives, or nothing.
    """

    files: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    unlocked: list[str] = field(default_factory=list)


def locked() -> Mapping[str, str]:
    """Every package of the lock file with its version."""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", LOCK.read_text("utf-8"), re.MULTILINE))


def resolve(tags: Sequence[str], python: str) -> Resolved:
    """What pip takes for a system with these tags, or why not."""
    wanted, found = dict(locked()), Resolved()
    hashes = LOCK.read_text("utf-8")
    while wanted:
        report, error = _ask(tags, python, [f"{name}=={version}" for name, version in wanted.items()])
        if report is None:
            names = _MISSING.findall(error)
            if not names or names[0] not in wanted:
                raise SystemExit(error)
            found.missing[names[0]] = _in_range(tags, python, names[0])
            del wanted[names[0]]
            continue
        for each in report["install"]:
            download = each["download_info"]
            found.files.append(download["url"].rpartition("/")[2])
            if download["archive_info"]["hashes"]["sha256"] not in hashes:
                found.unlocked.append(found.files[-1])
        break
    return found


def _in_range(tags: Sequence[str], python: str, name: str) -> str:
    """The version that pip takes where the lock file does not count; nothing where there is no wheel at all."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    wanted = next((each for each in asked if re.split("[<>=]", each)[0].replace("_", "-") == name), name)
    report, _ = _ask(tags, python, [wanted])
    if report is None:
        return ""
    return report["install"][0]["download_info"]["url"].rpartition("/")[2].split("-")[1]


def _ask(tags: Sequence[str], python: str, wanted: Sequence[str]) -> tuple[_Report | None, str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.json")
        options = [
            "--dry-run",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--target",
            folder,
            "--report",
            str(file),
        ]
        systems = [option for tag in tags for option in ("--platform", tag)]
        version = ["--python-version", python, "--implementation", "cp"]
        done = subprocess.run(  # noqa: S603 - pip, with what stands in our own files
            [sys.executable, "-m", "pip", "install", *options, *systems, *version, *wanted],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            return None, done.stderr
        report: _Report = json.loads(file.read_text("utf-8"))
        return report, ""


def page(found: Mapping[tuple[str, str], Resolved]) -> str:
    """The page."""
    return "\n".join((*_head(), *_table(found), "", *_notes(found))) + "\n"


def _head() -> Iterator[str]:
    yield _ABOUT.format(number=len(locked()))
    yield f"| system | {' | '.join(f'Python {each}' for each in PYTHONS)} |"
    yield f"|---|{'---|' * len(PYTHONS)}"


def _table(found: Mapping[tuple[str, str], Resolved]) -> Iterator[str]:
    for name in PLATFORMS:
        cells = (_cell(found[name, python]) for python in PYTHONS)
        yield f"| {name} | {' | '.join(cells)} |"


def _cell(resolved: Resolved) -> str:
    if not resolved.missing and not resolved.unlocked:
        return f"all {len(resolved.files)}"
    parts = [f"not {each}" for each in sorted(resolved.missing)]
    parts += [f"not in the lock file: {each}" for each in sorted(resolved.unlocked)]
    return f"{len(resolved.files) - len(resolved.unlocked)}; {', '.join(parts)}"


def _notes(found: Mapping[tuple[str, str], Resolved]) -> Iterator[str]:
    told = defaultdict[tuple[str, str], set[str]](set)
    for (name, _), each in found.items():
        for package, instead in each.missing.items():
            told[package, instead].add(name)
    for (package, instead), names in sorted(told.items()):
        where = "; ".join(each for each in PLATFORMS if each in names)
        yield (_OLDER if instead else _NONE).format(package=package, instead=instead, where=where)


_ABOUT = """# Platforms

Which of the {number} packages in `requirements.lock` install from a wheel whose hash is in that file, as pip of each
system chooses them. Written by `python -m tools.platforms`, which asks the package index for its answer; nothing was
installed on those systems. Tried every day is Linux on x64 with Python 3.11 only.
"""
_OLDER = """- {package} is locked to a version without a wheel for: {where}. `pip install .` takes {instead} there,
  which the ranges of `pyproject.toml` allow; the lock file has no hash of it."""
_NONE = """- {package} has no wheel for: {where} (for one or more versions of Python). It would be built from source,
  with a compiler, which nobody has tried. Python for x64 runs there too, or use WSL."""


def main() -> None:
    """Ask for every system, and write the page."""
    found = dict[tuple[str, str], Resolved]()
    for name, tags in PLATFORMS.items():
        for python in PYTHONS:
            found[name, python] = resolve(tags, python)
    PAGE.write_text(page(found), "utf-8")


if __name__ == "__main__":
    main()
