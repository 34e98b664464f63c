"""What a command tells, and where: results on standard output; problems, warnings and progress on standard error.

That nobody listens any more, or that a terminal cannot show a letter, makes no failure of work that is done.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

from tweeluik.cli import telling
from tweeluik.cli.progress import Progress
from tweeluik.problems import BuildFailed, Place, Problem
from tweeluik.words.language import Language
from tweeluik.words.said import Said, in_words, shown

_GONE = (errno.EPIPE, errno.EINVAL)
"""How Linux and Windows say that nobody reads a pipe any more."""


class CannotTell(BuildFailed):
    """What a command has to tell is lost, for instance on a full disk."""

    exit_code = 1
    outcome = "the command itself was done"


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What a command says when it is done: lines for people, the same as data, and warnings for standard error.

    `doubts` are warnings with a place in the source and a code. `is_final`: all of it is what a console is going to
    say, word for word, so that another run can say it again.
    """

    lines: tuple[str | Said, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str | Said, ...] = ()
    doubts: tuple[Problem, ...] = ()
    is_final: bool = False


class Console:
    """The terminal, a pipe, or (`as_json`) a program that reads; in one of two languages.

    `at_length`: every problem, not the first of each kind. `content`: where the lines of the source are, to show them.
    """

    def __init__(
        self, *, as_json: bool, language: Language = "en", at_length: bool = False, content: Path | None = None
    ) -> None:
        self._as_json = as_json
        self.language = language
        self._at_length = at_length
        self._live = _is_terminal(sys.stderr)
        self._colour = self._live and not os.environ.get("NO_COLOR")
        self._excerpt = telling.from_source(content) if self._live and content is not None else telling.nothing
        self._progress = Progress(partial(_write, sys.stderr), is_live=self._live)
        self._doubts: tuple[Problem, ...] = ()
        self._warned: tuple[Problem, ...] = ()
        self._noted: Mapping[str, object] = {}
        self._has_changed = False
        self._advice = ""

    def progress(self, step: str) -> None:
        """What goes on now. A program that reads JSON, and a log of what goes fast, are not told."""
        if self._live or not self._as_json:
            self._progress.show(self.in_words(step))

    def tell(self, told: Told) -> None:
        """A result."""
        final = self.finished(told)
        for warning in final.warnings:
            self._show(shown(warning, self.language), "33")
        if self._as_json:
            self._tell_data(final.data)
        else:
            self._tell_text("".join(f"{shown(line, self.language)}\n" for line in final.lines))

    def finished(self, told: Told) -> Told:
        """The same as it is going to be said here: in words, with the doubts that came up on the way."""
        if told.is_final:
            return told
        self.doubt((*self._doubts, *told.doubts))
        warnings = (*map(self.in_words, told.warnings), *self._doubts_in_words())
        told_first = {"exit": 0, "problems": [], "warnings": self._as_data(self._doubts) if self._as_json else []}
        data = {**told_first, **self._noted, **told.data}
        return Told(tuple(map(self.in_words, told.lines)), data, warnings, is_final=True)

    @property
    def manner(self) -> tuple[object, ...]:
        """Upon which it depends how a result is said."""
        return (self._as_json, self.language, self._at_length, self._live)

    def note(self, told: Told, *, changed: bool) -> None:
        """What was done already, whatever comes of the rest: lines at once, data with all else at the end."""
        self._has_changed = changed
        self.doubt((*self._doubts, *told.doubts))
        for warning in told.warnings:
            self.say(warning, "33")
        if self._as_json:
            self._noted = told.data
        else:
            self._tell_text("".join(f"{self.in_words(line)}\n" for line in told.lines))

    def tell_failure(self, failure: BuildFailed) -> None:
        """Every problem, or a screen of them, and what that leaves."""
        self._tell_doubts()
        if self._as_json:
            told = {"problems": self._as_data(failure.problems), "warnings": self._as_data(self._doubts)}
            self._tell_data({"exit": failure.exit_code, **told, **self._noted})
            return
        for line in self._told(failure.problems):
            self.say(line)
        count = len(failure.problems)
        outcome = "nothing else was changed" if self._has_changed else failure.outcome
        self.say(f"{count} problem{'s' if count > 1 else ''}; {outcome}", "31")
        if self._advice:
            self.say(self._advice)

    def doubt(self, doubts: tuple[Problem, ...]) -> None:
        """Warnings about places in the source, to be told beside whatever else is told in the end."""
        self._doubts = doubts

    def warn(self, doubts: tuple[Problem, ...]) -> None:
        """Warnings at once, of what is made time and again: those that were told last time are not told again."""
        if doubts != self._warned:
            self._warned = doubts
            for line in self._in_words(doubts):
                self._show(line, "33")

    def advise(self, advice: str) -> None:
        """What to say below the problems, to a person."""
        self._advice = advice

    def _tell_doubts(self) -> None:
        for line in self._doubts_in_words():
            self._show(line, "33")

    def _doubts_in_words(self) -> Iterator[str]:
        yield from () if self._as_json else self._in_words(self._doubts)

    def _in_words(self, doubts: tuple[Problem, ...]) -> Iterator[str]:
        for line in self._told(doubts):
            yield self.in_words(line if line.startswith(" ") else f"warning: {line}")

    def lines_of(self, problems: tuple[Problem, ...]) -> tuple[str, ...]:
        """Problems as this console tells them."""
        return tuple(self._told(problems))

    def _told(self, problems: tuple[Problem, ...]) -> Iterator[str]:
        tell = telling.as_lines if self._at_length else telling.as_screen
        return tell(problems, self.language, excerpt=self._excerpt)

    def _as_data(self, problems: tuple[Problem, ...]) -> list[Mapping[str, object]]:
        return [telling.as_data(each, self.language) for each in telling.in_order(problems)]

    def in_words(self, text: str | Said) -> str:
        """A line in the language of whoever reads."""
        return in_words(text, self.language)

    def tell_stopped(self, exit_code: int) -> None:
        """That somebody ended the command."""
        if self._as_json:
            self._tell_data({"exit": exit_code, "problems": []})
        self.say("stopped; nothing was changed")

    def tell_bug(self, description: str) -> None:
        """A traceback without values."""
        if self._as_json:
            self._tell_data({"exit": 1, "problems": [], "bug": description})
        self.say(description)

    def say(self, text: str | Said, colour: str = "") -> None:
        """One line on standard error; `colour` is an ANSI code."""
        self._show(self.in_words(text), colour)

    def _show(self, text: str, colour: str) -> None:
        self._progress.end()
        painted = f"\x1b[{colour}m{text}\x1b[0m" if colour and self._colour else text
        _write(sys.stderr, f"{painted}\n")

    def _tell_data(self, data: Mapping[str, object]) -> None:
        """In ASCII: the reader of JSON need not know the encoding of this terminal."""
        self._tell_text(f"{json.dumps(data, indent=2)}\n")

    def _tell_text(self, text: str) -> None:
        self._progress.end()
        _write(sys.stdout, text)

    def is_attended(self) -> bool:
        """Whether a person sits at the terminal, who may be asked."""
        return sys.stdin is not None and sys.stdin.isatty()

    def ask(self, *question: str | Said) -> str | None:
        """What the person at the terminal answers, in lower case; None when nobody is there, or not any more."""
        if not self.is_attended():
            return None
        self._progress.end()
        for line in question:
            self.say(line)
        answer = sys.stdin.readline()
        return answer.strip().lower() if answer else None


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def _write(stream: TextIO | None, text: str) -> None:
    """Write at once. A stream may be closed (None: from the start), or its reader gone, as with `| head -1`."""
    if stream is None or stream.closed:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError as failure:
        _discard(stream)
        if stream is sys.stdout and failure.errno not in _GONE:
            what = f"cannot be written: {os.strerror(failure.errno or 0).lower()}"
            raise CannotTell(Problem(Place("standard output"), "", what)) from None


def _discard(stream: TextIO) -> None:
    """Send what is still buffered, and all that follows, to nowhere: else Python fails on it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
