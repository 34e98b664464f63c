"""The form to close an inspection with, filled in from the register: where every copy was, and where it is now.

What cannot be (a copy that was destroyed twice, or read after it had gone) is a problem of the register, told by its
line. What can be and should not have been is true all the same: it stands on the form, for both sides to sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tweeluik.confidential.bundle.copies import mark_of
from tweeluik.confidential.bundle.documents import CLOSING, Issue, pdf_of, said_in, wording
from tweeluik.confidential.bundle.dossier import Dossier
from tweeluik.confidential.bundle.receipt import Receipt, find_receipts
from tweeluik.confidential.bundle.register import Entry, Event
from tweeluik.disk.durable import reason, writing
from tweeluik.disk.private import refuse_public_folder, write_new_file
from tweeluik.problems import Place, Problem, SourceHasProblems, WrongUsage
from tweeluik.words import dutch

FILE = re.compile(r"exemplaar-(\d\d)-van-(\d\d)\.age|archief\.age")
"""How the receipt names the copies; a person may rename the files."""

OUTSIDE, OUT, NO_ARCHIVE = "outside", "out", "no_archive"
"""Kinds of remarks, for the words of the form."""


@dataclass(slots=True)
class Course:
    """Of one copy: who can open it, and what happened to it on which day."""

    number: int
    mark: str
    roles: str
    days: dict[Event, date] = field(default_factory=dict)
    readings: int = 0
    readers: int = 0

    @property
    def is_gone(self) -> bool:
        """Whether it is where nothing can happen to it any more."""
        return Event.ARCHIVED in self.days or Event.DESTROYED in self.days


@dataclass(frozen=True, slots=True)
class Remark:
    """What should not have been, or is not yet: of which copy, and on which day."""

    kind: str
    mark: str
    day: date | None = None

    @property
    def told(self) -> str:
        """For the terminal."""
        if self.kind == OUTSIDE and self.day:
            return f"{self.mark}: read on {self.day.isoformat()}, outside the inspection"
        if self.kind == NO_ARCHIVE:
            return f"{self.mark}: destroyed before the archive had its copy"
        return f"{self.mark}: the register does not say where it is now"


@dataclass(frozen=True, slots=True)
class Closing:
    """What the form says: of every copy its course, in the order of their numbers, the archive's last."""

    courses: tuple[Course, ...]
    remarks: tuple[Remark, ...]

    @property
    def readings(self) -> int:
        """How often somebody came to read, over all copies."""
        return sum(each.readings for each in self.courses)

    @property
    def readers(self) -> int:
        """How many came, all readings together: who came twice counts twice."""
        return sum(each.readers for each in self.courses)


def find_latest(bundle: Path, edition: str) -> Receipt:
    """The receipt of the latest bundle of an edition in a folder.

    Raises:
        WrongUsage: there is none, or it cannot be read.
    """
    hint = "name the folder of the bundle, with its receipt"
    try:
        found = [each.said for each in find_receipts(bundle, edition)]
    except OSError as error:
        raise WrongUsage(Problem(Place("bundle"), "", f"a receipt cannot be read: {reason(error)}", hint)) from None
    if not found:
        raise WrongUsage(Problem(Place("bundle"), "", "there is no receipt of this edition in that folder", hint))
    return max(found, key=lambda each: each.sequence)


def close(entries: Sequence[Entry], receipt: Receipt, dossier: Dossier, *, today: date) -> Closing:
    """Follow every copy through the register, whose lines are in the order of their days.

    Raises:
        SourceHasProblems: with every line that cannot be true.
    """
    courses = {each.number: each for each in _copies(receipt)}
    problems = list[Problem]()
    for entry in entries:
        why = _why_not(entry, courses.get(entry.copy), receipt.created, today)
        if why:
            problems.append(Problem(entry.place, "", *why))
        else:
            _add(entry, courses[entry.copy])
    if problems:
        raise SourceHasProblems(tuple(problems))
    return Closing(tuple(courses.values()), tuple(_find_remarks(entries, courses, dossier)))


def _copies(receipt: Receipt) -> Iterator[Course]:
    for copy in receipt.copies:
        if found := FILE.fullmatch(copy.name):
            number, copies = int(found[1] or 0), int(found[2] or 0)
            roles = ", ".join(dict.fromkeys(role for role, _ in copy.recipients))
            yield Course(number, mark_of(number, copies), roles)


def _why_not(entry: Entry, course: Course | None, made: date, today: date) -> tuple[str, str] | None:
    """Why a line cannot be true after those before it, and what to do."""
    if course is None:
        return "there is no such copy in this bundle", "look at the receipt for how many there are"
    is_back, dates = Event.RETURNED in course.days, "look at the dates of its lines"
    is_wrong = {
        ("a day before the bundle was made, or still to come", "look at the date"): not made <= entry.day <= today,
        ("the archive's copy is never destroyed", "look at the number of the copy"): (
            entry.event is Event.DESTROYED and not course.number
        ),
        ("this copy was at the archive or destroyed by then", dates): course.is_gone,
        ("this happened to the copy already", "take one of the lines away"): (
            entry.event is not Event.READ and entry.event in course.days
        ),
        ("this copy had gone back by then", dates): is_back and entry.event in (Event.READ, Event.RECEIVED),
        ("this copy was read before it was received", dates): entry.event is Event.RECEIVED and course.readings > 0,
    }
    return next((why for why, wrong in is_wrong.items() if wrong), None)


def _add(entry: Entry, course: Course) -> None:
    if entry.event is Event.READ:
        course.readings += 1
        course.readers += entry.readers
    course.days[entry.event] = entry.day


def _find_remarks(entries: Sequence[Entry], courses: dict[int, Course], dossier: Dossier) -> Iterator[Remark]:
    archived = courses[0].days.get(Event.ARCHIVED) if 0 in courses else None
    for entry in entries:
        inside = dossier.inspection_from <= entry.day <= dossier.inspection_until
        if entry.event is Event.READ and not inside:
            yield Remark(OUTSIDE, courses[entry.copy].mark, entry.day)
        if entry.event is Event.DESTROYED and (archived is None or archived > entry.day):
            yield Remark(NO_ARCHIVE, courses[entry.copy].mark, entry.day)
    yield from (
        Remark(OUT, each.mark) for each in courses.values() if not each.is_gone and Event.RETURNED not in each.days
    )


def render_closing(closing: Closing, receipt: Receipt, dossier: Dossier, templates: Path) -> bytes:
    """The form as a PDF, which bears the day of the bundle.

    Raises:
        SealingFailed: the template is missing or wrong.
    """
    copies = tuple((each.mark, each.roles) for each in closing.courses)
    issue = Issue(receipt.created, receipt.sequence, receipt.supersedes, copies)
    said = said_in(dossier)
    words = wording(dossier, mark=said.text("copy.all"), issue=issue)
    words["closing"] = {
        "rows": [_row(each) for each in closing.courses],
        "destroyed": [each.mark for each in closing.courses if Event.DESTROYED in each.days],
        "readings": closing.readings,
        "readers": closing.readers,
        "remarks": [
            {"kind": each.kind, "mark": each.mark, "day": dutch.day(each.day) if each.day else ""}
            for each in closing.remarks
        ],
    }
    return pdf_of(templates, CLOSING, words, receipt.created, said)


def write_closing(form: bytes, target: Path, *others: Path) -> None:
    """Write the form as a new file, for its owner only, and never where it gets published or shared (`others`).

    Raises:
        WrongUsage: something stands there, or it is in such a place.
        CannotWrite: the system refused.
    """
    refuse_public_folder(target.absolute().parent, *others)
    with writing(target):
        try:
            write_new_file(target, form)
        except FileExistsError:
            hint = "name a new file; nothing is ever overwritten"
            what = "there is something at this place already"
            raise WrongUsage(Problem(Place(target.name), "", what, hint)) from None


def _row(course: Course) -> list[str]:
    """The cells of a copy's line, in the order of the form's heads; empty: to be filled in by hand."""
    days = {event: f"{day.day}-{day.month}-{day.year}" for event, day in course.days.items()}
    read = f"{course.readings} ({course.readers})" if course.readings else "–"
    return [
        course.mark, course.roles, days.get(Event.RECEIVED, ""), read,
        *(days.get(each, "") for each in (Event.RETURNED, Event.ARCHIVED, Event.DESTROYED)),
    ]  # fmt: skip
