"""Names that a file cannot have on every system."""

from __future__ import annotations

import re

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def is_reserved(name: str) -> bool:
    """Whether Windows keeps this name of a file or folder for a device; it does so with any ending too.

    https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    """
    return _DEVICE.fullmatch(name) is not None
