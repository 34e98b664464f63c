"""A spreadsheet and a source -> what would become of both: a plan, of which nothing has been written yet.

The source with all that is taken is read and checked as a whole. Rows that turn out not to fit in it are given back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.sheets.answers import Answer, Answers, read_answers, with_answers
from tweeluik.sheets.codes import codes_of
from tweeluik.sheets.files.model import Book
from tweeluik.sheets.files.reading import read_book
from tweeluik.sheets.lines import Part, read_parts
from tweeluik.sheets.misfits import Question
from tweeluik.sheets.questions import read_questions
from tweeluik.sheets.settling import Job, settle
from tweeluik.sheets.stored import Stored
from tweeluik.sheets.taking import Outcome
from tweeluik.source.inventory import ANSWERS, Unseal
from tweeluik.source.load import read_source

_NO_LIST = "neither a list of organisations nor one of conversations"
_HEADINGS = "a row names the columns: 'Naam' for organisations, 'Datum' and 'Organisaties' for conversations"


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """What an import comes to.

    `files`: what is to be written, texts by their names below the content folder; `former`: what those files say now.
    """

    book: Book
    parts: tuple[Part, ...]
    outcomes: tuple[Outcome, ...]
    files: Mapping[str, str]
    former: Mapping[str, str | None]
    names: Mapping[str, str]
    """What the organisations of the outcomes are called, by id."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by what becomes of them; together they are all rows."""
        found = Counter(each.status for each in self.outcomes)
        return {status: found[status] for status in ("new", "changed", "known", "returned")}

    @property
    def returned(self) -> tuple[Outcome, ...]:
        """The rows that are given back."""
        return tuple(each for each in self.outcomes if each.status == "returned")

    @property
    def questions(self) -> tuple[tuple[Question, int], ...]:
        """Everything that is asked, once each, with the number of rows that wait for it; the most first."""
        asked = Counter(question for each in self.returned for question in _asked(each))
        return tuple(sorted(asked.items(), key=lambda each: (-each[1], each[0])))


def _asked(outcome: Outcome) -> set[Question]:
    return {each.question for each in outcome.misfits if each.question is not None}


def plan_import(
    path: Path, content: Path, *, new_id: Callable[[], str], today: date, unseal: Unseal | None = None,
    since: date | None = None, more: Sequence[Answer] = (),
) -> Plan:  # fmt: skip
    """Read a spreadsheet, and see what it comes to. Nothing is written: that is for the edge.

    Args:
        path: an .xlsx, .ods or CSV file.
        content: the source.
        new_id: makes an id without meaning, another one each time.
        today: the day of a judgement that follows from an answer.
        unseal: opens the files of the source that are kept sealed.
        since: from which day what differs is otherwise, for rows that do not say so themselves.
        more: what somebody answered just now; it is kept with the other answers.

    Raises:
        WrongUsage: the file is not there, or of another kind.
        SourceHasProblems: the source has problems, or the file or the answers cannot be understood at all.
    """
    source = read_source(content, unseal=unseal)
    stored = Stored(content, unseal)
    book = read_book(path)
    text = stored.text(ANSWERS) or ""
    given = (*read_questions(book), *more)
    answers = Answers((*read_answers(text), *given))
    parts = tuple(read_parts(book.sheets, answers.headings, codes_of(source)["measure"]))
    if not parts:
        raise SourceHasProblems(Problem(Place(path.name), "", _NO_LIST, _HEADINGS))

    lines = [line for part in parts for line in part.lines]
    job = Job(lines, source, stored, answers, content, today, new_id, unseal, since)
    taken, placed, _ = settle(job)
    files = placed.files | ({ANSWERS: with_answers(text, given)} if given else {})
    names = {each.id: each.name for each in (*source.partners, *taken.partners.values())}
    return Plan(book, parts, taken.all(), files, {name: stored.text(name) for name in files}, names)
