"""The public templates as values: their texts, and the folder that messages name them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field

from tweeluik.problems import Place, Problem, SourceHasProblems

HINT = "compare it with the one that came with Tweeluik"

Compiled = MutableMapping[str, bytes]
"""What templates were made into, by their names; filled by whoever renders, and of use to the next one."""


@dataclass(frozen=True, slots=True, repr=False)
class Templates:
    """Texts by their path below `folder`; nothing else can be included."""

    folder: str
    texts: Mapping[str, str]
    compiled: Compiled = field(default_factory=dict, compare=False)

    def text(self, name: str) -> str:
        """One of them.

        Raises:
            SourceHasProblems: it is not there.
        """
        if name not in self.texts:
            raise self.wrong(name, 0, "the template is not there")
        return self.texts[name]

    def file(self, name: str) -> str:
        """What a message calls it."""
        return f"{self.folder}/{name}"

    def wrong(self, name: str, line: int, what: str) -> SourceHasProblems:
        """What is the matter with one of them; `what` quotes neither it nor what it was given."""
        return SourceHasProblems(Problem(Place(self.file(name), line, 1 if line else 0), "", what, HINT))

    def with_text(self, name: str, text: str) -> Templates:
        """The same with one more, which was made of others."""
        return Templates(self.folder, Noted(self.texts, set(), {name: text}), self.compiled)

    def noted(self, names: set[str]) -> Templates:
        """The same; the names of all that anybody looks for from now on come into the set, be they there or not."""
        return Templates(self.folder, Noted(self.texts, names), self.compiled)


class Noted(Mapping[str, str]):
    """Texts of which it is noted which were looked for; `made` are some more, which nobody needs to know of."""

    def __init__(self, texts: Mapping[str, str], names: set[str], made: Mapping[str, str] | None = None) -> None:
        self._texts, self._names, self._made = texts, names, made or {}

    def __getitem__(self, name: str) -> str:
        if name in self._made:
            return self._made[name]
        self._names.add(name)
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        self._names.update(self._texts)
        return iter({**dict.fromkeys(self._texts), **dict.fromkeys(self._made)})

    def __len__(self) -> int:
        self._names.update(self._texts)
        return len({*self._texts, *self._made})
