"""Crafted files by chance, from a seed: what a person or an attacker may make of a key, a list of signers, a receipt, a note, a manifest.

Nobody says beforehand what must be told of them: `open` and the opener must only agree (`test_bundle_crafted.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from tests.stages.crafted import PAPERS, SENDER, Case, Craft, zipped
from tests.stages.crafted_notes import Archive
from tweeluik.confidential.age import signature
from tweeluik.confidential.age.sealing import new_identity

SIGNS = (
    *"\t \r\n#\"',=\\:;!*?012Aaé\x00\x0b\x0c\x1c\x1d\x1e\x1f\x7f\x85\xa0",
    "\u2028", "\u2029", "\u3000", "\ufeff", "\u200b", "\u0130", "\u017f", "\u212a", "\u0661", "\r\n", "-> ", "ssh-ed25519 ",
)  # fmt: skip
"""What is put in: what ends a line somewhere, what is blank somewhere, what has a meaning in one of these files."""

VALUES: tuple[Any, ...] = (
    None, True, 0, 1, -1, 3, 999_999, 1_000_000, 2**31, 2**53 - 1, 2**53, "", "x", "é", "\u2028", "\x7f", "\x00", "\U0001f600",
    "2024-12-18", "2024-12-19", "9999-12-31", "0001-01-01", "10000-01-01", "cip", "CIP", "c" * 32, "00", "ab" * 16, "ab" * 32, [], {},
)  # fmt: skip
"""What stands in a manifest in the place of something else."""


def by_chance(craft: Craft, seed: int, number: int) -> Iterator[Case]:
    """So many of them, of each kind as many."""
    chance = Random(seed)
    plain, signed = (craft.seal(zipped(craft.members(key=key))) for key in (None, craft.signer))
    copy = Archive(craft)
    kinds = (
        _manifest,
        partial(_key, plain),
        partial(_signers, signed),
        partial(_receipt, signed),
        partial(_note, copy),
    )
    for at in range(number):
        yield kinds[at % len(kinds)](craft, chance)


def _key(sealed: bytes, craft: Craft, chance: Random) -> Case:
    texts = (craft.key.decode(), craft.secret, f"# a\r\n{craft.secret}\r\n", f"{craft.secret}\n{new_identity()[0]}\n")
    return Case("key", sealed, _saved(_edited(chance.choice(texts), chance), chance), None)


def _signers(sealed: bytes, craft: Craft, chance: Random) -> Case:
    names = (
        SENDER, f'"{SENDER}"', 'a@b.nl namespaces="git,manifest@*"', f'{SENDER} valid-after="20241219",valid-before="20300101"',
        f'{SENDER} VALID-BEFORE="20250101120000Z"', f'{SENDER} valid-before="202412191200"',
    )  # fmt: skip
    text = f"# wie\r\n{chance.choice(names)} {craft.public}\n"
    return Case("signers", sealed, craft.key, None, _saved(_edited(text, chance), chance))


def _receipt(sealed: bytes, craft: Craft, chance: Random) -> Case:
    """Signed as it is by then; sometimes with another beside it."""
    good = craft.receipt(sealed)
    text = _edited(craft.signed(good)[0].decode(), chance).encode()
    found = [(text, signature.sign(text, key=craft.signer, namespace="kwitantie@tweeluik"))]
    if chance.random() < 0.4:
        found.insert(chance.randrange(2), craft.signed(replace(good, sequence=chance.randint(1, 3))))
    return Case("receipt", sealed, craft.key, None, chance.choice((craft.signers, None)), tuple(found))


def _note(copy: Archive, craft: Craft, chance: Random) -> Case:
    """Signed as it is by then, beside the receipt."""
    text = _edited(copy.signed(copy.renewal())[0].decode(), chance).encode()
    note = (text, signature.sign(text, key=craft.signer, namespace=signature.RENEWAL_NAMESPACE))
    return Case("note", copy.again, craft.key, None, craft.signers, (copy.receipt(copy.first),), (note,))


def _manifest(craft: Craft, chance: Random) -> Case:
    def edit(data: bytes) -> bytes:
        if chance.random() < 0.5:
            return _edited(data.decode(), chance).encode()
        raw = json.loads(data)
        _put(raw, chance)
        return (json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode()

    return Case("manifest", craft.seal(zipped(craft.members(PAPERS, edit))), craft.key, None)


def _put(raw: Any, chance: Random) -> None:
    """Another value somewhere within."""
    place = chance.choice(list(raw) if isinstance(raw, dict) else range(len(raw)))
    if isinstance(raw[place], dict | list) and raw[place] and chance.random() < 0.7:
        _put(raw[place], chance)
    else:
        raw[place] = chance.choice(VALUES)


def _edited(text: str, chance: Random) -> str:
    """With one to three small changes, most of them beside a sign that has a meaning."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        borders = [0, len(text), *(at + chance.randrange(2) for at, sign in enumerate(text) if sign in ' \n",=')]
        at = chance.choice((chance.choice(borders), chance.randrange(len(text) + 1)))
        cut = chance.choice((0, 0, 0, 1, 1, 5))
        put = "" if cut and chance.random() < 0.7 else chance.choice(SIGNS)
        text = text[:at] + put + text[at + cut :]
    return text


def _saved(text: str, chance: Random) -> bytes:
    """In UTF-8, seldom in UTF-16 with or without its mark."""
    if chance.random() < 0.9:
        return text.encode()
    return chance.choice((b"\xff\xfe", b"")) + text.encode("utf-16-le")
