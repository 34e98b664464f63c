"""Whether the papers can show every name: in which script an organisation writes itself is for it to say."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.paper.letters import can_print
from tweeluik.problems import Problem, SealingFailed
from tweeluik.selection.rules import Selection
from tweeluik.source.records import Partner


def refuse_without_letters(selection: Selection) -> None:
    """Raise `SealingFailed` with the place of every name that no font has all letters of; never with the name."""
    problems = tuple(_find_without(selection.partners))
    if problems:
        raise SealingFailed(problems)


def _find_without(partners: tuple[Partner, ...]) -> Iterator[Problem]:
    for partner in partners:
        for path, text in (("name", partner.name), *(("aliases", each) for each in partner.aliases)):
            if not can_print(text):
                hint = "write it in letters that the papers have, such as Latin ones"
                yield Problem(partner.place, path, "no font has all letters of this name", hint)
