"""The ballot box: `approvals/` in the source. Votes, what they are about, and what was answered to them.

    <edition>/subject-<version>-<digest>.json    what was looked at: the digest of every file
    <edition>/vote-<version>-<key>.json          a vote, or sealed as …json.age where the source is sealed
    <edition>/vote-<version>-<key>.sig           the signature over it
    <edition>/reply-<version>-<key>.json         what was answered to its remark, sealed likewise
    trail.jsonl                                  who did what (`trail.py`)

All of it is confidential. `approve` and `publish` write it, in one step; whatever else is there is refused by its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

from tweeluik.disk.reading import NotPlain, read_plain
from tweeluik.disk.tree import changing
from tweeluik.problems import NotApproved, Place, Problem, WrongUsage
from tweeluik.record.schema import DIGEST, TEXT, Schema, object_of
from tweeluik.record.validation import NotThisShape, read_json
from tweeluik.review.subject import Subject, parse_subject
from tweeluik.review.votes import Signed, Vote
from tweeluik.source.inventory import CannotUnseal, Unseal
from tweeluik.words.line_ends import CHANGED, are_changed

FOLDER = "approvals"
TRAIL = "trail.jsonl"
SEALED = ".age"

_FILE = re.compile(
    r"[a-z0-9][a-z0-9-]{0,200}/(subject-[1-9]\d{0,3}-[0-9a-f]{16}\.json|vote-[1-9]\d{0,3}-[0-9a-f]{16}\.sig"
    r"|(vote|reply)-[1-9]\d{0,3}-[0-9a-f]{16}\.json(\.age)?)"
)
_REPLY: Schema = object_of({"vote": DIGEST, "text": TEXT})

Seal = Callable[[bytes], bytes]


class _Reply(TypedDict):
    vote: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Box:
    """The bytes of every file, by path below the folder."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    def keys(self, edition: str, version: int) -> tuple[str, ...]:
        """The short name of every key that voted on a version, in their order."""
        start = f"{edition}/vote-{version}-"
        return tuple(sorted({name[len(start) : len(start) + 16] for name in self.files if name.startswith(start)}))

    def signatures(self, edition: str) -> tuple[str, ...]:
        """The SHA-256 of every signature in the box under an edition, in the order of their files."""
        start = f"{edition}/vote-"
        found = (name for name in sorted(self.files) if name.startswith(start) and name.endswith(".sig"))
        return tuple(sha256(self.files[name]).hexdigest() for name in found)

    def signed(self, edition: str, version: int, key: str, unseal: Unseal | None) -> Signed | None:
        """The vote of a key with its signature; None when one of the two is not there.

        Raises:
            NotApproved: it is sealed, and does not open.
        """
        vote = self._opened(f"{edition}/vote-{version}-{key}.json", unseal)
        signature = self.files.get(f"{edition}/vote-{version}-{key}.sig")
        return None if vote is None or signature is None else Signed(vote, signature)

    def reply(self, edition: str, version: int, key: str, vote: Signed, unseal: Unseal | None) -> str:
        """What was answered to exactly this vote; empty when nothing was."""
        data = self._opened(f"{edition}/reply-{version}-{key}.json", unseal)
        if data is None:
            return ""
        try:
            raw: _Reply = read_json(data, _REPLY)
        except NotThisShape:
            raise _not_ours(f"{edition}/reply-{version}-{key}.json") from None
        return raw["text"] if raw["vote"] == vote.digest else ""

    def subject(self, vote: Vote) -> Subject | None:
        """What a vote is about; None when that is not there, or not what its digest says."""
        data = self.files.get(_subject_file(vote.edition, vote.version, vote.subject))
        try:
            found = None if data is None else parse_subject(data)
        except NotThisShape:
            return None
        return found if found is not None and found.digest == vote.subject else None

    def with_vote(self, subject: Subject, signed: Signed, seal: Seal | None) -> Box:
        """With one vote more, in the place of an earlier one by the same key; an answer to another goes with it."""
        key = short(signed.key or b"")
        is_same = self.files.get(f"{subject.edition}/vote-{subject.version}-{key}.sig") == signed.signature
        kinds = ("vote",) if is_same else ("vote", "reply")
        earlier = tuple(f"{subject.edition}/{kind}-{subject.version}-{key}." for kind in kinds)
        return Box(
            {
                **{name: data for name, data in self.files.items() if not name.startswith(earlier)},
                **_sealed(f"{subject.edition}/vote-{subject.version}-{key}.json", signed.vote, seal),
                f"{subject.edition}/vote-{subject.version}-{key}.sig": signed.signature,
                _subject_file(subject.edition, subject.version, subject.digest): subject.serialise(),
            }
        )

    def with_reply(self, edition: str, version: int, key: str, vote: Signed, text: str, seal: Seal | None) -> Box:  # noqa: PLR0917
        """With an answer to the remark of one vote."""
        data = json.dumps({"text": text, "vote": vote.digest}, ensure_ascii=False, indent=1).encode() + b"\n"
        kept = {
            name: old for name, old in self.files.items() if not name.startswith(f"{edition}/reply-{version}-{key}.")
        }
        return Box({**kept, **_sealed(f"{edition}/reply-{version}-{key}.json", data, seal)})

    def _opened(self, name: str, unseal: Unseal | None) -> bytes | None:
        if name in self.files:
            return self.files[name]
        sealed = self.files.get(name + SEALED)
        if sealed is None:
            return None
        try:
            return _locked() if unseal is None else unseal(sealed)
        except CannotUnseal as error:
            hint = "name the identity of one of its editors with --identity"
            raise NotApproved(Problem(Place(f"{FOLDER}/{name}{SEALED}"), "", str(error), hint)) from None


def _locked() -> bytes:
    raise CannotUnseal("the file is sealed")


def short(key: bytes) -> str:
    """How the files of a key are called."""
    return sha256(key).hexdigest()[:16]


def _subject_file(edition: str, version: int, digest: str) -> str:
    return f"{edition}/subject-{version}-{digest[:16]}.json"


def _sealed(name: str, data: bytes, seal: Seal | None) -> dict[str, bytes]:
    return {name: data} if seal is None else {name + SEALED: seal(data)}


# --- on the disk ------------------------------------------------------------------------------------------------------


def read_box(content: Path) -> Box:
    """All that was voted; nothing when the folder is not there.

    Raises:
        NotApproved: something stands there that `approve` did not write.
    """
    root = content / FOLDER
    if root.is_symlink() or (root.exists() and not root.is_dir()):
        raise NotApproved(Problem(Place(FOLDER), "", "not a folder", "put the folder itself here"))
    problems: list[Problem] = []
    files = dict(_read_files(root, problems)) if root.exists() else {}
    if problems:
        raise NotApproved(tuple(problems))
    return Box(files)


def _read_files(root: Path, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.name.startswith(".") or (path.is_dir() and not path.is_symlink()):
            continue
        if name != TRAIL and not _FILE.fullmatch(name):
            problems.append(_stranger(name))
            continue
        try:
            data = read_plain(path)
        except NotPlain as failure:
            problems.append(Problem(Place(f"{FOLDER}/{name}"), "", str(failure), "put the file itself here"))
            continue
        if are_changed(name, data):
            problems.append(Problem(Place(f"{FOLDER}/{name}"), "", *CHANGED))
        yield name, data


def _stranger(name: str) -> Problem:
    return Problem(Place(f"{FOLDER}/{name}"), "", "not a file that `approve` writes", "move it elsewhere")


def _not_ours(name: str) -> NotApproved:
    return NotApproved(_stranger(name))


def replace_box(content: Path, seen: Box, box: Box) -> None:
    """Put `box` in the place of all that was `seen`, in one step, for its owner only.

    Raises:
        WrongUsage: another run wrote it in the meantime.
        CannotWrite: the system refused; nothing has changed.
    """
    with changing(content / FOLDER) as replace:
        if read_box(content).files != seen.files:
            raise WrongUsage(
                Problem(Place(FOLDER), "", "another run has changed the approvals meanwhile", "run this again")
            )
        replace(box.files, lambda _name: True)
