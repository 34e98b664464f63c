"""For the worked examples of `CONTRIBUTING.md`: the small golden source with one thing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "content"


def source_with(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the golden source; in the first file called `name`, or in a folder of that name, `old` becomes `new` once."""
    content = shutil.copytree(GOLDEN, folder / "content")
    path = content / name
    files = [path] if path.is_file() else sorted(path.glob("*.yaml"))
    file = next(each for each in files if old in each.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    return content
