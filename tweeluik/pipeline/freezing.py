"""What `publish` freezes: one version more, made, checked and approved as the site that will show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.disk.folders import need_templates
from tweeluik.door.release import withdrawn_names
from tweeluik.pipeline.content import Examine, accept
from tweeluik.pipeline.proposal import Proposal, prepare, propose
from tweeluik.pipeline.publishing import Seal, remember, strike_names, with_approvals
from tweeluik.pipeline.steps import Progress, silent
from tweeluik.problems import NotApproved, Place, Problem
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.log import PUBLIC, head
from tweeluik.record.model import Entry, Release
from tweeluik.record.register import FOLDER, Published, file_of
from tweeluik.review.subject import Subject
from tweeluik.selection.microdata import microdata, serialise
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import Unseal
from tweeluik.source.records import Source
from tweeluik.words.said import Said, said

OF_THE_LOG = frozenset({PUBLIC, "publicaties/index.html", "manifest.txt"})
"""The files of the site that print the log: what approvals add to it stands there, and nowhere else."""


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

    def as_lines(self, *, dry_run: bool) -> Iterator[Said]:
        """For a terminal."""
        entry = self.entry
        if dry_run:
            yield said("if this were no trial:")
        if self.adopted:
            yield said("versions from before the log that are in it now: {number}", number=self.adopted)
        if self.release is None:
            what = "version {version} of {edition} has been published already, on {day}"
            yield said(what, version=entry.version, edition=entry.edition, day=str(entry.day))
            return
        what = "version {version} of {edition}, {status}, is frozen in {place}, on {day}"
        place, status = f"{FOLDER}/{entry.edition}", said(entry.status)
        yield said(
            what, version=entry.version, edition=entry.edition, status=status, place=place, day=str(entry.day)
        )  # fmt: skip
        what = "publication {number}; the record has SHA-256 {record}, the log {head}"
        yield said(what, number=entry.number, record=entry.record, head=head(self.published.log))
        if self.struck:
            what = "names struck from earlier versions, because their consent was withdrawn: {number}"
            yield said(what, number=self.struck)

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


Approve = Callable[[Subject, Source], Sequence[str]]
"""The digests of the approvals of what is proposed, for the log; raises `NotApproved` where they are not enough."""


def by_nobody(_subject: Subject, source: Source) -> Sequence[str]:
    """No approvals, which is enough only where the policy asks none.

    Raises:
        NotApproved: it asks for some.
    """
    asked = source.policy.approvals
    if asked.value:
        what = f"this edition is not approved: 0 of {asked.value} approvals are in"
        raise NotApproved(Problem(Place("approvals"), "", what, "let them use the command approve"))
    return ()


def make_publication(
    content: Path, templates: Path, *, edition: str, day: date | None = None, provisional: bool = False,
    seal: Seal | None = None, approve: Approve = by_nobody, unseal: Unseal | None = None, examine: Examine = accept,
    progress: Progress = silent,
) -> Frozen:  # fmt: skip
    """The register with the next version of an edition, after every check of the site that will show it.

    Args:
        content: The content folder; nothing is written.
        templates: The folder of the templates.
        edition: Its id.
        day: Of the publication, where the edition does not say it.
        provisional: That it is a concept, and is to be known for ever all the same.
        seal: Seals the memory, where the source is kept sealed.
        approve: Says who approved what is proposed, or refuses.
        unseal: Opens the files of the source that are kept sealed.
        examine: Looks at the source first.
        progress: Is told of every step.

    Raises:
        WrongUsage: there is no such edition, it is not in the state that was asked for, or its day is not known.
        NotApproved: it is not approved as the policy asks.
        BuildFailed: as `make_site`.
    """
    need_templates(templates, "public")
    ready = prepare(
        content, edition=edition, day=day, provisional=provisional, seal=seal, unseal=unseal, examine=examine,
        progress=progress,
    )  # fmt: skip
    if not ready.is_open:
        return Frozen(edition, ready.given.published, adopted=ready.adopted)
    proposal = propose(ready, templates, day, progress)
    return _freeze(proposal, _approved(proposal, approve(proposal.subject, proposal.source)), seal, ready.adopted)


def _approved(proposal: Proposal, approvals: Sequence[str]) -> Published:
    """The register as it was looked at, with the approvals in the log; nothing else of the site may differ by that."""
    published = proposal.made.published
    if not approvals:
        return published
    published = with_approvals(published, approvals)
    files, before = proposal.making.with_log(proposal.made, published), proposal.made.files
    otherwise = {path for path in {*files, *before} if files.get(path) != before.get(path)} - OF_THE_LOG
    if otherwise:
        what = "this file holds approvals, which stand on the page of publications only: nobody has seen it so"
        raise NotApproved(tuple(Problem(Place(path), "", what) for path in otherwise))
    return published


def _freeze(proposal: Proposal, published: Published, seal: Seal | None, adopted: int) -> Frozen:
    release, (protected,) = proposal.release, proposal.made.protected
    if release.tables:
        published = remember(published, release, _memory(proposal.source, protected), seal)
    withdrawn = withdrawn_names(proposal.source, release.edition)
    _, struck = strike_names(proposal.made.before, release.edition, withdrawn)
    return Frozen(release.edition, published, release, adopted, struck)


def _memory(source: Source, protected: ProtectedEdition) -> bytes:
    return serialise(microdata(source, protected.selection, secret_of(source)))
