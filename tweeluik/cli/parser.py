"""A parser of arguments that raises what is wrong, and that speaks the language of who reads."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from functools import partial

TYPE_CHECKING = False  # to import it from typing takes a tenth of all the time of `--help`
if TYPE_CHECKING:
    from typing import NoReturn

    from tweeluik.words.helping import InWords

_UNKNOWN = re.compile("argument (?:COMMAND|OPDRACHT): invalid choice: '([^']*)'")
"""How argparse tells a word that is no command."""


_ALIKE = 0.8
"""From 0 to 1: an option that is less like what was typed is another one."""


class Misused(Exception):
    """What is wrong with the arguments. A failure of its own kind, so that `--help` waits for no other module."""

    def __init__(self, program: str, message: str, cure: str) -> None:
        super().__init__(message)
        self.program, self.message, self.cure = program, message, cure


class _Formatter(argparse.HelpFormatter):
    """Titles in the language of who reads."""

    def __init__(self, in_words: InWords, prog: str) -> None:
        super().__init__(prog)
        self._in_words = in_words

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """How a command is called."""
        super().add_usage(usage, actions, groups, self._in_words("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """A title."""
        super().start_section(None if heading is None else self._in_words(heading))


class Parser(argparse.ArgumentParser):
    """Raises what is wrong, after showing how the command is used; what is not given is left to the record."""

    def __init__(
        self,
        *,
        prog: str | None = None,
        description: str | None = None,
        parents: Sequence[argparse.ArgumentParser] = (),
        add_help: bool = True,
        in_words: InWords = str,
    ) -> None:
        super().__init__(
            prog=prog,
            description=description,
            parents=parents,
            add_help=add_help,
            argument_default=argparse.SUPPRESS,
            formatter_class=partial(_Formatter, in_words),
        )
        self._in_words = in_words
        self._more: str | None = None

    @property
    def actions(self) -> Sequence[argparse.Action]:
        """What it takes; argparse tells it to nobody."""
        return self._actions

    def put_in_words(self) -> None:
        """Tell all that it takes in the language of who reads."""
        for each in self.actions:
            each.help = each.help and self._in_words(each.help)
            each.metavar = self._in_words(each.metavar) if isinstance(each.metavar, str) else each.metavar
        self._more = self.epilog
        self.epilog = self.epilog and self._in_words(self.epilog)

    def refuse(self, more: Sequence[str]) -> NoReturn:
        """Tell of arguments that it does not take, and what was probably meant with them."""
        self.print_usage(sys.stderr)
        cure = self._cure_of(more) or self._more or f"see {self.prog} --help"
        raise Misused(self.prog, f"unrecognized arguments: {' '.join(more)}", cure)

    def _cure_of(self, more: Sequence[str]) -> str | None:
        from difflib import get_close_matches  # noqa: PLC0415 - only for who mistyped
        from pathlib import Path  # noqa: PLC0415

        option = next((each.partition("=")[0] for each in more if each.startswith("-")), None)
        if option is not None:
            known = [word for each in self.actions for word in each.option_strings]
            close = get_close_matches(option, known, n=1, cutoff=_ALIKE)
            return f"did you mean '{close[0]}'?" if close else None
        if Path(more[0]).is_dir():
            return "name the folder of the source with --content"
        takes_none = all(each.option_strings for each in self.actions)
        return "leave it out: this command is about the whole source" if takes_none else None

    def meant_by(self, _word: str) -> str:
        """What to do about a word that is no command."""
        return "see --help"

    def error(self, message: str) -> NoReturn:
        """As all failures of this program are told."""
        unknown = _UNKNOWN.match(message)
        if unknown is not None:
            raise Misused(self.prog, f"there is no command '{unknown[1]}'", self.meant_by(unknown[1]))
        self.print_usage(sys.stderr)
        raise Misused(self.prog, message, self._more or f"see {self.prog} --help")
