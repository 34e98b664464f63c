"""What is said with values in it, told in the language of whoever reads.

A message with its values in place is translated by finding out which sentence it is (`messages.translate`). What holds
texts of a spreadsheet is not: a name may look like any sentence. So its values stay apart until somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tweeluik.words.language import Language
from tweeluik.words.messages import filled, parsed, translate


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """A sentence of the catalogue in English, with `{holes}`, and what is in them; `indent`: spaces before it."""

    english: str
    values: tuple[tuple[str, str | Said], ...] = ()
    indent: int = 0

    def below(self) -> Said:
        """The same, as a line below another."""
        return replace(self, indent=self.indent + 2)

    def shown(self, language: Language) -> str:
        """As it is read."""
        values = {name: shown(value, language) for name, value in self.values}
        return " " * self.indent + filled(self.english, language, values)


def said(english: str, /, **values: str | int | Said) -> Said:
    """A sentence with its values."""
    return Said(english, tuple((name, each if isinstance(each, Said) else str(each)) for name, each in values.items()))


def as_is(text: str) -> Said:
    """A text in which no words are looked for."""
    return said("{one}", one=text)


def message(english: str) -> Said:
    """A message with its values in place, which hold nothing of the source, as a sentence."""
    sentence, values = parsed(english)
    return Said(sentence, tuple((name, message(value) if part else value) for name, value, part in values))


def shown(text: str | Said, language: Language) -> str:
    """As it is read; words of the catalogue without anything in them may be given as they are."""
    return text.shown(language) if isinstance(text, Said) else text


def in_words(text: str | Said, language: Language) -> str:
    """A line of a command: a sentence, or a text that may be one of the catalogue; what it is indented with stays."""
    if isinstance(text, Said):
        return text.shown(language)
    words = text.lstrip(" ")
    return text[: len(text) - len(words)] + translate(words, language)


def commas(texts: Iterable[Said]) -> Said:
    """`this, that, another`; nothing for nothing."""
    found = list(texts)
    return said("{one}", one=_joined(found, "{one}, {other}")) if found else said("")


def semicolons(texts: Iterable[Said]) -> Said:
    """`this; that; another`, of at least one."""
    return said("{one}", one=_joined(texts, "{one}; {other}"))


def all_of(texts: Iterable[str | Said]) -> str | Said:
    """`this, that and another`."""
    *before, last = texts
    return said("{one} and {other}", one=_joined(before, "{one}, {other}"), other=last) if before else last


def one_of(texts: Iterable[str | Said]) -> str | Said:
    """`this or that or another`: names with commas in them stay apart."""
    return _joined(texts, "{one} or {other}")


def number(value: float, digits: int = 0) -> str | Said:
    """A number with its thousands apart, as a language writes it."""
    whole, _, part = f"{value:,.{digits}f}".partition(".")
    told = _joined(whole.split(","), "{one},{other}")
    return said("{one}.{other}", one=told, other=part) if part else told


def _joined(texts: Iterable[str | Said], between: str) -> str | Said:
    first, *others = texts
    for each in others:
        first = said(between, one=first, other=each)
    return first
