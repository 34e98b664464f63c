"""Identity files: who can open. `keygen` makes them; `open` reads them. Their content never enters a message."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tweeluik.confidential.age.asking import ask_secret
from tweeluik.confidential.age.sealing import POST_QUANTUM, AgeRefused, new_identity, open_with_passphrase, recipient_of
from tweeluik.confidential.age.text import decode, lines_of
from tweeluik.disk.durable import reason
from tweeluik.disk.private import failing_as, write_new_file
from tweeluik.problems import BuildFailed, OpeningFailed, Place, Problem, SealingFailed, WrongUsage

LIMIT = 1 << 20
NATIVE = "AGE-SECRET-KEY-"
PLUGIN = "AGE-PLUGIN-"
SSH = "-----BEGIN "
SEALED_FORMS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
MAGIC = b"openssh-key-v1\0"


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A secret, and the recipient that belongs to it where that can be known."""

    secret: str
    recipient: str | None

    def __repr__(self) -> str:
        return "<Identity>"


def fingerprint(recipient: str) -> str:
    """The first half of the SHA-256 of a recipient, in groups of four: enough to compare by eye, and no key."""
    return in_groups(sha256(_without_comment(recipient).encode()).hexdigest()[:32])


def in_groups(digits: str) -> str:
    """Hexadecimal digits in groups of four, to read aloud."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _without_comment(recipient: str) -> str:
    return " ".join(recipient.split()[:2])


def write_identity(path: Path) -> str:
    """Write a new identity file (0600) and return its recipient line.

    Raises:
        WrongUsage: something stands at `path`.
        SealingFailed: the file cannot be written.
    """
    secret, recipient = new_identity()
    try:
        with failing_as(SealingFailed):
            write_new_file(path, f"# recipient: {recipient}\n{secret}\n".encode())
    except FileExistsError:
        raise WrongUsage(
            _problem("there is something at this place already", "name a new file; keys are never overwritten")
        ) from None
    except OSError as error:
        raise SealingFailed(
            _problem(f"the identity cannot be written: {reason(error)}", "choose another place")
        ) from None
    return recipient


def read_identities(files: Sequence[Path]) -> tuple[Identity, ...]:
    """Every identity of every file: age's own, of a plug-in, or a private ssh key.

    Raises:
        WrongUsage: no file at all.
        OpeningFailed: a file cannot be read or holds no identity.
    """
    if not files:
        raise WrongUsage(_problem("no identity file", "name one with -i"))
    return tuple(identity for file in files for identity in _read(file))


def _read(file: Path) -> tuple[Identity, ...]:
    try:
        with file.open("rb") as stream:
            text = decode(_unsealed(stream.read(LIMIT)))
    except OSError as error:
        raise OpeningFailed(
            _problem(f"the identity file cannot be read: {reason(error)}", "check its name and place")
        ) from None
    except UnicodeDecodeError:
        raise _no_identity("") from None
    if text.startswith(SSH) and "PRIVATE KEY" in text.partition("\n")[0]:
        return (_ssh_identity(text),)
    secrets = [line for line in lines_of(text) if line and not line.startswith("#")]
    if not secrets or not all(line.startswith((NATIVE, PLUGIN)) for line in secrets):
        raise _no_identity(text)
    return tuple(_age_identity(line) for line in secrets)


def _unsealed(data: bytes) -> bytes:
    """The content of an identity file, also of one in age's own sealed form (`age -p`)."""
    if not data.startswith(SEALED_FORMS):
        return data
    passphrase = ask_secret("passphrase of the identity file")
    if passphrase is None:
        hint = "call this at a terminal, where it can be asked"
        raise OpeningFailed(_problem("the identity file is sealed with a passphrase", hint))
    try:
        return open_with_passphrase(data, passphrase)
    except AgeRefused as error:
        raise OpeningFailed(_problem(str(error), "type it again, or name another identity file")) from None


def _age_identity(line: str) -> Identity:
    if line.startswith((PLUGIN, POST_QUANTUM)):
        return Identity(line, None)
    try:
        return Identity(line, recipient_of(line))
    except AgeRefused:
        raise OpeningFailed(_problem("the identity is damaged", "copy the file again from where it is kept")) from None


def _ssh_identity(text: str) -> Identity:
    try:
        cipher, recipient = _parse_openssh(text)
    except (binascii.Error, ValueError):  # an older format, which does not hold the public half
        cipher, recipient = b"none", None
    if cipher != b"none" or "ENCRYPTED" in text:
        hint = "make a copy of it without a passphrase (`ssh-keygen -p`), and delete that when you are done"
        raise OpeningFailed(_problem("the ssh key has a passphrase, which is not asked for here", hint))
    return Identity(text, recipient)


def _parse_openssh(text: str) -> tuple[bytes, str]:
    """With what an OpenSSH private key file is encrypted, and the public half, which it holds in clear."""
    body = "".join(line for line in text.splitlines() if not line.startswith("-----"))
    blob = base64.b64decode(body, validate=True)
    rest = blob[blob.index(MAGIC) + len(MAGIC) :]
    cipher, rest = _field(rest)
    for _ in range(2):  # key derivation and its options
        _, rest = _field(rest)
    public, _ = _field(rest[4:])
    kind = _field(public)[0].decode("ascii")
    return cipher, f"{kind} {base64.b64encode(public).decode()}"


def _field(data: bytes) -> tuple[bytes, bytes]:
    """What stands in front, behind its length in four bytes, and the rest."""
    end = 4 + int.from_bytes(data[:4])
    return data[4:end], data[end:]


def _no_identity(text: str) -> BuildFailed:
    if text.startswith(("age1", "ssh-")):
        return OpeningFailed(
            _problem("this is a recipient, the public half of a key", "name the identity file that was kept secret")
        )
    return OpeningFailed(
        _problem("there is no identity in this file", "name a file that keygen made, or a private ssh key")
    )


def _problem(what: str, hint: str) -> Problem:
    return Problem(Place("identity"), "", what, hint)
