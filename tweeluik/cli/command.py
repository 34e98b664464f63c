"""What every command is: a frozen record of its arguments that knows how to carry itself out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from tweeluik.cli.console import Console, Told


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Command(ABC):
    """What all commands take; a command adds its own fields, and their defaults.

    `content`, `templates` and `site` are folders; `json` asks for problems and summary as JSON on standard output.
    """

    content: Path = Path("content")
    templates: Path = Path("templates")
    site: Path = Path("site")
    json: bool = False

    @classmethod
    @abstractmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """Add its own arguments to the parser: each `dest` is the name of a field, which also has the default."""

    @abstractmethod
    def run(self, console: Console) -> Told:
        """Carry it out, and say what to tell; failures are `BuildFailed`, each class with its exit code."""


def add_identity(parser: ArgumentParser, *, required: bool = False) -> None:
    """The option of every command that may have to open something sealed; its field is `identity`."""
    told = "an identity file, to open what is sealed; may be given more than once"
    parser.add_argument("-i", "--identity", type=Path, action="append", required=required, metavar="FILE", help=told)
