"""What the field's tools and their users published: our answers to the same questions.

The data and where they come from: `data/README.md`. What takes longer is in `bench/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Any

import pytest

from bench.decimals import by_value, cost, in_jj
from bench.gausssuppression import CASES, Case
from bench.turnover import reached, turnover
from tweeluik.checks.audit.published import Cell
from tweeluik.checks.audit.system import read_bounds
from tweeluik.disclosure.attack import find_unsafe, interval
from tweeluik.disclosure.effort import Effort
from tweeluik.disclosure.instance import read_instance
from tweeluik.disclosure.rounding import Roundable, RoundingSystem, round_cells
from tweeluik.disclosure.separation import Separation, Trust
from tweeluik.disclosure.suppression import suppress
from tweeluik.disclosure.system import Constraint, Role, System, Target, Variable
from tweeluik.protection.safety import is_sensitive_sum

DATA = Path(__file__).parent / "data"


@cache
def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


REPORTS, HANDBOOK = read("reported_attacks"), read("handbook")


def a_system(
    values: list[int], sums: Iterable[Iterable[int]], *, sensitive: Iterable[int] = (), least: int = 0, high: int = 4
) -> System:
    """Cells whose groups have known sums; what is sensitive must stay possibly 0 and possibly `high`."""
    must = frozenset(sensitive)
    variables = tuple(
        Variable(value, least, None, 100 + value, Role.SENSITIVE if i in must else Role.FREE)
        for i, value in enumerate(values)
    )
    constraints = tuple(
        Constraint(tuple((i, 1) for i in group), sum(values[i] for i in group), sum(values[i] for i in group))
        for group in map(tuple, sums)
    )
    return System(variables, constraints, targets=tuple(Target(i, 0, low=0, high=high) for i in sorted(must)))


def intervals(system: System, hidden: Iterable[int]) -> list[list[int]]:
    hidden = sorted(hidden)
    return [[int(side) for side in interval(system, hidden, i, 0)] for i in hidden]


# --- attacks that users reported --------------------------------------------------------------------------------------

LINKED = REPORTS["issue_136_linked_iteration_unsafe"]
NAMES = list(LINKED["inner"])


def linked(*tables: str, high: int = 4) -> System:
    groups = [[NAMES.index(name) for name in group] for table in tables for group in LINKED[table].values()]
    return a_system(list(LINKED["inner"].values()), groups, sensitive=map(NAMES.index, LINKED["primary"]), high=high)


@pytest.mark.parametrize(
    ("tables", "attack"),
    [
        (("table1",), "attack_table1_only"),
        (("table2",), "attack_table2_only"),
        (("table1", "table2"), "attack_joint"),
    ],
)
def test_two_tables_that_are_safe_apart_give_a_cell_away_together(tables: tuple[str, ...], attack: str) -> None:
    hidden = [NAMES.index(name) for name in LINKED["primary"]]
    assert dict(zip(LINKED["primary"], intervals(linked(*tables), hidden), strict=True)) == LINKED[attack]


def test_one_more_cell_protects_both_tables() -> None:
    system = linked("table1", "table2")
    pattern = suppress(system, effort=Effort.of(1))
    assert [NAMES[i] for i in sorted(pattern.hidden - system.all_with(Role.SENSITIVE))] == LINKED[
        "exact_optimum_secondary"
    ]


@pytest.mark.parametrize(("least", "exact"), [(0, False), (1, True)])
def test_where_zeros_are_always_published_a_hidden_one_is_known(least: int, exact: bool) -> None:
    report = REPORTS["issue_135_singletons_with_published_zeros"]
    rows, columns = [*report["rows"], "Total"], [*report["cols"], "Total"]
    inner = dict(zip(product(report["rows"], report["cols"]), chain(*report["values"]), strict=True))
    value = {(r, c): sum(n for (row, column), n in inner.items() if r in (row, "Total") and c in (column, "Total"))
             for r, c in product(rows, columns)}  # fmt: skip
    place = {cell: i for i, cell in enumerate(value)}
    lines = [[(r, c) for r in rows] for c in columns] + [[(r, c) for c in columns] for r in rows]
    constraints = tuple(
        Constraint((*((place[cell], 1) for cell in line[:-1]), (place[line[-1]], -1)), 0, 0) for line in lines
    )
    system = System(tuple(Variable(n, min(least, n), None, 1, Role.FREE) for n in value.values()), constraints)
    found = intervals(system, (place[row, column] for row, column, _ in report["primary"]))
    assert all((low == high) is exact for low, high in found)
    assert exact or found == [report["attack_lb0_each"]] * len(found)


@pytest.mark.parametrize("report", REPORTS["issue_194_zeros_and_ones"])
def test_a_sum_of_hidden_cells_that_is_as_small_as_can_be_gives_all_of_them_away(report: Mapping[str, Any]) -> None:
    values = report["summands"]
    system = a_system(values, [range(len(values))], least=1 if report.get("zeros_published") else 0)
    system = replace(
        system, variables=tuple(replace(each, lower=min(each.lower, each.value)) for each in system.variables)
    )
    assert all(
        low == high == values[i]
        for i, (low, high) in zip(report["hidden"], intervals(system, report["hidden"]), strict=True)
    )


def test_a_hidden_sum_below_the_threshold_is_hidden_too() -> None:
    report = REPORTS["issue_307_sum_of_hidden_below_threshold"]
    numbers, names = report["freq"], list(report["freq"])[:-1]
    system = a_system(
        [numbers[name] for name in names], [range(len(names))], sensitive=map(names.index, report["primary"]), high=5
    )
    asked = replace(
        system, groups_sensitive=lambda group: sum(system.variables[i].value for i in group) < report["threshold"]
    )
    hidden = [sorted(names[i] for i in suppress(each, effort=Effort.of(1)).hidden) for each in (system, asked)]
    assert hidden == [report["primary"], sorted(report["optimal_adds"] + report["primary"])]


# --- whole numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", read("whole_numbers")["lp_vs_integer"])
def test_whole_numbers_leave_less_doubt_than_fractions(case: Mapping[str, Any]) -> None:
    groups = [[i - min(map(min, case["groups"])) for i in group] for group in case["groups"]]
    system = a_system(case["truth"], groups)
    every = range(len(case["truth"]))
    fractions = Separation(system, trust=Trust.LINEAR)
    fractions.hide(frozenset(every))
    assert intervals(system, every) == case["ip"]
    assert [list(fractions.interval(i, 0)) for i in every] == [pytest.approx(each) for each in case["lp"]]


# --- the handbook -----------------------------------------------------------------------------------------------------


def test_the_interval_of_the_example_of_geurts() -> None:
    example = HANDBOOK["example3_geurts"]
    values = [4, 3, 2, 1, 3, 3]  # three rows of two that fit what is published
    system = a_system(values, [*([2 * r, 2 * r + 1] for r in range(3)), [0, 2, 4], [1, 3, 5]])
    assert [sum(values[i] for i in group) for group in ([0, 1], [2, 3], [4, 5], [0, 2, 4], [1, 3, 5])] == [
        *(row[2] for row in example["table"][:3]), *example["table"][3][:2],
    ]  # fmt: skip
    assert intervals(system, [row * 2 + column for row, column in example["hidden"]])[0] == example["interval_cell_1_1"]


def test_the_dominance_rule_calls_safe_what_the_p_percent_rule_refuses_and_the_reverse() -> None:
    first, second = HANDBOOK["example1_1k_inadequate"], HANDBOOK["example2_p_vs_2k"]
    assert is_sensitive_sum(*contributions(first["X"], first["x1"], first["x2"]), 10)
    assert not is_sensitive_sum(*contributions(second["X"], second["x1"], second["x2"]), second["p"])


def contributions(total: int, *largest: int) -> tuple[frozenset[str | int], dict[str, frozenset[str | int]]]:
    """Two large contributors and one for the rest, a thousandth of the size."""
    owned, start = {}, 0
    for number, size in enumerate((*largest, total - sum(largest))):
        owned[f"h{number}"] = frozenset[str | int](range(start, start + size // 1000))
        start += size // 1000
    return frozenset[str | int](range(start)), owned


@pytest.mark.parametrize(("value", "least", "most"), [(0, 0, 4), (5, 1, 9), (15, 11, 19)])
def test_what_a_reader_knows_of_a_number_rounded_to_base_5(value: int, least: int, most: int) -> None:
    bounds = read_bounds(Cell(value, "rounded"), HANDBOOK["rounding"]["base"])
    assert (bounds.least, bounds.most) == (least, most)


def test_the_example_of_controlled_rounding_adds_up() -> None:
    example = HANDBOOK["rounding"]["controlled_example"]
    counts = [value for row in example["counts"] for value in row]
    rows, columns, base = len(example["counts"]), 2, HANDBOOK["rounding"]["base"]
    groups = [[r * columns + c for c in range(columns)] for r in range(rows)] + [
        [r * columns + c for r in range(rows)] for c in range(columns)
    ]
    totals = [sum(counts[i] for i in group) for group in groups]
    cells = tuple(Roundable(value, up=value % base > 2) for value in (*counts, *totals))
    constraints = tuple(
        Constraint((*((i, 1) for i in group), (len(counts) + k, -1)), 0, 0) for k, group in enumerate(groups)
    )
    values = round_cells(RoundingSystem(cells, constraints, base)).values
    assert all(abs(value - cell.value) < base and value % base == 0 for value, cell in zip(values, cells, strict=True))
    assert all(sum(values[i] for i in group) == values[len(counts) + k] for k, group in enumerate(groups))


# --- the tools --------------------------------------------------------------------------------------------------------

VIGNETTE = {("01", "tr1"): (100, 10, 20), ("01", "tr2"): (50, 5, 15), ("02", "tr1"): (30, 2, 20),
            ("02", "tr2"): (20, 5, 10), ("06", "tr1"): (60, 8, 16), ("06", "tr2"): (40, 6, 38)}  # fmt: skip
"""Activity and size: value, respondents, largest (the introduction to rtauargus)."""


def test_the_twelve_cells_of_the_introduction_to_rtauargus() -> None:
    cells = list(VIGNETTE)
    primary = [cell for cell, (value, number, largest) in VIGNETTE.items() if number < 3 or largest > 0.85 * value]
    groups = [
        [i for i, cell in enumerate(cells) if cell[axis] == code]
        for axis in (0, 1)
        for code in sorted({c[axis] for c in cells})
    ]
    system = a_system([VIGNETTE[cell][0] for cell in cells], groups, sensitive=map(cells.index, primary))
    wide = tuple(
        Target(cells.index(cell), 0, low=0.9 * VIGNETTE[cell][0], high=1.1 * VIGNETTE[cell][0]) for cell in primary
    )
    pattern = suppress(replace(system, targets=wide), effort=Effort.of(1))
    assert primary == [("02", "tr1"), ("06", "tr2")]
    assert {cells[i] for i in pattern.hidden} - set(primary) == {("02", "tr2"), ("06", "tr1")}


@pytest.mark.parametrize(("by_count", "secondaries", "cost"), [(False, 64, 49_223_640), (True, 60, None)])
def test_the_turnover_of_rtauargus_is_protected_no_dearer_than_was_published(
    by_count: bool, secondaries: int, cost: int | None
) -> None:
    """The published figures are those of τ-ARGUS and of an earlier exact search; a second program attacks ours."""
    system = turnover(by_count=by_count)
    pattern = suppress(system, effort=Effort.of(3))
    others = pattern.hidden - system.all_with(Role.SENSITIVE)
    assert pattern.status == "optimal"
    assert len(others) <= secondaries
    assert cost is None or sum(system.variables[i].value for i in others) <= cost
    assert reached(system, pattern.hidden) == []


@pytest.mark.parametrize(("name", "source", "tables"), [case for case in CASES if "mag" in case[2][0]])
def test_never_dearer_than_gausssuppression_where_values_have_decimals(
    name: str, source: str, tables: tuple[str, ...]
) -> None:
    case = Case(source, tables)
    system = by_value(case.system(insiders=True))
    primary = system.all_with(Role.SENSITIVE)
    theirs = frozenset(i for i, cell in enumerate(case.cells) if cell.hidden) - primary
    pattern = suppress(system, effort=Effort.of(1))
    assert pattern.status == "optimal"
    assert cost(system, pattern.hidden - primary) <= cost(system, theirs)


@pytest.mark.parametrize("factor", [1, 1_000_000])
def test_the_turnover_of_rtauargus_costs_the_same_from_a_file(factor: int, tmp_path: Path) -> None:
    path = tmp_path / "turnover.jj"
    path.write_text("\n".join(in_jj(turnover(by_count=False), factor)), encoding="ascii")
    instance = read_instance(path)
    assert instance.residue > 0
    pattern = suppress(instance.system, effort=Effort.of(3))
    assert pattern.status == "optimal"
    assert pattern.objective / instance.scale == pytest.approx(32_310_038.5952 * factor, rel=1e-9)


@pytest.mark.parametrize(("name", "source", "tables"), CASES, ids=[name for name, _, _ in CASES])
def test_never_more_hidden_than_gausssuppression_and_nobody_gets_in(
    name: str, source: str, tables: tuple[str, ...]
) -> None:
    case = Case(source, tables)
    theirs = sum(cell.hidden for cell in case.cells)
    for insiders in (False, True):
        system = case.system(insiders=insiders)
        pattern = suppress(system, effort=Effort.of(1))
        assert pattern.status == "optimal"
        assert len(pattern.hidden) <= theirs
        assert find_unsafe(system, pattern.hidden).safe
