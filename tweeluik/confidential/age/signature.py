"""Signatures of `ssh-keygen -Y`: OpenSSH's format (PROTOCOL.sshsig), made and checked by OpenSSH's program.

Namespaces of our own, so that a signature over a manifest is never one over a receipt, or over a git commit.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from tweeluik.confidential.age.signers import LIMIT, Signer, SignersWrong, parse_signers

MANIFEST_NAMESPACE = "manifest@tweeluik"
RECEIPT_NAMESPACE = "kwitantie@tweeluik"
RENEWAL_NAMESPACE = "opnieuw-verzegeld@tweeluik"
SUFFIX = ".sig"
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
MAGIC = b"SSHSIG\x00\x00\x00\x01"
OFFLINE = ("ssh-ed25519", "sk-ssh-ed25519@openssh.com")
"""The kinds of keys that the opener can verify too, in a browser; a bundle is signed with no other."""

ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of ed25519."""

INSTALL = "install OpenSSH, of which every Windows, macOS and Linux has a version"
SECONDS = 120
"""How long a person has to type the passphrase of the signing key, or to touch its token."""


class SignatureRefused(Exception):
    """A signature cannot be made, or is not good; the message says why in general terms, and `hint` what to do.

    `line` is that of the file with allowed signers, where that is what is wrong.
    """

    def __init__(
        self, what: str, hint: str = "do not use this bundle; ask the sender by another way", *, line: int = 0
    ) -> None:
        super().__init__(what)
        self.hint, self.line = hint, line


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """A key to sign with, and the environment in which `ssh-keygen` finds it; empty: that of this program."""

    path: Path
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signed:
    """By whom; and whether their key is past its day by now, though it was not when they signed."""

    name: str
    lapsed: bool


@contextlib.contextmanager
def unlocked(key: Path) -> Iterator[Unlocked]:
    """A private key to sign with as often as needed: its passphrase, if it has one, is asked once.

    OpenSSH's own agent holds it for as long as this lasts, one that nobody else knows of. Where there is no agent to
    start (Windows), and for a key that is in an agent already, the key is what it was.

    Raises:
        SignatureRefused: the agent does not take the key.
    """
    agent, add = shutil.which("ssh-agent"), shutil.which("ssh-add")
    if sys.platform == "win32" or not agent or not add or not key.is_file() or not _is_locked(key):
        yield Unlocked(key, {})
        return
    with tempfile.TemporaryDirectory(prefix="tweeluik-") as folder:
        socket, public = Path(folder) / "agent", Path(folder) / "key.pub"
        process = subprocess.Popen([agent, "-D", "-a", str(socket)], stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            environment = {**os.environ, "SSH_AUTH_SOCK": str(socket)}
            _wait_for(socket, process)
            if subprocess.run([add, "-q", str(key)], env=environment, check=False).returncode:  # noqa: S603
                raise SignatureRefused("the signing key cannot be used", "type its passphrase again")
            listed = subprocess.run([add, "-L"], env=environment, capture_output=True, check=False)  # noqa: S603
            public.write_bytes(listed.stdout)
            yield Unlocked(public, environment)
        finally:
            process.terminate()
            process.wait()


def _is_locked(key: Path) -> bool:
    """Whether it is a private key with a passphrase."""
    return bool(_ssh_keygen("-y", "-P", "", "-f", str(key)).returncode) and b"PRIVATE KEY" in key.read_bytes()[:LIMIT]


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    while not socket.exists():
        try:
            process.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
        raise SignatureRefused("the program ssh-agent gave no answer", INSTALL)


def sign(data: bytes, *, key: Path | Unlocked, namespace: str) -> bytes:
    """An armoured signature over `data` by a private ssh key (or a public one whose private half is in the agent)."""
    key = key if isinstance(key, Unlocked) else Unlocked(key, {})
    call = ("-Y", "sign", "-q", "-f", str(key.path), "-n", namespace)
    done = _ssh_keygen(*call, data=data, environment=key.environment)
    if done.returncode or not done.stdout.startswith(BEGIN.encode()):
        raise SignatureRefused("the signing key cannot be used", _cure_of_key(key.path))
    return done.stdout


def _cure_of_key(path: Path) -> str:
    """What is wrong with a key that ssh-keygen does not sign with; it says so in words of its own, which may quote."""
    try:
        with path.open("rb") as stream:
            begins = stream.read(LIMIT)
    except OSError:
        return "check its name and place"
    if begins.startswith(b"PuTTY-User-Key-File"):
        return "a key of PuTTY: let PuTTYgen export it as an OpenSSH key, and name that file"
    if b"PRIVATE KEY" in begins and b"\r\n" in begins:
        return "a program of Windows saved it otherwise: copy the file again from where it was made"
    return "name a private ssh key that ssh-keygen can sign with"


def verify(data: bytes, signature: bytes, *, allowed: Path, namespace: str, day: date | None = None) -> str:
    """Who signed: the name in `allowed` (an allowed_signers file) whose key made this signature, valid on `day` or now.

    Raises:
        SignatureRefused: the signature is not over these bytes, or by nobody in the file.
    """
    return _by_whom(data, signature, read_signers(allowed), namespace, (day,)).name


def verify_made(
    data: bytes, signature: bytes, *, signers: Sequence[Signer], namespace: str, made: date, today: date
) -> Signed:
    """The same for what is kept for long: a key that has lapsed since the day on which this was made will do.

    That day is said by whoever signed, so that the answer tells of it.
    """
    return _by_whom(data, signature, signers, namespace, (today, made))


def read_signers(file: Path) -> tuple[Signer, ...]:
    """Everyone in an allowed_signers file.

    Raises:
        SignatureRefused: it cannot be read, or a line of it is wrong.
    """
    try:
        with file.open("rb") as stream:
            return parse_signers(stream.read(LIMIT))
    except OSError:
        raise SignatureRefused("the file with allowed signers cannot be read", "check its name and place") from None
    except SignersWrong as error:
        raise SignatureRefused(str(error), error.hint, line=error.line) from None


def signing_key(signature: bytes) -> bytes:
    """The public key that a signature says to be by (PROTOCOL.sshsig): its kind and what belongs to that.

    Raises:
        SignatureRefused: this is no signature.
    """
    return _fields(_blob(signature))[0]


def _blob(signature: bytes) -> bytes:
    lines = signature.decode("ascii", "replace").replace("\r", "").strip("\n").split("\n")
    try:
        blob = base64.b64decode("".join(lines[1:-1]), validate=True)
    except (binascii.Error, ValueError):
        blob = b""
    if lines[0] != BEGIN or lines[-1] != END or not blob.startswith(MAGIC):
        raise SignatureRefused("the signature is damaged")
    return blob[len(MAGIC) :]


def _fields(data: bytes) -> list[bytes]:
    """Texts behind their lengths, as ssh writes them, until they end; the first is there and holds something.

    Raises:
        SignatureRefused: the first is not whole.
    """
    found = list[bytes]()
    while len(data) >= 4 and (size := int.from_bytes(data[:4])) <= len(data) - 4:  # noqa: PLR2004 (of a length)
        found.append(data[4 : 4 + size])
        data = data[4 + size :]
    if not found or not found[0]:
        raise SignatureRefused("the signature is damaged")
    return found


def _refuse_second_form(signature: bytes) -> None:
    """Of every signature of ed25519 there is one form more, which whoever has it can write and OpenSSH takes.

    Browsers refuse it (RFC 8032, 5.1.7: S is below the order of the group), and so that all say the same so do we.
    """
    *_, made = _fields(_blob(signature))
    kind, *number = _fields(made)
    if kind.decode("ascii", "replace") in OFFLINE and number and int.from_bytes(number[0][32:], "little") >= ORDER:
        raise SignatureRefused("the signature is damaged")


def kind_of(key: bytes) -> str:
    """The kind of a public key, such as `ssh-ed25519`."""
    return key[4 : 4 + int.from_bytes(key[:4])].decode("ascii", "replace")


def _by_whom(
    data: bytes, signature: bytes, signers: Sequence[Signer], namespace: str, days: Sequence[date | None]
) -> Signed:
    if not signature:
        raise SignatureRefused("the bundle is not signed")
    key = signing_key(signature)
    _refuse_second_form(signature)
    theirs = [each for each in signers if each.blob == key]
    with tempfile.TemporaryDirectory(prefix="tweeluik-") as folder:
        file, allowed = Path(folder) / "signature", Path(folder) / "allowed"
        file.write_bytes(signature)
        for number, day in enumerate(days):
            for each in theirs:
                # A name of ours stands in for theirs, which may hold spaces, or what OpenSSH takes for a pattern.
                allowed.write_bytes(f"signer {each.options} {each.kind} {each.key}\n".encode())
                moment = () if day is None else ("-O", f"verify-time={day:%Y%m%d}")
                check = ("-Y", "verify", *moment, "-s", str(file), "-f", str(allowed), "-I", "signer", "-n", namespace)
                if not _ssh_keygen(*check, data=data).returncode:
                    return Signed(each.name, lapsed=number > 0)
    raise SignatureRefused("the signature is not by an allowed signer over this content")


def _ssh_keygen(
    *arguments: str, data: bytes = b"", environment: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise SignatureRefused("the program ssh-keygen is not installed", INSTALL)
    try:
        return subprocess.run(  # noqa: S603
            [program, *arguments], input=data, capture_output=True, check=False, timeout=SECONDS,
            env=dict(environment) or None,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise SignatureRefused("the program ssh-keygen gave no answer", INSTALL) from None
