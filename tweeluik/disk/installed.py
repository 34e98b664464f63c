"""What comes with the program: its templates and the example, in the package or beside it in a clone."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def _found(name: str) -> Path:
    packed = _PACKAGE / "data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


TEMPLATES = _found("templates")
EXAMPLE = _found("content")


def default_templates() -> Path:
    """Those of the folder where somebody works, or else those of the program."""
    here = Path("templates")
    return here if here.is_dir() else TEMPLATES
