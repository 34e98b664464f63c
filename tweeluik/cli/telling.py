"""How problems are told: causes before what follows from them, like with like, no more than a screen; or as data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tweeluik.problems import Problem
from tweeluik.words import messages
from tweeluik.words.language import Language
from tweeluik.words.messages import kind_of, translate

MOST_ALIKE = 3
"""Problems of one kind that are shown, unless all are asked for."""

SCREEN = 20
"""Lines that are shown, unless all are asked for."""

Excerpt = Callable[[Problem], Sequence[str]]
"""The line of the source that a problem is about, for a terminal; nothing where that is confidential."""

_PUBLIC = re.compile(r"(report|policy|agenda|vocabulary)\.yaml|editions/[^/]+\.yaml")
"""Files that hold nothing that may not stand on a screen beside somebody else."""

_ABOUT_PERSONS = "E24"
"""The codes of what must not be there at all begin so."""


def code_of(problem: Problem) -> str:
    """The stable code of its kind; empty for what the catalogue does not know."""
    return messages.code_of(problem.what)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Causes first, each half by place."""
    return sorted(problems, key=lambda each: (not _causes(each), each))


def as_line(problem: Problem, language: Language) -> str:
    """`where: path: what (cure) [code]`."""
    key = f"{problem.path}: " if problem.path else ""
    cure = f" ({translate(problem.hint, language)})" if problem.hint else ""
    code = code_of(problem)
    return f"{problem.place}: {key}{translate(problem.what, language)}{cure}{f' [{code}]' if code else ''}"


def as_lines(problems: Sequence[Problem], language: Language, *, excerpt: Excerpt) -> Iterator[str]:
    """Every problem."""
    for each in in_order(problems):
        yield as_line(each, language)
        yield from excerpt(each)


def as_screen(problems: Sequence[Problem], language: Language, *, excerpt: Excerpt) -> Iterator[str]:
    """The first of every kind, and how many more there are."""
    lines = 0
    shown = list[Problem]()
    for group in alike(problems):
        if shown and lines >= SCREEN:
            break
        told = group if len(group) <= MOST_ALIKE + 1 else group[:MOST_ALIKE]
        block = [line for each in told for line in (as_line(each, language), *excerpt(each))]
        if len(told) < len(group):
            more = f"and {len(group) - len(told)} more like these [{code_of(group[0])}]"
            block.append(f"  {translate(more, language)}")
        yield from block
        lines += len(block)
        shown += group
    left = set(problems) - set(shown)
    if left:
        files = len({each.place.file for each in left})
        more = f"and {len(left)} other problems, in {files} file{'s' if files > 1 else ''}; --all shows them"
        yield f"  {translate(more, language)}"


def as_data(problem: Problem, language: Language) -> Mapping[str, object]:
    """The same for a program."""
    place = problem.place
    return {
        "code": code_of(problem) or None,
        "place": str(place),
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "path": problem.path,
        "what": translate(problem.what, language),
        "cure": translate(problem.hint, language),
        "language": language,
    }


def nothing(_: Problem) -> Sequence[str]:
    """No excerpt: where nobody looks, or not alone."""
    return ()


def from_source(content: Path) -> Excerpt:
    """The line with a mark below the place, of files that become public anyway."""

    def excerpt(problem: Problem) -> Sequence[str]:
        place = problem.place
        about_persons = code_of(problem).startswith(_ABOUT_PERSONS)
        if not place.line or about_persons or not _PUBLIC.fullmatch(place.file):
            return ()
        try:
            lines = (content / place.file).read_text("utf-8-sig").splitlines()
            line = lines[place.line - 1]
        except (OSError, UnicodeDecodeError, IndexError):
            return ()
        before = "".join("\t" if sign == "\t" else " " for sign in line[: place.column - 1])
        number = f"{place.line:>5} | "
        return (f"{number}{line}", f"{'| ':>{len(number)}}{before}^")

    return excerpt


def _causes(problem: Problem) -> bool:
    kind = kind_of(problem.what)
    return kind is not None and kind.causes


def alike(problems: Iterable[Problem]) -> Iterable[list[Problem]]:
    """Problems by their kind, in the order of the first of each."""
    groups: defaultdict[str, list[Problem]] = defaultdict(list)
    for each in in_order(problems):
        groups[code_of(each) or each.what].append(each)
    return groups.values()
