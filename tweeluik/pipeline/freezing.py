"""What `publish` freezes: one version more, made and checked as the site that will show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from tweeluik.disk.folders import need_templates
from tweeluik.door.release import imprint, salt, withdrawn_names
from tweeluik.pipeline.border import warm
from tweeluik.pipeline.content import Content, Examine, accept, read_unadopted
from tweeluik.pipeline.publishing import Seal, adopt, remember, strike_names
from tweeluik.pipeline.steps import Made, Progress, make_of, silent
from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.protection.agreement import differences
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.log import head
from tweeluik.record.model import Entry, Release
from tweeluik.record.register import FOLDER, Published, file_of
from tweeluik.selection.microdata import microdata, serialise
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import Unseal
from tweeluik.source.records import Edition, Source


@dataclass(frozen=True, slots=True, repr=False)
class Frozen:
    """The register as it is to be. `release` is None when there was nothing to freeze that was not there already.

    `adopted`: how many versions from before the log got a line in it; `struck`: how many names went from earlier
    versions, because their consent was withdrawn.
    """

    edition: str
    published: Published
    release: Release | None = None
    adopted: int = 0
    struck: int = 0

    @property
    def entry(self) -> Entry:
        """The line in the log of what was frozen, or was there already."""
        return next(each for each in reversed(self.published.log) if each.edition == self.edition)

    def as_lines(self, *, dry_run: bool) -> Iterator[str]:
        """For a terminal."""
        would, entry = "would be" if dry_run else "is", self.entry
        if self.adopted:
            yield f"{self.adopted} version{'s' if self.adopted > 1 else ''} from before the log {would} in it now"
        if self.release is None:
            yield f"version {entry.version} of {entry.edition} has been published already, on {entry.day}"
            return
        place = f"{FOLDER}/{entry.edition}"
        yield f"version {entry.version} of {entry.edition}, {entry.status}, {would} frozen in {place}, on {entry.day}"
        yield f"publication {entry.number}; the record has SHA-256 {entry.record}, the log {head(self.published.log)}"
        if self.struck:
            names = (
                "names of organisations that withdrew their"
                if self.struck > 1
                else "name of an organisation that withdrew its"
            )
            yield f"{self.struck} {names} consent {would} struck from earlier versions"

    def as_data(self) -> dict[str, object]:
        """For `--json`."""
        entry = self.entry
        return {
            "edition": entry.edition,
            "version": entry.version,
            "status": entry.status,
            "day": entry.day.isoformat(),
            "number": entry.number,
            "record": file_of(entry.edition, entry.version),
            "digest": entry.record,
            "head": head(self.published.log),
            "new": self.release is not None,
            "adopted": self.adopted,
            "names_struck": self.struck,
        }


def make_publication(
    content: Path, templates: Path, *, edition: str, day: date | None = None, provisional: bool = False,
    seal: Seal | None = None, unseal: Unseal | None = None, examine: Examine = accept, progress: Progress = silent,
) -> Frozen:  # fmt: skip
    """The register with the next version of an edition, after every check of the site that will show it.

    Args:
        content: The content folder; nothing is written.
        templates: The folder of the templates.
        edition: Its id.
        day: Of the publication, where the edition does not say it.
        provisional: That it is a concept, and is to be known for ever all the same.
        seal: Seals the memory, where the source is kept sealed.
        unseal: Opens the files of the source that are kept sealed.
        examine: Looks at the source first.
        progress: Is told of every step.

    Raises:
        WrongUsage: there is no such edition, it is not in the state that was asked for, or its day is not known.
        BuildFailed: as `make_site`.
    """
    need_templates(templates, "public")
    warm()
    progress("reading the source")
    given, source = _with_source(read_unadopted(content, unseal=unseal, examine=examine))
    seen = given.published
    adopted = len(list(_versions(seen))) if seen.is_older_than_the_log else 0
    if adopted:
        key = secret_of(source)
        given = replace(given, published=adopt(seen, imprint(source), partial(salt, key), day))
        given = replace(given, published=_with_memories(given, source, seal))
    asked = _find(source, edition, provisional=provisional)
    if not _is_open(given, asked):
        return Frozen(edition, given.published, adopted=adopted)
    made = make_of(given, templates, progress).with_editions((asked,), day)
    return _freeze(made, source, seal, adopted)


def _with_memories(given: Content, source: Source, seal: Seal | None) -> Published:
    """An adopted register, with the memories of those versions that the source still says the same of."""
    published, register = given.published, given.published.register
    changed = {each.edition for each in differences(source, register)}
    for edition in source.editions:
        versions = register.get(edition.id, ())
        last = versions[-1:]
        if any(each.tables and each.version == edition.version for each in last) and edition.id not in changed:
            memory = serialise(microdata(source, select(source, edition), secret_of(source)))
            published = remember(published, versions[-1], memory, seal)
    return published


def _freeze(made: Made, source: Source, seal: Seal | None, adopted: int) -> Frozen:
    (release,), (protected,) = made.releases, made.protected
    published = made.published
    if release.tables:
        published = remember(published, release, _memory(source, protected), seal)
    published, struck = strike_names(published, release.edition, withdrawn_names(source, release.edition))
    return Frozen(release.edition, published, release, adopted, struck)


def _memory(source: Source, protected: ProtectedEdition) -> bytes:
    return serialise(microdata(source, protected.selection, secret_of(source)))


def _versions(published: Published) -> Iterator[Release]:
    return (release for versions in published.register.values() for release in versions)


def _with_source(given: Content) -> tuple[Content, Source]:
    if given.source is None:
        hint = "restore the source of the edition that is to be published"
        raise WrongUsage(Problem(Place("editions"), "", "there is nothing to publish but records", hint))
    return given, given.source


def _find(source: Source, asked: str, *, provisional: bool) -> Edition:
    found = next((each for each in source.editions if each.id == asked), None)
    if found is None:
        hint = f"the source has {', '.join(each.id for each in source.editions)}"
        raise WrongUsage(Problem(Place("editions"), "", "there is no such edition", hint))
    place = Place(f"editions/{asked}.yaml")
    if found.status == "concept" and not provisional:
        hint = "make the status final first, or publish it on purpose with --provisional: then it is known for ever"
        raise WrongUsage(Problem(place, "status", "a concept is not published", hint))
    if found.status == "final" and provisional:
        raise WrongUsage(Problem(place, "status", "a final edition is not provisional", "leave --provisional out"))
    return found


def _is_open(given: Content, edition: Edition) -> bool:
    """Whether there is anything to freeze: a candidate, or a concept whose edition was not final before."""
    return edition in (*given.candidates, *given.concepts)
