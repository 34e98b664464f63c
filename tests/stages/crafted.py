"""Well over a hundred crafted files, each with what everybody must say of it: `open`, the opener, and plain programs.

A case is what lies on a desk: a sealed file, a key, who may sign, receipts. `opens` names the sender, "" is somebody
unknown, None is a refusal.
"""

from __future__ import annotations

import io
import json
import struct
import subprocess
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from tweeluik.confidential.age import signature
from tweeluik.confidential.age.identities import fingerprint
from tweeluik.confidential.age.padding import padme
from tweeluik.confidential.age.sealing import new_identity, seal
from tweeluik.confidential.bundle.container import PADDING, REGULAR
from tweeluik.confidential.bundle.inventory import (
    CHECKSUMS,
    KIND,
    MANIFEST,
    SCHEMA,
    SIGNATURE,
    Holder,
    Inventory,
    checksums,
    list_members,
)
from tweeluik.confidential.bundle.receipt import Receipt, render_receipt, series_of
from tweeluik.confidential.bundle.stated import Covered

EPOCH = (1980, 1, 1, 0, 0, 0)
TEMPLATES = Path(__file__).parents[2] / "templates" / "confidential"
DAY = date(2024, 12, 20)
SENDER = "Ministerie van Voorbeeldzaken"
PAPERS = {"00-LEES-MIJ.txt": b"lees mij", "02-gegevens/lijst.csv": b"naam\r\n"}
Members = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """`plain`: whether `age -d`, a ZIP reader and `sha256sum -c` find nothing wrong; None: not asked."""

    name: str
    sealed: bytes
    key: bytes
    opens: str | None
    signers: bytes | None = None
    receipts: tuple[tuple[bytes, bytes], ...] = ()
    notes: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True)
class Craft:
    """Keys and a good bundle, from which the others are made."""

    secret: str
    recipient: str
    archive: str
    signer: Path
    stranger: Path

    @property
    def key(self) -> bytes:
        return f"# made\n{self.secret}\n".encode()

    @property
    def public(self) -> str:
        return self.signer.with_name(f"{self.signer.name}.pub").read_text().strip()

    @property
    def signers(self) -> bytes:
        return f"{SENDER} {self.public}\n".encode()

    def inventory(self, papers: Members) -> Inventory:
        holders = (Holder("cip", "X", fingerprint(self.recipient)), Holder("archief", "Y", fingerprint(self.archive)))
        return Inventory(
            kind=KIND, schema=SCHEMA, edition="2025", version=1, sequence=2, supersedes=("ab" * 32,), tool="tweeluik",
            source_sha256="cd" * 32, created="2024-12-19", marking="Vertrouwelijk", classified_until="2036-07-01",
            decided_by="de “directeur” \\", inspection_from="2024-12-19", inspection_until="2025-02-13", location="leeskamer",
            audience="leden\n\t\u2028", copy=1, copies=2, recipients=holders, files=list_members(papers),
        )  # fmt: skip

    def members(
        self, papers: Members | None = None, edit: Callable[[bytes], bytes] = bytes, key: Path | None = None
    ) -> Members:
        """What lies inside; `edit` changes the manifest, and the list of checksums and the signature follow."""
        papers = PAPERS if papers is None else papers
        inventory = self.inventory(papers)
        manifest = edit(inventory.serialise())
        sums = checksums(inventory).replace(
            sha256(inventory.serialise()).hexdigest().encode(), sha256(manifest).hexdigest().encode()
        )
        signed = {SIGNATURE: signature.sign(manifest, key=key, namespace=signature.MANIFEST_NAMESPACE)} if key else {}
        return {**papers, MANIFEST: manifest, CHECKSUMS: sums, **signed}

    def seal(self, container: bytes) -> bytes:
        return seal(container, [self.recipient, self.archive])

    def receipt(self, sealed: bytes, **changes: object) -> Receipt:
        holders = (("cip", fingerprint(self.recipient)), ("archief", fingerprint(self.archive)))
        made = Receipt(
            series_of("2025"), 2, date(2024, 12, 19), (Covered("exemplaar.age", sha256(sealed).hexdigest(), holders),),
            "ef" * 32, ("ab" * 32,),
        )  # fmt: skip
        return replace(made, **changes)  # type: ignore[arg-type]

    def signed(
        self, receipt: Receipt, key: Path | None = None, namespace: str = "kwitantie@tweeluik"
    ) -> tuple[bytes, bytes]:
        text = render_receipt(receipt, marks=["x"] * len(receipt.copies), templates=TEMPLATES)
        return text, signature.sign(text, key=key or self.signer, namespace=namespace)


def a_craft(folder: Path) -> Craft:
    for name in ("signer", "stranger"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    secret, recipient = new_identity()
    return Craft(secret, recipient, new_identity()[1], folder / "signer", folder / "stranger")


def cases(craft: Craft) -> Iterator[Case]:
    """All of them, in an order that stays."""
    for kind in (_containers, _names, _manifests, _ages, _keys, _signers, _signatures, _receipts):
        yield from kind(craft)


# --- containers -------------------------------------------------------------------------------------------------------


def zipped(
    members: Members, *, entry: Callable[[zipfile.ZipInfo], None] = lambda _: None, order: Callable[[Members], list[str]] = sorted,
    pad: int | None = None, compress: int = zipfile.ZIP_STORED,
) -> bytes:  # fmt: skip
    """A ZIP as the product writes it, but for what is asked; `entry` changes every head."""

    def made(padding: bytes) -> bytes:
        target = io.BytesIO()
        content = {**members, PADDING: padding}
        with zipfile.ZipFile(target, "w", compress) as archive:
            for name in order(content):
                info = zipfile.ZipInfo(name, EPOCH)
                info.create_system, info.external_attr, info.compress_type = 3, REGULAR, compress
                entry(info)
                archive.writestr(info, content[name])
        return target.getvalue()

    bare = len(made(b""))
    return made(bytes(padme(bare) - bare if pad is None else pad))


def _patched(data: bytes, mark: bytes, at: int, new: bytes) -> bytes:
    start = data.index(mark) + at
    return data[:start] + new + data[start + len(new) :]


def _set(name: str, value: object) -> Callable[[zipfile.ZipInfo], None]:
    return lambda info: setattr(info, name, value)


def _containers(craft: Craft) -> Iterator[Case]:
    good = craft.members()
    whole = zipped(good)
    local, central, end = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
    wrong_crc = struct.pack("<I", zlib.crc32(b"anders"))
    other = {
        "symlink attribute": zipped(good, entry=_set("external_attr", 0o120777 << 16)),
        "setuid attribute": zipped(good, entry=_set("external_attr", 0o104755 << 16)),
        "folder attribute": zipped(good, entry=_set("external_attr", REGULAR | 0x10)),
        "made by DOS": zipped(good, entry=_set("create_system", 0)),
        "another date": zipped(good, entry=_set("date_time", (2024, 12, 19, 12, 0, 0))),
        "order reversed": zipped(good, order=lambda content: sorted(content, reverse=True)),
        "padding too short": zipped(good, pad=1),
        "padding too long": zipped(good, pad=5000),
        "no padding": zipped(good, pad=0),
        "compressed": zipped(good, compress=zipfile.ZIP_DEFLATED),
        "a comment at a member": zipped(good, entry=_set("comment", b"hallo")),
        "an extra field": zipped(good, entry=_set("extra", b"\x99\x99\x01\x00x")),
        "internal attribute": zipped(good, entry=_set("internal_attr", 1)),
        "no padding member": _without_padding(good),
        "wrong sum in the central head": _patched(whole, central, 16, wrong_crc),
        "wrong sum in the local head": _patched(whole, local, 14, wrong_crc),
        "wrong sum in both": _patched(_patched(whole, central, 16, wrong_crc), local, 14, wrong_crc),
        "version needed, local": _patched(whole, local, 4, b"\x0a\x00"),
        "version needed, central": _patched(whole, central, 6, b"\x0a\x00"),
        "version made by": _patched(whole, central, 4, b"\x3f"),
        "flags, local": _patched(whole, local, 6, b"\x00\x08"),
        "flags, central": _patched(whole, central, 8, b"\x00\x08"),
        "encrypted flag": _patched(_patched(whole, central, 8, b"\x01\x00"), local, 6, b"\x01\x00"),
        "another name in the local head": _patched(whole, local, 30, b"1"),
        "count on this disk": _patched(whole, end, 8, b"\x01\x00"),
        "count of all": _patched(whole, end, 10, b"\x01\x00"),
        "number of the disk": _patched(whole, end, 4, b"\x01\x00"),
        "disk of the directory": _patched(whole, end, 6, b"\x01\x00"),
        "size of the directory": _patched(whole, end, 12, b"\x01"),
        "place of the directory": _patched(whole, end, 16, b"\x01"),
        "a comment at the end": whole[:-2] + b"\x05\x00hallo",
        "bytes in front": b"x" + whole,
        "bytes behind": whole + b"x",
        "cut short": whole[:-1],
        "empty": b"",
        "a ZIP of nothing": end + bytes(18),
        "two letters": b"PK",
        "not a ZIP": bytes(5000),
        "a bit in the padding": _patched(whole, PADDING.encode(), len(PADDING) + 3, b"\x01"),
        "600 members": zipped(craft.members({f"{number:03}.txt": b"x" for number in range(600)})),
        "a member of four gigabytes, it says": _patched(whole, central, 20, b"\xff\xff\xff\xff\xff\xff\xff\xff"),
    }
    yield Case("good", craft.seal(whole), craft.key, "")
    for name, container in other.items():
        yield Case(f"container: {name}", craft.seal(container), craft.key, None)


def _without_padding(members: Members) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system, info.external_attr = 3, REGULAR
            archive.writestr(info, members[name])
    return target.getvalue()


def _names(craft: Craft) -> Iterator[Case]:
    refused = (
        "CON", "con.txt", "aux.pdf", "02-gegevens/nul.csv", "COM1.txt", "lpt9", "a.", "a./b", "A" * 101, "x/" * 50 + "x", "x" * 300,
        "00-lees-mij.txt", "manifest.json/x", "00-LEES-MIJ.txt/x", "../boven", "/wortel", "C:x", "a\\b", "a//b", "a/", "a b", ".verborgen",
        "a/.b", "é.txt", "a:b", "a\nb", "MANIFEST.JSON", "02-GEGEVENS/lijst.csv", "Vulling.bin",
    )  # fmt: skip
    for name in refused:
        sealed = craft.seal(zipped(craft.members({**PAPERS, name: b"x"})))
        yield Case(f"name: {name[:30]!r}", sealed, craft.key, None)
    for name in (
        "a",
        "A" * 100,
        "a/b/c/d/e/f",
        "conrad.txt",
        "com.txt",
        "lpt10",
        "a..b",
        "0_-.x",
        "02-gegevens/Lijst2.csv",
    ):
        sealed = craft.seal(zipped(craft.members({**PAPERS, name: b"x"})))
        yield Case(f"name: {name[:30]!r}", sealed, craft.key, "")


# --- manifests --------------------------------------------------------------------------------------------------------


def _swap(old: str, new: str) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1)

    return edit


MANIFESTS: dict[str, Callable[[bytes], bytes]] = {
    "a key more": _swap('"schema": 1,', '"schema": 1,\n  "more": 1,'),
    "a prototype": _swap('"schema": 1,', '"schema": 1,\n  "__proto__": {},'),
    "a key twice": _swap('"schema": 1,', '"schema": 1,\n  "schema": 1,'),
    "a key less": _swap('  "tool": "tweeluik",\n', ""),
    "another order": _swap('"version": 1,\n  "sequence": 2,', '"sequence": 2,\n  "version": 1,'),
    "another kind": _swap('"tweeluik-bundle"', '"bundel"'),
    "a later schema": _swap('"schema": 1', '"schema": 2'),
    "no date": _swap("2024-12-19", "morgen"),
    "31 February": _swap("2025-02-13", "2025-02-31"),
    "a day in another form": _swap("2025-02-13", "20250213"),
    "a day of a week": _swap("2025-02-13", "2025-W07-4"),
    "a day with a time": _swap("2025-02-13", "2025-02-13T00:00"),
    "29 February of no leap year": _swap("2025-02-13", "2025-02-29"),
    "the year nought": _swap("2025-02-13", "0000-02-13"),
    "a number as text": _swap('"copy": 1', '"copy": "1"'),
    "a truth value": _swap('"copy": 1', '"copy": true'),
    "a broken number": _swap('"copy": 1', '"copy": 1.0'),
    "a negative number": _swap('"copy": 1', '"copy": -1'),
    "minus nought": _swap('"copy": 1', '"copy": -0'),
    "sequence nought": _swap('"sequence": 2', '"sequence": 0'),
    "a number too large": _swap('"sequence": 2', '"sequence": 9007199254740993'),
    "a power": _swap('"copy": 1', '"copy": 1e0'),
    "not a number": _swap('"copy": 1', '"copy": NaN'),
    "null": _swap('"tool": "tweeluik"', '"tool": null'),
    "a list for a text": _swap('"tool": "tweeluik"', '"tool": []'),
    "a text for a list": _swap('"supersedes": [\n    "' + "ab" * 32 + '"\n  ]', '"supersedes": "' + "ab" * 32 + '"'),
    "a digest in capitals": _swap("ab" * 32, "AB" * 32),
    "a digest too short": _swap("ab" * 32, "ab" * 31),
    "a digest with a line end": _swap("ab" * 32, "ab" * 32 + "\\n"),
    "a fingerprint that is none": _swap('"fingerprint": "', '"fingerprint": "x'),
    "a holder with more": _swap('"role": "cip",', '"role": "cip",\n      "key": "age1",'),
    "a holder that is a number": _swap('"holder": "X"', '"holder": 1'),
    "not canonical": _swap('"schema": 1', '"schema":  1'),
    "escaped letters": _swap("Vertrouwelijk", "\\u0056ertrouwelijk"),
    "half a character": _swap("Vertrouwelijk", "\\ud800"),
    "no line at the end": lambda data: data[:-1],
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "in UTF-16": lambda data: data.decode().encode("utf-16"),
    "not UTF-8": lambda data: data.replace(b"Vertrouwelijk", b"\xff"),
    "a list": lambda _: b"[]\n",
    "nested without end": lambda _: b"[" * 100_000,
    "nothing": lambda _: b"",
    "a file of another size": _swap('"size": 8', '"size": 9'),
    "a file of another digest": lambda data: data.replace(sha256(b"lees mij").hexdigest().encode(), b"0" * 64),
    "a file less": lambda data: _json(data, lambda raw: raw["files"].pop()),
    "a file more": lambda data: _json(data, lambda raw: raw["files"].append({"name": "x", "size": 0, "sha256": "0" * 64})),
    "files in another order": lambda data: _json(data, lambda raw: raw["files"].reverse()),
    "other recipients": lambda data: _json(data, lambda raw: raw["recipients"].pop(0)),
    "no recipients": lambda data: _json(data, lambda raw: raw.update(recipients=[])),
}  # fmt: skip


def _json(data: bytes, edit: Callable[[dict[str, list[object]]], object]) -> bytes:
    raw = json.loads(data)
    edit(raw)
    return (json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode()


def _manifests(craft: Craft) -> Iterator[Case]:
    for name, edit in MANIFESTS.items():
        yield Case(f"manifest: {name}", craft.seal(zipped(craft.members(edit=edit))), craft.key, None)
    good = craft.members()
    for name, members in {
        "a member changed": {**good, "00-LEES-MIJ.txt": b"lees mjj"},
        "a member more": {**good, "extra.txt": b""},
        "a member less": {each: data for each, data in good.items() if each != "00-LEES-MIJ.txt"},
        "no manifest": {each: data for each, data in good.items() if each != MANIFEST},
        "no checksums": {each: data for each, data in good.items() if each != CHECKSUMS},
        "other checksums": {**good, CHECKSUMS: good[CHECKSUMS] + b"\n"},
    }.items():
        yield Case(f"members: {name}", craft.seal(zipped(members)), craft.key, None)


# --- age --------------------------------------------------------------------------------------------------------------


def _ages(craft: Craft) -> Iterator[Case]:
    container = zipped(craft.members())
    sealed = craft.seal(container)
    head = sealed.index(b"\n---")
    stanza = b"-> X25519 " + b"A" * 42 + b"E\n" + b"B" * 42 + b"A\n"
    age = ["age", "-a", "-r", craft.recipient, "-r", craft.archive]
    armoured = subprocess.run(age, input=container, capture_output=True, check=True).stdout
    others = {
        "to one reader less": seal(container, [craft.recipient]),
        "to one reader more": seal(container, [craft.recipient, craft.archive, new_identity()[1]]),
        "to others": seal(container, [new_identity()[1], craft.archive]),
        "the text form": armoured,
        "3000 stanzas": b"age-encryption.org/v1\n" + stanza * 3000 + sealed[head + 1 :],
        "33 stanzas": b"age-encryption.org/v1\n" + stanza * 33 + sealed[head + 1 :],
        "a passphrase": b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 23\n" + b"B" * 43 + sealed[head:],
        "another version": sealed.replace(b"/v1", b"/v2", 1),
        "cut short": sealed[:-1],
        "cut in the head": sealed[:60],
        "bytes behind": sealed + b"x",
        "a bit in the last block": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "a bit in the head": sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:],
        "a blank line in front": b"\n" + sealed,
        "nothing": b"",
        "something else": b"hallo",
    }
    for name, data in others.items():
        yield Case(f"age: {name}", data, craft.key, None)


def _keys(craft: Craft) -> Iterator[Case]:
    sealed = craft.seal(zipped(craft.members()))
    good = {
        "with a byte order mark": b"\xef\xbb\xbf" + craft.key,
        "in UTF-16": craft.key.decode().encode("utf-16"),
        "in UTF-16, the other way": b"\xfe\xff" + craft.key.decode().encode("utf-16-be"),
        "with Windows line ends": craft.key.replace(b"\n", b"\r\n"),
        "with spaces": f"  {craft.secret}  \n\n".encode(),
        "without a line end": craft.secret.encode(),
        "with another key": f"{new_identity()[0]}\n{craft.secret}\n".encode(),
        "with a comment behind a space": f" # made\n{craft.secret}\n".encode(),
        "joined from two files": f"{new_identity()[0]}\n\ufeff{craft.secret}\n\ufeff".encode(),
        "with a space that does not break": f"{craft.secret}\xa0\n".encode(),
        "with other ends in a comment": f"# made\x0b by\x85 hand\u2028 here\n{craft.secret}\n".encode(),
    }
    bad = {
        "another": new_identity()[0].encode(),
        "the public half": craft.recipient.encode(),
        "of ssh, the public half": craft.public.encode(),
        "in small letters": craft.secret.lower().encode(),
        "one letter less": craft.secret[:-1].encode(),
        "one letter other": (craft.secret[:-1] + ("Q" if craft.secret[-1] != "Q" else "P")).encode(),
        "nothing": b"",
        "comments": b"# made\n",
        "text": b"hallo",
        "with text": f"hallo\n{craft.secret}\n".encode(),
        "no text": b"\xff\x00\xff",
        "behind a sign that is not seen": f"\x1c{craft.secret}\n".encode(),
        "before an end that is none": f"{craft.secret}\x85{new_identity()[0]}\n".encode(),
        "with a space of no width": f"\u200b{craft.secret}\n".encode(),
        "sealed": sealed,
    }
    for opens, keys in (("", good), (None, bad)):
        for name, key in keys.items():
            yield Case(f"key: {name}", sealed, key, opens)


# --- signatures and receipts ------------------------------------------------------------------------------------------


def _signers(craft: Craft) -> Iterator[Case]:
    sealed = craft.seal(zipped(craft.members(key=craft.signer)))
    stranger = craft.stranger.with_name("stranger.pub").read_text()
    good: dict[str, tuple[str, bytes]] = {
        "a name with spaces": (SENDER, craft.signers),
        "quotes": (SENDER, f'"{SENDER}" {craft.public}\n'.encode()),
        "an address": ("a@example.org", f"a@example.org {craft.public}".encode()),
        "a pattern": ("*@example.org", f"*@example.org {craft.public}".encode()),
        "after another": (SENDER, f"# wie\r\n\r\nVreemde {stranger}\r\n".encode() + craft.signers),
        "in UTF-16": (SENDER, craft.signers.decode().encode("utf-16")),
        "with a byte order mark": (SENDER, b"\xef\xbb\xbf" + craft.signers),
        "for this namespace": (SENDER, f'{SENDER} namespaces="git,manifest@*" {craft.public}'.encode()),
        "not yet lapsed": (SENDER, f'{SENDER} valid-before="20250101" {craft.public}'.encode()),
        "lapsed since": (SENDER, f'{SENDER} valid-before="20241219" {craft.public}'.encode()),
        "valid from": (SENDER, f'{SENDER} valid-after="20241219",valid-before="20300101" {craft.public}'.encode()),
        "accents": ("Één & co", f"Één & co {craft.public}".encode()),
    }
    bad = {
        "a stranger": f"Vreemde {stranger}".encode(),
        "no name": craft.public.encode(),
        "no key": SENDER.encode(),
        "half a key": f"{SENDER} {craft.public[:40]}".encode(),
        "nothing": b"",
        "comments": b"# wie\n",
        "an authority": f"{SENDER} cert-authority {craft.public}".encode(),
        "for another namespace": f'{SENDER} namespaces="git" {craft.public}'.encode(),
        "not for this namespace": f'{SENDER} namespaces="*,!manifest@tweeluik" {craft.public}'.encode(),
        "lapsed before": f'{SENDER} valid-before="20241218" {craft.public}'.encode(),
        "valid later": f'{SENDER} valid-after="20250101" {craft.public}'.encode(),
        "a limit without quotes": f"{SENDER} valid-before=20200101 {craft.public}".encode(),
        "a limit by another name": f'{SENDER} valid-befor="20200101" {craft.public}'.encode(),
        "a limit with a letter that only looks small": f'{SENDER} valid-before="2\u017f" {craft.public}'.encode(),
        "a limit that is none": f'{SENDER} valid-before="morgen" {craft.public}'.encode(),
        "a month that is none": f'{SENDER} valid-before="20281301" {craft.public}'.encode(),
        "a private key": craft.signers + b"-----BEGIN OPENSSH PRIVATE KEY-----\n",
        "not UTF-8": b"\xe9\xe9n " + craft.public.encode(),
    }
    for name, (sender, signers) in good.items():
        yield Case(f"signers: {name}", sealed, craft.key, sender, signers)
    for name, signers in bad.items():
        yield Case(f"signers: {name}", sealed, craft.key, None, signers)


def _signatures(craft: Craft) -> Iterator[Case]:
    members = craft.members(key=craft.signer)
    good, manifest = members[SIGNATURE], members[MANIFEST]
    blob = b64decode("".join(good.decode().splitlines()[1:-1]))

    def armoured(data: bytes) -> bytes:
        text = b64encode(data).decode()
        lines = "".join(f"{text[at : at + 70]}\n" for at in range(0, len(text), 70))
        return f"-----BEGIN SSH SIGNATURE-----\n{lines}-----END SSH SIGNATURE-----\n".encode()

    others = {
        "by a stranger": signature.sign(manifest, key=craft.stranger, namespace=signature.MANIFEST_NAMESPACE),
        "in another namespace": signature.sign(manifest, key=craft.signer, namespace="git"),
        "over something else": signature.sign(b"x", key=craft.signer, namespace=signature.MANIFEST_NAMESPACE),
        "empty": b"",
        "no signature": b"hallo",
        "a bit other": armoured(blob[:-1] + bytes([blob[-1] ^ 1])),
        "cut short": armoured(blob[:-1]),
        "bytes behind": armoured(blob + b"x"),
        "another version": armoured(blob[:9] + b"\x02" + blob[10:]),
        "without its end": good[: good.index(b"-----END")],
    }
    yield Case("signature: good", craft.seal(zipped(members)), craft.key, SENDER, craft.signers)
    yield Case("signature: none", craft.seal(zipped(craft.members())), craft.key, None, craft.signers)
    yield Case(
        "signature: armoured again",
        craft.seal(zipped({**members, SIGNATURE: armoured(blob)})),
        craft.key,
        SENDER,
        craft.signers,
    )
    yield Case("signature: nobody named", craft.seal(zipped(members)), craft.key, "")
    for name, signed in others.items():
        sealed = craft.seal(zipped({**members, SIGNATURE: signed}))
        yield Case(f"signature: {name}", sealed, craft.key, None, craft.signers)


def _receipts(craft: Craft) -> Iterator[Case]:
    sealed = craft.seal(zipped(craft.members(key=craft.signer)))
    good = craft.receipt(sealed)
    text, signed = craft.signed(good)
    other = craft.receipt(b"other")
    (copy,) = good.copies
    fewer = replace(good, copies=(replace(copy, recipients=copy.recipients[:1]),))

    def named(put: str) -> tuple[bytes, bytes]:
        """The receipt with this before the name of the file, signed as it is by then."""
        changed = text.replace(b"Bestand: ", f"Bestand: {put}".encode())
        return changed, signature.sign(changed, key=craft.signer, namespace="kwitantie@tweeluik")

    sets: dict[str, tuple[str | None, tuple[tuple[bytes, bytes], ...]]] = {
        "good": (SENDER, ((text, signed),)),
        "unsigned": (None, ((text, b""),)),
        "by a stranger": (None, (craft.signed(good, craft.stranger),)),
        "in another namespace": (None, (craft.signed(good, namespace=signature.MANIFEST_NAMESPACE),)),
        "of other files": (None, (craft.signed(other),)),
        "of other files, unsigned": (None, ((craft.signed(other)[0], b""),)),
        "a good one beside one of a stranger": (SENDER, (craft.signed(other, craft.stranger), (text, signed))),
        "of fewer recipients": (None, (craft.signed(fewer),)),
        "of another day": (None, (craft.signed(replace(good, created=date(2024, 12, 18))),)),
        "in the place of others": (None, (craft.signed(replace(good, supersedes=())),)),
        "of an earlier bundle": (SENDER, (craft.signed(replace(other, sequence=1)),)),
        "of a later bundle": (SENDER, (craft.signed(replace(other, sequence=3)),)),
        "of another edition": (SENDER, (craft.signed(replace(other, series=series_of("2026"))),)),
        "changed after it was signed": (None, ((text + b"x", signed),)),
        "with Windows line ends again": (None, ((text.replace(b"\r\n", b"\n"), signed),)),
        "a name that begins with what is blank to some": (SENDER, (named("\x85"),)),
        "a name that begins with a mark": (SENDER, (named("\ufeff"),)),
        "no receipt": (SENDER, ((b"hallo", signed),)),
    }
    for name, (opens, receipts) in sets.items():
        yield Case(f"receipt: {name}", sealed, craft.key, opens, craft.signers, receipts)
    yield Case("receipt: of other files, nobody named", sealed, craft.key, None, None, (craft.signed(other),))
    yield Case("receipt: good, nobody named", sealed, craft.key, "", None, ((text, signed),))
