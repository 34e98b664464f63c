"""Figures in `docs/benchmarks.md` are written by the program that measured them, between two marks of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def numbers() -> list[int]:
    """The arguments that are numbers, in their order; `--write` is another's."""
    return [int(each) for each in sys.argv[1:] if each.isdigit()]


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def publish(program: str, text: str) -> None:
    """Print what a program measured; with `--write` also in the page, in place of what it said before.

    Raises:
        ValueError: the page has no marks of this program.
    """
    print(text)
    if "--write" in sys.argv:
        begin, end = f"<!-- figures of {program} -->\n", f"\n<!-- end of {program} -->"
        page = PAGE.read_text(encoding="utf-8")
        if begin not in page or end not in page:
            raise ValueError(program)
        head, _, rest = page.partition(begin)
        PAGE.write_text(f"{head}{begin}\n{text}\n{end}{rest.partition(end)[2]}", encoding="utf-8")
