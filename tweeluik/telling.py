"""What a command tells, and where: results on standard output; problems, warnings and progress on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from tweeluik.problems import BuildFailed, Problem

_CLEAR_LINE = "\r\x1b[K"


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What a command says when it is done: lines for people, the same as data, and warnings for standard error."""

    lines: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


class Console:
    """The terminal, a pipe, or (`as_json`) a program that reads."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._live = _is_terminal(sys.stderr)
        self._colour = self._live and not os.environ.get("NO_COLOR")

    def progress(self, step: str) -> None:
        """Replace the line that says what goes on; on a terminal only."""
        if self._live:
            sys.stderr.write(f"{_CLEAR_LINE}{step} …")
            sys.stderr.flush()

    def tell(self, told: Told) -> None:
        """A result."""
        self._end_progress()
        for warning in told.warnings:
            self.say(warning, "33")
        if self._as_json:
            _write(json.dumps({"exit": 0, "problems": [], **told.data}, indent=2, ensure_ascii=False))
        elif told.lines:
            _write("\n".join(told.lines))

    def tell_failure(self, failure: BuildFailed) -> None:
        """Every problem, and that nothing has changed."""
        self._end_progress()
        if self._as_json:
            problems = [_as_data(each) for each in failure.problems]
            _write(json.dumps({"exit": failure.exit_code, "problems": problems}, indent=2, ensure_ascii=False))
            return
        for problem in failure.problems:
            self.say(str(problem))
        count = len(failure.problems)
        self.say(f"{count} problem{'s' if count > 1 else ''}; nothing was changed", "31")

    def tell_bug(self, description: str) -> None:
        """A traceback without values."""
        self._end_progress()
        if self._as_json:
            _write(json.dumps({"exit": 1, "problems": [], "bug": description}, indent=2))
        self.say(description)

    def say(self, text: str, colour: str = "") -> None:
        """One line on standard error; `colour` is an ANSI code."""
        painted = f"\x1b[{colour}m{text}\x1b[0m" if colour and self._colour else text
        sys.stderr.write(f"{painted}\n")

    def is_attended(self) -> bool:
        """Whether a person sits at the terminal, who may be asked."""
        return sys.stdin is not None and sys.stdin.isatty()

    def ask(self, question: str) -> str | None:
        """What the person at the terminal answers, in lower case; None when nobody is there, or not any more."""
        if not self.is_attended():
            return None
        self._end_progress()
        self.say(question)
        answer = sys.stdin.readline()
        return answer.strip().lower() if answer else None

    def _end_progress(self) -> None:
        if self._live:
            sys.stderr.write(_CLEAR_LINE)


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _as_data(problem: Problem) -> dict[str, object]:
    place = problem.place
    where = {"file": place.file, "line": place.line or None, "column": place.column or None}
    return {**where, "path": problem.path, "what": problem.what, "hint": problem.hint}
