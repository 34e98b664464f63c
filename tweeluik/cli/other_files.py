"""Files beside the records that only other commands read: `check` tells what is wrong in them before it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from tweeluik.confidential.age.recipients import has_recipients, read_recipients
from tweeluik.problems import BuildFailed, Problem
from tweeluik.review.signers import read_signers
from tweeluik.sheets.answers import read_answers
from tweeluik.sheets.stored import Stored
from tweeluik.source.inventory import ANSWERS


def find_wrong_beside(content: Path, *, today: date) -> Iterator[Problem]:
    """What is wrong with who may receive, who may approve, and the answers about spreadsheets, but for sealed ones.

    Args:
        content: the content folder.
        today: on which keys must hold.
    """
    yield from _wrong(lambda: has_recipients(content) and read_recipients(content, today=today))
    yield from _wrong(lambda: read_signers(content))
    if (content / ANSWERS).is_file():
        yield from _wrong(lambda: read_answers(Stored(content, None).text(ANSWERS) or ""))


def _wrong(read: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        read()
    except BuildFailed as failure:
        return failure.problems
    return ()
