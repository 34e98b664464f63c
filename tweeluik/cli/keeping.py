# ruff: noqa: PLC0415
"""The commands that keep the source sealed, and what they ask of the person and the system around them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.console import Console, Told
from tweeluik.problems import Place, Problem, SourceHasProblems, WrongUsage

if TYPE_CHECKING:
    from tweeluik.source.inventory import Unseal

_EDITOR = "notepad" if os.name == "nt" else "vi"


def check_staged(given: Namespace) -> Told:
    """Refuse what git is about to commit and must not."""
    from tweeluik.confidential.at_rest.staged import find_unfit_staged

    problems = tuple(find_unfit_staged(given.content))
    if problems:
        raise SourceHasProblems(problems)
    return Told(("nothing that is staged must stay out of the history",))


def seal_source(given: Namespace, _console: Console) -> Told:
    """Seal files of the source, in the place of those in clear."""
    from tweeluik.confidential.age.recipients import read_source_recipients
    from tweeluik.confidential.at_rest.sealed_source import find_file, find_in_clear, seal_source

    files = tuple(find_file(given.content, each) for each in given.file) or find_in_clear(given.content)
    if not files:
        return Told(("there is nothing in clear to seal",), {"sealed": []})
    sealed = seal_source(files, read_source_recipients(given.content, today=_today()))
    warning = "the files in clear were removed, not wiped: copies and version histories may still hold them"
    return Told(tuple(f"sealed {each}" for each in sealed), {"sealed": list(sealed)}, (warning,))


def edit(given: Namespace, console: Console) -> Told:
    """Let a person change a sealed file of the source."""
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.age.recipients import read_source_recipients
    from tweeluik.confidential.at_rest.sealed_source import edit_source, find_file

    file, keyring = find_file(given.content, given.file), Keyring(given.identity)
    before = _problems(given.content, keyring.unseal)

    def find_problems(sealed: bytes, after: bytes) -> tuple[Problem, ...]:
        """Those of this file, and those elsewhere that were not there before."""
        now = _problems(given.content, lambda data: after if data == sealed else keyring.unseal(data))
        return tuple(each for each in now if each.place.file == file.name or each not in before)

    changed = edit_source(
        file, keyring, read_source_recipients(given.content, today=_today()),
        run=_run_editor, find_problems=find_problems, again=_ask_again(console),
    )  # fmt: skip
    line = "the change is sealed" if changed else "nothing was changed; an editor must wait until you close the file"
    return Told((line,), {"changed": changed})


def exclusions(given: Namespace, console: Console) -> Told:
    """Keep the exclusion list."""
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.at_rest.exclusions import FILE, add_exclusions, seal_exclusions

    keyring = Keyring(given.identity)
    if given.file is None and console.is_attended():
        console.say("a name or number per line; Ctrl-D ends (on Windows: Ctrl-Z and Enter)")
    {"add": add_exclusions, "seal": seal_exclusions}[given.action](_lines(given.file), given.content, keyring)
    warning = ("the text file is still there in clear: delete it, or keep it where the list is kept",)
    return Told((f"sealed {given.content / FILE}",), {}, warning if given.file else ())


def in_clear(content: Path) -> tuple[str, ...]:
    """A warning for whoever adds a file in clear to a source that is kept sealed."""
    from tweeluik.confidential.age.recipients import SOURCE

    is_kept_sealed = any((content / "recipients" / SOURCE).glob("*.txt"))
    return ("the new file is in clear: look at it, then use `seal-source`",) if is_kept_sealed else ()


# --- the person and the system ----------------------------------------------------------------------------------------


def _today() -> date:
    return date.today()  # noqa: DTZ011 (the editor's own calendar)


def _problems(content: Path, unseal: Unseal) -> tuple[Problem, ...]:
    from tweeluik.source.load import read_source

    try:
        read_source(content, unseal=unseal)
    except SourceHasProblems as failure:
        return failure.problems
    return ()


def _run_editor(file: Path) -> None:
    """The editor that the environment names, as git does; it must wait until the file is closed."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _EDITOR
    hint = "set the variable VISUAL or EDITOR to an editor that waits until the file is closed; nothing was changed"
    try:
        done = subprocess.run([*shlex.split(named, posix=os.name != "nt"), str(file)], check=False)  # noqa: S603
    except (OSError, ValueError):
        raise WrongUsage(Problem(Place("editor"), "", "the editor cannot be started", hint)) from None
    if done.returncode:
        raise WrongUsage(Problem(Place("editor"), "", "the editor ended with a failure", hint))


def _ask_again(console: Console) -> Callable[[tuple[Problem, ...]], bool]:
    def ask(problems: tuple[Problem, ...]) -> bool:
        question = "Correct this? Enter: back to the editor; n: give up the change"
        answer = console.ask("\n".join((*map(str, problems), question)))
        return answer is not None and answer not in ("n", "no", "nee")

    return ask


def ask_to_go_on(console: Console) -> Callable[[tuple[str, ...]], bool]:
    """Whether to go on in spite of what is unusual; where nobody can be asked it is told, and the work goes on."""

    def ask(doubts: tuple[str, ...]) -> bool:
        if not console.is_attended():
            return True
        question = "Go on? y: yes; Enter: stop, and write nothing"
        return console.ask("\n".join((*doubts, question))) in ("y", "yes", "j", "ja")

    return ask


def _lines(file: Path | None) -> list[str]:
    """The lines of a text file or of standard input; never of the arguments, which other users can see."""
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
        return data.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise WrongUsage(Problem(Place("list"), "", "the text cannot be read", "expected text in UTF-8")) from None
