"""Editors that keep nothing of what they show: their histories, copies and swap files are switched off by the call.

What an editor writes beside the file lies in the private folder of the work and goes with it. What it writes in the
folder of the person would stay: that is what the switches are for. Of editors that take no such switch, a person is
told which setting to change; of others, that nobody knows.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tweeluik.problems import Place, Problem, WrongUsage

_DEFAULT = "notepad" if os.name == "nt" else "vi"
_ENDED = "set the variable VISUAL or EDITOR to an editor that waits until the file is closed"
_GRACE = 5
"""Seconds that an editor gets to put its text in safety, when the work is cut off."""

_VIM = (
    "--noplugin", "-n", "-i", "NONE",
    # Behind the person's own settings; the swap file lies beside the text, so that a hang-up loses none of it.
    # One by one, because the first that an editor does not know would end the line.
    "-c", " | ".join(f"silent! set {each}" for each in (
        "noundofile", "nobackup", "nowritebackup", "viminfo=", "shada=", "directory=.", "updatecount=20",
    )),
)  # fmt: skip
_EMACS = ("-Q", "--eval", "(setq make-backup-files nil create-lockfiles nil auto-save-list-file-prefix nil)")

SWITCHES: Mapping[str, tuple[str, ...]] = {
    "vim": _VIM,
    "nvim": _VIM,
    "gvim": ("-f", *_VIM),
    "nano": ("--ignorercfiles",),
    "rnano": ("--ignorercfiles",),
    "emacs": _EMACS,
    "micro": ("-backup", "false", "-savecursor", "false", "-savehistory", "false", "-saveundo", "false"),
    "joe": ("-nobackups", "-nodeadjoe"),
    "ed": (),
    "hx": (),
    "helix": (),
}
"""By the name of the program, without its version."""

SETTINGS: Mapping[str, str] = {
    "code": "turn off workbench.localHistory.enabled and files.hotExit in its settings",
    "codium": "turn off workbench.localHistory.enabled and files.hotExit in its settings",
    "notepad": "let it start with a new session, in its settings, and do not keep open files",
    "notepad++": "turn off session snapshot and backup, in its preferences",
    "subl": "set hot_exit and remember_open_files to false in its preferences",
    "gedit": "turn off the backup copy and autosave in its preferences",
    "kate": "set its swap file to disabled, in its settings",
    "emacsclient": "use emacs itself: its server keeps what it shows",
}
"""What a person has to set, by the name of the program."""

_UNKNOWN = "look in its settings for history, backup and autosave, or use vim, nano or emacs"


@dataclass(frozen=True, slots=True)
class Editor:
    """A program with its switches. `setting` is what a person must see to, empty where the switches do it all."""

    command: tuple[str, ...]
    name: str
    setting: str

    def run(self, files: Sequence[Path]) -> None:
        """Open the files and wait until they are closed.

        Raises:
            WrongUsage: it cannot be started, or ended with a failure.
        """
        try:
            program = subprocess.Popen([*self.command, *map(str, files)], cwd=files[0].parent)  # noqa: S603
        except OSError:
            raise _cannot_start() from None
        try:
            code = program.wait()
        except BaseException:
            _end(program)
            self._recover(files[0])
            raise
        if code:
            self._recover(files[0])
            raise WrongUsage(Problem(Place("editor"), "", "the editor ended with a failure", _ENDED))

    def _recover(self, file: Path) -> None:
        """Make a text of the swap file that a cut off vim leaves, beside it; other editors write a text themselves."""
        swap = file.with_name(f".{file.name}.swp")
        if SWITCHES.get(self.name) != _VIM or not swap.is_file():
            return
        to = ("-c", f"write! {file.name}.recovered", "-c", "quit!")
        call = (self.command[0], "-es", "-n", "-i", "NONE", "-u", "NONE", "-r", file.name, *to)
        try:
            subprocess.run(call, cwd=file.parent, capture_output=True, check=False, timeout=_GRACE)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return


def find_editor(environment: Mapping[str, str] = os.environ) -> Editor:
    """The editor that the environment names, as git does.

    Raises:
        WrongUsage: what it names is no command.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR") or _DEFAULT
    try:
        program, *others = _words_of_windows(named) if os.name == "nt" else shlex.split(named)
    except ValueError:
        raise _cannot_start() from None
    name = _name_of(program)
    switches = SWITCHES.get(name)
    setting = "" if switches is not None else SETTINGS.get(name, _UNKNOWN)
    return Editor((program, *(switches or ()), *others), name, setting)


def _words_of_windows(named: str) -> list[str]:
    """A backslash parts folders there, quotes stand around a path with spaces, and many an editor is a batch file."""
    whole = named.strip().strip('"')
    words = [whole] if Path(whole).is_file() else [each.strip('"') for each in shlex.split(named, posix=False)]
    return [*(shutil.which(each) or each for each in words[:1]), *words[1:]]


def _name_of(program: str) -> str:
    """By what it is: `vi` is a link to `vim.basic`, and `emacs` one to `emacs-gtk`."""
    found = shutil.which(program)
    name = Path(found).resolve().name if found else Path(program).name
    return name.lower().removesuffix(".exe").partition(".")[0].partition("-")[0]


def _end(program: subprocess.Popen[bytes]) -> None:
    """Let it save what it has, as at a hang-up; then end it."""
    program.send_signal(getattr(signal, "SIGHUP", signal.SIGTERM))
    try:
        program.wait(_GRACE)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _cannot_start() -> WrongUsage:
    return WrongUsage(Problem(Place("editor"), "", "the editor cannot be started", _ENDED))
