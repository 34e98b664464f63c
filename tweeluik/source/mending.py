"""Mends what is mechanical in a source, for as long as the reader finds the source better for it.

First how a file was saved, then its lines one by one. Nothing is written here: what comes out are new texts for files,
and every line that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.source.csv_repairs import repair_cell, reshape
from tweeluik.source.inventory import NOT_UTF_8, SourceFile, Unseal, find_files, read_otherwise, read_text
from tweeluik.source.load import read_changed
from tweeluik.source.reader import read_yaml
from tweeluik.source.repairs import OF_ENTRIES, repair, without_entry
from tweeluik.source.slips import BARS_APART, EMPTY_COLUMNS, SEP_LINE, TABS_APART, find_parting
from tweeluik.words.messages import code_of

MOST_ROUNDS = 200
"""A file that is no YAML tells one mistake at a time; this many in one file and more are left for another run."""

MOST_TRIES = 6
"""So many readings are spent on whether anything can be mended at all."""

_TABLE = ".csv"
_OF_WHOLE_FILES = frozenset({NOT_UTF_8, SEP_LINE[0], TABS_APART[0], BARS_APART[0], EMPTY_COLUMNS[0]})
_HEADINGS = ("E162", "E163", "E164")
"""What is wrong with the headings of a table, so that its rows are not looked at."""

_READ_BY_LINE = (".yaml", ".md", _TABLE)


@dataclass(frozen=True, slots=True, repr=False)
class Mended:
    """One line: where, why (the problem that is gone), what it was and what it is."""

    place: Place
    problem: Problem
    before: str
    after: str


@dataclass(frozen=True, slots=True, repr=False)
class Mending:
    """New texts by the name of their file, what these files said, and the lines that differ, in order.

    `left`: what is wrong with the source after that.
    """

    texts: Mapping[str, str]
    former: Mapping[str, str | None]
    lines: tuple[Mended, ...]
    left: tuple[Problem, ...]

    def within(self, file: str) -> Mending:
        """What of it is about one file."""
        texts = {name: text for name, text in self.texts.items() if name == file}
        lines = tuple(each for each in self.lines if each.place.file == file)
        return Mending(texts, {name: self.former[name] for name in texts}, lines, self.left)


def mend(content: Path, *, unseal: Unseal | None = None, only: str | None = None) -> Mending:
    """Everything in a source, or `only` in one file of it, that can be mended without asking and makes it better."""
    desk = _Desk(content, unseal)
    for _ in range(MOST_ROUNDS):
        if not [file for file in desk.files() if only in {None, file} and desk.improve(file)]:
            break
    mending = desk.mending()
    return mending if only is None else mending.within(only)


def find_mendable(content: Path, problems: Iterable[Problem], *, unseal: Unseal | None = None) -> Iterator[Problem]:
    """The problems that look mechanical; whether the source is better for it, only `mend` finds out."""
    files = {each.name: each for each in find_files(content)[0]}
    lines: dict[str, list[str]] = {}
    for each in problems:
        name = each.place.file
        if each.what in _OF_WHOLE_FILES:
            yield each
        elif name in files and name.endswith(_READ_BY_LINE):
            if name not in lines:
                lines[name] = read_text(files[name], unseal)[0].split("\n")
            if _can_be_mended(each, lines[name]):
                yield each


def may_mend(content: Path, problems: Iterable[Problem], *, unseal: Unseal | None = None) -> bool:
    """Whether `mend` would mend something: whoever is told to try it must not find that there was nothing.

    Of many problems that look mechanical and are not, `MOST_TRIES` are tried; each is a reading of the source.
    """
    looks_mechanical = any(True for _ in find_mendable(content, problems, unseal=unseal))
    return looks_mechanical and _Desk(content, unseal, MOST_TRIES).is_better_off()


class _Desk:
    """The source with what was mended so far."""

    def __init__(self, content: Path, unseal: Unseal | None, tries: int | None = None) -> None:
        self._content, self._unseal, self._tries = content, unseal, tries
        self._former: dict[str, str] = {}
        self._saved: list[Mended] = []
        self._begun: dict[str, str] = {}
        """What each file says once it is saved as it should be: the lines are those of this text."""

        for file in find_files(content)[0]:
            if file.name.endswith(_READ_BY_LINE):
                self._begin(file)
        self._texts = dict(self._begun)
        self._lines: dict[tuple[str, int], Mended] = {}
        self._problems = self._read(self._texts)

    def _begin(self, file: SourceFile) -> None:
        text, problems = read_text(file, self._unseal)
        former, saved = text, list[Mended]()
        if [each.what for each in problems] == [NOT_UTF_8]:
            read = read_otherwise(file, self._unseal)
            if read is None:
                return
            saved += _recoded(problems[0], read)
            text, problems = read, ()
        if not problems:
            wrong = find_parting(text) if file.name.endswith(_TABLE) else None
            fresh = None if wrong is None else reshape(text)
            if wrong is not None and fresh is not None:
                saved += _reshaped(Problem(Place(file.name, 1, 1), "", *wrong), text, fresh)
                text = fresh
            self._former[file.name], self._begun[file.name] = former, text
            self._saved += saved

    def files(self) -> Sequence[str]:
        """Files with problems that have a line."""
        named = {each.place.file for each in self._problems if each.place.line}
        return sorted(named & self._texts.keys())

    def improve(self, file: str) -> bool:
        """Mend what can be mended in a file: all at once, or else one by one. Whether something was."""
        tried = [each for each in self._problems if each.place.file == file and each.place.line]
        return self._try(file, tried) or any(self._try(file, [each]) for each in tried)

    def is_better_off(self) -> bool:
        """Whether something was or can be mended, as far as the tries go."""
        return bool(self._saved) or any(map(self.improve, self.files()))

    def mending(self) -> Mending:
        """What came of it."""
        texts = {name: text for name, text in self._texts.items() if text != self._former[name]}
        mended = (each for _, each in sorted(self._lines.items()) if each.before != each.after)
        lines = sorted((*self._saved, *mended), key=lambda each: each.place)
        return Mending(texts, {name: self._former[name] for name in texts}, tuple(lines), self._problems)

    def _try(self, file: str, problems: Iterable[Problem]) -> bool:
        lines = self._texts[file].split("\n")
        mended: dict[int, Problem] = {}
        # From right to left, so that the places of what is still to be mended in a line stay true.
        for each in sorted(problems, key=lambda each: each.place, reverse=True):
            for at, fresh in _repaired(lines, each).items():
                lines[at], mended[at] = fresh, each
        if not mended or self._tries == 0:
            return False
        self._tries = None if self._tries is None else self._tries - 1
        texts = {**self._texts, file: "\n".join(lines)}
        after = self._read(texts)
        if not self._is_better(file, texts[file], after, mended.values()):
            return False
        self._keep(file, lines, mended)
        self._texts, self._problems = texts, after
        return True

    def _keep(self, file: str, lines: Sequence[str], mended: Mapping[int, Problem]) -> None:
        was = self._begun[file].split("\n")
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
        if _is_read(file, self._texts[file], self._problems):
            new, lines = set(after) - set(self._problems), text.split("\n")
            is_progress = all(each.place.file == file and _can_be_mended(each, lines) for each in new)
            return _is_read(file, text, after) and (len(after) < len(self._problems) or is_progress)
        first, now = (
            min((each.place for each in _of_form(file, told)), default=None) for told in (self._problems, after)
        )
        return _is_read(file, text, after) or (first is not None and now is not None and now > first)


def _is_read(file: str, text: str, problems: Iterable[Problem]) -> bool:
    """Whether what is in a file was looked at: it is YAML, or a table whose headings are known."""
    if file.endswith(_TABLE):
        return not any(code_of(each.what) in _HEADINGS for each in problems if each.place.file == file)
    return not file.endswith(".yaml") or read_yaml(text, file)[0] is not None


def _can_be_mended(problem: Problem, lines: Sequence[str]) -> bool:
    return bool(_repaired(lines, problem))


def _repaired(lines: Sequence[str], problem: Problem) -> Mapping[int, str]:
    """The lines that are to be otherwise, by where they stand (from 0); none where a person has to look."""
    at = problem.place.line - 1
    if not 0 <= at < len(lines):
        return {}
    if problem.what in OF_ENTRIES:
        return without_entry(lines, at)
    is_table = problem.place.file.endswith(_TABLE)
    fresh = repair_cell(lines[0], lines[at], problem) if is_table else repair(lines[at], problem)
    return {} if fresh is None else {at: fresh}


def _recoded(problem: Problem, text: str) -> Iterator[Mended]:
    """Every line that nobody could read; of a file whose first sign is wrong already, that it is saved otherwise."""
    if problem.place.line == problem.place.column == 1:
        yield Mended(problem.place, problem, "(?)", "(UTF-8)")
        return
    lines = text.split("\n")
    for at in (at for at, line in enumerate(lines) if not line.isascii()):
        garbled = "".join(sign if sign.isascii() else "\ufffd" for sign in lines[at])
        yield Mended(Place(problem.place.file, at + 1, 1), problem, garbled, lines[at])


def _reshaped(problem: Problem, text: str, fresh: str) -> Iterator[Mended]:
    """Every line of a table whose cells are parted otherwise; a first line that says so is gone."""
    lines, now = text.split("\n"), fresh.split("\n")
    gone = len(lines) - len(now)
    for at, line in enumerate(lines):
        after = now[at - gone] if at >= gone else ""
        if line != after:
            yield Mended(Place(problem.place.file, at + 1, 1), problem, line, after)


def _of_form(file: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of a file that keep it, or may, from being read further."""
    for each in problems:
        if each.place.file == file and code_of(each.what).startswith("E1"):
            yield each
