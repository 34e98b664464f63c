"""Who may approve: `allowed_signers` in the source, as OpenSSH writes that file, read more strictly than OpenSSH does.

A line is `WHO [OPTIONS] KEYTYPE KEY [COMMENT]`. WHO is one person, by a function rather than a name. Of the options
`valid-after`, `valid-before` and `namespaces` are read; a period counts in days, and `valid-before` is the first day on
which the key may no longer be used, as with `ssh-keygen -O verify-time`.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from tweeluik.disk.reading import NotPlain, read_plain
from tweeluik.problems import NotApproved, Place, Problem
from tweeluik.words.merged import MERGED, merged_at

FILE = "allowed_signers"
NAMESPACE = "goedkeuring@tweeluik"
"""What an approval is signed for, so that it is never one over a bundle or a commit, and none of those is one."""

KEY_TYPES = (
    "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521", "sk-ecdsa-sha2-nistp256@openssh.com",
)  # fmt: skip
LEAST_RSA_BYTES = 256
"""2048 bits; OpenSSH takes 1024."""

_OPTION = re.compile(r'([a-z-]+)(?:="([^"]*)")?(?:,|$)', re.IGNORECASE)
_OPTION_BEHIND = re.compile(r"\b(?:valid-after|valid-before|namespaces)\s*=", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?Z?")
_HINT = 'write `WHO namespaces="goedkeuring@tweeluik" ssh-ed25519 KEY` on a line, as in the guide'


@dataclass(frozen=True, slots=True)
class Signer:
    """One key of one person. `blob` is the public key as it stands in signatures; `line` counts from 1.

    `after` is the first day on which it counts, `before` the first on which it no longer does.
    """

    person: str
    key_type: str
    blob: bytes
    line: int
    after: date | None = None
    before: date | None = None

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` tells it."""
        return fingerprint_of(self.blob)

    @property
    def public_key(self) -> str:
        """Its type and the key, as on a line of the file."""
        return f"{self.key_type} {base64.b64encode(self.blob).decode()}"

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return (self.after is None or self.after <= day) and (self.before is None or day < self.before)


def fingerprint_of(blob: bytes) -> str:
    """SHA-256 of a public key, in OpenSSH's notation."""
    return f"SHA256:{base64.b64encode(sha256(blob).digest()).decode().rstrip('=')}"


def read_signers(content: Path) -> tuple[Signer, ...]:
    """Everybody who may approve; nobody when the file is not there.

    Raises:
        NotApproved: with every line that is not one of a signer, or that gives two people one key.
    """
    path = content / FILE
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        text = read_plain(path).decode("utf-8-sig")
    except NotPlain as failure:
        raise NotApproved(Problem(Place(FILE), "", str(failure), "put the file itself here")) from None
    except UnicodeDecodeError:
        raise NotApproved(Problem(Place(FILE), "", "not UTF-8", "save the file as UTF-8")) from None
    return parse_signers(text)


def parse_signers(text: str) -> tuple[Signer, ...]:
    """The signers on the lines of a text.

    Raises:
        NotApproved: as `read_signers`.
    """
    if (marked := merged_at(text.split("\n"))) is not None:
        raise NotApproved(Problem(Place(FILE, marked + 1, 1), "", *MERGED))
    problems: list[Problem] = []
    found: list[Signer] = []
    # A line ends where OpenSSH and editors end it: no sign within a comment begins a line that names a key.
    is_private = False
    for number, line in enumerate(text.split("\n"), start=1):
        within, is_private = is_private, _BEGINS_PRIVATE in line or (is_private and _ENDS_PRIVATE not in line)
        if not within and line.strip() and not line.lstrip().startswith("#"):
            try:
                found.append(_signer(line.strip(), number))
            except _Wrong as wrong:
                problems.append(Problem(Place(FILE, number, 1), "", wrong.what, wrong.hint))
    problems += _shared(found)
    if problems:
        raise NotApproved(tuple(problems))
    return tuple(found)


_BEGINS_PRIVATE, _ENDS_PRIVATE = "BEGIN OPENSSH PRIVATE KEY", "END OPENSSH PRIVATE KEY"
"""Around the lines of a private key, which are told once."""

_CURLY = "\u201c\u201d\u201e\u2018\u2019"


class _Wrong(Exception):
    def __init__(self, what: str, hint: str = _HINT) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def _signer(line: str, number: int) -> Signer:
    if "PRIVATE KEY" in line:
        raise _Wrong(
            "a private key stands where a public one belongs", "remove it, and make another: this one is known"
        )
    if any(sign in line for sign in _CURLY):
        raise _Wrong("curly quotes around a value", "type straight quotes, or none")
    person, rest = _first_word(line)
    if person in KEY_TYPES or not rest:
        raise _Wrong("a key without the name of who signs with it", "write who signs in front of the key")
    if any(sign in person for sign in ",*?! "):
        raise _Wrong("one line is one person: no list, pattern or space", "give each person a line")
    if "@" in person or person[-1] in ";:":
        raise _Wrong("an address, or a sign behind the name of who signs", "write what somebody is, such as jurist")
    options, rest = _options(rest)
    key_type, _, rest = rest.partition(" ")
    if key_type not in KEY_TYPES:
        raise _Wrong("a kind of key that is not known", f"expected one of {', '.join(KEY_TYPES)}")
    key, _, comment = rest.partition(" ")
    blob = _blob(key, key_type)
    if _OPTION_BEHIND.search(comment):
        raise _Wrong("an option behind the key, where nobody reads it", "put it between the name and the key")
    after, before = (_day(options.get(name)) for name in ("valid-after", "valid-before"))
    if NAMESPACE not in options.get("namespaces", NAMESPACE).split(","):
        raise _Wrong("this key is not for approvals", f'add {NAMESPACE} to its namespaces, or leave out "namespaces"')
    return Signer(person, key_type, blob, number, after, before)


def _first_word(line: str) -> tuple[str, str]:
    """Who, which may stand between quotes, and the rest."""
    if not line.startswith('"'):
        word, _, rest = line.partition(" ")
        return word, rest.strip()
    word, quote, rest = line[1:].partition('"')
    if not quote:
        raise _Wrong("quotes that do not close")
    return word, rest.strip()


def _options(rest: str) -> tuple[dict[str, str], str]:
    """The options in front of the key, and what follows them."""
    if rest.split(" ", 1)[0] in KEY_TYPES:
        return {}, rest
    end = _end_of_options(rest)
    if "=" not in rest[:end] and rest[:end].lower() != "cert-authority":
        if {*rest[end:].split()} & {*KEY_TYPES}:
            raise _Wrong("one line is one person: no list, pattern or space", "write who signs as one word")
        raise _Wrong("a kind of key that is not known", f"expected one of {', '.join(KEY_TYPES)}")
    found = {match[1].lower(): match[2] or "" for match in _OPTION.finditer(rest[:end])}
    unknown = found.keys() - {"valid-after", "valid-before", "namespaces"}
    if unknown or not found:
        raise _Wrong("an option that is not read", "expected valid-after, valid-before or namespaces")
    return found, rest[end:].strip()


def _end_of_options(rest: str) -> int:
    """Where the first space outside of quotes is."""
    is_quoted = False
    for at, sign in enumerate(rest):
        is_quoted ^= sign == '"'
        if sign == " " and not is_quoted:
            return at
    if is_quoted:
        raise _Wrong("quotes that do not close")
    return len(rest)


def _blob(text: str, key_type: str) -> bytes:
    try:
        blob = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise _Wrong("the key is not whole", "copy the line of the .pub file anew") from None
    size = int.from_bytes(blob[:4])
    if blob[4 : 4 + size] != key_type.encode():
        raise _Wrong("the key is of another kind than its line says", "copy the line of the .pub file anew")
    if key_type == "ssh-rsa" and len(blob) < LEAST_RSA_BYTES:
        raise _Wrong("an RSA key that is too short", "make an ed25519 key: ssh-keygen -t ed25519")
    return blob


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise _Wrong("a period with a day that does not exist", 'write a day as valid-before="20270131"')


def _shared(found: list[Signer]) -> Iterator[Problem]:
    """Whose key, or whose name but for its capitals and marks, is that of somebody else."""
    owners: dict[bytes, str] = {}
    names: dict[str, str] = {}
    for each in found:
        if names.setdefault(_letters(each.person), each.person) != each.person:
            what = "this name is that on an earlier line, written otherwise"
            hint = "write one person in one way, or name somebody else by what sets them apart"
            yield Problem(Place(FILE, each.line, 1), "", what, hint)
        if owners.setdefault(each.blob, each.person) != each.person:
            what = "this key stands on an earlier line as that of somebody else"
            yield Problem(Place(FILE, each.line, 1), "", what, "every person has a key of their own")


def _letters(person: str) -> str:
    """What is left of a name without capitals and marks; all of it where nothing is."""
    folded = unicodedata.normalize("NFKC", person).casefold()
    return "".join(each for each in folded if each.isalnum()) or folded
