"""A text that must stay inside, as the guard is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tweeluik.problems import Place

Kind = Literal["distinctive", "phrase", "short", "ordinary", "digest"]
"""When a text is a find.

`distinctive`: wherever its letters and digits follow each other. `phrase`: in any case, where its words follow each
other. `short`: few letters that are no word, as they are or in capitals; in any case where a program points, and from
four letters on anywhere. `ordinary`: words that any text may hold; only where they are written as a name
(`ordinary.py`). `digest`: never itself, only its digests.
"""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that must not be public, with the field it comes from and its place in the source.

    `allowed` are the folders of the site in which it may stand (a name with consent, in its edition); `within` are
    public labels that hold an ordinary word as one of theirs, or with which a distinctive name begins or ends;
    `digested`: its digests must not be public either.
    """

    kind: Kind
    field: str
    place: Place
    text: str
    allowed: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    digested: bool = False

    def __hash__(self) -> int:
        """Of the text alone: thousands are looked up at every change of a preview, and hardly two have the same."""
        return hash(self.text)


def may_stand(secrets: Iterable[Secret], path: str) -> bool:
    """Whether one of these may stand in a file: then the text tells nothing that is not public there."""
    return any(path.startswith(folder) for secret in secrets for folder in secret.allowed)


def elsewhere(secrets: Iterable[Secret], path: str) -> Iterator[Secret]:
    """All of these, unless one of them may stand in the file."""
    if not may_stand(secrets, path):
        yield from secrets
