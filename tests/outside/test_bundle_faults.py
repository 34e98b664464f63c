"""Faults, put in on purpose: never a half file, never a lost earlier one, never plaintext left behind.

Every test counts its faults; `pytest -s` shows the numbers.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.stages.a_bundle import DAY, TEMPLATES, Desk, a_desk, names
from tests.stages.containers import pack, unpack
from tweeluik.confidential.age.identities import read_identities
from tweeluik.confidential.age.recipients import read_archive_recipients
from tweeluik.confidential.age.sealing import seal, unseal
from tweeluik.confidential.at_rest.workplace import MEMORY
from tweeluik.confidential.bundle import renewing, waiting
from tweeluik.confidential.bundle import sealed as bundle
from tweeluik.confidential.bundle.inventory import (
    CHECKSUMS,
    MANIFEST,
    Holder,
    checksums,
    list_members,
    parse_inventory,
)
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.confidential.bundle.renewing import reseal_archive
from tweeluik.disk.durable import create_file
from tweeluik.disk.private import AT_WORK, UNFINISHED, new_folder, replace_file, write_new_file
from tweeluik.problems import BuildFailed, OpeningFailed, SealingFailed

COPY = "exemplaar-01-van-01.age"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with an earlier bundle, `bundel`, and one opened, `open`. No test may change those."""
    desk = a_desk(tmp_path_factory.mktemp("desk"), "archief", "cip")
    desk.seal()
    open_bundle(desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=desk.root / "open", today=DAY)
    return desk


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder on no disk, where there is such a place: what is written a hundred times waits for nothing."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def small(desk: Desk) -> Iterator[Desk]:
    """The same desk, in memory, with a bundle that is whole and small: it has papers of a few bytes."""
    with in_memory() as folder:
        small = replace(desk, root=folder / "desk")
        shutil.copytree(desk.root, small.root, ignore=shutil.ignore_patterns("bundel", "open"))
        (small.root / "bundel").mkdir()
        archive, cip = (read_identities([small.key(role)])[0].recipient or "" for role in ("archief", "cip"))
        (small.root / "bundel" / COPY).write_bytes(seal(small_container(desk), [cip, archive]))
        yield small


def small_container(desk: Desk, copy: int = 1, holder: str | None = None) -> bytes:
    secret = read_identities([desk.key("cip")])[0].secret
    manifest = unpack(unseal((desk.root / "bundel" / COPY).read_bytes(), [secret]))[MANIFEST]
    papers = {"00-LEES-MIJ.txt": b"lees mij", "02-gegevens/lijst.csv": b"naam"}
    inventory = replace(parse_inventory(manifest), files=list_members(papers), copy=copy)
    if holder is not None:
        inventory = replace(inventory, recipients=(Holder("archief", "Archief", holder),))
    return pack({**papers, MANIFEST: inventory.serialise(), CHECKSUMS: checksums(inventory)})


def read_small(small: Desk) -> None:
    open_bundle(small.root / "bundel" / COPY, identities=[small.key("cip")], into=small.root / "uit", today=DAY)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: the system answers as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def disk_with(room: int) -> Iterator[None]:
    """All files together get `room` bytes; the write that crosses the line is cut short, as by a full disk."""
    left, real = room, os.write

    def write(handle: int, data: memoryview) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = real(handle, data[:left])
        left -= done
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", write)
        yield


STEPS = [pytest.param(1, marks=pytest.mark.long), 5]
"""At every byte takes long; at every fifth, and at all of both ends, the same is seen."""


def places(size: int, step: int) -> list[int]:
    """Each of so many bytes at both ends, and one in every `step` between them."""
    ends = {*range(min(40, size)), *range(max(size - 40, 0), size)}
    return sorted(ends | {*range(0, size, step)})


def count(faults: int, what: str) -> None:
    print(f"{faults} faults: {what}")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() if each.is_file() else b"" for each in folder.rglob("*")
    }


# --- the disk ---------------------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_at_any_byte_leaves_no_file(tmp_path: Path) -> None:
    data = bytes(range(256)) * 3
    for room in range(len(data)):
        with room_for(room):
            with pytest.raises(OSError):
                create_file(tmp_path / "a", data)
            with pytest.raises(OSError):
                write_new_file(tmp_path / "b", data)
            with pytest.raises(OSError):
                replace_file(tmp_path / "b", data)
            with pytest.raises(OSError), new_folder(tmp_path / "c") as scratch:
                create_file(scratch / "d", data)
        assert names(tmp_path) == []
    count(4 * len(data), "a disk that is full at any byte of a file")
    with room_for(len(data)):
        create_file(tmp_path / "a", data)
    assert (tmp_path / "a").read_bytes() == data


def test_a_disk_that_is_full_at_any_byte_keeps_the_earlier_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"eerder")
    for room in range(100):
        with room_for(room), pytest.raises(OSError):
            replace_file(tmp_path / "a", bytes(100))
        assert snapshot(tmp_path) == {"a": b"eerder"}
    count(100, "a disk that is full at any byte of a file that replaces another")


@pytest.fixture
def seal_small(small: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """`bundle`, with papers that are made already; all that follows is the same."""
    secret = read_identities([small.key("cip")])[0].secret
    container = unseal((small.root / "bundel" / COPY).read_bytes(), [secret])
    monkeypatch.setattr(bundle, "compose_container", lambda *_: io.BytesIO(container))
    monkeypatch.setattr(bundle, "render_letter", lambda *_, **__: b"")
    return lambda: small.seal("nieuw")


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_is_full_at_any_byte_of_a_small_bundle_that_is_sealed(
    small: Desk, seal_small: Callable[[], Any], step: int
) -> None:
    before = snapshot(small.root)
    size = (small.root / "bundel" / COPY).stat().st_size - 500  # give or take the random stanza of the head
    rooms = places(size, step)
    for room in rooms:
        with room_for(room), pytest.raises(SealingFailed):
            seal_small()
        assert names(small.root) == ["bundel", "content", "keys"]
    assert snapshot(small.root) == before
    count(len(rooms), "a file may not grow beyond any byte, while a small bundle is sealed")


@pytest.mark.long
def test_a_disk_that_fills_up_between_the_files_of_a_bundle_that_is_sealed(
    small: Desk, seal_small: Callable[[], Any]
) -> None:
    seal_small()
    written = snapshot(small.root / "nieuw")
    assert len(written) == 4
    shutil.rmtree(small.root / "nieuw")
    before = snapshot(small.root)
    rooms = range(0, sum(map(len, written.values())) - 500, 11)  # give or take the random stanzas of the heads
    for room in rooms:
        with disk_with(room), pytest.raises(SealingFailed) as caught:
            seal_small()
        assert "no space left" in caught.value.problems[0].what
        assert names(small.root) == ["bundel", "content", "keys"]
    assert snapshot(small.root) == before
    count(len(rooms), "a disk that fills up at every 11th byte, while a small bundle is sealed")


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_fills_up_at_any_byte_of_a_small_bundle_that_is_opened(small: Desk, step: int) -> None:
    read_small(small)
    total = sum(map(len, snapshot(small.root / "uit").values())) + len(AT_WORK)
    shutil.rmtree(small.root / "uit")
    before = snapshot(small.root)
    rooms = places(total, step)
    for room in rooms:
        with disk_with(room), pytest.raises(OpeningFailed):
            read_small(small)
        assert names(small.root) == ["bundel", "content", "keys"]
    assert snapshot(small.root) == before
    count(len(rooms), "a disk that fills up at any byte, while a small bundle is opened")
    with disk_with(total):
        read_small(small)
    shutil.rmtree(small.root / "uit")


def test_a_full_disk_while_sealing(desk: Desk) -> None:
    before = snapshot(desk.root)
    size = (desk.root / "bundel" / COPY).stat().st_size  # give or take the random stanza of the head
    for room in (0, 1, 200, 4096, size // 2, size - 8192, size - 2048):
        with room_for(room), pytest.raises(SealingFailed) as caught:
            desk.seal("nieuw")
        assert "file too large" in caught.value.problems[0].what
        assert snapshot(desk.root) == before
    count(7, "a full disk, while a bundle is sealed")


def test_a_full_disk_while_opening(desk: Desk) -> None:
    before = snapshot(desk.root)
    largest = max(each.stat().st_size for each in (desk.root / "open").rglob("*") if each.is_file())
    rooms = (*range(0, largest, largest // 40), largest - 1)
    for room in rooms:
        with room_for(room), pytest.raises(OpeningFailed):
            open_bundle(desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=desk.root / "uit", today=DAY)
        assert snapshot(desk.root) == before
    count(len(rooms), "a full disk, while a bundle is opened")


NAMELESS = pytest.mark.parametrize("has_nameless", [True, False], ids=["nameless files", "a spool"])
"""Of Windows and macOS, and of some kinds of disks, there is no file that may take a name later: then one spool holds all."""


@pytest.fixture
def large(small: Desk, monkeypatch: pytest.MonkeyPatch, has_nameless: bool) -> Desk:
    """What is opened is too large for memory, and waits on the disk."""
    monkeypatch.setattr(waiting, "MEMORY", 1)
    if not has_nameless:
        monkeypatch.setattr(waiting, "nameless", lambda _: None)
    return small


@NAMELESS
def test_what_waits_on_the_disk_and_does_not_fit_there_leaves_nothing(large: Desk) -> None:
    read_small(large)
    largest = max(map(len, snapshot(large.root / "uit").values()))
    shutil.rmtree(large.root / "uit")
    before = snapshot(large.root)
    rooms = (*range(0, largest, 13), largest - 1)
    for room in rooms:
        with room_for(room), pytest.raises(OpeningFailed) as caught:
            read_small(large)
        assert "file too large" in caught.value.problems[0].what
        assert names(large.root) == ["bundel", "content", "keys"]
    assert snapshot(large.root) == before
    count(len(rooms), "what waits on the disk may not grow beyond any byte")


@NAMELESS
def test_what_waits_on_the_disk_comes_out_as_from_memory(desk: Desk, large: Desk) -> None:
    file = desk.root / "bundel" / COPY
    open_bundle(file, identities=[desk.key("cip")], into=large.root / "uit", today=DAY)
    assert snapshot(large.root / "uit") == snapshot(desk.root / "open")
    assert {each.stat().st_mode & 0o777 for each in (large.root / "uit").rglob("*") if each.is_file()} == {0o600}
    shutil.rmtree(large.root / "uit")


@pytest.mark.parametrize("has_nameless", [True])
def test_where_a_file_takes_no_name_it_is_written_once_more(large: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read_small(large)
    whole = snapshot(large.root / "uit")
    shutil.rmtree(large.root / "uit")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", refuse)
    read_small(large)
    assert snapshot(large.root / "uit") == whole
    shutil.rmtree(large.root / "uit")


@NAMELESS
@pytest.mark.parametrize("step", ["link", "fsync", "write"])
@pytest.mark.parametrize("number", range(1, 6))
def test_an_interrupt_while_it_waits_or_takes_its_place_leaves_nothing(
    large: Desk, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    real, calls = getattr(os, step), 0

    def stop(*arguments: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == number:
            raise KeyboardInterrupt
        return real(*arguments, **options)

    monkeypatch.setattr(os, step, stop)
    before = snapshot(large.root)
    with contextlib.suppress(KeyboardInterrupt):
        read_small(large)
    assert calls < number or snapshot(large.root) == before
    shutil.rmtree(large.root / "uit", ignore_errors=True)


@NAMELESS
def test_what_waits_has_no_name_and_is_gone_with_its_program(small: Desk, *, has_nameless: bool) -> None:
    """Also when that is killed: nothing in clear can be found on the disk."""
    program = subprocess.Popen(
        [sys.executable, "-c", WAITING, small.root, str(int(has_nameless))],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"verified\n"
    held = [str(each.readlink()) for each in Path(f"/proc/{program.pid}/fd").iterdir()]
    waits = [each for each in held if "(deleted)" in each and str(small.root) in each]
    assert len(waits) > 1 if has_nameless else len(waits) == 1
    assert names(small.root) == ["bundel", "content", "keys"]
    program.kill()
    program.communicate()
    assert names(small.root) == ["bundel", "content", "keys"]


WAITING = """
import sys, time
from pathlib import Path
from tests.stages.a_bundle import DAY
from tweeluik.confidential.bundle import waiting
from tweeluik.confidential.bundle.opening import open_bundle
waiting.MEMORY = 1
if sys.argv[2] == "0":
    waiting.nameless = lambda _: None
root = Path(sys.argv[1])

def wait(_):
    print("verified", flush=True)
    time.sleep(60)

open_bundle(
    root / "bundel" / "exemplaar-01-van-01.age", identities=[root / "keys" / "cip"], into=root / "uit", today=DAY, confirm=wait
)
"""


def reseal_small(small: Desk) -> None:
    """The archive's copy, to another holder."""
    reseal_archive(
        small.root / "archief.age", identities=[small.key("archief")],
        recipients=read_archive_recipients(small.content / "recipients" / "cip.txt", today=DAY), into=small.root / "nieuw",
        signer=small.key("ondertekenen"), allowed_signers=None, content=small.content, templates=TEMPLATES.parent, today=DAY,
    )  # fmt: skip


@pytest.fixture
def archived(small: Desk) -> Iterator[Desk]:
    """With an archive copy, whose papers are a few bytes, and a key to sign with."""
    archive = small.root / "archief.age"
    (recipient,) = read_archive_recipients(small.content / "recipients" / "archief.txt", today=DAY)
    archive.write_bytes(seal(small_container(small, copy=0, holder=recipient.fingerprint), [recipient.key]))
    key = small.key("ondertekenen")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    yield small
    for each in (archive, key, key.with_name("ondertekenen.pub")):
        each.unlink()


def test_a_disk_that_fills_up_while_an_archive_copy_is_sealed_again(archived: Desk) -> None:
    before = snapshot(archived.root)
    size = (archived.root / "archief.age").stat().st_size
    rooms = (*range(0, size - 500, 101), size - 500)
    for room in rooms:
        with disk_with(room), pytest.raises(SealingFailed):
            reseal_small(archived)
        assert names(archived.root) == ["archief.age", "bundel", "content", "keys"]
    assert snapshot(archived.root) == before
    reseal_small(archived)
    assert names(archived.root / "nieuw") == ["archief.age", "opnieuw-verzegeld-01.txt", "opnieuw-verzegeld-01.txt.sig"]
    shutil.rmtree(archived.root / "nieuw")
    count(len(rooms), "a disk that fills up, while an archive copy is sealed again")


@pytest.mark.parametrize("step", ["write_sealed", "render_renewal", "sign"])
@pytest.mark.parametrize("failure", [KeyboardInterrupt, MemoryError])
def test_an_interrupt_while_an_archive_copy_is_sealed_again_leaves_all_as_it_was(
    archived: Desk, monkeypatch: pytest.MonkeyPatch, step: str, failure: type[BaseException]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(renewing, step, stop)
    before = snapshot(archived.root)
    with pytest.raises(failure):
        reseal_small(archived)
    assert snapshot(archived.root) == before


# --- the folder -------------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made(desk: Desk) -> None:
    before = snapshot(desk.root)
    with pytest.raises(SealingFailed):
        desk.seal("/proc/tweeluik/bundel")
    with pytest.raises(SealingFailed):
        desk.seal("keys/cip/bundel")
    with pytest.raises(OpeningFailed):
        open_bundle(
            desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=Path("/proc/tweeluik/uit"), today=DAY
        )
    assert snapshot(desk.root) == before


def test_a_target_in_use_a_link_or_a_file(desk: Desk) -> None:
    (desk.root / "wijst").symlink_to(desk.root / "bundel")
    before = snapshot(desk.root)
    for into in ("bundel", "wijst", "keys/cip"):
        with pytest.raises(SealingFailed):
            desk.seal(into)
        with pytest.raises(OpeningFailed):
            open_bundle(desk.root / "bundel" / COPY, identities=[desk.key("cip")], into=desk.root / into, today=DAY)
    assert snapshot(desk.root) == before
    (desk.root / "wijst").unlink()


# --- the sealed file --------------------------------------------------------------------------------------------------


def damaged(good: bytes, positions: Iterable[int]) -> Iterator[bytes]:
    """One bit flipped, and cut off, at these positions."""
    for position in positions:
        yield good[:position] + bytes([good[position] ^ 1 << position % 8]) + good[position + 1 :]
        yield good[:position]


def refuse_all(bads: Iterator[bytes], small: Desk) -> None:
    before, faults = names(small.root), 0
    file = small.root / "bundel" / "beschadigd.age"
    for bad in bads:
        file.write_bytes(bad)
        with pytest.raises(OpeningFailed):
            open_bundle(file, identities=[small.key("cip")], into=small.root / "uit", today=DAY)
        assert names(small.root) == before
        faults += 1
    file.unlink()
    count(faults, "one bit flipped, or cut off")


@pytest.mark.parametrize("step", STEPS)
def test_damage_at_every_byte_of_a_small_bundle(small: Desk, step: int) -> None:
    good = (small.root / "bundel" / COPY).read_bytes()
    refuse_all(damaged(good, places(len(good), step)), small)


def test_damage_at_every_1499th_byte_of_a_bundle(desk: Desk, small: Desk) -> None:
    good = (desk.root / "bundel" / COPY).read_bytes()
    refuse_all(damaged(good, range(0, len(good), 1499)), small)


# --- a kill, and two runs ---------------------------------------------------------------------------------------------

KILLED = """
import io, json, os, sys
from pathlib import Path
from tests.kills import killed_at
from tests.stages.a_bundle import DAY, TEMPLATES, PARTNERS, a_desk
from tweeluik.confidential.age.recipients import read_archive_recipients
from tweeluik.confidential.bundle import sealed as bundle, waiting
from tweeluik.confidential.age.identities import read_identities
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.confidential.bundle.renewing import reseal_archive
from tweeluik.disk.private import UNFINISHED
from tweeluik.confidential.age.sealing import unseal

root = Path(sys.argv[1])
desk = a_desk(root, "archief", "cip")

def seal():
    desk.seal("nieuw")

def open_():
    open_bundle(root / "bundel" / "exemplaar-01-van-01.age", identities=[desk.key("cip")], into=root / "nieuw", today=DAY)

def snapshot(folder):
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}

def clear(folder):
    for each in sorted(folder.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    folder.rmdir()

# Also the first bundle is made by a child: threads that typst starts here would be missing in a later fork.
killed_at(lambda: desk.seal("bundel"), 0)
# Its papers serve for the others: making them does not touch the disk, and would be done a hundred times.
sealed = (root / "bundel" / "exemplaar-01-van-01.age").read_bytes()
container = unseal(sealed, [read_identities([desk.key("cip")])[0].secret])
bundle.compose_container, bundle.render_letter = lambda *_: io.BytesIO(container), lambda *_, **__: b""
found = {"stages": {}, "wrong": []}

def open_large():
    waiting.MEMORY = 1
    open_()

for work, step in ((seal, 1), (open_, 1), (open_large, 3)):
    earlier, whole, number = snapshot(root), None, 1 - step
    while True:
        number += step
        was_killed = killed_at(work, number)
        after = snapshot(root)
        if any(after.get(name) != data for name, data in earlier.items()):
            found["wrong"].append((work.__name__, number, "something earlier was changed"))
        new, scratch = root / "nieuw", root / f"nieuw{UNFINISHED}"
        if new.exists():
            complete = {each.name for each in new.rglob("*") if each.is_file()}
            whole = whole or complete
            if complete != whole:
                found["wrong"].append((work.__name__, number, "a half result"))
            clear(new)
        if scratch.exists():
            if scratch.stat().st_mode & 0o77:
                found["wrong"].append((work.__name__, number, "the scratch folder is not private"))
            if work is seal and any(PARTNERS[0].name.encode() in data for data in snapshot(scratch).values()):
                found["wrong"].append((work.__name__, number, "plaintext was left"))
            clear(scratch)
        if not was_killed:
            break
    found["stages"][work.__name__] = number - 1
print(json.dumps(found))
"""


def test_killed_at_any_stage_it_leaves_all_or_nothing() -> None:
    root = Path(__file__).parents[2]
    with in_memory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", KILLED, folder / "desk"],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["stages"]["seal"] > 15
    assert found["stages"]["open_"] > 30
    assert found["stages"]["open_large"] > 30
    count(sum(found["stages"].values()), "killed before any change of the disk, while sealing or opening")


RACE = """
import json, os, sys
from pathlib import Path
from tests.stages.a_bundle import a_desk
from tweeluik.problems import BuildFailed

desk = a_desk(Path(sys.argv[1]), "archief", "cip")

def run(gate):
    os.read(gate, 1)
    try:
        desk.seal("bundel")
    except BuildFailed as failure:
        os._exit(failure.exit_code)
    finally:
        os._exit(0 if sys.exc_info()[0] is None else 1)

gate, opener = os.pipe()
children = [child for _ in range(3) if (child := os.fork()) or run(gate)]
os.write(opener, b"xxx")
print(json.dumps(sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)))
"""


def test_of_three_real_runs_at_once_one_wins(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RACE, tmp_path],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [0, 13, 13]
    assert names(tmp_path) == ["bundel", "content", "keys"]
    for name, role in ((COPY, "cip"), ("archief.age", "archief")):
        open_bundle(tmp_path / "bundel" / name, identities=[tmp_path / "keys" / role], into=None, today=DAY)


def test_a_run_that_finds_another_at_work_says_so(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "archief", "cip")
    (tmp_path / f"bundel{UNFINISHED}").mkdir()
    with pytest.raises(BuildFailed) as caught:
        desk.seal()
    assert "another run is at work" in caught.value.problems[0].what
    assert (tmp_path / f"bundel{UNFINISHED}").is_dir()
    (tmp_path / f"bundel{UNFINISHED}").rmdir()
    desk.seal()
    assert names(tmp_path) == ["bundel", "content", "keys"]
