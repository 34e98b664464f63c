"""How many persons are found in running text, and how often nobody is taken for one: `python -m bench.persons`.

With `--write` the figures go into the page. The persons are tries that were thought up by hand, in four lists, before
the reader was mended for what it missed of them; nobody is meant in ordinary Dutch, in what is called after somebody,
in the pages of the example and in the guide.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.in_docs import publish, table
from tweeluik.source.contacts import find_contacts

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "stages" / "data"
TEXTS = {
    "ordinary Dutch": (DATA / "gewoon_nederlands.txt",),
    "called after somebody": (DATA / "genoemd_naar_mensen.txt",),
    "the pages of the example": tuple(sorted((ROOT / "content" / "pages").glob("*.md"))),
    "the guide, in Dutch": (ROOT / "docs" / "handleiding.md",),
}
MAILBOX = "partneroverzicht@example.org"
A_THOUSAND = 1000


def lines_of(files: Iterable[Path]) -> list[str]:
    """Their lines with something on them, but for remarks."""
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def main() -> None:
    """Measure, and publish the tables."""
    tries = lines_of([DATA / "mensen_in_tekst.txt"])
    found = sum(bool(find_contacts(line)) for line in tries)
    rows = []
    for name, files in TEXTS.items():
        lines = lines_of(files)
        words = sum(len(line.split()) for line in lines)
        alarms = sum(len(find_contacts(line, mailbox=MAILBOX)) for line in lines)
        rows.append((name, f"{words:,}", alarms, f"{alarms * A_THOUSAND / words:.2f}"))
    told = f"{len(tries)} tries: {found} found ({found / len(tries):.1%})."
    publish(
        "bench/persons.py", f"{told}\n\n{table(('nobody is meant in', 'words', 'alarms', 'per thousand words'), rows)}"
    )


if __name__ == "__main__":
    main()
