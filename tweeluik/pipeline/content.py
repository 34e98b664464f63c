"""The first step of every build: what was published, what is public as it stands, and the source if it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.checks.guard.exemptions import Exemption
from tweeluik.problems import Place, Problem, RegisterNotWhole, SourceHasProblems
from tweeluik.protection.agreement import is_candidate, is_concept, numbered
from tweeluik.protection.rejoining import rejoin
from tweeluik.record.register import ADOPT, FOLDER, LOG, RESTORE, Published, read_published
from tweeluik.selection.microdata import Microdata, NotMicrodata, parse
from tweeluik.selection.notes import find_lost_notes
from tweeluik.source.exemptions import read_exceptions
from tweeluik.source.inventory import CannotUnseal, Unseal
from tweeluik.source.load import find_unpublished, is_public_only, read_shell, read_source
from tweeluik.source.loading import Parsed
from tweeluik.source.records import Edition, Shell, Source

if TYPE_CHECKING:
    from tweeluik.protection.beside import Memories

Examine = Callable[[Source, Published], object]
"""A look at the whole source and register before anything is made of them; raises `BuildFailed` to stop."""


def accept(_source: Source, _published: Published) -> None:
    """An examination that everything passes."""


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """All of `content/`. Without a `source` only what was published can be rendered."""

    published: Published
    shell: Shell
    source: Source | None = None
    memories: Memories = field(default_factory=dict)
    exceptions: tuple[Exemption, ...] = ()

    @property
    def candidates(self) -> tuple[Edition, ...]:
        """Editions that are final and not yet published."""
        editions = () if self.source is None else self.source.editions
        return tuple(each for each in editions if is_candidate(each, self.published.register))

    @property
    def concepts(self) -> tuple[Edition, ...]:
        """Editions that are still being made."""
        editions = () if self.source is None else self.source.editions
        return tuple(each for each in editions if is_concept(each, self.published.register))


def read_content(
    content: Path, *, unseal: Unseal | None = None, examine: Examine = accept, known: Parsed | None = None,
    before: Content | None = None,
) -> Content:  # fmt: skip
    """Everything that a build starts from; `known` as `read_source`.

    `before`: what was read when the register was the same, for whoever knows that no file of it was touched since.

    Raises:
        RegisterNotWhole: what was published is not whole, or from before the log.
        SourceHasProblems: the source is not what its format asks, or a memory cannot be opened.
    """
    found = read_unadopted(content, unseal=unseal, examine=examine, known=known, before=before)
    if found.published.is_older_than_the_log:
        raise RegisterNotWhole(Problem(Place(f"{FOLDER}/{LOG}"), "", "the log is not there", ADOPT))
    return found


def read_unadopted(
    content: Path, *, unseal: Unseal | None, examine: Examine, known: Parsed | None = None,
    before: Content | None = None,
) -> Content:  # fmt: skip
    """The same, also of a register from before the log.

    Raises:
        RegisterNotWhole: what was published is not whole.
        SourceHasProblems: as `read_content`.
    """
    if is_public_only(content):
        published = read_published(content)
        if published.register and not find_unpublished(content, published.register):
            return Content(published, read_shell(content))
    # What is wrong with the source is told first: the register is for another person to mend.
    source = read_source(content, unseal=unseal, known=known)
    published = read_published(content) if before is None else before.published
    source = numbered(source, published.register)
    lost = tuple(find_lost_notes(source))
    if lost:
        raise SourceHasProblems(lost)
    examine(source, published)
    remembered = _memories(published, unseal) if before is None or before.source is None else before.memories
    return Content(
        published,
        source.shell,
        source,
        rejoin(source, remembered),
        read_exceptions(content, source.editions),
    )


def with_versions(source: Source, content: Path) -> Source:
    """The source with the version of every edition, so that a bundle and a record of one edition say the same.

    Raises:
        RegisterNotWhole: what was published is not whole.
        SourceHasProblems: a correction skips a version.
    """
    return numbered(source, read_published(content).register)


def _memories(published: Published, unseal: Unseal | None) -> Memories:
    """The microdata behind what was published, where they were not forgotten."""
    found: dict[tuple[str, int], Microdata] = {}
    for versions in published.register.values():
        for release in versions:
            kept = published.memory_of(release.edition, release.version)
            if kept is not None:
                found[release.edition, release.version] = _memory(*kept, unseal)
    return found


def _memory(name: str, data: bytes, unseal: Unseal | None) -> Microdata:
    try:
        return parse(_open(name, data, unseal) if name.endswith(".age") else data)
    except NotMicrodata:
        raise RegisterNotWhole(Problem(Place(name), "", "not a memory that `publish` wrote", RESTORE)) from None


def _open(name: str, sealed: bytes, unseal: Unseal | None) -> bytes:
    try:
        return _locked(sealed) if unseal is None else unseal(sealed)
    except CannotUnseal as error:
        hint = "name the identity of one of its editors with --identity"
        raise SourceHasProblems(Problem(Place(name), "", str(error), hint)) from None


def _locked(_sealed: bytes) -> bytes:
    """Without identities nothing opens."""
    raise CannotUnseal("the file is sealed")


def only(source: Source, editions: tuple[Edition, ...]) -> Source:
    """The source as if it had no other editions."""
    return replace(source, editions=editions)
