"""A kill at any call that changes the disk: what no program can catch, at every moment at which it might come."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

CHANGING = ("open", "write", "fsync", "mkdir", "rename", "replace", "link", "unlink", "rmdir")


def killed_at(work: Callable[[], object], number: int) -> bool:
    """Do work in a child that kills itself right before its `number`th such call; whether it came to that."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    calls = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return call

    for name in CHANGING:
        setattr(os, name, counted(getattr(os, name)))
    try:
        work()
    finally:
        os._exit(0)
