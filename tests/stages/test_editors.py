"""Real editors at a real terminal: nothing of what they show stays behind, and what was typed is not lost."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path, PureWindowsPath

import pytest

from tests.conftest import need_program
from tweeluik.cli import editors
from tweeluik.cli.editors import SETTINGS, SWITCHES, find_editor
from tweeluik.problems import WrongUsage

SECRET = "Stichting Verzonnen Geheim"

VIMRC = "set undofile undodir=~ backup backupdir=~ directory=~ updatecount=1 viminfo='100,<1000,n~/.viminfo\n"
NANORC = 'set historylog\nset positionlog\nset backup\nset backupdir "~"\nset locking\n'
"""What many people have: histories, backups, undo and swap files in their own folder."""

KEYS = {
    "vim": ([f"o{SECRET}\x1b".encode(), b"/Geheim\r", b"yy"], [b":wq\r"]),
    "nano": ([SECRET.encode(), b"\x17Geheim\r"], [b"\x13", b"\x18"]),
}
"""What is typed, with a search for it; and how to save and leave."""


class PureWindowsPathThatStands(PureWindowsPath):
    """A path of Windows of which no file is asked."""

    def is_file(self) -> bool:
        return False

    def resolve(self) -> PureWindowsPathThatStands:
        return self


class Terminal:
    """An editor as `edit` starts it, in a process of its own with a terminal and a home."""

    def __init__(self, root: Path, program: str) -> None:
        self.home, self.file = root / "thuis", root / "werk" / "taal.yaml"
        for folder in (self.home, self.file.parent):
            folder.mkdir()
        self.file.write_text("- naam: X\n")
        (self.home / ".vimrc").write_text(VIMRC)
        (self.home / ".nanorc").write_text(NANORC)
        self.child, self.screen = pty.fork()
        if not self.child:
            self._edit(program)

    def _edit(self, program: str) -> None:
        os.environ.update(
            HOME=str(self.home), TERM="xterm", XDG_DATA_HOME=str(self.home), XDG_STATE_HOME=str(self.home)
        )
        signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        try:
            find_editor({"EDITOR": program}).run([self.file])
        except (WrongUsage, KeyboardInterrupt):
            os._exit(3)
        os._exit(0)

    def wait(self) -> int:
        while True:  # an editor that nobody reads from waits for ever
            try:
                if not os.read(self.screen, 65536):
                    break
            except OSError:
                break
        child, self.child = self.child, 0
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def left_behind(self) -> list[str]:
        """Files of the person's own folder that hold what was typed."""
        return [each.name for each in self.home.rglob("*") if each.is_file() and SECRET.encode() in each.read_bytes()]


Ends = Mapping[tuple[str, bool], Terminal]
"""Per editor one in which all was saved and left, and one in which it was not."""


@pytest.fixture(scope="module")
def terminals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ends]:
    """All at the same time: an editor takes half a second over whatever is typed."""
    each = [(program, saved) for program in sorted(KEYS) if shutil.which(program) for saved in (True, False)]
    found = {(program, saved): Terminal(tmp_path_factory.mktemp(program), program) for program, saved in each}
    typed = [[*KEYS[program][0], *(KEYS[program][1] if saved else ())] for program, saved in found]
    for keys in zip_longest(*typed):
        time.sleep(0.5)
        for terminal, key in zip(found.values(), keys, strict=True):
            if key is not None:
                os.write(terminal.screen, key)
    time.sleep(0.5)
    yield found
    for terminal in (terminal for terminal in found.values() if terminal.child):
        os.kill(terminal.child, signal.SIGKILL)
        terminal.wait()


@pytest.mark.parametrize("program", sorted(KEYS))
def test_what_is_typed_and_searched_stays_in_the_private_folder(terminals: Ends, program: str) -> None:
    need_program(program)
    terminal = terminals[program, True]
    assert terminal.wait() == 0
    assert SECRET in terminal.file.read_text()
    assert terminal.left_behind() == []
    assert sorted(each.name for each in terminal.home.iterdir() if each.is_file()) == [".nanorc", ".vimrc"]


@pytest.mark.parametrize("program", sorted(KEYS))
def test_what_was_not_saved_is_there_after_a_hang_up(terminals: Ends, program: str) -> None:
    need_program(program)
    terminal = terminals[program, False]
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.wait() == 3
    rescued = [each for each in terminal.file.parent.iterdir() if each.suffix != ".swp" and SECRET in each.read_text()]
    assert len(rescued) == 1
    assert terminal.left_behind() == []


@pytest.mark.parametrize(
    ("named", "command", "name"),
    [
        ("een-editor -w", ("een-editor", "-w"), "een"),
        ("code --wait", ("code", "--wait"), "code"),
        ("/opt/x/nvim -R", ("/opt/x/nvim", *SWITCHES["nvim"], "-R"), "nvim"),
        ("emacs-gtk", ("emacs-gtk", *SWITCHES["emacs"]), "emacs"),
        ("'C:/Program Files/Notepad.exe'", ("C:/Program Files/Notepad.exe",), "notepad"),
    ],
)
def test_an_editor_gets_its_switches_or_a_person_is_told_of_a_setting(
    monkeypatch: pytest.MonkeyPatch, named: str, command: tuple[str, ...], name: str
) -> None:
    monkeypatch.setenv("PATH", "")
    editor = find_editor({"EDITOR": "x", "VISUAL": named})
    assert editor.command == command
    assert bool(editor.setting) == (name not in SWITCHES)
    assert editor.setting == SETTINGS.get(name, editor.setting)


class LikeWindows:
    """The module `os` as the one that finds editors sees it there."""

    name = "nt"
    environ = os.environ


@pytest.mark.parametrize(
    ("named", "command", "name"),
    [
        ('"C:\\Program Files\\Vim\\vim.exe" -R', ("C:\\Program Files\\Vim\\vim.exe", *SWITCHES["vim"], "-R"), "vim"),
        ("code --wait", ("C:\\VS Code\\bin\\code.cmd", "--wait"), "code"),
        ("C:\\x\\notepad.exe", ("C:\\x\\notepad.exe",), "notepad"),
    ],
)
def test_an_editor_of_windows_is_found_by_its_path_in_quotes_and_by_its_batch_file(
    monkeypatch: pytest.MonkeyPatch, named: str, command: tuple[str, ...], name: str
) -> None:
    monkeypatch.setattr(editors, "os", LikeWindows())
    monkeypatch.setattr(editors, "Path", PureWindowsPathThatStands)
    monkeypatch.setattr(shutil, "which", {"code": "C:\\VS Code\\bin\\code.cmd"}.get)
    editor = find_editor({"VISUAL": named})
    assert editor.command == command
    assert bool(editor.setting) == (name not in SWITCHES)
    assert editor.setting == SETTINGS.get(name, editor.setting)


def test_no_editor_is_both_switched_and_to_be_set() -> None:
    assert not set(SWITCHES) & set(SETTINGS)
