"""The exclusion list (L9): who may not be a partner, kept elsewhere than in the source and never named by a message.

`content/exclusions.age` is sealed to its holder. Inside stands one name, other name or registration number per line; a
line that begins with # is a comment.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tweeluik.confidential.age.header import NotAge, of_readers, stanza_kinds
from tweeluik.confidential.age.identities import Identity
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.padding import pad, unpad
from tweeluik.confidential.age.sealing import AgeRefused, SealedToOthers, seal
from tweeluik.confidential.at_rest.listed import read_lines
from tweeluik.disk.durable import reason
from tweeluik.disk.private import failing_as, replace_file
from tweeluik.problems import BuildFailed, OpeningFailed, Place, Problem, SealingFailed, WrongUsage

FILE = "exclusions.age"

KEY = "# key of judgements, keep this line: "
"""Stands before the secret with which lines are digested, on a line of the list itself: no other file holds it."""


def add_exclusions(lines: Iterable[str], content: Path, keyring: Keyring) -> None:
    """Add lines to the list, or begin one.

    Raises:
        OpeningFailed: there is a list, and these identities do not open it.
        WrongUsage: no lines, one that means nobody, no identity, or a holder of the list would be locked out of it.
        SealingFailed: it cannot be written; the earlier list is still there.
    """
    new = _some(lines)
    earlier = read_list(content, keyring)
    sealed = read_sealed(content)
    if sealed is not None and _holders(sealed) > len(_recipients(keyring.identities)):
        hint = "name the identities of all its holders, or seal a new list with `exclusions seal`"
        raise WrongUsage(problem("the list has holders whose identity was not named", hint))
    _seal((*earlier, *new), key_of(earlier), content, keyring)


def seal_exclusions(lines: Iterable[str], content: Path, keyring: Keyring) -> None:
    """Seal lines as the list, in the place of an earlier one; what was judged of it holds for the same lines.

    Raises:
        WrongUsage: no lines, one that means nobody, or no identity was named.
        SealingFailed: the list cannot be written; the earlier list is still there.
    """
    new = _some(lines)
    try:
        key = key_of(read_list(content, keyring))
    except OpeningFailed:
        key = None
    _seal(new, key, content, keyring)


def find_unclear(texts: Sequence[str], file: str) -> Iterator[Problem]:
    """Every line that means no organisation, with what to write instead."""
    for line in read_lines(texts):
        if line.cure:
            yield Problem(Place(file, line.number, 1), "", "a line that means no organisation", line.cure)


# --- the sealed file --------------------------------------------------------------------------------------------------


def read_sealed(content: Path) -> bytes | None:
    """The list as it lies on the disk; None when there is none."""
    try:
        return (content / FILE).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OpeningFailed(problem(f"the list cannot be read: {reason(error)}", "check who may read it")) from None


def read_list(content: Path, keyring: Keyring) -> tuple[str, ...]:
    """All lines of the list, that with its key too; none when there is no list."""
    sealed = read_sealed(content)
    try:
        return () if sealed is None else open_list(sealed, keyring)
    except SealedToOthers as error:
        raise cannot_open(error) from None


def open_list(sealed: bytes, keyring: Keyring) -> tuple[str, ...]:
    """All lines of the list.

    Raises:
        SealedToOthers: for whoever may pass that over.
        OpeningFailed: it cannot be opened for another reason.
    """
    try:
        return _filled(unpad(keyring.open(sealed)).decode("utf-8-sig").splitlines())
    except SealedToOthers:
        raise
    except AgeRefused as error:
        raise cannot_open(error) from None
    except UnicodeDecodeError:
        raise OpeningFailed(problem("the list is not UTF-8", "seal it again from a text file in UTF-8")) from None


def _filled(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, lines)))


def _some(lines: Iterable[str]) -> tuple[str, ...]:
    given = tuple(map(str.strip, lines))
    if not any(given):
        raise WrongUsage(problem("there is nothing to seal", "give a name or number per line"))
    if unclear := tuple(find_unclear(given, "list")):
        raise WrongUsage(unclear)
    return _filled(given)


def key_of(texts: Iterable[str]) -> str | None:
    """The key with which the lines are digested; None in a list of before judgements were kept."""
    return next((line.removeprefix(KEY) for line in texts if line.startswith(KEY)), None)


def _holders(sealed: bytes) -> int:
    """To how many recipients it was sealed."""
    try:
        return len(of_readers(stanza_kinds(sealed)))
    except NotAge:
        return 0


def _recipients(identities: Sequence[Identity]) -> tuple[str, ...]:
    return tuple(sorted({each.recipient for each in identities if each.recipient}))


def _seal(lines: Iterable[str], key: str | None, content: Path, keyring: Keyring) -> None:
    """To the identities themselves: who seals the list can open it."""
    recipients = _recipients(keyring.identities)
    if not recipients:
        raise WrongUsage(problem("there is no identity to seal to", "name one that keygen made with --identity"))
    told = dict.fromkeys((*lines, f"{KEY}{key or secrets.token_hex()}"))
    try:
        with failing_as(SealingFailed):
            replace_file(content / FILE, seal(pad("".join(f"{line}\n" for line in told).encode()), recipients))
    except AgeRefused as error:
        raise SealingFailed(problem(str(error), "name an identity that keygen made")) from None
    except OSError as error:
        what = f"the list cannot be written: {reason(error)}"
        raise SealingFailed(problem(what, "the earlier list is unchanged")) from None


def cannot_open(error: AgeRefused) -> BuildFailed:
    """What is told to whoever cannot open the list."""
    return OpeningFailed(problem(str(error), "name the identity of the holder of the list"))


def problem(what: str, hint: str) -> Problem:
    """A problem with the list as a whole."""
    return Problem(Place(FILE), "", what, hint)
