"""Who wrote the last change of the source, as git tells it: asked only where the policy lets no author approve."""

from __future__ import annotations

from pathlib import Path

from tweeluik.disk.git import ask_git, has_git
from tweeluik.problems import NotApproved, Place, Problem
from tweeluik.record.register import FOLDER as PUBLISHED
from tweeluik.review.box import FOLDER as APPROVALS
from tweeluik.review.judging import Author
from tweeluik.review.signers import FILE, fingerprint_of
from tweeluik.review.votes import key_in

_SOURCE = (".", f":(exclude){APPROVALS}", f":(exclude){PUBLISHED}", f":(exclude){FILE}")
"""What `approve` and `publish` write is no change of the source, nor who may approve."""

_HINT = "the policy says not_by_author: keep the source in git, and commit what you changed"


def read_author(content: Path) -> Author:
    """Author and committer of the last commit that changed the source, and the key that it was signed with.

    Raises:
        NotApproved: the source is in no repository, or was changed since its last commit.
    """
    if _git(content, "status", "--porcelain", "--", *_SOURCE).strip():
        raise _unknown("the last change is not committed: who wrote it is not known")
    commit = _git(content, "log", "-1", "--format=%H", "--", *_SOURCE).decode().strip()
    if not commit:
        raise _unknown("the source has never been committed: who wrote it is not known")
    names = _git(content, "show", "-s", "--format=%ae%n%an%n%ce%n%cn", commit).decode("utf-8", "replace")
    key = key_in(_signature(_git(content, "cat-file", "commit", commit)))
    return Author(
        frozenset(each.strip().casefold() for each in names.split("\n") if each.strip()),
        frozenset() if key is None else frozenset({fingerprint_of(key)}),
    )


def _signature(commit: bytes) -> bytes:
    """The armoured signature in a commit; its further lines are indented by a space."""
    head = commit.partition(b"\n\n")[0]
    start = head.find(b"gpgsig ")
    if start < 0:
        return b""
    first, *rest = head[start + len(b"gpgsig ") :].split(b"\n")
    lines = [first]
    for each in rest:
        if not each.startswith(b" "):
            break
        lines.append(each[1:])
    return b"\n".join(lines)


def _git(folder: Path, *arguments: str) -> bytes:
    if not has_git():
        raise _unknown("git is not there: who wrote the last change is not known")
    told = ask_git(folder, *arguments)
    if told is None:
        raise _unknown("the source is in no git repository: who wrote the last change is not known")
    return told


def _unknown(what: str) -> NotApproved:
    return NotApproved(Problem(Place("approvals"), "", what, _HINT))
