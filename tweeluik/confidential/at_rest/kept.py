"""Work that could not be sealed in its place, kept sealed beside it: no text of a person is lost, and none lies open.

`partners/taal.yaml.age` has its kept texts in `partners/.taal.bewaard-1.yaml.age`: no file of the source. The next edit
shows them beside the text as it is now, and they go when that has been sealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.padding import pad, unpad
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.sealing import AgeRefused, seal
from tweeluik.disk.durable import create_file
from tweeluik.disk.private import write_new_file
from tweeluik.source.inventory import SEALED

MARK = "bewaard"


def keep(sealed: Path, folder: Path, known: Sequence[bytes], recipients: Sequence[Recipient]) -> Path | None:
    """Seal the newest text in a private folder that is none of the known ones; None when there is none.

    Editors write such texts when they are cut off: nano as `.save`, emacs between `#`, vim into a swap file.

    Raises:
        AgeRefused: it cannot be sealed.
        OSError: it cannot be written.
    """
    for file in sorted(folder.iterdir(), key=lambda each: (each.stat().st_mtime_ns, each.name), reverse=True):
        if not file.is_file() or file.suffix == ".swp":
            continue
        text = file.read_bytes()
        if text and text not in known:
            target = next(each for each in _places(sealed) if not each.exists())
            write_new_file(target, seal(pad(text), [each.key for each in recipients]))
            return target
    return None


def _places(sealed: Path) -> Iterator[Path]:
    name = Path(sealed.name.removesuffix(SEALED))
    return (sealed.with_name(f".{name.stem}.{MARK}-{number}{name.suffix}{SEALED}") for number in count(1))


def find_kept(sealed: Path) -> tuple[Path, ...]:
    """The kept texts of a sealed file, oldest first."""
    name = Path(sealed.name.removesuffix(SEALED))
    ours = re.compile(rf"\.{re.escape(name.stem)}\.{MARK}-(\d+){re.escape(name.suffix + SEALED)}")
    found = [(int(match[1]), each) for each in sealed.parent.iterdir() if (match := ours.fullmatch(each.name))]
    return tuple(each for _, each in sorted(found))


def lay_out(kept: Sequence[Path], keyring: Keyring, folder: Path) -> Iterator[tuple[Path, Path]]:
    """The kept texts that open, in clear in a private folder: pairs of the sealed and the opened file."""
    for each in kept:
        try:
            text = unpad(keyring.open(each.read_bytes()))
        except (AgeRefused, OSError):
            continue
        clear = folder / each.name.removeprefix(".").removesuffix(SEALED)
        create_file(clear, text)
        yield each, clear
