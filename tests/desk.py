"""A desk at a ministry: a copy of the small content, the command line, and what lies there."""

from __future__ import annotations

import shutil
from pathlib import Path

import build
from tests.everything import TEMPLATES
from tests.golden.refresh import CONTENT


class Desk:
    """A copy of the small content, nothing of it published; a test gives it what it needs besides."""

    def __init__(self, root: Path) -> None:
        self.root, self.content, self.site = root, root / "content", root / "site"
        shutil.copytree(CONTENT, self.content)

    def run(self, *arguments: str) -> int:
        """The exit code of a command about what is here, unless it names another place itself."""
        where = ("--content", str(self.content), "--templates", str(TEMPLATES), "--site", str(self.site))
        return build.main([*where, *arguments])

    def change(self, file: str, old: str, new: str) -> None:
        """Put a text in the place of another wherever that stands in a file of the source; it must be there."""
        path = self.content / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


class SimpleDesk(Desk):
    """A desk with the tables that are protected in no time: for tests that do not look at what a table counts."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        keep_simple_tables(self.content)


def keep_simple_tables(content: Path) -> None:
    """Takes out of the editions of the small content the crossed table and the one of themes, to which most work goes."""
    for edition in ("2025", "2026"):
        file = content / "editions" / f"{edition}.yaml"
        lines = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("  - {id: soort", "  - {id: thema"))]
        assert len(kept) < len(lines)
        file.write_text("".join(kept), "utf-8")


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path with `/`."""
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
