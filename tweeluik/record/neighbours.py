"""Which edition another may be set beside: like with like, or none."""

from __future__ import annotations

from collections.abc import Iterable

from tweeluik.record.model import Release


def comparable_with(release: Release, releases: Iterable[Release]) -> Release | None:
    """The latest edition with tables before this one, about the same population, both of a period that is whole."""
    if not release.is_whole or not release.tables:
        return None
    before = (
        each
        for each in releases
        if each.tables
        and each.is_whole
        and each.population == release.population
        and each.period_until < release.period_from
    )
    return max(before, key=lambda each: (each.period_until, each.edition), default=None)
