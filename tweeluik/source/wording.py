"""`wording.yaml`: the ministry's own words for texts of the catalogue, with their years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from tweeluik.problems import Problem
from tweeluik.source.nodes import Node
from tweeluik.source.reading import Found, Reading
from tweeluik.source.records import Phrase
from tweeluik.source.schema import Schema
from tweeluik.source.suggest import nearest
from tweeluik.source.texts import read_text
from tweeluik.words import papers, phrases
from tweeluik.words.papers import PAPERS
from tweeluik.words.phrases import DUTCH, find_wrong

KEYS = (*phrases.OWN, *papers.OWN)
"""Of what everybody reads, and of the papers for the House."""


@dataclass(frozen=True, slots=True)
class PhraseKey:
    """The key of a text of the catalogue that may be replaced."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The key."""
        key = read_text(node, path, reading)
        if key is not None and key not in KEYS:
            reading.report(node.place, path, "no key of the catalogue", nearest(key, KEYS))
            return None
        return key

    def schema(self) -> Schema:
        """All keys, for editors that complete."""
        return {"type": "string", "enum": list(KEYS)}

    def words(self) -> str:
        """Where they stand."""
        return "a key of `phrases.toml` or `papers.toml` in `tweeluik/words/`"


def text_fits(found: Found[Phrase]) -> Iterator[Problem]:
    """A text has no other places than the one that it replaces."""
    key = found.record.key
    wrong = find_wrong(key, found.record.text, DUTCH if DUTCH.has(key) else PAPERS)
    if wrong is not None:
        yield found.problem("text", wrong, "look at the text that it replaces, in phrases.toml or papers.toml")


def one_text_a_year(reading: Reading) -> Iterator[Problem]:
    """Of one key only one text holds in a year."""
    phrases = sorted(reading.all(Phrase), key=lambda each: (each.record.key, each.record.place))
    for one, other in combinations(phrases, 2):
        if one.record.key == other.record.key and not _are_apart(one.record, other.record):
            yield other.problem(
                "key", "two texts for one key in the same year", "give each its years with from and until"
            )


def _are_apart(one: Phrase, other: Phrase) -> bool:
    return one.last < other.first or other.last < one.first
