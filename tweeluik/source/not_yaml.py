"""What libyaml says of a text that is no YAML, and what an editor is told in its place, with a cure."""

from __future__ import annotations

from typing import NamedTuple

from tweeluik.source import slips

_ESCAPE = ("an unknown escape in a text", "write a backslash twice, or use single quotes")
_SIGN = ("a sign that cannot start a text", "put quotes around the text")
_STARTS = ("an anchor", "an alias", "a tag", "a block scalar", "a directive")
"""What libyaml takes a plain text for that starts with &, *, !, | or >, or %."""


class Cure(NamedTuple):
    """A part of libyaml's fixed words, and what we say instead. `begins`: the place is where the broken part begins."""

    said: str
    what: str
    hint: str
    begins: bool = False


CURES = (
    Cure("tab character", *slips.TAB),
    Cure("unexpected end of stream", "a quoted text that does not end", "close the quotes", begins=True),
    Cure("mapping values are not allowed", *slips.COLON),
    Cure(
        "could not find expected ':'",
        "a key without a colon",
        "write it as 'key: value', or a note as '# …'",
        begins=True,
    ),
    Cure("expected ',' or", "a list or mapping that is not closed", "look for a comma or bracket", begins=True),
    Cure("'-' indicator", "not a part of the list above it", "start it with '- ', or indent it"),
    Cure("did not find expected key", "not a key of the record above it", "align it, or quote the text as a whole"),
    Cure("unknown escape", *_ESCAPE),
    Cure("character escape", *_ESCAPE),
    Cure("cannot start any token", *_SIGN),
    Cure("mapping keys are not allowed", *_SIGN),
    *(Cure(f"while scanning {each}", *_SIGN, begins=True) for each in _STARTS),
)
NOT_YAML = Cure("", "not YAML", "look here and just above: indentation, quotes, colons, brackets")


def cure_of(said: str) -> Cure:
    """The first that holds of what libyaml says."""
    return next((each for each in CURES if each.said in said), NOT_YAML)
