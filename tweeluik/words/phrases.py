"""The catalogue of Dutch texts: everything that the public side says, by a key, with places for what differs.

`phrases.toml` holds the texts. A place is a name between braces: `In {when} waren het er {then}.` What is put there
is text, or something that a page marks up (a published number), so that a sentence is parts in turn. A text may use
the terms of the catalogue, such as the name of the programme, as places too: `{programme}`; and its nouns, one and
more, with a capital at the beginning of a sentence: `{one_pillar}`, `{more_pillar}`, `{One_pillar}`, `{More_pillar}`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import TypeVar

Part = TypeVar("Part")

TERMS = "term"
"""The section whose texts may stand in all others, under their own name."""

NOUNS = "noun"
"""The section whose texts are a word in its two forms, with a line between them."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A word in its two forms."""

    one: str
    other: str

    @property
    def inside(self) -> Noun:
        """As it stands within a sentence: a small letter, unless it begins with an abbreviation (`EU-regio`)."""
        return Noun(_small(self.one), _small(self.other))


def _small(word: str) -> str:
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


class Words:
    """Texts by key (`section.name`). A key that is not there, or a place that nothing is given for, is a `KeyError`."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def text(self, key: str, **given: str) -> str:
        """A text, with its places filled in. With markup in one of them it is markup, and the rest escaped."""
        return next(_joined(self._filled(self._texts[key], given)), "")

    def fill(self, key: str, **given: object) -> str:
        """A text for a template, which may give numbers too."""
        return self.text(key, **{name: each if isinstance(each, str) else str(each) for name, each in given.items()})

    @property
    def for_typst(self) -> dict[str, tuple[tuple[str, str | None], ...]]:
        """All texts in pieces: a program that sets type puts its own marks in the places."""
        return {key: self.pieces(key) for key in self._texts}

    def parts(self, key: str, **given: str | Part) -> tuple[str | Part, ...]:
        """A text as parts in turn: what was given stands by itself, the text around it is joined."""
        return tuple(_joined(self._filled(self._texts[key], given)))

    def pieces(self, key: str) -> tuple[tuple[str, str | None], ...]:
        """A text in turn: what stands before a place, and the place (None: what stands behind the last).

        Terms are filled in. For programs that fill in the rest themselves.
        """
        found = list[tuple[str, str | None]]()
        before = ""
        for text, place, _, _ in Formatter().parse(self._texts[key]):
            before += text
            standing = None if place is None else self._standing(place)
            if standing is not None:
                before += standing
            elif place is not None:
                found.append((before, place))
                before = ""
        return (*found, (before, None))

    def noun(self, name: str) -> Noun:
        """A word of the section of nouns."""
        one, _, other = self.text(f"{NOUNS}.{name}").partition("|")
        return Noun(one, other)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the file."""
        return tuple(self._texts)

    def raw(self, key: str) -> str:
        """A text as it stands in the catalogue, with its places."""
        return self._texts[key]

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self._texts

    def section(self, name: str) -> tuple[str, ...]:
        """The names in a section, in their order."""
        return tuple(key.partition(".")[2] for key in self._texts if key.startswith(f"{name}."))

    def own(self, texts: Mapping[str, str]) -> Words:
        """The same, with texts of somebody's own."""
        return Words({**self._texts, **texts})

    def _filled(self, text: str, given: Mapping[str, str | Part]) -> Iterator[str | Part]:
        for before, place, _, _ in Formatter().parse(text):
            yield before
            if place is None:
                continue
            if place in given:
                yield given[place]
                continue
            standing = self._standing(place)
            if standing is None:
                raise KeyError(place)
            yield standing

    @property
    def standing(self) -> frozenset[str]:
        """The places that any text may have: the terms, and the forms of the nouns."""
        forms = (f"{form}_{name}" for form in _FORMS for name in self.section(NOUNS))
        return frozenset({*self.section(TERMS), *forms})

    def _standing(self, place: str) -> str | None:
        """What stands in such a place; None: it is not one of them."""
        form, _, name = place.partition("_")
        if form in _FORMS and f"{NOUNS}.{name}" in self._texts:
            return _FORMS[form](self.noun(name).inside)
        return self._texts.get(f"{TERMS}.{place}")


_FORMS: Mapping[str, Callable[[Noun], str]] = {
    "one": lambda noun: noun.one,
    "more": lambda noun: noun.other,
    "One": lambda noun: _capital(noun.one),
    "More": lambda noun: _capital(noun.other),
}
"""Per form of a noun as a place, how it is written."""


def _joined(parts: Iterator[str | Part]) -> Iterator[str | Part]:
    """Neighbouring texts as one, and no empty ones."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
            text = ""
        yield part
    if text:
        yield text


def places(text: str) -> frozenset[str]:
    """The names of what has to be filled in.

    Raises:
        ValueError: the braces do not match.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def read(toml: str) -> dict[str, str]:
    """The texts of a file of sections, by key."""
    return {f"{section}.{name}": text for section, texts in tomllib.loads(toml).items() for name, text in _texts(texts)}


def _texts(section: object) -> Iterator[tuple[str, str]]:
    if not isinstance(section, dict):
        raise TypeError("a text outside of every section")
    for name, text in section.items():
        if not isinstance(text, str):
            raise TypeError("what is no text")
        yield str(name), text


def read_file(name: str) -> dict[str, str]:
    """The texts of a file beside this module."""
    return read(Path(__file__).with_name(name).read_text("utf-8"))


DUTCH = Words(read_file("phrases.toml"))
"""What is said where a ministry says nothing else. Read with the module: later nothing can be opened."""

_BY_PROGRAMS = ("cell", "first_year")
FIXED = frozenset({"text.total", *(f"{part}.{name}" for part in _BY_PROGRAMS for name in DUTCH.section(part))})
"""Words by which programs read files of the site: nobody changes them."""

OWN = tuple(key for key in DUTCH.keys if key not in FIXED)
"""The keys whose texts a ministry may replace."""


def find_wrong(key: str, text: str, words: Words) -> str | None:
    """Why a text cannot stand for a key of a catalogue, in English; None when it can."""
    try:
        given = places(text)
    except ValueError:
        return "the braces do not match"
    allowed = places(words.raw(key)) | words.standing
    if key.startswith((f"{TERMS}.", f"{NOUNS}.")) and given:
        return "a term holds no places"
    if key.startswith(f"{NOUNS}.") and text.count("|") != 1:
        return "expected a word for one and a word for more, with a line between them"
    return None if given <= allowed else "a place that this text does not have"
