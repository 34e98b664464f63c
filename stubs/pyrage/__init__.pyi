# The part of pyrage that `confidential/age/sealing.py` uses; the package itself has no types.

from collections.abc import Sequence
from io import BytesIO

from pyrage import passphrase, plugin, ssh, x25519

__all__ = ["DecryptError", "EncryptError", "IdentityError", "RecipientError", "decrypt_io", "encrypt_io"]
__all__ += ["passphrase", "plugin", "ssh", "x25519"]

class DecryptError(Exception): ...
class EncryptError(Exception): ...
class IdentityError(Exception): ...
class RecipientError(Exception): ...

def encrypt_io(
    source: BytesIO,
    target: BytesIO,
    recipients: Sequence[ssh.Recipient | x25519.Recipient | plugin.RecipientPluginV1],
) -> None: ...
def decrypt_io(
    source: BytesIO,
    target: BytesIO,
    identities: Sequence[ssh.Identity | x25519.Identity | plugin.IdentityPluginV1],
) -> None: ...
