"""A vote: what one person says of one subject, signed with that person's ssh key.

The signature is one of `ssh-keygen -Y`, over the bytes of the vote; anybody can verify it with that program. It names
the key itself: who that is, `allowed_signers` says.
"""

from __future__ import annotations

import base64
import binascii
import json
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypedDict

from tweeluik.confidential.age.signature import INSTALL, SignatureRefused, sign, verify
from tweeluik.problems import NotApproved, Place, Problem
from tweeluik.record.schema import DAY, DIGEST, TEXT, VERSION, Schema, object_of
from tweeluik.record.validation import NotThisShape, read_json
from tweeluik.review.signers import NAMESPACE, Signer

KIND = "tweeluik-approval-1"
LONGEST_REMARK = 4000
"""Characters."""

Answer = Literal["yes", "not-yet"]

_SCHEMA: Schema = object_of({
    "kind": {"const": KIND},
    "edition": TEXT,
    "version": VERSION,
    "subject": DIGEST,
    "answer": {"enum": ["yes", "not-yet"]},
    "remark": TEXT,
    "day": DAY,
})  # fmt: skip

_HEAD, _FOOT = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"


class _Raw(TypedDict):
    kind: str
    edition: str
    version: int
    subject: str
    answer: Answer
    remark: str
    day: str


@dataclass(frozen=True, slots=True, repr=False)
class Vote:
    """`subject` is the digest of what it is about; `day` the one on which the person says to have given it.

    A remark is confidential, and belongs to "not-yet": what has to change first.
    """

    edition: str
    version: int
    subject: str
    answer: Answer
    remark: str
    day: date

    def serialise(self) -> bytes:
        """The bytes that are signed."""
        raw = {**asdict(self), "kind": KIND, "day": self.day.isoformat()}
        return (json.dumps(raw, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def parse_vote(data: bytes) -> Vote:
    """A vote from its bytes.

    Raises:
        NotThisShape: they are not canonical bytes of one.
    """
    raw: _Raw = read_json(data, _SCHEMA)
    try:
        day = date.fromisoformat(raw["day"])
    except ValueError:
        raise NotThisShape from None
    found = Vote(raw["edition"], raw["version"], raw["subject"], raw["answer"], raw["remark"], day)
    if found.serialise() != data:
        raise NotThisShape
    return found


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """The bytes of a vote and of the signature over them, as they stand in the source."""

    vote: bytes
    signature: bytes

    @property
    def digest(self) -> str:
        """SHA-256 over the signature, which nobody can make or guess: it goes into the public log and says nothing."""
        return sha256(self.signature).hexdigest()

    @property
    def key(self) -> bytes | None:
        """The public key that the signature says it was made with; None when it is no signature."""
        return key_in(self.signature)

    def is_by(self, signer: Signer) -> bool:
        """Whether this key really signed these bytes, as an approval.

        Raises:
            NotApproved: ssh-keygen is not there to ask.
        """
        with tempfile.TemporaryDirectory(prefix="tweeluik-") as folder:
            allowed = Path(folder) / "allowed"
            allowed.write_text(f'signer namespaces="{NAMESPACE}" {signer.public_key}\n', "utf-8")
            try:
                verify(self.vote, self.signature, allowed=allowed, namespace=NAMESPACE)
            except SignatureRefused as refused:
                if refused.hint == INSTALL:
                    raise NotApproved(Problem(Place("approvals"), "", str(refused), INSTALL)) from None
                return False
        return True


def sign_vote(vote: Vote, key: Path) -> Signed:
    """The vote, signed with a private ssh key, or with a public one whose private half is in the agent.

    Raises:
        NotApproved: the key cannot be used.
    """
    data = vote.serialise()
    try:
        return Signed(data, sign(data, key=key, namespace=NAMESPACE))
    except SignatureRefused as refused:
        raise NotApproved(Problem(Place("-i"), "", str(refused), refused.hint)) from None


def key_in(signature: bytes) -> bytes | None:
    """The public key inside an armoured SSHSIG (OpenSSH, PROTOCOL.sshsig), which is not proof of anything yet."""
    lines = signature.strip().splitlines()
    if len(lines) < 3 or lines[0] != _HEAD or lines[-1] != _FOOT:  # noqa: PLR2004 (a head, a foot and what is between)
        return None
    try:
        data = base64.b64decode(b"".join(lines[1:-1]), validate=True)
    except (ValueError, binascii.Error):
        return None
    start = len(_MAGIC) + 4
    size = int.from_bytes(data[start : start + 4])
    key = data[start + 4 : start + 4 + size]
    return key if data.startswith(_MAGIC) and size and len(key) == size else None
