"""The templates of the public side as a build takes them: with nothing about a person in the theme.

A ministry puts its own theme in place of ours. A drawing program leaves in a logo who made it and where it was saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tweeluik.disk.templates import read_templates
from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.public.templates import Templates
from tweeluik.source.contacts import find_contacts

_THEME = "theme/"
_DRAWN = re.compile(
    r"(?<=\s)(?:d|points|viewBox|transform|gradientTransform|patternTransform|values|keyTimes|keySplines|stroke-dasharray"
    r"|[cfr]?[xy][12]?|r|width|height|offset)\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
"""Of a drawing the numbers, which read as those of a telephone."""

_SAVED_AT = re.compile(r"[A-Z]:\\Users\\\w|file:///|(?<![\w/])/(?:home|Users)/\w", re.IGNORECASE)
"""Where a drawing program had the file: the name of who sat there is a part of it."""


def read_looks(templates: Path, mailbox: str) -> Templates:
    """The public templates in a folder; `mailbox` is the only address that a theme may hold.

    Raises:
        SourceHasProblems: a template is no plain text, or something about a person stands in the theme.
    """
    folder = templates / "public"
    found = Templates(folder.as_posix(), read_templates(folder))
    problems = tuple(_persons(found, mailbox))
    if problems:
        raise SourceHasProblems(problems)
    return found


def _persons(templates: Templates, mailbox: str) -> Iterator[Problem]:
    for name, text in sorted(templates.texts.items()):
        if name.startswith(_THEME):
            for number, line in enumerate(text.splitlines(), start=1):
                for position, what, cure in _in_line(line, mailbox):
                    yield Problem(Place(templates.file(name), number, position + 1), "", what, cure)


def _in_line(line: str, mailbox: str) -> Iterator[tuple[int, str, str]]:
    plain = _DRAWN.sub(lambda found: " " * len(found[0]), line)
    yield from find_contacts(plain, mailbox=mailbox)
    for found in _SAVED_AT.finditer(plain):
        yield found.start(), "the place of a file on somebody's computer", "save it as a plain or optimised SVG"
