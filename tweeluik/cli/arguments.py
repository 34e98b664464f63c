"""The command line: which commands there are, and how arguments become the record of one of them."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

TYPE_CHECKING = False  # to import it from typing takes a tenth of all the time of `--help`
if TYPE_CHECKING:
    from typing import NoReturn

    from tweeluik.cli.command import Command

COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("build.Build", "render what was published, try out what is to be, swap in the site (the default)"),
    "check": ("check.Check", "do the same, but write nothing"),
    "preview": ("preview.Preview", "serve what is published and what is not yet, marked, on this machine only"),
    "bundle": ("bundle.Bundle", "seal an edition for the House"),
    "open": ("open.Open", "open and verify a sealed bundle, as its recipient"),
    "approve": ("approve.Approve", "sign that an edition may be published as it is now, or not yet; or see who did"),
    "publish": ("publish.Publish", "freeze an edition: from then on it is rendered from its public record"),
    "forget": ("forget.Forget", "remove the confidential memory of a published edition"),
    "explain": ("explain.Explain", "say why organisations are in or out of an edition, by rule (confidential)"),
    "organisations": (
        "organisations.Organisations",
        "show records that may be one organisation, and judge (confidential)",
    ),
    "import": ("import_.Import", "turn a spreadsheet or CSV into source files"),
    "schema": ("schema.Schema", "write JSON Schemas, so that editors complete and check while typing"),
    "seal-source": ("seal_source.SealSource", "seal files of the source to its editors, and remove them in clear"),
    "edit": ("edit.Edit", "open a sealed file of the source in your editor, check it, and seal it again"),
    "exclusions": (
        "exclusions.Exclusions",
        "keep the sealed list of who may not be a partner, and see what is like it",
    ),
    "keygen": ("keygen.Keygen", "make an identity file and show its recipient line"),
}
"""Per command its record, below `tweeluik.cli.commands`, and what it does."""

LANGUAGES = ("nl", "en")
_DEFAULT = "build"
_WHAT = "One source, two panels: a public site with protected tables, and a sealed bundle for the House."


def parse_arguments(arguments: list[str]) -> Command:
    """The record of the command that is asked for, filled in.

    Raises:
        Misused: there is no such command or option, or something that it needs is missing.
    """
    everywhere = _everywhere()
    whole = _Parser(prog="build.py", description=_WHAT, parents=[everywhere], argument_default=argparse.SUPPRESS)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    for name, (_, does) in COMMANDS.items():
        sentence = f"{does[0].upper()}{does[1:]}."
        parser = commands.add_parser(
            name, help=does, description=sentence, parents=[everywhere], argument_default=argparse.SUPPRESS
        )
        if name in arguments:  # no other is going to be asked what it takes
            record_of(name).declare(parser)
    return _as_record(whole.parse_args(arguments))


def record_of(command: str) -> type[Command]:
    """The class of a command, imported when it is needed."""
    module, _, name = COMMANDS[command][0].rpartition(".")
    record: type[Command] = getattr(import_module(f"tweeluik.cli.commands.{module}"), name)
    return record


def _as_record(given: argparse.Namespace) -> Command:
    """The one place where a bare namespace exists: what was not given is left to the record."""
    command: str = getattr(given, "command", None) or _DEFAULT
    record: Callable[..., Command] = record_of(command)
    fields = {name: value for name, value in vars(given).items() if name != "command"}
    return record(**{name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()})


class Misused(Exception):
    """What is wrong with the arguments. A failure of its own kind, so that `--help` waits for no other module."""

    def __init__(self, program: str, message: str, cure: str) -> None:
        super().__init__(message)
        self.program, self.message, self.cure = program, message, cure


class _Parser(argparse.ArgumentParser):
    """Raises what is wrong, after showing how the command is used."""

    def error(self, message: str) -> NoReturn:
        """As all failures of this program are told."""
        unknown = _UNKNOWN.match(message)
        if unknown is not None:
            raise Misused(self.prog, f"there is no command '{unknown[1]}'", _like(unknown[1]))
        self.print_usage(sys.stderr)
        raise Misused(self.prog, message, f"see {self.prog} --help")


_UNKNOWN = re.compile("argument COMMAND: invalid choice: '([^']*)'")
"""How argparse tells a word that is no command."""


def _like(word: str) -> str:
    """A cure with the command that looks most like a word, or the way to all of them."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for who mistyped

    begun = [each for each in COMMANDS if word and each.startswith(word.lower())]
    close = begun or get_close_matches(word.lower(), COMMANDS, n=1)
    return f"did you mean '{close[0]}'?" if close else "see --help"


def _everywhere() -> _Parser:
    """What all commands take, before or after the name of the command."""
    options = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument("--content", type=Path, metavar="DIR", help="the source (default: content)")
    options.add_argument("--templates", type=Path, metavar="DIR", help="the templates (default: templates)")
    options.add_argument("--site", type=Path, metavar="DIR", help="where the site goes (default: site)")
    options.add_argument("--json", action="store_true", help="problems and summary as JSON on standard output")
    options.add_argument("--lang", choices=LANGUAGES, help="the language of messages (default: that of the system)")
    told = "every problem, not the first of each kind"
    options.add_argument("--all", action="store_true", dest="at_length", help=told)
    return options
