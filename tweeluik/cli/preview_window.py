"""The window of a preview: what stands in it, and what is put above every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tweeluik.cli.preview_cards import Card, as_html
from tweeluik.words.reviewing import in_html

EMPTY_PAGE = (
    f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{in_html("preview.title")}</title></head>'
    "<body></body>"
).encode()


@dataclass(frozen=True, slots=True)
class Shot:
    """What stands in the window: the last good site, and what is wrong with the source since.

    `problems` are in Dutch, as the page is; `told` is the same for the terminal. `is_broken`: by a bug of ours.
    """

    version: int
    files: Mapping[str, bytes]
    problems: tuple[Card, ...] = ()
    told: tuple[str, ...] = ()
    is_broken: bool = False


MARK = (
    f'<aside id="proefdruk" aria-label="{in_html("preview.title")}">'
    + in_html("preview.mark", {"proof": f"<strong>{in_html('preview.proof')}</strong>"})
    + "</aside>"
)


def problem_box(shot: Shot, mending: str) -> str:
    """The problems as cards, as a part of a page. `mending`: where the pages of changes are, if anywhere."""
    below = in_html("preview.last_good" if shot.files else "preview.none_good")
    count = sum(len(each.places) + each.more for each in shot.problems) or 1
    title = in_html("preview.wrong_one" if count == 1 else "preview.wrong", count=count)
    cards = "".join(as_html(each, mending) for each in shot.problems)
    told = f'<div role="alert"><p><strong>{title}</strong> {below}</p>{cards}</div>'
    return f'<aside id="voorvertoning" aria-label="{in_html("preview.news")}">{told}</aside>'
