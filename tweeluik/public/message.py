"""What one table says, in a sentence that claims nothing that its published figures do not show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid
from tweeluik.record.model import Category
from tweeluik.words.dutch import plural
from tweeluik.words.phrases import Noun, Words

Sentence = tuple[str | Figure, ...]
"""Text and figures in turn, so that a page can mark every published number as data."""


def plain(sentence: Sentence) -> str:
    """A sentence as text; a number that is not exact with its range."""
    return "".join(part.full if isinstance(part, Figure) else part for part in sentence)


def about(figure: Figure, said: Words) -> str:
    """The word before a rounded number."""
    return said.text("point.about") if figure.status == "rounded" else ""


def is_surely_more(left: Figure, right: Figure) -> bool:
    """Whether every number that `left` can stand for is greater than every number that `right` can stand for."""
    return right.high is not None and left.low > right.high


def message(grid: Grid, sides: int | None = None) -> Sentence | None:
    """How many are new when the table is about that, otherwise which groups are the largest; None: neither is sure.

    `sides`: how many of its dimensions it is about, as a drawing may show the first alone; None: all.
    """
    said = _newest(grid, sides)
    if said is not None:
        return said
    found = largest(grid)
    return None if found is None else _largest(grid, found.top, among_shown=found.among_shown)


MOST_NAMED = 2
"""Categories that a message names: a third is no message any more."""

Named = tuple[Category, Figure]


@dataclass(frozen=True, slots=True)
class Largest:
    """One or two categories with more than all others, or than all others that are shown."""

    top: tuple[Named, ...]
    among_shown: bool


def largest(grid: Grid) -> Largest | None:
    """The largest categories of the first dimension; None when the intervals of the figures do not prove it.

    None too when nothing is in any other: of one group alone, or of two, there is no largest.
    """
    margin = sorted(grid.margin(0), key=_largest_first)
    seen = [each for each in margin if each[1].value]
    hidden = [each for each in margin if each[1].value is None]
    zero = [each for each in margin if each[1].value == 0]
    for count in range(1, min(MOST_NAMED, len(seen)) + 1):
        top, rest = seen[:count], [*seen[count:], *zero]
        if _are_surely_more(top, rest):
            among_shown = not _are_surely_more(top, hidden)
            if any(each.high != 0 for _, each in rest) or (hidden and not among_shown):
                return Largest(tuple(top), among_shown)
    return None


def _are_surely_more(top: Sequence[Named], rest: Sequence[Named]) -> bool:
    return all(is_surely_more(one, other) for _, one in top for _, other in rest)


def _largest_first(each: Named) -> int:
    return -(each[1].value or 0)


def _newest(grid: Grid, sides: int | None) -> Sentence | None:
    """How many there are in the last year of a table by first year: its categories stand in the order of years."""
    for position, dimension in enumerate(grid.table.dimensions[:sides]):
        if dimension.name == "first_year":
            category, seen = grid.margin(position)[-1]
            if seen.value is not None and grid.total.value is not None:
                key = plural(seen.value, "point.newest_one", "point.newest")
                return grid.words.parts(
                    key, year=category.code, about=about(seen, grid.words), new=seen,
                    about_total=about(grid.total, grid.words), total=grid.total, noun=noun_of(grid.total, grid),
                )  # fmt: skip
    return None


def _largest(grid: Grid, top: Sequence[Named], *, among_shown: bool) -> Sentence:
    shown, said = "_shown" if among_shown else "", grid.words
    side = said.noun(grid.table.dimensions[0].name).inside.one
    (first, figure), *others = top
    all_ = first.plural
    if not others:
        named = {"label": first.label} if all_ is None else {"all": capitalised(all_)}
        return said.parts(
            f"point.largest{shown}" if all_ is None else f"point.largest_plural{shown}", side=side,
            about=about(figure, said), figure=figure, noun=noun_of(figure, grid), **named,
        )  # fmt: skip
    second, other = others[0]
    key, named = f"point.two{shown}", {"first": first.label, "second": second.label}
    if all_ is not None and second.plural is not None:
        key, named = f"point.two_plural{shown}", {"all": capitalised(all_), "others": second.plural}
    return said.parts(
        key, side=side, about=about(figure, said), figure=figure, about_second=about(other, said), other=other,
        noun=noun_of(other, grid), **named,
    )  # fmt: skip


def noun_of(figure: Figure, grid: Grid) -> str:
    """The word for what a table counts, in the form that goes with a number."""
    return form_of(grid.words.noun(grid.table.counts), figure)


def form_of(noun: Noun, figure: Figure) -> str:
    """The form of a word that goes with a number; of one that is not known the plural."""
    return noun.other if figure.value is None else plural(figure.value, noun.one, noun.other)


def capitalised(text: str) -> str:
    """A text at the beginning of a sentence."""
    return text[:1].upper() + text[1:]
