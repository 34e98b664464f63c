"""The opener takes for a public record what the program takes for one, and nothing else."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.conftest import need_program
from tests.stages.a_publication import KINDS, PILLARS, a_release, dimension, rounded_2026, suppressed_2025, table
from tweeluik.record.canonical import NotARecord, parse, serialise
from tweeluik.record.cell import Suppressed
from tweeluik.record.model import Correction, Note, Notice, Parliament, Release

SOURCES = Path(__file__).parents[2] / "tools" / "opener" / "src"
STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 10000, 1000000001, 1.5, "", "2026-02-30", "2026-02-28", "final", "shown", [], {}, "é\u2028", "0" * 32, "0" * 64,
)  # fmt: skip
"""One value that every key of a record takes, and many that most do not."""


def records() -> Iterator[Release]:
    """One of each kind: of both formats, hidden, rounded, for inspection, taken back, with names and with notes."""
    day = date(2027, 1, 1)
    notice = Notice("Vertrouwelijk", "reden", day, "de minister", day, day, "leeskamer", "leden")
    hidden, rounded = suppressed_2025(), rounded_2026()
    sides = dimension("kind", KINDS[:1]), dimension("pillar", PILLARS[:1], partition=False)
    first = table("soort", "Soort", "partners", sides, [23, None, 0, 40])
    crossed = replace(first, notes=(Note("kind", KINDS[0][0], "zegt iets"),), note="Eén")
    assert rounded.imprint
    crossed = replace(crossed, named={codes: 3 for codes, each in crossed.cells.items() if each == Suppressed()})
    yield replace(hidden, tables=(crossed,), hinge="ab" * 32, parliament=Parliament("32 824", 7, None))
    own = replace(rounded.imprint, wording=(("a.b", "woord"),))
    yield replace(rounded, tables=rounded.tables[-1:], imprint=own, late="Ziek")
    yield replace(hidden, imprint=None, compared=None, salts=(), tables=hidden.tables[2:3])
    yield a_release(status="provisional", as_of=date(2025, 6, 1), notice=notice, struck=("cd" * 32,))
    yield a_release(version=2, corrections=(Correction(2, day, "fout", withdraws=True),))


def changed(value: Any) -> Iterator[Any]:
    """Everything that is one step away: another value, a part less, twice, more, or in another order."""
    if isinstance(value, dict):
        yield from (dict(each) for each in (reversed(value.items()), {**value, "x": 1}.items()))
        yield from ({key: each for key, each in value.items() if key != gone} for gone in value)
        yield from ({**value, key: other} for key, each in value.items() for other in changed(each))
    elif isinstance(value, list):
        yield from (value[::-1], value[:-1], value + value[:1])
        yield from (
            [*value[:at], other, *value[at + 1 :]] for at, each in enumerate(value[:2]) for other in changed(each)
        )
    yield from (deepcopy(each) for each in STRANGE)


def rewritten(data: bytes) -> Iterator[bytes]:
    """The same said otherwise, and what only looks like it."""
    text = data.decode()
    yield from (each.encode() for each in (text[:-1], text + "\n", "\ufeff" + text, text.replace("  ", "\t")))
    yield from (text.replace(old, new, 1).encode() for old, new in REPLACED.items() if old in text)
    yield from (b"", b"\xff", data.replace(b"Partner", b"Part\xed\xa0\x80ner", 1), b"[" * 100_000)


REPLACED = {
    '"version": 1': '"version": 1.0', '"version": 2': '"version": 2e0', '"threshold": 5': '"threshold": NaN', '"value": 0': '"value": -0',
    "Partner": "\\u0050artner", "Vrijwilligers": "\\ud800", "Landelijk": "\\ud83d\\ude00", '"value": 23': '"value": 9007199254740993',
    '"edition": ': '"edition": "2024",\n  "edition": ', "[]": "[ ]", "reden": "r\\/eden", "woord": "\\\\ud800",
}  # fmt: skip


def is_taken(data: bytes) -> bool:
    try:
        parse(data)
    except NotARecord:
        return False
    return True


def test_both_take_the_same_for_a_public_record() -> None:
    texts = dict[bytes, None]()
    for record in records():
        data = serialise(record)
        assert is_taken(data)
        others = (
            (json.dumps(each, ensure_ascii=False, indent=2) + "\n").encode() for each in changed(json.loads(data))
        )
        texts |= dict.fromkeys((data, *others, *rewritten(data)))
    said = subprocess.run(
        [need_program("node"), Path(__file__).with_name("read_records.mjs"), SOURCES],
        input="".join(f"{b64encode(each).decode()}\n" for each in texts), capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    ours = [is_taken(each) for each in texts]
    differ = [text for text, mine, theirs in zip(texts, ours, said, strict=True) if mine != (theirs == "1")]
    assert not differ, differ[0].decode(errors="replace")
    assert sum(ours) > 300
    assert len(ours) > 3000
