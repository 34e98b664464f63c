"""What a build made, in public numbers only, as lines for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

from tweeluik.checks.audit.widths import Widths
from tweeluik.problems import Place, Problem
from tweeluik.protection.agreement import Difference
from tweeluik.protection.cost import Cost
from tweeluik.protection.instead import Instead, is_much
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.source.page_text import PAGES
from tweeluik.words.said import Said, commas, number, said

_EXACT = Widths(None, 0.0)
"""Of a table that the audit had no question about."""


@dataclass(frozen=True, slots=True)
class TableSummary:
    """One table: how many of its cells are shown, not shown and rounded, and what that leaves its readers with.

    `closest`: how wide the narrowest interval of a number that is not exact is at least. `uncertainty`: the mean width
    over all cells, exact ones counting as 0; what protection costs in information.
    """

    id: str
    shown: int
    hidden: int
    rounded: int
    closest: int | None
    uncertainty: float

    @property
    def hides_much(self) -> bool:
        """Whether more than a fifth of its numbers is hidden."""
        return is_much(self.hidden, self.cells)

    @property
    def cells(self) -> int:
        """How many there are."""
        return self.shown + self.hidden + self.rounded


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """One edition and its tables. `notice_only`: the public learns that it is not published, and why.

    `published`: whether this version was. `withdrawn`: it takes the edition back. `is_late`: it was sent after the day
    that it was due, and does not say why. `cost` of what had to be hidden beside the sensitive numbers, the proven
    `bound` below it, and the `gap` between them as a part of the cost; None where nothing was hidden now.
    `instead`: what would show more, where much is hidden and somebody asked.
    """

    edition: str
    notice_only: bool
    status: str
    version: int
    protection: str
    tables: tuple[TableSummary, ...]
    published: bool = True
    withdrawn: bool = False
    is_late: bool = False
    cost: int | None = None
    bound: int | None = None
    gap: float | None = None
    instead: Instead | None = None

    @property
    def would_show_more(self) -> str:
        """What to do where much would be hidden."""
        if self.protection == "rounding":
            return "take small categories together with merge, or ask for other tables"
        if self.instead is None:
            return (
                "take small categories together with merge, or write protection: rounding; the command check tries both"
            )
        rounded = "write protection: rounding, which was tried and shows all numbers, rounded"
        if not self.instead.words:
            otherwise = "neither coarser categories nor protection: rounding shows more: ask for other tables"
            return rounded if self.instead.by_rounding else otherwise
        shown, cells = sum(table.shown for table in self.tables), sum(table.cells for table in self.tables)
        then = f"{self.instead.shown} of {self.instead.cells} numbers, now {shown} of {cells}"
        told = f"{self.instead.words}; that was tried and shows {then}"
        return f"{told}; or {rounded}" if self.instead.by_rounding else told


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole build. `bytes` is the size of all files together, `exceptions` what the search for names let pass.

    `concepts` are editions that only a preview shows; `differences` tell where the source says something else by now
    than what was published. `has_map`: the site knows its own address, and has a map for search engines.
    """

    editions: tuple[EditionSummary, ...]
    files: int
    bytes: int
    exceptions: int = 0
    concepts: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    has_map: bool = True
    dead_links: tuple[Place, ...] = ()
    """Where running text links to a page that the site does not have; told as warnings, and no part of the data."""

    def as_data(self) -> dict[str, object]:
        """For `--json`."""
        return {name: value for name, value in asdict(self).items() if name != "dead_links"}

    def doubts(self) -> Iterator[Problem]:
        """What is often not meant in what is not published yet."""
        yield from self.late_without_why()
        yield from self.hidden_much()
        for place in self.dead_links:
            yield Problem(place, "", "a link to a page that the site does not have", PAGES)

    def late_without_why(self) -> Iterator[Problem]:
        """Editions that are not published yet and too late, without a word of why."""
        for edition in (each for each in self.editions if each.is_late and not each.published):
            hint = "write `late`: in a sentence for readers, why"
            yield Problem(Place(f"editions/{edition.edition}.yaml"), "sent", "sent later than it was due", hint)

    def hidden_much(self) -> Iterator[Problem]:
        """Tables that are not published yet, of which readers would see too little."""
        for edition in (each for each in self.editions if not each.published):
            place = Place(f"editions/{edition.edition}.yaml")
            for table in (each for each in edition.tables if each.hides_much):
                what = "more than a fifth of the numbers would be hidden"
                yield Problem(place, f"tables[{table.id}]", what, edition.would_show_more)

    def as_lines(self) -> Iterator[str | Said]:
        """For a terminal."""
        for each in self.editions:
            yield said("{edition}: {about}", edition=each.edition, about=commas(_about(each)))
            width = max((len(table.id) for table in each.tables), default=0)
            for table in each.tables:
                yield said("{table}  {about}", table=f"{table.id:<{width}}", about=_table_line(table)).below()
        yield from (said("{edition}: concept, in the preview only", edition=each) for each in self.concepts)
        yield from self.differences
        if not self.has_map:
            yield "report.yaml has no base_url: no sitemap.xml, which needs whole addresses"
        yield commas(_all_files(self))


def summarise(
    releases: Sequence[Release],
    files: Mapping[str, bytes],
    widths: Mapping[tuple[str, str], Widths],
    costs: Mapping[str, Cost | None],
    *,
    instead: Mapping[str, Instead | None] = MappingProxyType({}),
    exceptions: int = 0,
    unpublished: Iterable[str] = (),
    concepts: Iterable[str] = (),
    differences: Iterable[Difference] = (),
    dead_links: Iterable[Place] = (),
) -> Summary:
    """Count what was made; `widths` are those of the audit, per (edition, table), `costs` and `instead` per edition."""
    waiting = frozenset(unpublished)
    editions = tuple(
        replace(
            _edition(release, widths, costs.get(release.edition)),
            published=release.edition not in waiting,
            instead=instead.get(release.edition),
        )
        for release in releases
    )
    told = tuple(map(str, differences))
    return Summary(
        editions, len(files), sum(map(len, files.values())), exceptions, tuple(concepts), told, "sitemap.xml" in files,
        tuple(dead_links),
    )  # fmt: skip


def _edition(release: Release, widths: Mapping[tuple[str, str], Widths], cost: Cost | None) -> EditionSummary:
    made = EditionSummary(
        edition=release.edition,
        notice_only=release.notice is not None,
        status=release.status,
        version=release.version,
        protection=release.protection,
        withdrawn=release.withdrawal is not None,
        is_late=_is_late(release),
        tables=tuple(_table(table, widths.get((release.edition, table.id), _EXACT)) for table in release.tables),
    )
    return made if cost is None else replace(made, cost=cost.weight, bound=cost.bound, gap=round(cost.gap, 4))


def _is_late(release: Release) -> bool:
    """Whether it was sent after the day that it was due, without a word of why."""
    return bool(release.due and release.sent and release.sent > release.due and not release.late)


def _table(table: ReleasedTable, widths: Widths) -> TableSummary:
    count = _count(table.cells.values())
    return TableSummary(table.id, count[Shown], count[Suppressed], count[Rounded], widths.closest, widths.mean)


def _count(cells: Iterable[Content]) -> dict[type[Content], int]:
    kinds = [type(cell) for cell in cells]
    return {kind: kinds.count(kind) for kind in (Shown, Suppressed, Rounded)}


def _about(edition: EditionSummary) -> Iterator[Said]:
    if edition.notice_only:
        yield said("for inspection, a notice only")
    else:
        yield said(edition.status)
        yield said("version {number}", number=edition.version)
    if edition.withdrawn:
        yield said("takes the edition back")
    if not edition.published:
        yield said("not published yet")
    if edition.tables:
        yield said(edition.protection)
        yield from _hidden(edition)
        yield from _proof(edition)
    elif not edition.notice_only and not edition.withdrawn:
        yield said("no tables")


def _hidden(edition: EditionSummary) -> Iterator[Said]:
    cells = sum(table.cells for table in edition.tables)
    yield said("{number} cells", number=cells)
    hidden = sum(table.hidden for table in edition.tables)
    if edition.protection == "suppression" or hidden:
        yield said("{number} hidden", number=f"{hidden / cells:.0%}")


def _proof(edition: EditionSummary) -> Iterator[Said]:
    if edition.gap == 0:
        yield said("proven least")
    elif edition.gap is not None and edition.cost is not None and edition.bound is not None:
        what = "cost {cost}, at least {bound} is needed (gap {gap}%)"
        gap = number(100 * edition.gap, 1)
        yield said(what, cost=number(edition.cost), bound=number(edition.bound), gap=gap)


def _table_line(table: TableSummary) -> Said:
    counts = (("{number} shown", table.shown), ("{number} rounded", table.rounded), ("{number} hidden", table.hidden))
    told = commas(said(what, number=count) for what, count in counts if count)
    if table.closest is None:
        return told
    what = "{counts}; closest interval at least {closest} wide, {mean} on average"
    return said(what, counts=told, closest=table.closest, mean=number(table.uncertainty, 1))


def _all_files(summary: Summary) -> Iterator[Said]:
    yield said("{number} files", number=summary.files)
    yield said("{size} kB", size=number(summary.bytes / 1000))
    if summary.exceptions == 1:
        yield said("1 exception to what is withheld")
    elif summary.exceptions:
        yield said("{number} exceptions to what is withheld", number=summary.exceptions)
