"""The mistakes of `tests/broken`: each a folder with what differs from `_base`, and what the program says of it.

`expected.txt` holds the problems in English, `expected.nl.txt` all that a person sees in Dutch, `fixed.txt` the lines that
`check --fix` mends. The latter two are written anew by `python -m tests.mistakes`: read the difference in git as the editor
who gets to see it.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from pathlib import Path

import build
from tweeluik.source.mending import mend

BROKEN = Path(__file__).parent / "broken"
TEMPLATES = Path(__file__).parents[1] / "templates"
BASE = BROKEN / "_base"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.name != BASE.name)
ENGLISH, DUTCH, FIXED, REMOVED = "expected.txt", "expected.nl.txt", "fixed.txt", "removed.txt"

MARKER = "kwaakzwaluw"
"""Stands in the mistakes wherever a mistake can hold a text."""


def with_mistake(name: str, into: Path) -> Path:
    """A source with one mistake in it."""
    content = into / "content"
    shutil.copytree(BASE, content)
    ignored = shutil.ignore_patterns(ENGLISH, DUTCH, FIXED, REMOVED)
    shutil.copytree(BROKEN / name, content, dirs_exist_ok=True, ignore=ignored)
    removed = BROKEN / name / REMOVED
    for each in removed.read_text().split() if removed.exists() else ():
        path = content / each
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return content


def check(content: Path, *options: str) -> tuple[int, str]:
    """Exit code and standard error of `check`, without a terminal."""
    told = io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        code = build.main(["check", "--content", str(content), "--templates", str(TEMPLATES), *options])
    return code, told.getvalue()


def mended(content: Path) -> str:
    """Every line that `check --fix` would mend, before and after."""
    lines = mend(content).lines
    return "".join(f"{each.place}: {each.problem.what}\n- {each.before}\n+ {each.after}\n" for each in lines)


def main() -> None:
    """Write what the program says and mends now."""
    os.environ["LC_ALL"] = "C"
    for name in CASES:
        with tempfile.TemporaryDirectory() as folder:
            content = with_mistake(name, Path(folder))
            _, told = check(content, "--lang", "nl")
            fixed = mended(content)
        (BROKEN / name / DUTCH).write_text(told, encoding="utf-8")
        (BROKEN / name / FIXED).unlink(missing_ok=True)
        if fixed:
            (BROKEN / name / FIXED).write_text(fixed, encoding="utf-8")


if __name__ == "__main__":
    main()
