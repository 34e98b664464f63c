"""age: what we seal the real program opens, what it seals we open, and what nobody should open we refuse."""

from __future__ import annotations

import errno
import gc
import io
import subprocess
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

import pyrage
import pytest

from tests.conftest import need_program
from tests.stages.age_vectors import Vector, read_vectors
from tweeluik.confidential.age.header import NotAge, header, sealed_size, stanza_kinds
from tweeluik.confidential.age.sealing import (
    AgeRefused,
    SealedToOthers,
    new_identity,
    plugin_of,
    seal,
    seal_stream,
    unseal,
    unseal_stream,
)

SIZES = (0, 1, 65535, 65536, 65537, 200_000)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_opens_again(size: int) -> None:
    secret, recipient = new_identity()
    assert unseal(seal(bytes(size), [recipient]), [secret]) == bytes(size)


@pytest.mark.parametrize("size", SIZES)
def test_the_age_program_opens_what_we_seal(tmp_path: Path, size: int) -> None:
    age = need_program("age")
    secret, recipient = new_identity()
    (tmp_path / "key").write_text(secret)
    sealed = seal(b"x" * size, [new_identity()[1], recipient])
    done = subprocess.run([age, "-d", "-i", tmp_path / "key"], input=sealed, capture_output=True, check=True)
    assert done.stdout == b"x" * size


@pytest.mark.parametrize("armour", [(), ("--armor",)])
def test_we_open_what_the_age_program_seals(armour: tuple[str, ...]) -> None:
    age = need_program("age")
    secret, recipient = new_identity()
    sealed = subprocess.run([age, *armour, "-r", recipient], input=b"inhoud", capture_output=True, check=True).stdout
    assert unseal(sealed, [secret]) == b"inhoud"


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_ssh_keys_work_both_ways(tmp_path: Path, kind: str) -> None:
    age, keygen = need_program("age"), need_program("ssh-keygen")
    key = tmp_path / "key"
    subprocess.run([keygen, "-q", "-t", kind, "-N", "", "-f", key], check=True)
    public = (tmp_path / "key.pub").read_text().strip()
    theirs = subprocess.run([age, "-r", public], input=b"van hen", capture_output=True, check=True).stdout
    assert unseal(theirs, [key.read_text()]) == b"van hen"
    ours = subprocess.run(
        [age, "-d", "-i", key], input=seal(b"van ons", [public]), capture_output=True, check=True
    ).stdout
    assert ours == b"van ons"


def test_another_identity_does_not_open_it() -> None:
    with pytest.raises(SealedToOthers):
        unseal(seal(b"inhoud", [new_identity()[1]]), [new_identity()[0]])


def test_a_damaged_file_is_not_one_that_was_sealed_to_others() -> None:
    secret, recipient = new_identity()
    damaged = bytearray(seal(b"inhoud", [recipient]))
    damaged[-1] ^= 1
    with pytest.raises(AgeRefused) as refused:
        unseal(bytes(damaged), [secret])
    assert not isinstance(refused.value, SealedToOthers)


def test_one_bit_flipped_anywhere_is_refused() -> None:
    secret, recipient = new_identity()
    good = seal(b"inhoud", [recipient])
    for position in range(len(good)):
        damaged = bytearray(good)
        damaged[position] ^= 1 << (position % 8)
        with pytest.raises(AgeRefused):
            unseal(bytes(damaged), [secret])


def test_truncated_anywhere_is_refused() -> None:
    secret, recipient = new_identity()
    good = seal(b"inhoud", [recipient])
    for end in range(len(good)):
        with pytest.raises(AgeRefused):
            unseal(good[:end], [secret])


def test_the_size_follows_from_the_format() -> None:
    _, recipient = new_identity()
    for size in SIZES:
        sealed = seal(bytes(size), [recipient])
        assert len(sealed) == sealed_size(len(header(sealed)), size)


@pytest.mark.parametrize("recipients", [[], ["age1"], ["age1wrong"], ["ssh-ed25519 AAAA"], [""], ["AGE-SECRET-KEY-1X"]])
def test_nobody_or_nonsense_is_refused(recipients: list[str]) -> None:
    with pytest.raises(AgeRefused):
        seal(b"inhoud", recipients)


def test_the_plugin_of_a_recipient_is_read_from_it() -> None:
    assert plugin_of("age1pq1qqqq") == "pq"
    assert plugin_of(new_identity()[1]) is None
    assert plugin_of("ssh-ed25519 AAAA") is None


PLUGIN_IDENTITY = "AGE-PLUGIN-PQ-19VPRYDA0WFW5ZEJSQH0UCWK4U25KSTEXCNRWE6K99PDVP5NJ4EUQTVKRT8"


def test_an_identity_without_its_program_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AgeRefused, match="the plug-in program that this identity needs is not installed"):
        unseal(seal(b"inhoud", [new_identity()[1]]), [PLUGIN_IDENTITY])


WHOLE = b"age-encryption.org/v1\n-> X25519 abc\nbody\n--- mac\n"


def test_the_kinds_of_recipients_are_read_from_the_header() -> None:
    assert stanza_kinds(WHOLE) == stanza_kinds(WHOLE + b"-> ssh-rsa\n") == ("X25519",)


@pytest.mark.parametrize(
    "data",
    [
        b"age-encryption.org/v1\n-> X25519 abc\n", WHOLE.removesuffix(b"\n"), WHOLE.replace(b"v1", b"v2"), WHOLE.replace(b"age-", b""),
        WHOLE.replace(b"body", b"b" * 64), WHOLE.replace(b"body\n", b""), b"",
    ],
)  # fmt: skip
def test_a_header_of_another_version_or_without_its_end_is_no_age_file(data: bytes) -> None:
    with pytest.raises(NotAge):
        stanza_kinds(data)


def a_head(stanzas: int) -> bytes:
    """A head with made-up recipients: everyone of them would be tried with every identity."""
    many = b"".join(b"-> X25519 %s\n%s\n" % (b"A" * 42 + b"E", b"B" * 42 + b"A") for _ in range(stanzas))
    return b"age-encryption.org/v1\n" + many + b"--- " + b"C" * 42 + b"A\n" + bytes(100)


@pytest.mark.parametrize(
    ("stanzas", "said"), [(32, "damaged|other recipients"), (33, "more than 32"), (3000, "more than 32")]
)
def test_a_head_with_more_stanzas_than_anybody_has_recipients_is_refused_at_once(stanzas: int, said: str) -> None:
    start = monotonic()
    with pytest.raises(AgeRefused, match=said):
        unseal(a_head(stanzas), [new_identity()[0]])
    assert monotonic() - start < 1


def test_what_is_sealed_to_as_many_as_may_be_opens_and_to_one_more_is_not_sealed() -> None:
    secret, recipient = new_identity()
    others = [new_identity()[1] for _ in range(30)]
    assert unseal(seal(b"inhoud", [*others, recipient]), [secret]) == b"inhoud"
    with pytest.raises(AgeRefused, match="more than 31 recipients"):
        seal(b"inhoud", [*others, recipient, new_identity()[1]])


@pytest.mark.parametrize("vector", read_vectors(), ids=lambda each: each.name)
def test_published_vectors(vector: Vector) -> None:
    """C2SP/CCTV: what should open opens, but for passphrases and post-quantum; all else is refused, and soon."""
    refused = vector.has_passphrase or vector.is_post_quantum
    start = monotonic()
    if vector.should_open and not refused:
        assert sha256(unseal(vector.data, vector.identities)).hexdigest() == vector.payload
    else:
        with pytest.raises(AgeRefused) as caught:
            unseal(vector.data, vector.identities)
        if vector.should_open:
            assert any(word in str(caught.value) for word in ("passphrase", "post-quantum"))
    assert monotonic() - start < 2


# --- piece by piece ---------------------------------------------------------------------------------------------------


class Fails:
    """A source or a target that fails when it has given or taken so many bytes."""

    def __init__(self, after: int, data: bytes = b"") -> None:
        self.left, self.stream = after, io.BytesIO(data)

    def readinto(self, room: memoryview, /) -> int:
        if not self.left:
            raise OSError(errno.EIO, "kapot")
        found = self.stream.readinto(room[: self.left])
        self.left -= found
        return found

    def write(self, data: bytes | memoryview, /) -> None:
        if len(data) > self.left:
            raise OSError(errno.ENOSPC, "vol")
        self.left -= len(data)


LARGER = [0, 1, 65_536, 65_537, 262_144, 300_000]


@pytest.mark.parametrize("size", LARGER)
def test_a_target_that_is_full_anywhere_is_told_also_in_the_last_block(size: int) -> None:
    """By itself pyrage says nothing when the last piece cannot be written."""
    secret, recipient = new_identity()
    data = bytes(size)
    sealed = seal(data, [recipient])
    ends = range(max(0, len(sealed) - 9000), len(sealed) - 400, 1000)  # give or take the random stanza of the head
    for room in (0, 1, 100, len(sealed) // 2, *ends):
        with pytest.raises(OSError, match="vol"):
            seal_stream(io.BytesIO(data), Fails(room), [recipient])
    for room in range(0, size, max(1, size // 7)):
        with pytest.raises(OSError, match="vol"):
            unseal_stream(io.BytesIO(sealed), Fails(room), [secret])


@pytest.mark.parametrize("size", LARGER[1:])
def test_a_source_that_cannot_be_read_to_its_end_is_told(size: int) -> None:
    secret, recipient = new_identity()
    data = bytes(size)
    with pytest.raises(OSError, match="kapot"):
        seal_stream(Fails(size, data), io.BytesIO(), [recipient])
    sealed = seal(data, [recipient])
    for after in (0, 10, len(sealed) // 2, len(sealed) - 1):
        with pytest.raises(OSError, match="kapot"):
            unseal_stream(Fails(after, sealed), io.BytesIO(), [secret])


@pytest.mark.parametrize("size", LARGER)
def test_all_of_a_file_is_read_before_it_is_believed(size: int) -> None:
    secret, recipient = new_identity()
    sealed, target = io.BytesIO(seal(bytes(size), [recipient])), io.BytesIO()
    assert unseal_stream(sealed, target, [secret])[0] == "X25519"
    assert target.getvalue() == bytes(size)
    assert sealed.read() == b""


class Counts:
    """A target that takes so many blocks, and counts how often it is called after it failed."""

    def __init__(self, room: int) -> None:
        self.room, self.blocks = room, 0

    def write(self, _: bytes | memoryview, /) -> None:
        self.blocks += 1
        if self.blocks == self.room + 1:
            raise OSError(errno.ENOSPC, "vol")


def test_after_a_failure_nothing_more_reaches_the_target() -> None:
    """Not when a buffer is thrown away either: a handle may be of another file by then."""
    secret, recipient = new_identity()
    sealed = seal(bytes(700_000), [recipient])
    for room in range(3):
        target = Counts(room)
        with pytest.raises(OSError, match="vol"):
            unseal_stream(io.BytesIO(sealed), target, [secret])
        gc.collect()
        assert target.blocks == room + 1
    target = Counts(100)
    with pytest.raises(OSError, match="kapot"):
        unseal_stream(Fails(100_000, sealed), target, [secret])
    gc.collect()
    assert target.blocks == 0


def test_an_interrupt_comes_through() -> None:
    class Stops:
        def readinto(self, _: memoryview, /) -> int:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seal_stream(Stops(), io.BytesIO(), [new_identity()[1]])


@pytest.mark.parametrize("lost", [1, 16, 5000])
def test_what_pyrage_loses_without_a_word_is_noticed_by_its_size(monkeypatch: pytest.MonkeyPatch, lost: int) -> None:
    real = pyrage.encrypt_io

    def forgetful(source: Any, target: Any, recipients: Any) -> None:
        made = io.BytesIO()
        real(source, made, recipients)
        target.write(made.getvalue()[:-lost])

    monkeypatch.setattr(pyrage, "encrypt_io", forgetful)
    with pytest.raises(AgeRefused, match="do not have the size"):
        seal(bytes(20_000), [new_identity()[1]])
