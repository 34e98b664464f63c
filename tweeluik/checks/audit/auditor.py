"""The audit: a stranger with a solver reads the finished files of all editions and tries to learn what is hidden.

It shares no code with the protection of the tables. It passes only what whole tables prove (`witnesses.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tweeluik.checks.audit.asking import Asking, NoSuchCell
from tweeluik.checks.audit.attack import attack
from tweeluik.checks.audit.blocks import Contradiction
from tweeluik.checks.audit.claims import Claims
from tweeluik.checks.audit.equations import link
from tweeluik.checks.audit.pages import find_disagreements
from tweeluik.checks.audit.published import Edition, read_editions, read_superseded
from tweeluik.checks.audit.solver import NotSolved
from tweeluik.checks.audit.system import Published
from tweeluik.checks.audit.widths import Widths, measure
from tweeluik.problems import Place, Problem

HINT = "protect the tables again; do not publish these files"


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """How much was audited: numbers of editions, of cells, of those not known exactly, of claims, of tables found.

    `widths`: per (edition, table) what its readers are left with.
    """

    editions: int = 0
    cells: int = 0
    unknown: int = 0
    claims: int = 0
    witnesses: int = 0
    widths: Mapping[tuple[str, str], Widths] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Audited:
    """What is wrong, and how much was audited."""

    problems: tuple[Problem, ...]
    summary: AuditSummary


def audit(files: Mapping[str, bytes], claims: Claims) -> Audited:
    """Audit the finished public files (path below the site's folder -> bytes) against the producer's claims."""
    editions, unreadable = read_editions(files)
    superseded, unreadable_too = read_superseded(files)
    if unreadable or unreadable_too:
        return Audited((*unreadable, *unreadable_too), AuditSummary(len(editions)))
    published, contradictions = link(editions, claims.agenda)
    problems = {*find_disagreements(files, (*editions, *superseded)), *contradictions, *_small_counts(editions)}
    summary = AuditSummary(len(editions), len(published.cells))
    try:
        asking = Asking(published, claims)
        attacked = attack(asking)
    except (Contradiction, NoSuchCell, NotSolved) as failure:
        problems.add(Problem(Place("edities"), "", _FAILURES[type(failure)], HINT))
        return Audited(tuple(sorted(problems)), summary)
    problems.update(_reached(asking.published, i) for i in attacked.failed)
    summary = replace(
        summary,
        unknown=sum(len(each.cells) for each in attacked.certified),
        claims=len(asking.asks),
        witnesses=max((len(each.tables) for each in attacked.certified), default=0),
        widths=measure(editions, asking.published, attacked.certified),
    )
    return Audited(tuple(sorted(problems)), summary)


_FAILURES: Mapping[type[Exception], str] = {
    Contradiction: "the published numbers, or what is claimed about them, contradict each other",
    NoSuchCell: "a claim is about a cell or an attacker that is not there",
    NotSolved: "the solver could not prove that hidden numbers stay hidden",
}


def _reached(published: Published, i: int) -> Problem:
    """A number, a cell or a complement, about which somebody learns too much."""
    edition, counts, pairs = published.keys[i]
    where = ", ".join(f"{name} {code}" for name, code in sorted(pairs)) or "the total"
    what = f"a reader can work out too much about the number of {counts} of {where}"
    return Problem(Place(f"edities/{edition}/release.json"), "", what, HINT)


def _small_counts(editions: Iterable[Edition]) -> Iterator[Problem]:
    """Counts of partners that are shown although they are small; up to as many as are named may be named ones."""
    for edition in editions:
        for table in edition.tables:
            for codes, cell in table.cells.items():
                small = cell.status == "shown" and max(0, edition.named) < (cell.value or 0) < edition.threshold
                if small and table.counts == "partners":
                    place = Place(f"{edition.folder}/release.json")
                    yield Problem(place, table.id, f"cell {', '.join(codes)} shows a number below the threshold", HINT)
