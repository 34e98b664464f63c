"""The exclusion list (L9): who may not be a partner, kept elsewhere than in the source and never named by a message.

`content/exclusions.age` is sealed to its holder. Inside stands one name, other name or registration number per line; a
line that begins with # is a comment. The source is compared with it in memory, and the answer is a number of matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tweeluik.confidential.keys import Identity, read_identities
from tweeluik.confidential.private import reason, replace_file
from tweeluik.confidential.sealing import AgeRefused, seal, unseal
from tweeluik.problems import OpeningFailed, Place, Problem, SealingFailed, SourceHasProblems
from tweeluik.source.fold import fold
from tweeluik.source.records import Partner, Source

FILE = "exclusions.age"
LEGAL_FORMS = frozenset(
    {"stichting", "st", "vereniging", "ver", "cooperatie", "bv", "nv", "vof", "foundation", "association"}
)
"""Words that do not tell two organisations apart, folded."""

LOOKALIKES = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
    | dict(zip("аеорсухіјѕ" + "οανρε", "aeopcyxijs" + "oavpe", strict=True))  # noqa: RUF001 (Cyrillic, Greek)
)
"""Letters that NFKD leaves as they are, with the plain one for which they are read or mistaken."""

WORD = re.compile(r"\S+")
NUMBER = re.compile(r"[\d\s.]+")


def refuse_excluded(source: Source, content: Path, identities: Sequence[Path]) -> None:
    """Compare every organisation of the source with the exclusion list, if there is one and its holder is here.

    Raises:
        OpeningFailed: the list cannot be opened with these identities.
        SourceHasProblems: organisations match; how many, never which.
    """
    if not identities or not (content / FILE).exists():
        return
    excluded = frozenset(_folded(read_exclusions(content, read_identities(identities))))
    matches = sum(1 for partner in source.partners if not excluded.isdisjoint(_folded(_texts(partner))))
    if matches:
        hint = "ask the holder of the list which; a match of a name alone may be a namesake"
        raise SourceHasProblems(
            _problem(f"{matches} of the organisations in the source are on the exclusion list", hint)
        )


def read_exclusions(content: Path, identities: Sequence[Identity]) -> tuple[str, ...]:
    """The lines of the list; none when there is no list. Raises `OpeningFailed` when it cannot be opened."""
    try:
        sealed = (content / FILE).read_bytes()
        text = unseal(sealed, [each.secret for each in identities]).decode()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise OpeningFailed(_problem(f"the list cannot be read: {reason(error)}", "check who may read it")) from None
    except AgeRefused as error:
        raise OpeningFailed(_problem(str(error), "name the identity of the holder of the list")) from None
    except UnicodeDecodeError:
        raise OpeningFailed(_problem("the list is not UTF-8", "seal it again from a text file in UTF-8")) from None
    return tuple(line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))


def add_exclusions(lines: Iterable[str], content: Path, identities: Sequence[Path]) -> int:
    """Add lines to the list, or begin one; return how many it then has.

    Raises:
        OpeningFailed: there is a list, and these identities do not open it.
        SealingFailed: it cannot be written; the earlier list is still there.
    """
    secrets = read_identities(identities)
    new = (line.strip() for line in lines)
    known = dict.fromkeys((*read_exclusions(content, secrets), *(line for line in new if line)))
    _seal(known, content, secrets)
    return len(known)


def seal_exclusions(plain: Path, content: Path, identities: Sequence[Path]) -> int:
    """Seal a text file as the list, in the place of an earlier one; return how many lines it has.

    Raises:
        SealingFailed: the file cannot be read, or the list cannot be written.
    """
    try:
        lines = [line.strip() for line in plain.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError):
        raise SealingFailed(_problem("the text file cannot be read", "expected a text file in UTF-8")) from None
    _seal(lines, content, read_identities(identities))
    return len(lines)


def _seal(lines: Iterable[str], content: Path, identities: Sequence[Identity]) -> None:
    """To the identities themselves: who seals the list can open it."""
    recipients = [each.recipient for each in identities if each.recipient]
    try:
        replace_file(content / FILE, seal("".join(f"{line}\n" for line in lines).encode(), recipients))
    except AgeRefused as error:
        raise SealingFailed(_problem(str(error), "name an identity that keygen made")) from None
    except OSError as error:
        raise SealingFailed(
            _problem(f"the list cannot be written: {reason(error)}", "the earlier list is unchanged")
        ) from None


def _texts(partner: Partner) -> tuple[str, ...]:
    return (partner.name, *partner.aliases, partner.registration or "")


def _folded(texts: Iterable[str]) -> Iterable[str]:
    """What is compared: a number as its digits, a name as its letters and digits without its legal form."""
    for text in texts:
        words = [fold(word.translate(LOOKALIKES)) for word in WORD.findall(text.casefold())]
        telling = "".join(word for word in words if word not in LEGAL_FORMS) or "".join(words)
        if telling:
            yield telling.translate(LOOKALIKES)


def _problem(what: str, hint: str) -> Problem:
    return Problem(Place(FILE), "", what, hint)
