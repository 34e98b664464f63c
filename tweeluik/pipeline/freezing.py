"""What `publish` freezes: one version more, made, checked and approved as the site that will show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tweeluik.disk.folders import need_templates
from tweeluik.door.release import withdrawn_names
from tweeluik.pipeline.content import Examine, accept
from tweeluik.pipeline.frozen import Frozen, grounds_of
from tweeluik.pipeline.made import Progress, silent
from tweeluik.pipeline.proposal import Proposal, prepare, propose
from tweeluik.pipeline.publishing import Seal, remember, strike_names, with_approvals
from tweeluik.problems import NotApproved, Place, Problem
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.log import PUBLIC
from tweeluik.record.register import Published
from tweeluik.review.subject import Subject
from tweeluik.selection.microdata import microdata, serialise
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import Unseal
from tweeluik.source.records import Source

OF_THE_LOG = frozenset({PUBLIC, "publicaties/index.html", "manifest.txt"})
"""The files of the site that print the log: what approvals add to it stands there, and nowhere else."""


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
    progress: Progress = silent, advise: bool = False,
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
        advise: Where much would be hidden, try what would show more.

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
    proposal = propose(ready, templates, day, progress, advise=advise)
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
    if release.tables or release.named:
        published = remember(published, release, _memory(proposal.source, protected), seal)
    withdrawn = withdrawn_names(proposal.source, release.edition)
    _, struck = strike_names(proposal.made.before, release.edition, withdrawn)
    key = _unkept_key(proposal.source) if release.tables else None
    doubts = tuple(proposal.made.summary.hidden_much())
    return Frozen(release.edition, published, release, adopted, struck, grounds_of(proposal.source), key, doubts)


def _unkept_key(source: Source) -> str | None:
    return secret_of(source).hex() if source.protection_key is None else None


def _memory(source: Source, protected: ProtectedEdition) -> bytes:
    return serialise(microdata(source, protected.selection, secret_of(source)))
