"""A site that passed every check, and what is told on the way to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tweeluik.checks.audit.widths import Widths
from tweeluik.pipeline.summary import Summary
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.model import Release
from tweeluik.record.register import Published

Progress = Callable[[str], None]
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A site that passed every check. All is public but `certificate` and `protected`: those show what is sensitive.

    `releases` are the versions that were not published yet, in the order in which they would be; `before` is the
    register as it was, `published` that with those in it that the site has. The certificate is of these files; there is
    none where no numbers in them are new.
    """

    releases: tuple[Release, ...]
    files: Files
    summary: Summary
    certificate: bytes
    before: Published
    published: Published
    protected: tuple[ProtectedEdition, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """Of a site that passed every check: what its readers are left with per (edition, table), and the proof of it."""

    widths: Mapping[tuple[str, str], Widths]
    certificate: bytes


def silent(_step: str) -> None:
    """Progress that nobody sees."""
