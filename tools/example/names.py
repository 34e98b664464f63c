"""Invented names, each given once."""

from __future__ import annotations

from collections.abc import Iterator

from tools.example.dice import Dice
from tools.example.words import LOCAL, NATIONAL, PLACES, WORDS

LEGAL_FORMS = ("Stichting ", "Vereniging ", "Koninklijk Verbond ")


class Names:
    """Hands out names, each once: national ones in their order, local ones from a pattern, a place and a word."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._national: dict[str, Iterator[str]] = {kind: iter(names) for kind, names in NATIONAL.items()}
        self._words = dice.shuffled(WORDS)
        self._given: set[str] = set()

    def national(self, kind: str) -> str | None:
        """The next national name of a kind; None when there are no more."""
        name = next(self._national.get(kind, iter(())), None)
        if name is not None:
            self._given.add(name)
        return name

    def local(self, kind: str, region: str) -> str | None:
        """A name that was not given before; None when the region seems to have no more."""
        for _ in range(20):
            pattern, place = self._dice.pick(LOCAL[kind]), self._dice.pick(PLACES[region])
            name = pattern.format(place, word=self._words[len(self._given) % len(self._words)])
            if name not in self._given:
                self._given.add(name)
                return name
        return None

    def aliases(self, name: str) -> tuple[str, ...]:
        """Other names that people use: without the legal form, and the first letters when there are at least four."""
        bare = next((name.removeprefix(form) for form in LEGAL_FORMS if name.startswith(form)), name)
        letters = "".join(word[0] for word in name.replace("-", " ").split() if word[0].isalpha()).upper()
        others = [bare, letters] if len(letters) > 3 else [bare]  # noqa: PLR2004 - shorter ones read as any abbreviation
        new = tuple(each for each in others if each not in self._given)
        self._given.update(new)
        return new
