"""An interrupt before any line of functions: what a signal does that comes just then."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from inspect import unwrap
from types import CodeType, FrameType
from typing import Any


class Interrupt:
    """Does work and interrupts it once, before the line of these functions with a number in the order of what is done."""

    def __init__(self, number: int, codes: set[CodeType]) -> None:
        self._left, self._codes = number, codes
        self.came = False

    def around(self, work: Callable[[], None]) -> bool:
        """Whether the work was stopped by it: it may also have been too late to stop."""
        before = sys.gettrace()
        sys.settrace(self._trace)
        try:
            work()
        except KeyboardInterrupt:
            return True
        finally:
            sys.settrace(before)
        return False

    def _trace(self, frame: FrameType, event: str, _argument: object) -> Any:
        if frame.f_code not in self._codes or self.came:
            return None
        if event == "line":
            self.came = self._left == 0
            self._left -= 1
            if self.came:
                raise KeyboardInterrupt
        return self._trace


def interrupts(*functions: Callable[..., object]) -> Iterator[Interrupt]:
    """One for every line that work does in these functions; the last one comes too late for any."""
    codes, number = {unwrap(each).__code__ for each in functions}, 0
    while True:
        interrupt = Interrupt(number, codes)
        yield interrupt
        if not interrupt.came:
            return
        number += 1
