"""Signing what goes along with a sealed file, so that also the opener can verify it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tweeluik.confidential.age import signature
from tweeluik.problems import Place, Problem, SealingFailed


@contextlib.contextmanager
def unlocked(signer: Path | None) -> Iterator[signature.Unlocked | None]:
    """The key to sign with, its passphrase asked once; None: nobody signs. Raises `SealingFailed`."""
    try:
        with contextlib.nullcontext() if signer is None else signature.unlocked(signer) as key:
            yield key
    except signature.SignatureRefused as error:
        raise _failed(str(error), error.hint) from None


def sign(data: bytes, key: signature.Unlocked, namespace: str) -> bytes:
    """A signature that the opener can verify too. Raises `SealingFailed`."""
    try:
        signed = signature.sign(data, key=key, namespace=namespace)
        kind = signature.kind_of(signature.signing_key(signed))
    except signature.SignatureRefused as error:
        raise _failed(str(error), error.hint) from None
    if kind not in signature.OFFLINE:
        raise _failed(
            "the signing key is of a kind that the opener cannot verify", "make one with `ssh-keygen -t ed25519`"
        )
    return signed


def _failed(what: str, hint: str) -> SealingFailed:
    return SealingFailed(Problem(Place("bundle"), "", what, hint))
