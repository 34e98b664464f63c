"""Publish the invented example, edition by edition: `python tools/publish_example.py FOLDER`.

The register in the folder is made anew; the same source gives the same bytes by the same program. A later program may
protect otherwise: what stands in `content/published/` stays, as in any register. Two years are published whole and
stand side by side, a third as far as it went; of the second list for inspection there is a concept for the preview.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a file, not as a package

from tweeluik.pipeline.freezing import make_publication
from tweeluik.record.register import FOLDER, read_published, replace_register

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FINAL = ("gesprekspartners-2023-2024", "2025", "2026")
PROVISIONAL, DAY = "2027", date(2027, 9, 1)


def publish_example(content: Path) -> None:
    """Take away what was published, and publish it again in the order of the days."""
    shutil.rmtree(content / FOLDER, ignore_errors=True)
    for edition in FINAL:
        _publish(content, edition)
    _publish(content, PROVISIONAL, DAY, provisional=True)


def _publish(content: Path, edition: str, day: date | None = None, *, provisional: bool = False) -> None:
    seen = read_published(content)
    made = make_publication(content, TEMPLATES, edition=edition, day=day, provisional=provisional)
    replace_register(content, seen, made.published.files)


if __name__ == "__main__":
    publish_example(Path(sys.argv[1]))
