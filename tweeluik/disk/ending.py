"""A signal to end the program unwinds it like Ctrl-C, so that what was begun is undone and nothing in clear stays."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""By another program, when the terminal goes, and by Ctrl-Break or the closing of a window on Windows."""


class Ending:
    """What a signal to end does: it raises `KeyboardInterrupt`, and it is known afterwards that it came.

    A library that is not written in Python may make something else of the exception.
    """

    def __init__(self) -> None:
        self.came = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """As a handler of signals."""
        self.came = True
        raise KeyboardInterrupt


@contextlib.contextmanager
def ending_as_interrupt() -> Iterator[Ending]:
    """Let a signal to end the program unwind it like Ctrl-C, so that nothing in clear stays behind.

    Within another one it leaves the signals to that. Ctrl-C itself stays passed over where it was.
    """
    ending = Ending()
    before: dict[signal.Signals, object] = {}
    with contextlib.suppress(ValueError):  # not in the main thread: whoever made the thread ends it
        for each in (*ENDING, signal.SIGINT):
            handler = signal.getsignal(each)
            is_passed_over = each is signal.SIGINT and handler is not signal.default_int_handler
            if not isinstance(handler, Ending) and not is_passed_over:
                before[each] = signal.signal(each, ending)
    try:
        yield ending
    finally:
        for each, former in before.items():
            signal.signal(each, former)  # type: ignore[arg-type]
