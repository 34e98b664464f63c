"""What every command is: a frozen record of its arguments that knows how to carry itself out."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from tweeluik.cli.console import Console, Told
from tweeluik.disk.installed import default_templates
from tweeluik.words.language import Language

_PORTS = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Command(ABC):
    """What all commands take; a command adds its own fields, and their defaults.

    `content`, `templates` and `site` are folders; `json` asks for problems and summary as JSON on standard output.
    `lang`: in which language messages are (None: as the system says). `at_length`: every problem, not a screen of them.
    """

    content: Path = Path("content")
    templates: Path = field(default_factory=default_templates)
    site: Path = Path("site")
    json: bool = False
    lang: Language | None = None
    at_length: bool = False

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


def add_day(parser: ArgumentParser) -> None:
    """The option of commands about a publication; its field is `day`. No clock decides it."""
    told = "the day of the publication, as 2026-07-03 (default: that of `sent`, or of the correction)"
    parser.add_argument("--day", type=as_day, metavar="DAY", help=told)


def add_who(parser: ArgumentParser) -> None:
    """The option of commands that the audit trail tells of; its field is `by`."""
    told = "your function, for the audit trail: small letters, digits and hyphens, no name of a person"
    parser.add_argument("--by", type=_function, metavar="WHO", help=told)


def _function(text: str) -> str:
    if not re.fullmatch("[a-z][a-z0-9-]{0,39}", text):
        raise ArgumentTypeError("expected a function, as in hoofd-redactie")
    return text


def add_port(parser: ArgumentParser, told: str) -> None:
    """The option of commands that serve on this machine; its field is `port`."""
    parser.add_argument("--port", type=_port, help=told)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) >= _PORTS:
        raise ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def as_day(text: str) -> date:
    """A day of the calendar, for the parser of arguments."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a day of the calendar, without a time)
    except ValueError:
        raise ArgumentTypeError("expected a day as 2026-07-03") from None
