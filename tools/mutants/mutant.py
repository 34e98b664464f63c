"""A mutant: one small change of one file, and the tests that must notice it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NotOnce(ValueError):
    """What a mutant changes stands nowhere in its file, or more than once: the list is behind the code."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` stands exactly once in `file` and becomes `new`; `tests` are the files of tests, below `tests/`, to ask."""

    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.old.strip()!r} -> {self.new.strip()!r}"

    def applied(self, root: Path) -> str:
        """The text of the file with the change.

        Raises:
            NotOnce: the old text stands there not once.
        """
        text = (root / self.file).read_text("utf-8")
        if text.count(self.old) != 1:
            raise NotOnce(f"{self}: stands there {text.count(self.old)} times")
        return text.replace(self.old, self.new)
