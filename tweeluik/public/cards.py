"""The picture that stands beside a link to a page where people share it: what the page is about, and its first figures.

Only a site that knows its own address has them: such a picture is asked for by its whole address.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.public.key_figures import KeyFigure, key_figures
from tweeluik.public.message import plain
from tweeluik.public.picture import draw
from tweeluik.public.points import headline
from tweeluik.public.rendering import Renderer
from tweeluik.public.templates import Templates
from tweeluik.public.texts import which_version
from tweeluik.record.model import Publication, Release

TEMPLATE = "card.svg"

SITE = "stijl/kaart"
"""The card of every page that has none of its own, without its ending."""

TITLE_WIDTH, CAPTION_WIDTH, TEXT_WIDTH = 30, 25, 62
"""Characters on a line: of the title, below a figure, and of the sentence where there are no figures."""

MOST_FIGURES, MOST_LINES = 3, 4
"""Side by side, and below each other; the range of a number takes one of the lines."""

LOGO_SIZE = 48
"""Of its longest side, in pixels."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure on a card: the number, what it can stand for, and the lines below it."""

    text: str
    range: str
    caption: tuple[str, ...]


def card_of(publication: Publication, release: Release) -> str:
    """The address below the site of the card of an edition, without its ending."""
    own = has_figures(release) and release in publication.releases
    return f"edities/{release.edition}/kaart" if own else SITE


def has_figures(release: Release) -> bool:
    """Whether an edition is one with numbers: not for inspection only, and not taken back."""
    return release.notice is None and release.withdrawal is None


def card_files(publication: Publication, templates: Templates, renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """Every card, as SVG and as the PNG that was made from it; none where the site does not know its address.

    Raises:
        SourceHasProblems: the template is wrong.
    """
    if publication.base_url is None:
        return
    drawn = {SITE: _site(publication, renderer)}
    for release in publication.releases:
        if has_figures(release):
            drawn[card_of(publication, release)] = _edition(publication, release, renderer)
    pngs = draw([*drawn.values()], templates, TEMPLATE, renderer)
    for (path, svg), png in zip(drawn.items(), pngs, strict=True):
        yield f"{path}.svg", svg
        yield f"{path}.png", png


def _site(publication: Publication, renderer: Renderer) -> bytes:
    title = _lines(publication.title, TITLE_WIDTH)
    told = {"over": publication.publisher, "title": title, "figures": (), "text": (), "foot": ""}
    return renderer.file(TEMPLATE, **told, logo=_sized(renderer.theme.logo))


def _edition(publication: Publication, release: Release, renderer: Renderer) -> bytes:
    shown = (_shown(each) for each in key_figures(release, None)[:MOST_FIGURES])
    figures = tuple(each for each in shown if each is not None)
    return renderer.file(
        TEMPLATE,
        over=release.colophon.title,
        title=_lines(release.title, TITLE_WIDTH),
        figures=figures,
        text=() if figures else _lines(plain(headline(release)), TEXT_WIDTH),
        logo=_sized(renderer.theme.logo),
        foot=f"{release.colophon.publisher}, {which_version(publication, release)}",
    )


def _shown(each: KeyFigure) -> Shown | None:
    """A figure with its caption; None where that does not fit: half of it would say something else."""
    caption = tuple(textwrap.wrap(each.caption, CAPTION_WIDTH))
    fits = len(caption) + bool(each.figure.range) <= MOST_LINES
    return Shown(each.figure.text, each.figure.range, caption) if fits else None


def _sized(logo: str) -> str:
    """The logo as a part of another drawing: without a size of its own it would fill all of it."""
    head, end, rest = logo.lstrip().partition(">")
    bare = re.sub(r"\s(?:width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", head)
    return f'{bare} width="{LOGO_SIZE}" height="{LOGO_SIZE}"{end}{rest}'


def _lines(text: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, width, max_lines=MOST_LINES, placeholder=" …"))
