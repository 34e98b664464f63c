"""What protection hands on: editions that are safe, and the proof of it. Who has none imports no mathematics for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tweeluik.protection.protected import ProtectedEdition

if TYPE_CHECKING:
    from tweeluik.checks.audit.hearing import Handed


@dataclass(frozen=True, slots=True, repr=False)
class Proven:
    """Editions that are safe beside everything ever published, and what proves it to the audit (None: no numbers)."""

    editions: tuple[ProtectedEdition, ...]
    handed: Handed | None = None
