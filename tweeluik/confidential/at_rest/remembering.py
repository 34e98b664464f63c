"""The confidential memory of a publication is sealed where the source is sealed: to its editors of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from tweeluik.confidential.age.padding import pad
from tweeluik.confidential.age.recipients import read_source_recipients
from tweeluik.confidential.age.sealing import AgeRefused, seal
from tweeluik.problems import Place, Problem, SealingFailed


def sealing_for(content: Path, *, today: date) -> Callable[[bytes], bytes] | None:
    """What seals a memory to all editors of a source; None where the source is kept in clear.

    Raises:
        SealingFailed: with every problem of the editors' files.
    """
    recipients = read_source_recipients(content, today=today)
    return partial(_seal, [each.key for each in recipients]) if recipients else None


def _seal(recipients: list[str], memory: bytes) -> bytes:
    try:
        return seal(pad(memory), recipients)
    except AgeRefused as refused:
        hint = "look at recipients/source/"
        raise SealingFailed(Problem(Place("published"), "", f"the memory cannot be sealed: {refused}", hint)) from None
