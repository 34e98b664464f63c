# The part of pyrage that `confidential/age/sealing.py` uses; the package itself has no types.

from collections.abc import Sequence
from typing import Protocol

from pyrage import passphrase, plugin, ssh, x25519

__all__ = ["DecryptError", "EncryptError", "IdentityError", "RecipientError", "decrypt_io", "encrypt_io"]
__all__ += ["passphrase", "plugin", "ssh", "x25519"]

class _Source(Protocol):
    def read(self, size: int = ...) -> bytes: ...

class _Target(Protocol):
    def write(self, data: bytes) -> int: ...
    def flush(self) -> None: ...

class DecryptError(Exception): ...
class EncryptError(Exception): ...
class IdentityError(Exception): ...
class RecipientError(Exception): ...

def encrypt_io(
    source: _Source,
    target: _Target,
    recipients: Sequence[ssh.Recipient | x25519.Recipient | plugin.RecipientPluginV1],
) -> None: ...
def decrypt_io(
    source: _Source,
    target: _Target,
    identities: Sequence[ssh.Identity | x25519.Identity | plugin.IdentityPluginV1],
) -> None: ...
