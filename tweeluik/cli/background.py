"""Work in the background that waits until it is quiet."""

from __future__ import annotations

import threading
from collections.abc import Callable

QUIET = 0.6
"""Seconds without a change after which the whole site is made: who goes on typing is not kept waiting by it."""


class Following:
    """Does something in the background, once it has been quiet for a while."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._asked = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def soon(self) -> None:
        """Ask for it; asked again before it is quiet, it is done once."""
        self._asked.set()

    def _run(self) -> None:
        while self._asked.wait():
            self._asked.clear()
            if not self._asked.wait(QUIET):
                self._work()
