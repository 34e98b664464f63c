"""The tree of files: all or nothing, whatever fails and whenever it is killed."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.interrupts import interrupts
from tweeluik.disk import lock, reading, swap
from tweeluik.disk import tree as tree_module
from tweeluik.disk.durable import CannotWrite
from tweeluik.disk.reading import NotPlain, read_plain
from tweeluik.disk.tree import growing, is_cut_off, replace_tree, write_files
from tweeluik.problems import WrongUsage
from tweeluik.public.groups import manifest


def listed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**files, "manifest.txt": manifest(files)}


OLD = listed({"index.html": b"old page", "edities/2024/index.html": b"gone soon"})
NEW = listed({"index.html": b"new page", "edities/2025/a.csv": b"1", "edities/2025/b.csv": b""})

CALLS = ("open", "write", "fsync", "close", "mkdir", "chmod", "rename", "unlink", "rmdir")
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals, modes and folders that can be locked")


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(params=["in one step", "in two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "in two renames":
        monkeypatch.setattr(swap, "_exchange", lambda _one, _other: False)
    return str(request.param)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    replace_tree(tmp_path / "site", OLD)
    return tmp_path / "site"


class Fault:
    """Counts the calls of `os` and of the exchange; at the given one it does `harm` instead."""

    def __init__(self, at: int, harm: Callable[[], None]) -> None:
        self.at, self.harm, self.count = at, harm, 0

    def around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            if self.count == self.at:
                if real is REAL["close"]:
                    real(*args)
                self.harm()
            return real(*args, **kwargs)

        return call


REAL = {name: getattr(os, name) for name in CALLS} | {"fsync": lambda _descriptor: None}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every tree is forced to the disk, hundreds of times here: what is tested is the order, not the disk."""
    monkeypatch.setattr(os, "fsync", REAL["fsync"])


@contextlib.contextmanager
def injected(fault: Fault) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, fault.around(REAL[name]))
        patch.setattr(swap, "_exchange", fault.around(swap._exchange))
        yield


def no_room() -> None:
    raise OSError(errno.ENOSPC, "no value may be quoted")


def interrupt() -> None:
    raise KeyboardInterrupt


# --- what it makes ----------------------------------------------------------------------------------------------------


def test_the_target_holds_exactly_the_files(site: Path, way: str) -> None:
    replace_tree(site, NEW)
    assert tree(site) == NEW


def test_nothing_stays_beside_the_target(site: Path, way: str) -> None:
    replace_tree(site, NEW)
    assert [each.name for each in site.parent.iterdir()] == ["site"]


@posix
def test_everyone_may_read_and_only_the_owner_may_write_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        replace_tree(tmp_path / "site", NEW)
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*") if path.is_file()}
    folders = {
        path.stat().st_mode & 0o777 for path in [tmp_path / "site", *(tmp_path / "site").rglob("*")] if path.is_dir()
    }
    assert (modes, folders) == ({0o644}, {0o755})


def test_an_empty_folder_may_become_the_target(tmp_path: Path, way: str) -> None:
    (tmp_path / "site").mkdir()
    replace_tree(tmp_path / "site", NEW)
    assert tree(tmp_path / "site") == NEW


def test_a_relative_target_is_below_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    replace_tree(Path("site"), NEW)
    assert tree(tmp_path / "site") == NEW


# --- what it refuses --------------------------------------------------------------------------------------------------


def test_a_folder_that_we_did_not_make_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "thesis.txt").write_bytes(b"years of it")
    with pytest.raises(WrongUsage, match=r"1 problem"):
        replace_tree(tmp_path / "work", NEW)
    assert tree(tmp_path / "work") == {"thesis.txt": b"years of it"}


def refused(site: Path) -> dict[str, str]:
    """What is told of each foreign file; the folder stays as it is."""
    before = tree(site)
    with pytest.raises(WrongUsage) as failure:
        replace_tree(site, NEW)
    assert tree(site) == before
    return {Path(each.place.file).relative_to(site).as_posix(): each.what for each in failure.value.problems}


NOT_OURS = "was not made by this program"


@pytest.mark.parametrize("text", ["lijst\n", "", "0" * 64 + "  manifest.txt\n", "\xff"])
def test_a_folder_with_the_manifest_of_another_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "manifest.txt").write_text(text, encoding="latin-1")
    (tmp_path / "site" / "thesis.txt").write_bytes(b"years of it")
    assert list(refused(tmp_path / "site")) == ["."]


@pytest.mark.parametrize("name", ["thesis.txt", ".htaccess", "edities/2024/notes.txt", "edities/2024/.swp"])
def test_a_foreign_file_in_a_site_is_named(site: Path, name: str) -> None:
    (site / name).write_bytes(b"years of it")
    assert refused(site) == {name: NOT_OURS}


@pytest.mark.parametrize("name", [".git", "edities/work", "leeg"])
def test_a_foreign_folder_in_a_site_is_named_once_also_when_it_is_empty(site: Path, name: str) -> None:
    (site / name).mkdir()
    assert refused(site) == {name: NOT_OURS}
    (site / name / "HEAD").write_bytes(b"ref")
    assert refused(site) == {name: NOT_OURS}


def test_a_file_that_was_changed_by_hand_is_named(site: Path) -> None:
    (site / "index.html").write_bytes(b"mended by hand")
    assert refused(site) == {"index.html": "was changed since this program made it"}


@posix
def test_a_link_or_a_pipe_in_the_place_of_a_file_is_named_and_never_waited_for(site: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (site / "index.html").unlink()
    os.mkfifo(site / "index.html")
    (site / "elders").symlink_to(tmp_path / "work")
    assert refused(site) == {"elders": NOT_OURS, "index.html": "is not the file that this program made"}


def test_ten_foreign_files_are_named_at_most(site: Path) -> None:
    for number in range(30):
        (site / f"{number:02}.txt").write_bytes(b"")
    assert list(refused(site)) == [f"{number:02}.txt" for number in range(10)]


def test_a_site_from_which_files_are_missing_is_made_whole(site: Path) -> None:
    (site / "index.html").unlink()
    (site / ".DS_Store").write_bytes(b"of the system")
    replace_tree(site, NEW)
    assert tree(site) == NEW


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"text")
    with pytest.raises(WrongUsage):
        replace_tree(tmp_path / "site", NEW)
    assert (tmp_path / "site").read_bytes() == b"text"


@posix
def test_a_link_is_refused_and_what_it_leads_to_is_kept(site: Path) -> None:
    link = site.with_name("link")
    link.symlink_to(site)
    with pytest.raises(WrongUsage):
        replace_tree(link, NEW)
    assert tree(site) == OLD


@pytest.mark.parametrize("name", ["../out", "/etc/x", "a/../../out", "", "a//b", "./a", "a\\b", "c:x"])
def test_a_path_that_leaves_the_folder_is_a_bug(site: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain path"):
        replace_tree(site, {**NEW, name: b""})
    assert tree(site) == OLD


# --- when something fails ---------------------------------------------------------------------------------------------


def calls_of_a_run(site: Path) -> int:
    counter = Fault(0, no_room)
    with injected(counter):
        replace_tree(site, NEW)
    replace_tree(site, OLD)
    return counter.count


@posix
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs the names of open files")
def test_every_file_and_folder_is_forced_to_the_disk_before_the_swap(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[str] = []
    exchange = swap._exchange
    monkeypatch.setattr(os, "fsync", lambda of: forced.append(str(Path(f"/proc/self/fd/{of}").readlink())))

    def exchange_and_tell(one: Path, other: Path) -> bool:
        forced.append("swap")
        return exchange(one, other)

    monkeypatch.setattr(swap, "_exchange", exchange_and_tell)
    replace_tree(site, NEW)
    before, after = forced[: forced.index("swap")], forced[forced.index("swap") + 1 :]
    fresh = site.with_name(".site.new")
    folders = [fresh, fresh / "edities", fresh / "edities/2025"]
    assert set(before) == {str(fresh / name) for name in NEW} | {str(each) for each in folders}
    assert after == [str(site.parent)]


@posix
@pytest.mark.parametrize("harm", [no_room, interrupt])
def test_whichever_call_fails_the_target_is_what_it_was(site: Path, way: str, harm: Callable[[], None]) -> None:
    outcomes = set()
    for at in range(1, calls_of_a_run(site) + 1):
        try:
            with injected(Fault(at, harm)):
                replace_tree(site, NEW)
            outcome, expected = "made", NEW
        except (CannotWrite, KeyboardInterrupt):
            outcome, expected = "refused", OLD
        assert tree(site) == expected, f"call {at}"
        outcomes.add(outcome)
        replace_tree(site, OLD)
        assert [each.name for each in site.parent.iterdir()] == ["site"], f"call {at}"
    assert outcomes == {"made", "refused"}  # only the removal of the old tree may fail without harm


PLACING = (tree_module._replace, swap.swap, swap._rename_twice)
"""Where a tree is put in its place; `replace_tree` with all its locks ends behind it."""


@pytest.mark.parametrize("former", [True, False])
def test_an_interrupt_before_any_line_that_puts_a_tree_in_place_leaves_the_target_as_it_was_or_comes_too_late(
    tmp_path: Path, way: str, *, former: bool
) -> None:
    site, stopped = tmp_path / "site", list[bool]()
    for number, each in enumerate(interrupts(*PLACING)):
        if former:
            replace_tree(site, OLD)
        was = tree(site)
        stopped.append(each.around(lambda: replace_tree(site, NEW)))
        assert tree(site) == (was if stopped[-1] else NEW), number
        replace_tree(site, OLD)
        assert [found.name for found in tmp_path.iterdir()] == ["site"], number
        if not former:
            shutil.rmtree(site)
    assert set(stopped) == {True, False}
    assert len(stopped) > 10


@posix
def test_killed_at_any_call_the_next_run_finds_the_old_or_the_new_tree_and_cleans_up(site: Path, way: str) -> None:
    in_a_small_process(replaced_and_killed_at_every_call, site, way)


def replaced_and_killed_at_every_call(site: Path, way: str) -> None:
    for at in range(1, calls_of_a_run(site) + 1):
        kill_in_child(lambda at=at: run_with_fault(site, at))  # type: ignore[misc]
        if way == "in one step":
            assert tree(site) in (OLD, NEW), f"call {at}"
        replace_tree(site, NEW)
        assert tree(site) == NEW
        assert [each.name for each in site.parent.iterdir()] == ["site"]
        replace_tree(site, OLD)


@posix
def test_after_a_kill_between_the_two_renames_the_old_tree_is_put_back_first(site: Path) -> None:
    site.rename(site.with_name(".site.old"))
    with injected(Fault(6, no_room)), pytest.raises(CannotWrite):
        replace_tree(site, NEW)
    assert tree(site) == OLD


def in_a_small_process(run: Callable[[Path, str], None], folder: Path, way: str) -> None:
    """A fork of a worker that has run thousands of tests takes as much time as all that it holds, at every call."""
    code = f"import sys; from tests.stages import test_files as it; it.in_its_way(it.{run.__name__}, *sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, folder, way], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")


def in_its_way(run: Callable[[Path, str], None], folder: str, way: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", REAL["fsync"])
        if way == "in two renames":
            patch.setattr(swap, "_exchange", lambda _one, _other: False)
        run(Path(folder), way)


def run_with_fault(site: Path, at: int) -> None:
    with injected(Fault(at, lambda: os.kill(os.getpid(), signal.SIGKILL))):
        replace_tree(site, NEW)


def kill_in_child(run: Callable[[], None]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking next to the threads of the test runner
        child = os.fork()
    if child == 0:
        try:
            run()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def test_the_message_names_the_place_and_the_reason_of_the_system_only(site: Path) -> None:
    with injected(Fault(5, no_room)), pytest.raises(CannotWrite) as caught:
        replace_tree(site, NEW)
    (problem,) = caught.value.problems
    assert problem.what == "cannot be written: no space left on device"
    assert "quoted" not in str(problem)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(site: Path) -> None:
    site.parent.chmod(0o555)
    try:
        with pytest.raises(CannotWrite):
            replace_tree(site, NEW)
    finally:
        site.parent.chmod(0o755)
    assert tree(site) == OLD


# --- two at once, and readers -----------------------------------------------------------------------------------------


@posix
def test_writers_at_once_do_not_mix_and_a_reader_always_finds_one_whole_tree(site: Path) -> None:
    done, seen = threading.Event(), set()

    def write(content: dict[str, bytes]) -> None:
        for _ in range(15):
            replace_tree(site, content)

    def read() -> None:
        while not done.is_set():
            folder = os.open(site, os.O_RDONLY)
            try:
                seen.add((read_in(folder, "manifest.txt"), read_in(folder, "index.html")))
            except FileNotFoundError:
                continue  # the tree was replaced and cleared while it was being read
            finally:
                os.close(folder)

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(content,)) for content in (OLD, NEW)]
    for each in (reader, *writers):
        each.start()
    for each in writers:
        each.join()
    done.set()
    reader.join()
    assert seen <= {(each["manifest.txt"][:100], each["index.html"]) for each in (OLD, NEW)}
    assert seen
    assert tree(site) in (OLD, NEW)


def read_in(folder: int, name: str) -> bytes:
    descriptor = os.open(name, os.O_RDONLY, dir_fd=folder)
    try:
        return os.read(descriptor, 100)
    finally:
        os.close(descriptor)


# --- a folder that grows ----------------------------------------------------------------------------------------------

LATER = {"2025/release-2.json": b"second", "2026/release-1.json": b"other", "log.jsonl": b"1\n2\n3\n"}
KEPT = {"2025/release-1.json": b"first", ".note": b"of a person", "log.jsonl": b"1\n"}


@pytest.fixture
def register(tmp_path: Path) -> Path:
    with growing(tmp_path / "published") as add:
        add(KEPT)
    return tmp_path / "published"


def grow(folder: Path) -> None:
    with growing(folder) as add:
        add(LATER)


def start_again(folder: Path) -> None:
    shutil.rmtree(folder)
    with growing(folder) as add:
        add(KEPT)


def calls_of_growing(register: Path) -> int:
    counter = Fault(0, no_room)
    with injected(counter):
        grow(register)
    start_again(register)
    return counter.count


def test_what_is_added_stands_beside_what_was_there_and_nothing_else_remains(register: Path, way: str) -> None:
    grow(register)
    assert tree(register) == {**KEPT, **LATER}
    assert [each.name for each in register.parent.iterdir()] == ["published"]


def test_whoever_holds_the_folder_may_add_nothing(register: Path) -> None:
    with growing(register):
        pass
    assert tree(register) == KEPT


@posix
@pytest.mark.parametrize("harm", [no_room, interrupt])
def test_whichever_call_fails_all_that_was_to_be_added_is_there_or_nothing(
    register: Path, way: str, harm: Callable[[], None]
) -> None:
    outcomes = set()
    for at in range(1, calls_of_growing(register) + 1):
        try:
            with injected(Fault(at, harm)):
                grow(register)
            outcome, expected = "made", {**KEPT, **LATER}
        except (CannotWrite, KeyboardInterrupt):
            outcome, expected = "refused", KEPT
        assert tree(register) == expected, f"call {at}"
        outcomes.add(outcome)
        start_again(register)
    assert outcomes == {"made", "refused"}


@posix
def test_killed_at_any_call_all_that_was_to_be_added_is_there_or_nothing(register: Path, way: str) -> None:
    in_a_small_process(added_to_and_killed_at_every_call, register, way)


def added_to_and_killed_at_every_call(register: Path, way: str) -> None:
    for at in range(1, calls_of_growing(register) + 1):

        def killed(at: int = at) -> None:
            with injected(Fault(at, lambda: os.kill(os.getpid(), signal.SIGKILL))):
                grow(register)

        kill_in_child(killed)
        if way == "in one step":
            assert not is_cut_off(register)
        if not is_cut_off(register):
            assert tree(register) in (KEPT, {**KEPT, **LATER}), f"call {at}"
        grow(register)
        assert tree(register) == {**KEPT, **LATER}, f"call {at}"
        start_again(register)


@posix
def test_a_run_that_was_cut_off_between_two_renames_is_noticed_until_the_next_one_puts_it_back(register: Path) -> None:
    assert not is_cut_off(register)
    register.rename(register.with_name(".published.old"))
    assert is_cut_off(register)
    with growing(register):
        assert tree(register) == KEPT


def a_link(place: Path) -> None:
    place.symlink_to("elsewhere")


def a_link_to_a_file(place: Path) -> None:
    place.symlink_to(__file__)


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


@posix
@pytest.mark.parametrize("put", [a_link, a_link_to_a_file, a_pipe])
@pytest.mark.parametrize("where", ["", "2025/x"])
def test_what_is_no_plain_file_is_refused_and_stays(register: Path, put: Callable[[Path], None], where: str) -> None:
    target = register / where if where else register.with_name("other")
    put(target)
    with pytest.raises((WrongUsage, CannotWrite)):
        grow(register if where else target)
    assert os.path.lexists(target)
    assert {name: data for name, data in tree(register).items() if name != where} == KEPT


@pytest.mark.parametrize("size", [0, 20, 21])
def test_a_file_that_others_may_have_put_there_is_read_up_to_a_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 20)
    (tmp_path / "file").write_bytes(bytes(size))
    if size <= 20:
        assert read_plain(tmp_path / "file") == bytes(size)
    else:
        with pytest.raises(NotPlain, match="too large"):
            read_plain(tmp_path / "file")


@posix
def test_what_comes_in_the_place_of_a_file_after_the_look_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    looked_at = (tmp_path / "file").lstat()
    monkeypatch.setattr(Path, "lstat", lambda _: looked_at)
    with pytest.raises(NotPlain, match="not a plain file"):
        read_plain(tmp_path / "pipe")


def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def closed(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("2025"):
            raise PermissionError(errno.EACCES, "closed")
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", closed)
        with pytest.raises(CannotWrite):
            grow(register)
    assert tree(register) == KEPT


@posix
def test_a_second_run_waits_and_finds_what_the_first_one_added(register: Path) -> None:
    inside, found = threading.Event(), dict[str, bytes]()

    def second() -> None:
        inside.wait()
        with growing(register) as add:
            found.update(tree(register))
            add({"log.jsonl": found["log.jsonl"] + b"4\n"})

    thread = threading.Thread(target=second)
    thread.start()
    with growing(register) as add:
        inside.set()
        thread.join(0.2)
        assert thread.is_alive()
        add(LATER)
    thread.join()
    assert found == {**KEPT, **LATER}
    assert (register / "log.jsonl").read_bytes() == b"1\n2\n3\n4\n"


# --- single files -----------------------------------------------------------------------------------------------------


def test_single_files_replace_their_namesakes_and_leave_the_rest(tmp_path: Path) -> None:
    write_files(tmp_path / "schemas", {"a.json": b"1", "b.json": b"2"})
    write_files(tmp_path / "schemas", {"a.json": b"3"})
    assert tree(tmp_path / "schemas") == {"a.json": b"3", "b.json": b"2"}


def test_a_single_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.json": b"1"})
    with injected(Fault(2, no_room)), pytest.raises(CannotWrite):
        write_files(tmp_path, {"a.json": b"2"})
    assert (tmp_path / "a.json").read_bytes() == b"1"


# --- the locks of Windows ---------------------------------------------------------------------------------------------


class Msvcrt(ModuleType):
    """Locks of Windows: who waits is told after ten seconds that it is taken still."""

    LK_LOCK, LK_NBLCK = 1, 2

    def __init__(self, taken: int, code: int) -> None:
        super().__init__("msvcrt")
        self.taken, self.code, self.asked = taken, code, 0

    def locking(self, _descriptor: int, _mode: int, _size: int) -> None:
        self.asked += 1
        if self.asked <= self.taken:
            raise OSError(self.code, os.strerror(self.code))


def lock_of_windows(monkeypatch: pytest.MonkeyPatch, msvcrt: Msvcrt) -> ModuleType:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    spec = importlib.util.spec_from_file_location("lock_of_windows", lock.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_on_windows_a_run_waits_as_long_as_another_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    msvcrt = Msvcrt(taken=7, code=errno.EDEADLOCK)
    with lock_of_windows(monkeypatch, msvcrt).only_one(tmp_path / "site"):
        assert msvcrt.asked == 8
    assert [each.name for each in tmp_path.iterdir()] == [".site.lock"]


def test_on_windows_a_lock_that_is_refused_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = lock_of_windows(monkeypatch, Msvcrt(taken=1, code=errno.EACCES))
    with pytest.raises(PermissionError), module.only_one(tmp_path / "site"):
        pass


def test_on_windows_a_file_that_is_held_is_not_held_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = lock_of_windows(monkeypatch, Msvcrt(taken=1, code=errno.EACCES))
    assert module.hold_file(tmp_path / "a") is None
    handle = module.hold_file(tmp_path / "a")
    assert handle is not None
    os.close(handle)
