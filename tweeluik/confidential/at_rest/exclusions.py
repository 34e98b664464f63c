"""The exclusion list (L9): who may not be a partner, kept elsewhere than in the source and never named by a message.

`content/exclusions.age` is sealed to its holder. Inside stands one name, other name or registration number per line; a
line that begins with # is a comment. The source is compared with it in memory, and the answer is a number of matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tweeluik.confidential.age.header import NotAge, stanza_kinds
from tweeluik.confidential.age.identities import Identity
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.sealing import AgeRefused, SealedToOthers, seal
from tweeluik.confidential.at_rest.matching import count_matches
from tweeluik.disk.durable import reason
from tweeluik.disk.private import failing_as, replace_file
from tweeluik.problems import BuildFailed, OpeningFailed, Place, Problem, SealingFailed, SourceHasProblems, WrongUsage
from tweeluik.source.records import Source

FILE = "exclusions.age"


class Comparison(NamedTuple):
    """Whether the source was compared with the list, and at most one line about it; nothing of the list itself."""

    tested: bool
    lines: tuple[str, ...] = ()


def refuse_excluded(source: Source, content: Path, keyring: Keyring) -> Comparison:
    """Compare every organisation of the source with the exclusion list, if there is one and its holder is here.

    Raises:
        OpeningFailed: the list cannot be opened, and an identity was named that opened nothing else.
        SourceHasProblems: organisations match; how many, never which.
    """
    sealed = _sealed(content)
    if sealed is None:
        return Comparison(tested=False, lines=("there is no exclusion list to test",) if keyring.has_idle else ())
    if keyring.is_empty:
        return Comparison(tested=False, lines=("the exclusion list was not tested: name its holder's identity",))
    try:
        lines = _open(sealed, keyring)
    except SealedToOthers as error:
        if keyring.has_idle:
            raise _cannot_open(error) from None
        return Comparison(tested=False, lines=("the exclusion list was not tested: it is sealed to another identity",))
    matches = count_matches(source, lines)
    if matches:
        found = "1 organisation of the source is" if matches == 1 else f"{matches} organisations of the source are"
        hint = "ask the holder of the list which; a match of a name alone may be a namesake"
        raise SourceHasProblems(_problem(f"{found} on the exclusion list", hint))
    return Comparison(tested=True, lines=("the exclusion list was tested",))


def read_exclusions(content: Path, keyring: Keyring) -> tuple[str, ...]:
    """The lines of the list, comments too; none when there is no list.

    Raises:
        OpeningFailed: it cannot be opened.
    """
    sealed = _sealed(content)
    try:
        return () if sealed is None else _open(sealed, keyring)
    except SealedToOthers as error:
        raise _cannot_open(error) from None


def add_exclusions(lines: Iterable[str], content: Path, keyring: Keyring) -> None:
    """Add lines to the list, or begin one.

    Raises:
        OpeningFailed: there is a list, and these identities do not open it.
        WrongUsage: no lines, no identity, or a holder of the list would be locked out of it.
        SealingFailed: it cannot be written; the earlier list is still there.
    """
    new = _some(lines)
    known = dict.fromkeys((*read_exclusions(content, keyring), *new))
    sealed = _sealed(content)
    if sealed is not None and _holders(sealed) > len(_recipients(keyring.identities)):
        hint = "name the identities of all its holders, or seal a new list with `exclusions seal`"
        raise WrongUsage(_problem("the list has holders whose identity was not named", hint))
    _seal(known, content, keyring)


def seal_exclusions(lines: Iterable[str], content: Path, keyring: Keyring) -> None:
    """Seal lines as the list, in the place of an earlier one.

    Raises:
        WrongUsage: no lines, or no identity was named.
        SealingFailed: the list cannot be written; the earlier list is still there.
    """
    _seal(_some(lines), content, keyring)


# --- the sealed file --------------------------------------------------------------------------------------------------


def _sealed(content: Path) -> bytes | None:
    try:
        return (content / FILE).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OpeningFailed(_problem(f"the list cannot be read: {reason(error)}", "check who may read it")) from None


def _open(sealed: bytes, keyring: Keyring) -> tuple[str, ...]:
    """Raises `SealedToOthers`, for whoever may pass that over, or `OpeningFailed`."""
    try:
        return _filled(keyring.open(sealed).decode("utf-8-sig").splitlines())
    except SealedToOthers:
        raise
    except AgeRefused as error:
        raise _cannot_open(error) from None
    except UnicodeDecodeError:
        raise OpeningFailed(_problem("the list is not UTF-8", "seal it again from a text file in UTF-8")) from None


def _filled(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, lines)))


def _some(lines: Iterable[str]) -> tuple[str, ...]:
    filled = _filled(lines)
    if not filled:
        raise WrongUsage(_problem("there is nothing to seal", "give a name or number per line"))
    return filled


def _holders(sealed: bytes) -> int:
    """To how many recipients it was sealed; the stanzas that age adds to keep programs honest do not count."""
    try:
        return sum(1 for kind in stanza_kinds(sealed) if not kind.endswith("-grease"))
    except NotAge:
        return 0


def _recipients(identities: Sequence[Identity]) -> tuple[str, ...]:
    return tuple(sorted({each.recipient for each in identities if each.recipient}))


def _seal(lines: Iterable[str], content: Path, keyring: Keyring) -> None:
    """To the identities themselves: who seals the list can open it."""
    recipients = _recipients(keyring.identities)
    if not recipients:
        raise WrongUsage(_problem("there is no identity to seal to", "name one that keygen made with --identity"))
    try:
        with failing_as(SealingFailed):
            replace_file(content / FILE, seal("".join(f"{line}\n" for line in lines).encode(), recipients))
    except AgeRefused as error:
        raise SealingFailed(_problem(str(error), "name an identity that keygen made")) from None
    except OSError as error:
        what = f"the list cannot be written: {reason(error)}"
        raise SealingFailed(_problem(what, "the earlier list is unchanged")) from None


def _cannot_open(error: AgeRefused) -> BuildFailed:
    return OpeningFailed(_problem(str(error), "name the identity of the holder of the list"))


def _problem(what: str, hint: str) -> Problem:
    return Problem(Place(FILE), "", what, hint)
