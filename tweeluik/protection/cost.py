"""What hiding costs a reader, and how much of it is proven to be necessary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """The weight of all cells that had to be hidden with the sensitive ones, and the least that any safe choice weighs.

    Decoys are not in it: they are hidden for another reason than safety by arithmetic.
    """

    weight: int
    bound: int

    @property
    def gap(self) -> float:
        """The part of the weight that is not proven necessary, 0..1; 0 when the choice is optimal."""
        return (self.weight - self.bound) / self.weight if self.weight else 0.0
