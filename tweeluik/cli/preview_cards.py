"""Problems as cards for a browser, in Dutch: like with like, causes first, with place, cure and what it means."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from tweeluik.cli.telling import MOST_ALIKE, alike, code_of
from tweeluik.problems import Problem
from tweeluik.words.messages import kind_of, translate
from tweeluik.words.reviewing import REVIEW, in_html

MOST_CARDS = 8
"""So many kinds are shown; who has more mends these first."""


MOST_ALLOWED = 60
"""So many values that may stand somewhere are shown."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be said beside problems: what may stand there, by (file, path), and in which a line can be mended."""

    allowed: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = field(default_factory=dict)
    mendable: frozenset[Problem] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of problem: `places` as (where, what) of the first of them, and how many `more` there are.

    `allowed` is what may stand at the first of them, each with what it means; `mendable` are files that can be mended.
    """

    title: str
    code: str
    places: tuple[tuple[str, str], ...]
    more: int
    cure: str
    about: str
    allowed: tuple[tuple[str, str], ...] = ()
    mendable: tuple[str, ...] = ()


NOTHING = Offer()


def cards_of(problems: Sequence[Problem], offer: Offer = NOTHING) -> Iterator[Card]:
    """A card per kind, and one for the kinds that are left."""
    groups = list(alike(problems))
    for group in groups[:MOST_CARDS]:
        yield _card(group, offer)
    left = sum(map(len, groups[MOST_CARDS:]))
    if left:
        yield Card(REVIEW.fill("card.others", count=left), "", (), left, "", "")


def _card(group: Sequence[Problem], offer: Offer) -> Card:
    first, kind = group[0], kind_of(group[0].what)
    shown = group if len(group) <= MOST_ALIKE + 1 else group[:MOST_ALIKE]
    cures = {translate(each.hint, "nl") for each in group}
    one_cure = cures.pop() if len(cures) == 1 else ""
    return Card(
        title=_sentence(translate(first.what, "nl")),
        code=code_of(first),
        places=tuple((str(each.place), _what(each, first, cure=not one_cure)) for each in shown),
        more=len(group) - len(shown),
        cure=one_cure,
        about="" if kind is None else kind.about["nl"],
        allowed=tuple(offer.allowed.get((first.place.file, first.path), ())[:MOST_ALLOWED]),
        mendable=tuple(sorted({each.place.file for each in group if each in offer.mendable})),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _what(problem: Problem, first: Problem, *, cure: bool) -> str:
    """What a line of a card says beside its place: the key, and what is not what the card says already."""
    what = "" if problem.what == first.what else translate(problem.what, "nl")
    hint = translate(problem.hint, "nl") if cure and problem.hint else ""
    return ": ".join(each for each in (problem.path, what, hint) if each)


def as_html(card: Card, mending: str = "") -> str:
    """A card as a part of a page; everything in it is text. `mending`: where the pages of changes are, if anywhere."""
    code = f" <small>[{html.escape(card.code)}]</small>" if card.code else ""
    items = "".join(f"<li><code>{html.escape(where)}</code> {html.escape(what)}</li>" for where, what in card.places)
    more = f"<p>{in_html('card.more', count=card.more)}</p>" if card.more and card.places else ""
    end = "" if card.cure.endswith((".", "?", "!")) else "."
    cure = f"<p><strong>{in_html('card.cure')}</strong> {html.escape(card.cure)}{end}</p>" if card.cure else ""
    about = (
        f"<details><summary>{in_html('card.about')}</summary><p>{html.escape(card.about)}</p></details>"
        if card.about
        else ""
    )
    title = f"<h2>{html.escape(card.title)}{code}</h2>"
    offered = _allowed(card.allowed) + (_buttons(card.mendable, mending) if card.mendable else "")
    return f"<section>{title}<ul>{items}</ul>{more}{cure}{offered}{about}</section>"


def _allowed(allowed: Sequence[tuple[str, str]]) -> str:
    if not allowed:
        return ""
    items = "".join(f"<li><code>{html.escape(code)}</code> {html.escape(label)}</li>" for code, label in allowed)
    return f"<details><summary>{in_html('card.allowed')}</summary><ul>{items}</ul></details>"


def _buttons(files: Sequence[str], mending: str) -> str:
    if not mending:
        return f"<p>{in_html('card.mendable', {'command': '<code>check --fix</code>'})}</p>"
    links = (
        f'<a class="knop" href="{html.escape(mending + quote(each))}">{in_html("card.mend", file=each)}</a>'
        for each in files
    )
    return f"<p>{' '.join(links)}</p>"
