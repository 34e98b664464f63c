"""Instances of the field are read as its solvers read them, or refused with the line; whatever a file says, no bug."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tweeluik.disclosure.__main__ import main
from tweeluik.disclosure.solver import Program, SolverFailed

TABLE = [[20, 50, 10, 80], [8, 19, 22, 49], [17, 32, 12, 61], [45, 101, 44, 190]]
"""Investment of enterprises by activity and region with its margins (Fischetti and Salazar, 2001); 22 is sensitive."""

PRIMARY = 6
WIDE = "0 1e30"


class Given:
    """A JJ file with one table; commands on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self._capsys = folder / "instance.jj", capsys

    def write(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, Any, str]:
        """Exit code, answer (None without one) and messages."""
        code = main([arguments[0], str(self.path), *arguments[1:]])
        told = self._capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err


@pytest.fixture
def given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Given:
    return Given(tmp_path, capsys)


def written(number: Fraction) -> str:
    """In full, without an exponent."""
    return f"{float(number):.25f}".rstrip("0").rstrip(".") if number.denominator > 1 else str(number)


def lines_of(times: Fraction = Fraction(1), *, weight: str = "", right: str = "0", factor: int = 1) -> list[str]:
    """The table, all in so many times: 22 may not be known to within 2 below and 3 above."""
    cells = [Fraction(value) * times for row in TABLE for value in row]
    lines = ["0", str(len(cells))]
    for i, value in enumerate(cells):
        levels = [written(times * n) for n in ((2, 3, 0) if i == PRIMARY else (0, 0, 0))]
        status = "u" if i == PRIMARY else "s"
        lines.append(f"{i} {written(value)} {weight or written(value)} {status} {WIDE} {' '.join(levels)}")
    sums = [[4 * r + c for c in range(4)] for r in range(4)] + [[4 * r + c for r in range(4)] for c in range(4)]
    lines.append(str(len(sums)))
    for *parts, total in sums:
        terms = " ".join(f"{i} ({factor})" for i in parts)
        lines.append(f"{right} 4 : {terms} {total} ({-factor})")
    return lines


def test_the_cheapest_pattern_of_the_example_of_fischetti_and_salazar(given: Given) -> None:
    given.write("\n".join(lines_of()))
    code, answer, told = given.run("solve")
    assert (code, told) == (0, "")
    assert answer["status"] == "optimal"
    assert answer["suppressed"] == [4, 6, 8, 10]
    assert answer["objective"] == answer["bound"] == 8 + 17 + 12
    assert (answer["secondaries"], answer["ended"], answer["residue"]) == (3, "itself", 0)


@pytest.mark.parametrize("times", [10**8, 10**9, 10**12, Fraction(1, 4), Fraction(1, 10**6), Fraction(1, 2**40)])
def test_the_size_of_the_numbers_changes_nothing_but_the_numbers(given: Given, times: Fraction) -> None:
    given.write("\n".join(lines_of(Fraction(times))))
    code, answer, _ = given.run("solve")
    assert (code, answer["status"], answer["suppressed"]) == (0, "optimal", [4, 6, 8, 10])
    assert answer["objective"] == pytest.approx(float(37 * times), rel=1e-9)
    _, attacked, _ = given.run("attack", "--suppressed", "4,6,8,10")
    found = [(cell["minimum"], cell["maximum"]) for cell in attacked["cells"]]
    expected = [(n * times for n in pair) for pair in ((0, 25), (5, 30), (0, 25), (4, 29))]
    if Fraction(times).denominator == 1:
        assert found == [tuple(pair) for pair in expected]
        assert all(type(n) is int for pair in found for n in pair)
    else:
        assert found == [pytest.approx(tuple(map(float, pair)), rel=1e-9, abs=1e-9 * float(times)) for pair in expected]


def test_whole_numbers_above_a_billion_are_whole_numbers(given: Given) -> None:
    """Three numbers of which two and two add up: halves fit, and only whole numbers tell that they do not."""
    large = 4 * 10**9
    cells = [f"{i} {large + 1} 1 s {large} {large + 2} 0 0 0" for i in range(3)]
    sums = [f"{2 * large + 2} 2 : {i} (1) {j} (1)" for i, j in ((0, 1), (0, 2), (1, 2))]
    given.write("\n".join(["0", "3", *cells, "3", *sums]))
    _, answer, _ = given.run("attack", "--suppressed", "0,1,2")
    assert [(cell["minimum"], cell["maximum"]) for cell in answer["cells"]] == [(large + 1, large + 1)] * 3


@pytest.mark.parametrize("residue", ["0.00000001", "-1.5e-08", "1E-8"])
def test_what_floating_point_leaves_behind_is_accepted_and_told(given: Given, residue: str) -> None:
    given.write("\n".join(lines_of(Fraction(10**7), right=residue)))
    code, answer, told = given.run("solve")
    assert (code, answer["status"], answer["suppressed"]) == (0, "optimal", [4, 6, 8, 10])
    assert answer["residue"] == pytest.approx(abs(float(residue)))
    assert f"{answer['residue']:.2g}" in told
    assert "1E-12" in told


def test_a_zero_that_floating_point_made_negative_is_zero(given: Given) -> None:
    lines = [
        "0",
        "3",
        "0 -1e-13 1 s 0 1e30 0 0 0",
        "1 5 1 u 0 1e30 1 1 0",
        "2 5 1 s 0 1e30 0 0 0",
        "1",
        "0 3 : 0 (1) 1 (1) 2 (-1)",
    ]
    given.write("\n".join(lines))
    code, answer, _ = given.run("attack", "--suppressed", "0,1")
    assert code == 0
    assert [(cell["minimum"], cell["maximum"]) for cell in answer["cells"]] == [(0, 5), (0, 5)]


def test_blank_lines_comments_and_the_ends_of_lines_mean_nothing(given: Given) -> None:
    lines = ["0", "# één tabel", *lines_of()[1:]]
    given.write("\ufeff" + "\r\n\r\n".join(f"  {line}\t# zie boven" for line in lines))
    assert given.run("solve")[1]["suppressed"] == [4, 6, 8, 10]


def test_weights_of_zero_cost_nothing(given: Given) -> None:
    given.write("\n".join(lines_of(weight="0")))
    code, answer, _ = given.run("solve")
    assert (code, answer["status"], answer["objective"]) == (0, "optimal", 0)
    assert PRIMARY in answer["suppressed"]
    assert given.run("solve", "--cost", "count")[1]["objective"] == 3


@pytest.mark.parametrize("factor", [2, -3, 7])
def test_other_coefficients_than_one_are_read(given: Given, factor: int) -> None:
    given.write("\n".join(lines_of(factor=factor)))
    assert given.run("solve")[1]["suppressed"] == [4, 6, 8, 10]


def test_a_coefficient_is_what_an_attack_reckons_with(given: Given) -> None:
    """3 a + b = 20 with a at least 1 and b at least 2: a is 1 to 6, b is 2, 5, ... 17."""
    given.write("0\n2\n0 4 1 s 1 1e30 0 0 0\n1 8 1 s 2 1e30 0 0 0\n1\n20 2 : 0 (3) 1 (1)\n")
    answer = given.run("attack", "--suppressed", "0,1")[1]
    assert [(cell["minimum"], cell["maximum"]) for cell in answer["cells"]] == [(1, 6), (2, 17)]


@pytest.mark.parametrize(("line", "text", "what"), [
    (1, "1", "the first line of a JJ file is 0"),
    (2, "zestien", "the number of lines that follow is expected here"),
    (2, "9" * 5000, "the number of lines that follow is expected here"),
    (3, "0 20 20 s 0 1e30 0 0", "a cell has 9 fields"),
    (3, "0 20,5 20 s 0 1e30 0 0 0", "not a number"),
    (3, "0 nan 20 s 0 1e30 0 0 0", "not a number"),
    (3, "0 1e400 20 s 0 1e999 0 0 0", "a number above 10^15 cannot be kept exactly"),
    (3, "0 20 20 x 0 1e30 0 0 0", "unknown status"),
    (3, "0 20 -1 s 0 1e30 0 0 0", "weights and protection levels are 0 or more"),
    (3, "0 20 20 s 21 1e30 0 0 0", "the value lies outside its bounds"),
    (4, "0 50 20 s 0 1e30 0 0 0", "an index that an earlier cell has too"),
    (3, "\u0660 20 20 s 0 1e30 0 0 0", "an index is a whole number"),
    (20, "0 4 : 0 (1) 1 (1) 2 (1)", "the number of terms is not what the line says"),
    (20, "0 4 : 0 (1) 1 (1) 2 (1) 99 (-1)", "no cell has this index"),
    (20, "0 4 : 0 (1) 1 (1) 1 (1) 3 (-1)", "a cell stands twice in one equation"),
    (20, "0 4 : 0 (1) 1 (1) 2 (een) 3 (-1)", "not a number"),
    (20, "0 4 0 (1) 1 (1) 2 (1) 3 (-1)", "not an equation"),
    (20, "1 4 : 0 (1) 1 (1) 2 (1) 3 (-1)", "the values of the cells do not keep this equation"),
    (28, "0 4 : 0 (1) 1 (1) 2 (1) 3 (-1)", "something follows the last equation"),
])  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(given: Given, line: int, text: str, what: str) -> None:
    lines = lines_of()
    lines[line - 1 : line] = [text]
    given.write("\n".join(lines))
    code, answer, told = given.run("solve")
    assert (code, answer) == (10, None)
    assert f"instance.jj:{line}:1: {what}" in told


def test_a_whole_number_off_by_one_is_no_residue(given: Given) -> None:
    given.write("\n".join(lines_of(Fraction(10**13), right="1")))
    assert given.run("solve")[0] == 10


@pytest.mark.parametrize("seed", range(150))
def test_whatever_a_file_says_it_is_read_or_refused(given: Given, seed: int) -> None:
    chance, text = (
        Random(seed),
        "\n".join(lines_of(Fraction(10 ** Random(seed).choice([0, 0, 9]), Random(seed).choice([1, 1, 3])))),
    )
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(text))
        more = chance.choice(["", "\n", " ", "#", "-", ".", "(", ":", "0", "e9", "1e999", "é", "\0", "9" * 5000])
        text = text[:place] + more + text[place + chance.randint(0, 3) :]
    given.write(text)
    for arguments in (["solve", "--effort", "0.01"], ["attack", "--suppressed", "4,6"]):
        code, answer, told = given.run(*arguments)
        assert code in {0, 2, 10, 11}
        assert (answer is None) == (code in {2, 10})
        assert code != 10 or all(each.startswith("instance.jj:") for each in told.splitlines())


def test_a_solver_that_fails_proves_nothing_and_is_no_bug(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SolverFailed

    given.write("\n".join(lines_of()))
    monkeypatch.setattr(Program, "minimise", fail)
    code, answer, _ = given.run("solve")
    assert (code, answer["status"], answer["suppressed"]) == (11, "unknown", [])
    code, answer, told = given.run("attack", "--suppressed", "4,6")
    assert (code, answer) == (11, None)
    assert "could not prove" in told


@pytest.mark.parametrize(
    ("limit", "ended"), [(["--effort", "0.000001"], "effort"), (["--seconds", "0.000001"], "seconds")]
)
def test_an_answer_says_what_ended_the_search(given: Given, limit: list[str], ended: str) -> None:
    given.write("\n".join(lines_of()))
    code, answer, _ = given.run("solve", *limit)
    assert (code, answer["status"], answer["ended"]) == (11, "unknown", ended)
    assert given.run("solve", "--seconds", "60")[1]["ended"] == "itself"
