"""Mends what is mechanical in a source, line by line, for as long as the reader finds the source better for it.

Nothing is written here: what comes out are new texts for files, and every line that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.source.inventory import Unseal, find_files, read_text
from tweeluik.source.load import read_changed
from tweeluik.source.reader import read_yaml
from tweeluik.source.repairs import repair
from tweeluik.words.messages import kind_of

MOST_ROUNDS = 200
"""A file that is no YAML tells one mistake at a time; this many in one file and more are left for another run."""

_READ_BY_LINE = (".yaml", ".md")


@dataclass(frozen=True, slots=True, repr=False)
class Mended:
    """One line: where, why (the problem that is gone), what it was and what it is."""

    place: Place
    problem: Problem
    before: str
    after: str


@dataclass(frozen=True, slots=True, repr=False)
class Mending:
    """New texts by the name of their file, what these files said, and the lines that differ, in order."""

    texts: Mapping[str, str]
    former: Mapping[str, str | None]
    lines: tuple[Mended, ...]


def mend(content: Path, *, unseal: Unseal | None = None) -> Mending:
    """Everything in a source that can be mended without asking, and makes the source better."""
    desk = _Desk(content, unseal)
    for _ in range(MOST_ROUNDS):
        if not [file for file in desk.files() if desk.improve(file)]:
            break
    return desk.mending()


class _Desk:
    """The source with what was mended so far."""

    def __init__(self, content: Path, unseal: Unseal | None) -> None:
        self._content, self._unseal = content, unseal
        self._former: dict[str, str] = {}
        for file in find_files(content)[0]:
            text, problems = read_text(file, unseal)
            if not problems and file.name.endswith(_READ_BY_LINE):
                self._former[file.name] = text
        self._texts = dict(self._former)
        self._lines: dict[tuple[str, int], Mended] = {}
        self._problems = self._read(self._texts)

    def files(self) -> Sequence[str]:
        """Files with problems that have a line."""
        named = {each.place.file for each in self._problems if each.place.line}
        return sorted(named & self._texts.keys())

    def improve(self, file: str) -> bool:
        """Mend what can be mended in a file: all at once, or else one by one. Whether something was."""
        tried = [each for each in self._problems if each.place.file == file and each.place.line]
        return self._try(file, tried) or any(self._try(file, [each]) for each in tried)

    def mending(self) -> Mending:
        """What came of it."""
        texts = {name: text for name, text in self._texts.items() if text != self._former[name]}
        lines = (each for _, each in sorted(self._lines.items()) if each.before != each.after)
        return Mending(texts, {name: self._former[name] for name in texts}, tuple(lines))

    def _try(self, file: str, problems: Iterable[Problem]) -> bool:
        lines = self._texts[file].split("\n")
        mended: dict[int, Problem] = {}
        # From right to left, so that the places of what is still to be mended in a line stay true.
        for each in sorted(problems, key=lambda each: each.place, reverse=True):
            at = each.place.line - 1
            fresh = repair(lines[at], each) if at < len(lines) else None
            if fresh is not None:
                lines[at], mended[at] = fresh, each
        if not mended:
            return False
        texts = {**self._texts, file: "\n".join(lines)}
        after = self._read(texts)
        if not self._is_better(file, texts[file], after, mended.values()):
            return False
        self._keep(file, lines, mended)
        self._texts, self._problems = texts, after
        return True

    def _keep(self, file: str, lines: Sequence[str], mended: Mapping[int, Problem]) -> None:
        was = self._former[file].split("\n")
        for at, problem in mended.items():
            known = self._lines.get((file, at))
            first = problem if known is None else known.problem
            self._lines[file, at] = Mended(Place(file, at + 1, 1), first, was[at], lines[at])

    def _read(self, texts: Mapping[str, str]) -> tuple[Problem, ...]:
        changed = {name: text for name, text in texts.items() if text != self._former[name]}
        try:
            read_changed(self._content, changed, unseal=self._unseal)
        except SourceHasProblems as found:
            return found.problems
        return ()

    def _is_better(self, file: str, text: str, after: Sequence[Problem], mended: Iterable[Problem]) -> bool:
        """Whether fewer problems are left; of a file that was no YAML, whether it is by now, or further down.

        What was mended may have hidden other mistakes of the file: they count for nothing if they can be mended too.
        """
        if not set(mended).isdisjoint(after):
            return False
        if _is_read(file, self._texts[file]):
            new, lines = set(after) - set(self._problems), text.split("\n")
            is_progress = all(each.place.file == file and _can_be_mended(each, lines) for each in new)
            return _is_read(file, text) and (len(after) < len(self._problems) or is_progress)
        first, now = (
            min((each.place for each in _of_form(file, told)), default=None) for told in (self._problems, after)
        )
        return _is_read(file, text) or (first is not None and now is not None and now > first)


def _is_read(file: str, text: str) -> bool:
    return not file.endswith(".yaml") or read_yaml(text, file)[0] is not None


def _can_be_mended(problem: Problem, lines: Sequence[str]) -> bool:
    at = problem.place.line - 1
    return 0 <= at < len(lines) and repair(lines[at], problem) is not None


def _of_form(file: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of a file that keep it, or may, from being read further."""
    for each in problems:
        kind = kind_of(each.what)
        if each.place.file == file and kind is not None and kind.code.startswith("E1"):
            yield each
