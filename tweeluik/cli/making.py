"""The site of a source, made and checked for a command; and what a command tells of it."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from tweeluik.cli.console import Console, Told

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.at_rest.comparison import Comparison
    from tweeluik.pipeline.content import Examine
    from tweeluik.pipeline.steps import Progress
    from tweeluik.pipeline.summary import Summary
    from tweeluik.source.inventory import Unseal

_STARTED = time.monotonic()

NO_SOURCE = "there is no source any more: rendered from the records alone"


Made_co = TypeVar("Made_co", covariant=True)


class Making(Protocol[Made_co]):
    """One of the sites of `pipeline/steps.py`, or what `publish` freezes."""

    def __call__(
        self, content: Path, templates: Path, *, unseal: Unseal, examine: Examine, progress: Progress
    ) -> Made_co:
        """It, checked."""


def make(
    making: Making[Made_co], content: Path, templates: Path, *, keyring: Keyring, console: Console
) -> tuple[Made_co, Comparison | None]:
    """What `making` makes of a source, with what its comparison with the exclusion list gave.

    Raises:
        BuildFailed: as `making`; or the source has an organisation that is on the list.
    """
    with _without_looking_for_cycles():
        from tweeluik.confidential.at_rest.comparison import refuse_excluded

        tested: list[Comparison] = []
        made = making(
            content,
            templates,
            unseal=keyring.unseal,
            examine=lambda source: tested.append(refuse_excluded(source, content, keyring)),
            progress=console.progress,
        )
        return made, tested[0] if tested else None


@contextlib.contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Records and tables hold no cycles; to look for them time and again takes a tenth of a build, and frees 1 MB."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def tell_made(summary: Summary, tested: Comparison | None, last: str) -> Told:
    """What was made, what it was compared with, and how long that took since the command began."""
    wall, cpu = time.monotonic() - _STARTED, time.process_time()
    compared = (NO_SOURCE,) if tested is None else tested.lines
    lines = (*summary.as_lines(), *compared, f"{last}, in {wall:.1f} s ({cpu:.1f} s of processor)")
    told = {**summary.as_data(), "exclusions_tested": tested is not None and tested.tested}
    return Told(lines, {**told, "seconds": round(wall, 3), "processor_seconds": round(cpu, 3)})
