"""Changes of known bytes, always the same ones: a short run without any other program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.example.dice import Dice

PIECES = (
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\n", b"\r", b"\t", b'"', b"'", b":", b"- ", b"{", b"}", b"[", b"]", b"&a ",
    b"*a", b"<<: ", b"!!", b"%", b"#", b"\\", b"\\ud800", b"\xed\xa0\x80", b"9" * 40, b"-1", b"1e999", b"NaN", b"null",
    b"true", b"~", "\u2028".encode(), "\u202e".encode(), "\U0010ffff".encode(), b"[" * 300, b'{"a":' * 300, b";" * 50,
    b"," * 50,
)  # fmt: skip
"""What readers stumble over."""


def changed(seeds: Sequence[bytes], number: int, seed: int) -> Iterator[bytes]:
    """So many changes: a piece put in, taken out, doubled or moved; bytes turned; two files joined."""
    dice = Dice(seed)
    for _ in range(number):
        data = bytearray(dice.pick(seeds))
        for _ in range(1 + dice.below(4)):
            _change(dice, data, seeds)
        yield bytes(data)


def _change(dice: Dice, data: bytearray, seeds: Sequence[bytes]) -> None:
    at = dice.below(len(data) + 1)
    until = min(at + 1 + dice.below(1 << dice.below(8)), len(data))
    way = dice.below(6)
    if way == 0:
        data[at:at] = dice.pick(PIECES)
    elif way == 1:
        data[at:until] = dice.pick(PIECES)
    elif way == 2:  # noqa: PLR2004 (the ways have no names)
        data[at:at] = data[at:until]
    elif way == 3 and at < len(data):  # noqa: PLR2004
        data[at] ^= 1 << dice.below(8)
    elif way == 4:  # noqa: PLR2004
        other = dice.pick(seeds)
        data[at:until] = other[dice.below(len(other)) :][: until - at]
    else:
        del data[at:until]
