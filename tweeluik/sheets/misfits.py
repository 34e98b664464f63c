"""Why a row does not fit, in the words of who filled it in; and the questions that follow from it.

What is given back to the person with the spreadsheet is in Dutch, as its headings are; a terminal has its own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tweeluik.words.said import Said

Asked = Literal["column", "kind", "region", "form", "measure", "traceable", "context", "subject", "organisation"]
"""What a question may be about: also the keys of the file with the answers."""

ASKED: dict[Asked, str] = {
    "column": "Column",
    "kind": "Kind",
    "region": "Region",
    "form": "Form",
    "measure": "Measure",
    "traceable": "Traceable",
    "context": "Context",
    "subject": "Subject",
    "organisation": "Organisation",
}
"""How people call it: sentences of the catalogue."""


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Question:
    """What does this mean? `nearest`: the answers that are most likely, each as it may be given."""

    about: Asked
    written: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Misfit:
    """One reason. `column` 0: the row as a whole.

    `detail`: what is told in the row that is given back, and nowhere else.
    `may_be_agreed`: a person may say that the row is to be taken all the same.
    `is_whole`: there is nothing else to say about the row.
    `if_changed`: it matters only where the row says something that the source does not say.
    """

    what: Said
    column: int = 0
    question: Question | None = None
    detail: str | Said = ""
    may_be_agreed: bool = False
    is_whole: bool = False
    if_changed: bool = False


class DoesNotFit(Exception):
    """A cell that cannot be taken over."""

    def __init__(self, what: Said, question: Question | None = None) -> None:
        super().__init__("a cell does not fit")
        self.what, self.question = what, question
