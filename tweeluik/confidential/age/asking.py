"""Secrets that are typed: the passphrase of an identity, the code of a token. At a terminal only, and never shown."""

from __future__ import annotations

import getpass
import os
import sys

from tweeluik.words.language import asked_language
from tweeluik.words.said import in_words

_CLEAR_LINE = "\r\x1b[K"
"""The step that a command is at stands on this line, without an end."""


def ask_secret(what: str) -> str | None:
    """What a person types, unseen; None when nobody is there, or gave nothing.

    It is asked in the language that the program was called in; a plug-in says its own words.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    asked = in_words(_plain(what), asked_language(sys.argv[1:], os.environ))
    clear = "" if os.environ.get("TERM") == "dumb" else _CLEAR_LINE
    try:
        return getpass.getpass(f"{clear}{asked}: ") or None
    except EOFError:
        return None


def tell(message: str) -> None:
    """A line for who sits at the terminal, such as that a token waits to be touched."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"{_plain(message)}\n")


def _plain(text: str) -> str:
    """Without what a terminal takes for orders."""
    return "".join(each for each in text if each.isprintable())
