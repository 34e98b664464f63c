"""A value in a line of YAML: where it ends, and how another one is written in its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from tweeluik.source.value_types import FALSE, TRUE

_SAFE = re.compile(r"[A-Za-z][\w-]*")
_ITEM_ENDS = re.compile(r"[ \t]*[,\]}]|[ \t]+#|[ \t]*$")
_VALUE_ENDS = re.compile(r"[ \t]+#[ \t]|[ \t]*$")


class Token(NamedTuple):
    """A value in a line: what stands before it, the value itself with its quotes, and what stands behind it."""

    before: str
    text: str
    behind: str

    @property
    def bare(self) -> str:
        """The value without its quotes, straight or curly."""
        return re.sub(r"^([\"'])(.*)\1$", r"\2", self.text)

    def become(self, text: str) -> str:
        """The line with another value."""
        return f"{self.before}{text}{self.behind}"


def token_at(line: str, position: int) -> Token:
    """The value that begins at a position: to its closing quote, or to what ends it, inside brackets or not."""
    quote = line[position : position + 1]
    if quote in {'"', "'"}:
        closing = line.find(quote, position + 1)
        end = len(line) if closing < 0 else closing + 1
    else:
        inside = line[:position].count("[") + line[:position].count("{") > 0
        found = (_ITEM_ENDS if inside else _VALUE_ENDS).search(line, position)
        end = len(line) if found is None else found.start()
    return Token(line[:position], line[position:end], line[end:])


def quoted(text: str) -> str:
    """A text between quotes that it does not hold itself."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def plain_or_quoted(word: str) -> str:
    """A code as it is written: with quotes unless it can only be a word."""
    return word if _SAFE.fullmatch(word) and word.lower() not in TRUE | FALSE | {"on", "off", "null"} else quoted(word)
