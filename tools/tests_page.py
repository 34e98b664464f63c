"""`docs/tests.md`, the tests by kind, from what every file of tests says of itself: `python -m tools.tests_page`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = Path("docs/tests.md")

KINDS = {
    "spec": (
        "The rules as tables: a fact and what follows from it, both sides of every number. Read these first. A rule\n"
        "that a minister could ask about has its row here."
    ),
    "stages": "A file per module: what it makes, what it refuses, and laws that hold for anything (Hypothesis).",
    "adversary": (
        "Whoever wants in: exact attacks, every whole table of a small system as an oracle, names planted in every\n"
        "channel, generated sources, the field's own examples."
    ),
    "outside": (
        "The program from outside: commands and exit codes, nothing written on failure, the finished site in browsers\n"
        "and validators, the bundle with other programs, the docs."
    ),
}

ABOUT = """# The tests

`make test` runs all of them, `pytest tests/spec` the rules, `pytest -n 0 -k NAME` one. A name of a test is a sentence
that is true; a test fails for one reason; every factory (`tests/factories.py`) can make several years and several
editions. `make mutants` shows that they can fail: it makes small changes of the code, one at a time, and names those
that nobody notices (`tools/mutants/catalogue.py`).

Beside the kinds below: `tests/broken/` holds a folder per mistake that a person makes in a source, with the message
that is expected (`tests/stages/test_source_broken.py` runs them); `tests/golden/` a small source and its site, byte for
byte (`make golden`); `tests/play/` two years of a ministry as a script, by the commands alone; `tests/node/` the
packages that checks of the site need; `tests/once.py` keeps what other programs answered to the very same bytes, texts
that were read and templates that were compiled, and
`tests/outside/once.py` what was made of the very same input, so that a worker makes it once (other files ask for
a part of it: `tests/stages/conftest.py`). `tests/desk.py` is a desk with that small source, or with its
simple tables alone, for tests that do not look at what a table counts: to protect those takes no time.
`tests/dealing.py` says which worker gets which file: one looks at all pages, so that there is one browser. What tests
write is kept in memory while there are workers (`tests/in_memory.py`); `-n 0` leaves it where pytest does.

This page is written by `python -m tools.tests_page`.
"""


def page() -> str:
    """The page as it must be."""
    return "\n".join((ABOUT, *(_kind(kind, about) for kind, about in KINDS.items())))


def _kind(kind: str, about: str) -> str:
    rows = "\n".join(_rows(kind))
    return f"## {kind}\n\n{about}\n\n| file | shows that |\n|---|---|\n{rows}\n"


def _rows(kind: str) -> Iterator[str]:
    for file in sorted((ROOT / "tests" / kind).glob("test_*.py")):
        said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        first = " ".join(said.split("\n\n")[0].split())
        yield f"| `{file.name}` | {first.replace('|', '/')} |"


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page(), "utf-8")
