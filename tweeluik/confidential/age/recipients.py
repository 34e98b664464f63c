"""To whom a bundle is sealed.

Either one file per role, `content/recipients/<role>.txt`, with one recipient and, in comments, its holder, until when
it is valid and, for an ssh key, that it is meant:

    # holder: Centraal Informatiepunt
    # expires: 2027-01-31
    age1…

A role may have two holders, each with a key of its own and the comments in front of that: each opens alone.

or the simple form, `content/recipients.txt`: one recipient per line, the comment above it names the holder; every copy
is then sealed to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from tweeluik.confidential.age.recipient import Recipient, kind_of, wrong_key
from tweeluik.confidential.age.strength import strength_of
from tweeluik.confidential.age.text import decode, lines_of
from tweeluik.problems import Place, Problem, SealingFailed

ARCHIVE = "archief"
SOURCE = "source"
"""The folder below `recipients/` with the editors' recipients."""

SIMPLE = "ontvanger"
"""The role of everyone in the simple form."""

FEWEST_ROLES = 2
MOST_HOLDERS = 2
"""Of one role: the second opens when the first is away."""

SOON = timedelta(days=31)
"""In which a holder can make a new key, and its public half be checked by telephone."""

ROLE = re.compile(r"[a-z][a-z0-9-]{0,30}")
NOTE = re.compile(r"#\s*(holder|expires|ssh)\s*:\s*(.*?)\s*", re.IGNORECASE)
ALMOST_EXPIRES = re.compile(r"#\s*(?:expir|verloopt|vervalt|geldig\b|valid\b|until\b|tot\b)", re.IGNORECASE)
"""A comment that somebody takes for a limit."""

_NO_RECIPIENTS = re.compile(
    r"\..*|.*~|.*\.(?:bak|orig|swp|tmp|note|sig)|Thumbs\.db|desktop\.ini|README.*", re.IGNORECASE
)
"""Files beside those of roles: left behind by other programs, written for people, or signed notes of ours."""


def read_source_recipients(content: Path, *, today: date) -> tuple[Recipient, ...]:
    """Everyone who may open the source at rest: `content/recipients/source/<editor>.txt`, in the form of a role's file.

    Empty when that folder is not there: the source is then kept in clear.

    Raises:
        SealingFailed: with every problem of every file.
    """
    folder = content / "recipients" / SOURCE
    recipients, problems = _role_files(_text_files(folder), f"recipients/{SOURCE}", today)
    problems += tuple(_unread(folder, f"recipients/{SOURCE}"))
    if problems:
        raise SealingFailed(problems)
    return recipients


def has_recipients(content: Path) -> bool:
    """Whether somebody has begun to name them: there is a file of a role, or a line that is no comment."""
    simple = content / "recipients.txt"
    in_simple = _lines(simple, "recipients.txt") if simple.is_file() else ()
    return bool(_text_files(content / "recipients")) or any(not line.startswith("#") for _, line in in_simple)


def read_recipients(content: Path, *, today: date) -> tuple[Recipient, ...]:
    """Everyone to seal to, by role in the order of the alphabet.

    Raises:
        SealingFailed: with every problem of every file.
    """
    folder, simple = content / "recipients", content / "recipients.txt"
    files = _text_files(folder)
    in_simple = _lines(simple, "recipients.txt") if simple.is_file() else ()
    if files and any(not line.startswith("#") for _, line in in_simple):
        raise SealingFailed(
            _problem(
                "recipients.txt", "recipients stand in two places", "keep those in recipients/ and empty this file"
            )
        )
    if unread := tuple(_unread(folder, "recipients")):
        raise SealingFailed(unread)
    if not files:
        return _simple(in_simple)
    recipients, problems = _role_files(files, "recipients", today)
    problems = problems or tuple(_problems_together(recipients))
    if problems:
        raise SealingFailed(problems)
    return recipients


def read_archive_recipients(file: Path, *, today: date) -> tuple[Recipient, ...]:
    """The archive's alone, from a file in the form of a role's, to seal its copy again.

    Raises:
        SealingFailed: with every problem of the file.
    """
    found = _of_role(ARCHIVE, file, file.name, today)
    recipients = tuple(each for each in found if isinstance(each, Recipient))
    problems = [each for each in found if isinstance(each, Problem)] or list(_problems_of_keys(recipients))
    if problems:
        raise SealingFailed(tuple(problems))
    return recipients


def find_lapsing(content: Path, *, today: date) -> Iterator[Problem]:
    """Whose key is past its day, or will be within `SOON`: of bundles, and of the source at rest.

    What else is wrong with a file is told by whoever needs it.
    """
    for folder in ("recipients", f"recipients/{SOURCE}"):
        for file in _text_files(content / folder):
            yield from _lapsing(file, f"{folder}/{file.name}", today)


def _lapsing(file: Path, name: str, today: date) -> Iterator[Problem]:
    try:
        lines = _lines(file, name)
    except SealingFailed:
        return
    for number, line in lines:
        note = NOTE.fullmatch(line)
        expires, wrong = _expiry(note[2] if note and note[1].lower() == "expires" else None, name, today)
        place = Place(name, number, 1)
        if expires and wrong:
            yield Problem(place, "", wrong.what, wrong.hint)
        elif expires and expires - today <= SOON:
            yield Problem(place, "", "this recipient expires within a month", "ask its holder for a new one")


# --- one file per role ------------------------------------------------------------------------------------------------


def _role_files(files: list[Path], folder: str, today: date) -> tuple[tuple[Recipient, ...], tuple[Problem, ...]]:
    found = [each for file in files for each in _role_file(file, folder, today)]
    recipients = tuple(each for each in found if isinstance(each, Recipient))
    return recipients, tuple(each for each in found if isinstance(each, Problem))


def _role_file(file: Path, folder: str, today: date) -> Sequence[Recipient | Problem]:
    name = f"{folder}/{file.name}"
    if not ROLE.fullmatch(file.stem):
        return [
            _problem(
                folder,
                "a file has a name that is no role",
                "use lower case letters, digits and hyphens, as in cip.txt",
            )
        ]
    return _of_role(file.stem, file, name, today)


def _of_role(role: str, file: Path, name: str, today: date) -> Sequence[Recipient | Problem]:
    lines = _lines(file, name)
    keys = [at for at, (_, line) in enumerate(lines) if not line.startswith("#")]
    if not 1 <= len(keys) <= MOST_HOLDERS:
        hint = "one file holds a role's recipient, or those of its two holders"
        return [_problem(name, f"expected one or two recipients, found {len(keys)}", hint)]
    ends = [*(at + 1 for at in keys[:-1]), len(lines)]  # what stands behind the last key is about that
    starts = [0, *ends[:-1]]
    parts = [lines[start:end] for start, end in zip(starts, ends, strict=True)]
    return [each for part in parts for each in _holder(role, part, name, today)]


def _holder(role: str, lines: Sequence[tuple[int, str]], name: str, today: date) -> Sequence[Recipient | Problem]:
    """A key with the comments that belong to it."""
    notes, problems = _notes(lines, name)
    number, key = next(each for each in lines if not each[1].startswith("#"))
    place = Place(name, number, 1)
    expires, problem = _expiry(notes.get("expires"), name, today)
    problems += [each for each in (problem, wrong_key(place, key), _unmeant_ssh(place, key, notes)) if each]
    return problems or [Recipient(role, notes["holder"], key, kind_of(key), expires, place)]


def _notes(lines: Sequence[tuple[int, str]], name: str) -> tuple[dict[str, str], list[Problem]]:
    """What the comments say of the recipient, and what is wrong with that."""
    found = [(match[1].lower(), match[2]) for _, line in lines if (match := NOTE.fullmatch(line))]
    notes = dict(found)
    problems = [
        Problem(Place(name, number, 1), "", "a limit that cannot be read", "write it as `# expires: 2027-01-31`")
        for number, line in lines
        if ALMOST_EXPIRES.match(line) and not NOTE.fullmatch(line)
    ]
    if len(notes) < len(found):
        problems.append(_problem(name, "a note stands there twice", "keep one"))
    if not notes.get("holder"):
        problems.append(_problem(name, "no holder", "add a line `# holder: …`"))
    return notes, problems


def _expiry(text: str | None, name: str, today: date) -> tuple[date | None, Problem | None]:
    if text is None:
        return None, None
    try:
        expires = date.fromisoformat(text)
    except ValueError:
        return None, _problem(name, "`expires` is no date", "write it as 2027-01-31")
    if expires < today:
        return expires, _problem(name, "this recipient has expired", "ask its holder for a new one")
    return expires, None


def _unmeant_ssh(place: Place, key: str, notes: dict[str, str]) -> Problem | None:
    if key.startswith("ssh-") and notes.get("ssh") != "meant":
        return Problem(
            place,
            "",
            "an ssh key as recipient",
            "an ssh key has other uses too; if it is meant, add a line `# ssh: meant`",
        )
    return None


def _problems_together(recipients: tuple[Recipient, ...]) -> Iterator[Problem]:
    roles = {each.role for each in recipients}
    if ARCHIVE not in roles:
        yield _problem("recipients", "there is no role for the archive", f"add recipients/{ARCHIVE}.txt")
    if len(roles) < FEWEST_ROLES:
        yield _problem(
            "recipients", "fewer than two roles", "add a file for the role that receives the copies, such as cip.txt"
        )
    yield from _problems_of_keys(recipients)


def _problems_of_keys(recipients: tuple[Recipient, ...]) -> Iterator[Problem]:
    if len({strength_of(each.kind) for each in recipients}) > 1:
        yield _problem(
            "recipients",
            "the recipients are of different kinds",
            "a bundle is as strong as its weakest recipient: use one kind for all roles",
        )
    if len({each.fingerprint for each in recipients}) < len(recipients):
        yield _problem("recipients", "two roles have the same recipient", "give each role a key of its own")


# --- the simple form --------------------------------------------------------------------------------------------------


def _simple(lines: tuple[tuple[int, str], ...]) -> tuple[Recipient, ...]:
    problems: list[Problem] = []
    recipients: list[Recipient] = []
    holder = ""
    for number, line in lines:
        place = Place("recipients.txt", number, 1)
        if line.startswith("#"):
            holder = line.lstrip("# ").strip()
            continue
        key, _, comment = line.partition(" #")
        problem = wrong_key(place, key.strip())
        if problem:
            problems.append(problem)
        else:
            recipients.append(Recipient(SIMPLE, comment.strip() or holder, key.strip(), kind_of(key), None, place))
    first: dict[str, Place] = {}
    for each in recipients:
        if (earlier := first.setdefault(each.key, each.place)) != each.place:
            hint = f"the first is at {earlier}"
            problems.append(Problem(each.place, "", "a recipient that stands there twice", hint))
    if problems:
        raise SealingFailed(tuple(problems))
    if not recipients:
        hint = "put recipients in recipients/<role>.txt or recipients.txt; `keygen` makes one"
        raise SealingFailed(_problem("recipients.txt", "there is nobody to seal to", hint))
    return tuple(recipients)


def _unread(folder: Path, name: str) -> Iterator[Problem]:
    """A file that somebody takes for that of a role: without a word its holder would get nothing."""
    files = sorted(each for each in folder.glob("*") if each.is_file() and each.suffix != ".txt")
    for each in files:
        if not _NO_RECIPIENTS.fullmatch(each.name):
            hint = "a role has a file of its own whose name ends in .txt; a secret key never lies here"
            yield _problem(f"{name}/{each.name}", "a file that is not read", hint)


def _text_files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.glob("*.txt") if not each.name.startswith("."))


def _lines(file: Path, name: str) -> tuple[tuple[int, str], ...]:
    try:
        text = decode(file.read_bytes())
    except (OSError, UnicodeDecodeError):
        raise SealingFailed(_problem(name, "this file cannot be read", "expected a text file in UTF-8")) from None
    return tuple((number, line) for number, line in enumerate(lines_of(text), 1) if line)


def _problem(file: str, what: str, hint: str) -> Problem:
    return Problem(Place(file), "", what, hint)
