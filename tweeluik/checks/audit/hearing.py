"""The hearing: the records and the other worlds that are handed, against the finished files and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.evidence import compose_certificate
from tweeluik.checks.audit.examination import Examination, Examined
from tweeluik.checks.audit.lines import Lines
from tweeluik.checks.audit.published import Edition, Table, read_editions, read_superseded
from tweeluik.checks.audit.questions import OUTSIDER, Unanswered
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.unremembered import told_beside_unremembered
from tweeluik.checks.audit.worlds import Pair, Publication, Truth, World
from tweeluik.problems import Place, Problem
from tweeluik.record.cell import TOTAL, Codes

HINT = "protect the tables again; do not publish these files"


@dataclass(frozen=True, slots=True, repr=False)
class Handed:
    """What the audit is handed beside the files; it believes none of it before it has counted.

    `agenda`: what lies in what, for parts that no public record places itself. `forgotten`: publications whose records
    nobody has any more; of these nothing can be asked. `lines`: which categories continue which through the years.
    `new`: publications that are about to go out, under the policy of now.
    """

    truth: Truth
    worlds: tuple[World, ...]
    rules: Rules
    agenda: Agenda
    forgotten: frozenset[Publication] = frozenset()
    lines: Lines = field(default_factory=dict)
    new: frozenset[Publication] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class Heard:
    """What is wrong, and how much was asked. The certificate is empty when anything is wrong; it is confidential."""

    problems: tuple[Problem, ...]
    certificate: bytes
    questions: int = 0
    sensitive: int = 0
    worlds: int = 0


def hear(files: Mapping[str, bytes], handed: Handed) -> Heard:
    """Ask every question about everything published of the truth and the worlds; what nobody answers is a problem."""
    editions, unreadable = _read(files)
    if unreadable:
        return Heard(unreadable, b"")
    beside = told_beside_unremembered(editions, handed.truth, handed.forgotten, handed.new, handed.lines)
    editions = tuple(each for each in editions if each.publication not in handed.forgotten)
    examination = Examination(editions, handed.truth, handed.rules, handed.agenda, lines=handed.lines)
    untrue = (*examination.find_untrue(), *_unknown_names(editions, handed.truth))
    if untrue:
        return Heard(tuple(sorted(untrue)), b"")
    examined = examination.examine(handed.worlds)
    unanswered = (*examined.unanswered, *examination.told_by_periods(), *examination.told_by_sums(handed.new))
    problems = tuple(sorted({*(_told(editions, each) for each in unanswered), *beside}))
    worlds = tuple(_fitting(handed.worlds, examined))
    certificate = b""
    if not problems:
        certificate = compose_certificate(
            files, handed.truth, worlds, examined.sensitive, forgotten=handed.forgotten, lines=handed.lines
        )
    return Heard(problems, certificate, len(examination.questions), len(examined.sensitive), len(worlds))


def _read(files: Mapping[str, bytes]) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """Every version of every edition: the newest, and those that it took the place of."""
    newest, wrong = read_editions(files)
    superseded, more_wrong = read_superseded(files)
    return (*newest, *superseded), (*wrong, *more_wrong)


def _unknown_names(editions: Sequence[Edition], truth: Truth) -> Iterator[Problem]:
    """Publications that name more than their records say: whoever was named once is known in all numbers.

    Who was struck may be in none of the records that are left.
    """
    for edition in editions:
        units = truth[edition.publication].units.values() if edition.publication in truth else ()
        named = [unit.codes for unit in units if unit.named]
        place, what = Place(f"{edition.folder}/release.json"), "names of whom the records tell nothing"
        if len(named) < edition.named:
            yield Problem(place, "named", what)
        for table in edition.tables:
            told = ((codes, cell.named - edition.struck) for codes, cell in table.cells.items() if cell.named)
            if any(number > _in_cell(named, table, codes) for codes, number in told):
                yield Problem(place, table.id, what)


def _in_cell(units: Sequence[frozenset[Pair]], table: Table, codes: Codes) -> int:
    """How many of some organisations a cell of partners counts; of conversations none."""
    pairs = {(side.name, code) for side, code in zip(table.sides, codes, strict=True) if code != TOTAL}
    return sum(pairs <= each for each in units) if table.counts == "partners" else 0


def _fitting(worlds: Sequence[World], examined: Examined) -> Iterator[World]:
    return (world for world, fits in zip(worlds, examined.fits[1:], strict=True) if fits)


def _told(editions: Sequence[Edition], unanswered: Unanswered) -> Problem:
    """A question that tells somebody too much: where it stands and how a reader comes to it, without a value."""
    question = unanswered.question
    folder = next((each.folder for each in editions if each.id == question.edition), f"edities/{question.edition}")
    who = "a reader" if OUTSIDER in unanswered.attackers else "one of the organisations"
    what = f"{who} can work out too much about the number of {question.counts}: {question.why}"
    return Problem(Place(f"{folder}/release.json"), question.table, what, HINT)
