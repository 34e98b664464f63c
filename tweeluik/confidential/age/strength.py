"""How strong the lock of what is sealed is: as strong as the key of its weakest reader.

What is sealed again to a weaker kind of key loses what it was sealed with for: who kept the file waits for the weaker
lock. A passphrase on an identity is of its holder's file: it shows in no recipient and in no head.
"""

from __future__ import annotations

from collections.abc import Iterable

from tweeluik.confidential.age.header import of_readers, stanza_kinds
from tweeluik.problems import Place, Problem, SealingFailed

KINDS = ("ssh", "x25519", "pq")
"""From weak to strong: a key that also signs and logs in; one that does nothing else; one that also holds against a
quantum computer (age-encryption.org/v1 and its hybrid recipients).
"""

_OF_STANZAS = {"ssh-rsa": "ssh", "ssh-ed25519": "ssh", "mlkem768x25519": "pq", "mlkem768p256tag": "pq"}


def strength_of(kind: str) -> str:
    """Of a kind of recipient: a token holds a key of the usual strength."""
    return kind if kind in KINDS else "x25519"


def strength_of_head(data: bytes) -> str:
    """Of a sealed file, by the kinds of the stanzas in its head.

    Raises:
        NotAge: it has no head.
    """
    kinds = [_OF_STANZAS.get(each, "x25519") for each in of_readers(stanza_kinds(data))]
    return min(kinds, key=KINDS.index, default="x25519")


def refuse_weaker(place: Place, kinds: Iterable[str], data: bytes) -> None:
    """That what is sealed in `data` (its head will do) would be sealed to one of these kinds of recipients.

    Raises:
        NotAge: it has no head.
        SealingFailed: one of the kinds is weaker than all that it is sealed to now.
    """
    before = KINDS.index(strength_of_head(data))
    if any(KINDS.index(strength_of(each)) < before for each in kinds):
        what = "these recipients have a weaker kind of key than those that it is sealed to now"
        raise SealingFailed(Problem(place, "", what, HINT))


HINT = "ask them for a key of the kind that it is sealed to now; if it is meant, add --weaker"
