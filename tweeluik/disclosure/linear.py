"""Linear programs as values, and what a solve gives; no solver is known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tweeluik.disclosure.system import Number

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Places = npt.NDArray[np.int32]
    Flags = npt.NDArray[np.bool_]

INFINITY = float("inf")


class Status(Enum):
    """How a solve ended. UNFINISHED: a limit was reached, with or without a solution in hand."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the program: its bounds (infinite allowed), its cost per unit, whether it is whole."""

    lower: float
    upper: float
    cost: float = 0.0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`lower <= sum of coefficient * column <= upper`."""

    terms: tuple[tuple[int, Number], ...]
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Columns and rows as arrays: `lower <= matrix * column <= upper` in the rows, one behind the other.

    `first`: where each row's terms begin (and where the last ones end), as places in `index` and `value`.
    """

    columns: tuple[Floats, Floats]
    costs: Floats
    whole: Flags
    rows: tuple[Floats, Floats]
    first: Places
    index: Places
    value: Floats

    @classmethod
    def of(cls, columns: Sequence[Column], rows: Sequence[Row]) -> Model:
        """The same, one by one."""
        import numpy as np

        terms = [term for row in rows for term in row.terms]
        return cls(
            _floats([each.lower for each in columns], [each.upper for each in columns]),
            np.array([each.cost for each in columns], dtype=float),
            np.array([each.whole for each in columns], dtype=np.bool_),
            _floats([each.lower for each in rows], [each.upper for each in rows]),
            np.cumsum([0] + [len(row.terms) for row in rows]).astype(np.int32),
            np.array([index for index, _ in terms], dtype=np.int32),
            np.array([coefficient for _, coefficient in terms], dtype=float),
        )

    def with_more(self, columns: Sequence[Column], rows: Sequence[Row]) -> Model:
        """With columns and rows behind these."""
        if not columns and not rows:
            return self
        import numpy as np

        more, join = Model.of(columns, rows), np.concatenate
        return Model(
            (join((self.columns[0], more.columns[0])), join((self.columns[1], more.columns[1]))),
            join((self.costs, more.costs)),
            join((self.whole, more.whole)),
            (join((self.rows[0], more.rows[0])), join((self.rows[1], more.rows[1]))),
            join((self.first, more.first[1:] + self.first[-1])),
            join((self.index, more.index)),
            join((self.value, more.value)),
        )


def _floats(lower: Sequence[float], upper: Sequence[float]) -> tuple[Floats, Floats]:
    import numpy as np

    return np.array(lower, dtype=float), np.array(upper, dtype=float)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solve gave: values and row duals (empty when there are none), its objective and the proven lower bound.

    `reduced`: what one more of each column would cost, in a program without whole columns.
    """

    status: Status
    values: tuple[float, ...] = ()
    duals: tuple[float, ...] = ()
    reduced: tuple[float, ...] = ()
    objective: float = INFINITY
    bound: float = -INFINITY
