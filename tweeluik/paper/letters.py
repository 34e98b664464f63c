"""Names in other scripts as pictures of their letters, for who may open no font: the public side can open no file.

The picture is drawn here, where the fonts of `fonts/` are, and goes along with the templates under a name of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from tweeluik.paper.typesetting import NotTypeset, draw, has_letters, has_letters_alone

FOLDER = PurePosixPath("letters")
"""Where a picture stands among the templates: behind this comes the text itself."""

_LATIN = "\u00a0-\u024f\u1e00-\u1eff"
_GREEK = "\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff"
_CYRILLIC = "\u0400-\u045f"
ORDINARY = re.compile(f"[ -~{_LATIN}{_GREEK}{_CYRILLIC}\u2010-\u2026]*")
"""Latin, Greek, Cyrillic and their marks: all of these are in the fonts inside typst, so that no such name is tried."""

EMPTY = "□"
"""What stands for a letter that no font has."""

_DRAWING = """
#set page(width: auto, height: auto, margin: 0pt)
#set text(lang: "nl", font: "Libertinus Serif", size: 20pt, top-edge: "ascender", bottom-edge: "descender")
#json(bytes(sys.inputs.data)).text
"""


def key(text: str) -> str:
    """The name of its picture among the templates."""
    return f"{FOLDER}/{text}"


def pictures(texts: Iterable[str]) -> Mapping[str, str]:
    """SVG of every text that the fonts inside typst cannot show and those beside it can, by its key."""
    return {key(text): picture for text in texts if (picture := _picture(text))}


def shown(text: str) -> str:
    """The text, with a mark for every letter that the fonts inside typst have not."""
    if ORDINARY.fullmatch(text):
        return text
    return "".join(each if ORDINARY.fullmatch(each) or has_letters_alone(each) else EMPTY for each in text)


def can_print(text: str) -> bool:
    """Whether a paper that may open fonts can show all letters of a text."""
    return ORDINARY.fullmatch(text) is not None or has_letters(text)


OTHER = "other signs"
_SCRIPT = re.compile(r"(.+?) (?:CAPITAL |SMALL |INDEPENDENT )?(?:LETTER|SYLLABLE|VOWEL|CHARACTER|UNIFIED)")


def scripts_without(text: str) -> tuple[str, ...]:
    """By their names in Unicode, such as `Nko`, the scripts of a text of which some letter is in no font."""
    letters = sorted({each for each in text if unicodedata.category(each).startswith("L") and not can_print(each)})
    names = (_SCRIPT.match(unicodedata.name(each, "")) for each in letters)
    return tuple(sorted({name[1].title() if name else OTHER for name in names})) or (OTHER,)


def _picture(text: str) -> str | None:
    if ORDINARY.fullmatch(text) or has_letters_alone(text):
        return None
    try:
        return draw(_DRAWING, {"text": text})
    except NotTypeset:
        return None
