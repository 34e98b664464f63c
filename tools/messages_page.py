"""`docs/meldingen.md`, every kind of message with its code and what it means: `python -m tools.messages_page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tweeluik.words.messages import Chapter, Kind, chapters

ROOT = Path(__file__).parents[1]
PAGE = Path("docs/meldingen.md")

ABOUT = """# Meldingen

Achter elke melding staat een code tussen vierkante haken, zoals `[E104]`. Die code blijft gelijk, ook als de woorden
veranderen. Codes met een E houden een opdracht tegen; codes met een W zijn waarschuwingen en houden niets tegen.
Dezelfde uitleg ziet u met `python build.py explain E104`.

Een melding noemt een plaats, een sleutel en wat u kunt doen. Zij noemt nooit een naam, kenmerk of andere waarde uit de
bron. Wat hieronder tussen accolades staat, is in de melding ingevuld.

Deze bladzijde wordt gemaakt met `python -m tools.messages_page`.
"""


def page() -> str:
    """The page as it must be."""
    return "\n".join((ABOUT, *map(_chapter, chapters())))


def _chapter(chapter: Chapter) -> str:
    return "\n".join((f"## {chapter.title['nl']}\n", *(line for kind in chapter.kinds for line in _kind(kind))))


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.code}\n"
    for sentence in kind.sentences:
        yield f"- *{sentence.shown('nl')}*"
        yield f"  ({sentence.shown('en')})"
    yield f"\n{kind.about['nl']}\n"


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page(), "utf-8")
