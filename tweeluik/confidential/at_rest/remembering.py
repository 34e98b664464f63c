"""What a publication leaves to be remembered: its confidential memory, and a key for a source that has none.

Both can be sealed to the editors of today: the memory where there are any, the key where records are sealed too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from tweeluik.confidential.age.padding import pad
from tweeluik.confidential.age.recipients import read_source_recipients
from tweeluik.confidential.age.sealing import AgeRefused, seal
from tweeluik.disk.private import write_new_file
from tweeluik.problems import Place, Problem, SealingFailed
from tweeluik.source.inventory import KEY_FILE, SEALABLE, SEALED


def sealing_for(content: Path, *, today: date) -> Callable[[bytes], bytes] | None:
    """What seals a memory to all editors of a source; None where the source is kept in clear.

    Raises:
        SealingFailed: with every problem of the editors' files.
    """
    recipients = read_source_recipients(content, today=today)
    return partial(_seal, [each.key for each in recipients]) if recipients else None


def keep_key(content: Path, key: str, seal: Callable[[bytes], bytes] | None) -> Path:
    """Write what the choices of protection followed from, for a source without a key; where it stands now.

    It is sealed where records are: who reads these in clear needs no identity, and every command reads the key.

    Raises:
        FileExistsError: there is one after all.
        SealingFailed: it cannot be sealed.
        OSError: it cannot be written.
    """
    data, path = f"{key}\n".encode(), content / KEY_FILE
    if seal is not None and _is_sealed(content):
        data, path = seal(data), path.with_name(f"{KEY_FILE}{SEALED}")
    write_new_file(path, data)
    return path


def _is_sealed(content: Path) -> bool:
    return any(next(content.rglob(f"*{ending}{SEALED}"), None) is not None for ending in SEALABLE)


def _seal(recipients: list[str], memory: bytes) -> bytes:
    try:
        return seal(pad(memory), recipients)
    except AgeRefused as refused:
        hint = "look at recipients/source/"
        raise SealingFailed(Problem(Place("published"), "", f"the memory cannot be sealed: {refused}", hint)) from None
