"""`protection.key`: the key for the choices of protection, and the one key that may not be it."""

from __future__ import annotations

import re
from hashlib import sha256

from tweeluik.problems import Place
from tweeluik.source.reading import Reading

EXAMPLE_PUBLISHER = "Ministerie van Voorbeeldzaken"
EXAMPLE_KEY = "4db2291aa489e92b4d027384f75877539d5ba5be54a83e99aa4235e0c93659f0"
"""The SHA-256 of the key that is shipped with the example; who publishes the example may use it, and nobody else."""

MAKE_A_KEY = (
    "python -c \"import pathlib, secrets; pathlib.Path('content/protection.key').write_text(secrets.token_hex(32))\""
)


def read_key(text: str, file: str, publisher: str | None, reading: Reading) -> str | None:
    """The key, or None after reporting that there is none in the text. `publisher`: who publishes; None: not known."""
    key = text.strip()
    if not re.fullmatch("[0-9a-f]{64}", key):
        reading.report(Place(file), "", "not a key", "64 hexadecimal digits in small letters")
        return None
    if publisher != EXAMPLE_PUBLISHER and sha256(key.encode()).hexdigest() == EXAMPLE_KEY:
        what = "the key of the example, which everyone has: with it readers repeat every choice of protection"
        reading.report(Place(file), "", what, f"make one of your own, once: {MAKE_A_KEY}")
    return key
