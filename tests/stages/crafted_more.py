"""A second pair of hands at the same desk: heads, blocks, names, numbers, signatures and receipts that nearly fit."""

from __future__ import annotations

import gzip
import json
import struct
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

from tests.stages.crafted import PAPERS, SENDER, Case, Craft, _json, _patched, _swap, zipped
from tweeluik.confidential.age import signature
from tweeluik.confidential.age.sealing import new_identity, seal
from tweeluik.confidential.bundle.inventory import MANIFEST, SIGNATURE
from tweeluik.confidential.bundle.stated import Covered

CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + 16
ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of ed25519 (RFC 8032): an S that is larger says the same, and no signer writes it."""


def more(craft: Craft) -> Iterator[Case]:
    """All of them, in an order that stays."""
    for kind in (_blocks, _heads, _containers, _names, _manifests, _signatures, _receipts):
        yield from kind(craft)


def _blocks(craft: Craft) -> Iterator[Case]:
    """Of a bundle of several blocks: age binds their order and which is the last."""
    sealed = craft.seal(zipped(craft.members({**PAPERS, "groot.csv": bytes(3 * CHUNK)})))
    start = sealed.index(b"\n", sealed.index(b"\n---") + 1) + 1 + 16
    head, body = sealed[:start], sealed[start:]
    blocks = [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]
    yield Case("blocks: several", sealed, craft.key, "")
    for name, others in {
        "the last one gone": blocks[:-1],
        "the first one gone": blocks[1:],
        "two in another order": [blocks[1], blocks[0], *blocks[2:]],
        "one twice": [blocks[0], blocks[0], *blocks[1:]],
        "the last one twice": [*blocks, blocks[-1]],
        "an empty one behind": [*blocks, bytes(16)],
        "none at all": [],
        "half a tag": [*blocks[:-1], blocks[-1][:-8]],
    }.items():
        yield Case(f"blocks: {name}", head + b"".join(others), craft.key, None)
    nonce = head[:-16] + bytes([head[-16] ^ 1]) + head[-15:]
    yield Case("blocks: a bit in the nonce", nonce + body, craft.key, None)


def _heads(craft: Craft) -> Iterator[Case]:
    container = zipped(craft.members())
    sealed = craft.seal(container)
    end = sealed.index(b"\n---") + 1
    for name, data in {
        "the same reader twice": seal(container, [craft.recipient, craft.recipient, craft.archive]),
        "every reader twice": seal(container, [craft.recipient, craft.archive] * 2),
        "a reader by ssh more": seal(container, [craft.recipient, craft.archive, craft.public]),
        "sealed twice": craft.seal(sealed),
        "the sealed file packed": gzip.compress(sealed, mtime=0),
        "Windows line ends in the head": sealed[:end].replace(b"\n", b"\r\n") + sealed[end:],
        "a space behind a stanza": sealed.replace(b"\n", b" \n", 1),
        "a stanza less": sealed[: sealed.index(b"-> ")] + sealed[sealed.index(b"-> ", sealed.index(b"-> ") + 1) :],
        "a head without stanzas": b"age-encryption.org/v1\n" + sealed[end:],
        "a stanza of nobody": b"age-encryption.org/v1\n-> x-grease y\nAAAA\n" + sealed[22:],
        "a MAC of another length": sealed[: end + 4] + sealed[end + 5 :],
        "text in front": b"Beste griffie,\n" + sealed,
    }.items():
        yield Case(f"head: {name}", data, craft.key, None)


def _containers(craft: Craft) -> Iterator[Case]:
    good = craft.members()
    whole = zipped(good)
    central = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    first = whole[central : whole.index(b"PK\x01\x02", central + 1)]
    ghost = b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 1, 0) + b"x"
    for name, container in {
        "a member twice in the directory": _counted(whole[:central] + first + whole[central:], len(first)),
        "a member that the directory does not know": _moved(whole[:central] + ghost + whole[central:], len(ghost)),
        "two ends": whole + whole[end:],
        "a length that follows behind": _patched(_patched(whole, b"PK\x03\x04", 6, b"\x08"), b"PK\x01\x02", 8, b"\x08"),
        "a size that is not that of the bytes": _patched(whole, b"PK\x01\x02", 24, b"\x09"),
        "packed as a whole": gzip.compress(whole, mtime=0),
        "a ZIP in a ZIP": zipped({"bundel.zip": whole}),
    }.items():
        yield Case(f"container: {name}", craft.seal(container), craft.key, None)


def _counted(data: bytes, longer: int) -> bytes:
    """The end of a directory that has one member more."""
    end = data.rindex(b"PK\x05\x06")
    here, every, size = struct.unpack("<HHI", data[end + 8 : end + 16])
    return data[: end + 8] + struct.pack("<HHI", here + 1, every + 1, size + longer) + data[end + 16 :]


def _moved(data: bytes, by: int) -> bytes:
    """The end of a directory that begins later."""
    end = data.rindex(b"PK\x05\x06")
    (start,) = struct.unpack("<I", data[end + 16 : end + 20])
    return data[: end + 16] + struct.pack("<I", start + by) + data[end + 20 :]


def _names(craft: Craft) -> Iterator[Case]:
    for name in (
        "..", ".", "a/../b", "./a", "~a", "-rf", "a\tb", "a\x7fb", "CONIN$", "COM\N{SUPERSCRIPT ONE}.txt", "a\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe",
        "\N{FULLWIDTH LATIN SMALL LETTER A}", "\N{KELVIN SIGN}", "a%2fb", "02-gegevens", "a?", "a*b", "a|b", 'a"b',
    ):  # fmt: skip
        sealed = craft.seal(zipped(craft.members({**PAPERS, name: b"x"})))
        yield Case(f"name: {name!r}", sealed, craft.key, None)


def _twice(key: str) -> Callable[[bytes], bytes]:
    return lambda data: _json(data, lambda raw: raw[key].append(raw[key][0]))


MANIFESTS: dict[str, Callable[[bytes], bytes]] = {
    "a number with a nought in front": _swap('"copy": 1', '"copy": 01'),
    "a number with a plus": _swap('"copy": 1', '"copy": +1'),
    "a number without end": _swap('"sequence": 2', f'"sequence": {"9" * 5000}'),
    "infinity": _swap('"copy": 1', '"copy": Infinity'),
    "a number in other digits": _swap('"copy": 1', '"copy": \N{ARABIC-INDIC DIGIT ONE}'),
    "a day in other digits": _swap("2025-02-13", "2025-02-1\N{FULLWIDTH DIGIT THREE}"),
    "a digest in other digits": _swap("ab" * 32, "ab" * 31 + "a\N{FULLWIDTH DIGIT ONE}"),
    "a year of five digits": _swap("2025-02-13", "12025-02-13"),
    "a day before the year nought": _swap("2025-02-13", "-2025-02-13"),
    "a reader twice": _twice("recipients"),
    "a file twice": _twice("files"),
    "itself among the files": lambda data: _json(
        data, lambda raw: raw["files"].append({"name": MANIFEST, "size": 0, "sha256": "0" * 64})
    ),
    "a comment": lambda data: data.replace(b"{\n", b"{\n  // hallo\n", 1),
    "a comma behind the last": lambda data: data.replace(b"]\n}", b"],\n}"),
    "tabs": lambda data: data.replace(b"  ", b"\t"),
    "Windows line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "two of them": lambda data: data + data,
    "a nought byte behind": lambda data: data + b"\0",
    "letters that could be plain": lambda data: json.dumps(json.loads(data), ensure_ascii=True, indent=2).encode() + b"\n",
    "half a character at the end": _swap('"X"', '"X\\udc00"'),
}  # fmt: skip


def _manifests(craft: Craft) -> Iterator[Case]:
    for name, edit in MANIFESTS.items():
        yield Case(f"manifest: {name}", craft.seal(zipped(craft.members(edit=edit))), craft.key, None)


def _signatures(craft: Craft) -> Iterator[Case]:
    members = craft.members(key=craft.signer)
    good, manifest = members[SIGNATURE], members[MANIFEST]
    blob = b64decode("".join(good.decode().splitlines()[1:-1]))
    s = int.from_bytes(blob[-32:], "little") + ORDER
    stranger = signature.sign(manifest, key=craft.stranger, namespace=signature.MANIFEST_NAMESPACE)
    others = {
        "an S beyond the order": _armoured(blob[:-32] + s.to_bytes(32, "little")),
        "all noughts": _armoured(blob[:-64] + bytes(64)),
        "a key of noughts": _armoured(blob.replace(_key_of(blob), bytes(32))),
        "another kind of key": _armoured(blob.replace(b"ssh-ed25519", b"ssh-ed25518", 1)),
        "another hash": _armoured(blob.replace(b"sha512", b"sha256", 1)),
        "a hash that is none": _armoured(blob.replace(b"sha512", b"md5512", 1)),
        "another mark": _armoured(b"SSHSIX" + blob[6:]),
        "a length without end": _armoured(blob[:10] + b"\xff\xff\xff\xff" + blob[14:]),
        "that of a stranger behind it": good + stranger,
        "that of a stranger in front": stranger + good,
        "an OpenPGP one": b"-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n",
    }
    for name, signed in others.items():
        sealed = craft.seal(zipped({**members, SIGNATURE: signed}))
        yield Case(f"signature: {name}", sealed, craft.key, None, craft.signers)


def _armoured(data: bytes) -> bytes:
    text = b64encode(data).decode()
    lines = "".join(f"{text[at : at + 70]}\n" for at in range(0, len(text), 70))
    return f"-----BEGIN SSH SIGNATURE-----\n{lines}-----END SSH SIGNATURE-----\n".encode()


def _key_of(blob: bytes) -> bytes:
    """The public key inside a signature: behind its mark, version, length and kind."""
    start = 6 + 4 + 4 + 4 + len("ssh-ed25519") + 4
    return blob[start : start + 32]


def _receipts(craft: Craft) -> Iterator[Case]:
    sealed = craft.seal(zipped(craft.members(key=craft.signer)))
    good = craft.receipt(sealed)
    text, signed = craft.signed(good)
    (copy,) = good.copies
    stranger = Covered("ander.age", sha256(b"ander").hexdigest(), copy.recipients)
    wrong = replace(copy, recipients=(("cip", "0000 " * 7 + "0000"), copy.recipients[1]))
    swapped = replace(copy, recipients=copy.recipients[::-1])
    sets: dict[str, tuple[str | None, tuple[tuple[bytes, bytes], ...]]] = {
        "also of another file": (SENDER, (craft.signed(replace(good, copies=(stranger, copy))),)),
        "of another reader": (None, (craft.signed(replace(good, copies=(wrong,))),)),
        "first of another reader, then right": (None, (craft.signed(replace(good, copies=(wrong, copy))),)),
        "of a day before it was made": (None, (craft.signed(replace(good, created=date(1999, 12, 31))),)),
        "of a later bundle that holds this file too": (SENDER, (craft.signed(replace(good, sequence=3)),)),
        "its own, and a later one that holds this file too": (
            SENDER,
            (craft.signed(good), craft.signed(replace(good, sequence=3))),
        ),
        "its own, and a later one of another file": (
            SENDER,
            (craft.signed(good), craft.signed(replace(good, sequence=3, copies=(stranger,)))),
        ),
        "of no file": (None, (craft.signed(replace(good, copies=())),)),
        "with the signature of another": (None, ((text, craft.signed(replace(good, copies=(stranger, copy)))[1]),)),
        "the readers in another order": (SENDER, (craft.signed(replace(good, copies=(swapped,))),)),
        "twice": (SENDER, ((text, signed), (text, signed))),
    }
    for name, (opens, receipts) in sets.items():
        yield Case(f"receipt: {name}", sealed, craft.key, opens, craft.signers, receipts)
    yield Case("receipt: of nobody, nobody named", sealed, new_identity()[0].encode(), None, None, ((text, signed),))
