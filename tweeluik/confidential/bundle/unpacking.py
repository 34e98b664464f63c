"""A container that is read while it is opened: block by block, in little memory, and believed in nothing.

The heads of a container follow from its members (`container.Directory`). So each is made once more from what it says,
and compared; a member is what its digest says, and the directory at the end can be no other than the one that grew
meanwhile. What is read may be kept (`waiting.py`), to be written once everything about it is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol
from zlib import crc32

from tweeluik.confidential.age.padding import padme
from tweeluik.confidential.bundle import container
from tweeluik.confidential.bundle.container import (
    CENTRAL,
    CENTRAL_MARK,
    LOCAL,
    LOCAL_MARK,
    LONGEST_NAME,
    MEMBERS_LIMIT,
    PADDING,
    REGULAR,
    Directory,
    Unsound,
    refuse_names,
)
from tweeluik.confidential.bundle.data_files import HINGE, NUMBERS
from tweeluik.confidential.bundle.inventory import CHECKSUMS, MANIFEST, SIGNATURE, Listed

TEXTS = frozenset({MANIFEST, CHECKSUMS, SIGNATURE, HINGE, NUMBERS})
"""Members that are asked about before anything is written: they are held in memory."""

TEXT_LIMIT = 1 << 26
LONGEST_ENDING = MEMBERS_LIMIT * (CENTRAL.size + LONGEST_NAME) + container.END.size
FOREIGN = "it holds bytes that belong to no member, or padding that is not as prescribed"
NO_ZIP = "it holds no sound ZIP file"


class NoRoom(Exception):
    """What is read could not be kept; `error` is why."""

    def __init__(self, error: OSError) -> None:
        super().__init__("no room")
        self.error = error


@dataclass(frozen=True, slots=True, repr=False)
class Unpacked:
    """What is known of a container that is as it was made: its members in order, and the texts among them."""

    listed: tuple[Listed, ...]
    texts: dict[str, bytes]


class Keeper(Protocol):
    """Keeps what is read; it may raise `OSError`. No view that it gets is good for longer than the call."""

    def take(self, block: bytes | memoryview) -> None:
        """The next bytes of the container, whatever they are."""

    def begin(self, name: str, size: int) -> None:
        """A member of so many bytes begins, which is no padding."""

    def write(self, part: memoryview) -> None:
        """The next bytes of the member that began last."""


class _Digest(Protocol):
    def update(self, data: memoryview, /) -> None: ...

    def hexdigest(self) -> str: ...


@dataclass(slots=True)
class _Member:
    """The one that is being read: what its head says, and what was found so far."""

    name: str
    crc: int
    size: int
    left: int
    found: int = 0
    digest: _Digest = field(default_factory=sha256)
    text: bytearray | None = None
    keeper: Keeper | None = None


class Unpacking:
    """What a container is written to, from its first byte to its last; `finish` says what it was."""

    def __init__(self, keeper: Keeper | None = None) -> None:
        """`keeper` gets all of it, as it comes; None: nothing is kept but the texts."""
        self._keeper = keeper
        self._size = 0
        self._head = bytearray()
        self._member: _Member | None = None
        self._ending: bytearray | None = None
        self._directory = Directory()
        self._listed = list[Listed]()
        self._texts = dict[str, bytes]()

    def write(self, block: bytes | memoryview) -> int:
        """The next bytes.

        Raises:
            Unsound: they are not as `container.Packed` makes them.
            NoRoom: they cannot be kept.
        """
        try:
            return self._write(block)
        except OSError as error:
            raise NoRoom(error) from None

    def _write(self, block: bytes | memoryview) -> int:
        self._size += len(block)
        if self._size > container.LIMIT:
            raise Unsound("it is larger than a bundle can be")
        if self._keeper:
            self._keeper.take(block)
        rest = memoryview(block)
        while rest:
            rest = self._read_member(self._member, rest) if self._member else self._read_head(rest)
        return len(block)

    def finish(self) -> Unpacked:
        """What was in it, the padding left out.

        Raises:
            Unsound: it is not whole, or not as `container.Packed` makes it.
        """
        if self._ending is None:  # also within a member
            raise Unsound(NO_ZIP)
        refuse_names([each.name for each in self._listed])
        if bytes(self._ending) != self._directory.ending:
            raise Unsound(_why_other(bytes(self._ending)))
        padding = next((each for each in self._listed if each.name == PADDING), None)
        if padding is None:
            raise Unsound("the padding is missing")
        if self._size != padme(self._size - padding.size):
            raise Unsound(FOREIGN)
        listed = tuple(each for each in self._listed if each.name != PADDING)
        return Unpacked(listed, self._texts)

    def _read_head(self, rest: memoryview) -> memoryview:
        """A local head, or the ending: what is left of the block behind it."""
        if self._ending is not None:
            self._ending += rest
            if len(self._ending) > LONGEST_ENDING:
                raise Unsound(FOREIGN)
            return rest[:0]
        wanted = LOCAL.size if len(self._head) < LOCAL.size else LOCAL.size + _name_length(self._head)
        part = rest[: wanted - len(self._head)]
        self._head += part
        if self._head[:4] == CENTRAL_MARK and len(self._head) >= len(CENTRAL_MARK):
            self._ending, self._head = self._head, bytearray()
        elif len(self._head) >= LOCAL.size and len(self._head) == LOCAL.size + _name_length(self._head):
            self._begin(bytes(self._head))
            self._head.clear()
        return rest[len(part) :]

    def _begin(self, head: bytes) -> None:
        _, _, _, method, _, _, crc, _, size, _, _ = LOCAL.unpack(head[: LOCAL.size])
        if not head.startswith(LOCAL_MARK):
            raise Unsound(NO_ZIP)
        if method:
            raise Unsound("a member is compressed")
        try:
            name = head[LOCAL.size :].decode("ascii")
        except UnicodeDecodeError:
            raise Unsound("a member has a name that could end up outside the folder") from None
        if self._listed and name.casefold() == self._listed[-1].name.casefold():
            raise Unsound("it has two members with one name")
        if len(self._listed) == MEMBERS_LIMIT:
            raise Unsound("it has too many members")
        if self._directory.add(name, crc, size) != head or (self._listed and name < self._listed[-1].name):
            raise Unsound(FOREIGN)
        text = bytearray() if name in TEXTS else None
        keeper = self._keeper if name != PADDING else None
        if keeper:
            keeper.begin(name, size)
        self._member = _Member(name, crc, size, size, text=text, keeper=keeper)
        if not size:
            self._end(self._member)

    def _read_member(self, member: _Member, rest: memoryview) -> memoryview:
        part = rest[: member.left]
        member.left -= len(part)
        member.found = crc32(part, member.found)
        member.digest.update(part)
        if member.keeper:
            member.keeper.write(part)
        if member.text is not None:
            member.text += part
            if len(member.text) > TEXT_LIMIT:
                raise Unsound("it is larger than a bundle can be")
        if member.name == PADDING and part.tobytes().count(0) != len(part):
            raise Unsound(FOREIGN)
        if not member.left:
            self._end(member)
        return rest[len(part) :]

    def _end(self, member: _Member) -> None:
        if member.found != member.crc:
            raise Unsound(NO_ZIP)
        self._listed.append(Listed(member.name, member.size, member.digest.hexdigest()))
        if member.text is not None:
            self._texts[member.name] = bytes(member.text)
        self._member = None


def _name_length(head: bytearray) -> int:
    length: int = LOCAL.unpack(head[: LOCAL.size])[9]
    if length > LONGEST_NAME:
        raise Unsound("a member has a name that could end up outside the folder")
    return length


def _why_other(ending: bytes) -> str:
    """Why the directory is not the one that belongs to the members: what a person may be told of it."""
    attributes = slice(CENTRAL.size - 8, CENTRAL.size - 4)
    plain = REGULAR.to_bytes(4, "little")
    at = 0
    while ending[at : at + 4] == CENTRAL_MARK and len(ending) >= at + CENTRAL.size:
        head = ending[at : at + CENTRAL.size]
        if head[attributes] != plain or head[5] != container.UNIX:
            return "a member is no plain file"
        at += CENTRAL.size + int.from_bytes(head[28:30], "little")
    return FOREIGN
