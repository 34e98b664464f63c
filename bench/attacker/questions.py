"""What to ask: every published number, and what follows from labels by subtraction, overlap and conjunction.

The judge, who knows the truth, asks only where the answer is small: others give nobody away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from random import Random

from bench.attacker.published import Label, parts
from bench.attacker.space import Literal, Question, Space, Statement, View

PARTITIONS = {"partners": ("kind", "region", "first_year"), "conversations": ("form",)}


def published(space: Space) -> Iterator[Question]:
    """Every number that stands in a publication."""
    for n, view in enumerate(space.views):
        for label in _labels(view):
            yield frozenset({Literal(Statement(n, view.rows[label]))})


def following(space: Space) -> Iterator[Question]:
    """What a reader thinks of first: rests, levels, overlaps, several of a dimension; joiners and leavers."""
    for n, view in enumerate(space.views):
        labels = list(_labels(view))
        for one, other in combinations(labels, 2):
            if _exclude(one, other):
                continue
            yield from (_asked((n, view, one, True), (n, view, other, holds)) for holds in (True, False))
            yield _asked((n, view, one, False), (n, view, other, True))
        for row in (row for row in view.rows if isinstance(row, str) and row.startswith("in ")):
            several = Literal(Statement(n, view.rows[row]))
            yield from (frozenset({several, Literal(Statement(n, view.rows[label]))}) for label in labels)
            if (every := _everyone(view)) is not None:
                yield frozenset({Literal(several.statement, holds=False), Literal(Statement(n, view.rows[every]))})
    yield from _over_time(space)


def _exclude(one: Label, other: Label) -> bool:
    """Whether nobody is in both: another kind, region or first year. Then their conjunctions say nothing new."""
    codes = dict(one.pairs)
    partitions = PARTITIONS[one.counts]
    return any(name in partitions and codes.get(name, code) != code for name, code in other.pairs)


def _over_time(space: Space) -> Iterator[Question]:
    for (n, one), (m, other) in permutations(enumerate(space.views), 2):
        every = _everyone(other)
        for label in _labels(one):
            for there in (each for each in _labels(other) if each == every or _is_alike(each, label)):
                yield _asked((n, one, label, True), (m, other, there, False))


def _is_alike(one: Label, other: Label) -> bool:
    """Whether two labels are the same, but for what one publication takes together and the other tells in parts."""
    names, others = dict(one.pairs), dict(other.pairs)
    alike = one.counts == other.counts and names.keys() == others.keys()
    return alike and all(not set(parts(code)).isdisjoint(parts(others[name])) for name, code in names.items())


def by_chance(space: Space, seed: int, number: int) -> Iterator[Question]:
    """Conjunctions of two or three published labels of any publications, present or absent, one present at least."""
    chance = Random(seed)
    every = [(n, view, label) for n, view in enumerate(space.views) for label in _labels(view)]
    for _ in range(number if every else 0):
        size = chance.choice((2, 3, 3))
        holds = [True, *(chance.random() < 0.5 for _ in range(size - 1))]
        yield _asked(*((*chance.choice(every), each) for each in holds))


def _labels(view: View) -> Iterator[Label]:
    return (label for label in view.rows if isinstance(label, Label))


def _everyone(view: View) -> Label | None:
    return next((label for label in _labels(view) if not label.pairs), None)


def _asked(*parts: tuple[int, View, Label, bool]) -> Question:
    return frozenset(Literal(Statement(n, view.rows[label]), holds) for n, view, label, holds in parts)


def groups(space: Space) -> Iterator[tuple[Question, Question]]:
    """(all of a label, those of it outside one category of a dimension): nobody outside tells what all are."""
    for n, view in enumerate(space.views):
        for label in _labels(view):
            for other in _labels(view):
                if len(other.pairs) == 1 and label.pairs and other.pairs[0][0] not in {name for name, _ in label.pairs}:
                    yield _asked((n, view, label, True)), _asked((n, view, label, True), (n, view, other, False))


def describe(space: Space, question: Question) -> str:
    """A question in words."""
    said = []
    for literal in sorted(question, key=lambda each: (each.statement.view, each.statement.row)):
        view = space.views[literal.statement.view]
        name = next(name for name, row in view.rows.items() if row == literal.statement.row)
        said.append(f"{'' if literal.holds else 'not '}[{name}] in {view.sight.publication.name}")
    return " and ".join(said)


def hidden(space: Space, question: Question) -> bool:
    """Whether the question is a single published number that is not shown at all."""
    if len(question) != 1:
        return False
    (literal,) = question
    view = space.views[literal.statement.view]
    labels: Sequence[Label] = [each for each in view.rows if isinstance(each, Label)]
    return any(
        view.rows[each] == literal.statement.row and view.sight.publication.cells[each].silent for each in labels
    )
