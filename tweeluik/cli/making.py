"""The site of a source, made and checked for a command; and what a command tells of it."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.console import Console, Told

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.at_rest.comparison import Comparison
    from tweeluik.pipeline.steps import Made
    from tweeluik.pipeline.summary import Summary

_STARTED = time.monotonic()


def make(content: Path, templates: Path, *, keyring: Keyring, console: Console) -> tuple[Made, Comparison]:
    """The site of a source that passed every check, those of the exclusion list among them.

    Raises:
        BuildFailed: as `make_site`; or the source has an organisation that is on the list.
    """
    with _without_looking_for_cycles():
        from tweeluik.confidential.at_rest.comparison import refuse_excluded
        from tweeluik.pipeline.steps import make_site

        tested: list[Comparison] = []
        made = make_site(
            content,
            templates,
            unseal=keyring.unseal,
            examine=lambda source: tested.append(refuse_excluded(source, content, keyring)),
            progress=console.progress,
        )
        return made, tested[0]


@contextlib.contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Records and tables hold no cycles; to look for them time and again takes a tenth of a build, and frees 1 MB."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def tell_made(summary: Summary, tested: Comparison, last: str) -> Told:
    """What was made, what it was compared with, and how long that took since the command began."""
    wall, cpu = time.monotonic() - _STARTED, time.process_time()
    lines = (*summary.as_lines(), *tested.lines, f"{last}, in {wall:.1f} s ({cpu:.1f} s of processor)")
    told = {**summary.as_data(), "exclusions_tested": tested.tested}
    return Told(lines, {**told, "seconds": round(wall, 3), "processor_seconds": round(cpu, 3)})
