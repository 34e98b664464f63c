"""Line ends that were changed on the way: git on Windows does that by itself, and so do some editors.

What a program wrote and others signed or chained is something else with them, byte for byte.
"""

from __future__ import annotations

WHAT = "line ends that are not those of the file as it was written, as git changes them on Windows"
CURE = (
    "run `git config --global core.autocrlf false`, and clone the source again;"
    " a file .gitattributes with `* -text` in the source prevents it"
)
CHANGED = (WHAT, CURE)

GITATTRIBUTES = ".gitattributes"
LEAVE_THEM = "* -text\n"
"""What tells git to leave all files as they are."""


def are_changed(name: str, data: bytes) -> bool:
    """Whether a text of ours, that has line feeds alone, has others; what is sealed is no text."""
    return b"\r\n" in data and not name.endswith(".age")
