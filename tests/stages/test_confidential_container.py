"""The container: every byte follows from its members, so nothing can hide in it."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.containers import pack, read_all, unpack
from tweeluik.confidential.age.padding import padme
from tweeluik.confidential.bundle import container
from tweeluik.confidential.bundle.container import MEMBERS_LIMIT, PADDING, REGULAR, Packed, Unsound
from tweeluik.confidential.bundle.inventory import MANIFEST
from tweeluik.confidential.bundle.unpacking import Unpacking

EPOCH = (1980, 1, 1, 0, 0, 0)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}[.]x|[a-z]{1,6}/[a-z0-9]{1,5}[.]y", fullmatch=True).filter(
    lambda name: name[:3] not in {"con", "prn", "aux", "nul", "com", "lpt"}
)
MEMBERS = st.dictionaries(NAMES, st.binary(max_size=200), max_size=5)


@given(MEMBERS)
def test_what_is_packed_is_unpacked(members: dict[str, bytes]) -> None:
    assert unpack(pack(members)) == members


@given(MEMBERS, st.integers(1, 200))
def test_in_blocks_of_any_size_it_is_the_same(members: dict[str, bytes], block: int) -> None:
    assert unpack(pack(members), block) == members


@given(MEMBERS, st.integers(1, 200))
def test_what_is_read_in_pieces_is_what_is_packed(members: dict[str, bytes], block: int) -> None:
    assert read_all(Packed(members), block) == pack(members)


def test_without_a_keeper_the_texts_alone_are_kept() -> None:
    unpacking = Unpacking()
    unpacking.write(pack({"groot.pdf": b"x" * 1000, MANIFEST: b"{}"}))
    found = unpacking.finish()
    assert found.texts == {MANIFEST: b"{}"}
    assert [(each.name, each.size) for each in found.listed] == [("groot.pdf", 1000), (MANIFEST, 2)]


@given(MEMBERS)
def test_the_order_of_the_members_changes_no_byte(members: dict[str, bytes]) -> None:
    assert pack(dict(reversed(members.items()))) == pack(members)


@given(st.integers(2, 2**40))
def test_padding_adds_at_most_twelve_percent_and_nothing_the_second_time(size: int) -> None:
    assert size <= padme(size) <= size * 1.12 + 1
    assert padme(padme(size)) == padme(size)


def test_the_size_of_a_container_is_a_padded_size() -> None:
    sizes = {len(pack({"a": bytes(n)})) for n in range(5000, 5100)}
    assert all(padme(size) == size for size in sizes)
    assert len(sizes) <= 3


def test_any_program_reads_it(tmp_path: Path) -> None:
    (tmp_path / "c.zip").write_bytes(pack({"een.txt": b"een", "map/twee.txt": b"twee"}))
    with zipfile.ZipFile(tmp_path / "c.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["een.txt", "map/twee.txt", PADDING]


def test_one_bit_flipped_anywhere_is_noticed() -> None:
    good = pack({"een.txt": b"inhoud", "map/twee.txt": b""})
    for position in range(len(good)):
        damaged = bytearray(good)
        damaged[position] ^= 1 << (position % 8)
        with pytest.raises(Unsound):
            unpack(bytes(damaged))


def test_truncated_or_prolonged_anywhere_is_noticed() -> None:
    good = pack({"een.txt": b"inhoud"})
    for bad in (*(good[:end] for end in range(len(good))), good + b"x", b"x" + good):
        with pytest.raises(Unsound):
            unpack(bad)


@pytest.mark.parametrize(
    "name",
    [
        "../weg",
        "/weg",
        "C:/weg",
        "a\\b",
        "a/../../b",
        "",
        ".",
        "a/",
        "é",
        "con.txt",
        "a/nul",
        "punt.",
        ".verborgen",
        "a//b",
        "a\x00b",
    ],
)
def test_a_name_that_could_end_up_outside_the_folder_is_refused_on_both_sides(name: str) -> None:
    with pytest.raises(Unsound):
        pack({name: b"x"})
    with pytest.raises(Unsound):
        unpack(planted((name, b"x", {})))


@pytest.mark.parametrize("folder", ["a", "A"])
def test_a_member_is_no_folder_of_another_also_where_capitals_are_one(folder: str) -> None:
    with pytest.raises(Unsound, match="as if that were a folder"):
        pack({folder: b"x", "a/b": b"y"})
    with pytest.raises(Unsound):
        unpack(planted((folder, b"x", {}), ("a/b", b"y", {})))


def test_a_compressed_member_is_refused_before_it_is_unpacked() -> None:
    bomb = planted(("a", bytes(200_000_000 // 100), {"compress_type": zipfile.ZIP_DEFLATED}))
    assert len(bomb) < 100_000
    with pytest.raises(Unsound, match="compressed"):
        unpack(bomb)


def test_a_compressed_member_is_refused_also_when_that_saves_nothing() -> None:
    deflated = (zlib.compressobj(wbits=-15) for _ in range(99))
    size = next(n for n, each in enumerate(deflated, 1) if len(each.compress(b"a" * n) + each.flush()) == n)
    with pytest.raises(Unsound, match="compressed"):
        unpack(planted(("a", b"a" * size, {"compress_type": zipfile.ZIP_DEFLATED})))


def test_what_is_larger_than_a_bundle_can_be_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    good = pack({"a": b"1"})
    monkeypatch.setattr(container, "LIMIT", len(good))
    assert unpack(good) == {"a": b"1"}
    monkeypatch.setattr(container, "LIMIT", len(good) - 1)
    with pytest.raises(Unsound, match="larger than a bundle"):
        unpack(good)


def test_without_padding_it_is_none() -> None:
    with pytest.raises(Unsound, match="the padding is missing"):
        unpack(planted(("a", b"1", {})))


@pytest.mark.parametrize(("members", "refused"), [(MEMBERS_LIMIT - 1, False), (MEMBERS_LIMIT, True)])
def test_there_are_so_many_members_at_most_the_padding_included(members: int, refused: bool) -> None:
    packed = pack({f"a{n}": b"" for n in range(members)})
    if refused:
        with pytest.raises(Unsound, match="too many members"):
            unpack(packed)
    else:
        assert len(unpack(packed)) == members


def test_a_link_is_refused() -> None:
    with pytest.raises(Unsound, match="plain file"):
        unpack(planted(("a", b"/etc/hostname", {"external_attr": (stat.S_IFLNK | 0o777) << 16})))


@pytest.mark.parametrize("names", ["aa", "aA", "ABa", "AVa"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_with_one_name_are_refused(names: str) -> None:
    """Also where others stand between them: capitals come first."""
    with pytest.raises(Unsound, match="one name"):
        unpack(planted(*((each, each.encode(), {}) for each in names)))


def test_two_names_that_are_one_are_not_packed() -> None:
    with pytest.raises(Unsound, match="one name"):
        pack({"A": b"", "B": b"", "a": b""})


@pytest.mark.parametrize("folder", ["a/b", "A/b", "A/b/c"])
def test_a_member_in_another_as_if_that_were_a_folder_is_refused(folder: str) -> None:
    with pytest.raises(Unsound, match="as if that were a folder"):
        unpack(planted(*sorted([("a", b"1", {}), (folder, b"2", {})], key=lambda member: member[0])))


def test_a_member_behind_the_padding_is_refused() -> None:
    with pytest.raises(Unsound):
        unpack(planted((PADDING, b"", {}), ("a", b"1", {})))


def test_padding_that_is_not_zero_is_refused() -> None:
    good = pack({"a": b"1"})
    size = len(unpadded(good))
    with pytest.raises(Unsound, match="padding"):
        unpack(planted(("a", b"1", {}), (PADDING, b"\x01" * size, {})))


@pytest.mark.parametrize("more", [-1, 1, 4096])
def test_padding_of_another_size_is_refused(more: int) -> None:
    good = pack({"a": b"1" * 5000})
    size = len(unpadded(good))
    assert unpack(planted(("a", b"1" * 5000, {}), (PADDING, bytes(size), {}))) == {"a": b"1" * 5000}
    with pytest.raises(Unsound, match="padding"):
        unpack(planted(("a", b"1" * 5000, {}), (PADDING, bytes(size + more), {})))


def unpadded(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(PADDING)


def planted(*members: tuple[str, bytes, dict[str, int]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data, changes in members:
            entry = zipfile.ZipInfo("x", EPOCH)
            entry.filename, entry.orig_filename = name, name
            entry.create_system, entry.external_attr = 3, REGULAR
            for attribute, value in changes.items():
                setattr(entry, attribute, value)
            archive.writestr(entry, data)
    return target.getvalue()
