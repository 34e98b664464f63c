"""The head of an age file, read without a key: to whom it is sealed, by kind.

Format: https://age-encryption.org/v1. Two heads are refused here, before any work: that of a file sealed with a
passphrase, because its author sets how long opening takes and how much memory it costs, and one with more stanzas than
anybody has recipients, because every one of them is tried with every identity.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from itertools import pairwise

VERSION = b"age-encryption.org/v1\n"
ARMOR_START = b"-----BEGIN AGE ENCRYPTED FILE-----"
ARMOR_END = b"-----END AGE ENCRYPTED FILE-----"
HEADS = (b"-> ", b"---")
"""How a stanza begins, and the line with the MAC."""

GREASE = "-grease"
"""How a stanza ends that belongs to nobody: it is there so that readers get used to what they do not know."""

MOST_STANZAS = 32
"""In a head that is read. Sealing may add one that belongs to nobody, so that it takes one recipient fewer."""

FULL_LINE = 64
HEADER_LIMIT = 1 << 20
NONCE = 16
CHUNK = 64 * 1024
TAG = 16


class NotAge(ValueError):
    """The bytes are no age file."""


class TooManyStanzas(NotAge):
    """The head names more recipients than anybody has."""


def is_armoured(data: bytes) -> bool:
    """Whether this is the text form; white space may stand around it."""
    return data[:HEADER_LIMIT].lstrip().startswith(ARMOR_START)


def header(data: bytes) -> bytes:
    """The header of a binary or armoured age file, up to and including the line with its MAC.

    Raises:
        NotAge: there is none within the first MiB.
    """
    start = data[:HEADER_LIMIT]
    if is_armoured(start):
        start = _unarmored(start)
    if not start.startswith(VERSION):
        raise NotAge("no age file")
    mac = start.find(b"\n---")
    end = start.find(b"\n", mac + 1)
    if mac < 0 or end < 0:
        raise NotAge("the header does not end")
    return start[: end + 1]


def stanza_kinds(data: bytes) -> tuple[str, ...]:
    """The kind of every recipient stanza, in order, such as `X25519` or `scrypt`.

    Raises:
        NotAge: also for a stanza without a short last line, which some programs accept and the format does not.
        TooManyStanzas: there are more than `MOST_STANZAS`.
    """
    lines = header(data).split(b"\n")[1:]
    if sum(line.startswith(b"-> ") for line in lines) > MOST_STANZAS:
        raise TooManyStanzas("the head has too many stanzas")
    if any(
        len(body) >= FULL_LINE or body.startswith(b"-> ") for body, head in pairwise(lines) if head.startswith(HEADS)
    ):
        raise NotAge("a stanza does not end with a short line")
    return tuple(line.split(b" ")[1].decode("ascii", "replace") for line in lines if line.startswith(b"-> "))


def of_readers(kinds: Iterable[str]) -> tuple[str, ...]:
    """Of the kinds of stanzas those that somebody can open."""
    return tuple(each for each in kinds if not each.endswith(GREASE))


def scrypt_work(data: bytes) -> int | None:
    """The work factor of a file that is sealed with a passphrase and nothing else, as a power of two.

    Raises:
        NotAge: as `stanza_kinds`.
    """
    if stanza_kinds(data) != ("scrypt",):
        return None
    line = next(each for each in header(data).split(b"\n") if each.startswith(b"-> "))
    _, _, *arguments = line.split(b" ")
    return int(arguments[1]) if len(arguments) == 2 and arguments[1].isdigit() else None  # noqa: PLR2004 (salt, work)


def sealed_size(header_size: int, size: int) -> int:
    """How many bytes an age file has with a header of `header_size` bytes and `size` bytes inside."""
    chunks = max(1, -(-size // CHUNK))
    return header_size + NONCE + size + TAG * chunks


def _unarmored(start: bytes) -> bytes:
    body = start.lstrip().removeprefix(ARMOR_START).split(ARMOR_END)[0]
    text = b"".join(body.split())
    try:
        return base64.b64decode(text[: len(text) // 4 * 4], validate=True)
    except binascii.Error:
        raise NotAge("the armour is damaged") from None
