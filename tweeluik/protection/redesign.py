"""What to tell the editor when an edition cannot be published safely: which sum is to blame, and what would cure it.

Table redesign is the first remedy: merging two categories. A merge is only proposed after it was tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tweeluik.disclosure.effort import Effort
from tweeluik.problems import Place, Problem, UnsafeTables
from tweeluik.protection.keys import Key
from tweeluik.protection.linked import Linked
from tweeluik.protection.methods import Failed
from tweeluik.protection.worlds.stage import NotSafe
from tweeluik.record.cell import Codes
from tweeluik.record.model import Category, Dimension
from tweeluik.selection.tables import Member, Table
from tweeluik.source.records import Edition, Source

Works = Callable[[tuple[Table, ...], Effort], bool]
"""Whether tables can be protected within the effort."""

MOST_TRIALS = 12


def unsafe(edition: Edition, linked: Linked, failed: Failed, *, works: Works, effort: Effort) -> UnsafeTables:
    """The failure for one edition. It names categories, which are public, and no number.

    All cures together are tried within the effort.
    """
    known = [i for i in failed.constraints if i < len(linked.constraints)]
    blamed = [] if failed.unknown is None else [failed.unknown]
    blamed += [i for each in known for i, _ in linked.constraints[each].terms]
    about = [linked.unknowns.all[i].key for i in blamed if i < len(linked.unknowns.all)]
    sums = "; ".join(_sum(linked, i) for i in known)
    cure = failed.cure or _cure(linked.unknowns.tables, about, works, effort)
    return UnsafeTables(Problem(edition.place, "tables", failed.what + (f", by {sums}" if sums else ""), cure))


def _cure(tables: tuple[Table, ...], about: list[Key], works: Works, effort: Effort) -> str:
    for name, code, other in _merges(tables, about):
        if not effort.spent and works(merged(tables, name, code, other), effort):
            return f"merge the categories {code} and {other} of {name}"
    return "ask for fewer tables, or for coarser categories"


def name_of(key: Key) -> str:
    """A cell in words: what it counts and its codes."""
    counts, pairs = key
    return f"{counts}({', '.join(f'{name} {code}' for name, code in sorted(pairs)) or 'total'})"


def _sum(linked: Linked, index: int) -> str:
    constraint = linked.constraints[index]
    left = [name_of(linked.unknowns.every[i].key) for i, coefficient in constraint.terms if coefficient > 0]
    right = [name_of(linked.unknowns.every[i].key) for i, coefficient in constraint.terms if coefficient < 0]
    return f"{' + '.join(left)} {'=' if constraint.is_equation else '>='} {' + '.join(right) or '0'}"


def _merges(tables: tuple[Table, ...], about: list[Key]) -> Iterator[tuple[str, str, str]]:
    """(dimension, code, other code), the cells to blame first; only dimensions whose categories add up."""
    seen: dict[tuple[str, str, str], None] = {}
    dimensions = {each.name: each for table in tables for each in table.dimensions if each.partition}
    for _, pairs in about:
        for name, code in sorted(pairs):
            for other in dimensions[name].categories if name in dimensions else ():
                if other.code != code:
                    low, high = sorted((code, other.code))
                    seen.setdefault((name, low, high))
    yield from list(seen)[:MOST_TRIALS]


def merged(tables: tuple[Table, ...], name: str, code: str, other: str) -> tuple[Table, ...]:
    """The tables with two categories of a dimension taken together."""
    return tuple(_merged(table, name, code, other) for table in tables)


def _merged(table: Table, name: str, code: str, other: str) -> Table:
    axes = [axis for axis, dimension in enumerate(table.dimensions) if dimension.name == name]
    if not axes:
        return table
    axis, joint = axes[0], f"{code}+{other}"
    cells: dict[Codes, frozenset[Member]] = {}
    for codes, members in table.cells.items():
        address = (*codes[:axis], joint if codes[axis] in (code, other) else codes[axis], *codes[axis + 1 :])
        cells[address] = cells.get(address, frozenset()) | members
    dimensions = tuple(
        _joined(dimension, code, other, joint) if dimension.name == name else dimension
        for dimension in table.dimensions
    )
    return Table(table.spec, dimensions, cells)


def _joined(dimension: Dimension, code: str, other: str, joint: str) -> Dimension:
    kept = [each for each in dimension.categories if each.code not in (code, other)]
    return replace(dimension, categories=(*kept, Category(joint, joint)))


def beside_all(source: Source, failed: NotSafe, method: str | None) -> UnsafeTables:
    """The failure for what all publications tell together. It names a table and a kind of subtraction."""
    question = failed.question
    edition = next((each for each in source.editions if each.id == question.edition), None)
    place = Place(f"editions/{question.edition}.yaml") if edition is None else edition.place
    what = f"together with everything ever published, readers can work out {question.why}"
    return UnsafeTables(Problem(place, f"tables[{question.table}]", what, _cure_by(method)))


def in_turns(edition: Edition, method: str | None) -> UnsafeTables:
    """The failure for numbers that are safe by themselves or together with all others, but not both."""
    what = "no rounding was found that is safe by itself and together with everything ever published"
    return UnsafeTables(Problem(edition.place, "tables", what, _cure_by(method)))


def _cure_by(method: str | None) -> str:
    if method is None:
        return "ask for fewer tables, or for coarser categories"
    return f"write protection: {method} in every edition that is not published yet; that was tried and is safe"
