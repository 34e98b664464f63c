"""What a bug may say: where it happened and what kind it is, never the values it happened with.

The message of an exception is left out, because libraries quote their input in it; so are code and locals.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from tweeluik.problems import BuildFailed

_ROOT = Path(__file__).parents[2]


def describe_bug(error: BaseException) -> str:
    """A traceback of files, lines, functions and exception types, the first cause first."""
    parts = [_describe(each) for each in _chain(error)]
    return "\n\nwhich led to:\n\n".join(parts)


def _chain(error: BaseException) -> list[BaseException]:
    """The exception and what caused it, the first cause first; a cycle ends it."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain[::-1]


def _describe(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    message = f": {error}" if isinstance(error, BuildFailed) else ""
    return "\n".join(["traceback, values left out:", *lines, f"{name}{message}"])


def _short(file: str) -> str:
    """A path without the folders above the program or its libraries, which may name a user."""
    path = Path(file)
    if path.is_relative_to(_ROOT):
        inside = path.relative_to(_ROOT).parts
        return "/".join(inside[inside.index("site-packages") + 1 :] if "site-packages" in inside else inside)
    return path.name
