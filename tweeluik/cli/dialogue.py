"""What commands ask of the person at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.console import Console
from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.words.said import Said, said

if TYPE_CHECKING:
    from tweeluik.words.matching import Match


def today() -> date:
    """Of the person who works: it decides whose key is still valid, and nothing that is published."""
    return date.today()  # noqa: DTZ011 (the editor's own calendar)


def ask_again(console: Console) -> Callable[[tuple[Problem, ...]], bool]:
    """Whether to go back to the editor and correct these problems; not when nobody can be asked."""

    def ask(problems: tuple[Problem, ...]) -> bool:
        question = "Correct this? Enter: back to the editor; n: give up the change"
        answer = console.ask(*console.lines_of(problems), question)
        return answer is not None and answer not in ("n", "no", "nee")

    return ask


def ask_to_go_on(console: Console) -> Callable[[tuple[str | Said, ...]], bool]:
    """Whether to go on in spite of what is unusual; where nobody can be asked it is told, and the work goes on."""

    def ask(doubts: tuple[str | Said, ...]) -> bool:
        if not console.is_attended():
            return True
        question = "Go on? y: yes; Enter: stop, and write nothing"
        return console.ask(*doubts, question) in ("y", "yes", "j", "ja")

    return ask


def tell_match(match: Match) -> Said:
    """Whether two names are one organisation's, and why that is thought."""
    if match.likeness is None:
        return said(match.verdict.value)
    return said("{verdict}: {likeness}", verdict=said(match.verdict.value), likeness=said(match.likeness.value))


def read_lines(file: Path | None) -> list[str]:
    """The lines of a text file or of standard input; never of the arguments, which other users can see.

    Raises:
        WrongUsage: there is no such file, or it is no text in UTF-8.
    """
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
        return data.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise WrongUsage(Problem(Place("list"), "", "the text cannot be read", "expected text in UTF-8")) from None
