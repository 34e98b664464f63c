"""Whether papers can show every name: in which script an organisation writes itself is for it to say.

What cannot be shown is told by the place of the name and by its script, never by the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tweeluik.paper.letters import can_print, scripts_without
from tweeluik.problems import Problem, SealingFailed
from tweeluik.selection.rules import Selection
from tweeluik.source.records import Partner, Source

HINT = "write it in letters that the papers have, such as Latin ones"


def refuse_without_letters(selection: Selection) -> None:
    """Raise `SealingFailed` with the place of every name in the bundle that no font has all letters of."""
    problems = tuple(
        Problem(partner.place, path, f"no font has the letters of this name: {scripts}", HINT)
        for partner, path, scripts in _find_without(selection.partners)
    )
    if problems:
        raise SealingFailed(problems)


def find_without_letters(source: Source) -> Iterator[Problem]:
    """Names that become public, or are, which the annex prints with a box for a letter; the pages show them as ever."""
    for partner, path, scripts in _find_without(each for each in source.partners if each.named_in):
        if path == "name":
            what = f"the annex shows boxes for letters of this name: {scripts}"
            yield Problem(partner.place, path, what, HINT)


def _find_without(partners: Iterable[Partner]) -> Iterator[tuple[Partner, str, str]]:
    for partner in partners:
        for path, text in (("name", partner.name), *(("aliases", each) for each in partner.aliases)):
            if not can_print(text):
                yield partner, path, ", ".join(scripts_without(text))
