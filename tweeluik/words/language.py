"""The two languages of the program, and which of them its user reads. It imports nothing that help would wait for."""

from __future__ import annotations

from itertools import pairwise

TYPE_CHECKING = False  # to import it from typing takes as long as all of this
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    Language = Literal["en", "nl"]
else:
    Language = str

LANGUAGES: tuple[Language, ...] = ("nl", "en")

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says which language its user reads, the first that is there."""

_OPTION = "--lang"


def language_of(environment: Mapping[str, str]) -> Language:
    """The language that the user of a system reads: Dutch where it says so, else English."""
    told = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "nl" if told.lower().startswith("nl") else "en"


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language that arguments ask for, whatever else is wrong with them; else that of the system."""
    given = [each.removeprefix(f"{_OPTION}=") for each in arguments if each.startswith(f"{_OPTION}=")]
    given += [after for each, after in pairwise(arguments) if each == _OPTION]
    return next((each for each in LANGUAGES if each in given), language_of(environment))
