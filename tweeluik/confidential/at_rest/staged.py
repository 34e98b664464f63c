"""What must not enter a version history: `check --staged`, for git's pre-commit hook.

A commit cannot be taken back once it was pushed. Refused are secrets of age and ssh, opened bundles, certificates of an
attack, and source in clear where the source is kept sealed. The messages name files, never what is in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from tweeluik.checks.audit.evidence import SCHEMA
from tweeluik.confidential.age.header import NotAge, header
from tweeluik.confidential.age.recipients import SOURCE
from tweeluik.confidential.at_rest.sealed_source import is_confidential
from tweeluik.confidential.bundle.container import PADDING
from tweeluik.confidential.bundle.data_files import FOLDER, HINGE
from tweeluik.confidential.bundle.documents import OVERVIEW, READ_ME
from tweeluik.confidential.bundle.inventory import KIND
from tweeluik.confidential.bundle.register import NAME as REGISTER
from tweeluik.disk.git import ask_git
from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.source.inventory import SEALED

SECRET = re.compile(
    rb"AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]{20}|AGE-PLUGIN-[0-9A-Z]+-1[0-9A-Z]{20}|-----BEGIN [A-Z ]*PRIVATE KEY-----",
    re.IGNORECASE,
)
OPENED = frozenset({READ_ME, f"{OVERVIEW}.pdf", f"{OVERVIEW}.html", REGISTER, PADDING, "manifest-sha256.txt"})
OPENED_DATA = frozenset({"lijst.csv", "gegevens.json", PurePosixPath(HINGE).name})
CERTIFICATE = SCHEMA.rpartition("-")[0]
"""Of every version of its format."""


def find_unfit_staged(content: Path) -> Iterator[Problem]:
    """Everything in git's index of the repository around `content` that must not be committed.

    Raises:
        WrongUsage: git is not there, or `content` is in no repository.
    """
    root = Path(_git(content, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    inside = content.resolve().relative_to(root.resolve()).as_posix()
    is_kept_sealed = any((content / "recipients" / SOURCE).glob("*.txt"))
    for name in _staged(root):
        path, data = PurePosixPath(name), _git(root, "cat-file", "blob", f":{name}")
        for is_unfit, what, hint in KINDS:
            if is_unfit(path, data):
                yield Problem(Place(_printable(name)), "", what, hint)
        if is_kept_sealed and _is_source(path, inside) and not _is_age(data):
            what, hint = "source in clear, where sealed source is expected", "seal it with `seal-source`"
            yield Problem(Place(_printable(name)), "", what, hint)


def _staged(root: Path) -> list[str]:
    """The files in the index that differ from the last commit, and are still there."""
    options = ("--cached", "--name-only", "-z", "--diff-filter=ACMRT", "--ignore-submodules=all")
    names = _git(root, "diff", *options).decode("utf-8", "surrogateescape")
    return [name for name in names.split("\0") if name]


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _is_secret(_path: PurePosixPath, data: bytes) -> bool:
    # Without zeros, because PowerShell redirects into UTF-16.
    return SECRET.search(data.replace(b"\0", b"")) is not None


def _is_age(data: bytes) -> bool:
    try:
        header(data)
    except NotAge:
        return False
    return True


def _only_says_sealed(path: PurePosixPath, data: bytes) -> bool:
    return path.suffix == SEALED and not _is_age(data)


def _is_opened(path: PurePosixPath, data: bytes) -> bool:
    name = path.name.removeprefix(f"{FOLDER}-")  # the offline opener saves without folders
    is_inside = path.parent.name == FOLDER or name != path.name
    is_data = is_inside and (name in OPENED_DATA or name.startswith("tabel-"))
    is_manifest = path.name == "manifest.json" and f'"kind": "{KIND}"'.encode() in data
    is_container = data.startswith(b"PK\x03\x04") and PADDING.encode() in data[-4096:]
    return path.name in OPENED or is_data or is_manifest or is_container


def _is_certificate(_path: PurePosixPath, data: bytes) -> bool:
    return f'"schema":"{CERTIFICATE}-'.encode() in data[:100]


KINDS: tuple[tuple[Callable[[PurePosixPath, bytes], bool], str, str], ...] = (
    (
        _is_secret,
        "an identity or private key",
        "take it out of the index (`git restore --staged`) and keep it elsewhere",
    ),
    (
        _is_opened,
        "a file of an opened bundle",
        "take it out of the index (`git restore --staged`) and delete the folder",
    ),
    (
        _is_certificate,
        "a certificate of an attack, which is confidential",
        "take it out of the index (`git restore --staged`) and keep it elsewhere",
    ),
    (_only_says_sealed, "a file that is named .age and is not sealed", "give it the name that it should have"),
)


def _is_source(path: PurePosixPath, inside: str) -> bool:
    parts = path.parts if inside == "." else path.relative_to(inside).parts if path.is_relative_to(inside) else ()
    return bool(parts) and is_confidential("/".join(parts).removesuffix(SEALED)) and not path.name.startswith(".")


def _git(folder: Path, *arguments: str) -> bytes:
    told = ask_git(folder, *arguments)
    if told is None:
        raise _no_git()
    return told


def _no_git() -> WrongUsage:
    return WrongUsage(
        Problem(Place("git"), "", "there is no git repository around the source", "call this in a git hook")
    )
