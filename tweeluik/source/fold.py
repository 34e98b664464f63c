"""Names reduced to what the eye compares: small letters and digits, without accents, spaces and signs."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """The folded name; an empty text when nothing of it is a letter or digit."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in unicodedata.normalize("NFKD", plain) if character.isalnum())
