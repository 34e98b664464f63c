"""Signatures of `ssh-keygen -Y`: OpenSSH's format (PROTOCOL.sshsig), made and checked by OpenSSH's program.

Two namespaces of our own, so that a signature over a manifest is never one over a sealed file, or over a git commit.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

MANIFEST_NAMESPACE = "manifest@tweeluik"
SEALED_NAMESPACE = "bundel@tweeluik"
SUFFIX = ".sig"
INSTALL = "install OpenSSH, of which every Windows, macOS and Linux has a version"
SECONDS = 120
"""How long a person has to type the passphrase of the signing key, or to touch its token."""


class SignatureRefused(Exception):
    """A signature cannot be made, or is not good; the message says why in general terms, and `hint` what to do."""

    def __init__(self, what: str, hint: str = "do not use this bundle; ask the sender by another way") -> None:
        super().__init__(what)
        self.hint = hint


def sign(data: bytes, *, key: Path, namespace: str) -> bytes:
    """An armoured signature over `data` by a private ssh key (or a public one whose private half is in the agent)."""
    done = _ssh_keygen("-Y", "sign", "-q", "-f", str(key), "-n", namespace, data=data)
    if done.returncode or not done.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        raise SignatureRefused("the signing key cannot be used", "name a private ssh key that ssh-keygen can sign with")
    return done.stdout


def verify(data: bytes, signature: bytes, *, allowed: Path, namespace: str) -> str:
    """Who signed: the principal of `allowed` (an allowed_signers file) whose key made this signature.

    Raises:
        SignatureRefused: the signature is not over these bytes, or by nobody in the file.
    """
    if not signature:
        raise SignatureRefused("the bundle is not signed")
    if not allowed.is_file():
        raise SignatureRefused("the file with allowed signers cannot be read", "check its name and place")
    with tempfile.TemporaryDirectory(prefix="tweeluik-") as folder:
        file = Path(folder) / "signature"
        file.write_bytes(signature)
        found = _ssh_keygen("-Y", "find-principals", "-s", str(file), "-f", str(allowed))
        for principal in found.stdout.decode("utf-8", "replace").splitlines() if not found.returncode else ():
            check = ("-Y", "verify", "-s", str(file), "-f", str(allowed), "-I", principal, "-n", namespace)
            if not _ssh_keygen(*check, data=data).returncode:
                return principal
    raise SignatureRefused("the signature is not by an allowed signer over this content")


def _ssh_keygen(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise SignatureRefused("the program ssh-keygen is not installed", INSTALL)
    try:
        return subprocess.run([program, *arguments], input=data, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        raise SignatureRefused("the program ssh-keygen gave no answer", INSTALL) from None
