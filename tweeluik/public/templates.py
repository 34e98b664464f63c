"""The public templates as values: their texts, and the folder that messages name them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tweeluik.problems import Place, Problem, SourceHasProblems

HINT = "compare it with the one that came with Tweeluik"


@dataclass(frozen=True, slots=True, repr=False)
class Templates:
    """Texts by their path below `folder`; nothing else can be included."""

    folder: str
    texts: Mapping[str, str]

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
