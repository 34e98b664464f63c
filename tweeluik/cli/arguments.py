"""The command line: which commands there are, and how arguments become the record of one of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from tweeluik import __version__
from tweeluik.cli.parser import Parser
from tweeluik.words.helping import words_of_help
from tweeluik.words.language import LANGUAGES

TYPE_CHECKING = False  # to import it from typing takes a tenth of all the time of `--help`
if TYPE_CHECKING:
    from tweeluik.cli.command import Command
    from tweeluik.words.language import Language

Told = tuple[str, str]
"""The record of a command, below `tweeluik.cli.commands`, and what it does."""

GROUPS: Mapping[str, Mapping[str, Told]] = {
    "to begin with": {
        "init": ("init.Init", "make a source to begin with, in a folder of its own; with --example the example"),
        "check": ("check.Check", "do what build does, but write nothing"),
        "preview": ("preview.Preview", "serve what is published and what is not yet, marked, on this machine only"),
        "build": ("build.Build", "render what was published, try out what is to be, swap in the site (the default)"),
    },
    "for editors, who keep the source": {
        "new": ("new.New", "add an organisation, a conversation or an edition, to be filled in"),
        "export": ("export.Export", "make a spreadsheet of what the source knows, to fill in (confidential)"),
        "import": ("import_.Import", "bring a spreadsheet into the source: what is new, and what changed"),
        "organisations": (
            "organisations.Organisations",
            "show records that may be one organisation, and judge (confidential)",
        ),
        "explain": (
            "explain.Explain",
            "say why organisations are in or out of an edition (confidential), or what a message means",
        ),
        "schema": ("schema.Schema", "write JSON Schemas, so that editors complete and check while typing"),
        "completion": ("completion.Completion", "tell a shell how to complete commands and options"),
        "seal-source": ("seal_source.SealSource", "seal files of the source to its editors, and remove them in clear"),
        "reseal": (
            "reseal.Reseal",
            "seal the source again to its editors of today, or an archive copy to its holders of today",
        ),
        "edit": ("edit.Edit", "open a sealed file of the source in your editor, check it, and seal it again"),
    },
    "for reviewers and publishers": {
        "diff": ("diff.Diff", "show what readers would see change, or saw change between two versions"),
        "review": (
            "review.Review",
            "open the review room of an edition on this machine, or make its change report (confidential)",
        ),
        "approve": (
            "approve.Approve",
            "sign that an edition may be published as it is now, or not yet; or see who did",
        ),
        "publish": ("publish.Publish", "freeze an edition: from then on it is rendered from its public record"),
        "forget": ("forget.Forget", "remove the confidential memory of a published edition"),
    },
    "for records officers": {
        "bundle": ("bundle.Bundle", "seal an edition for the House"),
        "closing": ("closing.Closing", "fill in the form to close an inspection with, from its register"),
        "exclusions": (
            "exclusions.Exclusions",
            "keep the sealed list of who may not be a partner, and see what is like it",
        ),
        "keygen": ("keygen.Keygen", "make an identity file and show its recipient line"),
    },
    "for whoever receives a bundle": {
        "open": ("open.Open", "open and verify a sealed bundle, as its recipient"),
    },
}
"""Every command, by who uses it; a newcomer needs those of the first group."""

COMMANDS: Mapping[str, Told] = {name: told for group in GROUPS.values() for name, told in group.items()}

_DEFAULT = "build"
_WHAT = "One source, two panels: a public site with protected tables, and a sealed bundle for the House."
_MORE = "{program} COMMAND --help says what a command takes."


def parse_arguments(arguments: list[str], program: str = "build.py", language: Language = "en") -> Command:
    """The record of the command that is asked for, filled in; help is in that language.

    Raises:
        Misused: there is no such command or option, or something that it needs is missing.
    """
    in_words = words_of_help(language)
    whole = _Whole(prog=program, description=in_words(_WHAT), parents=[_everywhere()], in_words=in_words)
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name in COMMANDS.keys() & set(arguments):  # no other is going to be asked what it takes
        does = COMMANDS[name][1]
        parser = commands.add_parser(
            name, description=_sentence(in_words(does)), parents=[_everywhere()], in_words=in_words
        )
        record_of(name).declare(parser)
        parser.put_in_words()
    whole.put_in_words()
    given, more = whole.parse_known_args(arguments)
    if more:
        asked = commands.choices.get(str(getattr(given, "command", None)), whole)
        asked.refuse(more)
    return _as_record(given)


def options_of(language: Language = "en") -> dict[str, dict[str, str]]:
    """The options and choices of every command, each with what it does; under an empty name those of all commands.

    For shells that complete them.
    """
    return {name: dict(_words(_parser_of(name or None, language))) for name in ("", *COMMANDS)}


def commands_of(language: Language = "en") -> dict[str, str]:
    """What every command does."""
    in_words = words_of_help(language)
    return {name: in_words(does) for name, (_, does) in COMMANDS.items()}


def help_of_options(command: str | None, language: Language = "en") -> tuple[tuple[str, str], ...]:
    """The options and values that a command takes for itself (None: those of all commands), each with what it does."""
    own = _parser_of(command, language).actions
    common = {each.dest for each in _everywhere().actions} if command is not None else set[str]()
    return tuple((_written(each), str(each.help or "")) for each in own if each.dest not in {"help", *common})


def last_of_help(command: str, language: Language = "en") -> str:
    """What the help of a command ends with; empty where its options say it all."""
    return _parser_of(command, language).epilog or ""


def _parser_of(command: str | None, language: Language) -> Parser:
    parser = Parser(parents=[_everywhere()], in_words=words_of_help(language))
    if command is not None:
        record_of(command).declare(parser)
    parser.put_in_words()
    return parser


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _words(parser: Parser) -> Iterator[tuple[str, str]]:
    for each in parser.actions:
        for word in each.option_strings or (map(str, each.choices) if each.choices else ()):
            yield word, each.help or ""


def _written(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else ""
    if action.choices:
        value = "|".join(map(str, action.choices))
    return (
        " ".join((", ".join(action.option_strings), value)).strip() if action.option_strings else value or action.dest
    )


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


class _Whole(Parser):
    """Shows the commands by who uses them."""

    def meant_by(self, word: str) -> str:
        """The command that looks most like a word, or the way to all of them."""
        return _like(word)

    def format_help(self) -> str:
        """Usage, commands, options."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        options = self._get_formatter()
        options.start_section("options")
        options.add_arguments(each for each in self._actions if each.option_strings)
        options.end_section()
        more = self._in_words(_MORE).format(program=self.prog)
        return "\n".join((formatter.format_help(), *map(self._group, GROUPS), options.format_help(), f"{more}\n"))

    def _group(self, title: str) -> str:
        lines = (_line(name, self._in_words(does)) for name, (_, does) in GROUPS[title].items())
        return f"{self._in_words(title)}:\n{''.join(lines)}"


def _like(word: str) -> str:
    """A cure with the command that looks most like a word, or the way to all of them."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for who mistyped

    begun = [each for each in COMMANDS if word and each.startswith(word.lower())]
    close = begun or get_close_matches(word.lower(), COMMANDS, n=1)
    return f"did you mean '{close[0]}'?" if close else "see --help"


_WIDTH = 100
_INDENT = 20


def _line(name: str, does: str) -> str:
    """A command and what it does, on as many lines as that takes."""
    lines = [f"    {name:<{_INDENT - 5}}"]
    for word in does.split():
        if len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append(" " * (_INDENT - 1))
        lines[-1] += f" {word}"
    return "".join(f"{line}\n" for line in lines)


def _everywhere() -> Parser:
    """What all commands take, before or after the name of the command."""
    options = Parser(add_help=False)
    options.add_argument("--content", type=Path, metavar="DIR", help="the source (default: content)")
    options.add_argument(
        "--templates", type=Path, metavar="DIR", help="the templates (default: templates, or those of the program)"
    )
    options.add_argument("--site", type=Path, metavar="DIR", help="where the site goes (default: site)")
    options.add_argument("--json", action="store_true", help="problems and summary as JSON on standard output")
    options.add_argument("--lang", choices=LANGUAGES, help="the language of messages (default: that of the system)")
    told = "every problem, not the first of each kind"
    options.add_argument("--all", action="store_true", dest="at_length", help=told)
    return options
