"""A signal to end the program unwinds it like Ctrl-C, so that what was begun is undone and nothing in clear stays."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""By another program, when the terminal goes, and by Ctrl-Break or the closing of a window on Windows."""


@contextlib.contextmanager
def ending_as_interrupt() -> Iterator[None]:
    """Let a signal to end the program unwind it like Ctrl-C, so that nothing in clear stays behind."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before: dict[signal.Signals, object] = {}
    with contextlib.suppress(ValueError):  # not in the main thread: whoever made the thread ends it
        for each in ENDING:
            before[each] = signal.signal(each, interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)  # type: ignore[arg-type]
