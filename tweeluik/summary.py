"""What a build made, in public numbers only, as lines for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from tweeluik.cell import Rounded, Shown, Suppressed
from tweeluik.record import Release


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """One edition: its tables, and how many of their cells are shown, not shown and rounded. All 0: a notice only."""

    edition: str
    status: str
    version: int
    protection: str
    tables: int
    shown: int
    hidden: int
    rounded: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole build. `bytes` is the size of all files together."""

    editions: tuple[EditionSummary, ...]
    files: int
    bytes: int

    def as_data(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)

    def as_lines(self) -> Iterator[str]:
        """For a terminal."""
        width = max((len(each.edition) for each in self.editions), default=0)
        for each in self.editions:
            yield f"{each.edition:<{width}}  {_cells(each)}"
        yield f"{self.files} files, {_size(self.bytes)}"


def summarise(releases: Sequence[Release], files: Mapping[str, bytes]) -> Summary:
    """Count what was made."""
    return Summary(tuple(map(_edition, releases)), len(files), sum(map(len, files.values())))


def _edition(release: Release) -> EditionSummary:
    cells = [content for table in release.tables for content in table.cells.values()]
    count = {kind: sum(isinstance(each, kind) for each in cells) for kind in (Shown, Suppressed, Rounded)}
    return EditionSummary(
        edition=release.edition,
        status=release.status,
        version=release.version,
        protection=release.protection,
        tables=len(release.tables),
        shown=count[Shown],
        hidden=count[Suppressed],
        rounded=count[Rounded],
    )


def _cells(edition: EditionSummary) -> str:
    if not edition.tables:
        return "not published: a notice only"
    total = edition.shown + edition.hidden + edition.rounded
    parts = [f"{edition.shown} shown"] if edition.shown else []
    parts += [f"{edition.rounded} rounded"] if edition.rounded else []
    parts += [f"{edition.hidden} hidden ({edition.hidden / total:.0%})"] if edition.hidden else []
    return f"{edition.status}, {edition.tables} tables, {total} cells: {', '.join(parts)}"


def _size(size: int) -> str:
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
