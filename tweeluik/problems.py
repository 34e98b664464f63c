"""Problems (values, collected and shown together) and failures (exceptions, raised once).

A problem or a failure never holds a value of the source: places, key paths and expected forms only, because messages
end up on screens, in logs and in bug reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file below the content folder, line and column counted from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: its place, the path of its key (`collaborations[0].year`) and what would cure it."""

    place: Place
    path: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        key = f"{self.path}: " if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {key}{self.what}{hint}"


class BuildFailed(Exception):
    """A failure that ends a command: problems for people, and the exit code for programs."""

    exit_code: ClassVar[int] = 1
    outcome: ClassVar[str] = "nothing was changed"

    def __init__(self, problems: tuple[Problem, ...] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problem(s)")


class WrongUsage(BuildFailed):
    """The command cannot be carried out as it was given."""

    exit_code = 2


class SourceHasProblems(BuildFailed):
    """The source under `content/` is not what its format asks."""

    exit_code = 10


class UnsafeTables(BuildFailed):
    """The tables cannot be published safely, or an attack on the finished release succeeded."""

    exit_code = 11


class WithheldValueFound(BuildFailed):
    """A value that must stay inside stands in the public output."""

    exit_code = 12


class SealingFailed(BuildFailed):
    """The bundle could not be sealed; nothing was left behind."""

    exit_code = 13


class OpeningFailed(BuildFailed):
    """Something sealed cannot be opened, or a bundle is not what its inventory says."""

    exit_code = 14


class RegisterNotWhole(BuildFailed):
    """The register of what was published is not whole: a part was changed, or is gone and told of elsewhere."""

    exit_code = 15


class NotApproved(BuildFailed):
    """Approvals are missing, stale, repeated, forged or by an unknown key, or somebody says "not yet"."""

    exit_code = 16


def no_such_edition(known: Iterable[str]) -> WrongUsage:
    """That the edition that was asked for is not among those of the source."""
    editions = ", ".join(known)
    hint = f"the source has {editions}" if editions else "the source has none yet: make one with `new edition`"
    return WrongUsage(Problem(Place("editions"), "", "there is no such edition", hint))
