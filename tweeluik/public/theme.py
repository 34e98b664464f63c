"""The theme among the public templates, in their folder `theme/`."""

from __future__ import annotations

from tweeluik.paper import theme
from tweeluik.paper.theme import Theme, ThemeIsWrong
from tweeluik.public.templates import Templates

TOKENS, LOGO = (f"theme/{name}" for name in (theme.TOKENS, theme.LOGO))


def read_theme(templates: Templates) -> Theme:
    """The theme among the templates.

    Raises:
        SourceHasProblems: as `paper.theme.parse_theme`, or one of its files is missing.
    """
    try:
        return theme.parse_theme(templates.text(TOKENS), templates.text(LOGO))
    except ThemeIsWrong as wrong:
        raise templates.wrong(f"theme/{wrong.file}", wrong.line, wrong.what) from None
