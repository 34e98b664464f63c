"""age, and nothing but age: the only module that imports pyrage.

Never to a file by itself: `pyrage.encrypt_file` and `encrypt_io` lose data silently when the last block cannot be
written. Here every read and write is watched, and what failed in one is raised, whatever pyrage made of it. Errors of
pyrage are four siblings without a common base, and a panic of its Rust code escapes `except Exception`: all of them
become one, without their text.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import plugin, ssh, x25519

from tweeluik.confidential.age.asking import ask_secret, tell
from tweeluik.confidential.age.header import (
    MOST_STANZAS,
    NotAge,
    TooManyStanzas,
    header,
    is_armoured,
    scrypt_work,
    sealed_size,
    stanza_kinds,
)
from tweeluik.confidential.age.watched import Readable, Reading, Writable, Writing, watched

MOST_WORK = 20
"""The scrypt work factor, as a power of two, that is still done; the program age uses 18."""

PLUGIN_NAME = re.compile(r"[a-z0-9+._-]+")
POST_QUANTUM = "AGE-SECRET-KEY-PQ-"
"""How the age program writes them; its plug-in for other programs writes `AGE-PLUGIN-PQ-`."""


NO_MATCH = "No matching keys found"
"""What pyrage says of identities that are not among the recipients; another error of it has the same type."""


class AgeRefused(Exception):
    """age cannot do this; the message says why in general terms, without keys or values."""


class SealedToOthers(AgeRefused):
    """None of the identities belongs to any of the recipients that the head names."""


class TextForm(AgeRefused):
    """An age file in letters, of which no bundle is made."""


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """A binary age file that every one of the recipients can open. Not deterministic: each has a fresh file key.

    Raises:
        AgeRefused: no recipient, an invalid one, too many, or a plug-in that is absent.
    """
    target = io.BytesIO()
    seal_stream(io.BytesIO(data), target, recipients)
    return target.getvalue()


def seal_stream(source: Readable, target: Writable, recipients: Sequence[str]) -> None:
    """The same, piece by piece. What the source or the target raises comes through as it is.

    Raises:
        AgeRefused: as `seal`; what was written so far is then of no use.
    """
    if len(recipients) >= MOST_STANZAS:
        raise AgeRefused(f"there are more than {MOST_STANZAS - 1} recipients, which nobody would open again")
    reading, writing = Reading(source), Writing(target)
    with watched(reading, writing) as (given, made), _refusals("the recipients cannot be sealed to"):
        pyrage.encrypt_io(given, made, [_recipient(each) for each in recipients])
    if writing.size != sealed_size(len(header(bytes(writing.start))), reading.size):
        raise AgeRefused("the sealed bytes do not have the size that the format prescribes")


def unseal(data: bytes, identities: Sequence[str]) -> bytes:
    """What is inside an age file, binary or armoured, in memory.

    Raises:
        SealedToOthers: the identities are of nobody that it was sealed to.
        AgeRefused: no age file, a passphrase file, one with too many stanzas, or damaged.
    """
    target = io.BytesIO()
    _unseal(Reading(io.BytesIO(data.strip() if is_armoured(data) else data)), target, identities)
    return target.getvalue()


def unseal_stream(source: Readable, target: Writable, identities: Sequence[str]) -> tuple[str, ...]:
    """The same of a binary file, piece by piece; the kinds of those that it is sealed to.

    Every piece that reaches the target is authentic, but whether the file goes on is known at its end alone. What the
    source or the target raises comes through as it is.

    Raises:
        TextForm: it is armoured.
        SealedToOthers: as `unseal`, and so for
        AgeRefused: what was written so far is then of no use.
    """
    reading = Reading(source)
    if is_armoured(reading.peek()):
        raise TextForm("this is the text form of age, in which no bundle is made")
    return _unseal(reading, target, identities)


def _unseal(reading: Reading, target: Writable, identities: Sequence[str]) -> tuple[str, ...]:
    kinds = _kinds(reading.peek())
    writing = Writing(target)
    refusals = _refusals("the file is damaged, or it was sealed to other recipients")
    with watched(reading, writing) as (given, made), refusals:
        secrets = [_identity(each) for each in identities]
        try:
            pyrage.decrypt_io(given, made, secrets)
        except pyrage.DecryptError as error:
            if str(error) == NO_MATCH:
                raise SealedToOthers("the file was sealed to other recipients, or its head is damaged") from None
            raise
    return kinds


def _kinds(start: bytes) -> tuple[str, ...]:
    try:
        kinds = stanza_kinds(start)
    except TooManyStanzas:
        raise AgeRefused(f"its head names more than {MOST_STANZAS} recipients, which is never done here") from None
    except NotAge:
        raise AgeRefused("this is no age file, or its head is damaged") from None
    if "scrypt" in kinds:
        raise AgeRefused("this file is sealed with a passphrase, which is never done here")
    return kinds


def new_identity() -> tuple[str, str]:
    """A fresh X25519 identity, and its recipient. The first is a secret: never print or log it."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The recipient of an X25519 identity."""
    with _refusals("this is no X25519 identity"):
        return str(x25519.Identity.from_str(identity).to_public())


def check_recipient(recipient: str) -> None:
    """Raise `AgeRefused` unless age can seal to this recipient, on this machine."""
    with _refusals("this is no valid recipient"):
        _recipient(recipient)


def _recipient(recipient: str) -> ssh.Recipient | x25519.Recipient | plugin.RecipientPluginV1:
    if recipient.startswith("ssh-"):
        return ssh.Recipient.from_str(recipient)
    name = plugin_of(recipient)
    if name is None:
        return x25519.Recipient.from_str(recipient)
    return plugin.RecipientPluginV1(name, [plugin.Recipient.from_str(recipient)], [], _Person())


def _identity(identity: str) -> ssh.Identity | x25519.Identity | plugin.IdentityPluginV1:
    if identity.startswith("-----BEGIN"):
        return ssh.Identity.from_buffer(identity.encode())
    if identity.startswith("AGE-PLUGIN-"):
        needed = plugin.Identity.from_str(identity)
        if not is_installed(needed.plugin()):
            raise AgeRefused("the plug-in program that this identity needs is not installed")
        return plugin.IdentityPluginV1(needed.plugin(), [needed], _Person())
    if identity.startswith(POST_QUANTUM):
        raise AgeRefused("a post-quantum identity is opened with the program age-plugin-pq, in that program's form")
    return x25519.Identity.from_str(identity)


def plugin_of(recipient: str) -> str | None:
    """The name of the plug-in that a recipient needs (`age1pq1…`: `pq`), or None for a native one (`age1…`)."""
    name = recipient.removeprefix("age1").rpartition("1")[0]
    return name if recipient.startswith("age1") and name else None


def is_installed(plugin: str) -> bool:
    """Whether the program of a plug-in is there."""
    return PLUGIN_NAME.fullmatch(plugin) is not None and shutil.which(f"age-plugin-{plugin}") is not None


def open_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """What is inside an identity file in age's own sealed form; a bundle is never opened so.

    Raises:
        AgeRefused: it is damaged, another passphrase, or takes more work than `MOST_WORK`.
    """
    try:
        work = scrypt_work(data)
    except NotAge:
        raise AgeRefused("this is no age file, or its head is damaged") from None
    if work is None or work > MOST_WORK:
        raise AgeRefused("this file is not sealed with a passphrase as the program age does that")
    with _refusals("the passphrase does not open it"):
        return by_passphrase.decrypt(data.strip(b"\r\n"), passphrase)


class _Person:
    """Who may be asked by a plug-in: for the code of a token at a terminal; otherwise nobody is there."""

    def display_message(self, message: str) -> None:
        """Shown where somebody reads, without what a terminal takes for orders: "touch your token"."""
        tell(message)

    def confirm(self, _message: str, _yes: str, _no: str | None) -> bool | None:
        """No answer."""
        return None

    def request_public_string(self, _description: str) -> str | None:
        """No answer."""
        return None

    def request_passphrase(self, description: str) -> str | None:
        """The code of the token."""
        return ask_secret(description)


@contextmanager
def _refusals(what: str) -> Iterator[None]:
    try:
        yield
    except (AgeRefused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 (a panic of pyrage is no Exception)
        raise AgeRefused(what) from None
