"""How many numbers of whole sites are wrong: `python -m bench.recounting [SOURCES] [--write]`.

Per source of its own making the site is built as for any ministry; then every number in tables, drawings, sentences,
CSV, spreadsheet, Word, PDF, the page of years, the catalogue, the news and what search engines are told is read back
and held against a count straight from the YAML.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.in_docs import numbers, publish, table
from bench.recounting.counting import Truth, recount
from bench.recounting.reading import read_everything
from bench.recounting.seen import Files, NotUnderstood, Seen
from bench.recounting.sentences import Years, read_sentences
from bench.recounting.writing import write_source

ROOT = Path(__file__).parents[2]
BASE = 5
"""The threshold of these sources, to which they round."""

TABLE_OF = {
    ("partners", "kind"): "soort", ("partners", "region"): "regio", ("partners", "theme"): "thema",
    ("partners", "first_year"): "nieuw", ("conversations", "form"): "vorm",
}  # fmt: skip


def site_of(content: Path, folder: Path) -> Files | None:
    """The files of the site of a source; None when its tables cannot be safe."""
    command = [sys.executable, "build.py", "build", "--candidates", "--content", str(content), "--site", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 11:
        return None
    if done.returncode:
        raise RuntimeError(done.stderr)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def numbers_of(files: Files, year: int, truths: dict[int, Truth]) -> Iterator[tuple[Seen, int]]:
    """Every number of an edition, with the true one."""
    for seen in read_everything(files, year, truths[year]):
        yield seen, truths[year].cell(seen.table, seen.codes)
    for seen in read_sentences(files, Years(year, truths, TABLE_OF)):
        yield seen, int(seen.codes[0])


def is_right(seen: Seen, true: int) -> bool:
    """Whether a number says the truth: exactly, or rounded by less than the base, and always within its range."""
    if seen.low > true or (seen.high is not None and true > seen.high):
        return False
    if seen.value is None:
        return True
    return abs(seen.value - true) < (1 if seen.low == seen.high else BASE)


def compare(files: Files, truths: dict[int, Truth]) -> tuple[Counter[str], list[str]]:
    """How many numbers are right by where they stand, and what is wrong in words."""
    right, wrong = Counter[str](), list[str]()
    for year in truths:
        try:
            for seen, true in numbers_of(files, year, truths):
                if is_right(seen, true):
                    right[seen.where] += 1
                else:
                    wrong.append(f"{year}: {seen}, and it is {true}")
        except NotUnderstood as failure:
            wrong.append(f"{year}: {failure}")
    return right, wrong


def main(sources: int) -> int:
    """Count so many sources again; 1 when anything is wrong."""
    right, wrong, refused = Counter[str](), list[str](), 0
    for seed in range(sources):
        with tempfile.TemporaryDirectory() as folder:
            content = Path(folder, "content")
            years = write_source(content, seed)
            files = site_of(content, Path(folder, "site"))
            if files is None:
                refused += 1
                continue
            found, amiss = compare(files, {year: recount(content, year) for year in years})
            right += found
            wrong += [f"source {seed}, {each}" for each in amiss]
    counts = f"{sources} sources, {refused} of them refused as unsafe"
    told = f"{counts}; {right.total():,} numbers read back, {len(wrong)} wrong"
    publish("bench/recounting", f"{told}\n\n{table(('where', 'numbers'), sorted(right.items()))}")
    print("\n".join(wrong[:20]), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*numbers()[:1] or [10]))
