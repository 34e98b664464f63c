"""Rows are taken until the source with them has no problems; those that stand in the way are given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.sheets.answers import Answers
from tweeluik.sheets.lines import Line, Where
from tweeluik.sheets.misfits import Misfit
from tweeluik.sheets.placing import Owners, Placed, place
from tweeluik.sheets.stored import Stored
from tweeluik.sheets.taking import Taken, take
from tweeluik.source.inventory import Unseal
from tweeluik.source.load import read_changed
from tweeluik.source.records import Source
from tweeluik.words.said import message, said

_MOST_ROUNDS = 12
"""So often rows are given back that do not fit into the source as a whole; each round leaves fewer."""

Refused = Mapping[Where, tuple[Misfit, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Job:
    """All that an import needs to try rows out."""

    lines: Sequence[Line]
    source: Source
    stored: Stored
    answers: Answers
    content: Path
    today: date
    new_id: Callable[[], str]
    unseal: Unseal | None
    since: date | None


class Attempt(NamedTuple):
    """What the rows that are not refused come to, the files that follow, and what would be wrong with the source."""

    taken: Taken
    placed: Placed
    problems: tuple[Problem, ...]

    def __repr__(self) -> str:
        return f"<an attempt with {len(self.problems)} problems>"


def settle(job: Job) -> Attempt:
    """The rows that fit together, and no problem.

    Raises:
        SourceHasProblems: too many rows stand in the way of each other.
    """
    refused: dict[Where, tuple[Misfit, ...]] = {}
    for _ in range(_MOST_ROUNDS):
        tried = _attempt(job, refused)
        if not tried.placed.refused and not tried.problems:
            return tried
        refused |= tried.placed.refused or _blamed(tried.problems, tried.placed.owners) or _culprit(job, tried, refused)
    raise SourceHasProblems(Problem(Place("."), "", "the rows do not fit into the source", "import fewer at once"))


def _attempt(job: Job, refused: Refused) -> Attempt:
    taken = take(
        job.lines, job.source, job.answers, new_id=job.new_id, refused=refused, since=job.since
    )  # fmt: skip
    placed = place(taken, job.source, job.stored, job.answers, job.today)
    return Attempt(taken, placed, () if placed.refused or not placed.files else _problems(job, placed.files))


def _problems(job: Job, files: Mapping[str, str]) -> tuple[Problem, ...]:
    try:
        read_changed(job.content, files, unseal=job.unseal)
    except SourceHasProblems as failure:
        return failure.problems
    return ()


def _blamed(problems: tuple[Problem, ...], owners: Owners) -> Refused:
    """Per row why it does not fit into the source; nothing when no problem is in a record that a row wrote."""
    found: dict[Where, tuple[Misfit, ...]] = {}
    for problem in problems:
        starts = [rows for line, rows in owners.get(problem.place.file, ()) if line <= problem.place.line]
        for where in starts[-1] if starts else ():
            found[where] = (*found.get(where, ()), _misfit(problem))
    return found


def _culprit(job: Job, tried: Attempt, refused: Refused) -> Refused:
    """The first row with which a record goes wrong that no row wrote: the source was right without it."""
    writing = [each.line.where for each in tried.taken.all() if each.status in ("new", "changed")]
    right, wrong, problems = 0, len(writing), tried.problems
    while wrong - right > 1:
        middle = (right + wrong) // 2
        later = dict.fromkeys(writing[middle:], ())
        if found := _attempt(job, {**refused, **later}).problems:
            wrong, problems = middle, found
        else:
            right = middle
    return {writing[wrong - 1]: tuple(map(_misfit, problems))}


def _misfit(problem: Problem) -> Misfit:
    if not problem.hint:
        return Misfit(said("does not fit into the source: {why}", why=message(problem.what)))
    what = "does not fit into the source: {why}: {cure}"
    return Misfit(said(what, why=message(problem.what), cure=message(problem.hint)))
