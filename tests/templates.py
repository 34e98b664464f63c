"""The public templates, as tests hand them to what renders."""

from __future__ import annotations

from pathlib import Path

from tweeluik.disk.templates import read_templates
from tweeluik.public.templates import Templates
from tweeluik.public.theme import read_theme


def of(folder: Path) -> Templates:
    return Templates(folder.as_posix(), read_templates(folder))


PUBLIC = of(Path(__file__).parents[1] / "templates" / "public")
THEME = read_theme(PUBLIC)
