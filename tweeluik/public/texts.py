"""Explanations that the page and the annex share, in the words of an edition."""

from __future__ import annotations

from typing import Literal

from tweeluik.public.grid import Grid
from tweeluik.public.words import words, words_of
from tweeluik.record.cell import Suppressed
from tweeluik.record.model import Publication, Release
from tweeluik.words.dutch import day, period
from tweeluik.words.wording import multiples


def as_of(release: Release) -> str:
    """Which day the numbers reach, when that is not simply the end of the period; nothing when they are final."""
    return "" if release.as_of is None else words(release).text("text.as_of", day=day(release.as_of))


def when(release: Release) -> str:
    """The period of a version in words, with the day that its numbers reach when it is not whole."""
    mark = as_of(release)
    told = period(release.period_from, release.period_until)
    return f"{told}, {mark}" if mark else told


def too_few(release: Release) -> str:
    """Why an edition has no table."""
    return words(release).text("text.too_few")


def unpublished(publication: Publication) -> str:
    """In every file about an edition that only a preview shows."""
    return words_of(publication).text("text.unpublished")


def who_counts(release: Release) -> str:
    """The test that decides who is in the edition's population."""
    kind = "agenda" if release.population == "agenda-partners" else "conversations"
    return words(release).text(f"text.who_{kind}")


def left_out(release: Release) -> tuple[str, ...]:
    """Who and what does not count."""
    said = words(release)
    agenda = ("not_outside",) if release.population == "agenda-partners" else ()
    return tuple(said.text(f"text.{each}") for each in ("not_governments", "not_persons", "not_advised", *agenda))


def how_to_read(release: Release, where: Literal["behind", "beside"] = "behind") -> str:
    """What a number, or its absence, means in this edition; its range stands behind it, or in a column beside it."""
    said, base = words(release), release.rounding_base
    place = said.text(f"text.where_{where}")
    if base is not None:
        less = str(base - 1)
        rounded = said.text(
            "text.read_rounded_hidden" if hides(release) else "text.read_rounded",
            multiples=multiples(said, base),
            base=str(base),
            less=less,
            where=place,
        )
        return f"{rounded} {exact_beside(release)}".rstrip()
    if not hides(release):
        return said.text("text.read_exact")
    hidden = said.text("text.read_hidden", less=str(release.threshold - 1), where=place)
    return f"{hidden} {said.text('text.read_hidden_named')}" if tells_of_named(release) else hidden


def tells_of_named(release: Release) -> bool:
    """Whether any number that is not exact tells at least who is in it by name."""
    return any(table.named for table in release.tables)


def exact_beside(release: Release) -> str:
    """Why not every rounded number of partners is a multiple: who is known by name is added to it, 20 and 1 is 21."""
    base, said = release.rounding_base, words(release)
    if base is None or not release.named:
        return ""
    return said.text("text.read_rounded_named", multiples=multiples(said, base))


def hides(release: Release) -> bool:
    """Whether any number of an edition is not shown."""
    return any(isinstance(each, Suppressed) for table in release.tables for each in table.cells.values())


def way_of_protecting(release: Release) -> str:
    """How an edition's numbers were protected, in a few words."""
    said, base = words(release), release.rounding_base
    if base is None:
        return said.text("text.exact" if hides(release) else "text.exact_all")
    key = "text.some_rounded" if hides(release) else "text.all_rounded"
    return said.text(f"{key}_named" if release.named else key, multiples=multiples(said, base))


def withholds(release: Release) -> bool:
    """Whether an edition by rounding does not show some numbers."""
    return release.rounding_base is not None and hides(release)


def about_figures(release: Release) -> tuple[tuple[str, str], ...]:
    """Of which day an edition's numbers are, how they were protected, from how many organisations on and why; limits.

    Nothing when there are none.
    """
    if not release.tables:
        return ()
    said = words(release)
    return (
        (said.text("fact.reference_date"), said.text("fact.reference_date_text", day=day(release.reaches))),
        (said.text("fact.protection"), way_of_protecting(release)),
        (said.text("fact.threshold"), said.text("fact.threshold_text", threshold=str(release.threshold))),
        (said.text("fact.ground"), f"{release.colophon.threshold_source.rstrip('.')}."),
        (said.text("fact.limit"), said.text("fact.limit_text")),
    )


def overlap(grid: Grid) -> str | None:
    """Why the groups of a table do not add up to its total; None when they do."""
    if not grid.overlapping:
        return None
    said = grid.words
    sides = [said.noun(each.name).inside.one for each in grid.table.dimensions if not each.partition]
    groups = said.text("text.and").join(grid.overlapping)
    return said.text(f"text.overlap_{grid.table.counts}", which=said.text("text.or").join(sides), groups=groups)


def told_notes(grid: Grid) -> tuple[tuple[str, str], ...]:
    """The notes below a table, each behind its mark and the name of its category; that on the table has no mark."""
    whole = () if grid.table.note is None else (("", f"{grid.words.text('text.note')}: {grid.table.note}"),)
    return (*whole, *((each.mark, f"{each.label}: {each.text}") for each in grid.notes))


def citation(publication: Publication, release: Release) -> str:
    """How to refer to a version in one line: of the year in which it was published, or is to be."""
    entry = publication.entry(release)
    year = (entry.day if entry else release.sent or release.due or release.period_until).year
    place = f" {publication.base_url}{permanent_folder(release)}" if publication.base_url else ""
    return words(release).text(
        "text.citation",
        publisher=release.colophon.publisher,
        year=str(year),
        title=release.title,
        version=which_version(publication, release),
        place=place,
    )


def status(publication: Publication, release: Release) -> str:
    """The key of what a version is to readers: what takes an edition back is that, whatever else it is."""
    return "withdrawn" if release.withdrawal is not None else publication.status(release)


def which_version(publication: Publication, release: Release) -> str:
    """The version in words, and what it is as long as it is not final: `versie 1 (voorlopig, stand per …)`."""
    said, now = words(release), status(publication, release)
    marks = [] if now == "final" else [said.text(f"status.{now}").lower()]
    told = ", ".join((*marks, *filter(None, [as_of(release)])))
    version = str(release.version)
    return (
        said.text("text.version_marked", version=version, marks=told)
        if told
        else said.text("text.version", version=version)
    )


def folder_of(publication: Publication, release: Release) -> str:
    """Where the files of a version stand below `site/`, ending in a slash."""
    return permanent_folder(release) if release in publication.superseded else f"edities/{release.edition}/"


def permanent_folder(release: Release) -> str:
    """Where a version is found for ever. As long as it is the newest, there is a page there that leads to it."""
    return f"edities/{release.edition}/versie-{release.version}/"
