"""What the program says, in two languages: the one catalogue of messages, with a stable code for every kind.

Code says what is wrong in English, and the English sentence is the key, as with gettext: `catalogue/*.toml` holds it
with its code, its Dutch and a paragraph that explains it. What is filled in (`{place}`) the sentence itself finds;
`{found:part}` is a word that is translated too, `{found:list}` words with commas between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypedDict, cast

from tweeluik.words.language import Language

_FOLDER = Path(__file__).parent / "catalogue"
_HOLE = re.compile(r"\{(\w+)(?::(part|list))?\}")
_CODED = re.compile(r"[ew]\d_\w+\.toml")


class _Texts(TypedDict):
    en: str
    nl: str


class _RawKind(TypedDict, total=False):
    """A section of a file: one sentence (`en`, `nl`) or several (`says`), and what they mean."""

    en: str
    nl: str
    says: list[list[str]]
    about: _Texts
    causes: bool


class Sentence:
    """One sentence with holes, in both languages."""

    def __init__(self, english: str, dutch: str) -> None:
        self.texts: Mapping[Language, str] = {"en": english, "nl": dutch}
        self.holes: Mapping[str, str] = dict(_HOLE.findall(english))
        parts = _HOLE.split(english)
        literal, named = parts[::3], parts[1::3]
        self.weight = sum(map(len, literal))
        """How much of it is fixed: of two sentences that fit, the one with more says what was meant."""
        self._literal, self._named = literal, named

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Made when it is needed: of hundreds of sentences a run says a few."""
        holes = zip(self._named, self._literal[1:], strict=True)
        pattern = "".join(f"(?P<{name}>.+?){re.escape(text)}" for name, text in holes)
        return re.compile(re.escape(self._literal[0]) + pattern, re.DOTALL)

    def filled(self, text: str) -> Mapping[str, str] | None:
        """What stands in the holes of an English text; None when it is another sentence."""
        if not (text.startswith(self._literal[0]) and text.endswith(self._literal[-1])):
            return None
        found = self._pattern.fullmatch(text)
        return None if found is None else found.groupdict()

    def shown(self, language: Language) -> str:
        """The sentence with its holes, as a person reads it."""
        return _HOLE.sub(lambda hole: f"{{{hole[1]}}}", self.texts[language])

    def fill(self, values: Mapping[str, str]) -> str:
        """The Dutch with these values in it, of which some are words themselves."""
        return _HOLE.sub(lambda hole: self._value(hole[1], values[hole[1]]), self.texts["nl"])

    def _value(self, name: str, value: str) -> str:
        match self.holes[name]:
            case "part":
                return translate(value, "nl")
            case "list":
                return ", ".join(translate(each, "nl") for each in value.split(", "))
            case _:
                return value


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: its code, its sentences, what it means, and whether others may follow from it."""

    code: str
    sentences: tuple[Sentence, ...]
    about: Mapping[Language, str]
    causes: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """Kinds of messages that belong together."""

    title: Mapping[Language, str]
    kinds: tuple[Kind, ...]


class _Index:
    """Sentences by what they say."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        found = tuple(sentences)
        self._fixed = {each.texts["en"]: each for each in found if not each.holes}
        self._open = sorted((each for each in found if each.holes), key=lambda each: -each.weight)

    def find(self, text: str) -> tuple[Sentence, Mapping[str, str]] | None:
        """The sentence that a text is, and what it was filled with."""
        if text in self._fixed:
            return self._fixed[text], {}
        for each in self._open:
            values = each.filled(text)
            if values is not None:
                return each, values
        return None


@cache
def translate(text: str, language: Language) -> str:
    """An English text in a language; as it is where the catalogue does not know it, as with codes and names."""
    found = None if language == "en" else _everything().find(text)
    return text if found is None else found[0].fill(found[1])


def filled(english: str, language: Language, values: Mapping[str, str]) -> str:
    """A sentence of the catalogue, given in English with its holes: in a language, with these values as they are."""
    sentence = _by_english().get(english) if language != "en" else None
    text = english if sentence is None else sentence.texts[language]
    return _HOLE.sub(lambda hole: values.get(hole[1], hole[0]), text)


def parsed(text: str) -> tuple[str, tuple[tuple[str, str, bool], ...]]:
    """The sentence that an English text is, with its holes; of each hole what is in it, and whether that is a part."""
    found = _everything().find(text)
    if found is None:
        return text, ()
    sentence, values = found
    return sentence.shown("en"), tuple((name, each, sentence.holes[name] == "part") for name, each in values.items())


@cache
def kind_of(what: str) -> Kind | None:
    """The kind of message that an English sentence is."""
    found = _coded().find(what)
    return None if found is None else _kinds_by_sentence()[found[0]]


def code_of(what: str) -> str:
    """The stable code of the message that an English sentence is; empty for what the catalogue does not know."""
    kind = kind_of(what)
    return "" if kind is None else kind.code


def find_kind(code: str) -> Kind | None:
    """The kind with a code."""
    return next((each for chapter in chapters() for each in chapter.kinds if each.code == code), None)


@cache
def chapters() -> tuple[Chapter, ...]:
    """The whole catalogue of codes, in their order."""
    files = sorted(each for each in _FOLDER.iterdir() if _CODED.fullmatch(each.name))
    return tuple(_chapter(_read(each)) for each in files)


@cache
def cures() -> tuple[Sentence, ...]:
    """Everything that may stand in brackets behind a message."""
    return tuple(_pairs("cures"))


@cache
def phrases() -> tuple[Sentence, ...]:
    """Words to be filled in, and what commands say beside messages."""
    return (*_pairs("parts"), *_pairs("results"))


@cache
def sayings() -> tuple[Sentence, ...]:
    """What is told with its values apart (`words/said.py`): no text is ever compared with these."""
    return (*_pairs("told"), *_pairs("import"))


def _chapter(sections: Mapping[str, _RawKind]) -> Chapter:
    title = sections["title"]
    causes = title.get("causes", False)
    kinds = (_kind(code, raw, causes=causes) for code, raw in sorted(sections.items()) if code != "title")
    return Chapter({"nl": title["nl"], "en": title["en"]}, tuple(kinds))


def _kind(code: str, raw: _RawKind, *, causes: bool) -> Kind:
    pairs = raw["says"] if "says" in raw else [[raw["en"], raw["nl"]]]
    about: Mapping[Language, str] = {"nl": raw["about"]["nl"], "en": raw["about"]["en"]}
    return Kind(code, tuple(Sentence(*each) for each in pairs), about, causes or raw.get("causes", False))


def _read(file: Path) -> Mapping[str, _RawKind]:
    return cast("Mapping[str, _RawKind]", _parsed(file))  # a test reads every one of them


def _pairs(name: str) -> Iterator[Sentence]:
    raw = cast("Mapping[str, Sequence[Sequence[str]]]", _parsed(_FOLDER / f"{name}.toml"))
    for english, dutch in raw[name]:
        yield Sentence(english, dutch)


def _parsed(file: Path) -> Mapping[str, object]:
    import tomllib  # noqa: PLC0415 - who has nothing to say in other words does not wait for it

    return tomllib.loads(file.read_text("utf-8"))


@cache
def _kinds_by_sentence() -> Mapping[Sentence, Kind]:
    return {sentence: kind for chapter in chapters() for kind in chapter.kinds for sentence in kind.sentences}


@cache
def _coded() -> _Index:
    return _Index(_kinds_by_sentence())


@cache
def _everything() -> _Index:
    return _Index((*_kinds_by_sentence(), *cures(), *phrases()))


@cache
def _by_english() -> Mapping[str, Sentence]:
    return {each.shown("en"): each for each in (*_kinds_by_sentence(), *cures(), *phrases(), *sayings())}
