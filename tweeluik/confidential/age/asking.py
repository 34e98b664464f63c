"""Secrets that are typed: the passphrase of an identity, the code of a token. At a terminal only, and never shown."""

from __future__ import annotations

import getpass
import sys


def ask_secret(what: str) -> str | None:
    """What a person types, unseen; None when nobody is there, or gave nothing."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    try:
        return getpass.getpass(f"{_plain(what)}: ") or None
    except EOFError:
        return None


def tell(message: str) -> None:
    """A line for who sits at the terminal, such as that a token waits to be touched."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"{_plain(message)}\n")


def _plain(text: str) -> str:
    """Without what a terminal takes for orders."""
    return "".join(each for each in text if each.isprintable())
