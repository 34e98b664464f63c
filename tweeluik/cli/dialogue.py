"""What commands ask of the person at the terminal, and of the editor that the person chose."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tweeluik.cli.console import Console
from tweeluik.problems import Place, Problem, WrongUsage

_EDITOR = "notepad" if os.name == "nt" else "vi"


def today() -> date:
    """Of the person who works: it decides whose key is still valid, and nothing that is published."""
    return date.today()  # noqa: DTZ011 (the editor's own calendar)


def run_editor(file: Path) -> None:
    """The editor that the environment names, as git does; it must wait until the file is closed.

    Raises:
        WrongUsage: it cannot be started, or ended with a failure.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _EDITOR
    hint = "set the variable VISUAL or EDITOR to an editor that waits until the file is closed; nothing was changed"
    try:
        done = subprocess.run([*shlex.split(named, posix=os.name != "nt"), str(file)], check=False)  # noqa: S603
    except (OSError, ValueError):
        raise WrongUsage(Problem(Place("editor"), "", "the editor cannot be started", hint)) from None
    if done.returncode:
        raise WrongUsage(Problem(Place("editor"), "", "the editor ended with a failure", hint))


def ask_again(console: Console) -> Callable[[tuple[Problem, ...]], bool]:
    """Whether to go back to the editor and correct these problems; not when nobody can be asked."""

    def ask(problems: tuple[Problem, ...]) -> bool:
        question = "Correct this? Enter: back to the editor; n: give up the change"
        answer = console.ask(*console.lines_of(problems), question)
        return answer is not None and answer not in ("n", "no", "nee")

    return ask


def ask_to_go_on(console: Console) -> Callable[[tuple[str, ...]], bool]:
    """Whether to go on in spite of what is unusual; where nobody can be asked it is told, and the work goes on."""

    def ask(doubts: tuple[str, ...]) -> bool:
        if not console.is_attended():
            return True
        question = "Go on? y: yes; Enter: stop, and write nothing"
        return console.ask(*doubts, question) in ("y", "yes", "j", "ja")

    return ask


def read_lines(file: Path | None) -> list[str]:
    """The lines of a text file or of standard input; never of the arguments, which other users can see.

    Raises:
        WrongUsage: there is no such file, or it is no text in UTF-8.
    """
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
        return data.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise WrongUsage(Problem(Place("list"), "", "the text cannot be read", "expected text in UTF-8")) from None
