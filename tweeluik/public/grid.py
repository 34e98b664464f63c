"""A released table as a reader sees it: headings, rows and figures, with the total last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import ascii_lowercase

from tweeluik.public.figure import Figure, figure
from tweeluik.public.intervals import known
from tweeluik.public.words import words
from tweeluik.record.cell import TOTAL, Codes, Shown, Suppressed
from tweeluik.record.labels import TOTAL_LABEL
from tweeluik.record.model import Category, Dimension, Release, ReleasedTable
from tweeluik.words.dutch import day
from tweeluik.words.phrases import Words
from tweeluik.words.wording import multiples


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; `mark` is that of the note on its category, or nothing."""

    label: str
    figures: tuple[Figure, ...]
    is_total: bool
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A note on a category: the letter at the category's name, and what it says."""

    mark: str
    label: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table, ready for a page. The first dimension goes down, the second across; the total is always last."""

    release: Release
    table: ReleasedTable

    @property
    def words(self) -> Words:
        """The words of its edition."""
        return words(self.release)

    @property
    def caption(self) -> str:
        """What stands above the table: its title, what it counts, and what marks its numbers."""
        return self.words.text("text.caption", title=self.table.title, unit=self.unit, marks=self.rounding)

    @property
    def anchor(self) -> str:
        """The id of the table's section on its page."""
        return f"tabel-{self.table.id}"

    @property
    def unit(self) -> str:
        """What is counted, as a plural."""
        return self.words.noun(self.table.counts).other

    @property
    def rounding(self) -> str:
        """What follows a description of the numbers: that they are rounded, which day they reach, or nothing."""
        base, reaches = self.release.rounding_base, self.release.as_of
        rounded = "" if base is None else self.words.text("text.unit_rounded", multiples=multiples(self.words, base))
        if reaches is None:
            return rounded
        mark = self.words.text("text.as_of", day=day(reaches))
        return rounded + self.words.text("text.unit_as_of", as_of=mark)

    @property
    def corner(self) -> str:
        """The heading of the first column."""
        return self.words.noun(self.table.dimensions[0].name).one

    @cached_property
    def notes(self) -> tuple[Marked, ...]:
        """The notes on its categories, marked by letters: a figure at the name of a group looks like a number."""
        labels = {(side.name, each.code): each.label for side in self.table.dimensions for each in side.categories}
        return tuple(
            Marked(letters(at), labels[each.dimension, each.code], each.text)
            for at, each in enumerate(self.table.notes)
        )

    def mark(self, position: int, code: str) -> str:
        """The mark of a category of a dimension; nothing where there is no note on it."""
        about = (self.table.dimensions[position].name, code)
        found = zip(self.table.notes, self.notes, strict=True)
        return next((marked.mark for note, marked in found if (note.dimension, note.code) == about), "")

    @property
    def heading_marks(self) -> tuple[str, ...]:
        """The marks of `headings`."""
        if len(self.table.dimensions) == 1:
            return ("",)
        return tuple(self.mark(1, code) for code, _ in _lines(self.table.dimensions[1]))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the other columns."""
        if len(self.table.dimensions) == 1:
            return (self.words.text("text.count", unit=self.unit),)
        return tuple(label for _, label in _lines(self.table.dimensions[1]))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every line, the total last."""
        across = (
            ((),) if len(self.table.dimensions) == 1 else tuple((code,) for code, _ in _lines(self.table.dimensions[1]))
        )
        return tuple(
            Row(label, tuple(self.at((code, *rest)) for rest in across), code == TOTAL, self.mark(0, code))
            for code, label in _lines(self.table.dimensions[0])
        )

    def at(self, codes: Codes) -> Figure:
        """The figure at an address."""
        return figure(self.table.cells[codes], known(self.release).of(self.table, codes))

    @property
    def total(self) -> Figure:
        """The grand total."""
        return self.at((TOTAL,) * len(self.table.dimensions))

    def margin(self, position: int) -> tuple[tuple[Category, Figure], ...]:
        """The figure per category of one dimension, with the other dimensions at their total."""
        return tuple(
            (each, self.at(tuple(each.code if at == position else TOTAL for at in range(len(self.table.dimensions)))))
            for each in self.table.dimensions[position].categories
        )

    @cached_property
    def has_hidden(self) -> bool:
        """Whether any figure is not shown."""
        return any(isinstance(content, Suppressed) for content in self.table.cells.values())

    @cached_property
    def is_exact(self) -> bool:
        """Whether every number stands for itself."""
        return all(isinstance(content, Shown) for content in self.table.cells.values())

    @property
    def overlapping(self) -> tuple[str, ...]:
        """The dimensions whose categories do not add up to the total, as Dutch plurals."""
        return tuple(self.words.noun(each.name).inside.other for each in self.table.dimensions if not each.partition)


def letters(at: int) -> str:
    """A mark by its place: a to z, then aa."""
    before, last = divmod(at, len(ascii_lowercase))
    return (letters(before - 1) if before else "") + ascii_lowercase[last]


def _lines(dimension: Dimension) -> tuple[tuple[str, str], ...]:
    return (*((each.code, each.label) for each in dimension.categories), (TOTAL, TOTAL_LABEL))


@lru_cache(maxsize=64)
def grids(release: Release) -> tuple[Grid, ...]:
    """The tables of an edition, in their order."""
    return tuple(Grid(release, table) for table in release.tables)
