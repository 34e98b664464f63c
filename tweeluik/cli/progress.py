"""What goes on, told on standard error to whoever waits: at once on a terminal; elsewhere a step that takes long."""

from __future__ import annotations

import threading
from collections.abc import Callable

CLEAR_LINE = "\r\x1b[K"

PATIENCE = 30.0
"""Seconds after which the reader of a log wonders whether anything goes on. They decide when a line is written, and
nothing else.
"""

Cancel = Callable[[], None]
Later = Callable[[Callable[[], None]], Cancel]
"""Has something done later, unless it is cancelled before."""


def in_a_while(work: Callable[[], None]) -> Cancel:
    """In `PATIENCE` seconds, by a thread that keeps no program from ending."""
    timer = threading.Timer(PATIENCE, work)
    timer.daemon = True
    timer.start()
    return timer.cancel


class Progress:
    """The step that a command is at; `write` puts text on standard error. A terminal (`is_live`) has it in one line."""

    def __init__(self, write: Callable[[str], None], *, is_live: bool, later: Later = in_a_while) -> None:
        self._write, self._is_live, self._later = write, is_live, later
        self._is_shown = False
        self._step = ""
        self._cancel: Cancel | None = None
        self._turn = threading.Lock()

    def show(self, step: str) -> None:
        """It begins."""
        with self._turn:
            self._forget()
            if self._is_live:
                self._is_shown = True
                self._write(f"{CLEAR_LINE}{step} …")
            else:
                self._step = step
                self._cancel = self._later(lambda: self._tell(step))

    def end(self) -> None:
        """Something else is said."""
        with self._turn:
            self._forget()
            if self._is_shown:
                self._is_shown = False
                self._write(CLEAR_LINE)

    def _tell(self, step: str) -> None:
        """It takes long: unless it ended just now."""
        with self._turn:
            if self._step == step:
                self._write(f"{step} …\n")

    def _forget(self) -> None:
        self._step = ""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
