"""Stages kept by the content of their inputs: what was made before of the very same is taken, and nothing else.

In a preview they stay in memory; a build keeps them in a private, signed file (`disk/memo.py`). They hold what is
public or is going to be, and that files were searched; of the source nothing but keyed digests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import TypedDict, cast

from tweeluik.checks.guard.secret import Secret
from tweeluik.public.groups import Groups
from tweeluik.public.templates import Compiled, Templates
from tweeluik.source.records import Source

_DIGEST = 32
_SIZE = 8


class Stages:
    """Per name the last thing that was made, and a digest of what it was made of."""

    def __init__(self, key: bytes = b"") -> None:
        """With a key nobody who has not got it can try out of what a digest is."""
        self._key = sha256(key).digest()
        self._kept: dict[str, tuple[bytes, bytes]] = {}
        self._needed: set[str] = set()
        self.compiled: Compiled = {}
        """Templates as they were compiled; in memory only, since they are programs."""
        self.secrets: tuple[Source, tuple[object, ...], tuple[Secret, ...]] | None = None
        """What must stay inside, behind the source and the versions that it follows from; in memory only."""

    @property
    def is_empty(self) -> bool:
        """Whether all is still to be made."""
        return not self._kept

    def digest(self, *parts: bytes) -> bytes:
        """Of what a thing is made of."""
        made = blake2b(key=self._key, digest_size=_DIGEST)
        for part in parts:
            made.update(len(part).to_bytes(_SIZE))
            made.update(part)
        return made.digest()

    def recall(self, name: str, cause: bytes) -> bytes | None:
        """The thing of this name, if it was made of the same."""
        before = self._kept.get(name)
        if before is None or before[0] != cause:
            return None
        self._needed.add(name)
        return before[1]

    def remember(self, name: str, cause: bytes, made: bytes = b"") -> None:
        """Keep it in place of the one before."""
        self._kept[name] = (cause, made)
        self._needed.add(name)

    def packed(self, mark: bytes) -> bytes:
        """What was needed since these stages were begun, under the mark of the program that made it."""
        needed = [(name, *self._kept[name]) for name in sorted(self._needed)]
        head = json.dumps([(name, cause.hex(), len(made)) for name, cause, made in needed]).encode()
        return b"".join((mark, len(head).to_bytes(_SIZE), head, *(made for _, _, made in needed)))

    def take(self, packed: bytes, mark: bytes) -> None:
        """Begin with what an earlier run packed, if that was the same program."""
        if packed[: len(mark)] != mark:
            return
        start = len(mark) + _SIZE
        end = start + int.from_bytes(packed[len(mark) : start])
        for name, cause, size in cast("list[tuple[str, str, int]]", json.loads(packed[start:end])):
            self._kept[name] = (bytes.fromhex(cause), packed[end : end + size])
            end += size


@dataclass(frozen=True, slots=True)
class Rendered:
    """A group of files, and the templates that were looked for when it was made."""

    files: dict[str, bytes]
    used: tuple[str, ...]

    def packed(self, texts: bytes) -> bytes:
        """As bytes; `texts` is the digest of what these templates said."""
        head: _Head = {
            "used": list(self.used),
            "texts": texts.hex(),
            "files": [(path, len(data)) for path, data in self.files.items()],
        }
        said = json.dumps(head).encode()
        return b"".join((len(said).to_bytes(_SIZE), said, *self.files.values()))


class _Head(TypedDict):
    used: list[str]
    texts: str
    files: list[tuple[str, int]]


def unpack(packed: bytes, templates: Templates, stages: Stages) -> Rendered | None:
    """A group as it was packed, if the templates that it used still say the same."""
    end = _SIZE + int.from_bytes(packed[:_SIZE])
    head = cast("_Head", json.loads(packed[_SIZE:end]))
    if head["texts"] != digest_of(templates, head["used"], stages).hex():
        return None
    files = dict[str, bytes]()
    for path, size in head["files"]:
        files[path] = packed[end : end + size]
        end += size
    return Rendered(files, tuple(head["used"]))


def digest_of(templates: Templates, names: Iterable[str], stages: Stages) -> bytes:
    """Of what so many templates say; one that is not there says something else than an empty one."""
    said = (f"{name}\0{templates.texts.get(name)!r}".encode() for name in names)
    return stages.digest(*said)


def files_of(groups: dict[str, Rendered]) -> Groups:
    """Per group its files."""
    return {name: group.files for name, group in groups.items()}
