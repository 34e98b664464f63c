"""The templates of a panel, read with the care of the source: plain files of text, none of them a link."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from tweeluik.disk.reading import NotPlain, read_plain
from tweeluik.problems import Place, Problem, SourceHasProblems

MOST_FILES = 500
MOST_BYTES = 1_000_000
"""Of one template; the largest of our own has 20 kB."""

_HINT = "templates are plain files of text in UTF-8, of 1 MB at most; remove it, or put the text itself there"


def read_templates(folder: Path) -> dict[str, str]:
    """The text of every template, by its path below the folder with `/`. Hidden files are no templates.

    Raises:
        SourceHasProblems: something in the folder is a link, a pipe, no text or too large, or cannot be read.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for number, path in enumerate(_files(folder)):
        if number >= MOST_FILES:
            problems.append(_problem(folder, f"more than {MOST_FILES} files"))
            break
        try:
            texts[path.relative_to(folder).as_posix()] = _text(path)
        except NotPlain as failure:
            problems.append(_problem(path, str(failure)))
    if problems:
        raise SourceHasProblems(tuple(problems))
    return texts


def _files(folder: Path) -> Iterator[Path]:
    """Whatever is not a folder, and every link, in the order of names."""
    for where, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        links = (each for each in folders if Path(where, each).is_symlink())
        yield from (Path(where, each) for each in sorted((*names, *links)) if not each.startswith("."))


def _refuse(error: OSError) -> NoReturn:
    place = Place(str(error.filename))
    raise SourceHasProblems(Problem(place, "", "the templates cannot be read", "give yourself the right to read them"))


def _text(path: Path) -> str:
    data = read_plain(path)
    if len(data) > MOST_BYTES:
        raise NotPlain("too large for a template")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise NotPlain("not text in UTF-8") from None


def _problem(path: Path, what: str) -> Problem:
    return Problem(Place(str(path)), "", what, _HINT)
