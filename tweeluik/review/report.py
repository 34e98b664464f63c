"""The change report: what a lawyer reads who installs nothing, as a page or as a tagged PDF. One digest at its foot.

The public variant holds what everybody may see who may see the new version; the whole one also names organisations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path

from tweeluik.record.cell import Rounded, Suppressed
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.review.changes import Changes, FileChange, find_files
from tweeluik.review.facts import Facts
from tweeluik.review.pages import NewPage, PageChange, find_page_changes, read_new_page
from tweeluik.review.rendering import render_html, render_pdf
from tweeluik.review.subject import Subject
from tweeluik.words import dutch
from tweeluik.words.reviewing import REVIEW
from tweeluik.words.wording import STATUSES

HTML, PDF = "rapport.html", "rapport.typ"
_GROUP = 8


@dataclass(frozen=True, slots=True, repr=False)
class Reported:
    """What a report is made of: a version on its way out, the site as it stands and as it will be.

    `names_gone`: who stood in the version before by name, and does not any more.
    """

    release: Release
    facts: Facts
    subject: Subject
    needed: int
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    names_gone: frozenset[str] = frozenset()


def render_report(reported: Reported, templates: Path, *, as_pdf: bool, is_public: bool) -> bytes:
    """The bytes of the report; the same for the same release.

    Raises:
        SourceHasProblems: a template is missing or wrong.
    """
    words = wording(reported, is_public=is_public)
    if as_pdf:
        return render_pdf(templates, PDF, words, reported.subject.day)
    return render_html(templates, HTML, words)


def wording(reported: Reported, *, is_public: bool) -> dict[str, object]:
    """What the templates may use, in words."""
    release, facts, subject = reported.release, reported.facts, reported.subject
    changes = replace(facts.changes, files=tuple(find_files(reported.before, reported.after)))
    return {
        "title": release.title,
        "publisher": release.colophon.publisher,
        "edition": release.edition,
        "version": release.version,
        "status": STATUSES[release.status],
        "period": dutch.period(release.period_from, release.period_until),
        "day": dutch.day(subject.day),
        "is_public": is_public,
        "summary": list(_summary(changes, release)),
        "facts": [asdict(each) for each in changes.facts],
        "tables": [asdict(each) for each in changes.tables],
        "numbers": [_overview(each) for each in release.tables],
        "cells": _by_table(changes),
        "pages": [
            asdict(_without(each, reported.names_gone) if is_public else each)
            for each in _pages(reported, changes.files)
        ],
        "new_pages": [asdict(each) for each in _new_pages(reported, changes.files)],
        "files": [asdict(each) for each in changes.files if not _is_changed_page(each)],
        "compared": "" if is_public else facts.compared,
        "moved": [] if is_public else [asdict(each) for each in facts.moved],
        "checklist": [] if is_public else [asdict(each) for each in facts.checklist],
        "to_look_at": 0 if is_public else sum(each.needs_attention for each in facts.checklist),
        "needed": reported.needed,
        "digest": in_groups(subject.digest),
        "record": in_groups(subject.record),
    }


def in_groups(digest: str) -> str:
    """A digest that a person can compare, in groups."""
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))


def _summary(changes: Changes, release: Release) -> Iterator[str]:
    if changes.before is None:
        yield _said("new")
    elif changes.are_none:
        yield _said("same", version=str(changes.before))
    else:
        yield _said("replaces", version=str(changes.before))
    cells = len(changes.cells)
    yield from _notes(release)
    if cells:
        yield _said(dutch.plural(cells, "cell", "cells"), count=str(cells))
    if changes.names_new:
        yield _said(dutch.plural(changes.names_new, "name_new", "names_new"), count=str(changes.names_new))
    if changes.names_gone:
        yield _said(dutch.plural(changes.names_gone, "name_gone", "names_gone"), count=str(changes.names_gone))


def _notes(release: Release) -> Iterator[str]:
    """What the edition itself says of this version."""
    for each in release.corrections:
        if each.version == release.version:
            yield _said("withdrawn" if each.withdraws else "corrected", note=each.note)
    if release.late:
        yield _said("late", why=release.late)


def _said(key: str, **given: str) -> str:
    return REVIEW.text(f"summary.{key}", **given)


def _overview(table: ReleasedTable) -> dict[str, object]:
    cells = list(table.cells.values())
    hidden = sum(isinstance(each, Suppressed) for each in cells)
    rounded = sum(isinstance(each, Rounded) for each in cells)
    return {"title": table.title, "exact": len(cells) - hidden - rounded, "rounded": rounded, "hidden": hidden}


def _by_table(changes: Changes) -> list[dict[str, object]]:
    groups = groupby(changes.cells, key=lambda each: (each.table, each.title))
    return [{"title": title, "rows": [asdict(each) for each in rows]} for (_, title), rows in groups]


def _without(page: PageChange, names: frozenset[str]) -> PageChange:
    """A page's change for everybody: a name that goes was public, and who tells of it again makes it so anew."""
    texts = page.texts
    for name in sorted(names, key=lambda each: (-len(each), each)):
        texts = tuple((was.replace(name, "…"), becomes) for was, becomes in texts)
    return replace(page, texts=texts)


def _is_changed_page(change: FileChange) -> bool:
    return change.what == "anders" and change.path.endswith(".html")


def _new_pages(reported: Reported, files: tuple[FileChange, ...]) -> Iterator[NewPage]:
    """The page of an edition that readers did not know: all of it is new to them."""
    path = f"edities/{reported.release.edition}/index.html"
    if any(each.path == path and each.what == "nieuw" for each in files):
        yield read_new_page(path, reported.after[path])


def _pages(reported: Reported, files: tuple[FileChange, ...]) -> Iterator[PageChange]:
    """A version that gets an address of its own is laid beside the page on which readers knew it."""
    edition, version = reported.release.edition, reported.facts.changes.before
    moved = {f"edities/{edition}/versie-{version}/index.html": f"edities/{edition}/index.html"}
    for each in files:
        if _is_changed_page(each):
            before = reported.before[moved.get(each.path, each.path)]
            yield find_page_changes(each.path, before, reported.after[each.path])
