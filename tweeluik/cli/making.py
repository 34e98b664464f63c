"""The site of a source, made and checked for a command; and what a command tells of it."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from tweeluik.cli.console import Console, Told
from tweeluik.words.said import Said, number, said

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.at_rest.comparison import Comparison
    from tweeluik.pipeline.content import Examine
    from tweeluik.pipeline.freezing import Approve
    from tweeluik.pipeline.frozen import Frozen
    from tweeluik.pipeline.made import Made, Progress
    from tweeluik.pipeline.proposal import Proposal
    from tweeluik.pipeline.stages import Stages
    from tweeluik.pipeline.summary import Summary
    from tweeluik.record.register import Published
    from tweeluik.review.room import Room
    from tweeluik.review.standing import Standing
    from tweeluik.source.inventory import Unseal
    from tweeluik.source.records import Source

_STARTED = time.monotonic()

NO_SOURCE = "there is no source any more: rendered from the records alone"


Made_co = TypeVar("Made_co", covariant=True)

Hear = Callable[["Source", "Published"], object]
"""Hears who tells of publications, before anything is made; raises `RegisterNotWhole` where one is not in there."""


def nobody(_source: Source, _published: Published) -> None:
    """Hears no witness."""


def witnesses(content: Path, site: Path | None = None) -> Hear:
    """Those beside the register, and a site."""

    def hear(source: Source, published: Published) -> None:
        from tweeluik.review.witnesses import refuse_lost_register, refuse_other_past

        refuse_lost_register(content, published)
        if site is not None:
            refuse_other_past(site, published, source.report)

    return hear


class Making(Protocol[Made_co]):
    """One of the sites of `pipeline/steps.py`, or what `publish` freezes."""

    def __call__(
        self, content: Path, templates: Path, *, unseal: Unseal, examine: Examine, progress: Progress
    ) -> Made_co:
        """It, checked."""


class Parts:
    """What parts of a site were made of, as an earlier build by the same program kept it; a build renews it."""

    def __init__(self, key: bytes, packed: bytes | None, program: bytes) -> None:
        """`key`: with what digests of the source are made; `packed`: as an earlier build left them."""
        from tweeluik.pipeline.stages import Stages

        self._program = program
        self.stages: Stages = Stages(key)
        if packed is not None:
            self.stages.take(packed, program)

    def packed(self) -> bytes:
        """For the next build."""
        return self.stages.packed(self._program)


def of_published(parts: Parts | None = None, *, advise: bool = False) -> Making[Made]:
    """The site of what was published; `parts` are brought up to date. `advise` as `make_site`."""
    from tweeluik.pipeline.steps import make_site

    return partial(make_site, stages=_stages(parts), advise=advise)


def of_candidates(editions: tuple[str, ...], day: date | None, parts: Parts | None = None) -> Making[Made]:
    """The site as it will be once these editions are published; without any, all that are final."""
    from tweeluik.pipeline.steps import make_candidates

    return partial(make_candidates, editions=editions, day=day, stages=_stages(parts))


def _stages(parts: Parts | None) -> Stages | None:
    return None if parts is None else parts.stages


def of_everything() -> Making[Made]:
    """What a preview shows."""
    from tweeluik.pipeline.steps import make_preview

    return make_preview


def drafting(content: Path, templates: Path, keyring: Keyring) -> Callable[[], Mapping[str, bytes]]:
    """What a preview shows, in a hurry: of a call after the first only what follows from what has changed is made."""
    from tweeluik.confidential.at_rest.comparison import refuse_excluded
    from tweeluik.pipeline.drafting import Drafting

    def examine(source: Source, _published: Published) -> None:
        refuse_excluded(source, content, keyring)

    stages = Drafting(content, templates, unseal=keyring.unseal, examine=examine)

    def draft() -> Mapping[str, bytes]:
        with _without_looking_for_cycles():
            drafted = stages.draft()
        look_for_cycles_again()
        return drafted

    return draft


def of_proposal(edition: str, *, day: date | None, provisional: bool, advise: bool = False) -> Making[Proposal]:
    """The next version of an edition, for who reviews it. `advise` as `make_site`."""
    from tweeluik.pipeline.proposal import make_proposal

    return partial(make_proposal, edition=edition, day=day, provisional=provisional, advise=advise)


def of_next_version(
    edition: str, *, day: date | None, provisional: bool, seal: Callable[[bytes], bytes] | None, approve: Approve,
    advise: bool = False,
) -> Making[Frozen]:  # fmt: skip
    """What `publish` freezes. `advise` as `make_site`."""
    from tweeluik.pipeline.freezing import make_publication

    return partial(
        make_publication, edition=edition, day=day, provisional=provisional, seal=seal, approve=approve, advise=advise
    )


def seen_of(proposal: Proposal, standing: Standing, content: Path) -> Room:
    """What the review room shows of it."""
    from tweeluik.cli.approving import read_up
    from tweeluik.pipeline.looking import look
    from tweeluik.review.trail import read_trail

    return look(proposal, standing, read_trail(read_up(content)))


def with_versions(source: Source, content: Path) -> Source:
    """The source with the version of every edition, as the register has it go on."""
    from tweeluik.pipeline import content as pipeline

    return pipeline.with_versions(source, content)


def without_memory(published: Published, edition: str) -> tuple[Published, int]:
    """The register without the memories of an edition, and how many there were."""
    from tweeluik.pipeline.publishing import forget

    return forget(published, edition)


def make(
    making: Making[Made_co], content: Path, templates: Path, *, keyring: Keyring, console: Console,
    hear: Hear = nobody,
) -> tuple[Made_co, Comparison | None]:  # fmt: skip
    """What `making` makes of a source, with what its comparison with the exclusion list gave.

    `hear`: who tells what must be in the register.

    Raises:
        BuildFailed: as `making`; or the source has an organisation that is on the list.
    """
    with _without_looking_for_cycles():
        from tweeluik.confidential.at_rest.comparison import refuse_excluded
        from tweeluik.confidential.bundle.letters import find_without_letters
        from tweeluik.source.doubts import find_doubts

        tested: list[Comparison] = []

        def examine(source: Source, published: Published) -> None:
            hear(source, published)
            doubts = find_doubts(source, was_published=bool(published.log))
            console.doubt((*doubts, *find_without_letters(source)))
            tested.append(refuse_excluded(source, content, keyring))

        made = making(
            content,
            templates,
            unseal=keyring.unseal,
            examine=examine,
            progress=console.progress,
        )
        return made, tested[0] if tested else None


@contextlib.contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Records and tables hold no cycles; to look for them time and again takes a tenth of a build, and frees 1 MB.

    Nor is what was made looked through once when it is there, unless by a process that goes on.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def look_for_cycles_again() -> None:
    """What was made may be looked through after all, now and then: in a process that makes the same time and again."""
    gc.unfreeze()


TIMES = ("seconds", "processor_seconds")
"""What is told of a run, and of no other."""


def tell_made(summary: Summary, tested: Comparison | None, last: Said) -> Told:
    """What was made, what it was compared with, and how long that took since the command began."""
    compared = (NO_SOURCE,) if tested is None else tested.lines
    data = {**summary.as_data(), "unchanged": False, "exclusions_tested": tested is not None and tested.tested}
    return _in_time(Told((*summary.as_lines(), *compared), data, doubts=tuple(summary.doubts())), last)


def tell_unchanged(told: Told, last: Said) -> Told:
    """What was told of the build before this one, and how long it took to see that it holds."""
    return _in_time(replace(told, data={**told.data, "unchanged": True}), last)


def _in_time(told: Told, last: Said) -> Told:
    wall, cpu = time.monotonic() - _STARTED, time.process_time()
    what = "{done}, in {wall} s ({processor} s of processor)"
    lines = (*told.lines, said(what, done=last, wall=number(wall, 1), processor=number(cpu, 1)))
    return replace(told, lines=lines, data={**told.data, "seconds": round(wall, 3), "processor_seconds": round(cpu, 3)})
