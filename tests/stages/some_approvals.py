"""Keys of invented people, and the ballot box of a release: made with ssh-keygen, once in a process."""

from __future__ import annotations

import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.conftest import need_program
from tweeluik.review.subject import Subject
from tweeluik.review.votes import Answer, Signed, Vote, sign_vote

DAY = date(2026, 7, 3)


def a_key(who: str, kind: str = "ed25519") -> Path:
    """A private key; its public half stands beside it."""
    return _key(who, kind)


@cache
def _key(who: str, kind: str) -> Path:
    file = Path(mkdtemp(prefix="tweeluik-keys-")) / who
    made = [need_program("ssh-keygen"), "-q", "-t", kind, "-N", "", "-C", who, "-f", str(file)]
    subprocess.run(made, check=True)
    return file


def a_line(who: str, options: str = "", kind: str = "ed25519") -> str:
    """The line of `allowed_signers` for a key of somebody."""
    key_type, key, _ = a_key(who, kind).with_suffix(".pub").read_text().split(" ", 2)
    return f"{who} {options}{' ' if options else ''}{key_type} {key} sleutel van {who}"


def a_subject(page: str = "a", *, version: int = 1) -> Subject:
    """A release whose page has these bytes, in digests."""
    return Subject("2025", version, "final", DAY, "1" * 64, "2" * 64, {"index.html": page * 64, "b.css": "3" * 64})


@cache
def a_vote(who: str, answer: Answer = "yes", page: str = "a", kind: str = "ed25519", version: int = 1) -> Signed:
    """A signed vote of somebody about `a_subject(page)`."""
    remark = "Een zin klopt niet." if answer == "not-yet" else ""
    subject = a_subject(page, version=version)
    vote = Vote(subject.edition, subject.version, subject.digest, answer, remark, DAY)
    return sign_vote(vote, a_key(who, kind))
